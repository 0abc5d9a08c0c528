"""Where a cite stands among those before it (CSL 1.0.2, "Choose": ``position``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from paperbuild.csl.requests import CiteRequest, Cluster

FIRST = frozenset({"first"})
SUBSEQUENT = frozenset({"subsequent"})
IBID = frozenset({"subsequent", "ibid"})
IBID_WITH_LOCATOR = frozenset({"subsequent", "ibid", "ibid-with-locator"})
NEAR = frozenset({"near-note"})
STATED = (FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR)
"""Positions as hosts number them."""


@dataclass(frozen=True, slots=True)
class Position:
    """How a cite stands to those before it."""

    names: frozenset[str] = FIRST
    first_note: int = 0
    """The note that cites the item first; 0 for this one, or none."""


@dataclass(slots=True)
class _Stream:
    """What was cited so far; citations in the text and in notes are counted apart."""

    first: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    in_note: dict[int, int] = field(default_factory=dict)
    """Cites in each note."""
    before: Cluster | None = None


def positions(clusters: Sequence[Cluster], near: int) -> list[tuple[Position, ...]]:
    """For each citation, the position of each of its cites. ``near`` is ``near-note-distance``.

    Positions hold together: ibid-with-locator is ibid, too, and ibid and near-note are subsequent.
    """
    streams = (_Stream(), _Stream())
    return [tuple(_cluster(cluster, streams[bool(cluster.note_number)], near)) for cluster in clusters]


def _cluster(cluster: Cluster, stream: _Stream, near: int) -> Iterator[Position]:
    note = cluster.note_number
    stream.in_note[note] = stream.in_note.get(note, 0) + len(cluster.cites)
    made: list[Position] = []
    for index, cite in enumerate(cluster.cites):
        made.append(_position(cluster, index, cite, stream, near))
        if cluster.mode != "author-only":
            stream.first.setdefault(cite.id, note)
            stream.last[cite.id] = note
    if cluster.cites:
        stream.before = cluster
    yield from made


def _position(cluster: Cluster, index: int, cite: CiteRequest, stream: _Stream, near: int) -> Position:
    if cite.position is not None:
        names = STATED[cite.position] if cite.position < len(STATED) else SUBSEQUENT
        return Position(names | NEAR if cite.near_note else names, cite.first_note or 0)
    if cite.id not in stream.last or cluster.mode == "author-only":
        return Position()
    names = _ibid(cite, _preceding(cluster, index, stream))
    distance = cluster.note_number - stream.last[cite.id]
    if cluster.note_number and distance <= near:
        names |= NEAR
    first = stream.first[cite.id]
    return Position(names, first if first != cluster.note_number else 0)


def _preceding(cluster: Cluster, index: int, stream: _Stream) -> CiteRequest | None:
    """The cite that an ibid would mean: the one before in the citation or in the same note, or the only
    one of the note before."""
    if index:
        return cluster.cites[index - 1]
    before = stream.before
    if before is None:
        return None
    note, earlier = cluster.note_number, before.note_number
    if note and note == earlier:
        return before.cites[-1]
    if earlier and (note - earlier > 1 or stream.in_note[earlier] != 1):
        return None
    return before.cites[0] if len(before.cites) == 1 else None


def _ibid(cite: CiteRequest, before: CiteRequest | None) -> frozenset[str]:
    if before is None or before.id != cite.id or (before.locator and not cite.locator):
        return SUBSEQUENT
    same = (cite.locator, cite.label if cite.locator else "") == (
        before.locator,
        before.label if before.locator else "",
    )
    return IBID if same else IBID_WITH_LOCATOR
