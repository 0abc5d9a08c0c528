"""Sections: each is there, in order, at its level, under its title and number; and no other."""

from __future__ import annotations

from paperbuild.checks.case import Case, extra, loss, miss, quote
from paperbuild.model import Finding

_DEEPEST = 6
"""A format may have no levels below this one."""


def check(case: Case) -> list[Finding]:
    """A finding for each section that is lost, changed, out of order, at another level, or too many."""
    findings = [miss(case, "sections", "section", index) for index in case.missed("section")]
    for index, item in enumerate(case.promised.items):
        if item.kind != "section" or index not in case.alignment.pairs:
            continue
        level = case.observed.items[case.alignment.pairs[index][0]].level
        if level != item.level and not (level == _DEEPEST < item.level):
            said = f"the section {quote(item.text)} is at level {level} instead of {item.level}"
            findings.append(loss("sections", said, item, case.evidence(index, item.text)))
    return findings + [extra(case, "sections", "section", one) for one in case.extras("section")]
