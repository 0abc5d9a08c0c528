"""Metadata: the file says the paper's title and language."""

from __future__ import annotations

from paperbuild import lens
from paperbuild.model import Finding, Inventory


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for a title or language that the file does not state."""
    del withheld
    findings = []
    if promised.title and lens.normal(promised.title) != lens.normal(observed.title):
        said = f"the file's title is «{observed.title}» instead of «{promised.title}»"
        findings.append(Finding("error", "metadata", said))
    if promised.lang and promised.lang.lower() != observed.lang.lower():
        said = f"the file's language is «{observed.lang}» instead of «{promised.lang}»"
        findings.append(Finding("error", "metadata", said))
    return findings
