"""References: each entry is in the list, to the letter, in order, once, and can be reached; and no other."""

from __future__ import annotations

from paperbuild.checks.case import Case, extra, loss, miss, quote
from paperbuild.model import Finding


def check(case: Case) -> list[Finding]:
    """A finding for each reference that is lost, changed, out of order, too many, or without its anchor."""
    findings = [miss(case, "references", "reference", index) for index in case.missed("reference")]
    for index, item in enumerate(case.promised.items):
        if item.kind != "reference" or index not in case.alignment.pairs:
            continue
        if item.target not in case.observed.anchors:
            said = f"the reference {quote(item.text)} has lost its anchor {item.target}"
            findings.append(loss("references", said, item, case.evidence(index, item.text)))
    others = [one for one in case.extras("paragraph") if one.twin < 0 and case.is_among_references(one)]
    extras = [*case.extras("reference"), *others]
    return findings + [extra(case, "references", "reference", one) for one in extras]
