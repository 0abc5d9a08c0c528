"""Where something was lost: what the parsed document says must be said by the resolved one, too.

The promise is made from the resolved document, so that what was lost on the way to it could never be missed
in a file. Here the words of both are compared, citations and cross-references left out, which resolving is
there to change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from paperbuild.locate import Locator
from paperbuild.model import Document, Evidence, Finding, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_WORD = re.compile(r"[^\W_]+")
_LABEL = re.compile(
    r"\{#[^}]*\}|\\(?:label|tag|eq|auto|[cC]|page|name)?(?:ref|label)\*?\{[^}]*\}|\\tag\*?\{[^}]*\}"
)
"""What names a thing or refers to it by its name; resolving makes numbers of it."""
_TEXTS = frozenset({"Str", "Code", "CodeBlock", "Math"})
_LEAVES = frozenset({"Para", "Plain", "Header", "CodeBlock", "LineBlock"})


def lost_in_resolving(document: Document, resolved: ResolvedDocument) -> list[Finding]:
    """A finding for each paragraph of the parsed document that has lost words in the resolved one."""
    front = resolved.front
    there = [resolved.blocks, front.abstract, front.title, front.subtitle]
    free = Counter(word for part in there for word in _words(part, typed=False))
    wanted = [(leaf, _words(leaf, typed=True)) for leaf in _leaves(document.blocks)]
    lacking = Counter(word for _, words in wanted for word in words) - free
    if not lacking:
        return []
    locator = Locator(document.sources)
    return [
        _finding(ast.plain(leaf), gone, locator)
        for leaf, words in wanted
        if (gone := [word for word in words if _take(lacking, word)])
    ]


def _take(lacking: Counter[str], word: str) -> bool:
    lacking[word] -= 1
    return lacking[word] >= 0


def _leaves(blocks: Iterable[Any]) -> Iterator[Node]:
    """The blocks that hold text themselves, in order; notes are parts of theirs."""
    for value in blocks:
        if isinstance(value, dict):
            if value.get("t") in _LEAVES:
                yield value
            elif isinstance(value.get("c"), list):
                yield from _leaves(value["c"])
        elif isinstance(value, list):
            yield from _leaves(value)


def _words(value: Any, *, typed: bool) -> list[str]:
    """The words in a tree; of one that somebody typed, without its labels and references."""
    text = " ".join(_said(value, typed=typed))
    return _WORD.findall(_LABEL.sub(" ", text) if typed else text)


def _said(value: Any, *, typed: bool) -> Iterator[str]:
    """The texts in a tree; of one that somebody typed, but for citations and for what refers to a number."""
    if isinstance(value, (list, tuple)):
        for inner in value:
            yield from _said(inner, typed=typed)
    elif isinstance(value, dict):
        kind, content = value.get("t"), value.get("c")
        if kind == "Str":
            yield str(content)
        elif kind in _TEXTS and isinstance(content, list):
            yield str(content[1])
        elif not typed or not (kind == "Cite" or _is_reference(value)):
            yield from _said(content, typed=typed)


def _is_reference(node: Node) -> bool:
    """True for a link that stands for a number: LaTeX's references, and links without words."""
    return node["t"] == "Link" and ("reference-type" in ast.pairs(node) or not node["c"][1])


def _finding(text: str, gone: list[str], locator: Locator) -> Finding:
    words = " ".join(gone)
    shown = words if len(words) <= 80 else words[:80] + "…"
    return Finding(
        "error",
        "resolve",
        f"words of the manuscript were lost while its citations were resolved: «{shown}»",
        locator.text(text),
        "this is a fault of paperbuild's; please report it with the manuscript",
        stage="resolve",
        evidence=Evidence(promised=text),
    )
