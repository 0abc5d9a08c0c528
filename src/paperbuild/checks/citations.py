"""Citations: each leads to its entry in the reference list, in order.

Their words are part of the paragraphs.
"""

from __future__ import annotations

from collections import Counter

from paperbuild.checks import common
from paperbuild.checks.match import misses
from paperbuild.model import Finding, Inventory, Item


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for each citation whose link is lost or leads elsewhere."""
    del withheld
    wanted = promised.of("citation")
    keys = [item.target for item in wanted]
    found = [item.target for item in observed.of("citation")]
    if observed.loose:
        # A link over a line's end is two links in a PDF, and notes stand at the foot of the page.
        free = Counter(found)
        return [_finding(item) for item in wanted if not _take(free, item.target)]
    return [_finding(wanted[miss.index]) for miss in misses(keys, found, join=False) if miss.how != "moved"]


def _take(free: Counter[str], target: str) -> bool:
    free[target] -= 1
    return free[target] >= 0


def _finding(item: Item) -> Finding:
    said = f"the citation {common.quote(item.text)} has lost its link to the entry {item.target}"
    return Finding("error", "citations", said, common.place(item))
