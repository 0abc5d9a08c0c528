"""Numbers and pages: their forms, their ranges, and what is asked about them."""

from __future__ import annotations

import pytest

from paperbuild.csl.render.numbers import (
    is_numeric,
    is_plural,
    long_ordinal,
    number_text,
    ordinal,
    render_number,
    split_label,
    to_roman,
)
from paperbuild.csl.render.pages import page_range
from paperbuild.csl.style import nodes
from paperbuild.csl.text.tree import Format, Rich, plain


def term(single: str, multiple: str = "", gender: str = "", match: str = "") -> nodes.Term:
    return nodes.Term(single, multiple or single, gender, match=match)


ENGLISH = nodes.Locale(
    "en-US",
    {
        ("page-range-delimiter", "long"): term("–"),
        ("year-range-delimiter", "long"): term("~"),
        ("and", "long"): term("and"),
        ("page", "short"): term("p.", "pp."),
        ("figure", "short"): term("fig.", "figs."),
    },
    {
        ("ordinal", ""): term("th"),
        ("ordinal-01", ""): term("st"),
        ("ordinal-02", ""): term("nd"),
        ("ordinal-03", ""): term("rd"),
        ("ordinal-11", ""): term("th"),
        ("ordinal-12", ""): term("th"),
        ("ordinal-13", ""): term("th"),
        ("long-ordinal-01", ""): term("first"),
        ("long-ordinal-02", ""): term("second"),
    },
)
FRENCH = nodes.Locale(
    "fr-FR",
    {
        ("edition", "long"): term("édition", gender="feminine"),
        ("issue", "long"): term("numéro", gender="masculine"),
        ("and", "long"): term("et"),
        ("and", "symbol"): term("ET"),
    },
    {
        ("ordinal", ""): term("e"),
        ("ordinal-01", "feminine"): term("re", match="whole-number"),
        ("ordinal-01", "masculine"): term("er", match="whole-number"),
        ("long-ordinal-01", "feminine"): term("première"),
        ("long-ordinal-01", ""): term("premier"),
    },
)
OLD = nodes.Locale(
    "en", {}, {(f"ordinal-0{n}", ""): term(s) for n, s in enumerate(("st", "nd", "rd", "th"), 1)}
)


@pytest.mark.parametrize(
    "value", ["7", "7th", "D7", "L7d", "7-9", "7–9", "7, 9", "7,9", "7 & 9", "1962/63", "iv", "7\\-9"]
)
def test_numeric(value: str) -> None:
    assert is_numeric(value)


@pytest.mark.parametrize(
    "value", ["", "seventh", "7 ed.", "7th edition", "2 Suppl", "vol. 7", "7.1", "Part 2"]
)
def test_not_numeric(value: str) -> None:
    assert not is_numeric(value)
    assert is_numeric("vol. 7", "volume")


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("page", "7", False),
        ("page", "7-9", True),
        ("page", "S7–S9", True),
        ("page", "i-iv", True),
        ("page", "7 & 9", True),
        ("page", "7 and 9", True),
        ("page", "7, figs. 2-3", False),
        ("page", "7\\-9", False),
        ("page", "7a-c", False),
        ("page", "Smith-Jones", False),
        ("number-of-pages", "1", False),
        ("number-of-pages", "300", True),
        ("number-of-volumes", "2 vols", True),
        ("number-of-volumes", "many", False),
    ],
)
def test_plural(variable: str, value: str, expected: bool) -> None:
    assert is_plural(variable, value) is expected
    assert is_plural("page", "7 et 9", "et")


def test_ordinals() -> None:
    assert [ordinal(n, "", ENGLISH) for n in (1, 2, 3, 4, 11, 12, 21, 101, 111)] == (
        "1st 2nd 3rd 4th 11th 12th 21st 101st 111th".split()
    )
    assert [ordinal(n, "", OLD) for n in (1, 2, 3, 4, 11, 12, 21, 112)] == (
        "1st 2nd 3rd 4th 11th 12th 21st 112th".split()
    )
    assert [ordinal(n, "feminine", FRENCH) for n in (1, 2, 21)] == ["1re", "2e", "21e"]
    assert ordinal(1, "masculine", FRENCH) == "1er"
    assert ordinal(1, "", FRENCH) == "1e"
    assert ordinal(1, "", nodes.Locale("xx", {})) == "1"


def test_a_locale_may_have_its_ordinals_in_genders_only() -> None:
    gendered = {("ordinal", "feminine"): term("a"), ("ordinal", "masculine"): term("o")}
    locale = nodes.Locale("xx", {}, gendered)
    assert [ordinal(7, gender, locale) for gender in ("feminine", "masculine", "")] == ["7a", "7o", "7o"]


