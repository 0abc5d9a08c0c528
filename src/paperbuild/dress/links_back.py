"""Links back: each entry of the reference list leads to the places that cite it.

They are added to what a format shows, after anything was cut off: no entry tells of a citation that is
withheld, and no link is dead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import icu

from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_ARROW = "↑"
_GAP: Node = {"t": "Str", "c": "\u00a0"}
"""No break: an arrow alone is no line."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_LEAVES = frozenset({"Str", "Space", "SoftBreak", "Math", "Code", "CodeBlock", "Image"})


def linked(document: ResolvedDocument) -> ResolvedDocument:
    """The document with a ``Span.links-back`` at the end of each entry that is cited in it.

    It holds a ``Link.link-back`` for each place (an id ``cite:N``, see ``resolve/places.py``): an arrow where
    there is one, else, after an arrow, «a», «b», … «z», «aa», … A link's title says in the document's
    language where it leads, for those who hear it.
    """
    places: dict[str, list[str]] = {}
    for name, entry in _places([document.front.title, document.front.abstract, document.blocks]):
        places.setdefault(entry, []).append(name)
    if not places:
        return document

    def change(node: Node) -> ast.Rewritten:
        if node["t"] != "Div" or "csl-entry" not in ast.classes(node):
            return None
        attr, blocks = node["c"]
        names = places.get(f"#{attr[0]}", [])
        return {"t": "Div", "c": [attr, _with_links(blocks, _titled(names, document))]} if names else None

    return replace(document, blocks=tuple(ast.rewrite(list(document.blocks), change)))


def _places(value: Any) -> Iterator[tuple[str, str]]:
    """The id of each place that is shown and the entry (``#ref-…``) that it leads to, in reading order."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _places(item)
    elif isinstance(value, dict) and value.get("t") not in _LEAVES:
        if value.get("t") == "Link" and "citation-link" in ast.classes(value) and ast.identifier(value):
            yield ast.identifier(value), value["c"][2][0]
        for item in value.values():
            yield from _places(item)


def _titled(names: Sequence[str], document: ResolvedDocument) -> list[tuple[str, str]]:
    """Each place with the title of the link to it, its number as the document's language writes it. What is
    seen of the link is part of it (WCAG 2.2, 2.5.3 Label in Name)."""
    numbers = icu.NumberFormat.createInstance(icu.Locale(document.lang))
    words = document.terms["back_to_citation"]
    seen = [f" ({_letter(number)})" if len(names) > 1 else "" for number in range(1, len(names) + 1)]
    titles = [words.format(numbers.format(number)) + letter for number, letter in enumerate(seen, 1)]
    return list(zip(names, titles, strict=True))


def _with_links(blocks: Sequence[Node], places: Sequence[tuple[str, str]]) -> list[Node]:
    """An entry's blocks, with a link to each place at the end of its last paragraph."""
    *before, last = blocks
    several = len(places) > 1
    links: list[Node] = [{"t": "Str", "c": _ARROW}] if several else []
    for number, (name, title) in enumerate(places, 1):
        shown = ast.text(_letter(number) if several else _ARROW)
        links += [_GAP] if several else []
        links.append({"t": "Link", "c": [ast.attr("", ["link-back"]), shown, [f"#{name}", title]]})
    back = ast.span(links, "", "links-back")
    return [*before, {"t": last["t"], "c": [*last["c"], _GAP, back]}]


def _letter(number: int) -> str:
    """a, b, …, z, aa, ab, …, as the columns of a spreadsheet are named."""
    letters = ""
    while number:
        number, index = divmod(number - 1, len(_ALPHABET))
        letters = _ALPHABET[index] + letters
    return letters
