"""References: each entry is in the list, to the letter, in order, and citations can reach it."""

from __future__ import annotations

from paperbuild.checks import common
from paperbuild.model import Finding, Inventory


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for each reference that is lost, changed, out of order, or without its anchor."""
    del withheld
    wanted = promised.of("reference")
    keys = common.keys(wanted, loose=observed.loose)
    missed = common.missed(keys, common.flow(observed), loose=observed.loose)
    findings = [
        common.finding(
            "references", "reference", wanted[miss.index], miss, keys[miss.index], loose=observed.loose
        )
        for miss in missed
    ]
    gone = {miss.index for miss in missed}
    for index, item in enumerate(wanted):
        if index not in gone and item.target not in observed.anchors:
            said = f"the reference {common.quote(item.text)} has lost its anchor {item.target}"
            findings.append(Finding("error", "references", said, hint="citations can't lead to it"))
    return findings
