"""Where the cells of a table stand: merged ones push those behind and below them along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


def placed(rows: Sequence[Any]) -> Iterator[list[tuple[int, Any]]]:
    """For each row (``[attr, cells]``) its cells, each with the number of its first column, from 0.

    A cell that spans rows holds its columns in those below; the rows of one group (head, body, foot) are
    given together, since no cell goes beyond its group (HTML Living Standard, 4.9.12).
    """
    taken: dict[int, int] = {}
    for _, cells in rows:
        column, row = 0, []
        below: dict[int, int] = {}
        for cell in cells:
            while taken.get(column):
                column += 1
            row.append((column, cell))
            _, _, height, width, _ = cell
            below |= dict.fromkeys(range(column, column + width), height)
            column += width
        yield row
        held = {place: count - 1 for place, count in (taken | below).items()}
        taken = {place: count for place, count in held.items() if count > 0}
