"""Places: where a work is cited has an id, which the reference list can lead back to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node


def placed(blocks: list[Node]) -> list[Node]:
    """Resolved blocks with an id ``cite:N`` on the first link of each citation to each entry.

    N counts from 1 in reading order, notes where their marks stand. Name and year of one work may be links
    of their own, which are one place. A picture's description is no text, and holds no place.
    """
    taken = {ast.identifier(node) for node in ast.iterate(blocks)}
    names = (name for number in count(1) if (name := f"cite:{number}") not in taken)
    return _placed(blocks, names, None)  # type: ignore[no-any-return]


def _placed(value: Any, names: Iterator[str], cited: set[str] | None) -> Any:
    """``cited`` is what the citation at hand leads to; None outside of citations. One within another, which
    is what follows a name in the text, belongs to it."""
    if isinstance(value, list):
        return [_placed(item, names, cited) if isinstance(item, (dict, list)) else item for item in value]
    if not isinstance(value, dict) or value.get("t") in {"Str", "Image", "Code", "CodeBlock", "Math"}:
        return value
    if value.get("t") == "Link" and "citation-link" in ast.classes(value):
        return _named(value, names, set() if cited is None else cited)
    if value.get("t") == "Cite":
        cites, inlines = value["c"]
        return {"t": "Cite", "c": [cites, _placed(inlines, names, set() if cited is None else cited)]}
    return {key: _placed(item, names, cited) if key != "t" else item for key, item in value.items()}


def _named(link: Node, names: Iterator[str], cited: set[str]) -> Node:
    (_, classes, pairs), inlines, target = link["c"]
    if target[0] in cited:
        return link
    cited.add(target[0])
    return {"t": "Link", "c": [[next(names), classes, pairs], inlines, target]}
