"""Dates of CSL-JSON, in every shape in which they come: parts, text, seasons, doubt, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paperbuild.csl.items.item import Date, DateParts

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_NO = frozenset(("", "0", "false", "no"))
_INTEGER = re.compile(r"\s*([+-]?\d+)(?:\.0*)?\s*\Z")
_LEADING_INTEGER = re.compile(r"\s*([+-]?\d+)")

_TIME = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}.*\Z")
_ISO = re.compile(r"(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?([?~%]*)\Z")
_OPEN = frozenset(("", "..", "open"))
_WORDS = re.compile(r"\d+|[^\W\d_]+|[^\s\w]|_")
_NUMERIC = re.compile(r"\d{1,4}(?:[-/.]\d{1,4}){1,2}\Z")
_DASH = re.compile(r"\s*[–—]\s*|\s+-+\s+|--")
_BARE_YEAR = re.compile(r"-?\d{1,4}\Z")
_DOUBT_BEFORE = re.compile(r"(?:[~≈]|\b(?:circa|ca|c)\b\.?|\bc(?=\d)|\babout\b)\s*", re.IGNORECASE)
_ORDINAL = frozenset(("st", "nd", "rd", "th"))
_NOISE = frozenset((",", ".", "of", "the"))
_ERAS = {"bc": -1, "bce": -1, "ad": 1, "ce": 1}
_DOTTED_ERA = re.compile(r"\b([ABC])\.\s?([CDE])\.(?:\s?([E])\.)?", re.IGNORECASE)


def read_date(value: Any) -> Date | None:
    """The date that a CSL-JSON value holds; None where it holds none. Raises nothing.

    ``date-parts`` come first, then ``raw``, then ``literal``; text that is no date becomes a literal
    (CSL 1.0.2, "Date Variables" of the data schema).
    """
    if isinstance(value, Mapping):
        return _from_mapping(value)
    if isinstance(value, str):
        return read_raw(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _from_parts([[value]])
    if isinstance(value, Sequence):
        return _from_parts(value)
    return None


def read_raw(text: str) -> Date | None:
    """The date that a text means, a literal where it means none that is known, None for no text.

    Read are ISO 8601 and EDTF (levels 0 and 1), English months and seasons, ranges and marks of doubt.
    """
    text = " ".join(text.split())
    if not text:
        return None
    if len(text) > 1 and text[0] == text[-1] == '"':
        return Date(literal=text[1:-1])
    cleaned = _TIME.sub("", text)
    return _range(cleaned) or _single(cleaned) or Date(literal=text)


def _from_mapping(value: Mapping[Any, Any]) -> Date | None:
    circa = str(value.get("circa", "")).strip().lower() not in _NO
    season = _season(value.get("season"))
    date = _from_parts(value.get("date-parts"), circa=circa, season=season)
    if date is not None:
        return date
    raw = value.get("raw")
    if isinstance(raw, str | int) and not isinstance(raw, bool):
        date = read_raw(str(raw))
    if date is None:
        literal = value.get("literal")
        date = Date(literal=literal.strip()) if isinstance(literal, str) and literal.strip() else None
    if date is not None and circa:
        date = Date(date.begin, date.end, date.open_end, True, date.literal)
    return date


def _from_parts(parts: Any, *, circa: bool = False, season: int = 0) -> Date | None:
    """One or two lists of year, month and day."""
    if not _is_list(parts) or not parts:
        return None
    if not _is_list(parts[0]):
        parts = [parts]
    begin = _parts(parts[0])
    if begin is None:
        return _written(parts[0])
    if season and not begin.month and not begin.season:
        begin = DateParts(begin.year, 0, 0, season)
    if len(parts) == 1:
        return Date(begin, circa=circa)
    end = _parts(parts[1]) if _is_list(parts[1]) else None
    return Date(begin, end, open_end=end is None, circa=circa)


def _written(parts: Sequence[Any]) -> Date | None:
    """A year that is no number is better printed as it is than lost."""
    year = parts[0] if parts else None
    return read_raw(year) if isinstance(year, str) and not _INTEGER.match(year) else None


def _parts(values: Sequence[Any]) -> DateParts | None:
    """A year, month and day; months from 13 on stand for seasons, and what cannot be is left out."""
    year, month, day = ([_number(value) for value in values[:3]] + [0, 0, 0])[:3]
    if not year:
        return None
    if 13 <= month <= 24:
        return DateParts(year, 0, 0, (month - 13) % 4 + 1)
    if not 1 <= month <= 12:
        return DateParts(year)
    return DateParts(year, month, day if 1 <= day <= 31 else 0)


def _number(value: Any) -> int:
    if isinstance(value, bool):
        return 0
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value == value // 1 else 0
    found = _INTEGER.match(value) if isinstance(value, str) else None
    return int(found[1]) if found else 0


def _season(value: Any) -> int:
    """The season's number, 0 for none; the names are those of English."""
    number = _number(value)
    if 13 <= number <= 24:
        return (number - 13) % 4 + 1
    if 1 <= number <= 4:
        return number
    return _SEASONS.get(value.strip().lower(), 0) if isinstance(value, str) else 0


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


