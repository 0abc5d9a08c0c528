"""Dates: read from every shape, printed in parts and ranges, and sorted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paperbuild.csl.items.dates import read_date
from paperbuild.csl.items.item import Date, DateParts
from paperbuild.csl.render.dates import render_date, shown_parts, sort_text, sort_value
from paperbuild.csl.style import nodes
from paperbuild.csl.text.tree import Format, Rich, plain

MONTHS = "January February March April May June July August September October November December".split()
TERMS = {
    (f"month-{at:02d}", "long"): nodes.Term(name, name, gender="masculine")
    for at, name in enumerate(MONTHS, 1)
}
TERMS |= {(f"month-{at:02d}", "short"): nodes.Term(f"{name[:3]}.", "") for at, name in enumerate(MONTHS, 1)}
TERMS |= {
    (f"season-0{at}", "long"): nodes.Term(name, name)
    for at, name in enumerate("Spring Summer Autumn Winter".split(), 1)
}
TERMS |= {("bc", "long"): nodes.Term(" BC", " BC"), ("ad", "long"): nodes.Term(" AD", " AD")}
ORDINALS = {
    ("ordinal", ""): nodes.Term("th", "th"),
    ("ordinal-01", ""): nodes.Term("st", "st"),
    ("ordinal-11", ""): nodes.Term("th", "th"),
}
LOCALE = nodes.Locale("en-US", TERMS, ORDINALS)

DAY = nodes.DatePart("day", "numeric", Format(suffix=" "))
MONTH = nodes.DatePart("month", "long", Format(suffix=" "))
YEAR = nodes.DatePart("year", "long")
EUROPEAN = nodes.Date("issued", (DAY, MONTH, YEAR))
AMERICAN = nodes.Date("issued", (MONTH, nodes.DatePart("day", "numeric", Format(suffix=", ")), YEAR))
TWO = "numeric-leading-zeros"
ISO = nodes.Date(
    "issued",
    (YEAR, nodes.DatePart("month", TWO), nodes.DatePart("day", TWO)),
    Format(delimiter="-"),
)


def shown(node: nodes.Date, value: object, locale: nodes.Locale = LOCALE) -> str | None:
    date = read_date(value)
    assert date is not None
    child = render_date(node, date, locale)
    return None if child is None else plain(child)


def parts(*ends: list[object]) -> dict[str, object]:
    return {"date-parts": list(ends)}


# Read


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (parts([1962, 4, 30]), Date(DateParts(1962, 4, 30))),
        (parts(["1962", "4", ""]), Date(DateParts(1962, 4))),
        (parts([1962.0]), Date(DateParts(1962))),
        (parts([1962, 40, 1]), Date(DateParts(1962))),
        (parts([1962, 22]), Date(DateParts(1962, season=2))),
        (parts([1962, 13]), Date(DateParts(1962, season=1))),
        (parts([1962], [1970]), Date(DateParts(1962), DateParts(1970))),
        (parts([1962], [0]), Date(DateParts(1962), open_end=True)),
        (parts([1962], []), Date(DateParts(1962), open_end=True)),
        ({**parts([1962]), "season": "Winter"}, Date(DateParts(1962, season=4))),
        ({**parts([1962]), "season": 1, "circa": True}, Date(DateParts(1962, season=1), circa=True)),
        ({**parts([1962]), "circa": "false"}, Date(DateParts(1962))),
        ({"date-parts": [], "literal": " soon "}, Date(literal="soon")),
        ({"raw": "1962-04-30", "date-parts": [[1963]]}, Date(DateParts(1963))),
        ({"raw": "7 Apr 1962"}, Date(DateParts(1962, 4, 7))),
        (1962, Date(DateParts(1962))),
        ([[1962, 4]], Date(DateParts(1962, 4))),
    ],
)
def test_reads_csl_json(value: object, expected: Date) -> None:
    assert read_date(value) == expected


@pytest.mark.parametrize(
    "value",
    [None, True, "", " ", {}, {"date-parts": []}, {"date-parts": [[]]}, parts([0]), parts([None]), 3.5],
)
def test_nothing_is_no_date(value: object) -> None:
    assert read_date(value) is None


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("1962", (1962,), None),
        ("1962-04-30T08:15:00Z", (1962, 4, 30), None),
        ("-0330-05", (-330, 5), None),
        ("April 1962", (1962, 4), None),
        ("30th April, 1962", (1962, 4, 30), None),
        ("Sept. 9, 1962", (1962, 9, 9), None),
        ("4/30/1962", (1962, 4, 30), None),
        ("30/4/1962", (1962, 4, 30), None),
        ("30.4.1962", (1962, 4, 30), None),
        ("4/1962", (1962, 4), None),
        ("330 B.C.", (-330,), None),
        ("79 CE", (79,), None),
        ("Autumn 1962", (1962, 0, 0, 3), None),
        ("1962/1970", (1962,), (1970,)),
        ("1962–1970", (1962,), (1970,)),
        ("1962-04-01/1962-04-30", (1962, 4, 1), (1962, 4, 30)),
        ("1962-04-01/30", (1962, 4, 1), (1962, 4, 30)),
        ("4–6 April 1962", (1962, 4, 4), (1962, 4, 6)),
        ("April 4-6, 1962", (1962, 4, 4), (1962, 4, 6)),
        ("April/May 1962", (1962, 4), (1962, 5)),
        ("Winter 1962 - Spring 1963", (1962, 0, 0, 4), (1963, 0, 0, 1)),
    ],
)
def test_reads_text(text: str, begin: tuple[int, ...], end: tuple[int, ...] | None) -> None:
    assert read_date({"raw": text}) == Date(DateParts(*begin), None if end is None else DateParts(*end))


def test_reads_doubt_and_open_ends() -> None:
    for text in ("1962?", "1962~", "~1962", "ca. 1962", "circa 1962", "c1962"):
        assert read_date(text) == Date(DateParts(1962), circa=True), text
    assert read_date("1962/..") == read_date("1962-") == Date(DateParts(1962), open_end=True)
    assert read_date("../1962") == Date(None, DateParts(1962))


@pytest.mark.parametrize(
    "text", ["in press", "Reprint 1962", "196u", "19620430", "April", "1962-1963-1964", "0"]
)
def test_what_is_no_date_stays_text(text: str) -> None:
    assert read_date(text) == Date(literal=text)
    assert read_date('"4 May 1962"') == Date(literal="4 May 1962")


# Printed


@pytest.mark.parametrize(
    ("node", "value", "expected"),
    [
        (EUROPEAN, parts([1962, 4, 30]), "30 April 1962"),
        (EUROPEAN, parts([1962, 4]), "April 1962"),
        (EUROPEAN, parts([1962]), "1962"),
        (EUROPEAN, parts([79, 8, 24]), "24 August 79 AD"),
        (EUROPEAN, parts([-330]), "330 BC"),
        (EUROPEAN, parts([1962, 23]), "Autumn 1962"),
        (ISO, parts([1962, 4, 3]), "1962-04-03"),
        (EUROPEAN, parts([1962, 4, 3], [1962, 4, 30]), "3–30 April 1962"),
        (EUROPEAN, parts([1962, 4, 3], [1962, 6, 3]), "3 April–3 June 1962"),
        (EUROPEAN, parts([1962, 4, 3], [1963, 4, 3]), "3 April 1962–3 April 1963"),
        (AMERICAN, parts([1962, 4, 3], [1962, 4, 30]), "April 3–30, 1962"),
        (AMERICAN, parts([1962, 4, 3], [1962, 6, 5]), "April 3–June 5, 1962"),
        (ISO, parts([1962, 4, 3], [1962, 4, 30]), "1962-04-03–30"),
        (ISO, parts([1962, 4, 3], [1963, 5, 1]), "1962-04-03–1963-05-01"),
        (EUROPEAN, parts([1962, 4, 3], [1962, 4, 3]), "3 April 1962"),
        (EUROPEAN, parts([1962, 4], [1963]), "April 1962–1963"),
        (EUROPEAN, parts([-50], [-40]), "50–40 BC"),
        (EUROPEAN, parts([-50], [40]), "50 BC–40 AD"),
        (EUROPEAN, parts([1962, 21], [1962, 22]), "Spring–Summer 1962"),
        (EUROPEAN, parts([1962], [0]), "1962–"),
        (EUROPEAN, "../1962", "–1962"),
        (EUROPEAN, {"literal": "in press"}, "in press"),
    ],
)
def test_prints(node: nodes.Date, value: object, expected: str) -> None:
    assert shown(node, value) == expected


def test_the_tree_names_its_parts() -> None:
    node = replace(EUROPEAN, format=Format(prefix="(", suffix=")"))
    child = render_date(node, Date(DateParts(1962, 4, 30)), LOCALE)
    assert isinstance(child, Rich)
    assert (child.tag, child.data, child.format) == ("date", "issued", node.format)
    assert [part.tag for part in child.children if isinstance(part, Rich)] == ["day", "month", "year"]
    literal = render_date(node, Date(literal="soon"), LOCALE)
    assert isinstance(literal, Rich)
    assert isinstance(literal.children[0], Rich)
    assert literal.children[0].tag == "date-literal"


def test_nothing_is_printed_of_parts_that_are_not_there() -> None:
    node = nodes.Date("issued", (MONTH, DAY))
    assert shown(node, parts([1962])) is None
    assert shown(node, {"literal": "soon"}) is None


def test_the_delimiter_is_that_of_the_largest_part_that_differs() -> None:
    named = tuple(replace(part, range_delimiter=f"<{part.name}>") for part in EUROPEAN.parts)
    node = replace(EUROPEAN, parts=named)
    assert shown(node, parts([1962, 4, 3], [1962, 4, 30])) == "3<day>30 April 1962"
    assert shown(node, parts([1962, 4, 3], [1962, 5, 3])) == "3 April<month>3 May 1962"
    assert shown(node, parts([1962, 4], [1963, 4])) == "April 1962<year>April 1963"
    years = replace(node, parts=named[2:])
    assert shown(years, parts([1962, 4, 3], [1962, 5, 3])) == "1962"


def test_an_open_range_has_no_suffix_but_a_bracket() -> None:
    bracketed = nodes.Date("issued", (replace(YEAR, format=Format(prefix="[", suffix="]")),))
    ended = nodes.Date("issued", (replace(YEAR, format=Format(suffix=".")),))
    assert shown(bracketed, parts([1962], [0])) == "[1962–]"
    assert shown(ended, parts([1962], [0])) == "1962–"


def test_forms_of_the_parts() -> None:
    short = nodes.Date(
        "issued", (nodes.DatePart("month", "short"), nodes.DatePart("year", "short")), Format(delimiter=" ")
    )
    assert shown(short, parts([1962, 4])) == "Apr. 62"
    bare = replace(short, parts=(replace(short.parts[0], strip_periods=True, text_case="uppercase"),))
    assert shown(bare, parts([1962, 4])) == "APR"
    ordinal = nodes.Date("issued", (nodes.DatePart("day", "ordinal"),))
    assert [shown(ordinal, parts([1962, 4, day])) for day in (1, 4, 11, 21)] == ["1st", "4th", "11th", "21st"]
    first_only = replace(LOCALE, limit_day_ordinals_to_day_1=True)
    assert [shown(ordinal, parts([1962, 4, day]), first_only) for day in (1, 4)] == ["1st", "4"]


def test_a_season_has_no_word_for_month() -> None:
    node = nodes.Date("issued", (YEAR, nodes.DatePart("month", "numeric", Format(suffix="月"))))
    assert shown(node, parts([1962, 4])) == "19624月"
    assert shown(node, parts([1962, 21])) == "1962Spring"


# Sorted


def test_sorts_by_the_parts_that_count() -> None:
    dates = ["-0330-05-01", "-44", "0079-08", "1962", "1962-04", "1962-04-30", "1962-04-30/1962-05-01"]
    values = [sort_value(read_date(text)) for text in dates]
    texts = [sort_text(read_date(text)) for text in dates]
    assert None not in values
    assert values == sorted(values, key=lambda value: value or ())
    assert texts == sorted(texts)
    months = shown_parts(nodes.Date("issued", (YEAR, MONTH)))
    assert sort_value(read_date("1962-04-30"), months) == sort_value(read_date("1962-04-01"), months)


def test_no_date_has_no_sort_value() -> None:
    assert sort_value(None) is None
    assert sort_value(Date(literal="in press")) is None
    assert sort_text(None) == ""
