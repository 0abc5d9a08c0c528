"""When a paper was published and who wrote it, in the parts that citations and metadata are made of."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import icu

from paperbuild.csl.items.dates import read_raw
from paperbuild.csl.items.item import DateParts
from paperbuild.dates import written
from paperbuild.model import Author, ResolvedDocument
from paperbuild.pandoc import ast

_NUMERIC = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년](?:\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?)?")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_SUFFIX = re.compile(r"(?:Jr|Sr|Jnr|Snr)\.?|I{2,3}|IV", re.IGNORECASE)
_DEGREE = re.compile(r",\s*(?:Ph\.?D|[MJ]\.?D|[BM]\.?A|[BM]\.?Sc|LL\.?[BMD]|Ed\.?D)\.?(?=,|$)", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\b\.?\s+)+", re.IGNORECASE)
_ORCID = re.compile(r"(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?\Z", re.IGNORECASE)
_GROUP = frozenset(
    "academy agency association authority board bureau center centre collective college commission committee "
    "company consortium council department editors foundation government group inc institute institut "
    "laboratory ltd ministry network office organisation organization project school society staff team "
    "university universität université universidad universidade union working".split()
)
"""Words that are in names of bodies, and in no person's."""
_ARTICLES = frozenset(("the", "les", "die", "los"))
_FAMILY_FIRST = ("CJK UNIFIED", "HANGUL", "HIRAGANA", "KATAKANA")
"""Scripts in whose names, and only where they are written in it, the family name stands first."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote a paper: a person, or a body, which has only ``name``."""

    name: str
    """As it is printed."""
    family: str = ""
    """With its particle: ``van Gogh``. Empty for a body, and for a person with one name."""
    given: str = ""
    suffix: str = ""
    """``Jr.``, ``III``"""
    affiliations: tuple[str, ...] = ()
    orcid: str = ""
    """``0000-0002-1825-0097``; empty where none is given, and for one that can't be."""
    body: bool = False
    """True for an organisation."""

    @property
    def inverted(self) -> str:
        """``Family, Given, Suffix``; the name as printed where it has no parts."""
        return ", ".join(filter(None, (self.family, self.given, self.suffix))) if self.family else self.name

    @property
    def csl(self) -> dict[str, str]:
        """The name as CSL-JSON has it."""
        if not self.family:
            return {"literal": self.name}
        parts = {"family": self.family, "given": self.given, "suffix": self.suffix}
        return {key: text for key, text in parts.items() if text}


def published(document: ResolvedDocument) -> DateParts | None:
    """The date in the front matter: year, and month, day or season where they are said.

    Read is what ``csl`` reads of a bibliography's dates, and dates with the months' names in the document's
    language or English. None where there is no date, or none can be made of it; of a range, the beginning.
    """
    text = " ".join(ast.plain(document.front.date).split())
    found = _read(text, document.lang)
    return found if found and found.year > 0 else None


def iso(date: DateParts) -> str:
    """The date as ``2024``, ``2024-05`` or ``2024-05-12`` (ISO 8601; schema.org's Date)."""
    return "-".join(_digits(date))


def slashed(date: DateParts) -> str:
    """The date as ``2024``, ``2024/05`` or ``2024/05/12``, as Google Scholar's guidelines want it."""
    return "/".join(_digits(date))


def dated(document: ResolvedDocument) -> str:
    """The date as the page shows it: as the manuscript has it, or in words where it has digits."""
    return written(ast.plain(document.front.date).strip(), document.lang)


def people(document: ResolvedDocument) -> tuple[Person, ...]:
    """The authors, their names taken apart as the front matter does, or else as names are usually written."""
    return tuple(_person(author) for author in document.front.authors)


def _digits(date: DateParts) -> Iterator[str]:
    yield f"{date.year:04}"
    if date.month:
        yield f"{date.month:02}"
        if date.day:
            yield f"{date.day:02}"


# -- dates


def _read(text: str, lang: str) -> DateParts | None:
    numeric = _NUMERIC.match(text)
    if numeric and _day_comes_first(lang):
        text = ".".join(numeric.groups())
    date = read_raw(text)
    found = date.begin if date and date.begin else _worded(text, lang)
    return _existing(found) if found else None


