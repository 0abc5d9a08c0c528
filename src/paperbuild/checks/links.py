"""Links: each can be followed, by the same words, and leads where the manuscript says."""

from __future__ import annotations

from urllib.parse import unquote

from paperbuild.checks import inline
from paperbuild.checks.case import Case, quote
from paperbuild.model import Finding, Item


def check(case: Case) -> list[Finding]:
    """A finding for each link that is lost, leads elsewhere, or is out of order."""

    def key(item: Item) -> tuple[str, str] | None:
        target = _target(item.target)
        if target.startswith("#") and target[1:] not in case.promised.anchors:
            return None  # it leads nowhere in the manuscript either, and a finding says so
        return target, case.key(item.text)

    return inline.check(case, "link", "links", key, _said)


def _said(item: Item, how: str, instead: Item | None) -> str:
    if how == "extra":
        return f"the link {quote(item.text)} to {item.target} stands twice, or was not promised"
    if how == "moved":
        return f"the link {quote(item.text)} to {item.target} is there, but not in its place"
    if instead is None:
        return f"the link {quote(item.text)} to {item.target} is lost"
    if _target(instead.target) == _target(item.target):
        return f"the words {quote(item.text)} of the link to {item.target} have become {quote(instead.text)}"
    return f"the link {quote(item.text)} to {item.target} is lost: it leads to {instead.target}"


def _target(url: str) -> str:
    return unquote(url).rstrip("/")
