"""The lens: what a writer may change without loss looks the same, and nothing else does."""

from __future__ import annotations

import pytest

from paperbuild import lens
from paperbuild.model import OBJECT

SAME = [
    ("a  b\n\tc", "a b c"),
    (" a ", "a"),
    ("a\u00a0b\u202fc", "a b c"),
    ("“so” ‘so’ don’t", "\"so\" 'so' don't"),
    ("„so“ «so»", '"so" «so»'),
    ("1995–2005—x ‐ y − z", "1995-2005-x - y - z"),
    ("effort ﬂow", "effort flow"),
    ("o\ufb03ce \ufb01n", "office fin"),
    ("hyphen\u00adation", "hyphenation"),
    ("zero\u200bwidth\u2060joiner\ufeff", "zerowidthjoiner"),
    ("\u200fשלום\u200e \u2067x\u2069", "שלום x"),
    ("e\u0301tude", "étude"),
    ("H₂O x²", "H2O x2"),
    ("…", "..."),
    ("ﷺ", "صلى الله عليه وسلم"),
]
DIFFERENT = [
    ("12.5", "12,5"),
    ("Cafe", "Café"),
    ("word", "Word"),
    ("a b", "ab"),
    ("«so»", '"so"'),
    ("1995", "1996"),
    ("not true", "true"),
    ("x < y", "x > y"),
    ("a, b", "a b"),
    ("书", "書"),
    (f"a {OBJECT}", "a"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_may_differ_is_the_same(one, other):
    assert lens.normal(one) == lens.normal(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_was_written_stays_different(one, other):
    assert lens.normal(one) != lens.normal(other)


@pytest.mark.parametrize("text", [text for pair in SAME + DIFFERENT for text in pair])
def test_looking_twice_shows_no_more(text):
    assert lens.normal(lens.normal(text)) == lens.normal(text)
    assert lens.tight(lens.tight(text)) == lens.tight(text)
    assert lens.tight(lens.normal(text)) == lens.tight(text)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("well-known self-evident", "wellknown self- evident", True),
        (f"so {OBJECT} it", "so it", True),
        ("a b", "ab", True),
        ("not true", "true", False),
        ("1995", "1996", False),
        ("", " - ", True),
    ],
)
def test_what_a_pdf_keeps(one, other, equal):
    assert (lens.key(one, loose=True) == lens.key(other, loose=True)) is equal


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("שלום עולם", "םלוע םולש", True),
        ("مرحبا", "\ufee3\ufeae\ufea3\ufe92\ufe8e", True),
        ("مَرحبا", "مرحبا", True),
        ("שלום עולם", "שלום", False),
        ("מספר 12", "מספר 13", False),
    ],
)
def test_a_script_that_a_pdf_reorders_is_compared_by_its_letters(one, other, equal):
    assert (lens.key(one, loose=True) == lens.key(other, loose=True)) is equal
    assert lens.key("ab", loose=True) != lens.key("ba", loose=True)


@pytest.mark.parametrize(
    ("text", "reordered", "garbled"),
    [
        ("Latin ελλ 书", False, False),
        ("עברית", True, False),
        ("العربية", True, False),
        ("हिन्दी", True, True),
        ("ไทย", True, True),
    ],
)
def test_which_scripts_a_pdf_does_not_keep(text, reordered, garbled):
    assert (lens.reordered(text), lens.garbled(text)) == (reordered, garbled)


def test_signs_that_a_pdf_turns_round_or_draws_alike_are_no_difference():
    assert lens.key("波〜", loose=True) == lens.key("波～", loose=True)
    assert lens.key("(שלום)", loose=True) == lens.key("))שלום", loose=True)
    assert lens.garbled("שָׁלוֹם")
