"""Cites of one citation drawn together: ranges of numbers, authors and years printed once."""

from __future__ import annotations

import pytest
from tests.csl.styles import YEAR, Works, cited, style, work

from paperbuild.csl.requests import CiteRequest, Cluster

NUMBER = '<text variable="citation-number" prefix="[" suffix="]"/>'
NAMES = '<names variable="author"><name form="short"/></names>'
LOCATOR = '<text variable="locator" prefix="p. "/>'
LETTERS = 'disambiguate-add-year-suffix="true"'

NUMBERED = {f"w{number}": work(year=1990 + number) for number in range(1, 10)}
DATED = {
    "ash1": work("Ash, Ann", 2001),
    "ash2": work("Ash, Ann", 2002),
    "elm1": work("Elm, Eve", 2001),
    "elm3": work("Elm, Eve", 2003),
    "fir": work("Fir, Fay", 1999),
}
LETTERED = {f"a{number}": work("Ash, Ann", 2000) for number in range(1, 7)} | {
    "a01": work("Ash, Ann", 2001),
    "elm": work("Elm, Eve", 2000),
}


AFTER = 'collapse="year" after-collapse-delimiter=" | "'


def of_all(xml: str, works: Works, cites: str) -> str:
    """The citation in a document that has cited all works before, in their order."""
    return cited(xml, works, " ".join(works), cites)[1]


def numeric(options: str = "", layout: str = 'delimiter=", "', sort: str = "") -> str:
    return style(
        NUMBER, cite_options=f'collapse="citation-number" {options}', cite_layout=layout, cite_sort=sort
    )


def author_date(options: str = "", delimiter: str = "; ", sort: str = "") -> str:
    content = f'<group delimiter=", "><group delimiter=" ">{NAMES}{YEAR}</group>{LOCATOR}</group>'
    return style(content, cite_options=options, cite_layout=f'delimiter="{delimiter}"', cite_sort=sort)


# Numbers


@pytest.mark.parametrize(
    ("cites", "expected"),
    [
        ("w1", "[1]"),
        ("w1 w2", "[1], [2]"),
        ("w1 w2 w3", "[1]–[3]"),
        ("w1 w2 w3 w4", "[1]–[4]"),
        ("w1 w3 w5", "[1], [3], [5]"),
        ("w1 w2 w3 w5", "[1]–[3], [5]"),
        ("w1 w3 w4 w5 w7 w8 w9", "[1], [3]–[5], [7]–[9]"),
        ("w1 w2 w4 w5", "[1], [2], [4], [5]"),
        ("w3 w2 w1", "[3], [2], [1]"),
        ("w2 w3 w1", "[2], [3], [1]"),
    ],
)
def test_numbers_in_a_row(cites, expected):
    assert of_all(numeric(), NUMBERED, cites) == expected


def test_numbers_in_a_row_once_the_style_has_sorted_them():
    sort = '<key variable="citation-number"/>'
    assert of_all(numeric(sort=sort), NUMBERED, "w4 w1 w3 w2 w6") == "[1]–[4], [6]"


@pytest.mark.parametrize(
    ("cites", "expected"),
    [
        ("w1 w2 w3 w5", "[1]–[3]; [5]"),
        ("w1 w3 w4 w5 w7", "[1], [3]–[5]; [7]"),
        ("w1 w3", "[1], [3]"),
    ],
)
def test_what_stands_after_a_range(cites, expected):
    assert of_all(numeric('after-collapse-delimiter="; "'), NUMBERED, cites) == expected


def test_a_page_breaks_the_range():
    xml = style(
        f'<group delimiter=" ">{NUMBER}{LOCATOR}</group>',
        cite_options='collapse="citation-number"',
        cite_layout='delimiter=", "',
    )
    assert cited(xml, NUMBERED, "w1 w2@7 w3 w4 w5") == ["[1], [2] p. 7, [3]–[5]"]


def test_an_affix_breaks_the_range():
    cites = [CiteRequest(f"w{number}") for number in range(1, 6)]
    cites[1] = CiteRequest("w2", suffix="for more")
    assert cited(numeric(), NUMBERED, Cluster(tuple(cites))) == ["[1], [2] for more, [3]–[5]"]


def test_without_collapse_all_numbers_stay():
    assert cited(style(NUMBER, cite_layout='delimiter=","'), NUMBERED, "w1 w2 w3") == ["[1],[2],[3]"]


# Years


@pytest.mark.parametrize(
    ("options", "cites", "expected"),
    [
        ("", "ash1 ash2 elm1", "Ash 2001; Ash 2002; Elm 2001"),
        ("", "ash1 elm1 ash2", "Ash 2001; Elm 2001; Ash 2002"),
        ('collapse="year"', "ash1 ash2 elm1 elm3", "Ash 2001, 2002; Elm 2001, 2003"),
        ('collapse="year"', "ash1 elm1", "Ash 2001; Elm 2001"),
        ('collapse="year" cite-group-delimiter=" &amp; "', "ash1 ash2 fir", "Ash 2001 &#38; 2002; Fir 1999"),
        (AFTER + ' cite-group-delimiter=", "', "ash1 ash2 fir", "Ash 2001, 2002 | Fir 1999"),
        ('cite-group-delimiter=", "', "ash1 ash2 elm1", "Ash 2001, Ash 2002; Elm 2001"),
    ],
)
def test_years_of_one_author(options, cites, expected):
    assert cited(author_date(options), DATED, cites) == [expected]


