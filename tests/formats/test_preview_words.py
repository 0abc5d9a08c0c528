"""The page's own words: in every language whole, with right plurals, and each number to be found."""

from __future__ import annotations

import re

import icu
import pytest

from paperbuild.formats.preview.words import languages, words
from paperbuild.resolve.terms import terms

LANGUAGES = languages()


def line(lang: str, percent: int, sections: int) -> str:
    return " ".join("".join(part.text for part in words(lang).line(percent, sections)).split())


def test_the_line_is_the_one_that_readers_know():
    assert line("en-GB", 65, 1) == ("You’re 65% through this paper. Sign up to read the remaining 1 section.")
    assert line("en", 50, 3).endswith("the remaining 3 sections.")
    assert line("en", 50, 0).endswith("Sign up to read the rest.")


def test_there_are_words_for_every_language_whose_terms_are_known():
    known = [lang for lang in LANGUAGES if lang == "en" or terms(lang) != terms("en")]
    assert known == list(LANGUAGES)
    assert len(LANGUAGES) >= 12


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_says_all_that_english_says_and_in_its_own_words(lang):
    table, english = words(lang).table, words("en").table
    assert list(table) == list(english)
    assert all(text.strip() for text in table.values())
    if lang != "en":
        assert sum(table[name] == english[name] for name in table) <= 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_numbers_are_told_whatever_the_plural(lang):
    for sections in (1, 2, 3, 5, 11, 21, 100, 1000):
        parts = words(lang).line(37, sections)
        assert [part.name for part in parts if part.name] == (
            ["sections", "percent"] if parts[0].name == "sections" else ["percent", "sections"]
        ), sections
        assert not re.search(r"[{}#\ufdd0\ufdd1]", "".join(part.text for part in parts))
    assert [part.name for part in words(lang).line(37, 0) if part.name] == ["percent"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_plural_of_the_language_has_a_form_of_its_own(lang):
    """CLDR's categories; where a language has only one, so has the line."""
    wanted = set(icu.PluralRules.forLocale(icu.Locale(lang)).getKeywords()) - {"zero"}
    forms = set(re.findall(r"\b(zero|one|two|few|many|other) \{", words(lang)["line"]))
    assert forms <= wanted
    samples = {icu.PluralRules.forLocale(icu.Locale(lang)).select(n) for n in range(1, 200)} & wanted
    assert samples - forms <= {"many", "two", "one"}
    assert "other" in forms


@pytest.mark.parametrize(
    ("lang", "sections", "said"),
    [("ru", 1, "1 раздел."), ("ru", 3, "3 раздела."), ("ru", 5, "5 разделов."), ("ru", 21, "21 раздел."),
     ("pl", 2, "2 rozdziały."), ("pl", 12, "12 rozdziałów."), ("ar", 2, "قسمان"), ("ar", 4, "أقسام"),
     ("ja", 1, "残り 1 節"), ("fa", 2, "۲")],
)  # fmt: skip
def test_plurals_are_those_of_the_language(lang, sections, said):
    assert said in line(lang, 65, sections)


@pytest.mark.parametrize(
    ("lang", "shown"), [("en", "65%"), ("de", "65\u00a0%"), ("tr", "%65"), ("fa", "۶۵٪"), ("ar-EG", "٦٥٪")]
)
def test_percent_is_written_as_the_language_does(lang, shown):
    assert words(lang).percent(65).rstrip("\u061c\u200e") == shown


def test_a_language_that_is_not_known_is_answered_in_english():
    found = words("tlh")
    assert (found.lang, found.dir, found["sign_up"]) == ("en", "ltr", "Sign up")
    assert words("he-IL").dir == "rtl"
    assert words("nn").lang == words("no").lang == "nb"


def test_a_line_of_ones_own_is_taken_to_the_letter():
    parts = words("en").own_line("Read {sections} more {thing}, {percent} done, 'so'", 65, 2)
    assert "".join(part.text for part in parts) == "Read 2 more {thing}, 65% done, 'so'"
    assert [part.name for part in parts] == ["", "sections", "", "percent", ""]


def test_links_back_say_where_they_lead():
    assert words("en").back_to_note(2) == "Back to note 2 in the text"
    assert "۲" in words("fa").back_to_note(2)
