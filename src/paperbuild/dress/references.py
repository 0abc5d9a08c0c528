"""The reference list's title as the layout calls it, unless the manuscript names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paperbuild.layouts.model import References
from paperbuild.model import OWN_TITLE
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

TITLE_CLASS = "references-title"


def titled(blocks: Sequence[Node], terms: Mapping[str, str], wanted: References) -> list[Node]:
    """The blocks, the heading over the list marked as such, and in the layout's words if it has ours."""
    words = terms.get(wanted.title.replace("-", "_"), "")
    followers = [*blocks, None][1:] if blocks else []
    return [
        _titled(block, words) if block["t"] == "Header" and is_list(after) else block
        for block, after in zip(blocks, followers, strict=True)
    ]


def is_list(block: Node | None) -> bool:
    """True for the reference list."""
    return block is not None and block["t"] == "Div" and ast.identifier(block) == "refs"


def _titled(heading: Node, words: str) -> Node:
    level, (name, names, pairs), inlines = heading["c"]
    if OWN_TITLE in names and words:
        inlines = ast.text(words)
    return {"t": "Header", "c": [level, [name, [*names, TITLE_CLASS], pairs], inlines]}
