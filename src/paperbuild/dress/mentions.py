"""References to figures, tables and their kin as a layout spells them within a sentence.

The style manuals differ: APA writes “Figure 1” wherever it stands; Chicago writes “figure 1” but where a
sentence begins with it; MLA does as well, and has “fig. 1” in brackets. English only: other languages have
rules of their own, and German writes all of them with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paperbuild.layouts import Layout
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_SHORT = {"Figure": "fig.", "Figures": "figs."}
_WORD = re.compile(r"((?:Figure|Table|Equation|Section|Listing)s?)(?=\u00a0)")
"""What stands before a number that the document was given; an author's own word is left as it is."""
_OPENING = " \u00a0“‘\"'([{"
_CLOSING = "”’\"')]}"
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\[])(?:cf|e\.g|i\.e|viz|vs|al|esp|ca?|ibid|pp?|vols?|nos?)\.$", re.IGNORECASE
)
"""A full stop that ends no sentence."""


def spelled(blocks: Sequence[Node], layout: Layout, lang: str) -> list[Node]:
    """The blocks with the words of cross-references in the layout's spelling."""
    if layout.setting.cross_references == "capital" or lang.partition("-")[0].lower() != "en":
        return list(blocks)
    short = layout.figure.words.short
    words = {
        name: word
        for block in ast.iterate(list(blocks))
        if block["t"] in {"Para", "Plain"}
        for name, word in _changed(block, short=short)
    }

    def change(node: Node) -> ast.Rewritten:
        return {"t": "Str", "c": words[id(node)]} if id(node) in words else None

    shown: list[Node] = ast.rewrite(list(blocks), change)
    return shown


def _changed(paragraph: Node, *, short: bool) -> Iterator[tuple[int, str]]:
    """The strings of a paragraph that change, by their identity."""
    said, within_link = "", 0
    for node in ast.iterate(paragraph["c"], into_notes=False):
        match node["t"]:
            case "Link" if "cross-reference" in ast.classes(node) and node["c"][1]:
                within_link = id(node["c"][1][0])
            case "Str":
                word = _WORD.match(node["c"])
                if word and (id(node) == within_link or word.end() == len(node["c"]) - 1):
                    yield id(node), _spelled(word[1], said, short=short) + node["c"][word.end() :]
                said += node["c"]
            case "Space" | "SoftBreak" | "LineBreak":
                said += " "
            case "Math" | "Code" | "Image":
                said += "x"


def _spelled(word: str, before: str, *, short: bool) -> str:
    if _begins_sentence(before):
        return word
    if short and word in _SHORT and _in_brackets(before):
        return _SHORT[word]
    return word.lower()


def _begins_sentence(before: str) -> bool:
    """True where a sentence has ended, or none has begun."""
    text = before.rstrip(_OPENING)
    return not text or (text.rstrip(_CLOSING)[-1:] in set(".?!…") and not _ABBREVIATED.search(text))


def _in_brackets(before: str) -> bool:
    depth = 0
    for sign in before:
        depth = depth + 1 if sign in "([" else max(depth - (sign in ")]"), 0)
    return depth > 0
