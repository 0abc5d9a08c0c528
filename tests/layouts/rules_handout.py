"""The rules of handouts and of the variants for readers who need other pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from tests.layouts.breach import Breach, layout
from tests.layouts.handouts import Made, W, Words, gaps, letters, rules

_INCH = 72.0
_BODY = "Socrates has a way"
_ENDS = ("-", "\u2010", "\u00ad", "\ufffe", "\u0002")

Check = Callable[[Made], tuple[Any, Any]]
"""What is seen in a file, and what the rule wants there."""


@dataclass(frozen=True)
class Rule:
    """One rule, with its source, how it is read back from each format, and how a handout breaks it."""

    name: str
    requirement: str
    source: str
    pdf: Check
    word: Check
    breach: Breach

    @property
    def layout(self) -> str:
        return _LAYOUTS[self.name.partition("-")[0]]


_LAYOUTS = {
    "cornell": "handout+cornell+numbered-paragraphs",
    "numbers": "handout+cornell+numbered-paragraphs",
    "large": "handout+large-print",
    "legible": "handout+legible",
}
"""By what the names of their rules begin with."""


def _near(value: float, by: float = 2) -> Any:
    return pytest.approx(value, abs=by)


def _points(length: Any) -> float:
    """A length of python-docx."""
    return float(length.pt)


def _cues(made: Made) -> tuple[Any, Any]:
    """On each page, the rules that stand upright; and what stands left of them."""
    found = [
        [*{round(place / 3) * 3 for place in rules(made, page, upright=True)}] for page in range(made.pages)
    ]
    left = min(one.left for one in made.words) > 2.5 * _INCH
    return ((found, left), ([[_near(2.5 * _INCH)]] * made.pages, True))


def _cues_word(made: Made) -> tuple[Any, Any]:
    section = made.word.sections[0]
    border: Any = section._sectPr.find(f"{W}pgBorders/{W}left")
    return (_points(section.left_margin) - int(border.get(f"{W}space")), _near(2.5 * _INCH))


def _summary(made: Made) -> tuple[Any, Any]:
    """On each page, the rules that lie across it; and whether nothing but the footer stands below."""
    found = [
        [*{round(place / 3) * 3 for place in rules(made, page, upright=False)}] for page in range(made.pages)
    ]
    footer = all(one.baseline < 0.7 * _INCH for one in made.words if one.baseline < 2 * _INCH)
    return ((found, footer), ([[_near(2 * _INCH)]] * made.pages, True))


def _summary_word(made: Made) -> tuple[Any, Any]:
    """The area above each footer's line, with that line; and the rule above the area."""
    section, seen = made.word.sections[0], []
    for footer in (section.footer, section.first_page_footer):
        if not footer.is_linked_to_previous:
            area, line = footer.paragraphs
            height = _points(section.footer_distance) + _points(area.paragraph_format.line_spacing)
            ruled = area._p.find(f".//{W}pBdr/{W}top") is not None
            seen.append((height + 1.15 * line.style.font.size.pt, ruled))
    return (seen, [(_near(2 * _INCH, 3), True)] * max(len(seen), 1))


def _questions(made: Made) -> tuple[Any, Any]:
    """What stands in the line of the second question."""
    found = [one for one in made.words if one.text.strip().startswith("Who gains")]
    lines = [sorted(_in_line(made, one), key=lambda beside: beside.left)[0].text.strip() for one in found]
    return (lines, ["2."])


def _questions_word(made: Made) -> tuple[Any, Any]:
    items = [one for one in made.word.paragraphs if one.text == "Who gains from silence?"]
    return ([one._p.find(f".//{W}numPr") is not None for one in items], [True])


def _in_line(made: Made, run: Words) -> list[Words]:
    return [one for one in made.words if (one.page, one.baseline) == (run.page, run.baseline)]


