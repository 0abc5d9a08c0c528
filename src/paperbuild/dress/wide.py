"""What is too wide for one of several columns stands across all of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from paperbuild import equations
from paperbuild.layouts import Layout
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

WIDE = "wide"
_LETTER = 0.5
"""Width of an average letter in sizes of its font."""
_LONGEST = 24
"""Letters of a cell that ask for width; a longer text is broken into lines."""
_POINTS = 72 / 25.4


def spread(blocks: Sequence[Node], layout: Layout) -> list[Node]:
    """The blocks, wide tables and equations and figures of class ``wide`` in a ``Div.wide``, with the
    headings right above them: in a column of their own these would stand beside what they name."""
    if layout.page.columns == 1:
        return list(blocks)
    result: list[Node] = []
    for block in blocks:
        if not _is_wide(block, layout):
            result.append(block)
            continue
        headings = list(takewhile(lambda one: one["t"] == "Header", reversed(result)))
        del result[len(result) - len(headings) :]
        result.append(ast.div([*reversed(headings), block], "", WIDE))
    return result


def _is_wide(block: Node, layout: Layout) -> bool:
    room = layout.page.column_width * _POINTS
    match block["t"]:
        case "Table":
            return _table(block) * layout.text.table.size * _LETTER > room
        case "Figure":
            return any(
                WIDE in ast.classes(node) for node in ast.iterate(block) if node["t"] in {"Figure", "Image"}
            )
        case "Para":
            formulas = [
                node for node in ast.iterate(block) if node["t"] == "Math" and equations.is_display(node)
            ]
            longest = max((len(line) for node in formulas for line in _lines(node)), default=0)
            return (
                longest * layout.text.body.size * _LETTER > room * 1.6
            )  # TeX has more letters than it shows
        case _:
            return False


def _lines(node: Node) -> list[str]:
    return equations.tex(node).split(r"\\") if "pmatrix" not in equations.tex(node) else [equations.tex(node)]


def _table(block: Node) -> float:
    """How many letters stand beside each other in a table, its gaps counted as three."""
    rows = [row for node in [block["c"][3], *block["c"][4], block["c"][5]] for row in _rows(node)]
    widths: dict[int, int] = {}
    for row in rows:
        for column, (_, _, _, across, words) in enumerate(row[1]):
            if across == 1:
                widths[column] = max(widths.get(column, 0), min(len(ast.plain(words)), _LONGEST))
    return sum(widths.values()) + 3 * len(widths)


def _rows(part: list[Any]) -> list[Any]:
    """The rows of a table's head, body or foot."""
    found: list[Any] = []
    for one in part:
        if isinstance(one, list) and one and isinstance(one[0], list) and len(one[0]) == 2:
            found += one
    return found
