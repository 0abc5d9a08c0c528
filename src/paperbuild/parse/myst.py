"""MyST's roles that refer to something: {numref}`fig-x`, {ref}`words <sec-x>`, {eq}`eq-x`."""

from __future__ import annotations

import re

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_ROLE = re.compile(r"^(.*)\{(numref|ref|eq|prf:ref)\}$", re.DOTALL)
_WITH_WORDS = re.compile(r"^(.+?)\s*<([^<>]+)>$", re.DOTALL)
_KINDS = {"numref": "autoref", "ref": "title", "eq": "eqref", "prf:ref": "autoref"}
_HOLDERS = frozenset("Para Plain Emph Strong Underline".split())


def understood(node: Node) -> ast.Rewritten:
    """A paragraph, or emphasised words, with roles in them as links; None where there are none.

    pandoc reads the role's name as a word and its content as code.
    """
    if node["t"] not in _HOLDERS:
        return None
    result: list[Node] = []
    for inline in node["c"]:
        match = _ROLE.match(result[-1]["c"]) if result and result[-1]["t"] == "Str" else None
        if inline["t"] != "Code" or not match:
            result.append(inline)
            continue
        kept = [{"t": "Str", "c": match[1]}] if match[1] else []
        result = [*result[:-1], *kept, _link(match[2], inline["c"][1])]
    return {"t": node["t"], "c": result} if len(result) != len(node["c"]) or result != node["c"] else None


def _link(role: str, content: str) -> Node:
    """The link for a role. Words of its own stay, ``%s``, ``{number}`` and ``{name}`` in them for later."""
    if match := _WITH_WORDS.match(content.strip()):
        return ast.link(ast.text(match[1]), f"#{match[2]}")
    name = content.strip()
    pairs = [("reference-type", _KINDS[role]), ("reference", name)]
    return {"t": "Link", "c": [ast.attr("", [], pairs), ast.text(name), [f"#{name}", ""]]}
