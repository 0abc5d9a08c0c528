"""Dates as a style prints them, and as it sorts them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from paperbuild.csl.items.item import Date, DateParts
from paperbuild.csl.render.numbers import ordinal
from paperbuild.csl.style import nodes
from paperbuild.csl.text.case import change
from paperbuild.csl.text.tree import PLAIN, Child, Format, Rich

_ORDER = ("year", "month", "day")
ALL_PARTS = frozenset(_ORDER)
_MONTH_NAMES = tuple(f"month-{month:02d}" for month in range(13))
_SEASON_NAMES = tuple(f"season-{season:02d}" for season in range(5))
_NOTHING = DateParts()
_CLOSING = (")", "]", "}")


def render_date(node: nodes.Date, date: Date, locale: nodes.Locale) -> Child | None:
    """The date as ``cs:date`` asks for it, None where nothing of it is printed.

    The node is tagged ``date`` with the variable's name, its parts ``year``, ``month`` and ``day``;
    a literal stands in the year's place, tagged ``date-literal``. Of a range, the parts that both ends
    share are printed once (CSL 1.0.2, "Date" and "Date Ranges").
    """
    children = _literal(node, date, locale) if _is_literal(date) else _dated(node, date, locale)
    if not children:
        return None
    rich = Rich(children, node.format, "date", node.variable)
    return change(rich, node.text_case, locale.lang) if node.text_case else rich


def shown_parts(node: nodes.Date) -> frozenset[str]:
    """The names of the parts that the element prints."""
    return frozenset([part.name for part in node.parts])


def sort_value(date: Date | None, parts: Collection[str] = ALL_PARTS) -> tuple[int, ...] | None:
    """What a date is sorted by, None where there is no date: begin before end, missing parts first.

    ``parts`` are those that count: for a macro, those that its ``cs:date`` prints (CSL 1.0.2, "Sorting").
    """
    if date is None or (date.begin is None and date.end is None):
        return None
    return (*_sort_parts(date.begin or _NOTHING, parts), *_sort_parts(date.end or _NOTHING, parts))


def sort_text(date: Date | None, parts: Collection[str] = ALL_PARTS) -> str:
    """``sort_value`` as a text that compares in the same way: what a macro puts into a key among others.

    Empty where there is no date.
    """
    value = sort_value(date, parts)
    if value is None:
        return ""
    # Years before the common era are negative, which texts cannot compare.
    return "".join(
        [f"{100000 + number:06d}" if at % 3 == 0 else f"{number:02d}" for at, number in enumerate(value)]
    )


def _sort_parts(date: DateParts, parts: Collection[str]) -> tuple[int, int, int]:
    """Year, month and day; seasons do not count."""
    return (
        date.year if "year" in parts else 0,
        date.month if "month" in parts else 0,
        date.day if "day" in parts else 0,
    )


def _is_literal(date: Date) -> bool:
    return date.begin is None and date.end is None


def _literal(node: nodes.Date, date: Date, locale: nodes.Locale) -> tuple[Child, ...]:
    """A date that is only text stands where the year would; without a year it has no place."""
    if not date.literal:
        return ()
    for part in node.parts:
        if part.name == "year":
            text = change(date.literal, part.text_case, locale.lang) if part.text_case else date.literal
            return (Rich((text,), part.format, "date-literal"),)
    return ()


def _dated(node: nodes.Date, date: Date, locale: nodes.Locale) -> tuple[Child, ...]:
    if date.begin is None:
        parts = _parts(node.parts, date.end or _NOTHING, locale)
        return (_widest(node.parts, date.end or _NOTHING).range_delimiter, *parts) if parts else ()
    if date.open_end:
        return _open(node, date.begin, locale)
    if date.end is None or date.end == date.begin:
        return tuple(_parts(node.parts, date.begin, locale))
    return _collapsed(node, date.begin, date.end, locale)


# Ranges


def _collapsed(node: nodes.Date, begin: DateParts, end: DateParts, locale: nodes.Locale) -> tuple[Child, ...]:
    """A range: twice what is as small as the largest part that differs, the rest once."""
    differing = _differing(node.parts, begin, end)
    if differing is None:
        return tuple(_parts(node.parts, begin, locale))
    level = _ORDER.index(differing.name)
    twice = [at for at, part in enumerate(node.parts) if _ORDER.index(part.name) >= level]
    first, last = twice[0], twice[-1] + 1
    left = _parts(node.parts[first:last], begin, locale)
    right = _parts(node.parts[first:last], end, locale)
    if len(left) == len(right) == 1 and _era(begin.year) == _era(end.year):
        # 50–40 BC: the era belongs to both years.
        left = _parts(node.parts[first:last], begin, locale, era=False)
    span = _joined(node.format.delimiter, left, differing.range_delimiter, right)
    return (
        *_parts(node.parts[:first], begin, locale),
        *span,
        *_parts(node.parts[last:], begin, locale),
    )


def _joined(delimiter: str, left: list[Child], between: str, right: list[Child]) -> tuple[Child, ...]:
    """Both ends with what stands between them, free of the affixes that would stand there too."""
    if not left or not right:
        return tuple(left or right)
    left[-1] = _without(left[-1], suffix=True)
    right[0] = _without(right[0], suffix=False)
    inside = _delimited(delimiter)
    children: list[Child] = [Rich(tuple(left), inside) if len(left) > 1 else left[0]]
    if between:
        children.append(between)
    children.append(Rich(tuple(right), inside) if len(right) > 1 else right[0])
    return (Rich(tuple(children)),)


def _open(node: nodes.Date, begin: DateParts, locale: nodes.Locale) -> tuple[Child, ...]:
    """A range that goes on: the delimiter follows what is known, in the place of a suffix."""
    children = _parts(node.parts, begin, locale)
    if not children:
        return ()
    last = children[-1]
    if isinstance(last, Rich):
        ending = _ending(last.format, _widest(node.parts, begin).range_delimiter)
        children[-1] = Rich(last.children, ending, last.tag, last.data)
    return tuple(children)


def _differing(parts: Sequence[nodes.DatePart], begin: DateParts, end: DateParts) -> nodes.DatePart | None:
    """The largest part in which the ends differ; with one that only one end knows, the one above it."""
    above: nodes.DatePart | None = None
    for part in _by_size(parts):
        first, second = _known(part.name, begin), _known(part.name, end)
        if first != second:
            return part if (any(first) and any(second)) or above is None else above
        if any(first):
            above = part
    return None


def _widest(parts: Sequence[nodes.DatePart], date: DateParts) -> nodes.DatePart:
    """The largest part that is printed."""
    return next((part for part in _by_size(parts) if any(_known(part.name, date))), parts[0])


def _by_size(parts: Sequence[nodes.DatePart]) -> Iterator[nodes.DatePart]:
    for name in _ORDER:
        for part in parts:
            if part.name == name:
                yield part


def _known(name: str, date: DateParts) -> tuple[int, int]:
    """What a date says for a part, zeros for nothing; a season takes the month's place."""
    if name == "year":
        return date.year, 0
    if name == "day":
        return date.day, 0
    return date.month, 0 if date.month else date.season


