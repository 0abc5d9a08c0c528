"""Works as CSL-JSON that other programs accept: what CSL's data schema knows of them, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .read import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES

TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing
    interview legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference
    patent performance periodical personal_communication post post-weblog regulation report review
    review-book software song speech standard thesis treaty webpage""".split()
)
"""The types of works (CSL 1.0.2, Appendix III)."""
_OLDER = frozenset(("shortTitle", "journalAbbreviation", "note"))
"""Variables of text that stand in no list of CSL 1.0.2's variables, but in its data schema."""
_TEXTS = (TEXT_VARIABLES - {"locator", "page-first"}) | _OLDER
_KINDS: Mapping[str, Any] = {
    **dict.fromkeys(_TEXTS, (str, int, float)),
    **dict.fromkeys(NAME_VARIABLES, list),
    **dict.fromkeys(DATE_VARIABLES, Mapping),
}
"""What the values of a variable are in Python."""


def as_data(key: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A work as an object of CSL-JSON with the id ``key``, after the data schema of CSL 1.0.2.

    What the schema doesn't know is left out, as programs may refuse an item for it; a type that it doesn't
    know becomes ``document``; numbers are texts, which every variable may be.
    """
    kind = str(data.get("type", ""))
    made: dict[str, Any] = {"id": key, "type": kind if kind in TYPES else "document", "citation-key": key}
    for name, value in data.items():
        if name not in made and isinstance(value, _KINDS.get(name, ())):
            made[name] = str(value) if name in _TEXTS else value
    return made
