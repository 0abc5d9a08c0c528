"""What a rule of a style manual is, and what many rules ask of a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from tests.layouts.breach import Breach
from tests.layouts.pages import Line, Pages
from tests.layouts.words import Paragraph, W, Words

INCH, DOUBLE, SINGLE = 72.0, 27.6, 13.8
"""Points; of twelve-point lines."""


@dataclass(frozen=True)
class Paper:
    """The test paper in a layout, opened in both formats."""

    pdf: Pages
    word: Words
    docx: bytes = b""
    """The Word document's bytes."""


Check = Callable[[Paper], tuple[Any, Any]]
"""What is seen in a file, and what the rule wants there."""


@dataclass(frozen=True)
class Rule:
    """One rule, with its source and how it is read back from each format."""

    layout: str
    name: str
    requirement: str
    source: str
    pdf: Check
    word: Check
    breach: Breach
    """How a paper breaks it: then both checks must fail."""

    @property
    def identifier(self) -> str:
        return f"{self.layout}: {self.name}"


def near(value: float, by: float = 0.7) -> Any:
    """This many points, about."""
    return pytest.approx(value, abs=by)


def lines(pages: Pages, start: str, count: int, page: int = 0) -> list[Line]:
    """The line that begins so, and those below."""
    first = pages.find(start, page)
    at = pages.lines.index(first)
    return pages.lines[at : at + count]


def steps(found: list[Line]) -> list[float]:
    """From each line's baseline to the next one's, in points."""
    return [round(below.y - above.y, 1) for above, below in pairwise(found)]


def spaced(start: str, count: int, step: float, page: int = 0) -> Check:
    """The PDF's lines from this one on are so far apart."""
    return lambda p: (steps(lines(p.pdf, start, count, page)), [near(step)] * (count - 1))


def set_as(style: str, **wanted: Any) -> Check:
    """All of Word's paragraphs of this style, of which there must be some, look so."""

    def check(p: Paper) -> tuple[Any, Any]:
        found = [{key: _said(one, key) for key in wanted} for one in p.word.of(style)]
        return (found, [wanted] * max(len(found), 1))

    return check


def _said(paragraph: Paragraph, key: str) -> Any:
    return paragraph.look() if key == "look" else getattr(paragraph, key)


def heading(words: str, look: str, *, centred: bool = False) -> tuple[Check, Check]:
    """A heading in a line of its own: both formats."""

    def pdf(p: Paper) -> tuple[Any, Any]:
        line = p.pdf.find(words)
        place = line.off_centre < 1 if centred else line.x
        return ((line.text, line.look(), place), (words, look, True if centred else near(INCH)))

    def word(p: Paper) -> tuple[Any, Any]:
        one = p.word.find(words, "Heading")
        seen = (one.text, one.look(), one.align, one.left + one.first, one.joined)
        return (seen, (words, look, "center" if centred else "left", 0, False))

    return pdf, word


def run_in(words: str, look: str) -> tuple[Check, Check]:
    """A heading in the first line of its paragraph, indented, with a full stop: both formats."""

    def pdf(p: Paper) -> tuple[Any, Any]:
        line = p.pdf.find(words)
        seen = (line.look(words), line.text.startswith(f"{words} The class"), line.look("The class"), line.x)
        return (seen, (look, True, "plain", near(1.5 * INCH)))

    def word(p: Paper) -> tuple[Any, Any]:
        one = p.word.find(words, "Heading")
        return ((one.text, one.look(words), one.first, one.joined), (words, look, 36, True))

    return pdf, word


def page_size(p: Paper) -> tuple[Any, Any]:
    return (p.pdf.sizes, [(near(612), near(792))] * len(p.pdf))


def page_size_word(p: Paper) -> tuple[Any, Any]:
    return ((p.word.section("pgSz", "w"), p.word.section("pgSz", "h")), (near(612), near(792)))


def margins(p: Paper) -> tuple[Any, Any]:
    """Text begins an inch from the left, none is nearer to an edge, and long lines use the width."""
    text = [line for page in range(1, len(p.pdf) + 1) for line in p.pdf.on(page)]
    right, foot = p.pdf.sizes[0][0] - INCH, p.pdf.sizes[0][1] - INCH
    edges = (min(line.x for line in text), max(line.end for line in text) < right + 1)
    ends = (min(line.y for line in text) > INCH, max(line.y for line in text) < foot)
    widest = max(line.end for line in text) > right - 0.1 * INCH
    return ((*edges, *ends, widest), (near(INCH), True, True, True, True))


