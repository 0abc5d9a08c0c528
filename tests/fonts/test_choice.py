"""Which fonts a page gets, and what is said of characters that they lack."""

from __future__ import annotations

import pytest

from paperbuild.fonts import FAMILIES, chosen, missing
from paperbuild.fonts.text import drawn, told

BODY = [("EB Garamond", "serif")]
INSTALLED = {path for each in FAMILIES for path in each.files()}
NOWHERE = "\U000f0000"
"""A character for private use, which no font for texts has."""


@pytest.fixture
def deaf(monkeypatch, tmp_path):
    """A machine whose fonts nobody can ask for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    _forget()
    yield
    _forget()


def _forget():
    from paperbuild.fonts import machine  # noqa: PLC0415 - only here

    machine.named.cache_clear()
    machine.having.cache_clear()


def test_what_a_family_lacks_is_counted():
    assert missing("שלום wörld, שלום", ["EB Garamond"]) == {"ש": 2, "ל": 2, "ו": 2, "ם": 2}
    assert missing("שלום", ["EB Garamond", "Noto Serif Hebrew"]) == {}
    assert missing("שלום 中 ∈ 😀", ["EB Garamond", "serif"]) == {}
    assert missing("ab", ["Comic Sans MS"]) == {"a": 1, "b": 1}


def test_only_what_is_drawn_counts():
    assert drawn("a b\u00a0\u2003\n\t\u200d\ufe0f\u00ad\u2066c") == {"a": 1, "b": 1, "c": 1}
    assert drawn("o\u0308\u0323") == {"ọ": 1, "\u0308": 1}, "composed as far as Unicode does"


def test_many_characters_are_told_in_one_line():
    text = "".join(chr(0x12000 + number) for number in range(40)) + "\U00012000"
    said = told(drawn(text))
    assert said.startswith("𒀀 (U+12000 CUNEIFORM SIGN A, 2 times), ")
    assert said.endswith(" and 34 more")
    assert len(said) < 400


def test_a_text_that_the_packages_cover_takes_nothing_of_the_machine():
    text = "Latin Ελληνικά Кириллица שָׁלוֹם العربية 中文 日本語 한국어 ∑∈√ ☐✓ 😀 ქართული हिन्दी ไทย"
    choice = chosen(text, [*BODY, ("Source Sans 3", "Liberation Serif", "sans-serif")])
    assert set(choice.files) == INSTALLED
    assert choice.findings == ()


def test_a_family_of_the_machine_is_taken_where_a_list_begins_with_it_and_told():
    choice = chosen("Text", [("Liberation Serif", "EB Garamond", "serif")])
    assert {path.name for path in set(choice.files) - INSTALLED} >= {"LiberationSerif-Regular.ttf"}
    [finding] = choice.findings
    assert finding.severity == "info"
    assert "Liberation Serif" in finding.message


def test_a_family_that_is_nowhere_is_passed_over():
    choice = chosen("Text", [("No Such Family", "EB Garamond", "serif")])
    assert set(choice.files) == INSTALLED
    assert choice.findings == ()


def test_a_script_that_only_the_machine_has_is_lent_and_told():
    choice = chosen("ܫܠܡܐ ܫ", BODY)
    assert [path.name for path in choice.files if path not in INSTALLED] == ["NotoSansSyriac-Regular.ttf"]
    [finding] = choice.findings
    assert finding.severity == "warning"
    assert "ܫ (U+072B SYRIAC LETTER SHIN, 2 times)" in finding.message


@pytest.mark.usefixtures("deaf")
def test_where_the_machine_cannot_be_asked_its_fonts_count_for_nothing():
    choice = chosen("ܫ", [("Liberation Serif", "serif")])
    assert set(choice.files) == INSTALLED
    [finding] = choice.findings
    assert "no font has ܫ (U+072B SYRIAC LETTER SHIN, once)" in finding.message
    assert "Syriac" in finding.hint


def test_a_character_that_no_font_has_is_a_warning():
    [finding] = chosen(f"a{NOWHERE}b{NOWHERE}", BODY).findings
    assert finding.severity == "warning"
    assert "U+F0000" in finding.message
    assert "2 times" in finding.message


def test_a_letter_in_another_typeface_than_the_letters_beside_it_is_told():
    [finding] = chosen("Слово сꙋд, עברית", BODY).findings
    assert finding.severity == "info"
    assert finding.message.startswith("EB Garamond lacks ꙋ (U+A64B CYRILLIC SMALL LETTER MONOGRAPH UK, once)")
