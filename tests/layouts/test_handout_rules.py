"""Rules for handouts, each with its source, measured in the finished PDF and the finished Word document."""

from __future__ import annotations

import re

import pytest
from tests.helpers import export, manuscript
from tests.layouts.handouts import PAPER, W, gaps, letters, opened, rules

from paperbuild.pipeline import Job

_PAUK = "Pauk and Owens, How to Study in College; Cornell Learning Strategies Center, Cornell note-taking"
_ACB = "American Council of the Blind, Best Practices and Guidelines for Large Print Documents"
_BDA = "British Dyslexia Association, Dyslexia Style Guide 2023"

RULES = (
    ("cornell-cues", "a column of 2.5 inches for cues, left of a rule, on every page", _PAUK),
    ("cornell-summary", "2 inches for a summary below a rule at the foot of every page", _PAUK),
    (
        "cornell-questions",
        "questions on the text are part of the notes; here a numbered list after it",
        _PAUK,
    ),
    (
        "numbers",
        "paragraphs are numbered consecutively",
        "Civil Procedure Rules (England and Wales), PD 5A, 2.2",
    ),
    ("large-size", "no letter below 18 points", f"{_ACB}, item 1"),
    ("large-sans", "a sans serif font", f"{_ACB}, item 1"),
    ("large-lines", "lines at least one and a half apart", f"{_ACB}, item 2"),
    ("large-headings", "headings larger than the text, aligned left", f"{_ACB}, item 3"),
    ("large-left", "blocked paragraphs, aligned left, with a line's space between them", f"{_ACB}, item 4"),
    ("large-page-number", "page numbers as large as the text", f"{_ACB}, on page numbers"),
    (
        "large-emphasis",
        "no italics and no small capitals; emphasis is underlined",
        f"{_ACB} (2025), on emphasis",
    ),
    ("legible-size", "12 to 14 points", f"{_BDA}, readable fonts"),
    ("legible-sans", "a sans serif font", f"{_BDA}, readable fonts"),
    ("legible-letters", "more room between letters than the font has", f"{_BDA}, readable fonts"),
    ("legible-lines", "lines one and a half apart", f"{_BDA}, readable fonts"),
    ("legible-headings", "headings at least a fifth larger than the text, and bold", f"{_BDA}, headings"),
    (
        "legible-emphasis",
        "neither italics nor underlining; emphasis is bold",
        f"{_BDA}, headings and structure",
    ),
    ("legible-width", "lines of at most 80 characters, not justified", "WCAG 2.2, 1.4.8 Visual Presentation"),
)
"""Identifier, requirement and source; each has a function ``test_IDENTIFIER``."""

