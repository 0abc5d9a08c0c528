"""Aligning the blocks of a finished file with those that were promised, in the order of reading.

One alignment of sections, paragraphs, references, tables, figures and code is made for all checks: what was
promised is in its place, changed, moved or lost; what stands in the file besides is an extra.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from paperbuild import lens
from paperbuild.checks.likeness import ALIKE, likeness
from paperbuild.model import Inventory, Item

BLOCKS = frozenset({"section", "paragraph", "reference", "table", "figure", "code"})
NOTES = frozenset({"note", "figure"})
"""Notes, and the pictures in them, which stand elsewhere in each format."""
_OWN_GROUP = frozenset({"section", "table", "figure"})
_MOST_PARTS = 4
"""Into how many parts page breaks may divide a paragraph."""
_WINDOW = 40
"""How many blocks around its place a changed block is looked for in."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A block, ready to be compared."""

    index: int
    """Its place among the items of its inventory."""
    group: str
    """``section``, ``table``, ``figure``, or ``text`` for all running text."""
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A promised block that is not as it should be."""

    how: Literal["lost", "moved", "changed"]
    instead: str = ""
    """The key that stands there now, where it has changed."""
    at: tuple[int, ...] = ()
    """The observed items that stand for it: none where it is lost."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A block, or a part of one, of the file that was not promised there."""

    index: int
    """The observed item."""
    key: str
    """What of it is too much."""
    twin: int = -1
    """The promised item whose text it repeats; -1 where it repeats none."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """What became of each promised block, by its place among the promised items."""

    pairs: Mapping[int, tuple[int, ...]]
    """Where it is found: the observed items that hold it, whole and in its place."""
    misses: Mapping[int, Miss]
    extras: tuple[Extra, ...]

    def and_also(self, other: Alignment) -> Alignment:
        """Both alignments as one; they must be of different kinds of items."""
        return Alignment(
            {**self.pairs, **other.pairs}, {**self.misses, **other.misses}, (*self.extras, *other.extras)
        )


def align(promised: Inventory, observed: Inventory, kinds: frozenset[str] = BLOCKS) -> Alignment:
    """The alignment of all items of these kinds."""
    wanted = list(units(promised, kinds, loose=observed.loose))
    there = list(units(observed, kinds, loose=observed.loose))
    work = _Work(wanted, there, observed.loose)
    matcher = SequenceMatcher(
        None, [(u.group, u.key) for u in wanted], [(u.group, u.key) for u in there], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for unit, found in zip(wanted[i1:i2], there[j1:j2], strict=True):
                work.pair(unit, found)
        else:
            work.settle(_Gap(wanted[i1:i2], [_Rest(unit, unit.key) for unit in there[j1:j2]]))
    if observed.loose:
        work.join_over_gaps()
    work.find_moved()
    captions = {
        lens.key(item.text, loose=observed.loose): index
        for index, item in enumerate(promised.items)
        if item.kind in {"table", "figure"} and item.text
    }
    return work.result(captions)


def units(inventory: Inventory, kinds: frozenset[str], *, loose: bool) -> Iterator[Unit]:
    """The items of these kinds that say something; of what stands in notes only where notes are asked for."""
    for index, item in enumerate(inventory.items):
        own = item.kind == "note" or item.in_note == ("note" in kinds)
        if item.kind in kinds and own and (key := block_key(item, loose=loose)):
            group = item.kind if item.kind in _OWN_GROUP else "text"
            yield Unit(index, group, key, item.text)


def block_key(item: Item, *, loose: bool) -> str:
    """What of a block is compared."""
    if item.kind == "table":
        cells = "|".join(row_key(row, loose=loose) for row in item.rows)
        return f"{lens.key(item.text, loose=loose)}|{cells}"
    if item.kind == "figure":
        return lens.key(item.text, loose=loose) or f"|{lens.key(item.target, loose=loose)}"
    if item.kind == "code" and not loose:
        return exact(item.text)
    return lens.key(item.text, loose=loose)


def row_key(cells: Sequence[str], *, loose: bool) -> str:
    """What of a table's row is compared."""
    return "|".join(lens.key(cell, loose=loose) for cell in cells)


def exact(text: str) -> str:
    """Code as it is compared: every letter and space, but for signs that word processors exchange."""
    return "\n".join(lens.signs(line.expandtabs(4)).rstrip() for line in text.strip("\n").split("\n"))


