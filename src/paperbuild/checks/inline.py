"""What stands in the line is compared in order: in the text, and apart from that in the notes."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterator, Sequence
from dataclasses import replace

from paperbuild import lens
from paperbuild.checks.case import Case, loss, same_look
from paperbuild.checks.order import order
from paperbuild.model import Evidence, Finding, Item

_LINKS = frozenset({"link", "citation"})
_INLINE = _LINKS | {"equation", "mark", "note"}
_PIECES = 12
"""So many pieces of one link are put together at most."""
Key = Callable[[Item], Hashable | None]
"""What of an item is compared; None for one that is not."""
Said = Callable[[Item, str, Item | None], str]
"""The sentence about an item that is ``lost``, ``moved``, ``changed`` or ``extra``, and what is there now."""


def check(case: Case, kind: str, name: str, key: Key, said: Said) -> list[Finding]:
    """A finding for each item of a kind that is lost, changed, out of order, or too many.

    One that looks otherwise than it was promised is ``changed``.
    """
    return [finding for in_note in (False, True) for finding in _in(case, kind, name, in_note, (key, said))]


def _in(case: Case, kind: str, name: str, in_note: bool, how: tuple[Key, Said]) -> Iterator[Finding]:
    key, said = how
    wanted = [one for one in case.promised.of(kind) if one.in_note == in_note and key(one) is not None]
    items = case.observed.items if kind not in _LINKS else case.links
    there = [one for one in items if one.kind == kind and one.in_note == in_note and key(one) is not None]
    if case.loose:
        key = _unordered(
            key, {id(item) for side in (case.promised.items, case.observed.items) for item in _mixed(side)}
        )
        there = _joined(there, key, {key(item) for item in wanted})
    found = order([key(item) for item in wanted], [key(item) for item in there])
    extras = list(found.extra)
    for number in found.lost:
        instead = _instead(number, found.pairs, extras, len(there))
        other = None if instead is None else there[instead]
        evidence = Evidence(wanted[number].text, "" if other is None else other.text)
        yield loss(name, said(wanted[number], "lost", other), wanted[number], evidence)
    for number in found.moved:
        yield loss(name, said(wanted[number], "moved", None), wanted[number])
    for number, place in found.pairs.items():
        if not same_look(wanted[number], there[place]):
            yield loss(name, said(wanted[number], "changed", there[place]), wanted[number])
    for number in extras:
        yield Finding("error", name, said(there[number], "extra", None), there[number].where)


def _mixed(items: Sequence[Item]) -> Iterator[Item]:
    """What stands in a text that holds a script whose order a PDF does not keep."""
    mixed = False
    for item in items:
        if item.kind not in _INLINE:
            mixed = lens.reordered(item.text)
        elif mixed:
            yield item


def _unordered(key: Key, mixed: Container[int]) -> Key:
    """The key, which of items with these identities compares the letters alone and not their order: a line
    from right to left turns words around that run from left to right."""

    def loosely(item: Item) -> Hashable | None:
        return key(replace(item, text=lens.unordered(item.text)) if id(item) in mixed else item)

    return loosely


def _joined(items: Sequence[Item], key: Key, wanted: Container[Hashable]) -> list[Item]:
    """The items, with a link that a page break or emphasised words made several, which lead to one place and
    stand in a row, made one again."""
    result: list[Item] = []
    for item in items:
        result.append(item)
        for length in range(2, min(len(result), _PIECES) + 1):
            row = result[-length:]
            if row[0].target != item.target:
                break
            whole = replace(row[0], text=" ".join(one.text for one in row))
            if key(row[0]) not in wanted and key(whole) in wanted:
                result[-length:] = [whole]
                break
    return result


def _instead(number: int, pairs: dict[int, int], extras: list[int], count: int) -> int | None:
    """What stands where a lost item stood: taken out of the extras."""
    before = max((other for index, other in pairs.items() if index < number), default=-1)
    after = min((other for index, other in pairs.items() if index > number), default=count)
    for extra in extras:
        if before < extra < after:
            extras.remove(extra)
            return extra
    return None