def _worded(text: str, lang: str) -> DateParts | None:
    """A date in another language or with words around it: its only year, and beside a month's name a day."""
    if found := _EAST_ASIAN.search(text):
        year, month, day = (int(part or 0) for part in found.groups())
        return DateParts(year, month, day)
    pieces = _PIECE.findall(text.casefold())
    numbers = [piece for piece in pieces if piece.isdecimal()]
    years = {int(number) for number in numbers if len(number) == 4}
    if len(years) != 1:
        return None
    names = _months(lang) | _months("en")
    month = next((names[piece] for piece in pieces if piece in names), 0)
    days = [int(number) for number in numbers if len(number) <= 2] if month else []
    return DateParts(years.pop(), month, days[0] if days else 0)


def _existing(date: DateParts) -> DateParts:
    """The date without a month or day that no calendar has."""
    if not 1 <= date.month <= 12:
        return replace(date, month=0, day=0)
    last = calendar.monthrange(2000 if date.year % 4 == 0 else 2001, date.month)[1]
    return date if 0 <= date.day <= last else replace(date, day=0)


@cache
def _months(lang: str) -> dict[str, int]:
    """The numbers of the months by their names in a language, whole and short, in lower case."""
    symbols = icu.DateFormatSymbols(icu.Locale.forLanguageTag(lang or "en"))
    contexts = (icu.DateFormatSymbols.FORMAT, icu.DateFormatSymbols.STANDALONE)
    widths = (icu.DateFormatSymbols.WIDE, icu.DateFormatSymbols.ABBREVIATED)
    return {
        name.casefold().rstrip("."): number
        for context in contexts
        for width in widths
        for number, name in enumerate(symbols.getMonths(context, width), 1)
    }


@cache
def _day_comes_first(lang: str) -> bool:
    """Whether 3/4/2024 is a day of April where this language is written (CLDR's short date)."""
    locale = icu.Locale.forLanguageTag(lang or "en")
    pattern = icu.DateFormat.createDateInstance(icu.DateFormat.kShort, locale).toPattern()
    return bool(re.search("d.*M", pattern))


# -- names


def _person(author: Author) -> Person:
    name = " ".join(author.name.split())
    person = Person(name, affiliations=author.affiliations, orcid=_orcid(author.orcid))
    if author.family:
        return replace(person, family=author.family, given=author.given)
    if _is_body(name):
        return replace(person, body=True)
    bare = _ADDRESS.sub("", _DEGREE.sub("", name))
    family, given, suffix = _inverted(bare) if "," in bare else _split(bare)
    return replace(person, family=family, given=given, suffix=suffix) if family and given else person


def _is_body(name: str) -> bool:
    words = [word.strip(",.&").casefold() for word in name.split()]
    return len(words) > 1 and (words[0] in _ARTICLES or not _GROUP.isdisjoint(words))


def _inverted(name: str) -> tuple[str, str, str]:
    """The parts of ``Family, Given``, ``Family, Given, Jr.`` and ``Given Family, Jr.``"""
    first, *rest = (part.strip() for part in name.split(","))
    suffix = rest.pop() if _SUFFIX.fullmatch(rest[-1]) else ""
    if not rest:
        return (*_split(first)[:2], suffix)
    return (first, rest[0], suffix) if len(rest) == 1 else ("", "", "")


def _split(name: str) -> tuple[str, str, str]:
    """The parts of ``Given Family``: the family's are the last word and those in lower case before it."""
    words = name.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    if len(words) < 2:
        return "", "", ""
    if all(unicodedata.name(letter, "").startswith(_FAMILY_FIRST) for letter in "".join(words)):
        return words[0], " ".join(words[1:]), suffix
    start = len(words) - 1
    while start > 0 and words[start - 1][0].islower():
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start]), suffix


def _orcid(given: str) -> str:
    """The identifier in what is given, an address perhaps, if its check digit is right (ISO 7064, 11-2)."""
    found = _ORCID.search(given.strip())
    if not found:
        return ""
    digits = found[1].upper().replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return found[1].upper() if digits[-1] == ("X" if check == 10 else str(check)) else ""
