"""Numbered paragraphs: each paragraph of running text has a number, by which a class or a court names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from paperbuild import callouts
from paperbuild.dress.continued import CONTINUED
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

NUMBERED, NUMBER = "numbered-paragraph", "paragraph-number"
_NO_RUNNING_TEXT = frozenset(
    {
        "references",
        "csl-entry",
        "float-note",
        "listing",
        "epigraph",
        "abstract",
        "title",
        "subtitle",
        CONTINUED,
    }
)
"""Divs in which no paragraph of running text begins."""
_BESIDE = frozenset({"Space", "SoftBreak", "LineBreak", "Math", "Image", "Note"})


def numbered(blocks: Sequence[Node]) -> list[Node]:
    """The blocks, each paragraph of running text in a ``Div.numbered-paragraph`` that begins with its number.

    Quotations, lists, notes, boxes, captions, formulas or pictures that stand alone, and what goes on below
    them have none; the numbers run through the whole paper.
    """
    return _numbered(blocks, count(1))


def _numbered(blocks: Sequence[Node], numbers: Iterator[int]) -> list[Node]:
    result = []
    for block in blocks:
        if block["t"] == "Para" and _says_something(block["c"]):
            number = ast.span([{"t": "Str", "c": str(next(numbers))}, {"t": "Space"}], "", NUMBER)
            result.append(ast.div([ast.para([number, *block["c"]])], "", NUMBERED))
        elif block["t"] == "Div" and _holds_running_text(block):
            attr, inner = block["c"]
            result.append({"t": "Div", "c": [attr, _numbered(inner, numbers)]})
        else:
            result.append(block)
    return result


def _says_something(inlines: Sequence[Node]) -> bool:
    """False for a formula or a picture alone, and for a mark without words."""
    return any(
        node["t"] not in _BESIDE and ast.plain(node).strip()
        for node in inlines
        if not (node["t"] == "Span" and "equation" in ast.classes(node))
    )


def _holds_running_text(block: Node) -> bool:
    names = set(ast.classes(block))
    return not (callouts.is_callout(block) or names & _NO_RUNNING_TEXT)
