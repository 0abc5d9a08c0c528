"""Labels where they stand: in captions, in headings, behind equations."""

from __future__ import annotations

import re

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.resolve.crossref.numbering import KEY

_CAPTION_LABEL = re.compile(r"^\{#((?:fig|tbl|tab|lst)[:-][^\s}]+)")
_EQUATION_LABEL = re.compile(r"^\{#([^\s}]+)(?:\s+tag=[\"']?([^\"'}]+)[\"']?)?\s*\}")
_SPACES = frozenset({"Space", "SoftBreak"})


def taken(inlines: list[Node]) -> tuple[str, list[Node]]:
    """The label that stands among inlines as ``\\label{x}`` or ``{#fig:x}``, and the inlines without it."""
    for index, node in enumerate(inlines):
        if name := _of_span(node):
            return name, trimmed([*inlines[:index], *node["c"][1], *inlines[index + 1 :]])
        if node["t"] == "Str" and (match := _CAPTION_LABEL.match(node["c"])):
            end = next((i for i in range(index, len(inlines)) if "}" in str(inlines[i].get("c"))), index)
            return match.group(1), trimmed([*inlines[:index], *inlines[end + 1 :]])
    return "", inlines


def stray(inlines: list[Node]) -> list[tuple[str, str]]:
    """The labels of LaTeX's that stand alone in a text: name, and the id of their place."""
    return [
        (label, ast.identifier(node) or label)
        for node in inlines
        if node["t"] == "Span" and not node["c"][1] and (label := ast.pairs(node).get("label", ""))
    ]


def _of_span(node: Node) -> str:
    """The label of a Span that is there for it: LaTeX's, or an empty one as in ``[]{#tbl:x}``."""
    if node["t"] != "Span":
        return ""
    name = ast.identifier(node)
    return ast.pairs(node).get("label", "") or (name if KEY.match(name) and not node["c"][1] else "")


def trimmed(inlines: list[Node]) -> list[Node]:
    """The inlines without spaces at their ends."""
    while inlines and inlines[-1]["t"] in _SPACES:
        inlines = inlines[:-1]
    while inlines and inlines[0]["t"] in _SPACES:
        inlines = inlines[1:]
    return inlines


def behind(inlines: list[Node], index: int) -> tuple[str, str, int]:
    """Label and tag that stand as ``{#eq:x tag="A"}`` from an index on, and how many nodes they take."""
    text, used = "", 0
    for node in inlines[index : index + 7]:
        used += 1
        text += {"Str": node.get("c"), "Space": " ", "SoftBreak": " "}.get(node["t"]) or ""
        if node["t"] not in {"Str", "Space", "SoftBreak", "Quoted"}:
            break
        if node["t"] == "Quoted":
            text += f'"{ast.plain(node)[1:-1]}"'
        if "}" in text:
            break
    match = _EQUATION_LABEL.match(text.lstrip())
    return (match.group(1), match.group(2) or "", used) if match else ("", "", 0)
