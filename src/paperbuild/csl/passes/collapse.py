"""Cites of one citation drawn together: grouping and collapsing (CSL 1.0.2, "Cite Collapsing")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from paperbuild.csl.requests import CiteRequest
from paperbuild.csl.style.nodes import CitationOptions
from paperbuild.csl.text.surgery import exchange, find, without
from paperbuild.csl.text.tree import Child, plain

from .authors import NAMED, named


@dataclass(frozen=True, slots=True)
class Rules:
    """What a style says of cites that stand together."""

    options: CitationOptions
    delimiter: str
    """The layout's"""
    in_text: bool
    sorted: bool
    """True where the style sorts the cites of a citation."""


@dataclass(frozen=True, slots=True)
class MadeCite:
    """One cite of a citation as it was rendered."""

    request: CiteRequest
    tree: Child | None
    number: int = 0
    """The citation number, where the cite shows it; else 0."""
    suffix: str = ""
    """The letters after its year."""
    joint: str | None = None
    """What stands between it and the cite before; None for the layout's delimiter."""
    collapsed: bool = False
    """True where the names were left out, since the cite before has them."""

    @property
    def bare(self) -> bool:
        """True where the cite shows nothing that belongs to this mention of the item alone."""
        one = self.request
        located = bool(one.locator) and self.tree is not None and find(self.tree, "locator") is not None
        return not (one.prefix or one.suffix or located or one.author_only or one.suppress_author)


def draw_together(cites: Sequence[MadeCite], rules: Rules) -> list[MadeCite]:
    """The cites in their groups, what they share printed once."""
    options = rules.options
    if options.collapse == "citation-number":
        return list(_ranges(cites, options))
    if not options.collapse and options.cite_group_delimiter is None:
        return list(cites)
    made: list[MadeCite] = []
    for group in _groups(cites, rules):
        drawn = list(_group(group, rules))
        if made:
            drawn[0] = replace(drawn[0], joint=_between_groups(made[-1], options))
        made += drawn
    return made


def _between_groups(before: MadeCite, options: CitationOptions) -> str | None:
    """``after-collapse-delimiter`` where the style collapses, else the layout's delimiter."""
    after = options.after_collapse_delimiter
    if after is None or options.collapse != "year-suffix" or before.collapsed or before.request.locator:
        return after
    return None


def _author(cite: MadeCite) -> str:
    """The names of a cite as they are printed: what groups go by."""
    found = None if cite.tree is None else named(cite.tree)
    return plain(found) if found is not None else ""


def _groups(cites: Sequence[MadeCite], rules: Rules) -> list[list[MadeCite]]:
    """Cites of the same names, brought to the first of them where the style sorts cites."""
    groups: list[list[MadeCite]] = []
    known: dict[str, list[MadeCite]] = {}
    for cite in cites:
        author = _author(cite) or (_year(cite) if _lettered(cite) else "")
        group = known.get(author)
        if author and group and not cite.request.prefix and (rules.sorted or group is groups[-1]):
            group.append(cite)
            continue
        groups.append([cite])
        known[author] = groups[-1]
    return groups


def _group(group: Sequence[MadeCite], rules: Rules) -> Iterator[MadeCite]:
    options, collapse = rules.options, rules.options.collapse
    if len(group) == 1 or not collapse:
        yield group[0]
        for cite in group[1:]:
            yield replace(cite, joint=options.cite_group_delimiter)
        return
    rest = [_without_names(cite) for cite in group[1:]]
    drawn = [group[0], *(_joined(before, cite, rules) for before, cite in pairwise([group[0], *rest]))]
    yield from _suffixes(drawn, rules) if collapse.startswith("year-suffix") else drawn


def _joined(before: MadeCite, cite: MadeCite, rules: Rules) -> MadeCite:
    """A cite without its names, and what stands between it and the one before."""
    options = rules.options
    if before.request.locator and options.after_collapse_delimiter is not None:
        joint: str | None = options.after_collapse_delimiter
    elif options.cite_group_delimiter is not None or options.after_collapse_delimiter is not None:
        joint = options.cite_group_delimiter
    else:
        joint = ", " if rules.in_text else None
    return replace(cite, joint=joint, collapsed=True)


