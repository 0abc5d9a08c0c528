"""The order of entries and of cites: keys, dates, numbers, names, and the alphabets of languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.csl.styles import TITLE, YEAR, cited, listed, macro, order, people, style, titled, work

from paperbuild.csl.requests import CiteRequest, Cluster

BY_TITLE = '<key variable="title"/>'
BY_AUTHOR = '<key variable="author"/>'
BY_DATE = '<key variable="issued"/>'


def by_author(options: str = "") -> str:
    return f'<key macro="author" {options}/>'


def author_macro(name: str = "") -> str:
    return macro("author", f'<names variable="author"><name {name}/></names>')


def dated(**dates: Sequence[Sequence[int]]) -> dict[str, dict[str, Any]]:
    """Works with nothing but their dates."""
    return {key: {"type": "book", "issued": {"date-parts": parts}} for key, parts in dates.items()}


# Keys


def test_titles():
    assert order(titled("Beta", "alpha", "Gamma"), BY_TITLE) == ["alpha", "Beta", "Gamma"]


def test_unsorted_works_stay_as_they_are():
    assert order(titled("Beta", "alpha"), "") == ["Beta", "alpha"]


@pytest.mark.parametrize(("way", "expected"), [("ascending", "a b x y"), ("descending", "b a x y")])
def test_what_has_no_value_comes_last_both_ways(way, expected):
    works = {"x": work(), "b": work(title="B"), "y": work(), "a": work(title="A")}
    assert order(works, f'<key variable="title" sort="{way}"/>') == expected.split()


def test_the_second_key_decides_where_the_first_is_equal():
    works = {
        "new": work("Ash, Ann", 2005),
        "elm": work("Elm, Eve", 1990),
        "old": work("Ash, Ann", 2001),
    }
    assert order(works, BY_AUTHOR + BY_DATE) == ["old", "new", "elm"]
    assert order(works, BY_AUTHOR + '<key variable="issued" sort="descending"/>') == ["new", "old", "elm"]


def test_a_macro_is_a_key():
    kind = macro(
        "kind", '<choose><if type="book"><text value="1"/></if><else><text value="2"/></else></choose>'
    )
    works = {"a": {"type": "chapter", "title": "A"}, "b": {"type": "book", "title": "B"}}
    assert order(works, '<key macro="kind"/>' + BY_TITLE, before=kind) == ["b", "a"]


def test_markup_does_not_count():
    works = {
        "c": work(title="C"),
        "b": work(title="<i>B</i>"),
        "a": work(title='<span class="nocase">A</span>'),
    }
    assert order(works, BY_TITLE) == ["a", "b", "c"]


# Names


@pytest.mark.parametrize("sort", [BY_AUTHOR, by_author()])
def test_names_sort_by_family_then_given_name(sort):
    works = {
        "be": work("Birch, Eve"),
        "ab": work("Ash, Bob"),
        "aa": work("Ash, Ann"),
        "g": work("Bakers' Guild"),
    }
    assert order(works, sort, before=author_macro()) == ["aa", "ab", "g", "be"]


@pytest.mark.parametrize("sort", [BY_AUTHOR, by_author()])
def test_one_author_before_the_same_with_others(sort):
    works = {
        "two": work(people("Ash, Ann", "Birch, Bob")),
        "one": work("Ash, Ann"),
        "other": work("Ash, Zoe"),
    }
    assert order(works, sort, before=author_macro('and="text"')) == ["one", "two", "other"]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ("", "few old new"),
        ('names-min="3" names-use-first="1"', "new few old"),
        ('names-min="3" names-use-first="2"', "few new old"),
        ('names-min="4" names-use-first="1"', "few old new"),
    ],
)
@pytest.mark.parametrize("key", ['macro="author"', 'variable="author"'])
def test_a_key_limits_the_names(key, limits, expected):
    works = {
        "old": work(people("Ash, A", "Elm, E", "Fir, F"), 2001),
        "new": work(people("Ash, A", "Elm, E", "Yew, Y"), 1999),
        "few": work(people("Ash, A", "Birch, B", "Cedar, C"), 2000),
    }
    assert order(works, f"<key {key} {limits}/>" + BY_DATE, before=author_macro()) == expected.split()


def test_a_key_limits_the_names_over_the_macro():
    works = {
        "b": work(people("Ash, A", "Yew, Y", "Oak, O"), 1999),
        "a": work(people("Ash, A", "Elm, E", "Oak, O"), 2000),
    }
    names = author_macro('et-al-min="2" et-al-use-first="1"')
    assert order(works, by_author() + BY_DATE, before=names) == ["b", "a"]
    limits = 'names-min="9" names-use-first="9"'
    assert order(works, by_author(limits) + BY_DATE, before=names) == ["a", "b"]


def test_a_key_with_the_last_name():
    works = {
        "b": work(people("Ash, A", "Cedar, C", "Yew, Y"), 1999),
        "a": work(people("Ash, A", "Elm, E", "Birch, B"), 2000),
    }
    limits = 'names-min="3" names-use-first="1"'
    assert order(works, by_author(limits) + BY_DATE, before=author_macro()) == ["b", "a"]
    assert order(works, by_author(f'{limits} names-use-last="true"'), before=author_macro()) == ["a", "b"]


def test_family_names_alone_or_their_number_may_be_a_key():
    works = {
        "three": work(people("Ash, Zoe", "Elm, E", "Fir, F"), 2001),
        "two": work(people("Birch, Ben", "Elm, E"), 2000),
        "one": work("Ash, Ann", 2002),
        "other": work("Ash, Zoe", 1999),
    }
    short = order(works, by_author() + BY_DATE, before=author_macro('form="short"'))
    assert short == ["other", "one", "three", "two"]
    count = order(works, by_author() + BY_DATE, before=author_macro('form="count"'))
    assert count == ["other", "one", "two", "three"]


def test_words_around_names_do_not_count():
    names = '<names variable="editor"><label suffix=" "/><name et-al-min="3" et-al-use-first="1"/></names>'
    works = {
        "many": {"type": "book", "editor": people("Ash, A", "Elm, E", "Fir, F"), "title": "1"},
        "one": {"type": "book", "editor": people("Ash, A"), "title": "2"},
        "yew": {"type": "book", "editor": people("Yew, Y")},
    }
    assert order(works, by_author() + BY_TITLE, before=macro("author", names)) == ["many", "one", "yew"]


PARTICLES = {
    "meer": work([{"family": "Meer", "given": "Zoe"}]),
    "van": work([{"family": "Meer", "given": "Ann", "non-dropping-particle": "van"}]),
    "von": work([{"family": "Berg", "given": "Otto", "dropping-particle": "von"}]),
    "tor": work([{"family": "Tor", "given": "Tim"}]),
}


@pytest.mark.parametrize(
    ("demote", "expected"),
    [
        ("never", "von meer tor van"),
        ("sort-only", "von van meer tor"),
        ("display-and-sort", "von van meer tor"),
    ],
)
def test_particles(demote, expected):
    works = PARTICLES | {"meer": work([{"family": "Meering", "given": "Zoe"}])}  # no tie without the particle
    assert order(works, BY_AUTHOR, root=f'demote-non-dropping-particle="{demote}"') == expected.split()


def test_a_particle_goes_before_the_given_name():
    works = {key: PARTICLES[key] for key in ("van", "meer")}
    assert order(works, BY_AUTHOR, root='demote-non-dropping-particle="sort-only"') == ["meer", "van"]


def test_what_stands_in_for_an_author_sorts():
    names = '<names variable="author"><substitute><names variable="editor"/>'
    before = macro("author", f'{names}<text variable="title"/></substitute></names>')
    works = {
        "c": work("Cedar, Cleo"),
        "b": {"type": "book", "editor": people("Birch, Bob"), "title": "Z"},
        "a": {"type": "book", "title": "Ashes"},
    }
    assert order(works, by_author(), before=before) == ["a", "b", "c"]


# Dates and numbers


@pytest.mark.parametrize("way", ["ascending", "descending"])
def test_dates(way):
    works = dated(
        day=[[2000, 5, 3]],
        early=[[-44, 3, 15]],
        earlier=[[-330]],
        year=[[1999]],
        ad=[[79]],
        month=[[2000, 4]],
        late=[[2000, 11]],
    )
    expected = ["earlier", "early", "ad", "year", "month", "day", "late"]
    made = order(works, f'<key variable="issued" sort="{way}"/>')
    assert made == (expected if way == "ascending" else expected[::-1])


@pytest.mark.parametrize(
    "expected",
    [
        {"2000": [[2000]], "May 2000": [[2000, 5]], "1 May 2000": [[2000, 5, 1]]},
        {"2000": [[2000]], "2000–2002": [[2000], [2002]], "2001": [[2001]]},
        {"2000–2001": [[2000], [2001]], "2000–2005": [[2000], [2005]], "2002–2003": [[2002], [2003]]},
        {"100 BC": [[-100]], "50 BC": [[-50]], "50": [[50]], "100": [[100]]},
    ],
    ids=["parts", "range", "ranges", "eras"],
)
def test_less_exact_dates_come_first_and_ranges_last(expected):
    assert order(dict(reversed(dated(**expected).items())), BY_DATE) == list(expected)


def test_seasons_do_not_count():
    works = dated(winter=[[2000]], spring=[[2000]], before=[[1999]])
    works["winter"]["issued"]["season"], works["spring"]["issued"]["season"] = 4, 1
    assert order(works, BY_DATE) == ["before", "winter", "spring"]


def test_a_date_in_a_macro_sorts_by_what_it_shows():
    works = dated(b=[[2000, 12]], a=[[2000, 2]], before=[[-5]], after=[[12]])
    year = macro("date", YEAR)
    assert order(works, '<key macro="date"/>', before=year) == ["before", "after", "b", "a"]
    full = macro("date", '<date variable="issued" form="text"/>')
    assert order(works, '<key macro="date"/>', before=full) == ["before", "after", "a", "b"]


@pytest.mark.parametrize(
    ("variable", "values", "expected"),
    [
        ("volume", "10 9 100 2", "2 9 10 100"),
        ("title", "a10 a9 b1", "a9 a10 b1"),
        ("issue", "3 12 1", "1 3 12"),
        ("edition", "second first third", "first second third"),
    ],
)
def test_numbers(variable, values, expected):
    works = {value: {"type": "book", variable: value} for value in values.split()}
    assert order(works, f'<key variable="{variable}"/>') == expected.split()


def test_a_number_in_a_macro():
    works = {value: {"type": "book", "volume": value} for value in ("10", "9", "100")}
    before = macro("volume", '<number variable="volume"/>')
    assert order(works, '<key macro="volume"/>', before=before) == ["9", "10", "100"]


# Alphabets


SCANDINAVIAN = "Abel Olsson Zorn Ångström Ärlig Öberg"
ACCENTED = "Abel Ångström Ärlig Öberg Olsson Zorn"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("sv-SE", SCANDINAVIAN),
        ("fi-FI", SCANDINAVIAN),
        ("de-DE", ACCENTED),
        ("en-US", ACCENTED),
        ("da-DK", "Abel Olsson Zorn Ærø Øst Aarhus"),
        ("en-US", "Aarhus Abel Ærø Olsson Øst Zorn"),
        ("es-ES", "Nadal Nube Ñandú Oca"),
        ("en-US", "Nadal Ñandú Nube Oca"),
        ("cs-CZ", "Cibulka Černý Hora Chalupa Ivan"),
        ("en-US", "Černý Chalupa Cibulka Hora Ivan"),
        ("sk-SK", "Hora Chalupa Ivan"),
        ("et-EE", "Saar Šmidt Zobel Tamm Õun"),
        ("ru-RU", "Белова Ёлкин Жуков"),
    ],
)
def test_each_language_has_its_alphabet(lang, expected):
    words = expected.split()
    assert order(titled(*words[::-1]), BY_TITLE, lang=lang) == words
    assert order({word: work(f"{word}, A") for word in sorted(words)}, BY_AUTHOR, lang=lang) == words


@pytest.mark.parametrize(
    ("lang", "words"), [("de-DE", "Straße Strasse"), ("fr-FR", "côte coté"), ("en-US", "ASH ash")]
)
def test_capitals_and_accents_make_no_difference(lang, words):
    for new, old in (words.split(), words.split()[::-1]):
        works = {"new": work(title=new, year=2001), "old": work(title=old, year=1999)}
        assert order(works, BY_TITLE + BY_DATE, lang=lang) == ["old", "new"]


@pytest.mark.parametrize(
    "words",
    [
        ["de Vries", "deacon"],
        ["A bird", "Abacus", "'Abba'", "Abbey"],
        ["Ash", "“Birch”", "[Cedar]", "‘Date’"],
        ["New York", "Newark"],
    ],
)
def test_words_go_before_letters_and_signs_do_not_count(words):
    assert order(titled(*reversed(words)), BY_TITLE) == words


# Citations


def test_cites_are_sorted_in_a_citation():
    xml = style(TITLE, cite_sort='<key variable="title" sort="descending"/>')
    assert cited(xml, titled("b", "c", "a"), "a c b", "b a") == ["c; b; a", "b; a"]


def test_cites_stay_as_they_were_written():
    works = titled("b", "c", "a")
    assert cited(style(), works, "b c a") == ["b; c; a"]
    kept = Cluster(tuple(CiteRequest(key) for key in "bca"), unsorted=True)
    assert cited(style(cite_sort=BY_TITLE), works, kept) == ["b; c; a"]


def test_equal_cites_stay_in_their_order():
    works = {key: work(title=key, year=2000) for key in "bac"}
    assert cited(style(cite_sort=BY_DATE), works, "c a b") == ["c; a; b"]


# Numbers of citations


NUMBER = '<text variable="citation-number"/>'


def test_numbers_follow_the_citations_in_an_unsorted_list():
    xml = style(NUMBER, NUMBER + TITLE)
    assert cited(xml, titled("a", "b", "c"), "c", "a b", "c") == ["1", "2; 3", "1"]
    assert listed(xml, titled("b", "a")) == ["1b", "2a"]


def test_numbers_follow_a_sorted_list():
    xml = style(NUMBER, NUMBER + TITLE, entry_sort=BY_TITLE)
    assert cited(xml, titled("b", "c", "a"), "c", "a b") == ["3", "1; 2"]
    assert listed(xml, titled("b", "c", "a")) == ["1a", "2b", "3c"]


def test_cites_sorted_by_their_number():
    xml = style(NUMBER, NUMBER, cite_sort='<key variable="citation-number"/>')
    assert cited(xml, titled("a", "b", "c"), "a", "b", "c", "c a b")[-1] == "1; 2; 3"
