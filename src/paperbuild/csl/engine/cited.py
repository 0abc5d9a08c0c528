"""Items as citeproc-py wants them: their variables, and one item on its way through the layout."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from citeproc.source import Date, DateRange, LiteralDate, Name, VariableError

from paperbuild.csl.items import Item, When
from paperbuild.csl.items import Name as Person
from paperbuild.csl.positions import Position


class Fields(dict[str, Any]):
    """An item's variables as citeproc-py looks them up: ``-`` written as ``_``, hidden ones missing."""

    type = "document"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.hidden: set[str] = set()
        """Variables that stood for missing names, and are not printed again."""
        self.used: set[str] = set()
        """Variables printed since this was last emptied."""
        self.found = self.missed = self.held = 0
        """How often a variable was there, was not there, and was hidden, when an element asked for it."""

    def __contains__(self, name: object) -> bool:
        return name not in self.hidden and super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """The variable's value; this does not count as printing it."""
        return super().get(name, default) if name in self else default

    @property
    def language(self) -> str:
        """The item's language; it is asked for, but never printed."""
        language = super().get("language")
        if not language:
            raise VariableError
        return str(language)

    def __getitem__(self, name: str) -> Any:
        name = name.replace("-", "_")
        if name not in self:
            self.missed += name != "year_suffix"
            self.held += name in self.hidden
            raise VariableError
        self.found += 1
        self.used.add(name)
        return super().__getitem__(name)

    __getattr__ = __getitem__


@dataclass(slots=True)
class Cited:
    """What citeproc-py calls a citation item: one item on its way through the layout."""

    key: str
    reference: Fields
    number: int
    """Its number in the reference list."""
    position: Position = field(default_factory=Position)
    place: Any = None
    """citeproc-py's Locator, or None."""
    bibliography: bool = False
    """True where the reference list is set, not a citation."""
    hide_author: bool = False
    author_done: bool = False
    """True once the first names are set: those after them are not the author's."""
    more_names: int = 0
    """How many names are shown beyond the style's number, to tell the item from others."""
    told_apart: bool = False
    """What the condition ``disambiguate`` tests."""
    sorting: dict[str, Any] = field(default_factory=dict)
    """Options for names while a sort key is made; empty otherwise."""

    @property
    def has_locator(self) -> bool:
        """True where the cite says a page or the like."""
        return self.place is not None

    @property
    def locator(self) -> Any:
        """The page or the like."""
        if self.place is None:
            raise VariableError
        return self.place

    def __contains__(self, name: str) -> bool:
        return name == "locator" and self.has_locator

    def __getitem__(self, name: str) -> Any:
        return self.reference[name]

    def get_field(self, name: str) -> Any:
        """The variable's value, or None."""
        return self.reference.get(name.replace("-", "_"))


def fields_of(item: Item) -> dict[str, Any]:
    result: dict[str, Any] = {name.replace("-", "_"): value for name, value in item.text.items()}
    result |= {name.replace("-", "_"): list(map(_person, people)) for name, people in item.names.items()}
    result |= {name.replace("-", "_"): _when(when) for name, when in item.dates.items()}
    if "page" in result:
        result["page"] = re.sub("-{2,3}|—", "-", result["page"])
        result.setdefault("page_first", re.split("[-–,]", result["page"])[0].strip())
    return result


def _person(person: Person) -> Any:
    if person.literal:
        return Name(literal=person.family)
    parts = {
        "family": person.family,
        "given": person.given,
        "dropping-particle": person.dropping,
        "non-dropping-particle": person.non_dropping,
        "suffix": person.suffix,
    }
    return Name(**{name: value for name, value in parts.items() if value})


def _when(when: When) -> Any:
    if not when.begin:
        return LiteralDate(when.literal, circa=when.circa)
    begin = _day(when.begin, when.season)
    if when.end is None:
        begin["circa"] = when.circa
        return begin
    ends = {"end": _day(when.end, 0)} if when.end else {}
    return DateRange(begin=begin, circa=when.circa, **ends)


def _day(parts: tuple[int, ...], season: int) -> Any:
    values = dict(zip(("year", "month", "day"), parts, strict=False))
    return Date(**values, **({"season": season} if season else {}))
