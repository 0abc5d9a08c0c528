"""CSL-JSON items, read once into records in which nothing is left to guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import marked

_NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editor-translator editorial-director executive-producer guest host illustrator interviewer narrator "
    "organizer original-author performer producer recipient reviewed-author script-writer series-creator "
    "translator".split()
)
_DATES = frozenset("accessed available-date event-date issued original-date submitted container".split())
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
_RAW = frozenset({"URL", "DOI", "ISBN", "ISSN", "PMID", "PMCID", "language"})
_ISO = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=$|[T/~?% ])")


@dataclass(frozen=True, slots=True)
class Name:
    """A person or an institution. An institution, and a person of one name, has only ``family``."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    literal: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A date or a range of dates."""

    begin: tuple[int, ...] = ()
    """Year, month, day, as far as they are known."""
    end: tuple[int, ...] | None = None
    """The same for a range; an empty tuple for one that is still open."""
    season: int = 0
    circa: bool = False
    literal: str = ""
    """What is printed where the date could not be understood."""


@dataclass(frozen=True, slots=True)
class Item:
    """One work. Text is in marked strings (see ``marked``); nothing empty is kept."""

    key: str
    type: str
    text: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: Mapping[str, When] = field(default_factory=dict)

    def year(self) -> str:
        """The year it was published, or an empty string."""
        when = self.dates.get("issued", When())
        return str(when.begin[0]) if when.begin else when.literal

    def short(self) -> str:
        """Authors, or the title, and the year."""
        people = self.names.get("author") or self.names.get("editor") or ()
        who = ", ".join(name.family for name in people) or self.text.get("title", "")
        return ", ".join(part for part in (who, self.year()) if part) or self.key

    def plain(self) -> str:
        """Authors, year and title, for where a style cannot be applied."""
        people = self.names.get("author") or self.names.get("editor") or ()
        parts = (", ".join(name.family for name in people), self.year(), self.text.get("title", ""))
        return ". ".join(part for part in parts if part) or self.key


def read_item(key: str, data: Mapping[str, Any]) -> Item:
    """The item of this key; what cannot be understood is left out."""
    text: dict[str, str] = {}
    names: dict[str, tuple[Name, ...]] = {}
    dates: dict[str, When] = {}
    for name, value in data.items():
        variable = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short"}.get(
            name, name
        )
        if variable in {"id", "type"} or value in (None, "", [], {}):
            continue
        if variable in _NAMES:
            people = tuple(filter(None, map(_name, value if isinstance(value, list) else [value])))
            if people:
                names[variable] = people
        elif variable in _DATES:
            when = _date(value)
            if when.begin or when.literal:
                dates[variable] = when
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
            written = str(value).strip()
            marks = marked.strip(written) if variable in _RAW else marked.from_markup(written)
            text[variable] = marked.guarded(marks)
    return Item(key, str(data.get("type") or "document"), {k: v for k, v in text.items() if v}, names, dates)


def _name(value: Any) -> Name | None:
    if isinstance(value, str):
        value = {"literal": value}
    if not isinstance(value, Mapping):
        return None
    family, given, dropping, non_dropping, suffix = (
        marked.from_markup(str(value.get(part) or "").strip()) for part in _NAME_PARTS
    )
    literal = marked.from_markup(str(value.get("literal") or "").strip())
    if literal and not family:
        return Name(literal, literal=True)
    if not family:
        return Name(given, literal=True) if given else None
    return Name(family, given, dropping, non_dropping, suffix)


def _date(value: Any) -> When:
    if isinstance(value, (str, int)):
        value = {"raw": str(value)}
    if not isinstance(value, Mapping):
        return When()
    parts = [tuple(_numbers(row)) for row in value.get("date-parts") or [] if isinstance(row, (list, tuple))]
    season = _number(value.get("season")) or 0
    circa = bool(value.get("circa"))
    if parts and parts[0]:
        end = parts[1] if len(parts) > 1 else None
        return _seasoned(When(parts[0], end if end != parts[0] else None, season, circa))
    literal = str(value.get("literal") or value.get("raw") or "").strip()
    found = [_ISO.fullmatch(side.strip().rstrip("~?%")) for side in literal.split("/")] if literal else []
    if found and all(found) and len(found) <= 2:
        sides = [tuple(int(part) for part in side.groups() if part) for side in found if side]
        return _seasoned(When(sides[0], sides[1] if len(sides) > 1 else None, season, circa))
    return When(literal=marked.from_markup(literal), circa=circa)


def _seasoned(when: When) -> When:
    """The date with EDTF's seasons (month 21 to 24, or 13 to 16) as CSL has them, and possible numbers."""
    begin, season = when.begin, when.season
    if len(begin) > 1 and not 1 <= begin[1] <= 12:
        month = begin[1]
        season = month - 20 if 21 <= month <= 24 else month - 12 if 13 <= month <= 16 else season
        begin = begin[:1]
    if len(begin) > 2 and not 1 <= begin[2] <= 31:
        begin = begin[:2]
    end = when.end
    if end and len(end) > 1 and not 1 <= end[1] <= 12:
        end = end[:1]
    return When(begin, end, season, when.circa, when.literal)


def _numbers(row: Any) -> list[int]:
    """The leading numbers of a row of date parts."""
    result: list[int] = []
    for part in list(row)[:3]:
        number = _number(part)
        if number is None:
            break
        result.append(number)
    return result


def _number(part: Any) -> int | None:
    try:
        return int(str(part).strip())
    except ValueError:
        return None
