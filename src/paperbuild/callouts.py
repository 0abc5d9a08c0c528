"""Boxes that say what they are: notes, tips, warnings.

Quarto writes ``::: {.callout-tip title="…"}`` or gives the title as the box's first heading; pandoc's readers
of other formats write ``::: tip`` with the title in a ``Div.title``. Here all of them become a
``Div.callout`` whose first block is a ``Div.callout-title``.
"""

from __future__ import annotations

from collections.abc import Sequence

from paperbuild import labels
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

CALLOUT, TITLE = "callout", "callout-title"
KINDS = ("note", "tip", "important", "warning", "caution")
"""Those of Quarto, and of GitHub's alerts."""


def is_callout(node: Node) -> bool:
    """True for such a box, whatever dialect it is of."""
    return node["t"] == "Div" and any(
        name in {CALLOUT, *KINDS} or (name.startswith("callout-") and name != TITLE)
        for name in ast.classes(node)
    )


def titled(node: Node) -> Node:
    """A box with its own title, if it has one, in a ``Div.callout-title``."""
    (name, names, pairs), blocks = node["c"]
    title = ast.text(ast.pairs(node).get("title", ""))
    first = blocks[0] if blocks else None
    if first and not title and (own := _own_title(first, blocks, names)):
        title, blocks = own, blocks[1:]
    if not title:
        return node
    kept = [pair for pair in pairs if pair[0] != "title"]
    return {"t": "Div", "c": [[name, names, kept], [_title(title), *blocks]]}


def labelled(blocks: Sequence[Node], lang: str) -> list[Node]:
    """The blocks, each box of class ``callout``; one without a title called what it is in this language."""
    words = labels.boxes(lang)

    def change(node: Node) -> ast.Rewritten:
        if not is_callout(node):
            return None
        (name, names, pairs), inner = node["c"]
        if any(True for _ in ast.headers(inner)) and not any(one.startswith(CALLOUT) for one in names):
            return None
        kind = next((one for one in map(_kind, names) if one), "")
        has_title = bool(inner) and inner[0]["t"] == "Div" and TITLE in ast.classes(inner[0])
        label = [] if has_title or not kind else [_title(ast.text(words[kind]))]
        classes = [CALLOUT, *(one for one in names if one != CALLOUT)]
        return {"t": "Div", "c": [[name, classes, pairs], [*label, *inner]]}

    return ast.rewrite(list(blocks), change)  # type: ignore[no-any-return]


def _kind(name: str) -> str:
    kind = name.removeprefix("callout-")
    return kind if kind in KINDS else ""


def _own_title(first: Node, blocks: Sequence[Node], names: Sequence[str]) -> list[Node]:
    """The words of a heading, or of a ``Div.title`` as pandoc reads admonitions.

    A ``Div.note`` with several headings is no box but a part of the paper, whose sections they are.
    """
    quartos = any(name.startswith("callout-") for name in names)
    if first["t"] == "Header" and (quartos or len(list(ast.headers(blocks))) == 1):
        return list(first["c"][2])
    if first["t"] == "Div" and "title" in ast.classes(first):
        return [inline for block in first["c"][1] if block["t"] in {"Para", "Plain"} for inline in block["c"]]
    return []


def _title(words: Sequence[Node]) -> Node:
    return ast.div([ast.para([{"t": "Strong", "c": list(words)}])], "", TITLE)
