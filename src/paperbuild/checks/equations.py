"""Equations: each is drawn, in order, with its source where the format keeps it, else with its letters."""

from __future__ import annotations

import unicodedata

from paperbuild.checks import inline
from paperbuild.checks.case import Case, quote
from paperbuild.model import Finding, Item

_COMPARED = frozenset("+-=<>≤≥≠≈∼∈∉⊂⊆∪∩×⋅·,;:!%→⇒⇔∂∇∞")
"""Signs that every format writes as text; brackets, sums and accents are attributes in some."""
_ALIKE = str.maketrans(
    {"−": "-", "⁃": "-", "ˉ": "¯", "‾": "¯", "∣": "|", "′": "'", "*": "∗", "ϕ": "φ", "ϵ": "ε"}
)


def check(case: Case) -> list[Finding]:
    """A finding for each equation that is lost, changed, out of order, or too many."""
    there = case.observed.of("equation")
    has_source, has_letters = any(item.target for item in there), any(item.text for item in there)

    def key(item: Item) -> tuple[str, str]:
        source = "".join(item.target.split()) if has_source or not there else ""
        return source, _letters(item.text) if has_letters else ""

    return inline.check(case, "equation", "equations", key, _said)


def _said(item: Item, how: str, instead: Item | None) -> str:
    shown = f" ({quote(item.text)})" if item.target and item.text else ""
    name = f"{quote(item.target or item.text)}{shown}"
    if how == "extra":
        return f"the equation {name} stands twice, or was not promised"
    if how == "moved":
        return f"the equation {name} is there, but not in its place"
    if how == "changed":
        return f"the equation {name} is not drawn whole, or drawn otherwise"
    if instead is None:
        return f"the equation {name} is lost"
    there = instead.text if instead.text and instead.target in {"", item.target} else instead.target
    return f"the equation {name} is lost: {quote(there)} stands there"


def _letters(text: str) -> str:
    """The letters and signs of a formula in alphabetical order: formats write them in another one."""
    flat = unicodedata.normalize("NFKD", text.translate(_ALIKE)).translate(_ALIKE)
    return "".join(sorted(char for char in flat if char.isalnum() or char in _COMPARED))
