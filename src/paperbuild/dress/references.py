"""The reference list's title as the layout calls it, unless the manuscript names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paperbuild.layouts.model import References
from paperbuild.model import OWN_TITLE
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node


def titled(blocks: Sequence[Node], terms: Mapping[str, str], wanted: References) -> tuple[Node, ...]:
    """The blocks, the title that was given to the list for want of another one replaced by the layout's."""
    words = terms.get(wanted.title.replace("-", "_"), "")
    return tuple(_titled(block, words) for block in blocks)


def _titled(block: Node, words: str) -> Node:
    if block["t"] != "Header" or OWN_TITLE not in ast.classes(block) or not words:
        return block
    level, attr, _ = block["c"]
    return {"t": "Header", "c": [level, attr, ast.text(words)]}
