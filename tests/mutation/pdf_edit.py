"""A PDF opened to be harmed: its streams, its structure tree, its links, and the way back to bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from random import Random
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name
from tests.mutation import Mutant, Mutation
from tests.mutation.pdf_paper import Id, Mark, Node, Paper, bare, below, read
from tests.mutation.pdf_stream import Glyph, Stream, glyphs

Words = tuple[str, ...]


class Edit:
    """One file while it is being harmed."""

    def __init__(self, data: bytes, rng: Random) -> None:
        self.data = data
        self.rng = rng
        self.paper: Paper = read(data)
        self.pdf = pikepdf.open(io.BytesIO(data))
        self._streams: dict[int, Stream] = {}
        self._letters: dict[str, Mapping[int, str]] = {}

    def bytes_after(self) -> bytes:
        """The file as it is now."""
        for stream in self._streams.values():
            stream.page.Contents = self.pdf.make_stream(stream.joined())
        out = io.BytesIO()
        self.pdf.save(out, deterministic_id=True)
        return out.getvalue()

    # -- pages -------------------------------------------------------------------------------------------

    def stream(self, page: int) -> Stream:
        """The content of a page."""
        if page not in self._streams:
            self._streams[page] = Stream(self.pdf.pages[page])
        return self._streams[page]

    def new_page(self, like: int) -> int:
        """The number of an empty page that is added at the end."""
        model = self.pdf.pages[like]
        page = Dictionary(Type=Name.Page, MediaBox=model.MediaBox, Resources=model.Resources)
        page.StructParents = self._new_parent(Array())
        page.Contents = self.pdf.make_stream(b"")
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(page)))
        return len(self.pdf.pages) - 1

    def unpaint(self, marks: Iterable[Mark]) -> None:
        """Takes away what is painted under the marks."""
        for page, mcid in marks:
            stream = self.stream(page)
            stream.unpaint([stream.piece(mcid)])

    def repaint(self, mark: Mark, page: int, placed: Matrix) -> Mark:
        """Paints the marked content a second time, under the new mark that is returned."""
        fresh = (page, self.stream(page).fresh())
        self.stream(page).paint(self.stream(mark[0]).piece(mark[1]), placed, fresh[1])
        return fresh

    def move(self, nodes: Iterable[Node], page: int, placed: Matrix) -> None:
        """Paints all that is under the nodes at another place, perhaps on another page, and nowhere else."""
        for node in [each for top in nodes for each in below(top)]:
            for mark in node.marks:
                source, target = self.stream(mark[0]), self.stream(page)
                fresh = mark if mark[0] == page else (page, target.fresh())
                source.move(source.piece(mark[1]), placed, target, fresh[1])
                self._change_mark(node, mark, fresh)
            for link in node.links:
                self._move_link(link, page, placed)

    def glyphs(self, marks: Iterable[Mark]) -> list[Glyph]:
        """What the marked content shows, glyph by glyph."""
        return [
            glyph for page, mcid in marks for glyph in glyphs(self.stream(page).piece(mcid), self.letters)
        ]

    def letters(self, font: str) -> Mapping[int, str]:
        """What the glyphs of a font stand for; all pages have the same fonts."""
        if font not in self._letters:
            fonts = self.pdf.pages[0].Resources.get("/Font", Dictionary())
            table = fonts[font].ToUnicode.read_bytes().decode() if font in fonts else ""
            pairs = re.findall(r"^<(\w+)> <(\w+)>$", table.replace("<0000> <ffff>", ""), re.MULTILINE)
            self._letters[font] = {
                int(code, 16): bytes.fromhex(text).decode("utf-16-be", errors="replace")
                for code, text in pairs
            }
        return self._letters[font]

    # -- the structure tree ------------------------------------------------------------------------------

    def element(self, node: Node) -> Any:
        """The structure element."""
        return self.pdf.get_object(*node.id)

    def detach(self, node: Node) -> None:
        """Takes the element out of the tree."""
        parent, index = self._place(node)
        del parent.K[index]

    def insert(self, elements: Iterable[Any], beside: Node, after: bool) -> None:
        """Puts elements into the tree, directly before or after one that stands there."""
        parent, index = self._place(beside)
        for element in elements:
            element.P = parent
            parent.K.insert(index + after, element)
            index += 1

    def exchange(self, first: Node, second: Node) -> None:
        """Lets two elements change places in the tree."""
        one, two = self.element(first), self.element(second)
        (above, here), (other, there) = self._place(first), self._place(second)
        above.K[here], other.K[there] = two, one
        one.P, two.P = other, above

    def _place(self, node: Node) -> tuple[Any, int]:
        """The parent of an element, and the element's place among its children."""
        parent = self.element(node).P
        if not isinstance(parent.K, Array):
            parent.K = Array([parent.K])
        ids = [kid.objgen if isinstance(kid, Dictionary) else None for kid in parent.K]
        return parent, ids.index(node.id)

    def copied(self, node: Node, marks: Mapping[Mark, Mark], links: Mapping[Id, Any]) -> Any:
        """A copy of an element and all that is under it, over other marks and links."""
        old = self.element(node)
        page = next((self.pdf.pages[new[0]].obj for new in marks.values()), old.get("/Pg"))
        new = Dictionary(Type=Name.StructElem, S=old.S, Pg=page, K=Array())
        for key in ("/A", "/Alt"):
            if key in old:
                new[key] = old[key]
        copy = self.pdf.make_indirect(new)
        for link in node.links:
            copy.K.append(Dictionary(Type=Name.OBJR, Obj=links[link], Pg=links[link].P))
            links[link].StructParent = self._new_parent(copy)
        for mark in node.marks:
            self._put_mark(copy, marks[mark])
        for kid in node.kids:
            element = self.copied(kid, marks, links)
            element.P = copy
            copy.K.append(element)
        return copy

    def _put_mark(self, element: Any, mark: Mark, index: int | None = None) -> None:
        page = self.pdf.pages[mark[0]]
        kid = Dictionary(Type=Name.MCR, Pg=page.obj, MCID=mark[1])
        if index is None:
            element.K.append(kid)
        else:
            element.K[index] = kid
        parents = self._parents[int(page.StructParents)]
        while len(parents) <= mark[1]:
            parents.append(None)
        parents[mark[1]] = element

    def _change_mark(self, node: Node, before: Mark, after: Mark) -> None:
        """Lets an element hold another mark."""
        if before != after:
            element = self.element(node)
            if not isinstance(element.K, Array):
                element.K = Array([element.K])
            self._put_mark(element, after, list(element.K).index(before[1]))

    @cached_property
    def _parents(self) -> pikepdf.NumberTree:
        return pikepdf.NumberTree(self.pdf.Root.StructTreeRoot.ParentTree)

    def _new_parent(self, value: Any) -> int:
        key = max(self._parents.keys(), default=-1) + 1
        self._parents[key] = value
        return key

    # -- links -------------------------------------------------------------------------------------------

    def unlink(self, links: Iterable[Id]) -> None:
        """Takes link annotations off their pages."""
        gone = set(links)
        for page in self.pdf.pages if gone else ():
            if "/Annots" in page:
                places = {_place(each) for each in page.Annots if each.objgen in gone}
                page.Annots = Array([each for each in page.Annots if _place(each) not in places])

    def copied_link(self, link: Id, page: int, placed: Matrix) -> Any:
        """A copy of a link annotation, on a page."""
        old = self.pdf.get_object(*link)
        new = self.pdf.make_indirect(Dictionary({key: old[key] for key in old.keys()}))  # noqa: SIM118
        self._put_link(new, page, placed)
        return new

    def _move_link(self, link: Id, page: int, placed: Matrix) -> None:
        self.unlink([link])
        self._put_link(self.pdf.get_object(*link), page, placed)

    def _put_link(self, annotation: Any, page: int, placed: Matrix) -> None:
        target = self.pdf.pages[page]
        left, bottom, right, top = (float(edge) for edge in annotation.Rect)
        annotation.Rect = Array([*placed.transform((left, bottom)), *placed.transform((right, top))])
        annotation.P = target.obj
        if "/Annots" not in target:
            target.Annots = Array()
        target.Annots.append(annotation)


Fault = Callable[[Edit], Words | None]
"""Harms the opened file and says what was harmed; None where there is nothing of the kind."""


def mutation(fault: Fault) -> Mutation:
    """The fault as something that is done to bytes."""

    def mutate(data: bytes, rng: Random) -> Mutant | None:
        edit = Edit(data, rng)
        words = fault(edit)
        return Mutant(edit.bytes_after(), _telling(words)) if words else None

    return mutate


def _telling(words: Words) -> Words:
    """The words without repetitions and without those that might stand anywhere by chance."""
    said = tuple(dict.fromkeys(words))
    return tuple(each for each in said if len(bare(each)) > 3) or said


def _place(annotation: Any) -> tuple[str, ...]:
    """Where an annotation lies and leads: WeasyPrint may put two of them in one place."""
    return (*map(str, annotation.Rect), str(annotation.get("/Dest")), repr(annotation.get("/A")))
