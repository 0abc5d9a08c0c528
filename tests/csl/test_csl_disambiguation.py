"""Cites that would read the same are told apart: by more names, given names, conditions, and letters."""

from __future__ import annotations

import pytest
from tests.csl.styles import TITLE, YEAR, cited, listed, people, style, work

NAMES = '<names variable="author"><name form="short" and="text"{}/></names>'
ET_AL = ' et-al-min="3" et-al-use-first="1"'
INITIALS = ' initialize-with="."'
MORE_NAMES = 'disambiguate-add-names="true"'
GIVEN = 'disambiguate-add-givenname="true"'
LETTERS = 'disambiguate-add-year-suffix="true"'


def author_date(options: str, name: str = "", more: str = "", **parts: str) -> str:
    """An author-date style with these attributes on ``cs:citation`` and on ``cs:name``."""
    content = f'<group delimiter=" ">{NAMES.format(name)}{YEAR}{more}</group>'
    return style(content, cite_options=options, **parts)


def rule(name: str) -> str:
    return f'{GIVEN} givenname-disambiguation-rule="{name}"'


# More names


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Ash Elm Fir Yew", "Ash Oak Fir Yew", ["Ash, Elm, et al. 2000", "Ash, Oak, et al. 2000"]),
        ("Ash Elm Fir Yew", "Ash Elm Oak Yew", ["Ash, Elm, Fir, et al. 2000", "Ash, Elm, Oak, et al. 2000"]),
        ("Ash Elm Fir", "Ash Elm Oak", ["Ash, Elm, and Fir 2000", "Ash, Elm, and Oak 2000"]),
        ("Ash Elm Fir", "Ash Elm Fir Oak", ["Ash, Elm, and Fir 2000", "Ash, Elm, Fir, et al. 2000"]),
        ("Ash Elm Fir", "Ash Elm Fir", ["Ash et al. 2000", "Ash et al. 2000"]),
        ("Ash Elm Fir", "Oak Elm Fir", ["Ash et al. 2000", "Oak et al. 2000"]),
        ("Ash Elm", "Ash", ["Ash and Elm 2000", "Ash 2000"]),
    ],
)
def test_names_are_added_until_the_cites_differ(one, two, expected):
    works = {
        key: work([{"family": name} for name in names.split()], 2000)
        for key, names in zip("ab", (one, two), strict=True)
    }
    assert cited(author_date(MORE_NAMES, ET_AL), works) == expected


def test_names_are_not_added_where_the_years_differ():
    works = {
        "a": work(people("Ash, A", "Elm, E", "Fir, F"), 2000),
        "b": work(people("Ash, A", "Oak, O", "Fir, F"), 2001),
    }
    assert cited(author_date(MORE_NAMES, ET_AL), works) == ["Ash et al. 2000", "Ash et al. 2001"]


def test_without_options_nothing_is_told_apart():
    works = {key: work("Ash, A", 2000) for key in "ab"}
    assert cited(author_date(""), works) == ["Ash 2000", "Ash 2000"]


def test_works_that_are_only_listed_count():
    works = {"a": work("Ash, Ann", 2000), "b": work("Ash, Bob", 2000)}
    assert cited(author_date(rule("by-cite")), works, "a") == ["Ann Ash 2000"]


# Given names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("by-cite", ["Ash 2000", "Ash 2001", "Elm and Fir 2002", "Elm and Fir 2003"]),
        ("all-names", ["Ann Ash 2000", "Bob Ash 2001", "Elm and Cleo Fir 2002", "Elm and Dov Fir 2003"]),
        (
            "all-names-with-initials",
            ["A. Ash 2000", "B. Ash 2001", "Elm and C. Fir 2002", "Elm and D. Fir 2003"],
        ),
        ("primary-name", ["Ann Ash 2000", "Bob Ash 2001", "Elm and Fir 2002", "Elm and Fir 2003"]),
        (
            "primary-name-with-initials",
            ["A. Ash 2000", "B. Ash 2001", "Elm and Fir 2002", "Elm and Fir 2003"],
        ),
    ],
)
def test_given_names_of_different_persons(name, expected):
    works = {
        "a": work("Ash, Ann", 2000),
        "b": work("Ash, Bob", 2001),
        "c": work(people("Elm, Eve", "Fir, Cleo"), 2002),
        "d": work(people("Elm, Eve", "Fir, Dov"), 2003),
    }
    initials = INITIALS if name.endswith("initials") else ""
    assert cited(author_date(rule(name), initials), works) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("by-cite", ["Ann Ash 2000", "Amy Ash 2000", "Ash 2001"]),
        ("all-names", ["Ann Ash 2000", "Amy Ash 2000", "B. Ash 2001"]),
        ("all-names-with-initials", ["A. Ash 2000", "A. Ash 2000", "B. Ash 2001"]),
        ("primary-name", ["Ann Ash 2000", "Amy Ash 2000", "B. Ash 2001"]),
        ("primary-name-with-initials", ["A. Ash 2000", "A. Ash 2000", "B. Ash 2001"]),
    ],
)
def test_initials_come_before_whole_given_names(name, expected):
    works = {"a": work("Ash, Ann", 2000), "b": work("Ash, Amy", 2000), "c": work("Ash, Bob", 2001)}
    assert cited(author_date(rule(name), INITIALS), works) == expected


