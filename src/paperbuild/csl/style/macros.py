"""What a style's macros hold, found before any of them is compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from paperbuild.csl.records import StyleError

from .element import Element

_LETTERED = ("year-suffix", "citation-label")
"""Variables that show the letters after a year."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What stands in an element, and in the macros that it calls."""

    names: bool = False
    """``cs:names``: what it means depends on options that it inherits."""
    bare: bool = False
    """A ``cs:names`` without ``cs:name``: inside ``cs:substitute`` it takes that of another."""
    disambiguate: bool = False
    """A condition that asks whether cites would read the same."""
    letters: bool = False
    """A place of its own for the letters after a year."""


@dataclass(frozen=True, slots=True)
class Macros:
    """The ``cs:macro`` elements of a style. ``where`` stands in errors."""

    elements: Mapping[str, Element]
    where: str
    known: dict[str, Holds] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)
    """The macros that are being looked at, to find one that calls itself."""

    def of(self, name: str) -> Holds:
        """What a macro holds. Raises StyleError where it or one that it calls is missing or calls itself."""
        if name in self.known:
            return self.known[name]
        if name not in self.elements:
            raise StyleError(f"the style calls the macro {name!r}, which it does not have", where=self.where)
        if name in self.called:
            raise StyleError(f"the style's macro {name!r} calls itself", where=self.where)
        self.called.append(name)
        self.known[name] = self.within((self.elements[name],))
        self.called.pop()
        return self.known[name]

    def within(self, outer: Iterable[Element]) -> Holds:
        """What some elements hold. Raises StyleError as ``of`` does."""
        names = bare = disambiguate = letters = False
        calls: set[str] = set()
        for element in (inner for one in outer for inner in one.inside()):
            given = element.attrib
            if element.name == "names":
                names, bare = True, bare or element.find("name") is None
            elif element.name == "text" and given.get("variable") in _LETTERED:
                letters = True
            if "macro" in given:
                calls.add(given["macro"])
            disambiguate = disambiguate or "disambiguate" in given
        inner = [self.of(name) for name in sorted(calls)]
        return Holds(
            names or any(one.names for one in inner),
            bare or any(one.bare for one in inner),
            disambiguate or any(one.disambiguate for one in inner),
            letters or any(one.letters for one in inner),
        )