def _without_names(cite: MadeCite) -> MadeCite:
    found = None if cite.tree is None else named(cite.tree)
    if found is None or cite.tree is None:
        return cite
    return replace(cite, tree=without(cite.tree, found))


def _year(cite: MadeCite) -> str:
    """What a cite shows besides its names and the letters after its year."""
    if cite.tree is None:
        return ""
    left = exchange(cite.tree, lambda node: None if node.tag in {*NAMED, "year-suffix"} else node)
    return plain(left) if left else ""


def _suffixes(cites: Sequence[MadeCite], rules: Rules) -> Iterator[MadeCite]:
    """``2000a, b`` for ``2000a, 2000b``; with ``year-suffix-ranged`` also ``2000a–c``."""
    options = rules.options
    choices = (options.year_suffix_delimiter, options.cite_group_delimiter, rules.delimiter)
    between = next(choice for choice in choices if choice is not None)
    ranged = options.collapse == "year-suffix-ranged"
    index = 0
    while index < len(cites):
        run = _run(cites, index)
        yield cites[index]
        alone = [replace(_only_suffix(cite), joint=between) for cite in cites[index + 1 : index + run]]
        yield from _ranged(cites[index], alone) if ranged else alone
        index += run


def _run(cites: Sequence[MadeCite], begin: int) -> int:
    """How many cites from here show the same year, each with its letters."""
    first = cites[begin]
    end = begin + 1
    while (
        end < len(cites)
        and _lettered(first)
        and _lettered(cites[end])
        and not cites[end - 1].request.suffix
        and not cites[end - 1].request.locator
        and _year(cites[end]) == _year(first)
    ):
        end += 1
    return end - begin


def _lettered(cite: MadeCite) -> bool:
    return bool(cite.suffix) and cite.tree is not None and find(cite.tree, "year-suffix") is not None


def _only_suffix(cite: MadeCite) -> MadeCite:
    found = None if cite.tree is None else find(cite.tree, "year-suffix")
    return cite if found is None else replace(cite, tree=found)


def _ranged(first: MadeCite, rest: Sequence[MadeCite]) -> Iterator[MadeCite]:
    """The letters after the first, with those inside a run of three and more left out."""
    before, run = first, 0
    for index, cite in enumerate(rest):
        run = run + 1 if _next(before.suffix) == cite.suffix else 0
        goes_on = index + 1 < len(rest) and _next(cite.suffix) == rest[index + 1].suffix
        before = cite
        if run and goes_on:
            continue
        yield replace(cite, joint="–") if run > 1 else cite
        run = 0


def _next(letters: str) -> str:
    if not letters:
        return "a"
    head, last = letters[:-1], letters[-1]
    return _next(head) + "a" if last == "z" else head + chr(ord(last) + 1)


def _ranges(cites: Sequence[MadeCite], options: CitationOptions) -> Iterator[MadeCite]:
    """``[1]–[3]`` for three and more numbers in a row."""
    index, collapsed = 0, False
    while index < len(cites):
        end = index
        while end + 1 < len(cites) and _follow(cites[end], cites[end + 1]):
            end += 1
        collapsed = collapsed or bool(index and _ends_in_locator(cites[index - 1], cites[index]))
        yield replace(cites[index], joint=options.after_collapse_delimiter) if collapsed else cites[index]
        if end > index:
            yield replace(cites[end], joint="–") if end - index > 1 else cites[end]
        collapsed = end - index > 1
        index = end + 1


def _ends_in_locator(one: MadeCite, two: MadeCite) -> bool:
    """Whether a locator parts a number from the next, unless that follows it anyhow."""
    return bool(one.request.locator) and two.number != one.number + 1


def _follow(one: MadeCite, two: MadeCite) -> bool:
    return bool(one.number) and one.bare and two.bare and two.number == one.number + 1
