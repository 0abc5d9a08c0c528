"""The label of a place in a source stays with its number: no line ends between “p.” and “783”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_LABEL = re.compile(
    r"\W*(?:(?!al\.)[^\W\d_A-Z]{1,5}\.|§{1,2}"  # p. pp. vol. chap. no. с. т., not “et al.”
    r"|(?:S|Bd|Nr|Kap|Abs|Art|Vol|No|Chap|Sec|Pt|Bk)\."
    r"|(?:[Cc]hapter|[Aa]rticle|[Ss]ection|[Pp]art|[Bb]ook|[Vv]olume|[Pp]age|[Ll]ine|[Pp]aragraph)s?)"
)
_START = re.compile(r"(?:\d|[ivxlc]+\b).*")
_SPACE = {"t": "Space"}


def bound(blocks: Sequence[Node]) -> list[Node]:
    """The blocks with no-break spaces in the places of citations and references."""

    def change(node: Node) -> ast.Rewritten:
        is_entry = node["t"] == "Div" and "csl-entry" in ast.classes(node)
        return _within(node) if node["t"] == "Cite" or is_entry else None

    shown: list[Node] = ast.rewrite(list(blocks), change)
    return shown


def _within(value: Any) -> Any:
    if isinstance(value, dict):
        return {**value, "c": _within(value["c"])} if "c" in value else value
    if not isinstance(value, list):
        return value
    items = [_within(item) for item in value]
    for index in range(1, len(items) - 1):
        if (
            items[index] == _SPACE
            and _matches(_LABEL, items[index - 1])
            and _matches(_START, items[index + 1])
        ):
            items[index] = {"t": "Str", "c": "\u00a0"}
    return items


def _matches(pattern: re.Pattern[str], node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") == "Str" and bool(pattern.fullmatch(node["c"]))