@pytest.mark.parametrize("name", ["all-names-with-initials", "primary-name-with-initials"])
@pytest.mark.parametrize("initials", ["", ' initialize-with="." initialize="false"'])
def test_rules_for_initials_do_nothing_in_a_style_without_initials(name, initials):
    works = {"a": work("Ash, Ann", 2000), "b": work("Ash, Bob", 2000)}
    assert cited(author_date(rule(name), initials), works) == ["Ash 2000", "Ash 2000"]


@pytest.mark.parametrize("name", ["by-cite", "all-names", "primary-name"])
def test_one_person_is_not_told_apart_from_herself(name):
    works = {"a": work("Ash, Ann", 2000), "b": work("Ash, Ann", 2001)}
    assert cited(author_date(rule(name)), works) == ["Ash 2000", "Ash 2001"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Ash, Ann Mary", "Ash, Ann Sue"), ["A.M. Ash 2000", "A.S. Ash 2000"]),
        (("Ash, Ann", "Ash, Bob"), ["A. Ash 2000", "B. Ash 2000"]),
        (("Ash, Ann", "Ash, Ann"), ["Ash 2000", "Ash 2000"]),
    ],
)
def test_no_more_of_a_given_name_than_is_needed(names, expected):
    works = {key: work(name, 2000) for key, name in zip("ab", names, strict=True)}
    assert cited(author_date(rule("by-cite"), INITIALS), works) == expected


def test_only_the_name_that_helps_shows_its_given_name():
    works = {"a": work(people("Elm, Eve", "Ash, Ann"), 2000), "b": work(people("Elm, Eve", "Ash, Bob"), 2000)}
    assert cited(author_date(rule("by-cite")), works) == ["Elm and Ann Ash 2000", "Elm and Bob Ash 2000"]


def test_particles_tell_persons_apart():
    ann = {"family": "Ash", "given": "Ann"}
    works = {"a": work([ann], 2000), "b": work([ann | {"non-dropping-particle": "van"}], 2000)}
    assert cited(author_date(rule("all-names")), works) == ["Ash 2000", "van Ash 2000"]


def test_what_tells_cites_apart_is_in_the_list():
    works = {"a": work("Ash, Ann", 2000), "b": work("Ash, Bob", 2000)}
    entry = f'<group delimiter=" ">{NAMES.format("")}{YEAR}</group>'
    assert listed(author_date(rule("by-cite"), entry=entry), works) == ["Ann Ash 2000", "Bob Ash 2000"]


# Conditions


ASKING = f'<choose><if disambiguate="true">{TITLE}</if></choose>'


def test_a_condition_holds_where_cites_would_read_the_same():
    works = {
        "a": work("Ash, Ann", 2000, title="One"),
        "b": work("Ash, Ann", 2000, title="Two"),
        "c": work("Ash, Ann", 2001, title="Three"),
    }
    assert cited(author_date("", more=ASKING), works) == ["Ash 2000 One", "Ash 2000 Two", "Ash 2001"]


def test_a_condition_comes_after_given_names():
    works = {
        "a": work("Ash, Ann", 2000, title="One"),
        "b": work("Ash, Bob", 2000, title="Two"),
        "c": work("Elm, Eve", 2000, title="Three"),
        "d": work("Elm, Eve", 2000, title="Four"),
    }
    assert cited(author_date(GIVEN, INITIALS, ASKING), works) == [
        "A. Ash 2000",
        "B. Ash 2000",
        "Elm 2000 Three",
        "Elm 2000 Four",
    ]


def test_letters_come_before_a_condition():
    # "Only when all other methods have failed", says the specification; elsewhere it has letters last.
    works = {"a": work("Ash, Ann", 2000, title="One"), "b": work("Ash, Ann", 2000, title="Two")}
    assert cited(author_date(LETTERS, more=ASKING), works) == ["Ash 2000a", "Ash 2000b"]


def test_letters_come_where_a_condition_does_not_help():
    works = {"a": work("Ash, Ann", 2000, title="One"), "b": work("Ash, Ann", 2000, title="One")}
    made = cited(author_date(LETTERS, more=ASKING), works)
    assert ["2000a" in made[0], "2000b" in made[1]] == [True, True]


