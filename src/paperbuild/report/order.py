"""Findings in the order in which people read them: what matters first, one cause once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from paperbuild.model import Evidence, Finding, Severity
from paperbuild.report import words

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_INNER = frozenset({"citations", "links"})
"""Checks of what stands within a text, and is lost together with it."""
_DIFFERENCE = re.compile(r": «[^»]*» became «.*»$", re.DOTALL)
_MOST = 500
"""Losses up to which is asked which of them follow from others."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What stands in some finished files instead of what was promised."""

    formats: tuple[str, ...]
    evidence: Evidence
    """That of the first format; the others have the same texts."""
    places: tuple[tuple[str, Evidence], ...]
    """Each format's own, which may stand at another place."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A finding that several formats may share."""

    finding: Finding
    """The first of them."""
    formats: tuple[str, ...]
    """The formats it was met in; empty where it concerns all."""
    sights: tuple[Sight, ...]
    """What stands in the finished files, where the finding shows it."""
    consequences: tuple[Finding, ...] = ()
    """What was lost because this was: the citations and links that stood in it."""

    @property
    def merged(self) -> Finding:
        """The finding with the names of all its formats."""
        return replace(self.finding, format=", ".join(self.formats))

    @property
    def said(self) -> str:
        """The message, without the differing words where the evidence shows them."""
        return _DIFFERENCE.sub("", self.finding.message) if self.sights else self.finding.message

    @property
    def group(self) -> tuple[str, str, tuple[str, ...]]:
        """What it has in common with findings that are read together with it."""
        return self.finding.severity, self.finding.check, self.formats


def causes(findings: Iterable[Finding]) -> list[Cause]:
    """The same finding in several formats once, what follows from it with it.

    Errors stand first, those of one check together.
    """
    found = _with_consequences([_cause(several) for several in _same(findings)])
    first: dict[tuple[object, ...], int] = {}
    for number, cause in enumerate(found):
        first.setdefault(cause.group, number)
    return sorted(found, key=lambda cause: (SEVERITIES.index(cause.finding.severity), first[cause.group]))


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """The findings as ``causes`` orders them, each with the names of its formats."""
    return [cause.merged for cause in causes(findings)]


def tally(findings: Iterable[Finding], severities: Iterable[Severity] = SEVERITIES) -> str:
    """How many different findings there are: ``2 errors, 1 warning``; empty where there are none."""
    counted = [several[0].severity for several in _same(findings)]
    return ", ".join(words.number(counted.count(each), each) for each in severities if each in counted)


def consequent(found: Iterable[Cause]) -> int:
    """How many findings follow from others."""
    return sum(len(cause.consequences) for cause in found)


def grouped(found: Iterable[Cause]) -> list[list[Cause]]:
    """Causes of one check in the same formats side by side."""
    groups: dict[tuple[object, ...], list[Cause]] = {}
    for cause in found:
        groups.setdefault(cause.group, []).append(cause)
    return list(groups.values())


def _same(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings that say the same of several formats, together."""
    same: dict[tuple[str, ...], list[Finding]] = {}
    for each in findings:
        key = (each.severity, each.check, each.message, each.where, each.stage)
        same.setdefault(key, []).append(each)
    return list(same.values())


def _cause(several: Sequence[Finding]) -> Cause:
    formats = tuple(dict.fromkeys(each.format for each in several if each.format))
    seen: dict[tuple[str, str], list[tuple[str, Evidence]]] = {}
    for each in several:
        if each.evidence:
            texts = each.evidence.promised, each.evidence.found
            seen.setdefault(texts, []).append((each.format, each.evidence))
    sights = tuple(
        Sight(tuple(dict.fromkeys(name for name, _ in those if name)), those[0][1], tuple(those))
        for those in seen.values()
    )
    hint = next((each.hint for each in several if each.hint), "")
    return Cause(replace(several[0], hint=hint), formats, sights)


def _with_consequences(found: list[Cause]) -> list[Cause]:
    """The causes without those that follow from others, which have them now."""
    gone = [cause for cause in found if _lost(cause)]
    whole = [cause for cause in gone if cause.finding.check not in _INNER]
    inner = [cause for cause in gone if cause.finding.check in _INNER]
    if len(whole) > _MOST or len(inner) > _MOST:
        return found
    room = {id(cause): _lost(cause) for cause in whole}
    follow: dict[int, list[Finding]] = {}
    taken: set[int] = set()
    for cause in inner:
        text = _lost(cause)
        for one in whole:
            if set(cause.formats) <= set(one.formats) and text in room[id(one)]:
                # Each occurrence accounts for one loss: the same citation may be lost elsewhere, too.
                room[id(one)] = room[id(one)].replace(text, "", 1)
                follow.setdefault(id(one), []).append(cause.merged)
                taken.add(id(cause))
                break
    kept = [cause for cause in found if id(cause) not in taken]
    return [replace(cause, consequences=tuple(follow.get(id(cause), ()))) for cause in kept]


def _lost(cause: Cause) -> str:
    """The text that was lost as a whole; empty for every other cause."""
    first = cause.sights[0].evidence if cause.sights else None
    if first is None or cause.finding.severity != "error" or first.found.strip():
        return ""
    return first.promised.strip()
