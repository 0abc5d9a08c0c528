"""Faults done to single lines of code."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.mutation.docx_html import Book, Thing, Words, says
from tests.mutation.docx_html_harms import Fault, any_of, shortened

Place = tuple[int, int]
"""Where a line begins and ends in the text of the code."""
Edit = tuple[int, int, str]
"""Where a text begins and ends that is replaced, and by what."""
Edits = Callable[[str, Place, Random], list[Edit]]
"""What is to be done to the line at a place; nothing where it makes no difference."""


def line(edits: Edits) -> Fault:
    """Changes a line of a block of code."""

    def harm(book: Book, code: Thing, rng: Random) -> Words:
        passage = book.passage(*code.nodes)
        lines = _lines(passage.text)
        for place in rng.sample(lines, len(lines)):
            found = edits(passage.text, place, rng)
            for edit in sorted(found, reverse=True):  # so that the places of those before stay right
                passage.replace(*edit)
            if found:
                changed = (
                    " ".join(passage.text[start:end].split()) for start, end, _ in ((*place, ""), *found)
                )
                return tuple(dict.fromkeys((*filter(says, changed), *code.words)))
        return ()

    return any_of("codes", harm)


def _lines(text: str) -> list[Place]:
    """Where the lines stand that say something."""
    found = (one.span() for one in re.finditer(r"[^\n]+", text))
    return [(start, end) for start, end in found if says(text[start:end])]


def without(text: str, place: Place, rng: Random) -> list[Edit]:
    """The line goes; it is not the only one."""
    del rng
    start, end = place
    if len(_lines(text)) < 2:
        return []
    return [(start, end + 1, "") if text[end : end + 1] else (start - 1, end, "")]


def twice(text: str, place: Place, rng: Random) -> list[Edit]:
    """The line stands twice."""
    del rng
    start, end = place
    return [(end, end, "\n" + text[start:end])]


def swapped(text: str, place: Place, rng: Random) -> list[Edit]:
    """The line and another change places."""
    own = text[slice(*place)]
    fit = [other for other in _lines(text) if text[slice(*other)] != own]
    if not fit:
        return []
    other = rng.choice(fit)
    return [(*place, text[slice(*other)]), (*other, own)]


def truncated(text: str, place: Place, rng: Random) -> list[Edit]:
    """The line's last word goes."""
    del rng
    start, end = place
    cut = shortened(text[start:end])
    return [(start + cut, end, "")] if cut else []


def outdented(text: str, place: Place, rng: Random) -> list[Edit]:
    """The spaces before the line go."""
    del rng
    start, end = place
    spaces = len(text[start:end]) - len(text[start:end].lstrip())
    return [(start, start + spaces, "")] if spaces else []
