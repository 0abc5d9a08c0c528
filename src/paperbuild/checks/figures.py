"""Figures: each picture is drawn, with its alternative text and its caption."""

from __future__ import annotations

from paperbuild import lens
from paperbuild.checks import common
from paperbuild.checks.match import misses
from paperbuild.model import Finding, Inventory


def check(promised: Inventory, withheld: Inventory, observed: Inventory) -> list[Finding]:
    """A finding for each figure whose picture, alternative text or caption is lost."""
    del withheld
    loose = observed.loose
    wanted, there = promised.of("figure"), observed.of("figure")
    keys = [lens.key(item.target, loose=loose) for item in wanted]
    found = [lens.key(item.target, loose=loose) for item in there]
    missed = misses(keys, found, join=False)
    findings = [
        Finding(
            "error",
            "figures",
            f"the figure {common.quote(wanted[miss.index].text or wanted[miss.index].target)} has lost its "
            f"{'alternative text' if len(there) >= len(wanted) else 'picture'}",
            common.place(wanted[miss.index]),
        )
        for miss in missed
        if miss.how != "moved"
    ]
    gone = {miss.index for miss in missed}
    captions = [(index, item) for index, item in enumerate(wanted) if item.text and index not in gone]
    texts = common.keys([item for _, item in captions], loose=loose)
    for miss in misses(texts, common.flow(observed)):
        if miss.how != "moved":
            item = captions[miss.index][1]
            findings.append(common.finding("figures", "caption", item, miss, texts[miss.index], loose=loose))
    return findings
