"""The paywall mark: where a manuscript itself says that what follows is for members.

``<!-- paywall -->`` is an empty Div or, within a paragraph, an empty Span of the class ``paywall``;
``::: paywall`` is a Div of that class which holds what is withheld. Only the preview heeds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

PAYWALL = "paywall"
"""The class of a mark."""
_SPACES = frozenset({"Space", "SoftBreak"})


def is_mark(node: Node) -> bool:
    """True for a mark, whether or not it holds what stands behind it."""
    return node["t"] in {"Div", "Span"} and PAYWALL in ast.classes(node)


def without_marks(document: ResolvedDocument) -> ResolvedDocument:
    """The document as if nobody had marked it; what a mark holds stays."""
    front = document.front
    if not any(map(is_mark, ast.iterate([front.title, front.abstract, document.blocks]))):
        return document
    title, abstract, body = (tuple(unmarked(part)) for part in (front.title, front.abstract, document.blocks))
    return replace(document, blocks=body, front=replace(front, title=title, abstract=abstract))


def unmarked(nodes: Sequence[Node]) -> list[Node]:
    """The nodes without any mark: no empty paragraph and no second space is left where one stood."""
    result: list[Node] = []
    removed = False
    for node in nodes:
        if is_mark(node):
            removed = True
            result += _held(node)
        elif node["t"] in {"Para", "Plain"}:
            inlines = unmarked(node["c"])
            if inlines or not node["c"]:
                result.append({"t": node["t"], "c": inlines})
        else:
            result.append(_within(node))
    return _spaced(result) if removed else result


def _held(mark: Node) -> list[Node]:
    """What a mark holds, and still in one piece where links lead to it."""
    (name, names, pairs), inner = mark["c"]
    held = unmarked(inner)
    attr = [name, [each for each in names if each != PAYWALL], pairs]
    return [{"t": mark["t"], "c": [attr, held]}] if name else held


def _within(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _within(inner) for key, inner in value.items()}
    if isinstance(value, list):
        if value and all(isinstance(inner, dict) and "t" in inner for inner in value):
            return unmarked(value)
        return [_within(inner) for inner in value]
    return value


def _spaced(nodes: list[Node]) -> list[Node]:
    """The inlines without spaces at their ends, or beside another space."""
    result: list[Node] = []
    for node in nodes:
        if node["t"] not in _SPACES or (result and result[-1]["t"] not in _SPACES):
            result.append(node)
    while result and result[-1]["t"] in _SPACES:
        result.pop()
    return result
