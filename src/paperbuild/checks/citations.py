"""Citations: each has its words and leads to its entry in the reference list, in order."""

from __future__ import annotations

from paperbuild.checks import inline
from paperbuild.checks.case import Case, quote
from paperbuild.model import Finding, Item


def check(case: Case) -> list[Finding]:
    """A finding for each citation whose link is lost, leads elsewhere, or is out of order."""
    return inline.check(case, "citation", "citations", lambda item: (item.target, case.key(item.text)), _said)


def _said(item: Item, how: str, instead: Item | None) -> str:
    if how == "extra":
        return f"the link of {quote(item.text)} to the entry {item.target} stands twice, or was not promised"
    if how == "moved":
        return f"the citation {quote(item.text)} (entry {item.target}) is there, but not in its place"
    if instead is None:
        return f"the citation {quote(item.text)} has lost its link to the entry {item.target}"
    now = f"leads to {instead.target} instead of the entry {item.target}"
    if instead.target == item.target:
        now = f"to the entry {item.target} has become {quote(instead.text)}"
    return f"the citation {quote(item.text)} {now}"
