"""Column widths: no word of a table is broken while there is room for it.

Columns without widths of their own are as wide as what stands in them, as browsers do it; pandoc gives them
equal widths and leaves the rest to Word. Widths that the manuscript gives keep their proportions. Word widens
a column for a long word by itself, other programs take the widths as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from lxml import etree

from paperbuild.formats.docx import measure
from paperbuild.formats.docx.measure import Need
from paperbuild.formats.docx.ooxml import (
    RUN_PROPERTIES,
    TABLE_PROPERTIES,
    make,
    name,
    put,
    set_property,
)
from paperbuild.formats.docx.sections import is_across
from paperbuild.layouts.model import Layout, TextStyle

_WHOLE = 7920
"""Twips that pandoc's columns have together when they take the whole width."""
_PADDING = 10.0
"""Points in a cell beside its text: the margins of its style, and a little."""
_LONGEST = 30.0
"""Sizes of the table's text that a line of a cell asks for; a longer one is broken."""
_SMALLEST = 0.8
"""The size of a table's text in sizes of the layout's, below which words are broken rather."""


@dataclass(frozen=True, slots=True)
class _Cell:
    element: etree._Element
    column: int
    across: int


@dataclass(frozen=True, slots=True)
class _Widths:
    """Points for each column, the size that the text needs for them, and whether all words fit."""

    points: Sequence[float]
    scale: float = 1.0
    whole: bool = True


def fit(table: etree._Element, layout: Layout) -> None:
    """Sets a table's widths; its paragraphs have their styles already."""
    grid = table.find(name("w:tblGrid"))
    width = table.find(f"{name('w:tblPr')}/{name('w:tblW')}")
    if grid is None or width is None or _style(table) != "Table":
        return
    cells = [cell for row in table.findall(name("w:tr")) for cell in _cells(row)]
    if not cells or max(cell.column + cell.across for cell in cells) != len(grid):
        return
    given = [int(column.get(name("w:w"), "0")) / _WHOLE for column in grid]
    found = _widths(
        cells, layout, _room(table, layout), None if width.get(name("w:type")) == "auto" else given
    )
    _set(table, cells, found)
    if found.scale < 1:
        _make_smaller(table, layout, found.scale)


def _style(table: etree._Element) -> str:
    found = table.find(f"{name('w:tblPr')}/{name('w:tblStyle')}")
    return "" if found is None else found.get(name("w:val"), "")


def _cells(row: etree._Element) -> Iterator[_Cell]:
    column = 0
    for element in row.findall(name("w:tc")):
        span = element.find(f"{name('w:tcPr')}/{name('w:gridSpan')}")
        across = 1 if span is None else int(span.get(name("w:val"), "1"))
        yield _Cell(element, column, across)
        column += across


def _room(table: etree._Element, layout: Layout) -> float:
    """Points that a table can take: those of its column, of the page, or of the cell that it stands in."""
    around = next(table.iterancestors(name("w:tc")), None)
    outer = None if around is None else around.find(f"{name('w:tcPr')}/{name('w:tcW')}")
    if outer is not None:
        return max(int(outer.get(name("w:w"), "0")) / 20 - _PADDING, _PADDING)
    page = layout.page
    return (page.text_width if is_across(table) else page.column_width) * 72 / 25.4


def _widths(cells: Sequence[_Cell], layout: Layout, room: float, given: Sequence[float] | None) -> _Widths:
    """Widths within the room, in the largest size in which all words fit."""
    for size in _sizes(layout):
        scale = size / layout.text.table.size
        least, lines = _needed(cells, layout, scale)
        if sum(least) <= room:
            wanted = lines if given is None else [part * room / max(sum(given), 1) for part in given]
            wanted = [max(want, low) for want, low in zip(wanted, least, strict=True)]
            return _Widths(_squeezed(wanted, least, room), scale)
    least, _ = _needed(cells, layout, 1.0)
    return _Widths(_cut(least, room), whole=False)