def margins_word(p: Paper) -> tuple[Any, Any]:
    sides = ("top", "right", "bottom", "left")
    return ([p.word.section("pgMar", side) for side in sides], [near(INCH)] * 4)


def font(p: Paper) -> tuple[Any, Any]:
    text = [line for page in range(1, len(p.pdf) + 1) for line in p.pdf.on(page) if line.y < 680]
    seen = {(line.size, "Serif" in line.signs[0].font) for line in text if not line.text.startswith("Note")}
    return (seen, {(12.0, True)})


def font_word(p: Paper) -> tuple[Any, Any]:
    """All words of the document but those of notes, which are in a part of their own."""
    return (_fonts(p.word.paragraphs), {("Times New Roman", 12.0)})


def text_font_word(p: Paper) -> tuple[Any, Any]:
    """Of the text: notes below a table or figure may be smaller."""
    return (
        _fonts([one for one in p.word.paragraphs if one.style != "FloatNote"]),
        {("Times New Roman", 12.0)},
    )


def _fonts(paragraphs: list[Paragraph]) -> set[tuple[str, float]]:
    return {(run.font, run.size) for one in paragraphs for run in one.runs if run.text.strip()}


def ragged(p: Paper) -> tuple[Any, Any]:
    """Full lines of a paragraph end in different places."""
    found = lines(p.pdf, "The class met", 4)
    return (len({round(line.end) for line in found}), 4)


def ragged_word(p: Paper) -> tuple[Any, Any]:
    return ({one.align for one in [*p.word.of("BodyText"), *p.word.of("FirstParagraph")]}, {"left"})


def whole_words(p: Paper) -> tuple[Any, Any]:
    """No line ends in a hyphen, of which there are several: no word of the paper has one of its own."""
    hyphens = ("-", "\u2010", "\u00ad", "\ufffe", "\u0002")
    return ([line.text for line in p.pdf.lines if line.text.endswith(hyphens)], [])


def whole_words_word(p: Paper) -> tuple[Any, Any]:
    return (p.word.parts["word/settings.xml"].find(f"{W}autoHyphenation"), None)


def around(p: Paper, words: str) -> tuple[float, float]:
    """From the line above a heading to the heading, and from there to the line below, in points."""
    found = p.pdf.find(words)
    above, below = p.pdf.after(found, -1), p.pdf.after(found)
    return (found.y - above.y, below.y - found.y)


def first_line(p: Paper) -> tuple[Any, Any]:
    """Of the first paragraph, of one after a heading, and of one after a quotation."""
    starts = ("Readers of old", "After a quotation")
    after = p.pdf.after(p.pdf.find("The Members"))
    seen = [*(p.pdf.find(start).x for start in starts), after.x, p.pdf.after(after).x]
    return (seen, [near(1.5 * INCH)] * 3 + [near(INCH)])


def first_line_word(p: Paper) -> tuple[Any, Any]:
    found = [one for one in [*p.word.of("BodyText"), *p.word.of("FirstParagraph")] if one.text]
    return ({(one.left, one.first) for one in found}, {(0, 36)})


def no_gap(p: Paper) -> tuple[Any, Any]:
    """From the last line of a paragraph to the first of the next is as far as within one."""
    below = p.pdf.find("The class met")
    last = p.pdf.after(below, -1)
    return ((round(below.y - last.y, 1), below.x), (near(DOUBLE), near(1.5 * INCH)))


def no_gap_word(p: Paper) -> tuple[Any, Any]:
    return ({(one.before, one.after) for one in p.word.of("BodyText")[:2]}, {(0, 0)})


def quotation(step: float) -> tuple[Check, Check]:
    """Indented half an inch as a whole, its lines so far apart, without quotation marks: both formats."""

    def pdf(p: Paper) -> tuple[Any, Any]:
        found = lines(p.pdf, "Whoever reads with a", 3)
        seen = ([line.x for line in found], steps(found), found[0].text[0])
        return (seen, ([near(1.5 * INCH)] * 3, [near(step)] * 2, "W"))

    def word(p: Paper) -> tuple[Any, Any]:
        one = p.word.find("Whoever reads with a")
        return ((one.style, one.left, one.first, one.lines), ("Quote", 36, 0, step / SINGLE))

    return pdf, word