# Text


def _range(text: str) -> Date | None:
    """Two dates with a sign between them, or a date and an open end."""
    for left, right in _halves(text):
        ends = _two_ends(left, right)
        if ends is not None:
            return ends
    return None


def _halves(text: str) -> Iterable[tuple[str, str]]:
    """Where the text may come apart, the likeliest place first."""
    slashes = text.count("/")
    if slashes % 2 and not (slashes == 1 and _is_short_slash(text)):
        at = _middle(text, slashes)
        yield text[:at].strip(), text[at + 1 :].strip()
    found = _DASH.search(text)
    if found:
        yield text[: found.start()].strip(), text[found.end() :].strip()
    if text.count("-") == 1 and not text.startswith("-") and not _ISO.match(text):
        left, right = text.split("-")
        yield left.strip(), right.strip()


def _is_short_slash(text: str) -> bool:
    """True for 5/2001 and 2001/5: a month and a year rather than two dates."""
    left, _, right = text.partition("/")
    return left.isdigit() and right.isdigit() and {len(left), len(right)} in ({1, 4}, {2, 4})


def _middle(text: str, slashes: int) -> int:
    at = -1
    for _ in range(slashes // 2 + 1):
        at = text.index("/", at + 1)
    return at


def _two_ends(left: str, right: str) -> Date | None:
    """The range between two texts, None where one of them is no date."""
    if left in _OPEN and right in _OPEN:
        return None
    end = None if right in _OPEN else _single(right, short=bool(left))
    if left in _OPEN:
        # A range without a beginning has no place in CSL-JSON: only ".." says that it is meant.
        known = end is not None and left == ".."
        return Date(None, end.begin, circa=end.circa) if known and end is not None else None
    begin = _single(left, beside=right)
    if begin is None or begin.begin is None:
        return None
    if right in _OPEN:
        return Date(begin.begin, open_end=True, circa=begin.circa)
    if end is None or end.begin is None:
        return None
    first, last = _complete(begin.begin, end.begin)
    return Date(first, last, circa=begin.circa or end.circa)


def _complete(begin: DateParts, end: DateParts) -> tuple[DateParts, DateParts]:
    """Both ends with what only one of them says: 5–7 May 2001, May–June 2001, 1999–05."""
    year = end.year
    if begin.year and 0 < end.year < 100 < begin.year and not end.month:
        year = begin.year - begin.year % 100 + end.year
    first = DateParts(begin.year or end.year, begin.month, begin.day, begin.season)
    last = DateParts(year or begin.year, end.month, end.day, end.season)
    if first.day and not first.month:
        first = DateParts(first.year, last.month, first.day)
    if last.day and not last.month:
        last = DateParts(last.year, first.month, last.day)
    return first, last


def _single(text: str, *, short: bool = False, beside: str = "") -> Date | None:
    """One date. ``short`` allows an end that says less, ``beside`` is the end from which a part is taken."""
    found = _ISO.match(text)
    if found and found[1] not in ("0000", "-0000"):
        parts = _parts([found[1], found[2], found[3]])
        return Date(parts, circa=bool(found[4])) if parts else None
    doubt = bool(_DOUBT_BEFORE.match(text)) or text.endswith(("?", "~", "%"))
    text = _DOUBT_BEFORE.sub("", text, count=1) if doubt else text
    text = text.rstrip("?~% ").removeprefix("[").removesuffix("]")
    parts = _numeric(text) or _worded(text, partial=short or bool(beside))
    return Date(parts, circa=doubt) if parts else None


def _numeric(text: str) -> DateParts | None:
    """2001/05/12, 5/12/2001, 5/2001 or a year alone; the month comes first where either could be."""
    if _BARE_YEAR.match(text):
        return DateParts(int(text)) if int(text) and (len(text) > 2 or text.startswith("-")) else None
    if not _NUMERIC.match(text):
        return None
    numbers = re.split(r"[-/.]", text)
    if len(numbers[0]) == 4:
        return _month_and_day(int(numbers[0]), numbers[1:])
    if len(numbers[-1]) == 4:
        # Points are written where the day comes first.
        rest = numbers[:-1][::-1] if "." in text else numbers[:-1]
        return _month_and_day(int(numbers[-1]), rest)
    return None


def _month_and_day(year: int, rest: Sequence[str]) -> DateParts | None:
    month, day = ([int(number) for number in rest] + [0])[:2]
    if month > 12 >= day > 0:
        month, day = day, month
    known = _parts([year, month, day])
    return known if known and (known.month or known.season) else None


def _worded(text: str, *, partial: bool) -> DateParts | None:
    """5 May 2001, May 5th, 2001, Spring 1999, 44 BC; None where a word is none of a date."""
    seen = _Words()
    for word in _WORDS.findall(_DOTTED_ERA.sub(r"\1\2\3", text)):
        if not seen.take(word.lower()):
            return None
    return seen.parts(partial=partial)


class _Words:
    """What the words of a date have said so far."""

    def __init__(self) -> None:
        self.month = self.season = self.era = 0
        self.numbers: list[str] = []

    def take(self, word: str) -> bool:
        """True where the word is one of a date."""
        if word.isdecimal():
            self.numbers.append(word)
            return len(self.numbers) <= 2
        if word in _ORDINAL:
            return bool(self.numbers)
        if word in _ERAS and not self.era:
            self.era = _ERAS[word]
            return True
        return word in _NOISE or self._take_name(word)

    def _take_name(self, word: str) -> bool:
        if self.month or self.season:
            return False
        self.season = _SEASONS.get(word, 0)
        self.month = _month(word)
        return bool(self.season or self.month)

    def parts(self, *, partial: bool) -> DateParts | None:
        """The date, None where a year is missing that is not said elsewhere."""
        year, day = self._year_and_day()
        if not year and not (partial and (day or self.month or self.season)):
            return None
        if day and not (self.month or partial):
            return None
        return DateParts(year * (self.era or 1), self.month, day, self.season)

    def _year_and_day(self) -> tuple[int, int]:
        years = [number for number in self.numbers if len(number) >= 3 or self.era]
        year = int(years[-1]) if years and len(years[-1]) <= 4 else 0
        days = [int(number) for number in self.numbers if len(number) <= 2 and int(number) != year]
        day = days[0] if days and 1 <= days[0] <= 31 else 0
        return year, day


def _month(word: str) -> int:
    """The number of a month that the word, of three letters at least, begins to name."""
    if len(word) < 3:
        return 0
    return next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(word)), 0)
