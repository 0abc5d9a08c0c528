"""Headings that stand in the first line of their paragraph (APA 7, 2.27; Turabian 9, A.2.2)."""

from __future__ import annotations

from collections.abc import Sequence

from paperbuild.layouts import Layout
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

RUN_IN = "run-in"
_ENDS = (".", "?", "!", "…", "。", "؟", ":")


def run_in(blocks: Sequence[Node], layout: Layout) -> list[Node]:
    """The blocks, a heading of such a level with a full stop and in one ``Div.run-in`` with its paragraph.

    One that no paragraph follows stands alone, with its full stop.
    """
    levels = {level for level, style in enumerate(layout.text.heading, 1) if style.run_in}
    result: list[Node] = []
    waiting: Node | None = None
    for block in blocks:
        if waiting and block["t"] == "Para":
            result.append(ast.div([waiting, block], "", RUN_IN, f"level{waiting['c'][0]}"))
            waiting = None
            continue
        if waiting:
            result.append(waiting)
        waiting = _ended(block) if block["t"] == "Header" and block["c"][0] in levels else None
        if not waiting:
            result.append(block)
    return [*result, *([waiting] if waiting else [])]


def _ended(heading: Node) -> Node:
    level, attr, inlines = heading["c"]
    if ast.plain(inlines).rstrip().endswith(_ENDS):
        return heading
    return {"t": "Header", "c": [level, attr, [*inlines, {"t": "Str", "c": "."}]]}
