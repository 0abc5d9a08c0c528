"""Code: each block is there; to the letter where the format keeps spaces."""

from __future__ import annotations

from paperbuild import lens
from paperbuild.checks import common
from paperbuild.checks.match import misses
from paperbuild.model import Finding, Inventory, Item


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for each block of code that is lost or changed."""
    del withheld
    wanted = [item for item in promised.of("code") if item.text.strip()]
    if observed.loose:
        keys, found = common.keys(wanted, loose=True), common.flow(observed)
    else:
        keys, found = [_exact(item) for item in wanted], [_exact(item) for item in observed.of("code")]
    return [
        common.finding("code", "code", wanted[miss.index], miss, keys[miss.index], loose=observed.loose)
        for miss in misses(keys, found, join=observed.loose)
        if keys[miss.index]
    ]


def _exact(item: Item) -> str:
    """Every letter and space; only the signs that a word processor may exchange are made equal."""
    return "\n".join(lens.signs(line.expandtabs(4)).rstrip() for line in item.text.strip("\n").split("\n"))
