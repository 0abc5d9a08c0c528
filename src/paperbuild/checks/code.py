"""Code: each block is there, to the letter where the format keeps spaces, and once."""

from __future__ import annotations

import textwrap

from paperbuild import lens
from paperbuild.checks.align import exact
from paperbuild.checks.case import Case, extra, loss, quote
from paperbuild.checks.case import miss as said
from paperbuild.checks.likeness import difference
from paperbuild.model import Finding


def check(case: Case) -> list[Finding]:
    """A finding for each block of code that is lost, changed, out of order or too many."""
    findings = [_miss(case, index) for index in case.missed("code")]
    if case.loose:
        findings += [found for index in case.alignment.pairs if (found := _spaces(case, index))]
    return findings + [extra(case, "code", "code", one) for one in case.extras("code")]


def _spaces(case: Case, index: int) -> Finding | None:
    """The finding for a block of code in a PDF of which a line has other spaces than it had.

    Where a line was too long for the page, nothing can be said.
    """
    item, at = case.promised.items[index], case.alignment.pairs[index]
    if item.kind != "code":
        return None
    parts = [_lines(case.observed.items[place].text) for place in at]
    lines, others = _lines(item.text), [line for part in parts for line in part]
    if [lens.tight(line) for line in lines] != [lens.tight(line) for line in others]:
        return None
    start = 0
    for part in parts:  # each begins at the left, whatever all its lines are indented by
        same = _lines("\n".join(lines[start : start + len(part)]))
        start += len(part)
        for line, other in zip(same, part, strict=True):
            if _columns(line) != _columns(other):
                said = f"the code {quote(item.text)} has other spaces: «{line}» became «{other}»"
                return loss("code", said, item, case.evidence(index, "\n".join(others)))
    return None


def _columns(line: str) -> str | int:
    """What of a line's spaces a PDF tells: all in plain letters, the first alone where some are wider."""
    return line if line.isascii() else len(line) - len(line.lstrip())


def _lines(text: str) -> list[str]:
    """The lines that say something; an indentation of them all is none."""
    lines = [line for line in text.expandtabs(8).split("\n") if line.strip()]
    return exact(textwrap.dedent("\n".join(lines))).split("\n")


def _miss(case: Case, index: int) -> Finding:
    """The finding, naming the first line that is another one."""
    found, item = case.alignment.misses[index], case.promised.items[index]
    if found.how != "changed":
        return said(case, "code", "code", index)
    now = "\n".join(case.observed.items[at].text for at in found.at)
    lines, others = exact(item.text).split("\n"), exact(now).split("\n")
    differ = [n for n in range(max(len(lines), len(others))) if lines[n : n + 1] != others[n : n + 1]]
    number = differ[0] if differ else 0
    line, other = (part[number] if number < len(part) else "" for part in (lines, others))
    if case.loose and not differ:
        line, other = difference(case.key(item.text), found.instead)
    text = (
        f"the code {quote(item.text)} has changed in line {number + 1}: {quote(line)} became {quote(other)}"
    )
    return loss("code", text, item, case.evidence(index, now))
