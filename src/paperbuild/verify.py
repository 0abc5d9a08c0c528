"""Verifying: the promised inventory against the observed one, check by check."""

from __future__ import annotations

from dataclasses import replace

from paperbuild.checks import CHECKS
from paperbuild.checks.case import Case
from paperbuild.model import ITEM_KINDS, Comparison, Finding, Inventory


def compare(
    format_name: str, promised: Inventory, observed: Inventory
) -> tuple[tuple[Comparison, ...], tuple[Finding, ...]]:
    """How many of each kind were promised and found in a format, and a finding for each that was not."""
    comparisons: list[Comparison] = []
    findings: list[Finding] = [replace(finding, format=format_name) for finding in observed.findings]
    case = Case(promised, observed)
    for kind, check in CHECKS.items():
        found = check(case)
        findings += [replace(finding, format=format_name) for finding in found]
        if kind in ITEM_KINDS:
            count = promised.count(kind)
            lost = sum(finding.severity == "error" and finding.stage == "write" for finding in found)
            comparisons.append(Comparison(format_name, kind, count, max(count - lost, 0)))
    return tuple(comparisons), tuple(findings)
