"""Display equations with a label get a number."""

from __future__ import annotations

import re

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.resolve.crossref.labels import behind
from paperbuild.resolve.crossref.numbering import Numbering, Target

_TEX_LABEL = re.compile(r"\\label\{([^{}]*)\}")


def numbered(inlines: list[Node], numbering: Numbering) -> list[Node]:
    """The inlines with each labelled equation in a ``Span.equation`` with its number behind it.

    The label is ``{#eq:x}`` after the equation or ``\\label`` in it.
    """
    result: list[Node] = []
    index = 0
    while index < len(inlines):
        node = inlines[index]
        index += 1
        if node["t"] != "Math" or node["c"][0]["t"] != "DisplayMath":
            result.append(node)
            continue
        label, tag, used = behind(inlines, index)
        result.append(_numbered(node, label, tag, numbering))
        rest = inlines[index + used - 1]["c"].split("}", 1)[1] if used else ""
        index += used
        if rest:
            result.append({"t": "Str", "c": rest})
    return result


def _numbered(node: Node, label: str, tag: str, numbering: Numbering) -> Node:
    inside = _TEX_LABEL.findall(node["c"][1])
    if inside:
        node = {"t": "Math", "c": [node["c"][0], _TEX_LABEL.sub("", node["c"][1])]}
    names = list(dict.fromkeys([label, *inside] if label else inside))
    if not names:
        return node
    numbers = [numbering.next("equation", tag) for _ in names]
    first, *others = names
    own = numbering.define(first, Target("equation", numbers[0], first))
    for name, number in zip(others, numbers[1:], strict=True):
        numbering.define(name, Target("equation", number, first))
    # Lines of an align with labels of their own have numbers of their own; they are shown together.
    words = "–".join(dict.fromkeys([numbers[0], numbers[-1]]))
    shown = ast.span([{"t": "Str", "c": f"({words})"}], "", "equation-number")
    return ast.span([node, shown], first if own else "", "equation")
