"""Subjects: papers that share a keyword, whatever its spelling."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import icu

from paperbuild.site.papers import Paper

_BYTES = 120
"""The longest name of a folder, in UTF-8: file systems take 255, and addresses three letters for each."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One keyword and the papers that have it."""

    name: str
    """As most papers spell it."""
    slug: str
    """The name of its folder, in letters of any script."""
    papers: tuple[Paper, ...]


def subjects(papers: Sequence[Paper], lang: str) -> tuple[Subject, ...]:
    """A subject for each keyword, in the alphabetical order of a language; papers keep their order."""
    found: dict[str, dict[str, Paper]] = defaultdict(dict)
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        for keyword in paper.keywords:
            found[key(keyword)][paper.slug] = paper
            spelled[key(keyword)][keyword] += 1
    slugs = _slugs(found)
    collator = icu.Collator.createInstance(icu.Locale(lang))
    names = {each: _commonest(spelled[each]) for each in found}
    return tuple(
        Subject(names[each], slugs[each], tuple(found[each].values()))
        for each in sorted(found, key=lambda each: (collator.getSortKey(names[each]), each))
    )


def key(keyword: str) -> str:
    """What spellings of one keyword have in common: letters without case and width, single spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", keyword).casefold())
    return " ".join(folded.split())


def _commonest(spellings: Counter[str]) -> str:
    """The spelling that most papers have; of several, the one with the fewest capitals."""
    return min(spellings, key=lambda name: (-spellings[name], sum(map(str.isupper, name)), name))


def _slugs(keys: Iterable[str]) -> dict[str, str]:
    """A folder's name for each key; of several that would have the same, all but the first get a number."""
    result: dict[str, str] = {}
    taken: set[str] = set()
    # Those that are their slug already come first: «c-2» is not to lose its name to the second «c».
    for each in sorted(keys, key=lambda each: (_slug(each) != each, each)):
        slug, number = _slug(each), 1
        while slug in taken:
            number += 1
            slug = f"{_slug(each)}-{number}"
        taken.add(slug)
        result[each] = slug
    return result


def _slug(name: str) -> str:
    """Letters, marks and digits of any script, with a hyphen for all between them."""
    kept = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in name)
    slug = "-".join(kept.split())
    cut = slug.encode()[:_BYTES].decode(errors="ignore").strip("-")
    return unicodedata.normalize("NFC", cut) or "subject"
