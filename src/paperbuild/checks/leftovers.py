"""Leftovers: no mark-up that should have become something, and no «??» where a number should stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from paperbuild.checks.case import Case
from paperbuild.model import Finding, Inventory

_LEFT = re.compile(
    r"\?\?|\\(?:ref|cref|Cref|autoref|eqref|pageref|cite[a-z]*|label|begin|end)\{[^}]*\}"
    r"|\[-?@[\w:.-]+|\{#[\w:.-]+|Error! Reference source not found|Error! Bookmark not defined"
    r"|</?(?:table|tr|td|div|span|pre|br|sup|sub|img|p)\b[^>]*>"
)
_HIDDEN = frozenset({"code", "equation", "mark"})


def check(case: Case) -> list[Finding]:
    """A finding for each such thing that a reader meets and the resolved document does not show."""
    wanted, there = Counter(_found(case.promised)), Counter(_found(case.observed))
    return [
        Finding("error", "leftovers", f"the text shows «{text}», which should have become something else")
        for text, count in (there - wanted).items()
        for _ in range(count)
    ]


def _found(inventory: Inventory) -> Iterator[str]:
    for item in inventory.items:
        if item.kind not in _HIDDEN:
            for text in (item.text, *(cell for row in item.rows for cell in row)):
                yield from _LEFT.findall(text)
