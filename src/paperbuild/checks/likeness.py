"""How like two texts are, and where they differ first."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

ALIKE = 0.6
"""Texts that are this like are one text that was changed."""
_GRAM = 5
_SHORT = 16
"""Letters up to which texts are compared letter by letter."""


def likeness(one: str, other: str) -> float:
    """From 0 to 1: 1 for a text and a part of it, too, so that what was cut short is recognised."""
    if not one or not other:
        return 0.0
    if min(len(one), len(other)) <= _SHORT:
        return SequenceMatcher(None, one[:200], other[:200], autojunk=False).ratio()
    grams, others = _grams(one), _grams(other)
    common = sum((grams & others).values())
    return common / min(grams.total(), others.total())


def _grams(text: str) -> Counter[str]:
    return Counter(text[start : start + _GRAM] for start in range(max(len(text) - _GRAM + 1, 1)))


def difference(before: str, after: str) -> tuple[str, str]:
    """The first place where two texts differ, as a few words of each."""
    start = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    begin = max(start - 15, 0)
    return before[begin : start + 25], after[begin : start + 25]
