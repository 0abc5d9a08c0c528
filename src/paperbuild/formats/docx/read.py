"""What a Word document holds, read from its XML. It shares nothing with the writer, on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from lxml import etree

from paperbuild.formats.docx import opened as opening
from paperbuild.formats.docx.inline import Flow, Line, notes
from paperbuild.formats.docx.opened import Broken, Package, Part, Styles, W, switched, value
from paperbuild.model import OBJECT, Finding, Inventory, Item

_DC = "{http://purl.org/dc/elements/1.1/}"
_CAPTIONS = {"caption", "table caption", "image caption"}
_THROUGH = {f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_CONTENTS = re.compile(r"toc( \d| heading)|table of (figures|contents)|contents( \d| heading)|toa heading")
_BOXES = ("☐", "☑", "☒")
_HEADING = re.compile(r"heading ([1-9])")


def read(data: bytes) -> Inventory:
    """The inventory of a .docx file. A file that cannot be read gives an empty one with an error finding."""
    try:
        package = opening.opened(data)
        return _inventory(package)
    except Broken as error:
        return Inventory((), findings=(_error(f"the Word document does not open: {error}"),))


def _inventory(package: Package) -> Inventory:
    styles = opening.styles(package.related("styles"))
    kinds = (("footnote", package.related("footnotes")), ("endnote", package.related("endnotes")))
    parts = [(kind, part) for kind, part in kinds if part is not None]
    flow = Flow(package.main, styles, notes(iter(parts)))
    blocks = _Blocks(flow, styles, opening.bullets(package.related("numbering")))
    body = package.main.root.find(f"{W}body")
    if body is None:
        raise Broken(f"the part {package.main.name} has no body")
    blocks.gather(body)
    items = list(_Items().all(blocks.found))
    anchors = frozenset(_bookmarks(package.main, *(part for _, part in parts)))
    core = _core(package)
    title = core.get("title", "") or _styled(blocks.found, "title")
    return Inventory(
        items=tuple(_with_citations(items)),
        anchors=anchors,
        title=title,
        authors=tuple(name.strip() for name in core.get("creator", "").split(";") if name.strip()),
        lang=core.get("language", "") or _language(package),
        findings=tuple(_findings(package, flow, anchors)),
    )


def _error(message: str, where: str = "") -> Finding:
    return Finding("error", "docx", message, where=where, format="docx")


def _bookmarks(*parts: Part) -> Iterator[str]:
    """The names of all bookmarks; LibreOffice writes ``eq%3Aa`` for ``eq:a``, but not in links to it."""
    for part in parts:
        for mark in part.root.iter(f"{W}bookmarkStart"):
            yield unquote(mark.get(f"{W}name", ""))


def _core(package: Package) -> dict[str, str]:
    """The core properties (ECMA-376 part 2, 11) by local name."""
    name = next((name for name in package.files if name.lower() == "docprops/core.xml"), None)
    if name is None:
        return {}
    root = opening.part(package.files, name).root
    return {etree.QName(one).localname: one.text or "" for one in root if str(one.tag).startswith(_DC)}


def _language(package: Package) -> str:
    part = package.related("styles")
    found = None if part is None else part.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    return "" if found is None else found.get(f"{W}val", "")


def _findings(package: Package, flow: Flow, anchors: frozenset[str]) -> Iterator[Finding]:
    for source, target in package.dangling():
        yield _error(f"{source} names the part {target}, which is missing")
    for identifier in flow.relations_lost:
        yield _error(f"a link uses the relationship {identifier}, which is missing")
    used = {one for part in (package.main,) for one in _embedded(part.root)}
    for identifier in sorted(used - set(package.main.links)):
        yield _error(f"a picture uses the relationship {identifier}, which is missing")
    for anchor in dict.fromkeys(flow.anchors_used):
        if unquote(anchor) not in anchors:
            yield _error(f"a link leads to the bookmark {anchor}, which is missing")
    for kind, identifier in flow.notes.lost:
        yield _error(f"a mark leads to the {kind} {identifier}, which is missing")
    for kind, identifier in sorted(set(flow.notes.texts) - flow.notes.met):
        yield _error(f"the {kind} {identifier} has no mark in the text")


def _embedded(root: etree._Element) -> Iterator[str]:
    for element in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
        identifier = element.get(f"{opening.R}embed")
        if identifier:
            yield identifier


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or a table."""

    names: tuple[str, ...] = ()
    """Names of its style and of those below it."""
    level: int = 0
    """A heading's level, else 0."""
    line: Line | None = None
    """What the paragraph says; None for a table."""
    rows: tuple[tuple[str, ...], ...] = ()
    inner: tuple[_Block, ...] = ()
    """The blocks in a table's cells."""
    marks: tuple[str, ...] = ()
    """Bookmarks that start before it, after the block above, or in it."""

    @property
    def is_caption(self) -> bool:
        return bool(_CAPTIONS & set(self.names))

    @property
    def text(self) -> str:
        if self.line is not None:
            return self.line.text
        return "\n".join(cell for row in self.rows for cell in row)

    @property
    def pictures(self) -> tuple[str, ...]:
        """Alternative texts of the pictures in it."""
        own = self.line.pictures if self.line is not None else ()
        return (*own, *(one for block in self.inner for one in block.pictures))

    @property
    def is_figure(self) -> bool:
        """A paragraph of pictures, or a table that only places pictures and their captions."""
        if self.line is not None:
            return self.line.only_pictures
        filled = [block for block in self.inner if block.text.strip()]
        return bool(self.pictures) and all(block.is_figure or block.is_caption for block in filled)