def _numbers(kind: str) -> Check:
    """The paragraphs that begin with a number, and how they go on."""

    def check(made: Made) -> tuple[Any, Any]:
        texts = [item.text for item in made.export.observed(kind).of("paragraph")]
        found = [match for text in texts if (match := re.match(r"(\d+)\s*([A-Z].*)", text, re.DOTALL))]
        seen = [(int(match[1]), re.sub(r"\s", "", match[2])[:6]) for match in found]
        return (seen, [(1, "Socrat"), (2, "Whysho"), (3, "Saytha"), (4, "Andeve"), (5, "Whatno")])

    return check


def _smallest(size: float) -> Check:
    """No run of words is smaller, by so little as a rounded number may be."""
    return lambda made: (min(one.size for one in letters(made)) > size - 0.01, True)


def _styles_large(made: Made) -> tuple[Any, Any]:
    sized = [one for one in made.word.styles if one.type == 1 and one.font.size is not None]
    return ([one.name for one in sized if one.font.size.pt < 18], [])


def _sans(made: Made) -> tuple[Any, Any]:
    return ({one.font for one in letters(made) if "Sans" not in one.font}, set())


def _sans_word(made: Made) -> tuple[Any, Any]:
    names = ("Body Text", "Heading 1", "footnote text")
    return ({made.style(name).font.name for name in names}, {"Arial"})


def _apart(size: float) -> Check:
    """Lines of a paragraph in this size are one and a half apart."""
    return lambda made: (min(gaps(made, _BODY, 3)) >= 1.5 * size, True)


def _apart_word(made: Made) -> tuple[Any, Any]:
    return (made.style("Body Text").paragraph_format.line_spacing >= 1.5, True)


def _headings_large(made: Made) -> tuple[Any, Any]:
    text, heading = made.starting(_BODY), made.starting("Being examined")
    return ((heading.size > text.size, heading.left), (True, _near(text.left, 1)))


def _headings_large_word(made: Made) -> tuple[Any, Any]:
    style = made.style("Heading 1")
    seen = (style.font.size.pt > made.style("Body Text").font.size.pt, style.font.all_caps)
    return ((*seen, int(style.paragraph_format.alignment)), (True, False, 0))


def _lines(made: Made) -> dict[tuple[int, int], list[Words]]:
    """The runs of each line, by page and baseline."""
    found: dict[tuple[int, int], list[Words]] = {}
    for one in made.words:
        found.setdefault((one.page, round(one.baseline)), []).append(one)
    return found


def _blocked(made: Made) -> tuple[Any, Any]:
    """A paragraph begins where its lines do, and the next one more than a line below its last."""
    text, on, after = (made.starting(words) for words in ("And even if", "needs it", "What nobody"))
    within, between = text.baseline - on.baseline, on.baseline - after.baseline
    return ((on.left, between > within + 9), (_near(text.left, 1), True))


def _blocked_word(made: Made) -> tuple[Any, Any]:
    body = made.style("Body Text").paragraph_format
    return ((int(body.alignment), body.first_line_indent.pt, body.space_after.pt), (0, 0, 18))


def _ragged(made: Made) -> tuple[Any, Any]:
    """Lines of the first paragraph end in different places, and none ends in a hyphen."""
    first = made.lines.find(_BODY)
    ends = {round(made.lines.after(first, number).end) for number in range(3)}
    return ((len(ends), [line.text for line in made.lines.lines if line.text.endswith(_ENDS)]), (3, []))


def _ragged_word(made: Made) -> tuple[Any, Any]:
    divided = made.word.settings.element.find(f"{W}autoHyphenation") is not None
    return ((int(made.style("Body Text").paragraph_format.alignment), divided), (0, False))


def _page_number(made: Made) -> tuple[Any, Any]:
    found = [one for one in made.words if one.baseline < 90 and re.search(r"\d", one.text)]
    return ([(one.size, "Sans" in one.font) for one in found], [(_near(18, 0.01), True)] * max(len(found), 1))


def _page_number_word(made: Made) -> tuple[Any, Any]:
    return (made.style("Footer").font.size.pt, 18)


