"""Theorems and their kin: Quarto's divisions ``::: {#thm-x}`` and LaTeX's environments, with a label."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.resolve.crossref.labels import taken
from paperbuild.resolve.crossref.numbering import NO_BREAK, Numbering, Target, kind_of
from paperbuild.resolve.terms import THEOREMS

_GIVEN = re.compile(r"\d+(?:\.\d+)*")


def numbered(div: Node, numbering: Numbering) -> Node | None:
    """A labelled theorem with its number before its first words; None for any other division.

    A heading that begins it, or its attribute ``name``, is the theorem's name (Quarto). Where pandoc's LaTeX
    reader has numbered it already, it keeps that number.
    """
    (name, classes, pairs), blocks = div["c"]
    label, blocks = _labelled(blocks)
    label = name or label
    kind = kind_of(label) if kind_of(label) in THEOREMS else next((c for c in classes if c in THEOREMS), "")
    if not kind or not label or not blocks:
        return None
    title, blocks = _title(dict(pairs), blocks)
    given = _given(blocks)
    number = given or numbering.next(kind)
    if given.isdecimal():
        numbering.counters[kind] = max(numbering.counters[kind], int(given))
    own = numbering.define(label, Target(kind, number, label))
    if not given:
        blocks = _begun(blocks, f"{numbering.terms[kind]}{NO_BREAK}{number}", title)
    kept = [pair for pair in pairs if pair[0] != "name"]
    named = classes if "theorem" in classes else [*classes, "theorem"]
    return {"t": "Div", "c": [[label if own else "", named, kept], blocks]}


def _labelled(blocks: list[Node]) -> tuple[str, list[Node]]:
    """The label of LaTeX's that the first paragraph holds, and the blocks without it."""
    if not blocks or blocks[0]["t"] not in {"Para", "Plain"}:
        return "", blocks
    label, inlines = taken(blocks[0]["c"])
    return label, [{"t": blocks[0]["t"], "c": inlines}, *blocks[1:]] if label else blocks


def _title(given: Mapping[str, str], blocks: list[Node]) -> tuple[list[Node], list[Node]]:
    if blocks[0]["t"] == "Header":
        return blocks[0]["c"][2], blocks[1:]
    return ast.text(given.get("name", "")), blocks


def _given(blocks: list[Node]) -> str:
    """The number in bold with which pandoc begins a theorem whose environment the source defines."""
    first = blocks[0]["c"] if blocks and blocks[0]["t"] in {"Para", "Plain"} else []
    match = _GIVEN.search(ast.plain(first[0])) if first and first[0]["t"] == "Strong" else None
    return match.group() if match else ""


def _begun(blocks: list[Node], words: str, title: list[Node]) -> list[Node]:
    """The blocks, the first paragraph begun with the theorem's words, number and name."""
    named = [{"t": "Space"}, {"t": "Str", "c": "("}, *title, {"t": "Str", "c": ")"}] if title else []
    strong = {"t": "Strong", "c": [{"t": "Str", "c": words}, *named, {"t": "Str", "c": "."}]}
    label = ast.span([strong], "", "theorem-label")
    if blocks and blocks[0]["t"] in {"Para", "Plain"}:
        return [{"t": blocks[0]["t"], "c": [label, {"t": "Space"}, *blocks[0]["c"]]}, *blocks[1:]]
    return [ast.para([label]), *blocks]