def test_long_ordinals_and_roman_numerals() -> None:
    assert [long_ordinal(n, "", ENGLISH) for n in (1, 2, 3, 21)] == ["first", "second", "3rd", "21st"]
    assert long_ordinal(1, "feminine", FRENCH) == "première"
    assert long_ordinal(1, "masculine", FRENCH) == "premier"
    assert [to_roman(n) for n in (1, 4, 9, 48, 1994, 3999)] == "i iv ix xlviii mcmxciv mmmcmxcix".split()
    assert [to_roman(n) for n in (0, 6000)] == ["0", "6000"]


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [
        ("numeric", "7", "7"),
        ("numeric", "7 - 9", "7–9"),
        ("numeric", "7,9", "7, 9"),
        ("numeric", "7&9", "7 & 9"),
        ("numeric", "1,234", "1,234"),
        ("numeric", "7 ed.", "7 ed."),
        ("numeric", "Part - Whole", "Part - Whole"),
        ("numeric", "7\\-9", "7-9"),
        ("numeric", "vol. 7", "7"),
        ("ordinal", "7", "7th"),
        ("ordinal", "1-2", "1st–2nd"),
        ("ordinal", "2, 3 & 4", "2nd, 3rd & 4th"),
        ("ordinal", "7th", "7th"),
        ("ordinal", "D7", "D7"),
        ("ordinal", "7 ed.", "7 ed."),
        ("ordinal", "7, p. 8-9", "7th, pp. 8–9"),
        ("long-ordinal", "2", "second"),
        ("roman", "7–9", "vii–ix"),
    ],
)
def test_forms(form: str, value: str, expected: str) -> None:
    child = render_number(nodes.Number("volume", form), value, ENGLISH)
    assert child is not None
    assert plain(child) == expected


def test_the_tree_of_a_number() -> None:
    look = Format(prefix="no. ")
    child = render_number(nodes.Number("issue", "ordinal", look, "uppercase"), "1", FRENCH)
    assert isinstance(child, Rich)
    assert (child.children, child.format, child.tag, child.data) == (("1ER",), look, "number", "issue")
    assert render_number(nodes.Number("issue"), "  ", FRENCH) is None


def test_text_keeps_more_as_it_is() -> None:
    assert number_text("volume", "7,9", ENGLISH) == "7,9"
    assert number_text("volume", "7 - 9", ENGLISH) == "7–9"
    assert number_text("collection-number", "1962-1963", ENGLISH) == "1962~1963"
    assert number_text("volume", "7 & 9", FRENCH) == "7 ET 9"
    assert number_text("page", "pp. 101-108", ENGLISH, page_form="minimal") == "101–8"
    assert number_text("page", "101-108, fig. 3", ENGLISH, page_form="minimal") == "101–8, fig. 3"
    assert number_text("locator", "101-108", ENGLISH, label="chapter", page_form="minimal") == "101–108"
    assert number_text("locator", "101-108", ENGLISH, label="page", page_form="minimal") == "101–8"
    assert number_text("page", "3-1 - 3-8", ENGLISH) == "3-1–3-8"
    assert number_text("locator", "7, fig. 3, 8 May", ENGLISH) == "7, fig. 3, 8 May"


def test_labels_in_front_of_a_number() -> None:
    assert split_label("vol. 7, fol. 8") == ("volume", "7, fol. 8")
    assert split_label("pp. 7-9") == ("page", "7-9")
    assert split_label(" 7 ") == ("", "7")
    assert split_label("p. said") == ("", "p. said")


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [
        ("", "207-8", "207–8"),
        ("", "207 - 208", "207–208"),
        ("", "xi-xv", "xi–xv"),
        ("", "A7-B9", "A7-B9"),
        ("", "207\\-8", "207-8"),
        ("", "207--8", "207–8"),
        ("", "12.1-12.9", "12.1–12.9"),
        ("expanded", "207-8", "207–208"),
        ("expanded", "S207-S8", "S207–S208"),
        ("expanded", "207-8, 310-2 & 4", "207–208, 310–312 & 4"),
        ("minimal", "207-208", "207–8"),
        ("minimal", "S207-S208", "S207–8"),
        ("minimal", "97-102", "97–102"),
        ("minimal", "1297-1302", "1297–302"),
        ("minimal", "xi-xv", "xi–xv"),
        ("minimal-two", "207-208", "207–08"),
        ("minimal-two", "7-8", "7–8"),
        ("chicago", "200-204", "200–204"),
        ("chicago", "207-208", "207–8"),
        ("chicago", "221-228", "221–28"),
        ("chicago", "1297-1302", "1297–1302"),
        ("chicago-15", "12297-12302", "12297–302"),
        ("chicago-15", "12991-13003", "12991–13003"),
        ("chicago-16", "1297-1302", "1297–302"),
        ("chicago-16", "207-8", "207–8"),
        ("chicago-16", "896-1004", "896–1004"),
    ],
)
def test_page_ranges(form: str, value: str, expected: str) -> None:
    assert page_range(value, form, "–") == expected
    assert page_range("207", form, "–") == "207"