@dataclass(slots=True)
class _Rest:
    """What is left of an observed block after promised ones were found in it."""

    unit: Unit
    key: str


@dataclass(slots=True)
class _Gap:
    """Promised and observed blocks between two that are in their place."""

    wanted: list[Unit]
    rests: list[_Rest]


@dataclass(slots=True)
class _Work:
    """The alignment while it is made."""

    wanted: list[Unit]
    there: list[Unit]
    loose: bool
    pairs: dict[int, tuple[int, ...]] = field(default_factory=dict)
    misses: dict[int, Miss] = field(default_factory=dict)
    lost: list[Unit] = field(default_factory=list)
    rests: list[_Rest] = field(default_factory=list)

    def pair(self, unit: Unit, *found: Unit) -> None:
        self.pairs[unit.index] = tuple(one.index for one in found)

    def settle(self, gap: _Gap) -> None:
        """Decide over the blocks of a gap, from the surest to the least sure."""
        if self.loose:
            self._joined(gap)
            self._within(gap)
            self._turned(gap)
        self._tables(gap)
        self._alike(gap)
        self._only_ones(gap)
        self.lost += gap.wanted
        self.rests += [rest for rest in gap.rests if rest.key]

    def _joined(self, gap: _Gap) -> None:
        """Paragraphs that a page break divides, or that stand in one: whole blocks on both sides."""
        for unit in list(gap.wanted):
            for start in range(len(gap.rests)):
                parts = gap.rests[start : start + _MOST_PARTS]
                count = self._parts(unit, parts)
                if count:
                    self.pair(unit, *(rest.unit for rest in parts[:count]))
                    gap.rests[start : start + count] = []
                    gap.wanted.remove(unit)
                    break

    def _parts(self, unit: Unit, parts: list[_Rest]) -> int:
        """How many of the parts make the unit together; none where they do not."""
        text, length = "", 0
        for count, rest in enumerate(parts, 1):
            if rest.unit.group != unit.group or rest.key != rest.unit.key:
                return 0
            text, length = text + rest.unit.text, length + len(rest.key)
            if length > len(unit.key):
                return 0
            if length == len(unit.key):
                return count if lens.key(text, loose=True) == unit.key else 0
        return 0

    def _within(self, gap: _Gap) -> None:
        """Blocks that begin or end where an observed one does, and are found in the text of several."""
        rests = [rest for rest in gap.rests if rest.unit.group == "text"]
        text, bounds = "", [0]
        for rest in rests:
            text += rest.key
            bounds.append(len(text))
        cursor, taken = 0, []
        for unit in [unit for unit in gap.wanted if unit.group == "text"]:
            at = text.find(unit.key, cursor)
            end = at + len(unit.key)
            if at >= 0 and (at in bounds or end in bounds or at == cursor):
                taken.append((at, end))
                cursor = end
                gap.wanted.remove(unit)
                self.pair(unit, *(r.unit for r, a, b in zip(rests, bounds, bounds[1:], strict=False)
                                  if a < end and b > at))  # fmt: skip
        for rest, start, stop in zip(rests, bounds, bounds[1:], strict=False):
            rest.key = _without(text, start, stop, taken)
        gap.rests = [rest for rest in gap.rests if rest.key]

    def _turned(self, gap: _Gap) -> None:
        """In a PDF that runs from right to left, a text in Latin letters has signs at its other end."""
        if not any(lens.reordered(unit.text) for unit in self.there):
            return
        letters = {id(rest): lens.unordered(rest.unit.text) for rest in gap.rests}
        for unit in list(gap.wanted):
            own = lens.unordered(unit.text)
            same = next((r for r in gap.rests if letters[id(r)] == own and r.unit.group == unit.group), None)
            if same is not None:
                self.pair(unit, same.unit)
                gap.wanted.remove(unit)
                gap.rests = [rest for rest in gap.rests if rest is not same]

    def _tables(self, gap: _Gap) -> None:
        """Each observed table, or part of one, belongs to the promised table with most of its cells."""
        wanted = [unit for unit in gap.wanted if unit.group == "table"]
        if not wanted:
            return
        cells = {unit.index: Counter(unit.key.split("|")) for unit in wanted}
        belongs: dict[int, list[_Rest]] = defaultdict(list)
        for rest in [rest for rest in gap.rests if rest.unit.group == "table"]:
            own = Counter(rest.key.split("|"))
            common = {index: (own & there).total() for index, there in cells.items()}
            free = {index: count for index, count in common.items() if index not in belongs or self.loose}
            best = max(free, key=lambda index: free[index], default=-1)
            if best >= 0 and (free[best] * 3 >= own.total() or len(wanted) == 1):
                belongs[best].append(rest)
        for unit in wanted:
            if parts := belongs.get(unit.index):
                at = tuple(rest.unit.index for rest in parts)
                self.misses[unit.index] = Miss("changed", parts[0].key, at)
                gap.wanted.remove(unit)
                gap.rests = [rest for rest in gap.rests if rest not in parts]

    def _alike(self, gap: _Gap) -> None:
        """What was changed stands near its place, and is like what it was; the most alike come first."""
        scored = []
        for place, unit in enumerate(gap.wanted):
            middle = place * len(gap.rests) // max(len(gap.wanted), 1)
            near = range(max(middle - _WINDOW, 0), min(middle + _WINDOW, len(gap.rests)))
            for other in near:
                rest = gap.rests[other]
                if rest.unit.group == unit.group and (score := likeness(unit.key, rest.key)) >= ALIKE:
                    scored.append((score, -abs(other - middle), unit, rest))
        scored.sort(key=lambda one: one[:2], reverse=True)
        for _, _, unit, rest in scored:
            if unit in gap.wanted and any(rest is one for one in gap.rests):
                self._changed(gap, unit, rest)

    def _only_ones(self, gap: _Gap) -> None:
        """The only heading, figure or short text of a gap was changed, however little is left of it."""
        for group in ("section", "figure", "text"):
            wanted = [unit for unit in gap.wanted if unit.group == group]
            rests = [rest for rest in gap.rests if rest.unit.group == group]
            if len(wanted) == len(rests) == 1 and (group == "section" or _cut_short(wanted[0], rests[0])):
                self._changed(gap, wanted[0], rests[0])

    def _changed(self, gap: _Gap, unit: Unit, rest: _Rest) -> None:
        self.misses[unit.index] = Miss("changed", rest.key, (rest.unit.index,))
        gap.wanted.remove(unit)
        gap.rests = [one for one in gap.rests if one is not rest]

    def join_over_gaps(self) -> None:
        """A paragraph that a page break divides, with a picture of its own between its parts."""
        units = {unit.index: unit for unit in self.wanted}
        for index, miss in list(self.misses.items()):
            unit = units[index]
            for rest in self.rests if miss.how == "changed" and unit.group == "text" else ():
                if rest.unit.group == "text" and miss.instead + rest.key == unit.key:
                    self.pairs[index] = (*miss.at, rest.unit.index)
                    del self.misses[index]
                    self.rests.remove(rest)
                    break

    def find_moved(self) -> None:
        """What is lost here and too much there was moved."""
        for unit in list(self.lost):
            for rest in self.rests:
                if rest.unit.group == unit.group and rest.key == unit.key:
                    self.misses[unit.index] = Miss("moved", rest.key, (rest.unit.index,))
                    self.rests.remove(rest)
                    self.lost.remove(unit)
                    break
        for unit in self.lost:
            self.misses[unit.index] = Miss("lost")

    def result(self, captions: Mapping[str, int]) -> Alignment:
        """The alignment; what is too much may repeat a block, or one of the captions."""
        by_key = {**captions, **{unit.key: unit.index for unit in reversed(self.wanted)}}
        extras = [Extra(rest.unit.index, rest.key, by_key.get(rest.key, -1)) for rest in self.rests]
        return Alignment(self.pairs, self.misses, tuple(sorted(extras, key=lambda extra: extra.index)))


def _cut_short(unit: Unit, rest: _Rest) -> bool:
    return unit.key.startswith(rest.key) or unit.key.endswith(rest.key)


def _without(text: str, start: int, stop: int, taken: list[tuple[int, int]]) -> str:
    """The text from start to stop without what was taken of it."""
    result, at = "", start
    for begin, end in taken:
        if end > start and begin < stop:
            result += text[at : max(begin, at)]
            at = max(at, min(end, stop))
    return result + text[at:stop]