def _free(made: Made) -> tuple[Any, Any]:
    """Lines of text stand an inch from the edges on the left, on the right and above."""
    width = made.lines.sizes[0][0]
    text = [line for page in range(1, made.pages + 1) for line in made.lines.on(page)]
    right, top = max(line.end for line in text), min(line.y for line in text)
    left = min(line.x for line in text)
    return ((left > _INCH - 1, right < width - _INCH + 1, top > _INCH), (True, True, True))


def _free_word(made: Made) -> tuple[Any, Any]:
    section = made.word.sections[0]
    margins = (section.left_margin, section.right_margin, section.top_margin)
    return ([_points(margin) > _INCH - 0.5 for margin in margins], [True] * 3)


def _slanted(made: Made) -> list[str]:
    return [one.text for one in letters(made) if re.search("Italic|Oblique", one.font)]


def _runs(made: Made) -> Iterator[Any]:
    return (run for one in made.word.paragraphs for run in one.runs)


def _underlined_word(made: Made) -> tuple[Any, Any]:
    slanted = [run.text for run in _runs(made) if run.font.italic or run.font.small_caps]
    return (
        (slanted, [run.text for run in _runs(made) if run.font.underline][:2]),
        ([], ["habit", "maddening"]),
    )


def _emboldened(made: Made) -> tuple[Any, Any]:
    return ((_slanted(made), "Bold" in made.starting("maddening").font), ([], True))


def _emboldened_word(made: Made) -> tuple[Any, Any]:
    other = [run.text for run in _runs(made) if run.font.italic or run.font.underline]
    return ((other, "maddening" in [run.text for run in _runs(made) if run.font.bold]), ([], True))


def _legible(made: Made) -> tuple[Any, Any]:
    return (
        (12 <= made.starting(_BODY).size <= 14, min(one.size for one in letters(made)) > 11.99),
        (True, True),
    )


def _legible_word(made: Made) -> tuple[Any, Any]:
    return (12 <= made.style("Body Text").font.size.pt <= 14, True)


def _spread(made: Made) -> tuple[Any, Any]:
    """How wide a heading is in sizes of its letters: 6.93 in the font itself."""
    width = made.width("Being silenced") / made.starting("Being silenced").size
    return (width > 1.03 * 6.93, True)


def _spread_word(made: Made) -> tuple[Any, Any]:
    found = made.word.styles.element.find(f"{W}docDefaults//{W}rPr/{W}spacing")
    return (found is not None and int(found.get(f"{W}val")) > 0, True)


def _headings_bold(made: Made) -> tuple[Any, Any]:
    found = [made.starting(words) for words in ("Being examined", "A measure")]
    least = 1.2 * made.starting(_BODY).size
    return ([(one.size >= least, "Bold" in one.font) for one in found], [(True, True)] * 2)


def _headings_bold_word(made: Made) -> tuple[Any, Any]:
    styles = [made.style(f"Heading {level}") for level in range(1, 7)]
    least = 1.2 * made.style("Body Text").font.size.pt
    return ([(one.font.size.pt >= least, one.font.bold) for one in styles], [(True, True)] * 6)


def _narrow(made: Made) -> tuple[Any, Any]:
    texts = [" ".join(one.text for one in line) for line in _lines(made).values()]
    return (max(len(text) for text in texts) <= 80, True)


def _narrow_word(made: Made) -> tuple[Any, Any]:
    """A letter of Arial is half its size wide, about, and half a point is put between two."""
    section, size = made.word.sections[0], made.style("Body Text").font.size.pt
    width = _points(section.page_width) - _points(section.left_margin) - _points(section.right_margin)
    return (width / (0.5 * size + 0.5) <= 80, True)


_PAUK = "Pauk, How to Study in College; Cornell University, Learning Strategies Center, The Cornell Note-taking System"
_NUMBERED = "Civil Procedure Rules (England and Wales), PD 5A, 2.2(5); Courts of New Zealand, documents of the High Court"
_ACB = "American Council of the Blind, Best Practices and Guidelines for Large Print Documents"
_BOARD = "American Council of the Blind, Large Print Guidelines of its Board of Publications (2022)"
_BDA = "British Dyslexia Association, Dyslexia Style Guide 2023"
_WCAG = "WCAG 2.2, 1.4.8 Visual Presentation"

