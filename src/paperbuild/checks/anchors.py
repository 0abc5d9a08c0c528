"""Anchors: what a link leads to by name is there, and stands where it stood."""

from __future__ import annotations

from paperbuild import lens
from paperbuild.checks.case import Case
from paperbuild.model import OBJECT, Finding

_LETTERS = 40
"""How many letters of what stands at an anchor tell its place."""


def check(case: Case) -> list[Finding]:
    """A finding for each anchor, used by a link, that is missing or stands elsewhere.

    The anchors of references are looked after by their own check, unless they stand elsewhere.
    """
    promised, observed = case.promised.anchors, case.observed.anchors
    used = [item.target[1:] for item in case.promised.of("link", "citation") if item.target[:1] == "#"]
    used += [entry.target for entry in case.promised.contents]
    entries = {item.target for item in case.promised.of("reference")}
    findings = []
    for name in dict.fromkeys(used):
        if name in promised and name not in observed and name not in entries:
            said = f"the anchor {name} is lost, and links to it lead nowhere"
            findings.append(Finding("error", "anchors", said, stage="write"))
        elif (
            name in observed and promised.get(name) and not _same_place(case, promised[name], observed[name])
        ):
            said = (
                f"the anchor {name} does not stand at «{_flat(promised[name])}», "
                f"but at «{_flat(observed[name])}»"
            )
            findings.append(Finding("error", "anchors", said, stage="write"))
    return findings


def _same_place(case: Case, promised: str, observed: str) -> bool:
    """True where one of the promised texts begins in what follows the anchor; also where nothing is known."""
    there = lens.tight(observed)
    if not there:
        return not case.loose  # a PDF's reader finds nothing there; others may not know
    if case.loose and lens.reordered(observed):
        return True
    # where others are in the file, its font gives brackets back turned around
    shape = lens.one_sided if case.loose else str
    there = shape(there)
    for text in promised.split("\n"):
        key = shape(lens.tight(text.partition(OBJECT)[0])[:_LETTERS])
        if not key or key in there or there in key:
            return True
    return False


def _flat(text: str) -> str:
    return " ".join(text.split())[:40]
