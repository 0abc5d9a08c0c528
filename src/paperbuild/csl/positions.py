"""Where a cite stands among those before it: first, ibid, subsequent, near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .records import Citation, Cite


@dataclass(frozen=True, slots=True)
class Position:
    """How a cite stands to those before it."""

    names: frozenset[str] = frozenset({"first"})
    """CSL's positions that hold: first, subsequent, ibid, ibid-with-locator, near-note."""
    first_note: int = 0
    """The number of the note in which the item was first cited."""


def positions(citations: Sequence[Citation], near: int) -> list[tuple[Position, ...]]:
    """For each citation, the position of each of its cites.

    CSL nests them: ibid-with-locator is also ibid, and ibid and near-note are also subsequent.
    ``near`` is how many notes back an earlier citation counts as near.
    """
    first_note: dict[str, int] = {}
    last_note: dict[str, int] = {}
    before: Citation | None = None
    result: list[tuple[Position, ...]] = []
    for citation in citations:
        places: list[Position] = []
        for index, cite in enumerate(citation.cites):
            names = {"first"}
            if cite.key in first_note:
                names = {"subsequent"} | _ibid(cite, _preceding(citation, index, before))
                if citation.note_number and citation.note_number - last_note[cite.key] <= near:
                    names.add("near-note")
            places.append(Position(frozenset(names), first_note.get(cite.key, 0)))
            first_note.setdefault(cite.key, citation.note_number)
            last_note[cite.key] = citation.note_number
        result.append(tuple(places))
        before = citation
    return result


def _preceding(citation: Citation, index: int, before: Citation | None) -> Cite | None:
    """The cite that an ibid would mean: the one before, or the only one of the citation before."""
    if index:
        return citation.cites[index - 1]
    if before is None or len(before.cites) != 1:
        return None
    distance = citation.note_number - before.note_number
    return before.cites[0] if 0 <= distance <= 1 else None


def _ibid(cite: Cite, before: Cite | None) -> set[str]:
    if before is None or before.key != cite.key:
        return set()
    if (cite.label, cite.locator) == (before.label, before.locator) or not cite.locator:
        return {"ibid"} if cite.locator == before.locator else set()
    return {"ibid", "ibid-with-locator"}
