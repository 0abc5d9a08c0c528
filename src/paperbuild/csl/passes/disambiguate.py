"""Telling apart cites that would read the same (CSL 1.0.2, "Disambiguation")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from paperbuild.csl.items.item import Name
from paperbuild.csl.render.initials import initials
from paperbuild.csl.render.person import FULL
from paperbuild.csl.render.scene import UNTOLD, Given, NameSet, Told
from paperbuild.csl.style.nodes import CitationOptions


@dataclass(frozen=True, slots=True)
class Sample:
    """A cite as it reads when the item is cited again, without locator and affixes."""

    text: str
    sets: tuple[NameSet, ...]
    conditions: int
    """How many times the style asked whether the cite is ambiguous."""


_INITIALS_ONLY = re.compile(r"[^\W\d_](?:[.\s-]+[^\W\d_])*\.?")
"""``J. O.``, ``J.O.`` and ``J O`` are one given name."""
Try = Callable[[str, Told], Sample]
"""Renders an item's cite as told."""
_MOST_NAMES = 12
"""No citation grows beyond this many names to be told from another: letters after the year do it better."""


def given_names(options: CitationOptions, samples: Iterable[Sample]) -> Given:
    """What is shown of given names wherever they stand, under every rule but ``by-cite``.

    Names with the same family name show their initials, or all of it where those are the same, too;
    the rules for initials stop there, and those for primary names look at the first of a set only.
    """
    rule = options.given_name_rule
    if not options.add_given_names or rule == "by-cite":
        return Given()
    short = rule.endswith("-with-initials")
    seen: dict[tuple[str, str], dict[str, dict[str, list[tuple[Name, bool]]]]] = {}
    for name, first in _names(samples, primary=rule.startswith("primary-name"), short=short):
        letters_only = initials(name.given, "", full=True, hyphen=True)
        family = seen.setdefault((name.non_dropping, name.family), {})
        given = (_INITIALS_ONLY.fullmatch(name.given) and letters_only) or name.given
        family.setdefault(letters_only, {}).setdefault(given, []).append((name, first))
    most = 1 if short else FULL
    levels: dict[tuple[Name, bool], int] = {}
    for by_initials in seen.values():
        for by_given in by_initials.values():
            level = FULL if len(by_given) > 1 and most == FULL else 1 if len(by_initials) > 1 else 0
            for same in by_given.values():
                levels |= dict.fromkeys(same, level)
    return Given({key: level for key, level in levels.items() if level})


def _names(samples: Iterable[Sample], *, primary: bool, short: bool) -> Iterator[tuple[Name, bool]]:
    for sample in samples:
        for names in (names for names in sample.sets if names.initials or not short):
            for index, name in enumerate(names.names[:1] if primary else names.names):
                if name.family and not name.literal:
                    yield name, index == 0


def tell_apart(
    options: CitationOptions, order: Sequence[str], attempt: Try, first: Mapping[str, Sample]
) -> dict[str, Told]:
    """How each ambiguous item is told apart; nothing for items whose cites are clear.

    ``order`` holds all ids as the bibliography sorts them, which is the order of year suffixes.
    ``first`` are their cites as they read before anything is done.
    """
    teller = _Teller(options, attempt, {})
    groups = _alike(order, lambda key: first[key].text)
    if options.add_names or (options.add_given_names and options.given_name_rule == "by-cite"):
        for group in groups:
            teller.by_names(group, [first[key] for key in group])
        groups = _alike(order, lambda key: teller.sample(key, first).text) if groups else []
    if options.add_year_suffix:
        for group in groups:
            for index, key in enumerate(group):
                teller.told[key] = replace(teller.of(key), suffix=letters(index))
        return teller.told
    for group in groups:  # a condition is asked where all else has failed (CSL 1.0.2, "Choose")
        teller.by_condition(group)
    return teller.told


