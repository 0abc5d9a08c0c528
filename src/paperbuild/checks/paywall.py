"""Paywall: nothing withheld is in the file."""

from __future__ import annotations

from collections.abc import Iterator

from paperbuild import lens
from paperbuild.checks.case import Case, place, quote
from paperbuild.model import Finding, Item

_SHORTEST = 24
"""Letters of a text that is long enough to be recognised as withheld."""
_WITHOUT_WORDS = frozenset({"citation", "link", "mark"})
"""Their words are part of a paragraph, and their targets are no secret."""


def check(case: Case) -> list[Finding]:
    """A finding for each withheld text that can be read in the file."""
    promised, withheld, observed = case.promised, case.withheld, case.observed
    if not withheld.items:
        return []
    allowed = "\n".join(lens.tight(text) for item in promised.items for text in _texts(item))
    seen = (text for item in observed.items for text in _texts(item))
    there = "\n".join(lens.tight(text) for text in (*seen, observed.unseen))
    findings = []
    for item in withheld.items:
        for text in _texts(item) if item.kind not in _WITHOUT_WORDS else ():
            key = lens.tight(text)
            if len(key) >= _SHORTEST and key in there and key not in allowed:
                said = f"the withheld {item.kind} {quote(text)} can be read in the file"
                findings.append(Finding("error", "paywall", said, place(item)))
    return findings


def _texts(item: Item) -> Iterator[str]:
    """All that can be read of an item: its words, its cells, a picture's description, an equation's TeX."""
    yield item.text
    yield item.target
    for row in item.rows:
        yield from row
