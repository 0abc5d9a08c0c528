"""Outline and contents list: an entry for each section, in order, that leads and points to its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from paperbuild.checks.case import Case, quote
from paperbuild.checks.order import order
from paperbuild.model import Finding, Mark


def check(case: Case) -> list[Finding]:
    """A finding for each entry that is lost, too many, out of order, or leads or points elsewhere."""
    findings: list[Finding] = []
    if case.promised.outline is not None and case.observed.outline is not None:
        findings += _compared(case, "outline", _nested(case.promised.outline), case.observed.outline)
    if case.promised.contents:
        findings += _compared(case, "contents", case.promised.contents, case.observed.contents)
    return findings


def _nested(marks: Sequence[Mark]) -> list[Mark]:
    """The marks at the levels that a tree has: one below another, however many levels are left out."""
    open_levels: list[int] = []
    result = []
    for mark in marks:
        while open_levels and open_levels[-1] >= mark.level:
            open_levels.pop()
        open_levels.append(mark.level)
        result.append(replace(mark, level=len(open_levels)))
    return result


def _compared(case: Case, name: str, wanted: Sequence[Mark], there: Sequence[Mark]) -> Iterator[Finding]:
    what = "outline" if name == "outline" else "contents list"
    found = order([case.key(mark.title) for mark in wanted], [case.key(mark.title) for mark in there])
    for number in found.lost:
        yield _error(name, f"the entry {quote(wanted[number].title)} of the {what} is lost")
    for number in found.moved:
        yield _error(name, f"the entry {quote(wanted[number].title)} of the {what} is not in its place")
    for number in found.extra:
        yield _error(name, f"the entry {quote(there[number].title)} of the {what} was not promised")
    for number, other in found.pairs.items():
        mark, now = wanted[number], there[other]
        if now.level and mark.level and now.level != mark.level and name == "outline":
            said = (
                f"the entry {quote(mark.title)} of the {what} is at level {now.level} instead of {mark.level}"
            )
            yield _error(name, said)
        if now.real and now.page != now.real:
            shown = f"page {now.page}" if now.page else "no page"
            said = (
                f"the entry {quote(mark.title)} of the {what} says {shown}, its section is on page {now.real}"
            )
            yield _error(name, said)
        if mark.target and now.target and mark.target != now.target:
            said = (
                f"the entry {quote(mark.title)} of the {what} leads to {now.target} instead of {mark.target}"
            )
            yield _error(name, said)


def _error(name: str, said: str) -> Finding:
    return Finding(
        "error", name, said, hint="look at this place in the file, or export it anew", stage="write"
    )
