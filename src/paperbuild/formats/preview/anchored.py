"""What stands where a link leads: the texts from each id of a page on."""

from __future__ import annotations

from itertools import islice

from lxml.etree import _Element, iterwalk

_LETTERS = 250
"""So much of what stands at an anchor is told."""
_RAW = 4 * _LETTERS
"""Letters from which that many are left where spaces are collapsed."""


def leads_to_mark(element: _Element) -> bool:
    """True for a way back from a note. One from an entry of the reference list is part of its text."""
    if element.get("role") != "doc-backlink":
        return False
    around = ((one.get("class") or "").split() for one in element.iterancestors())
    return not any("csl-entry" in names for names in around)


def anchored(root: _Element) -> dict[str, str]:
    """Each id, with what stands in its element and after it; notes' marks and the ways to them are left out.

    All texts are gone through once: a page has hundreds of ids.
    """
    texts: list[str] = []
    begins: dict[str, int] = {}
    marks = 0
    for event, element in iterwalk(root, events=("start", "end", "comment")):
        is_mark = event != "comment" and (element.get("role") == "doc-noteref" or leads_to_mark(element))
        if event == "start":
            if name := element.get("id"):
                begins[name] = len(texts)
            marks += is_mark
            text = element.text
        else:
            marks -= is_mark
            text = element.tail
        if text and not marks:
            texts.append(text)
    return {name: _from(texts, begin) for name, begin in begins.items()}


def _from(texts: list[str], begin: int) -> str:
    found, length = [], 0
    for text in islice(texts, begin, None):
        found.append(text)
        length += len(text)
        if length > _RAW:
            break
    return " ".join("".join(found).split())[:_LETTERS]
