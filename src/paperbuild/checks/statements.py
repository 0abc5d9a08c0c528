"""Statements: what a page says besides the paper is what was promised: numbers, citations of it, notes."""

from __future__ import annotations

from paperbuild import lens
from paperbuild.checks.case import Case, quote
from paperbuild.model import Evidence, Finding


def check(case: Case) -> list[Finding]:
    """A finding for each statement that is missing, or says something else, or was not promised."""
    promised, observed = case.promised.statements, case.observed.statements
    findings = []
    for name in [*promised, *(other for other in observed if other not in promised)]:
        wanted, there = promised.get(name, ""), observed.get(name, "")
        if lens.normal(wanted) != lens.normal(there):
            said = f"the page says {quote(there)} as its {name.replace('-', ' ')} instead of {quote(wanted)}"
            findings.append(
                Finding("error", "statements", said, stage="write", evidence=Evidence(wanted, there))
            )
    return findings
