"""Given names as initials (CSL 1.0.2, "Name": ``initialize-with``, ``initialize``)."""

from __future__ import annotations

import re
from functools import lru_cache

_SPLIT = re.compile(r"(\s+|-)")
_TIGHT_STOP = re.compile(r"\.(?=[^\s\-.])")
_TAG = re.compile("<[^<>]+>")
_TAGGED = re.compile(r"((?:<[^<>]+>)*)([^<>]*)((?:</[^<>]+>)*)")
_UPPER_START = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=8192)
def initials(given: str, mark: str, *, full: bool, hyphen: bool) -> str:
    """The given names with ``mark`` after each initial; ``Jean-Luc`` keeps its hyphen unless told not to.

    With ``full`` names are shortened to initials; without it only those that are initials already are
    set this way. Particles and lower-case names stay as they are: ``M. de la Cruz``. Names outside the
    alphabets that have capitals are not shortened.
    """
    start = _UPPER_START.search(_TAG.sub("", given))
    if start is None or not _cased(start.group()) or given in {"Lord", "Lady"}:
        return given
    if not hyphen:
        given = given.replace("-", " ")
    given = _TIGHT_STOP.sub(". ", re.sub(r"\s*-\s*", "-", " ".join(given.split())))
    words = _SPLIT.split(given)
    return _shortened(words, mark) if full else _normalized(words, mark)


def _cased(character: str) -> bool:
    return character.lower() != character.upper()


def _untagged(word: str) -> tuple[str, str, str]:
    """The word without the in-field markup around it, and what stands before and behind."""
    found = _TAGGED.fullmatch(word)
    return (found[1], found[2], found[3]) if found else ("", word, "")


def _shortened(words: list[str], mark: str) -> str:
    """Words at even places, what parts them at odd ones."""
    result = ""
    for index in range(0, len(words), 2):
        before, word, after = _untagged(words[index])
        if not word:
            continue
        between = words[index - 1] if index else ""
        hyphened = between == "-"
        if word[0].isupper() or not _cased(word[0]):
            result = result.rstrip(" ") + "-" if hyphened and result else result
            stop = mark.rstrip() if after else mark
            result += before + _initial(word) + stop + after + mark[len(stop) :]
        elif hyphened:
            continue  # what follows a hyphen in small letters is part of the name before: Chong-il gives C.
        else:
            result = (result.rstrip() if result else "") + (" " if result else "") + word + " "
    return result.rstrip(" \u00a0\ufeff")


def _initial(word: str) -> str:
    """The first letter; of a letter that is written as two (``IJsbrand``) both. An abbreviation stays."""
    if word.endswith("."):
        return word[:-1]
    bare = word
    letters = 1
    while letters < len(bare) and bare[letters].isupper():
        letters += 1
    if letters == len(bare):
        return bare[0]
    return bare[0] + bare[1:letters].lower()


def _abbreviated(word: str) -> bool:
    return (len(word) > 1 and word.endswith(".")) or (len(word) == 1 and word.isupper())


def _normalized(words: list[str], mark: str) -> str:
    result = ""
    for index in range(0, len(words), 2):
        opening, word, closing = _untagged(words[index])
        between = words[index - 1] if index else ""
        before = index and _abbreviated(_untagged(words[index - 2])[1])
        if before and (between == "-" or _abbreviated(word)):
            result = result.rstrip(" ") if between == "-" else result
            between = "-" if between == "-" else ""
        elif before:
            between = between if result.endswith((" ", "\u00a0")) is False else ""
        stop = mark.rstrip() if closing else mark
        short = word.rstrip(".") + stop + closing + mark[len(stop) :]
        result += between + opening + (short if _abbreviated(word) else word + closing)
    return result.rstrip(" \u00a0\ufeff")
