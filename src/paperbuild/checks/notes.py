"""Notes: each footnote's text is there, to the letter, in order."""

from __future__ import annotations

from paperbuild.checks import common
from paperbuild.checks.match import misses
from paperbuild.model import Finding, Inventory


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for each note that is lost, changed or out of order."""
    del withheld
    wanted = promised.of("note")
    keys = common.keys(wanted, loose=observed.loose)
    found = common.keys(observed.of("note"), loose=observed.loose)
    missed = misses(keys, found, join=observed.loose)
    return [
        common.finding("notes", "note", wanted[miss.index], miss, keys[miss.index], loose=observed.loose)
        for miss in missed
    ]
