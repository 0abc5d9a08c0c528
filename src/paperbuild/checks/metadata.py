"""Metadata: the file states the paper's title and language, and its authors can be read."""

from __future__ import annotations

from paperbuild import lens
from paperbuild.checks import common
from paperbuild.model import Finding, Inventory


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for a title or language that the file does not state, and for an author it does not name."""
    del withheld
    findings = []
    if promised.title and lens.normal(promised.title) != lens.normal(observed.title):
        said = f"the file's title is «{observed.title}» instead of «{promised.title}»"
        findings.append(Finding("error", "metadata", said))
    if promised.lang and promised.lang.lower() != observed.lang.lower():
        said = f"the file's language is «{observed.lang}» instead of «{promised.lang}»"
        findings.append(Finding("error", "metadata", said))
    text = "\n".join(common.keys(observed.of("paragraph"), loose=True))
    unnamed = [author for author in promised.authors if lens.key(author, loose=True) not in text]
    return findings + [
        Finding("error", "metadata", f"the author {author} is not named in the file") for author in unnamed
    ]
