"""Tables that are small enough to stand on one page are known as such."""

from __future__ import annotations

from collections.abc import Sequence

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

SHORT = "short-table"
_ROWS = 12
_LETTERS = 1200
"""In all cells: a table that takes a quarter of a page or so, never one that takes more than a page."""


def known(blocks: Sequence[Node]) -> list[Node]:
    """The blocks, short tables with a class that keeps them whole."""
    return [_known(block) for block in blocks]


def _known(block: Node) -> Node:
    if block["t"] == "Div":
        return {"t": "Div", "c": [block["c"][0], known(block["c"][1])]}
    if block["t"] != "Table" or not _is_short(block):
        return block
    (name, classes, pairs), *rest = block["c"]
    return {"t": "Table", "c": [[name, [*classes, SHORT], pairs], *rest]}


def _is_short(table: Node) -> bool:
    _, _, _, head, bodies, foot = table["c"]
    rows = [*head[1], *foot[1], *(row for body in bodies for row in [*body[2], *body[3]])]
    letters = sum(len(ast.plain(words)) for _, cells in rows for *_, words in cells)
    return len(rows) <= _ROWS and letters <= _LETTERS
