"""Tables: every row with all its cells, in order, and every caption."""

from __future__ import annotations

from paperbuild import lens
from paperbuild.checks import common
from paperbuild.checks.match import misses
from paperbuild.model import Finding, Inventory, Item


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for each table that has lost its caption or rows; one finding for one table."""
    del withheld
    tables, loose = promised.of("table"), observed.loose
    wanted = [(table, row) for table in tables for row in table.rows if any(row)]
    keys = [_row(row, loose=loose) for _, row in wanted]
    found = [_row(row, loose=loose) for table in observed.of("table") for row in table.rows]
    lost: dict[int, list[str]] = {}
    for miss in misses(keys, found, join=False):
        table, row = wanted[miss.index]
        if miss.how != "moved" or not loose:
            lost.setdefault(id(table), []).append(" | ".join(row))
    captions = [table for table in tables if table.text]
    flow = [lens.key(item.text, loose=loose) for item in observed.of("table", "paragraph", "figure")]
    uncaptioned = {
        id(captions[miss.index])
        for miss in misses(common.keys(captions, loose=loose), flow)
        if miss.how != "moved"
    }
    return [
        _finding(table, lost.get(id(table), []), id(table) in uncaptioned)
        for table in tables
        if id(table) in lost or id(table) in uncaptioned
    ]


def _row(cells: tuple[str, ...], *, loose: bool) -> str:
    return "|".join(lens.key(cell, loose=loose) for cell in cells)


def _finding(table: Item, rows: list[str], uncaptioned: bool) -> Finding:
    name = (
        common.quote(table.text) if table.text else f"that begins {common.quote(' | '.join(table.rows[0]))}"
    )
    said = []
    if uncaptioned:
        said.append("its caption")
    if rows:
        said.append(
            f"{len(rows)} of {len(table.rows)} rows ({'; '.join(common.quote(row, 40) for row in rows[:3])})"
        )
    return Finding("error", "tables", f"the table {name} has lost {' and '.join(said)}", common.place(table))
