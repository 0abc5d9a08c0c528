"""The table of a report: for each kind of item and each format, how many were promised, found and lost."""

from __future__ import annotations

from dataclasses import dataclass

from paperbuild.model import ITEM_KINDS, Comparison, Report
from paperbuild.report.values import lost
from paperbuild.report.words import PLURALS


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of one kind in one format."""

    promised: int = 0
    found: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One kind in every format."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A row for each kind that was promised in any format, and what they are together."""

    formats: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row


def table(report: Report) -> Table:
    """The table of a report, without rows where nothing was promised or nothing compared."""
    formats = tuple(dict.fromkeys(line.format for line in report.comparisons))
    known = {(line.format, line.kind): _cell(line) for line in report.comparisons}
    kinds = dict.fromkeys((*ITEM_KINDS, *(line.kind for line in report.comparisons)))
    rows = [
        Row(PLURALS.get(kind, kind), tuple(known.get((name, kind), Cell()) for name in formats))
        for kind in kinds
    ]
    kept = tuple(row for row in rows if any(cell.promised or cell.found for cell in row.cells))
    return Table(formats, kept, Row("total", tuple(_sum(kept, place) for place in range(len(formats)))))


def _cell(line: Comparison) -> Cell:
    return Cell(line.promised, line.found, lost(line))


def _sum(rows: tuple[Row, ...], place: int) -> Cell:
    cells = [row.cells[place] for row in rows]
    return Cell(*(sum(getattr(cell, name) for cell in cells) for name in ("promised", "found", "lost")))
