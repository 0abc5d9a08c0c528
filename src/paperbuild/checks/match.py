"""Aligning what was promised with what was observed: what is missing, what has moved, what has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_ALIKE = 0.6
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Miss:
    """A promised key that was not found at its place."""

    index: int
    """Its place in the promised sequence."""
    how: Literal["lost", "moved", "changed"]
    instead: str = ""
    """The key that stands there now, where it has changed."""


def misses(promised: Sequence[str], observed: Sequence[str], *, join: bool = True) -> list[Miss]:
    """What of the promised keys is not in the observed ones, in order.

    With ``join``, a promised key may be spread over neighbouring observed ones (a paragraph that a
    page break divides), or be a part of one.
    """
    pairs, gaps = _aligned(promised, observed)
    left = [index for index in range(len(promised)) if index not in pairs]
    free = Counter(observed)
    free.subtract(observed[place] for place in pairs.values())
    result: list[Miss] = []
    for index in left:
        key = promised[index]
        start, end = gaps[index]
        around = observed[start:end]
        if join and key and key in "".join(around):
            continue
        if free[key] > 0:
            free[key] -= 1
            result.append(Miss(index, "moved"))
        elif near := _nearest(key, around):
            result.append(Miss(index, "changed", near))
        else:
            result.append(Miss(index, "lost"))
    return result


def _aligned(
    promised: Sequence[str], observed: Sequence[str]
) -> tuple[dict[int, int], dict[int, tuple[int, int]]]:
    """Matched places (promised to observed), and for each other promised one the observed gap around it."""
    matcher = SequenceMatcher(None, promised, observed, autojunk=False)
    pairs: dict[int, int] = {}
    gaps: dict[int, tuple[int, int]] = {}
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs.update(zip(range(i1, i2), range(j1, j2), strict=True))
        else:
            gaps.update(dict.fromkeys(range(i1, i2), (j1, j2)))
    return pairs, gaps


def _nearest(key: str, around: Sequence[str]) -> str:
    """The observed key that is most like this one, if it is like enough to be called changed."""
    best, score = "", _ALIKE
    for other in around[:50]:
        matcher = SequenceMatcher(None, key[:_LONGEST], other[:_LONGEST], autojunk=False)
        if matcher.real_quick_ratio() > score and matcher.quick_ratio() > score:
            ratio = matcher.ratio()
            if ratio > score:
                best, score = other, ratio
    return best


def difference(before: str, after: str) -> tuple[str, str]:
    """The first place where two texts differ, as a few words of each."""
    start = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    begin = max(start - 15, 0)
    return before[begin : start + 25], after[begin : start + 25]
