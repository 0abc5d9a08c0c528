"""Marks: what texts are known by, made the same way of what is withheld, of what is public and of a file.

A text ends at ``END``. Words of one text that follow each other make a shingle; across the ends of texts
only a long run of letters tells anything, since any two texts can stand beside each other on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from paperbuild.leak.fold import fold

END = "\x00"
"""Stands between texts."""

Shingle = tuple[str, str, str]

LETTERS = 16
"""Length of a run of letters."""
WITHHELD_STEP, FILE_STEP = 4, 3
"""Of the withheld each fourth run is kept, of a file each third is looked up. The steps have no common
divisor, so that a run of both is met every 12 letters wherever the same text stands."""
CHAIN = 3
"""So many runs, 12 letters apart, are looked for: 40 letters, or 51 where they begin badly. A single run can
be a public phrase with a letter or two more by chance; a chain can't, since its middle would be public."""
RARE = 6
"""Letters of a word that tells something although it stands alone."""
SIGNS = 8
"""Length of a run in a script that has no spaces."""

_WORD = re.compile(r"[^\W_]+|\x00")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]+"
)
_HAS_UNSPACED = re.compile(r"[\u0e00-\u109f\u1780-\u17ff\u3040-\u9fff\U00020000-\U0003ffff]")
_BETWEEN = dict.fromkeys(map(ord, "\x00-_.,;:|/*"), None)
_SCHEME = re.compile(r"^(?:https?:)?//(?:www\.)?|^www\.|^mailto:|^doi:")
_ADDRESS = re.compile(r"(?://|www\.|mailto:)[^\s\"'<>\\\x00]+|\b10\.\d{4,9}/[^\s\"'<>\\\x00]+", re.IGNORECASE)
_HAS_ADDRESS = re.compile(r"//|www\.|mailto:|10\.\d{4}", re.IGNORECASE)
_FRAGMENT = re.compile(r"#([^\s\"'<>#)&;,{}\\\x00]{3,})")
_NAME = re.compile(r"[a-z][\w:-]*")
_NUMBERING = "0123456789."


@dataclass(frozen=True, slots=True)
class Marks:
    """What public texts are known by."""

    words: frozenset[str]
    shingles: frozenset[Shingle]
    phrases: frozenset[str]
    letters: frozenset[str]
    signs: frozenset[str]
    addresses: frozenset[str]
    longer: tuple[str, ...]
    """Long words in order."""
    names: frozenset[str] = frozenset()
    """Of a theme's file, all that can be an id or a class."""


def words(folded: str) -> list[str]:
    """The words of a folded text in order, END between texts."""
    return _WORD.findall(folded)


def shingles(listed: list[str]) -> Iterator[Shingle]:
    """Every three words in a row, those over the end of a text among them."""
    return zip(listed, listed[1:], listed[2:], strict=False)


def phrases(folded: str) -> set[str]:
    """Each whole text and each line, without spaces and the number that it may begin with."""
    tight = folded.replace(" ", "").replace("\t", "").replace("\r", "")
    found = {*tight.replace("\n", "").split(END), *tight.replace("\n", END).split(END)}
    return {phrase.lstrip(_NUMBERING) for phrase in found}


def letters(listed: Iterable[str]) -> str:
    """The letters of these words in a row; words with digits are left out: note marks cling to words."""
    return "".join(filter(str.isalpha, listed))


def runs(row: str, step: int) -> Iterator[str]:
    """The runs of letters that begin at each ``step``-th letter."""
    return (row[start : start + LETTERS] for start in range(0, len(row) - LETTERS + 1, step))


def signs(row: str) -> set[str]:
    """The runs of signs of scripts without spaces."""
    if row.isascii() or not _HAS_UNSPACED.search(row):
        return set()
    return {
        part[start : start + SIGNS]
        for part in _UNSPACED.findall(row)
        for start in range(len(part) - SIGNS + 1)
    }


def close_signs(folded: str) -> set[str]:
    """The runs of signs whatever stands between them: spaces, punctuation, the ends of texts."""
    if folded.isascii() or not _HAS_UNSPACED.search(folded):
        return set()
    return signs("".join(folded.translate(_BETWEEN).split()))


def address(target: str) -> str:
    """An address without scheme, ``www.``, what ends a sentence, and capitals."""
    return _SCHEME.sub("", target.strip().lower()).rstrip("/.,;:)")


def addresses(text: str) -> set[str]:
    """All addresses (URLs, DOIs) in a text, as ``address`` writes them."""
    return {address(found) for found in _ADDRESS.findall(text)} if _HAS_ADDRESS.search(text) else set()


def fragments(text: str) -> list[str]:
    """What stands after number signs: the ids that addresses and style sheets name."""
    return _FRAGMENT.findall(text)


def marks(texts: Iterable[str]) -> Marks:
    """The marks of these texts."""
    text = END.join(texts)
    folded = fold(text)
    listed = words(folded)
    known = frozenset(listed)
    return Marks(
        known,
        frozenset(shingles(listed)),
        frozenset(phrases(folded)),
        frozenset(runs(letters(listed), 1)),
        frozenset(signs(folded) | close_signs(folded)),
        frozenset(addresses(text)),
        tuple(sorted(word for word in known if len(word) > RARE)),
    )


@lru_cache(maxsize=64)
def lasting(text: str) -> Marks:
    """The marks of a text that is public on every page: a theme's file."""
    from paperbuild.leak.markup import plain  # noqa: PLC0415 - markup needs END

    body, attributes = plain(text)
    return replace(marks([text, body, attributes]), names=frozenset(_NAME.findall(text.lower())))
