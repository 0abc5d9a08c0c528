"""``subsequent-author-substitute``: names that the entry before has (CSL 1.0.2, "Reference Grouping")."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from paperbuild.csl.style.nodes import BibliographyOptions
from paperbuild.csl.text.surgery import exchange, find, instead, nodes
from paperbuild.csl.text.tree import Child, Rich, plain

from .authors import named


def substitute_authors(entries: Sequence[Child], options: BibliographyOptions) -> list[Child]:
    """The entries, with repeated names replaced as the style says."""
    mark = options.subsequent_author_substitute
    if mark is None:
        return list(entries)
    rule = _RULES.get(options.subsequent_author_substitute_rule, _complete_all)
    made: list[Child] = []
    before: Rich | None = None
    for entry in entries:
        names = _first(entry)
        if names is not None and before is not None:
            same_text = not _persons(before) and not _persons(names) and plain(before) == plain(names)
            new = mark if same_text else rule(before, names, mark)
            made.append(entry if new is names else instead(entry, names, new))
        else:
            made.append(entry)
        before = names
    return made


def _first(entry: Child) -> Rich | None:
    """The names that the entry begins with, or what stands in for them."""
    found = named(entry)
    if found is not None and found.tag == "substitute":
        return find(found, "names") or found
    return found


def _persons(names: Rich) -> list[Rich]:
    return [node for node in nodes(names) if node.tag == "name"]


def _complete_all(before: Rich, names: Rich, mark: str) -> Child:
    """All names at once, where all of them are the same; a label stays."""
    if not _persons(names) or [plain(n) for n in _persons(before)] != [plain(n) for n in _persons(names)]:
        return names
    if not mark:
        return exchange(names, _drop_persons) or ""
    lists = [node for node in nodes(names) if node.tag == "persons"]
    return exchange(names, lambda n: n if n not in lists else mark if n is lists[0] else None) or ""


def _drop_persons(node: Rich) -> Rich | None:
    return None if node.tag == "persons" else node


def _each(count: int) -> Callable[[Rich, str], Child]:
    def change(names: Rich, mark: str) -> Child:
        replaced = _persons(names)[:count]
        return (
            exchange(names, lambda n: (Rich((mark,), tag="name") if mark else None) if n in replaced else n)
            or ""
        )

    return change


def _complete_each(before: Rich, names: Rich, mark: str) -> Child:
    """Each name, where all of them are the same."""
    same = [plain(n) for n in _persons(before)] == [plain(n) for n in _persons(names)]
    return _each(len(_persons(names)))(names, mark) if same else names


def _shared(before: Rich, names: Rich) -> int:
    count = 0
    for one, two in zip(_persons(before), _persons(names), strict=False):
        if plain(one) != plain(two):
            break
        count += 1
    return count


def _partial_each(before: Rich, names: Rich, mark: str) -> Child:
    """Each name up to the first that differs."""
    count = _shared(before, names)
    return _each(count)(names, mark) if count else names


def _partial_first(before: Rich, names: Rich, mark: str) -> Child:
    """The first name, where it is the same."""
    return _each(1)(names, mark) if _shared(before, names) else names


_RULES = {
    "complete-all": _complete_all,
    "complete-each": _complete_each,
    "partial-each": _partial_each,
    "partial-first": _partial_first,
}