@dataclass(slots=True)
class _Blocks:
    """Gathers the blocks of a body in order."""

    flow: Flow
    styles: Styles
    bullets: Mapping[tuple[str, str], str]
    found: list[_Block] = field(default_factory=list)
    _marks: list[str] = field(default_factory=list)

    def gather(self, parent: etree._Element) -> None:
        """Every block of the parent, through content controls and insertions."""
        for element in parent:
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag == f"{W}bookmarkStart":
                self._marks.append(element.get(f"{W}name", ""))
            elif element.tag in _THROUGH and not _is_contents(element):
                self.gather(element)

    def _paragraph(self, element: etree._Element) -> None:
        line = self.flow.read(element)
        box = self._box(element)
        block = self._block(element, replace(line, text=f"{box} {line.text}") if box else line)
        if not line.contents and not any(_CONTENTS.fullmatch(name) for name in block.names):
            self.found.append(block)

    def _box(self, element: etree._Element) -> str:
        """The box before an item of a list of tasks. Other bullets and numbers are no text."""
        place = value(element, "pPr/numPr/numId"), value(element, "pPr/numPr/ilvl") or "0"
        sign = self.bullets.get(place, "")
        return sign if sign in _BOXES else ""

    def _block(self, element: etree._Element, line: Line) -> _Block:
        names = self.styles.names(value(element, "pPr/pStyle"))
        marks, self._marks = (*self._marks, *line.bookmarks), []
        return _Block(names, self._level(element, names), line, marks=marks)

    def _level(self, element: etree._Element, names: tuple[str, ...]) -> int:
        own = value(element, "pPr/outlineLvl")
        outline = int(own) if own.isdigit() else self.styles.outline(value(element, "pPr/pStyle"))
        if outline is not None:
            return outline + 1 if outline < 9 else 0
        return next((int(found[1]) for name in names if (found := _HEADING.fullmatch(name))), 0)

    def _table(self, element: etree._Element) -> None:
        marks, self._marks = tuple(self._marks), []
        inner: list[_Block] = []
        rows: list[tuple[bool, tuple[str, ...]]] = []
        for row in _rows(element):
            cells = [self._cell(cell, inner) for cell in _cells(row)]
            if not switched(row, "trPr/del"):
                rows.append((switched(row, "trPr/tblHeader"), tuple(cells)))
        rows.sort(key=lambda one: not one[0])
        names = self.styles.names(value(element, "tblPr/tblStyle"), table=True)
        self.found.append(
            _Block(names, rows=tuple(cells for _, cells in rows), inner=tuple(inner), marks=marks)
        )

    def _cell(self, cell: etree._Element, inner: list[_Block]) -> str:
        """The text of a cell, that of tables in it flattened."""
        inside = _Blocks(self.flow, self.styles, self.bullets)
        inside.gather(cell)
        inner.extend(inside.found)
        return "\n".join(block.text for block in inside.found if block.text.strip()).strip()


