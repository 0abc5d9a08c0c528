"""A finished PDF as a mutation sees it: the structure tree, and what stands on the pages under it."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

Mark = tuple[int, int]
"""A marked-content sequence: the number of its page (from 0) and its id there."""

Id = tuple[int, int]
"""An object's number and generation."""

OBJECT = "\ufffc"
"""Stands in a text for an equation or a picture."""


class Box(NamedTuple):
    """A place on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """From the bottom to the top."""
        return self.top - self.bottom

    @property
    def width(self) -> float:
        """From the left to the right."""
        return self.right - self.left


@dataclass(eq=False, slots=True)
class Node:
    """A structure element."""

    kind: str
    id: Id
    parent: Node | None = None
    kids: list[Node] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[Id] = field(default_factory=list)
    """The annotations that belong to it."""
    target: str = ""
    """Where its first annotation leads: a URI, or # and a destination's name."""
    alt: str = ""
    is_merged: bool = False
    """True for a table cell over several rows or columns."""


@dataclass(frozen=True, eq=False)
class Paper:
    """All that is looked up in a file before something is harmed."""

    root: Node
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page."""
    texts: Mapping[Mark, str]
    boxes: Mapping[Mark, Box]
    taken: Mapping[int, tuple[Box, ...]]
    """Where on each page something stands."""
    places: Mapping[str, tuple[int, float]]
    """Page and height of each named destination."""
    title: str
    authors: tuple[str, ...]

    def marks(self, *nodes: Node) -> list[Mark]:
        """All marked content under the nodes."""
        return [mark for node in nodes for each in below(node) for mark in each.marks]

    def text(self, *nodes: Node, page: int | None = None) -> str:
        """What a reader reads in the nodes, without list markers and notes' marks; OBJECT for a picture.
        On one of their pages, if it is named."""
        marks = [mark for mark in read_marks(*nodes) if mark in self.boxes and page in {None, mark[0]}]
        return " ".join("".join(_joined(self.texts.get(mark, OBJECT) for mark in marks)).split())

    def box(self, *nodes: Node) -> Mapping[int, Box]:
        """Where the nodes stand on each of their pages."""
        found: dict[int, list[Box]] = {}
        for mark in self.marks(*nodes):
            if mark in self.boxes:
                found.setdefault(mark[0], []).append(self.boxes[mark])
        return {page: union(boxes) for page, boxes in found.items()}


def below(node: Node) -> Iterator[Node]:
    """The node and all nodes under it, parents before children."""
    yield node
    for kid in node.kids:
        yield from below(kid)


def above(node: Node) -> Iterator[Node]:
    """The nodes that hold the node, the innermost first."""
    while node.parent:
        node = node.parent
        yield node


def read_marks(*nodes: Node) -> Iterator[Mark]:
    """The marked content of the nodes' own text: no list markers, no notes' marks and numbers."""
    for node in nodes:
        if node.kind != "Lbl" and not is_note_link(node):
            yield from node.marks
            yield from read_marks(*node.kids)


def is_note_link(node: Node) -> bool:
    """True for a note's mark, and for the number that leads back to it."""
    return node.target.startswith(("#fn-", "#fnref-"))


def bare(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds the boxes."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(min(lefts), min(bottoms), max(rights), max(tops))


def _joined(texts: Iterable[str]) -> Iterator[str]:
    """The texts with a space after each, and none after a hyphen at a line's end."""
    for text in texts:
        line = text.rstrip()
        yield line[:-1] if line.endswith(_HYPHENS) else f"{text} "


_HYPHENS = ("\u2010", "\u00ad", "\ufffe", "\x02")


@lru_cache(maxsize=2)
def read(data: bytes) -> Paper:
    """What stands in a file."""
    texts, boxes, taken, sizes = _pages(data)
    with pikepdf.open(io.BytesIO(data)) as opened:
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        info = opened.docinfo
        author = str(info.get("/Author", ""))
        return Paper(
            _tree(opened.Root.StructTreeRoot, pages),
            sizes,
            texts,
            boxes,
            taken,
            dict(_places(opened, pages)),
            str(info.get("/Title", "")),
            tuple(name for name in re.split(r",\s*", author) if name),
        )


def _pages(data: bytes) -> tuple[Any, Any, Any, Any]:
    """Text and place of each marked-content id, what is taken of each page, and the pages' sizes."""
    texts: dict[Mark, str] = {}
    boxes: dict[Mark, Box] = {}
    taken: dict[int, tuple[Box, ...]] = {}
    sizes: list[tuple[float, float]] = []
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            textpage = page.get_textpage()
            found: list[Box] = []
            for thing in page.get_objects(max_depth=1):
                mark = (number, pdfium.FPDFPageObj_GetMarkedContentID(thing.raw))
                box = Box(*thing.get_bounds())
                found.append(box)
                if mark[1] < 0:
                    continue
                boxes[mark] = union([box, boxes[mark]]) if mark in boxes else box
                if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
                    texts[mark] = texts.get(mark, "") + _text(thing.raw, textpage.raw)
            taken[number] = tuple(found)
            sizes.append(page.get_size())
    return texts, boxes, taken, tuple(sizes)


def _text(thing: Any, textpage: Any) -> str:
    """A text object's text."""
    size = pdfium.FPDFTextObj_GetText(thing, textpage, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(thing, textpage, buffer, size)
    return bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\0")


def _tree(element: Any, pages: Mapping[Id, int]) -> Node:
    """The element with all that is under it."""
    span = element.get("/A")
    node = Node(
        str(element.get("/S", ""))[1:],
        element.objgen,
        alt=str(element.get("/Alt", "")),
        is_merged=isinstance(span, pikepdf.Dictionary) and ("/ColSpan" in span or "/RowSpan" in span),
    )
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            node.marks.append((pages[element.Pg.objgen], kid))
        elif "/MCID" in kid:
            node.marks.append((pages[kid.get("/Pg", element.get("/Pg")).objgen], int(kid.MCID)))
        elif "/Obj" in kid:
            node.links.append(kid.Obj.objgen)
            node.target = node.target or target(kid.Obj)
        elif "/S" in kid:
            node.kids.append(_tree(kid, pages))
            node.kids[-1].parent = node
    return node


def target(annotation: Any) -> str:
    """Where a link leads: a URI, or # and a destination's name."""
    if "/Dest" in annotation:
        return f"#{annotation.Dest}" if isinstance(annotation.Dest, pikepdf.String) else ""
    return str(annotation.get("/A", {}).get("/URI", ""))


def _places(opened: pikepdf.Pdf, pages: Mapping[Id, int]) -> Iterator[tuple[str, tuple[int, float]]]:
    """Name, page and height of each named destination."""
    if "/Dests" in opened.Root.get("/Names", {}):
        for name, place in pikepdf.NameTree(opened.Root.Names.Dests).items():
            yield str(name), (pages[place[0].objgen], float(place[3]))
