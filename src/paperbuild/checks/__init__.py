"""The checks: each is a function from (promised, withheld, observed) to findings, in a file of its own.

An empty list means that nothing was lost. Adding a check is adding a file and a line to ``CHECKS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from paperbuild.checks import (
    citations,
    code,
    equations,
    figures,
    links,
    metadata,
    notes,
    paragraphs,
    paywall,
    references,
    sections,
    tables,
)
from paperbuild.model import Finding, Inventory

Check = Callable[[Inventory, Inventory, Inventory], list[Finding]]

CHECKS: Mapping[str, Check] = {
    "section": sections.check,
    "paragraph": paragraphs.check,
    "citation": citations.check,
    "reference": references.check,
    "note": notes.check,
    "table": tables.check,
    "figure": figures.check,
    "equation": equations.check,
    "code": code.check,
    "link": links.check,
    "metadata": metadata.check,
    "paywall": paywall.check,
}
"""The checks by the kind of item they look after; ``metadata`` and ``paywall`` look at the whole."""