# Letters


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        ("ascending", ["Ash 2000b", "Ash 2000a", "Ash 2000c"]),
        ("descending", ["Ash 2000b", "Ash 2000c", "Ash 2000a"]),
    ],
)
def test_letters_are_in_the_order_of_the_list(direction, expected):
    works = {title: work("Ash, Ann", 2000, title=title) for title in ("Middle", "First", "Never")}
    sort = f'<key variable="title" sort="{direction}"/>'
    xml = author_date(LETTERS, entry=f"{TITLE}{YEAR}", entry_sort=sort)
    assert cited(xml, works) == expected
    assert [entry[-1] for entry in listed(xml, works)] == ["a", "b", "c"]


def test_without_a_list_letters_are_in_the_order_of_the_citations():
    works = {key: work("Ash, Ann", 2000) for key in "xyz"}
    assert cited(author_date(LETTERS), works, "z", "x", "y") == ["Ash 2000a", "Ash 2000b", "Ash 2000c"]


def test_letters_go_on_after_z():
    works = {f"{index:02}": work("Ash, Ann", 2000) for index in range(54)}
    made = cited(author_date(LETTERS), works)
    assert [made[index] for index in (0, 25, 26, 27, 51, 52)] == [
        f"Ash 2000{letters}" for letters in ("a", "z", "aa", "ab", "az", "ba")
    ]


def test_letters_stand_where_the_style_has_them():
    works = {key: work("Ash, Ann", 2000) for key in "ab"} | {"c": work("Ash, Ann", 2001)}
    xml = author_date(LETTERS, more='<text variable="year-suffix" prefix="[" suffix="]"/>')
    assert cited(xml, works) == ["Ash 2000 [a]", "Ash 2000 [b]", "Ash 2001"]


def test_letters_placed_in_citations_only_are_not_in_the_list():
    works = {key: work("Ash, Ann", 2000) for key in "ab"}
    placed = author_date(LETTERS, more='<text variable="year-suffix"/>', entry=YEAR)
    assert listed(placed, works) == ["2000", "2000"]
    assert listed(author_date(LETTERS, entry=YEAR), works) == ["2000a", "2000b"]


def test_letters_are_printed_once():
    twice = f'<date variable="original-date" prefix="/"><date-part name="year"/></date>{YEAR}'
    works = {key: work("Ash, Ann", 2000, **{"original-date": {"date-parts": [[1990]]}}) for key in "ab"}
    made = cited(style(f"{NAMES.format('')}{twice}", cite_options=LETTERS), works)
    assert [text.count(letter) for text, letter in zip(made, "ab", strict=True)] == [1, 1]


def test_letters_go_to_the_first_year_of_a_range():
    works = {key: {**work("Ash, Ann"), "issued": {"date-parts": [[2000], [2003]]}} for key in "ab"}
    assert cited(author_date(LETTERS), works) == ["Ash 2000a–2003", "Ash 2000b–2003"]


def test_letters_for_works_without_names():
    works = {key: work(year=2000) for key in "ab"}
    assert cited(author_date(LETTERS), works) == ["2000a", "2000b"]


def test_pages_do_not_tell_works_apart():
    works = {key: work("Ash, Ann", 2000) for key in "ab"}
    xml = author_date(LETTERS, more='<text variable="locator"/>')
    assert cited(xml, works, "a@3", "b@4") == ["Ash 2000a 3", "Ash 2000b 4"]


# All together


def test_names_then_given_names_then_letters():
    works = {
        "a": work(people("Ash, Ann", "Elm, Eve", "Fir, Fay"), 2000),
        "b": work(people("Ash, Ann", "Elm, Eve", "Fir, Fay"), 2000),
        "c": work(people("Ash, Ann", "Oak, Ole", "Fir, Fay"), 2000),
        "d": work(people("Yew, Zoe"), 2000),
        "e": work(people("Yew, Xia"), 2000),
        "f": work(people("Yew, Xia"), 2000),
    }
    assert cited(author_date(f"{MORE_NAMES} {GIVEN} {LETTERS}", ET_AL + INITIALS), works) == [
        "Ash, Elm, et al. 2000a",
        "Ash, Elm, et al. 2000b",
        "Ash, Oak, et al. 2000",
        "Z. Yew 2000",
        "X. Yew 2000a",
        "X. Yew 2000b",
    ]


def test_letters_alone_where_nothing_else_helps():
    works = {key: work(people("Ash, Ann", "Elm, Eve", "Fir, Fay"), 2000) for key in "ab"}
    assert cited(author_date(f"{MORE_NAMES} {GIVEN} {LETTERS}", ET_AL), works) == [
        "Ash et al. 2000a",
        "Ash et al. 2000b",
    ]


def test_given_names_of_names_that_were_added():
    works = {
        "a": work(people("Ash, Ann", "Elm, Eve", "Fir, Fay"), 2000),
        "b": work(people("Ash, Ann", "Elm, Max", "Fir, Fay"), 2000),
    }
    assert cited(author_date(f"{MORE_NAMES} {rule('by-cite')}", ET_AL + INITIALS), works) == [
        "Ash, E. Elm, et al. 2000",
        "Ash, M. Elm, et al. 2000",
    ]
