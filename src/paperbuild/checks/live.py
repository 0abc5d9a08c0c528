"""Live citations: each citation of a Word document and its reference list are fields that Zotero can use."""

from __future__ import annotations

from collections import Counter

from paperbuild.checks.case import Case
from paperbuild.model import Finding, Live


def check(case: Case) -> list[Finding]:
    """A finding for each citation without its field, or with one of other works; none where no field was
    promised. Their order is that of the texts, which are checked as such."""
    promised, observed = case.promised.live, case.observed.live
    if not promised:
        return []
    lost, extra = Counter(promised) - Counter(observed), Counter(observed) - Counter(promised)
    said = [_lost(one, count) for one, count in lost.items()]
    said += [f"{_times(count)}a field {_name(one)}, which was not promised" for one, count in extra.items()]
    hint = "Zotero would not set this anew in Word; export the file anew"
    return [Finding("error", "live", one, hint=hint, stage="write") for one in said]


def _lost(one: Live, count: int) -> str:
    return f"{_times(count)}no field {_name(one)}, which Zotero needs"


def _times(count: int) -> str:
    return f"{count} times there is " if count > 1 else "there is "


def _name(one: Live) -> str:
    match one.kind:
        case "citation":
            return f"of a citation of {', '.join(one.keys)}"
        case "references":
            return "of the reference list"
        case _:
            return f"with the settings of the style {', '.join(one.keys)}"
