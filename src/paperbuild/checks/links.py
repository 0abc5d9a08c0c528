"""Links: each can be followed, and leads where the manuscript says."""

from __future__ import annotations

from collections import Counter
from urllib.parse import unquote

from paperbuild.checks import common
from paperbuild.model import Finding, Inventory


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for each link that is lost; a reference's own links count as well."""
    del withheld
    free = Counter(_target(item.target) for item in observed.of("link", "citation"))
    findings = []
    for item in promised.of("link"):
        target = _target(item.target)
        if target.startswith("#") and target[1:] not in promised.anchors:
            continue
        if free[target] > 0:
            free[target] -= 1
        else:
            said = f"the link {common.quote(item.text)} to {item.target} is lost"
            findings.append(Finding("error", "links", said, common.place(item)))
    return findings


def _target(url: str) -> str:
    return unquote(url).rstrip("/")