_ROWS: tuple[tuple[str, str, str, Check, Check, Breach], ...] = (
    ("cornell-cues", "a column of 2.5 inches for cues, left of a rule, on every page", _PAUK, _cues, _cues_word, layout(1, "page.margin.left = 60.0")),
    ("cornell-summary", "2 inches for a summary below a rule at the foot of every page", _PAUK, _summary, _summary_word, layout(1, "page.margin.bottom = 42.0")),
    ("cornell-questions", "questions on the text are part of the notes; here a numbered list after it", _PAUK, _questions, _questions_word, layout(1, "study.questions = false")),
    ("numbers", "paragraphs are numbered, consecutively from 1", _NUMBERED, _numbers("pdf"), _numbers("docx"), layout(1, "study.numbered_paragraphs = false")),
    ("large-size", "no letter below 18 points", f"{_ACB}, item 1", _smallest(18), _styles_large, layout(1, "text.note.size = 14")),
    ("large-sans", "a sans serif font", f"{_ACB}, item 1", _sans, _sans_word, layout(3, 'text.every.font = "serif"')),
    ("large-lines", "lines at least one and a half apart", f"{_ACB}, item 2", _apart(18), _apart_word, layout(1, "text.every.line_spacing = 1.2")),
    ("large-headings", "headings larger than the text, aligned left, not in capitals", f"{_ACB}, item 3", _headings_large, _headings_large_word, layout(1, "text.heading = [{ size = 18 }]")),
    ("large-left", "blocked paragraphs, aligned left, with a line's space between them", f"{_ACB}, item 4", _blocked, _blocked_word, layout(2, "text.body.after = 0\ntext.body.first_line = 36")),
    ("large-ragged", "the right edge uneven, words not divided", f"{_BOARD}, margins", _ragged, _ragged_word, layout(3, 'text.every.align = "justify"\nsetting.hyphenate = true')),
    ("large-page-number", "page numbers as large as the text, in its font", f"{_ACB}, item 7", _page_number, _page_number_word, layout(2, "text.footer.size = 12")),
    ("large-margins", "at least an inch free above, on the left and on the right", f"{_BOARD}, margins", _free, _free_word, layout(2, "page.margin.left = 15.0")),
    ("large-emphasis", "no italics and no small capitals; emphasis is underlined", f"{_BOARD}, emphasis", lambda made: (_slanted(made), []), _underlined_word, layout(1, 'setting.emphasis = "italic"')),
    ("legible-size", "12 to 14 points", f"{_BDA}, readable fonts", _legible, _legible_word, layout(1, "text.body.size = 11")),
    ("legible-sans", "a sans serif font", f"{_BDA}, readable fonts", _sans, _sans_word, layout(2, 'text.every.font = "serif"')),
    ("legible-letters", "more room between letters than the font has", f"{_BDA}, readable fonts", _spread, _spread_word, layout(1, "setting.letter_spacing = 0.0")),
    ("legible-lines", "lines one and a half apart", f"{_BDA}, readable fonts", _apart(13), _apart_word, layout(2, "text.every.line_spacing = 1.2")),
    ("legible-headings", "headings at least a fifth larger than the text, and bold", f"{_BDA}, headings", _headings_bold, _headings_bold_word, layout(2, "text.heading = [{ size = 14 }, { size = 14 }]")),
    ("legible-emphasis", "neither italics nor underlining; emphasis is bold", f"{_BDA}, headings and structure", _emboldened, _emboldened_word, layout(1, 'setting.emphasis = "italic"')),
    ("legible-width", "lines of at most 80 characters", _WCAG, _narrow, _narrow_word, layout(3, "page.size = [320.0, 297.0]")),
    ("legible-ragged", "lines not justified, words not divided", f"{_WCAG}; {_BDA}, layout", _ragged, _ragged_word, layout(2, 'text.every.align = "justify"')),
)  # fmt: skip

RULES = tuple(Rule(*row) for row in _ROWS)
