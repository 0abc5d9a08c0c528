"""Tables that are small enough for one page are known as such; heads over several columns are centred."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

SHORT = "short-table"
_ROWS = 12
_LETTERS = 1200
"""In all cells: a table that takes a quarter of a page or so, never one that takes more than a page."""


def known(blocks: Sequence[Node]) -> list[Node]:
    """The blocks, short tables with a class that keeps them whole, and heads over several columns centred
    above them (Publication Manual 7.12) unless the manuscript aligns them."""
    return [_known(block) for block in blocks]


def _known(block: Node) -> Node:
    if block["t"] == "Div":
        return {"t": "Div", "c": [block["c"][0], known(block["c"][1])]}
    if block["t"] != "Table":
        return block
    (name, classes, pairs), caption, columns, (head, rows), *rest = block["c"]
    named = [name, [*classes, SHORT] if _is_short(block) else classes, pairs]
    return {"t": "Table", "c": [named, caption, columns, [head, _centred(rows)], *rest]}


def _centred(rows: Sequence[Any]) -> list[Any]:
    return [[attr, [_above_its_columns(cell) for cell in cells]] for attr, cells in rows]


def _above_its_columns(cell: list[Any]) -> list[Any]:
    attr, align, height, width, blocks = cell
    centred = width > 1 and align["t"] == "AlignDefault"
    return [attr, {"t": "AlignCenter"} if centred else align, height, width, blocks]


def _is_short(table: Node) -> bool:
    _, _, _, head, bodies, foot = table["c"]
    rows = [*head[1], *foot[1], *(row for body in bodies for row in [*body[2], *body[3]])]
    letters = sum(len(ast.plain(words)) for _, cells in rows for *_, words in cells)
    return len(rows) <= _ROWS and letters <= _LETTERS