_INCH = 72.0
_BODY = "Socrates has a way"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Handouts by their layout, each made once."""
    known = {}

    def get(layout):
        if layout not in known:
            folder = tmp_path_factory.mktemp("handout")
            path = manuscript(folder, PAPER)
            job = Job(path, formats=("pdf", "docx"), layout=layout, out=folder / "dist")
            known[layout] = opened(export(job))
            assert known[layout].export.report.ok, known[layout].export.report.findings
        return known[layout]

    return get


@pytest.fixture(scope="module")
def cornell(made):
    return made("handout+cornell+numbered-paragraphs")


@pytest.fixture(scope="module")
def large(made):
    return made("handout+large-print")


@pytest.fixture(scope="module")
def legible(made):
    return made("handout+legible")


def test_every_rule_has_a_check():
    for name, _, _ in RULES:
        assert f"test_{name.replace('-', '_')}" in globals()


def test_cornell_cues(cornell):
    for page in range(cornell.pages):
        found = rules(cornell, page, upright=True)
        assert found
        assert all(abs(place - 2.5 * _INCH) < 2 for place in found)
    assert min(one.left for one in cornell.words) > 2.5 * _INCH
    section = cornell.word.sections[0]
    border = section._sectPr.find(f"{W}pgBorders/{W}left")
    assert section.left_margin.pt - int(border.get(f"{W}space")) == pytest.approx(2.5 * _INCH, abs=2)


def test_cornell_summary(cornell):
    for page in range(cornell.pages):
        above = [one for one in cornell.words if one.page == page and one.baseline > 2 * _INCH]
        below = [one for one in cornell.words if one.page == page and one.baseline < 2 * _INCH]
        assert above
        assert all(one.baseline < 0.7 * _INCH for one in below)  # the footer, and nothing else
        found = rules(cornell, page, upright=False)
        assert found
        assert all(abs(place - 2 * _INCH) < 2 for place in found)
    section = cornell.word.sections[0]
    for footer in (section.footer, section.first_page_footer):
        if footer.is_linked_to_previous:
            continue
        area, line = footer.paragraphs
        height = section.footer_distance.pt + area.paragraph_format.line_spacing.pt
        assert height + 1.15 * line.style.font.size.pt == pytest.approx(2 * _INCH, abs=3)
        assert area._p.find(f".//{W}pBdr/{W}top") is not None


def test_cornell_questions(cornell):
    items = [one for one in cornell.word.paragraphs if one.text in {"Who gains from silence?"}]
    assert [one._p.find(f".//{W}numPr") is not None for one in items] == [True]
    question = cornell.starting("Who gains")
    line = [one for one in cornell.words if (one.page, one.baseline) == (question.page, question.baseline)]
    assert min(line, key=lambda one: one.left).text.strip() == "2."


def test_numbers(cornell):
    wanted = ["Socrates has", "Why should", "Say that", "And even"]
    for kind in ("pdf", "docx"):
        texts = [item.text for item in cornell.export.observed(kind).of("paragraph")]
        found = [match for text in texts if (match := re.match(r"(\d+)\s*([A-Z].*)", text, re.DOTALL))]
        assert [int(match[1]) for match in found] == [1, 2, 3, 4]
        for match, words in zip(found, wanted, strict=True):
            assert match[2].replace(" ", "").startswith(words.replace(" ", ""))


def test_large_size(large):
    assert min(one.size for one in letters(large)) >= 17.99
    for style in large.word.styles:
        if style.type == 1 and style.font.size is not None:
            assert style.font.size.pt >= 18, style.name


def test_large_sans(large):
    assert all("Sans" in one.font for one in letters(large))
    assert {large.style(name).font.name for name in ("Body Text", "Heading 1", "footnote text")} == {"Arial"}


def test_large_lines(large):
    assert min(gaps(large, _BODY, 3)) >= 1.5 * 18
    assert large.style("Body Text").paragraph_format.line_spacing >= 1.5


def test_large_headings(large):
    text, heading = large.starting(_BODY), large.starting("Being examined")
    assert heading.size > text.size
    assert heading.left == pytest.approx(text.left, abs=1)
    style = large.style("Heading 1")
    assert (style.font.size.pt, style.font.all_caps) == (22, False)


def test_large_left(large):
    text = next(item for item in large.export.observed("pdf").of("paragraph") if _BODY[:8] in item.text)
    assert "-\n" not in text.text
    body = large.style("Body Text").paragraph_format
    assert (int(body.alignment), body.first_line_indent.pt, body.space_after.pt) == (0, 0, 18)
    setting = large.word.settings.element.find(f"{W}autoHyphenation")
    assert setting is None


def test_large_page_number(large):
    numbers = [one for one in large.words if one.baseline < 90 and re.search(r"\d", one.text)]
    assert numbers
    assert all(one.size >= 17.99 for one in numbers)
    assert large.style("Footer").font.size.pt == 18


def test_large_emphasis(large):
    assert not [one for one in letters(large) if re.search("Italic|Oblique", one.font)]
    runs = [run for one in large.word.paragraphs for run in one.runs]
    assert not any(run.font.italic or run.font.small_caps for run in runs)
    assert [run.text for run in runs if run.font.underline][:2] == ["habit", "maddening"]


def test_legible_size(legible):
    assert 12 <= legible.starting(_BODY).size <= 14
    assert min(one.size for one in letters(legible)) >= 11.99
    assert legible.style("Body Text").font.size.pt == 13


def test_legible_sans(legible):
    assert all("Sans" in one.font for one in letters(legible))
    assert legible.style("Body Text").font.name == "Arial"


def test_legible_letters(legible, large):
    apart = legible.word.styles.element.find(f"{W}docDefaults//{W}rPr/{W}spacing")
    assert int(apart.get(f"{W}val")) > 0
    widths = [one.width("Being silenced") / one.starting("Being silenced").size for one in (legible, large)]
    assert widths[0] > widths[1] * 1.03


def test_legible_lines(legible):
    assert min(gaps(legible, _BODY, 3)) >= 1.5 * 13
    assert legible.style("Body Text").paragraph_format.line_spacing == 1.5


def test_legible_headings(legible):
    text = legible.starting(_BODY)
    for words in ("Being examined", "A measure"):
        heading = legible.starting(words)
        assert heading.size >= 1.2 * text.size
        assert "Bold" in heading.font
    for level in range(1, 7):
        style = legible.style(f"Heading {level}")
        assert style.font.size.pt >= 1.2 * 13
        assert style.font.bold


def test_legible_emphasis(legible):
    assert not [one for one in letters(legible) if re.search("Italic|Oblique", one.font)]
    runs = [run for one in legible.word.paragraphs for run in one.runs]
    assert not any(run.font.italic or run.font.underline for run in runs)
    assert "maddening" in [run.text for run in runs if run.font.bold]
    assert "Bold" in legible.starting("maddening").font


def test_legible_width(legible):
    lines: dict[tuple[int, int], list[str]] = {}
    for one in legible.words:
        lines.setdefault((one.page, round(one.baseline)), []).append(one.text)
    assert max(len(" ".join(texts)) for texts in lines.values()) <= 80
    assert int(legible.style("Body Text").paragraph_format.alignment) == 0