def _sizes(layout: Layout) -> Iterator[float]:
    """Sizes of a table's text, largest first: none is below the layout's smallest text, code left out."""
    text = layout.text
    styles = [getattr(text, field.name) for field in fields(text) if field.name != "code"]
    smallest = min(style.size for style in styles if isinstance(style, TextStyle))
    size = text.table.size
    least = min(max(smallest, size * _SMALLEST), size)
    while size >= least:
        yield size
        size -= 0.5


def _needed(cells: Sequence[_Cell], layout: Layout, scale: float) -> tuple[list[float], list[float]]:
    """For each column the points that its longest word and its longest line need.

    What a cell over several columns needs beyond theirs is shared among them.
    """
    count = max(cell.column + cell.across for cell in cells)
    least, lines = [_PADDING] * count, [_PADDING] * count
    for cell in sorted(cells, key=lambda one: one.across):
        need = _need(cell, layout, scale)
        columns = range(cell.column, cell.column + cell.across)
        for widths, wanted in ((least, need.least), (lines, need.line)):
            own = sum(widths[column] for column in columns)
            for column in columns if wanted > own else ():
                widths[column] *= wanted / own
    return least, lines


def _need(cell: _Cell, layout: Layout, scale: float) -> Need:
    need = Need()
    for paragraph in cell.element.iter(name("w:p")):
        need |= measure.paragraph(paragraph, layout, scale)
    longest = max(_LONGEST * layout.text.table.size * scale, need.least)
    return Need(need.least + _PADDING, min(need.line, longest) + _PADDING)


def _squeezed(wanted: list[float], least: list[float], room: float) -> list[float]:
    """The widths brought down to ``room``, no column below its longest word."""
    excess = sum(wanted) - room
    spare = [want - low for want, low in zip(wanted, least, strict=True)]
    if excess <= 0 or not sum(spare):
        return wanted
    kept = 1 - excess / sum(spare)
    return [low + extra * kept for low, extra in zip(least, spare, strict=True)]


def _cut(least: list[float], room: float) -> list[float]:
    """Widths for words that don't fit: the longest ones are broken, and no others."""
    level = 0.0
    for number, width in enumerate(sorted(least)):
        level = room / (len(least) - number)
        if width > level:
            break
        room -= width
    return [min(width, level) for width in least]


def _set(table: etree._Element, cells: Sequence[_Cell], widths: _Widths) -> None:
    columns = [int(points * 20) for points in widths.points]
    for column, value in zip(table.iter(name("w:gridCol")), columns, strict=False):
        column.set(name("w:w"), str(value))
    properties = next(table.iter(name("w:tblPr")))
    put(properties, make("w:tblW", type="dxa", w=sum(columns)), TABLE_PROPERTIES)
    put(properties, make("w:tblLayout", type="autofit" if widths.whole else "fixed"), TABLE_PROPERTIES)
    for cell in cells:
        _set_width(cell.element, sum(columns[cell.column : cell.column + cell.across]))


def _set_width(cell: etree._Element, value: int) -> None:
    properties = cell.find(name("w:tcPr"))
    if properties is None:
        properties = make("w:tcPr")
        cell.insert(0, properties)
    for old in properties.findall(name("w:tcW")):
        properties.remove(old)
    properties.insert(0, make("w:tcW", type="dxa", w=value))


def _make_smaller(table: etree._Element, layout: Layout, scale: float) -> None:
    """Sets all of a table's text in a smaller size, code in proportion.

    The numbers of its lists are as large as the marks of their paragraphs.
    """
    for run in table.iter(name("w:r"), name("m:r")):
        points = measure.size(run, layout) * scale
        formatting = run.find(name("w:rPr"))
        if formatting is None:
            formatting = make("w:rPr")
            before = run.find(name("m:rPr"))
            run.insert(0 if before is None else 1, formatting)
        _set_size(formatting, points)
    for paragraph in table.iter(name("w:p")):
        if paragraph.find(f"{name('w:pPr')}/{name('w:numPr')}") is not None:
            mark = make("w:rPr")
            _set_size(mark, layout.text.table.size * scale)
            set_property(paragraph, mark)


def _set_size(formatting: etree._Element, points: float) -> None:
    for tag in ("w:sz", "w:szCs"):
        put(formatting, make(tag, val=round(points * 2)), RUN_PROPERTIES)