def _is_contents(element: etree._Element) -> bool:
    gallery = value(element, "sdtPr/docPartObj/docPartGallery")
    return gallery in {"Table of Contents", "Table of Figures"}


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == f"{W}tr":
            yield element
        elif element.tag in _THROUGH:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells that begin in this row: one that continues the cell above is left out (17.4.84 vMerge)."""
    for element in row:
        if element.tag == f"{W}tc":
            merge = element.find(f"{W}tcPr/{W}vMerge")
            if merge is None or merge.get(f"{W}val", "continue") == "restart":
                yield element
        elif element.tag in _THROUGH:
            yield from _cells(element)


@dataclass(slots=True)
class _Items:
    """Turns blocks into items, each with the section it stands in."""

    _section: str = ""

    def all(self, blocks: Sequence[_Block]) -> Iterator[Item]:
        """The items of these blocks, in order."""
        captions = dict(_captioned(blocks))
        owned = set(captions.values())
        for index, block in enumerate(blocks):
            if index not in owned:
                yield from self._of(block, blocks[captions[index]] if index in captions else None)

    def _of(self, block: _Block, caption: _Block | None) -> Iterator[Item]:
        text = _words(caption.text) if caption else ""
        if _shown_as_figure(block, caption):
            yield from self._figure(block, text, caption)
        elif block.line is None:
            yield self._placed(Item("table", text, rows=block.rows))
            yield from self._inner(caption)
            yield from map(self._placed, _inner_items(block))
            yield from map(self._placed, _code(block))
        else:
            yield from self._paragraph(block, block.line)
            yield from self._inner(block)

    def _inner(self, block: _Block | None) -> Iterator[Item]:
        if block is not None and block.line is not None:
            yield from map(self._placed, block.line.items)

    def _figure(self, block: _Block, text: str, caption: _Block | None) -> Iterator[Item]:
        """The pictures of a figure, the first with the caption, and what else a table that lays it out holds.

        Where each picture has a caption of its own, that of the whole is a paragraph.
        """
        if any(inner.is_caption for inner in block.inner):
            yield from self.all(block.inner)
            yield from (self._placed(Item("paragraph", one)) for one in (text,) if one)
        else:
            items = list(_inner_items(block))
            pictures = [item for item in items if item.kind == "figure"] or [Item("figure", "")]
            first = replace(pictures[0], text=text)
            yield from map(self._placed, [first, *pictures[1:]])
            yield from map(self._placed, (item for item in items if item.kind != "figure"))
            yield from self._others(block)
        yield from self._inner(caption)

    def _others(self, block: _Block) -> Iterator[Item]:
        """Code, tables and text in a figure."""
        for inner in block.inner:
            if not inner.is_figure:
                told = self._of(inner, None)
                yield from (item for item in told if item.kind in {"code", "table", "paragraph"})

    def _paragraph(self, block: _Block, line: Line) -> Iterator[Item]:
        text, anchor = _words(line.text), _reference(block)
        if not text:
            return
        if block.level:
            self._section = text
            yield Item("section", text, level=block.level)
        elif "source code" in block.names:
            yield self._placed(Item("code", line.text))
        elif anchor is not None:
            yield self._placed(Item("reference", text, target=anchor))
        else:
            yield self._placed(Item("paragraph", text))

    def _placed(self, item: Item) -> Item:
        return replace(item, section=self._section)


def _code(block: _Block) -> Iterator[Item]:
    """Blocks of code in a table."""
    for inner in block.inner:
        if inner.line is not None and "source code" in inner.names and inner.text.strip():
            yield Item("code", inner.text)
        yield from _code(inner)


def _inner_items(block: _Block) -> Iterator[Item]:
    """Notes, links, equations and pictures in a block."""
    if block.line is not None:
        yield from block.line.items
    for inner in block.inner:
        yield from _inner_items(inner)


def _shown_as_figure(block: _Block, caption: _Block | None) -> bool:
    named = {"captioned figure", "figure", "figure table"} & set(block.names)
    if block.line is not None:
        return block.is_figure and (caption is not None or bool(named))
    return bool(named) or block.is_figure or (caption is not None and "image caption" in caption.names)


def _reference(block: _Block) -> str | None:
    """The bookmark of an entry of the reference list; None for another paragraph."""
    named = [mark for mark in block.marks if mark.startswith("ref-")]
    if named:
        return named[-1]
    if "bibliography" not in block.names:
        return None
    others = [mark for mark in block.marks if mark != "refs"]
    return others[-1] if others else ""


def _captioned(blocks: Sequence[_Block]) -> Iterator[tuple[int, int]]:
    """Pairs of a table or figure and its caption: the neighbour that the caption's style speaks of."""
    taken: set[int] = set()
    for index, block in enumerate(blocks):
        if not block.is_caption:
            continue
        above, below = index - 1, index + 1
        order = (below, above) if "table caption" in block.names else (above, below)
        for other in order:
            if 0 <= other < len(blocks) and other not in taken and _may_have(blocks[other], block):
                taken.add(other)
                yield other, index
                break


def _may_have(block: _Block, caption: _Block) -> bool:
    if "table caption" in caption.names:
        return block.line is None
    if "image caption" in caption.names:
        return block.is_figure or block.line is None
    return block.line is None or block.is_figure


def _words(text: str) -> str:
    """The text in one line. A tab that only sets an equation apart from its number is no space."""
    text = text.replace(f"\t{OBJECT}", OBJECT).replace(f"{OBJECT}\t", OBJECT)
    return re.sub(r"[\t\n]", " ", text).strip()


def _styled(blocks: Sequence[_Block], name: str) -> str:
    return next((_words(one.line.text) for one in blocks if one.line and one.names[:1] == (name,)), "")


def _with_citations(items: Sequence[Item]) -> Iterator[Item]:
    """The items with each link to an entry of the reference list made a citation."""
    anchors = {f"#{item.target}" for item in items if item.kind == "reference" and item.target}
    for item in items:
        cites = item.kind == "link" and (item.target in anchors or item.target.startswith("#ref-"))
        yield replace(item, kind="citation") if cites else item
