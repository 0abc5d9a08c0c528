"""The rows and cells of a table, and how many columns and rows each cell spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from paperbuild.formats.docx.reader.opened import THROUGH, W, value


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == f"{W}tr":
            yield element
        elif element.tag in THROUGH:
            yield from rows_of(element)


def cells_of(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, those that continue the cell above included."""
    for element in row:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in THROUGH:
            yield from cells_of(element)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with its cells and their texts."""

    head: bool
    cells: list[tuple[etree._Element, str]]
    element: etree._Element

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the cells that begin in this row."""
        return tuple(text for cell, text in self.cells if not _continues(cell))


def _continues(cell: etree._Element) -> bool:
    """True for a cell that goes on from the row above (17.4.84 vMerge)."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"


def spans_of(rows: Sequence[Row]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For each cell that begins in a row how many columns (17.4.17 gridSpan) and rows it spans."""
    grid = [dict(_by_column(row)) for row in rows]
    result = []
    for number, cells in enumerate(grid):
        spans = []
        for column, cell in cells.items():
            if _continues(cell):
                continue
            down = 1
            while (
                number + down < len(grid)
                and column in grid[number + down]
                and _continues(grid[number + down][column])
            ):
                down += 1
            spans.append((_across(cell), down))
        result.append(tuple(spans))
    return tuple(result)


def _by_column(row: Row) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row with the columns they begin in; the row may begin later (17.4.14 gridBefore)."""
    before = value(row.element, "trPr/gridBefore")
    column = int(before) if before.isdigit() else 0
    for cell, _ in row.cells:
        yield column, cell
        column += _across(cell)


def _across(cell: etree._Element) -> int:
    given = value(cell, "tcPr/gridSpan")
    return int(given) if given.isdigit() and int(given) > 0 else 1
