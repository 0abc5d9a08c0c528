"""Notes: each one's text is there, to the letter, and its mark stands where it stood."""

from __future__ import annotations

from collections.abc import Iterator

from paperbuild import lens
from paperbuild.checks.align import BLOCKS
from paperbuild.checks.case import Case, extra, loss, miss, quote
from paperbuild.checks.order import order
from paperbuild.model import Finding, Inventory, Item

_TAIL = 20
"""How many letters before a mark tell its place."""


def check(case: Case) -> list[Finding]:
    """A finding for each note that is lost, changed, out of order or too many, and for its mark."""
    findings = [miss(case, "notes", "note", index) for index in case.missed("note")]
    findings += [extra(case, "notes", "note", one) for one in case.extras("note")]
    return [*findings, *_marks(case)]


def _marks(case: Case) -> Iterator[Finding]:
    wanted = list(_promised(case))
    there = list(_observed(case))
    found = order([note for _, _, note in wanted], [note for _, _, note in there])
    lost = {index for index, one in case.alignment.misses.items() if one.how == "lost"}
    for number in (*found.lost, *found.moved):
        _, mark, note = wanted[number]
        if note not in lost:
            how = "is lost" if number in found.lost else "is not in its place"
            yield _about(case, note, f"{how}; it stood after {_tail(mark.text)}", mark)
    for number in found.extra:
        _, mark, note = there[number]
        if note >= 0:
            yield _about(case, note, f"stands twice in the file, also after {_tail(mark.text)}", mark)
    for number, other in found.pairs.items():
        block, mark, note = wanted[number]
        home, now, _ = there[other]
        if block not in case.alignment.pairs:
            continue
        if not _same_place(mark.text, now.text, loose=case.loose):
            said = f"stands after {_tail(now.text)} instead of after {_tail(mark.text)}"
            yield _about(case, note, said, mark)
        elif home not in case.alignment.pairs[block]:
            said = f"stands in another paragraph, in the section {quote(now.section)}"
            yield _about(case, note, said, mark)


def _promised(case: Case) -> Iterator[tuple[int, Item, int]]:
    """The marks, each with its block's and its note's place among the promised items."""
    for index, block in _marks_in(case.promised):
        yield block, case.promised.items[index], index + 1


def _observed(case: Case) -> Iterator[tuple[int, Item, int]]:
    """The marks, each with its block's place among the observed items and its note's among the promised.

    A note that none is like has the place -1.
    """
    owner = {at: index for index, found in case.alignment.pairs.items() for at in found}
    owner |= {at: index for index, one in case.alignment.misses.items() for at in one.at}
    notes: dict[str, int] = {}
    for index, item in enumerate(case.observed.items):
        if item.kind == "note":
            notes.setdefault(item.target, owner.get(index, -1))
    for index, block in _marks_in(case.observed):
        mark = case.observed.items[index]
        yield block, mark, notes.get(mark.target, -1)


def _marks_in(inventory: Inventory) -> Iterator[tuple[int, int]]:
    """The places of the marks, and of the blocks in which they stand."""
    block = -1
    for index, item in enumerate(inventory.items):
        if item.kind == "mark":
            yield index, block
        elif item.kind in BLOCKS and not item.in_note:
            block = index


def _about(case: Case, note: int, said: str, mark: Item) -> Finding:
    item = case.promised.items[note]
    return loss("notes", f"the mark of the note {quote(item.text)} {said}", item if item.where else mark)


def _tail(before: str) -> str:
    words = " ".join(before.split())
    return f"«…{words[-40:]}»" if len(words) > 40 else f"«{words}»"


def _same_place(before: str, now: str, *, loose: bool) -> bool:
    """True where two texts end alike; one may begin later, as after a page break."""
    if loose and (lens.reordered(before) or lens.reordered(now)):
        return True
    one, other = lens.tight(before)[-_TAIL:], lens.tight(now)[-_TAIL:]
    if not one or not other:
        return one == other
    return one.endswith(other) or other.endswith(one)
