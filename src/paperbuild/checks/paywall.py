"""Paywall: nothing withheld is in the file."""

from __future__ import annotations

from paperbuild import lens
from paperbuild.checks import common
from paperbuild.model import Finding, Inventory

_SHORTEST = 24
"""Letters of a text that is long enough to be recognised as withheld."""


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for each withheld text that can be read in the file."""
    allowed = "\n".join(lens.tight(item.text) for item in promised.items)
    there = "\n".join(
        lens.tight(text) for item in observed.items for text in (item.text, item.target, *sum(item.rows, ()))
    )
    findings = []
    for item in withheld.of("section", "paragraph", "note", "code", "table"):
        key = lens.tight(item.text)
        if len(key) >= _SHORTEST and key in there and key not in allowed:
            said = f"the withheld {item.kind} {common.quote(item.text)} can be read in the file"
            findings.append(Finding("error", "paywall", said, common.place(item)))
    return findings