def quotation_goes_on(indent: float, step: float) -> tuple[Check, Check]:
    """Its second paragraph is indented further, without space before it: both formats."""

    def pdf(p: Paper) -> tuple[Any, Any]:
        first = p.pdf.find("Whoever reads without")
        above = [line.y for line in p.pdf.on(first.page) if line.y < first.y]
        apart = [first.y - max(above)] if above else []  # none where a page begins with it
        return ((first.x, apart), (near(1.5 * INCH + indent), [near(step)] * len(apart)))

    def word(p: Paper) -> tuple[Any, Any]:
        one = p.word.find("Whoever reads without")
        return ((one.left, one.first, one.contextual), (36, indent, True))

    return pdf, word


def references_page(title: str, look: str) -> tuple[Check, Check]:
    """The list begins a page, under a centred title: both formats."""

    def pdf(p: Paper) -> tuple[Any, Any]:
        line = p.pdf.on(p.pdf.list_page)[0]
        return ((line.text, line.look(), line.off_centre < 1), (title, look, True))

    def word(p: Paper) -> tuple[Any, Any]:
        one = p.word.find(title)
        return ((one.text, one.look(), one.align, one.new_page), (title, look, "center", True))

    return pdf, word


def hanging(p: Paper) -> tuple[Any, Any]:
    first = p.pdf.find("Alder", p.pdf.list_page)
    return ((first.x, p.pdf.after(first).x), (near(INCH), near(1.5 * INCH)))


def note_mark(p: Paper) -> tuple[Any, Any]:
    """Small and raised, behind the full stop."""
    line = p.pdf.find("Readers of old")
    stop, last = line.shown[-2:]
    return ((stop.text, last.text, last.size < 10, last.y < line.y), (".", "1", True, True))


def note_mark_word(p: Paper) -> tuple[Any, Any]:
    """As many raised as there are notes, the first behind the full stop."""
    one = p.word.find("Readers of old")
    at = next(
        number for number, run in enumerate(one.runs) if run.element.find(f"{W}footnoteReference") is not None
    )
    runs = [
        run
        for each in p.word.paragraphs
        for run in each.runs
        if run.element.find(f"{W}footnoteReference") is not None
    ]
    seen = (one.runs[at - 1].text[-1:], [run.raised for run in runs])
    return (seen, (".", [True] * len(p.word.notes)))


hanging_word = set_as("Bibliography", left=36, first=-36)


_ORDER = ["Alder", "Brandt", "Okri", "Zeller"]


def listed(p: Paper) -> list[Line]:
    """The lines of the list: it is not so long that they come near the notes at a page's foot."""
    title = p.pdf.find(p.pdf.list_title, p.pdf.list_page)
    return [line for line in p.pdf.on(title.page) if title.y < line.y < 600]


def alphabetical(p: Paper) -> tuple[Any, Any]:
    entries = [line for line in listed(p) if line.x < INCH + 1]
    return ([line.text.partition(",")[0] for line in entries], _ORDER)


def alphabetical_word(p: Paper) -> tuple[Any, Any]:
    return ([one.text.partition(",")[0] for one in p.word.of("Bibliography")], _ORDER)


def top_right(text: str, *, first_page: bool = True) -> tuple[Check, Check]:
    """The header: these words with the number of the page, half an inch from the top, at the right margin."""

    def pdf(p: Paper) -> tuple[Any, Any]:
        wanted = [text.format(number) for number in range(1, len(p.pdf) + 1)]
        shown = [line for line in p.pdf.lines if line.y <= 66]
        places = {(round(line.end), 36 < line.y - 9 < 40) for line in shown}
        right = round(p.pdf.sizes[0][0] - INCH)
        return ((p.pdf.headers(), places), (wanted if first_page else ["", *wanted[1:]], {(right, True)}))

    def word(p: Paper) -> tuple[Any, Any]:
        seen = p.word.header_text().rpartition("\t")
        wanted = (text.format("{PAGE}"), near(36), not first_page, "")
        own_first = p.word.header("first") is not None
        return (
            (seen[2], p.word.section("pgMar", "header"), own_first, p.word.header_text("first")),
            wanted,
        )

    return pdf, word


def said(*phrases: str) -> tuple[Check, Check]:
    """These words stand in the text, to the letter."""

    def check(text: str) -> tuple[Any, Any]:
        plain = " ".join(text.split())
        return ([phrase for phrase in phrases if phrase in plain], list(phrases))

    return (
        lambda p: check(" ".join(line.text for line in p.pdf.lines)),
        lambda p: check(" ".join(one.text for one in p.word.paragraphs)),
    )
