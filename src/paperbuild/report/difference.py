"""What differs between a promised text and the one that was found, word by word.

Texts are compared as verifying compares them: what the lens makes equal is no difference here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from paperbuild import lens
from paperbuild.model import Evidence
from paperbuild.report.words import flat, shorten, shorten_before

_WORD = re.compile(r"(?:[\u3040-\u9fff\uac00-\ud7a3]|[^\s\u3040-\u9fff\uac00-\ud7a3]+)\s*|\s+")
"""A word with the space after it; of scripts that write none, a letter."""
_LONGEST_WORD = 40
"""What is longer is no word: a text without its spaces, an address. It is compared letter by letter."""
_MOST = 400
"""Words between the first and the last difference up to which they are compared one by one."""
_AROUND = 40
"""Letters that are shown of what is equal before and after a difference."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: in both texts, in the promised one only, or in the found one only."""

    how: Literal["same", "lost", "new"]
    text: str


def pieces(evidence: Evidence, length: int) -> list[Piece]:
    """The promised and the found text as one, long equal stretches and long differences shortened."""
    found = list(_pieces(flat(evidence.promised), flat(evidence.found)))
    whole = [_stretch(each, first=i == 0, last=i == len(found) - 1) for i, each in enumerate(found)]
    shown: list[Piece] = []
    for each in whole:
        room = length - sum(len(piece.text) for piece in shown)
        if room <= 0:
            return [*shown, Piece("same", "…")]
        # Half of the room is left to what stands in a difference's place.
        most = room if each.how == "same" or len(whole) == 1 else max(room // 2, _AROUND)
        shown.append(Piece(each.how, shorten(each.text, most)))
    return shown


def sides(found: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces of the promised text, and those of the found one."""
    return [each for each in found if each.how != "new"], [each for each in found if each.how != "lost"]


def _stretch(piece: Piece, *, first: bool, last: bool) -> Piece:
    """What is shown of an equal stretch: the letters next to the differences before and after it."""
    text = piece.text
    if piece.how != "same" or len(text) <= 2 * _AROUND + 20:
        return piece
    if first and last:
        return piece
    begin = "" if first else shorten(text, _AROUND)
    end = "" if last else shorten_before(text, _AROUND)
    return Piece(
        "same", f"{begin.removesuffix('…')} … {end.removeprefix('…')}" if begin and end else begin + end
    )


def _pieces(promised: str, found: str) -> Iterator[Piece]:
    """The two texts as one sequence of pieces."""
    old, new = _words(promised), _words(found)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    yield from _piece("same", old[:start])
    yield from _middle(old[start : len(old) - end], new[start : len(new) - end])
    yield from _piece("same", old[len(old) - end :])


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """The pieces of two texts that differ at their beginning and at their end."""
    for tag, i1, i2, j1, j2 in _opcodes(old, new):
        lost, came = "".join(old[i1:i2]), "".join(new[j1:j2])
        if tag == "equal":
            yield Piece("same", lost)
            continue
        # A space after both is no part of the difference.
        space = " " if lost.endswith(" ") and came.endswith(" ") else ""
        yield from (*_piece("lost", [lost.removesuffix(space)]), *_piece("new", [came.removesuffix(space)]))
        yield from _piece("same", [space])


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[str, int, int, int, int]]:
    if len(old) > _MOST or len(new) > _MOST:
        return [("replace", 0, len(old), 0, len(new))]
    matcher = SequenceMatcher(None, [*map(_key, old)], [*map(_key, new)], autojunk=False)
    return matcher.get_opcodes()


def _piece(how: Literal["same", "lost", "new"], words: Sequence[str]) -> list[Piece]:
    return [Piece(how, text)] if (text := "".join(words)) else []


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words at the beginning are equal."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if _key(a) != _key(b)), min(len(one), len(other)))


def _words(text: str) -> list[str]:
    words = _WORD.findall(text)
    return [part for word in words for part in (word if len(word) > _LONGEST_WORD else [word])]


@lru_cache(4096)
def _key(word: str) -> str:
    return lens.normal(word)
