"""Metadata: the file states the paper's title, language and authors, and its page names the authors."""

from __future__ import annotations

from collections.abc import Iterable

from paperbuild import lens
from paperbuild.checks.case import Case
from paperbuild.model import Finding


def check(case: Case) -> list[Finding]:
    """A finding for a title, language or author that the file does not state, or its page does not name."""
    promised, observed = case.promised, case.observed
    said = []
    if promised.title and lens.normal(promised.title) != lens.normal(observed.title):
        said.append(f"the file's title is «{observed.title}» instead of «{promised.title}»")
    if promised.lang and promised.lang.lower() != observed.lang.lower():
        said.append(f"the file's language is «{observed.lang}» instead of «{promised.lang}»")
    texts = [item.text for item in observed.of("paragraph")]
    # The loose key of a text from right to left is its letters in alphabetical order: it tells a name that is
    # the whole of a text, and not one among others, which stands there as it is in all formats but PDF.
    text = "\n".join([*(lens.key(one, loose=True) for one in texts), *map(lens.tight, texts)])
    stated = lens.tight(" ".join(observed.authors))
    for author in promised.authors:
        there = lens.key(author, loose=True) in text or lens.tight(author) in text
        if not there and not (case.loose and _among(author, texts)):
            said.append(f"the author {author} is not named in the file")
        if lens.tight(author) not in stated:
            said.append(f"the file's metadata do not name the author {author}")
    return [Finding("error", "metadata", one, stage="write") for one in said]


def _among(author: str, texts: Iterable[str]) -> bool:
    """True where one of the texts has a script whose order a PDF does not keep, and all words of the name."""
    words = [lens.tight(word) for word in author.split()]
    turned = (lens.tight(text) for text in texts if lens.reordered(text))
    return any(all(word in text for word in words) for text in turned)