def test_a_style_that_says_what_follows_a_group_has_its_own_delimiter_between_the_years():
    # The specification has a comma there; the CSL test-suite and citeproc-js have the layout's delimiter.
    assert cited(author_date(AFTER), DATED, "ash1 ash2 fir") == ["Ash 2001; 2002 | Fir 1999"]


def test_what_stands_after_a_group_stands_after_a_single_work_too():
    # As the CSL test-suite has it; the specification speaks of groups only.
    xml = author_date(AFTER + ' cite-group-delimiter=", "')
    assert cited(xml, DATED, "ash1 ash2 fir elm1") == ["Ash 2001, 2002 | Fir 1999 | Elm 2001"]


GROUPED = [
    ('collapse="year"', "Ash 2001, 2002; Elm 2001"),
    ('cite-group-delimiter=", "', "Ash 2001, Ash 2002; Elm 2001"),
]


@pytest.mark.parametrize(("options", "expected"), GROUPED)
def test_works_of_one_author_come_together_once_the_style_has_sorted_them(options, expected):
    xml = author_date(options, sort='<key variable="issued"/>')
    assert cited(xml, DATED, "ash2 ash1 elm1") == [expected]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ('collapse="year"', "Ash 2001; Elm 2001; Ash 2002"),
        ('cite-group-delimiter=", "', "Ash 2001; Elm 2001; Ash 2002"),
    ],
)
def test_a_style_that_does_not_sort_leaves_works_where_they_are(options, expected):
    # As the CSL test-suite has it; the specification would bring the works of one author together.
    assert cited(author_date(options), DATED, "ash1 elm1 ash2") == [expected]


@pytest.mark.parametrize(
    ("cites", "expected"),
    [
        ("ash1@4 ash2", "Ash 2001, p. 4, 2002"),
        ("ash1 ash2@4", "Ash 2001, 2002, p. 4"),
        ("ash1@4 ash2@5 elm1", "Ash 2001, p. 4, 2002, p. 5; Elm 2001"),
    ],
)
def test_years_with_pages(cites, expected):
    assert cited(author_date('collapse="year"'), DATED, cites) == [expected]


def test_a_prefix_keeps_the_author():
    cites = (CiteRequest("ash1"), CiteRequest("ash2", prefix="but see "))
    made = cited(author_date('collapse="year"'), DATED, Cluster(cites))
    assert made == ["Ash 2001; but see Ash 2002"]


# Letters


@pytest.mark.parametrize(
    ("options", "cites", "expected"),
    [
        ("year-suffix", "a1 a2 elm", "Ash 2000a, b; Elm 2000"),
        ("year-suffix", "a1 a2 a01", "Ash 2000a, b, 2001"),
        ("year-suffix", "a1 a3 a4", "Ash 2000a, c, d"),
        ("year-suffix", "a01 a1 a2", "Ash 2001, 2000a, b"),
        ("year-suffix", "a1 elm", "Ash 2000a; Elm 2000"),
        ("year-suffix-ranged", "a1 a2", "Ash 2000a, b"),
        ("year-suffix-ranged", "a1 a2 a3", "Ash 2000a–c"),
        ("year-suffix-ranged", "a1 a2 a3 a5", "Ash 2000a–c, e"),
        ("year-suffix-ranged", "a1 a2 a4 a5 a6", "Ash 2000a, b, d–f"),
        ("year-suffix-ranged", "a1 a3 a5", "Ash 2000a, c, e"),
        ("year-suffix-ranged", "a1 a2 a3 a01 elm", "Ash 2000a–c, 2001; Elm 2000"),
    ],
)
def test_letters_of_one_year(options, cites, expected):
    xml = author_date(f'{LETTERS} collapse="{options}" cite-group-delimiter=", "')
    assert of_all(xml, LETTERED, cites) == expected


@pytest.mark.parametrize(
    ("delimiter", "expected"), [(",", "Ash 2000a,b, 2001; Elm 2000"), ("", "Ash 2000ab, 2001; Elm 2000")]
)
def test_a_delimiter_for_letters(delimiter, expected):
    xml = author_date(
        f'{LETTERS} collapse="year-suffix" cite-group-delimiter=", " year-suffix-delimiter="{delimiter}"'
    )
    assert of_all(xml, LETTERED, "a1 a2 a01 elm") == expected


def test_letters_have_the_delimiter_of_the_layout_unless_told():
    xml = author_date(f'{LETTERS} collapse="year-suffix"', delimiter=" + ")
    assert of_all(xml, LETTERED, "a1 a2") == "Ash 2000a + b"


@pytest.mark.parametrize(
    ("cites", "expected"),
    [
        ("a1@3 a2", "Ash 2000a, p. 3, 2000b"),
        ("a1 a2 a3@5 a4 a5", "Ash 2000a, b, 2000c, p. 5, 2000d, e"),
        ("a1@3 a2@3", "Ash 2000a, p. 3, 2000b, p. 3"),
    ],
)
def test_a_page_keeps_the_year(cites, expected):
    xml = author_date(f'{LETTERS} collapse="year-suffix" cite-group-delimiter=", "')
    assert of_all(xml, LETTERED, cites) == expected


def test_years_collapse_without_their_letters():
    assert (
        of_all(author_date(f'{LETTERS} collapse="year"'), LETTERED, "a1 a2 elm")
        == "Ash 2000a, 2000b; Elm 2000"
    )
