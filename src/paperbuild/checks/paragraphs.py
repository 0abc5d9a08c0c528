"""Text: every paragraph, list item, quotation and definition is there, to the letter, in order, and once."""

from __future__ import annotations

from dataclasses import replace

from paperbuild import lens
from paperbuild.checks.align import Extra
from paperbuild.checks.case import Case, extra, miss
from paperbuild.checks.likeness import ALIKE, difference, likeness
from paperbuild.model import Finding

_PART = 60
"""Letters from which a text is known as a part of a paragraph."""
_SHORTEST = 3
"""Letters of a name or date that can be recognised though it was changed."""


def check(case: Case) -> list[Finding]:
    """A finding for each paragraph that is lost, changed, out of order, or there twice.

    Text that the manuscript does not have at all is only a warning: it hides nothing.
    """
    findings = [miss(case, "paragraphs", "paragraph", index) for index in case.missed("paragraph")]
    besides = sorted({lens.tight(text) for text in case.promised.besides} - {""}, key=len, reverse=True)
    for found in case.extras("paragraph"):
        one = found if found.twin >= 0 else replace(found, twin=_whole(case, found))
        if one.twin >= 0:
            findings.append(extra(case, "paragraphs", "paragraph", one))
        elif not _is_known(one, besides) and not case.is_among_references(one):
            findings.append(_unknown(case, one, besides))
    return findings


def _whole(case: Case, one: Extra) -> int:
    """The promised paragraph that a text too many is a part of, as where one that a page break divides stands
    there twice in part; -1 where there is none, or the text is too short to tell."""
    if len(one.key) < _PART:
        return -1
    paragraphs = ((index, item) for index, item in enumerate(case.promised.items) if item.kind == "paragraph")
    return next((index for index, item in paragraphs if one.key in case.key(item.text)), -1)


def _unknown(case: Case, one: Extra, besides: list[str]) -> Finding:
    """A line of the title block that is no longer what it was; else a text of somebody else's."""
    found = extra(case, "paragraphs", "paragraph", one)
    known = max(besides, key=lambda text: likeness(text, lens.tight(one.key)), default="")
    if len(known) > _SHORTEST and likeness(known, lens.tight(one.key)) >= ALIKE:
        before, after = difference(known, lens.tight(one.key))
        return replace(found, message=f"{found.message}: «{before}» became «{after}»")
    return replace(found, severity="warning")


def _is_known(one: Extra, besides: list[str]) -> bool:
    """True for what a title block or the page says besides the items: names, numbers, a date."""
    left = lens.tight(one.key)
    for words in besides:
        left = left.replace(words, "")
    return not any(char.isalpha() for char in left)
