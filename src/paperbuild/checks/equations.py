"""Equations: each is drawn, and where the format keeps its source, with that source."""

from __future__ import annotations

from paperbuild.checks import common
from paperbuild.checks.match import misses
from paperbuild.model import Finding, Inventory, Item


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for each equation that is lost; by its source where there is one, else by count."""
    del withheld
    wanted, there = promised.of("equation"), observed.of("equation")
    if not any(item.target for item in there):
        lost = len(wanted) - len(there)
        if lost <= 0:
            return []
        said = f"{lost} of {len(wanted)} equations are lost"
        return [Finding("error", "equations", said)] * lost
    keys, found = [_source(item) for item in wanted], [_source(item) for item in there]
    if observed.loose:
        keys_sorted = sorted(range(len(keys)), key=lambda index: keys[index])
        missed = [
            keys_sorted[m.index] for m in misses([keys[i] for i in keys_sorted], sorted(found), join=False)
        ]
    else:
        missed = [miss.index for miss in misses(keys, found, join=False) if miss.how != "moved"]
    return [
        Finding(
            "error",
            "equations",
            f"the equation {common.quote(wanted[i].target)} is lost",
            common.place(wanted[i]),
        )
        for i in missed
    ]


def _source(item: Item) -> str:
    return "".join(item.target.split())
