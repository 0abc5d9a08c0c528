"""The blocks of a Word document: paragraphs and tables, in order, and the entries of its contents list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from lxml import etree

from paperbuild.formats.docx.reader.grid import Row, cells_of, rows_of, spans_of
from paperbuild.formats.docx.reader.inline import Flow, Line, words
from paperbuild.formats.docx.reader.opened import THROUGH, Styles, W, switched, value
from paperbuild.model import Mark

_CAPTIONS = {"caption", "table caption", "image caption"}
_CONTENTS = re.compile(r"toc( \d| heading)|table of (figures|contents)|contents( \d| heading)|toa heading")
_BOXES = ("☐", "☑", "☒")
_HEADING = re.compile(r"heading ([1-9])")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table."""

    names: tuple[str, ...] = ()
    """Names of its style and of those below it."""
    level: int = 0
    """A heading's level, else 0."""
    line: Line | None = None
    """What the paragraph says; None for a table."""
    rows: tuple[tuple[str, ...], ...] = ()
    spans: tuple[tuple[tuple[int, int], ...], ...] = ()
    heads: int = 0
    inner: tuple[Block, ...] = ()
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
class Blocks:
    """Gathers the blocks of a body in order."""

    flow: Flow
    styles: Styles
    bullets: Mapping[tuple[str, str], str]
    found: list[Block] = field(default_factory=list)
    contents: list[Mark] = field(default_factory=list)
    """Entries of a contents list."""
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
            elif element.tag in THROUGH and not _is_contents(element):
                self.gather(element)
            elif element.tag in THROUGH:
                for paragraph in element.iter(f"{W}p"):
                    self._entry(paragraph, self.flow.read(paragraph))

    def _paragraph(self, element: etree._Element) -> None:
        line = self.flow.read(element)
        box = self._box(element)
        block = self._block(element, replace(line, text=f"{box} {line.text}") if box else line)
        if line.contents or any(_CONTENTS.fullmatch(name) for name in block.names):
            self._entry(element, line)
        else:
            self.found.append(block)

    def _entry(self, element: etree._Element, line: Line) -> None:
        """An entry of the contents list: its words up to the tab, its page after it, and where it leads."""
        names = self.styles.names(value(element, "pPr/pStyle"))
        title, _, page = line.text.partition("\t")
        if title.strip() and not any("heading" in name for name in names):
            link = next(element.iter(f"{W}hyperlink"), None)
            target = "" if link is None else unquote(link.get(f"{W}anchor", ""))
            self.contents.append(Mark(words(title), target=target, page=page.strip()))

    def _box(self, element: etree._Element) -> str:
        """The box before an item of a list of tasks. Other bullets and numbers are no text."""
        place = value(element, "pPr/numPr/numId"), value(element, "pPr/numPr/ilvl") or "0"
        sign = self.bullets.get(place, "")
        return sign if sign in _BOXES else ""

    def _block(self, element: etree._Element, line: Line) -> Block:
        names = self.styles.names(value(element, "pPr/pStyle"))
        marks, self._marks = (*self._marks, *line.bookmarks), []
        return Block(names, self._level(element, names), line, marks=marks)

    def _level(self, element: etree._Element, names: tuple[str, ...]) -> int:
        own = value(element, "pPr/outlineLvl")
        outline = int(own) if own.isdigit() else self.styles.outline(value(element, "pPr/pStyle"))
        if outline is not None:
            return outline + 1 if outline < 9 else 0
        return next((int(found[1]) for name in names if (found := _HEADING.fullmatch(name))), 0)

    def _table(self, element: etree._Element) -> None:
        marks, self._marks = tuple(self._marks), []
        inner: list[Block] = []
        rows: list[Row] = []
        for row in rows_of(element):
            cells = [(cell, self._cell(cell, inner)) for cell in cells_of(row)]
            if not switched(row, "trPr/del"):
                rows.append(Row(switched(row, "trPr/tblHeader"), cells, row))
        rows.sort(key=lambda one: not one.head)
        names = self.styles.names(value(element, "tblPr/tblStyle"), table=True)
        self.found.append(
            Block(
                names,
                rows=tuple(row.texts for row in rows),
                spans=spans_of(rows),
                heads=sum(row.head for row in rows),
                inner=tuple(inner),
                marks=marks,
            )
        )

    def _cell(self, cell: etree._Element, inner: list[Block]) -> str:
        """The text of a cell, that of tables in it flattened."""
        inside = Blocks(self.flow, self.styles, self.bullets)
        inside.gather(cell)
        inner.extend(inside.found)
        return "\n".join(block.text for block in inside.found if block.text.strip()).strip()


def _is_contents(element: etree._Element) -> bool:
    gallery = value(element, "sdtPr/docPartObj/docPartGallery")
    return gallery in {"Table of Contents", "Table of Figures"}
