"""The checks: each is a function from a case to findings, in a file of its own.

A case is what was promised, what was observed, and the alignment of both (``case.py``). An empty
list means that nothing was lost. Adding a check is adding a file and a line to ``CHECKS``.
"""

from __future__ import annotations

from collections.abc import Mapping

from paperbuild.checks import (
    anchors,
    citations,
    code,
    equations,
    figures,
    leftovers,
    links,
    live,
    metadata,
    notes,
    outline,
    paragraphs,
    references,
    scripts,
    sections,
    statements,
    tables,
)
from paperbuild.checks.case import Check

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
    "anchors": anchors.check,
    "outline": outline.check,
    "leftovers": leftovers.check,
    "metadata": metadata.check,
    "scripts": scripts.check,
    "statements": statements.check,
    "live": live.check,
}
"""The checks, each by the kind of item it looks after; those after ``link`` look at the whole."""
