"""Which fonts a page is set with: the packages' own, and from the machine only what these lack."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from paperbuild.fonts import coverage, machine
from paperbuild.fonts.families import FAMILIES, GENERIC, family
from paperbuild.fonts.text import drawn, script, told
from paperbuild.model import Finding

_REMEDY = "name a family that comes with paperbuild (docs/fonts.md lists them)"


@dataclass(frozen=True, slots=True)
class Choice:
    """The fonts of one page."""

    files: tuple[Path, ...]
    """Every font's file."""
    findings: tuple[Finding, ...] = ()


def missing(text: str, names: Iterable[str]) -> Mapping[str, int]:
    """The characters of a text that none of these families has, and how often each stands there.

    Families are named as in CSS, generic ones too; one that no package brings counts as having nothing.
    """
    left = drawn(text)
    for name in _expanded(names):
        if not left:
            break
        found = family(name)
        left = _without(left, coverage.of(found)) if found else left
    return left


def chosen(
    text: str, lists: Sequence[Sequence[str]], drawings: Mapping[str, str] = MappingProxyType({})
) -> Choice:
    """The fonts for a page with this text and these ``font-family`` lists, the body's first. ``drawings`` are
    the texts in its pictures, by the pictures' names."""
    files = [path for each in FAMILIES for path in each.files()]
    taken = [found for found in map(machine.named, _asked_of_machine(lists)) if found]
    files += [path for found in taken for path in found.files]
    had = frozenset().union(*(coverage.of_file(path) for found in taken for path in found.files))
    whole = "\n".join([text, *drawings.values()])
    left = _without(missing(whole, [each.name for each in FAMILIES]), had)
    borrowed, nowhere = _borrowed(left)
    files += [path for name in borrowed for path in name.files]
    return Choice(
        tuple(dict.fromkeys(files)),
        (
            *_of_machine(taken),
            *_lent(borrowed),
            *_nowhere(_shared(nowhere, text), "there"),
            *(
                finding
                for name, words in drawings.items()
                for finding in _nowhere(_shared(nowhere, words), f"in the picture {name[:80]}")
            ),
            *_mixed(text, lists),
        ),
    )


def _asked_of_machine(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The families that a list names before one that a package brings: only these can come to be used."""
    names: dict[str, None] = {}
    for choice in lists:
        for name in choice:
            if name.casefold() in GENERIC or family(name):
                break
            names[name] = None
    return tuple(names)


def _expanded(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from GENERIC.get(name.casefold(), (name,))


def _without(characters: Mapping[str, int], had: frozenset[int]) -> Counter[str]:
    return Counter({each: count for each, count in characters.items() if ord(each) not in had})


def _borrowed(left: Mapping[str, int]) -> tuple[dict[machine.Found, Counter[str]], Counter[str]]:
    """What each font of the machine's lends, as few fonts as a first look finds; and what none has."""
    lent: dict[machine.Found, Counter[str]] = {}
    nowhere: Counter[str] = Counter()
    for character, count in sorted(left.items()):
        known = (each for each in lent if ord(character) in coverage.of_file(each.files[0]))
        found = next(known, None) or machine.having(character)
        if found is None:
            nowhere[character] = count
        else:
            lent.setdefault(found, Counter())[character] = count
    return lent, nowhere


def _of_machine(taken: Iterable[machine.Found]) -> Iterator[Finding]:
    for found in taken:
        said = f"the font {found.family} is this machine's: on another one the pages may be different"
        yield Finding("info", "fonts", said, hint=_REMEDY, format="pdf")


def _lent(borrowed: Mapping[machine.Found, Mapping[str, int]]) -> Iterator[Finding]:
    for found, characters in borrowed.items():
        said = f"only this machine's font {found.family} has {told(characters)}"
        yield Finding("warning", "fonts", said, hint="on another machine the page may lack it", format="pdf")


def _shared(characters: Mapping[str, int], text: str) -> Counter[str]:
    """Those of the characters that stand in the text, and how often."""
    return Counter({each: count for each, count in drawn(text).items() if each in characters})


def _nowhere(characters: Mapping[str, int], where: str) -> Iterator[Finding]:
    for name, those in _by(characters, script).items():
        said = f"no font has {told(those)}: an empty box stands {where}"
        hint = f"install a font for it (script: {name}), such as one of the Noto fonts"
        yield Finding("warning", "fonts", said, hint=hint, format="pdf")


def _mixed(text: str, lists: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """A remark on letters that stand in another typeface than the letters beside them: those of a script that
    the text's own font has only in part."""
    own = next((found for name in (lists[0] if lists else ()) if (found := family(name))), None)
    if own is None:
        return
    had = coverage.of(own)
    letters = {each: count for each, count in drawn(text).items() if each.isalpha()}
    for name, those in _by(letters, script).items():
        lacking = _without(those, had)
        if lacking and len(lacking) < len(those) and name != "Common":
            said = f"{own.name} lacks {told(lacking)}: taken from another font"
            yield Finding("info", "fonts", said, format="pdf")


def _by(characters: Mapping[str, int], key: Callable[[str], str]) -> dict[str, Counter[str]]:
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each, count in sorted(characters.items()):
        groups[key(each)][each] = count
    return groups
