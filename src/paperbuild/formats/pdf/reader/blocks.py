"""The blocks of a tagged PDF, one for each structure element that holds text, with its text in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from paperbuild.formats.pdf.reader.objects import Box
from paperbuild.formats.pdf.reader.pages import Page
from paperbuild.formats.pdf.reader.pictures import BLANK, UNKNOWN, Picture
from paperbuild.formats.pdf.reader.tree import Content, Element, Place
from paperbuild.model import OBJECT

NOTE = "#fn-"
"""How the target of a note's mark begins."""
BACK = "#fnref-"
"""How the target of a note's link back to its mark begins."""
REFERENCE = "ref-"
"""How the name of a reference's destination begins."""

ENDS_IN_PAGE = re.compile(r"[.·․‥…_\s]{3,}(\d{1,5}|[ivxlc]{1,8})\s*$", re.IGNORECASE)
"""How an entry of a contents list ends: a leader and a page's number."""

HYPHEN = "\u2010"
"""What hyphenation puts at a line's end."""

Pieces = tuple["Piece", ...]
Rows = tuple[tuple["Cell", ...], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, or what stands in the line instead of text."""

    text: str
    """OBJECT for a picture or an equation, empty for a note's mark."""
    box: Box
    kind: str = ""
    """``figure``, ``equation`` or ``mark``; empty for text."""
    target: str = ""
    """Where the link leads in which the piece stands; a mark's note."""
    link: Content | None = None
    """The first content of that link: tells one link from the next."""
    alt: str = ""
    picture: Picture = UNKNOWN
    """What is known of a figure's picture."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell."""

    pieces: Pieces
    span: tuple[int, int] = (1, 1)
    """How many columns and rows it spans."""
    is_head: bool = False
    """True for one that says of itself that it heads its column."""


@dataclass(frozen=True, slots=True)
class Block:
    """What becomes one item of the inventory, with the items that stand in its text."""

    kind: str
    """section, paragraph, code, table, figure, note, reference, contents (an entry of a contents list)"""
    pieces: Pieces
    """Its text; a table's or figure's caption."""
    path: tuple[str, ...]
    """The structure types from the root down to the block."""
    pages: tuple[int, int]
    """The first and the last page, from 0."""
    level: int = 0
    target: str = ""
    """A figure's alternative text, a note's or a reference's anchor."""
    pictures: Pieces = ()
    """A figure's picture, if it has one."""
    has_parts: bool = False
    """True for a figure that is made of others."""
    head: Rows = ()
    body: Rows = ()
    foot: Rows = ()

    @property
    def rows(self) -> Rows:
        """All rows of a table."""
        return (*self.head, *self.body, *self.foot)

    @property
    def texts(self) -> tuple[Pieces, ...]:
        """Its text, then the text of each cell."""
        return (self.pieces, *(cell.pieces for row in self.rows for cell in row))

    @property
    def inner(self) -> Pieces:
        """All pieces, those of a table's cells included."""
        return self.pieces if not self.rows else tuple(piece for pieces in self.texts for piece in pieces)


@dataclass(frozen=True, slots=True)
class Source:
    """The pages that the tree's marked content is looked up in."""

    pages: tuple[Page, ...]
    starts: Mapping[Content, str] = field(default_factory=dict)
    """The names of the references by the content they begin with."""

    def pieces(self, content: Content, link: Content | None = None, target: str = "") -> Iterator[Piece]:
        """The content's text as it stands on its page; nothing where it does not."""
        if content.page < len(self.pages):
            for run in self.pages[content.page].tagged.get(content.mcid, ()):
                yield Piece(run.text, run.box, target=target, link=link)

    def box(self, content: Content) -> Box | None:
        """Where the content is painted, or None."""
        return self.pages[content.page].marks.get(content.mcid) if content.page < len(self.pages) else None

    def picture(self, figure: Element) -> Picture:
        """What is known of the figure's picture; nothing where it is made of several parts."""
        painted = [content for content in contents(figure) if self.box(content)]
        if len(painted) != 1:
            return UNKNOWN
        return self.pages[painted[0].page].pictures.get(painted[0].mcid, UNKNOWN)


def read_blocks(root: Element, pages: tuple[Page, ...], places: Mapping[str, Place]) -> Iterator[Block]:
    """The blocks in the tree's order: each page's text, then its notes."""
    bare = Source(pages)
    source = Source(pages, dict(_starts(root, bare, places)))
    for kid in root.kids:
        if isinstance(kid, Element) and _is_note_area(kid):
            for note in kid.kids:
                yield from _note(note, source)
        else:
            yield from _mixed(Element("Document", (kid,), is_block=True), (), source)


def contents(node: Element | Content) -> Iterator[Content]:
    """All marked content under the node, in order."""
    if isinstance(node, Content):
        yield node
    else:
        for kid in node.kids:
            yield from contents(kid)


def gather(nodes: Iterable[Element | Content], source: Source) -> Pieces:
    """The text of the nodes without list markers, notes' marks and their links back."""
    return tuple(piece for node in nodes for piece in _pieces(node, source, None, ""))


def _pieces(node: Element | Content, source: Source, link: Content | None, target: str) -> Iterator[Piece]:
    if isinstance(node, Content):
        yield from source.pieces(node, link, target)
    elif node.kind == "Lbl" or node.target.startswith(BACK):
        return
    elif node.kind in {"Figure", "Formula"} and not is_only_words(node):
        box, picture = _painted(node, source), source.picture(node)
        if box and (node.kind == "Figure" or picture.told != BLANK):
            yield Piece(OBJECT, box, _object_kind(node), target, link, node.alt, picture)
    elif node.target.startswith(NOTE):
        box = _painted(node, source)
        if box:
            yield Piece("", box, "mark", node.target[1:])
    else:
        if node.target:
            link, target = next(contents(node), None), node.target
        for kid in node.kids:
            yield from _pieces(kid, source, link, target)


def is_only_words(node: Element) -> bool:
    """True for a picture in whose place its alternative text is shown: it could not be loaded."""
    return bool(node.kids) and not any(isinstance(kid, Content) for kid in node.kids)


def _object_kind(node: Element) -> str:
    return "equation" if node.kind == "Formula" else "figure"


def _painted(node: Element, source: Source) -> Box | None:
    """Where the first of the node's content stands that is on a page, or None."""
    return next((box for box in map(source.box, contents(node)) if box), None)


def _has(nodes: Iterable[Element | Content], *kinds: str) -> bool:
    """True where an element of these kinds is among the nodes or under them."""
    elements = (node for node in nodes if isinstance(node, Element))
    return any(element.kind in kinds or _has(element.kids, *kinds) for element in elements)


def _block(kind: str, pieces: Pieces, path: tuple[str, ...]) -> Iterator[Block]:
    """One block, or none where it would hold nothing that can be seen."""
    if not any(piece.text.strip() for piece in pieces):
        return
    yield Block(kind, pieces, path, _span(pieces))


def _span(pieces: Pieces) -> tuple[int, int]:
    """The first and the last page of some pieces."""
    numbers = [piece.box.page for piece in pieces]
    return min(numbers), max(numbers)


def _flow(element: Element, path: tuple[str, ...], source: Source) -> Iterator[Block]:
    """The blocks of one element that stands in the text."""
    path = (*path, element.kind)
    kids = [kid for kid in element.kids if isinstance(kid, Element)]
    if element.kind == "Lbl":
        return
    if element.kind == "Table":
        yield from _table(element, path, source)
    elif element.kind[:1] == "H" and element.kind[1:] in {"", "1", "2", "3", "4", "5", "6"}:
        pieces = gather(element.kids, source)
        if any(piece.text.strip() for piece in pieces):
            yield Block("section", pieces, path, _span(pieces), level=int(element.kind[1:] or 1))
    elif element.kind in {"Div", "P"} and (name := _reference(element, source)):
        pieces = gather(element.kids, source)
        yield Block("reference", pieces, path, _span(pieces), target=name)
    elif any(kid.kind == "Caption" for kid in kids):
        yield from _figure(element, path, source)
    elif element.kind in {"L", "TOC"} and (entries := contents_entries(element, source)):
        yield from entries
    else:
        yield from _mixed(element, path, source)


def _mixed(element: Element, path: tuple[str, ...], source: Source) -> Iterator[Block]:
    """The blocks in an element, and the text between them as paragraphs of their own."""
    apart = element.kind in {"Document", "Part", "Art", "Sect"}
    waiting: list[Element | Content] = []
    for kid in element.kids:
        in_line = isinstance(kid, Content) or not kid.is_block
        if in_line and not (apart and isinstance(kid, Element) and kid.kind == "NonStruct"):
            waiting.append(kid)
            continue
        yield from _text(element, waiting, path, source)
        waiting = []
        if isinstance(kid, Element):
            yield from _flow(kid, path, source)
    yield from _text(element, waiting, path, source)


def _text(
    element: Element, nodes: list[Element | Content], path: tuple[str, ...], source: Source
) -> Iterator[Block]:
    """What stands in an element beside its blocks: a paragraph, code, or pictures."""
    pieces = gather(nodes, source)
    seen = [piece for piece in pieces if piece.text.strip()]
    if element.kind not in {"P", "LBody", "LI"} and seen and all(piece.kind == "figure" for piece in seen):
        yield from _pictures(tuple(seen), path)
        return
    only_boxes = all(isinstance(node, Element) and node.kind == "NonStruct" for node in nodes)
    is_code = element.kind == "Div" and only_boxes and not any(piece.kind for piece in seen)
    yield from _block("code" if is_code else "paragraph", pieces, path)


def _pictures(pieces: Pieces, path: tuple[str, ...]) -> Iterator[Block]:
    """A figure without a caption for each picture."""
    for piece in pieces:
        yield Block("figure", (), path, _span((piece,)), target=piece.alt, pictures=(piece,))


def _figure(element: Element, path: tuple[str, ...], source: Source) -> Iterator[Block]:
    """A figure with its caption and its first picture; what else stands in it comes before.

    Where the tree has a picture that no page shows, what is left is its caption, a paragraph.
    """
    captions = [kid for kid in element.kids if isinstance(kid, Element) and kid.kind == "Caption"]
    others = tuple(kid for kid in element.kids if kid not in captions)
    caption = gather(captions, source)
    seen = tuple(piece for piece in gather(others, source) if piece.text.strip())
    pictures = tuple(piece for piece in seen if piece.kind == "figure")
    has_parts = _has(others, "Caption", "Table")
    extra = pictures[1:] if caption else pictures
    if has_parts or len(pictures) < len(seen):
        yield from _mixed(Element("NonStruct", others, is_block=True), path, source)
        extra = ()
    if caption and not pictures and _has(others, "Figure"):
        yield Block("paragraph", caption, path, _span(caption))
    elif caption:
        alt = pictures[0].alt if pictures and not has_parts else ""
        span = _span((*pictures[:1], *caption))
        yield Block("figure", caption, path, span, target=alt, pictures=pictures[:1], has_parts=has_parts)
    yield from _pictures(extra, path)


def _table(element: Element, path: tuple[str, ...], source: Source) -> Iterator[Block]:
    """The table with its caption and the text of its cells; none where no page shows any of it."""
    captions = [kid for kid in element.kids if isinstance(kid, Element) and kid.kind == "Caption"]
    parts: dict[str, list[tuple[Cell, ...]]] = {"THead": [], "TBody": [], "TFoot": []}
    for part, row in _rows(element, "TBody"):
        cells = (kid for kid in row.kids if isinstance(kid, Element) and kid.kind in {"TD", "TH"})
        parts[part].append(tuple(_cell(cell, source) for cell in cells))
    head, body, foot = (tuple(rows) for rows in parts.values())
    block = Block("table", gather(captions, source), path, (0, 0), head=head, body=body, foot=foot)
    if block.inner:
        first, last = _span(block.inner)
        yield Block("table", block.pieces, path, (first, last), head=head, body=body, foot=foot)


def _cell(element: Element, source: Source) -> Cell:
    """One cell with its text."""
    is_head = element.kind == "TH" and element.scope in {"Column", "Both"}
    return Cell(gather(element.kids, source), element.span, is_head)


def _rows(element: Element, part: str) -> Iterator[tuple[str, Element]]:
    """The rows of a table, each with the part that it stands in."""
    for kid in element.kids:
        if isinstance(kid, Element):
            if kid.kind == "TR":
                yield part, kid
            elif kid.kind not in {"Caption", "Table"}:
                yield from _rows(kid, kid.kind if kid.kind in {"THead", "TBody", "TFoot"} else part)


def _is_note_area(element: Element) -> bool:
    """True for what holds a page's notes: no part of the text, and a note or a span for each."""
    return (
        element.kind == "NonStruct"
        and bool(element.kids)
        and all(isinstance(kid, Element) and kid.kind in {"Note", "Span"} for kid in element.kids)
    )


def _note(node: Element | Content, source: Source) -> Iterator[Block]:
    """The note; without a target where it does not begin with a link back, as what goes on does."""
    pieces = gather((node,), source)
    if any(piece.text.strip() for piece in pieces):
        back = next(_targets(node, BACK), "")
        target = NOTE[1:] + back.removeprefix(BACK) if back else ""
        yield Block("note", pieces, ("Document", "NonStruct", "Note"), _span(pieces), target=target)


def _targets(node: Element | Content, beginning: str) -> Iterator[str]:
    """The targets of the links under the node that begin so."""
    if isinstance(node, Element):
        if node.target.startswith(beginning):
            yield node.target
        for kid in node.kids:
            yield from _targets(kid, beginning)


def _reference(element: Element, source: Source) -> str:
    """The name of the reference that the element is, where it holds just one from its beginning."""
    painted = [content for content in contents(element) if source.box(content)]
    if not painted or painted[0] not in source.starts:
        return ""
    names = {source.starts[content] for content in painted if content in source.starts}
    return source.starts[painted[0]] if len(names) == 1 else ""


def _starts(root: Element, source: Source, places: Mapping[str, Place]) -> Iterator[tuple[Content, str]]:
    """For each reference's destination, the text that begins there: the nearest below it."""
    wanted = {name: place for name, place in places.items() if name.startswith(REFERENCE)}
    if not wanted:
        return
    candidates = dict(_beginnings(root, source))
    nearest: dict[Content, tuple[float, str]] = {}
    for name, place in wanted.items():
        distances = [
            (_distance(box, place), content)
            for content, box in candidates.items()
            if content.page == place.page and _distance(box, place) < 40
        ]
        if distances:
            distance, content = min(distances, key=lambda pair: pair[0])
            nearest[content] = min(nearest.get(content, (distance, name)), (distance, name))
    yield from ((content, name) for content, (_, name) in nearest.items())


def _beginnings(element: Element, source: Source) -> Iterator[tuple[Content, Box]]:
    """The first content of each Div and each paragraph, and where it stands."""
    if element.kind in {"Div", "P"}:
        for content in contents(element):
            box = source.box(content)
            if box:
                yield content, box
                break
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _beginnings(kid, source)


def _distance(box: Box, place: Place) -> float:
    """How far below a destination text begins, in points; beside it counts a tenth."""
    down = place.y - (box.baseline + 0.8 * box.size)
    return down + abs(box.left - place.x) / 10 if down > -4 else float("inf")


def contents_entries(element: Element, source: Source) -> tuple[Block, ...]:
    """The entries of the contents list that the element is; none where it is another kind of list.

    A list without a name of its own is one where most of its members lead to places in the file and
    end in a leader and a page's number.
    """
    entries = tuple(_entries(element, source))
    if element.kind == "TOC":
        return entries
    leading = sum(bool(entry.target) and _ends_in_page(entry.pieces) for entry in entries)
    return entries if 2 * leading > len(entries) else ()


def _ends_in_page(pieces: Pieces) -> bool:
    """True for a text that ends in a leader and a number."""
    return ENDS_IN_PAGE.search("".join(piece.text for piece in pieces)) is not None


def _apart(element: Element) -> tuple[tuple[Element | Content, ...], tuple[Element, ...]]:
    """What is a list's member's own, and the lists in it."""
    own: list[Element | Content] = []
    lists: list[Element] = []
    for kid in element.kids:
        if isinstance(kid, Element) and kid.kind in {"L", "TOC"}:
            lists.append(kid)
        elif isinstance(kid, Element) and _has((kid,), "L", "TOC"):
            inner, deeper = _apart(kid)
            own.extend(inner)
            lists.extend(deeper)
        else:
            own.append(kid)
    return tuple(own), tuple(lists)


def _entries(element: Element, source: Source) -> Iterator[Block]:
    """The members of a list and of the lists in it, each with the name of the place it leads to."""
    for kid in element.kids:
        if not isinstance(kid, Element):
            continue
        if kid.kind in {"LI", "TOCI"}:
            own, lists = _apart(kid)
            pieces = gather(own, source)
            if any(piece.text.strip() for piece in pieces):
                links = {piece.target for piece in pieces if piece.text.strip()}
                name = min(links, key=len)[1:] if all(link.startswith("#") for link in links) else ""
                yield Block("contents", pieces, ("L", kid.kind), _span(pieces), target=name)
            for inner in lists:
                yield from _entries(inner, source)
        elif kid.kind in {"L", "TOC"}:
            yield from _entries(kid, source)
