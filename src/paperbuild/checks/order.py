"""Things in the line (citations, links, marks, equations): which are missing, too many, or out of order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Order:
    """The difference between two sequences, as indices."""

    lost: tuple[int, ...]
    """Of the promised ones: those that are nowhere."""
    moved: tuple[int, ...]
    """Of the promised ones: those that are there, but not in their order."""
    extra: tuple[int, ...]
    """Of the observed ones: those that were not promised."""
    pairs: dict[int, int]
    """Promised to observed, where both are in order."""


def order(promised: Sequence[Hashable], observed: Sequence[Hashable]) -> Order:
    """What became of each promised thing."""
    pairs: dict[int, int] = {}
    for a, b, size in SequenceMatcher(None, promised, observed, autojunk=False).get_matching_blocks():
        pairs.update(zip(range(a, a + size), range(b, b + size), strict=True))
    taken = set(pairs.values())
    free = Counter(observed[n] for n in range(len(observed)) if n not in taken)
    lost, moved = [], []
    for index in [n for n in range(len(promised)) if n not in pairs]:
        key = promised[index]
        if free[key] > 0:
            free[key] -= 1
            moved.append(index)
        else:
            lost.append(index)
    extra = []
    for place in reversed([n for n in range(len(observed)) if n not in taken]):
        if free[observed[place]] > 0:
            free[observed[place]] -= 1
            extra.append(place)
    return Order(tuple(lost), tuple(moved), tuple(reversed(extra)), pairs)
