"""A sentence that goes on below an equation or a quotation begins no paragraph: it is not indented."""

from __future__ import annotations

from collections.abc import Sequence

from paperbuild import equations
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

CONTINUED = "continued"
_APART = frozenset({"CodeBlock", "BlockQuote", "LineBlock", "BulletList", "OrderedList"})


def marked(blocks: Sequence[Node]) -> list[Node]:
    """The blocks; a paragraph that begins with a small letter right below something that stands apart within
    a sentence is in a ``Div.continued``. Markdown parts the two by an empty line."""
    result: list[Node] = []
    for block in map(_within, blocks):
        goes_on = bool(result) and _stands_apart(result[-1]) and _begins_small(block)
        result.append(ast.div([block], "", CONTINUED) if goes_on else block)
    return result


def _within(block: Node) -> Node:
    if block["t"] != "Div" or ast.classes(block):
        return block
    return {"t": "Div", "c": [block["c"][0], marked(block["c"][1])]}


def _stands_apart(block: Node) -> bool:
    if block["t"] == "Para" and len(block["c"]) == 1:
        (only,) = block["c"]
        return (only["t"] == "Math" and equations.is_display(only)) or "equation" in ast.classes(only)
    return block["t"] in _APART or "listing" in ast.classes(block)


def _begins_small(block: Node) -> bool:
    return block["t"] == "Para" and ast.plain(block["c"])[:1].islower()
