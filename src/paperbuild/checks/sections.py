"""Sections: each is there, in order, at its level, under its title."""

from __future__ import annotations

from paperbuild.checks import common
from paperbuild.checks.match import misses
from paperbuild.model import Finding, Inventory

_DEEPEST = 6
"""A format may have no levels below this one."""


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for each section that is lost, changed, out of order, or at another level."""
    del withheld
    wanted, there = promised.of("section"), observed.of("section")
    loose = observed.loose
    keys, found = common.keys(wanted, loose=loose), common.keys(there, loose=loose)
    missed = misses(keys, found, join=False)
    findings = [
        common.finding("sections", "section", wanted[miss.index], miss, keys[miss.index], loose=loose)
        for miss in missed
    ]
    gone = {miss.index for miss in missed}
    levels = iter(zip(found, (item.level for item in there), strict=True))
    for index, item in enumerate(wanted):
        if index in gone:
            continue
        level = next((level for key, level in levels if key == keys[index]), None)
        if level is not None and level != item.level and not (level == _DEEPEST < item.level):
            said = f"the section {common.quote(item.text)} is at level {level} instead of {item.level}"
            findings.append(Finding("error", "sections", said, common.place(item)))
    return findings
