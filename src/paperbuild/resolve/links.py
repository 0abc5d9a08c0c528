"""Links that lead nowhere become their words: to what is not in the document, or lies on somebody's disk."""

from __future__ import annotations

import re

from paperbuild.locate import Locator
from paperbuild.model import Finding
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_FOLLOWED = re.compile(r"https?://|mailto:|ftp://|#", re.IGNORECASE)
"""How the target of a link begins that can be followed from anywhere."""


def without_dead(
    body: list[Node], abstract: list[Node], locator: Locator
) -> tuple[list[Node], list[Finding]]:
    """The body with each link that leads nowhere turned into its words, and a finding for each."""
    ids = {f"#{ast.identifier(node)}" for node in ast.iterate([abstract, body])} - {"#"}
    dead: dict[str, str] = {}

    def change(node: Node) -> ast.Rewritten:
        if node["t"] != "Link" or not node["c"][2][0].startswith("#") or node["c"][2][0] in ids:
            return None
        dead.setdefault(node["c"][2][0], ast.plain(node["c"][1]))
        return list(node["c"][1]) or ast.span([{"t": "Str", "c": f"[{node['c'][2][0]}?]"}], "", "unresolved")

    alive = ast.rewrite(body, change)
    findings = [
        Finding(
            "warning" if text else "error",
            "links",
            f"{f'the link «{text}»' if text else 'a link without words'} leads to {target}, which is nowhere "
            "in the document",
            locator.literal(target) or locator.text(text),
            "give the place this id, or correct the link",
        )
        for target, text in dead.items()
    ]
    return alive, findings


def without_local(trees: list[list[Node]], locator: Locator) -> tuple[list[list[Node]], list[Finding]]:
    """The trees with each link that only its author could follow turned into its words; DOIs as addresses."""
    local: dict[str, str] = {}

    def change(node: Node) -> ast.Rewritten:
        if node["t"] != "Link":
            return None
        node = _not_nested(node)
        if node["t"] != "Link" or _FOLLOWED.match(target := node["c"][2][0]):
            return node
        attr, inlines, (_, title) = node["c"]
        if target.lower().startswith("doi:"):
            return {"t": "Link", "c": [attr, inlines, [f"https://doi.org/{target[4:].strip()}", title]]}
        local.setdefault(target, ast.plain(inlines))
        return {"t": "Span", "c": [attr, list(inlines)]}

    rewritten = [ast.rewrite(tree, change) for tree in trees]
    findings = [
        Finding(
            "warning",
            "links",
            f"the link «{text}» leads to {target or 'nothing'}, which nobody can follow from the finished "
            "files; its words stand there without it",
            locator.literal(target) or locator.text(text),
            "give its whole address, beginning with https://",
        )
        for target, text in local.items()
    ]
    return rewritten, findings


def _not_nested(link: Node) -> Node:
    """The link without others in it, which no format has; where they lead elsewhere, it goes itself."""
    attr, inlines, target = link["c"]
    inner = {node["c"][2][0] for node in ast.iterate(inlines, into_notes=False) if node["t"] == "Link"}
    if not inner:
        return link
    if inner != {target[0]}:
        return {"t": "Span", "c": [attr, inlines]}

    def change(node: Node) -> ast.Rewritten:
        return {"t": "Span", "c": [node["c"][0], node["c"][1]]} if node["t"] == "Link" else None

    return {"t": "Link", "c": [attr, ast.rewrite(inlines, change), target]}