def _alike(ids: Iterable[str], text_of: Callable[[str], str]) -> list[list[str]]:
    """Groups of two and more ids whose cites read the same."""
    groups: dict[str, list[str]] = {}
    for key in ids:
        groups.setdefault(text_of(key), []).append(key)
    return [group for text, group in groups.items() if text and len(group) > 1]


def letters(index: int) -> str:
    """0 gives a, 25 z, 26 aa."""
    return (letters(index // 26 - 1) if index >= 26 else "") + chr(ord("a") + index % 26)


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing more that is shown of a set of names."""

    set: int
    name: int
    shown: int
    level: int


@dataclass(slots=True)
class _Teller:
    """The attempts, and what came out of them."""

    options: CitationOptions
    attempt: Try
    told: dict[str, Told] = field(default_factory=dict)

    def of(self, key: str) -> Told:
        """What was decided for an item so far."""
        return self.told.get(key, UNTOLD)

    def sample(self, key: str, first: Mapping[str, Sample]) -> Sample:
        """The item's cite as it reads now."""
        return self.attempt(key, self.told[key]) if key in self.told else first[key]

    def by_names(self, group: Sequence[str], samples: Sequence[Sample]) -> None:
        """Show more names, and more of given names, step by step: what does not help is taken back."""
        self._split(group, UNTOLD, UNTOLD, list(self._steps(samples)))

    def _split(self, group: Sequence[str], base: Told, better: Told, steps: Sequence[_Step]) -> None:
        for at, step in enumerate(steps):
            base = _advanced(base, step)
            parts = _parted(group, lambda key, base=base: self.attempt(key, base).text)  # type: ignore[misc]
            if len(parts) == 1:
                continue
            better = _advanced(better, step)
            for part in parts:
                if len(part) > 1:
                    self._split(part, base, better, steps[at + 1 :])
                else:
                    self.told[part[0]] = better
            return
        if better is not UNTOLD:
            self.told |= dict.fromkeys(group, better)

    def _steps(self, samples: Sequence[Sample]) -> Iterator[_Step]:
        """All that could be shown more, in the order in which it is tried."""
        by_cite = self.options.add_given_names and self.options.given_name_rule == "by-cite"
        for index, sets in enumerate(zip(*(sample.sets for sample in samples), strict=False)):
            shown = max(one.shown for one in sets)
            total = min(max(len(one.names) for one in sets), _MOST_NAMES)
            for name in range(total):
                if by_cite and name < shown:
                    yield _Step(index, name, shown, 1)
                    yield _Step(index, name, shown, 2)
                if self.options.add_names and shown < total:
                    shown += 1
                    yield _Step(index, name, shown, 0)
                elif not by_cite:
                    break

    def by_condition(self, group: Sequence[str]) -> None:
        """Let the style's conditions ``disambiguate`` hold, one more at a time, until the cites differ."""
        rest, count = [list(group)], 0
        # one that holds may lead to others that were not asked before
        while any(self.attempt(key, self.of(key)).conditions > count for part in rest for key in part):
            count += 1
            for key in (key for part in rest for key in part):
                self.told[key] = replace(self.of(key), condition=count)
            parts = [
                part
                for one in rest
                for part in _parted(one, lambda key: self.attempt(key, self.of(key)).text)
            ]
            rest = [part for part in parts if len(part) > 1]


def _parted(group: Iterable[str], text_of: Callable[[str], str]) -> list[list[str]]:
    parts: dict[str, list[str]] = {}
    for key in group:
        parts.setdefault(text_of(key), []).append(key)
    return list(parts.values())


def _advanced(told: Told, step: _Step) -> Told:
    """What was told with one step more."""
    shown = [*told.shown, *[0] * (step.set + 1 - len(told.shown))]
    shown[step.set] = max(shown[step.set], step.shown)
    levels = [list(row) for row in told.levels]
    levels += [[] for _ in range(step.set + 1 - len(levels))]
    row = levels[step.set]
    row += [0] * (step.name + 1 - len(row))
    row[step.name] = max(row[step.name], step.level)
    return replace(told, shown=tuple(shown), levels=tuple(tuple(row) for row in levels))