def _without(child: Child, *, suffix: bool) -> Child:
    if isinstance(child, str):
        return child
    return Rich(child.children, _bare(child.format, suffix), child.tag, child.data)


@lru_cache(maxsize=512)
def _bare(look: Format, suffix: bool) -> Format:
    return replace(look, suffix="") if suffix else replace(look, prefix="")


@lru_cache(maxsize=512)
def _ending(look: Format, text: str) -> Format:
    # A bracket that is open has to be closed; any other suffix belongs to the end that is missing.
    return replace(look, suffix=text + (look.suffix if look.suffix[:1] in _CLOSING else ""))


@lru_cache(maxsize=512)
def _of_season(look: Format) -> Format:
    # 月 and 월 are the word "month" behind its number, which a season has not.
    return replace(look, suffix="") if look.suffix.strip()[:1].isalpha() else look


@lru_cache(maxsize=128)
def _delimited(delimiter: str) -> Format:
    """A plain format with a delimiter."""
    return Format(delimiter=delimiter) if delimiter else PLAIN


# Parts


def _parts(
    parts: Sequence[nodes.DatePart], date: DateParts, locale: nodes.Locale, *, era: bool = True
) -> list[Child]:
    """The parts that the date has, in the order of the style."""
    children: list[Child] = []
    for part in parts:
        text = _text(part, date, locale, era)
        if text:
            child = change(text, part.text_case, locale.lang) if part.text_case else text
            look = part.format
            if date.season and part.name == "month" and part.form.startswith("numeric"):
                look = _of_season(look)
            children.append(Rich((child,), look, part.name))
    return children


def _text(part: nodes.DatePart, date: DateParts, locale: nodes.Locale, era: bool) -> str:
    if part.name == "year":
        return _year(part, date.year) + _era_term(date.year, era, locale) if date.year else ""
    if part.name == "month":
        return _month(part, date, locale)
    return _day(part, date, locale) if date.day else ""


def _year(part: nodes.DatePart, year: int) -> str:
    text = str(abs(year))
    return text[-2:] if part.form == "short" and year > 0 and len(text) == 4 else text


def _era(year: int) -> str:
    """The term for the era: years before the common one, and those with less than four digits, have one."""
    return "bc" if year < 0 else "ad" if year < 1000 else ""


def _era_term(year: int, wanted: bool, locale: nodes.Locale) -> str:
    """What follows the year (CSL 1.0.2, "Date-part", "AD and BC")."""
    name = _era(year) if wanted else ""
    return (locale.term(name) or "") if name else ""


def _month(part: nodes.DatePart, date: DateParts, locale: nodes.Locale) -> str:
    name = _MONTH_NAMES[date.month] if date.month else _SEASON_NAMES[date.season] if date.season else ""
    if not name:
        return ""
    if date.month and part.form.startswith("numeric"):
        return f"{date.month:02d}" if part.form == "numeric-leading-zeros" else str(date.month)
    text = locale.term(name, "short" if part.form == "short" else "long") or ""
    return text.replace(".", "") if part.strip_periods else text


def _day(part: nodes.DatePart, date: DateParts, locale: nodes.Locale) -> str:
    if part.form == "numeric-leading-zeros":
        return f"{date.day:02d}"
    if part.form == "ordinal" and (date.day == 1 or not locale.limit_day_ordinals_to_day_1):
        month = locale.find(_MONTH_NAMES[date.month]) if date.month else None
        return ordinal(date.day, month.gender if month else "", locale)
    return str(date.day)
