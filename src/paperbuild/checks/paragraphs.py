"""Text: every paragraph, list item, quotation and definition is there, to the letter, in order."""

from __future__ import annotations

from paperbuild.checks import common
from paperbuild.model import Finding, Inventory


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for each paragraph that is lost, changed or out of order."""
    del withheld
    wanted = promised.of("paragraph")
    keys = common.keys(wanted, loose=observed.loose)
    missed = [
        miss for miss in common.missed(keys, common.flow(observed), loose=observed.loose) if keys[miss.index]
    ]
    return [
        common.finding(
            "paragraphs", "paragraph", wanted[miss.index], miss, keys[miss.index], loose=observed.loose
        )
        for miss in missed
    ]
