"""The rules of Chicago for class papers: Turabian, A Manual for Writers, 9th edition (2018), appendix A, and
The Chicago Manual of Style, 17th edition (2017)."""

from __future__ import annotations

import re
from typing import Any

from tests.layouts import rule
from tests.layouts.breach import Breach, added, layout, removed
from tests.layouts.paper import AUTHORS, COURSE, INSTRUCTOR, TITLE
from tests.layouts.rule import DOUBLE, INCH, SINGLE, Paper, Rule, heading, near, run_in, set_as, spaced
from tests.layouts.words import W

_LAYOUT, _FIRST_PAGE = "chicago", "chicago+first-page-title"
_NAMES = f"{AUTHORS[0]} and {AUTHORS[1]}"
_BLOCK = [_NAMES, COURSE, INSTRUCTOR, "September 22, 2025"]
_TALK = "CMOS Shop Talk, Turabian tip sheets"
_NOTE_LINE = 11.5
"""Points of a single-spaced line of ten points."""


def _third(p: Paper) -> tuple[Any, Any]:
    line = p.pdf.find(TITLE)
    return ((line.page, line.off_centre < 1, line.look(), line.y), (1, True, "bold", near(792 / 3, 20)))


def _third_word(p: Paper) -> tuple[Any, Any]:
    (one,) = p.word.of("Title")
    return ((one.align, one.look(), INCH + one.before), ("center", "bold", near(792 / 3, 20)))


def _two_thirds(p: Paper) -> tuple[Any, Any]:
    found = p.pdf.on(1)[1:]
    middle = (found[0].y + found[-1].y) / 2
    seen = ([line.text for line in found], all(line.off_centre < 1 for line in found), middle)
    return (seen, (_BLOCK, True, near(792 * 2 / 3, 36)))


def _two_thirds_word(p: Paper) -> tuple[Any, Any]:
    (title,) = p.word.of("Title")
    found = p.word.paragraphs[1:5]
    middle = INCH + title.before + DOUBLE + found[0].before + 2 * DOUBLE
    seen = ([one.text for one in found], {one.align for one in found}, middle)
    return (seen, (_BLOCK, {"center"}, near(792 * 2 / 3, 36)))


def _notes_spaced(p: Paper) -> tuple[Any, Any]:
    found = rule.lines(p.pdf, "1. See Eva", 3)
    return (rule.steps(found), [near(_NOTE_LINE)] * 2)


def _between_notes(p: Paper) -> tuple[Any, Any]:
    """From the last line of a note to the next note: about two lines."""
    second = p.pdf.find("2. Daniel")
    before = p.pdf.after(second, -1)
    return (second.y - before.y, near(2 * _NOTE_LINE, 2))


def _note_indent(p: Paper) -> tuple[Any, Any]:
    note = p.pdf.find("1. See Eva")
    return ((note.x, p.pdf.after(note).x), (near(1.5 * INCH), near(INCH)))


def _numbers(p: Paper) -> tuple[Any, Any]:
    """All numbers of notes, as large as the text of the note, on its baseline, with a full stop."""
    notes = [line for line in p.pdf.lines if re.match(r"\d\. ", line.text) and line.size < 11]
    whole = {
        sign.size == line.shown[-1].size and sign.y == line.y for line in notes for sign in line.shown[:2]
    }
    return (([line.text[:2] for line in notes], whole), ([f"{number}." for number in range(1, 7)], {True}))


def _numbers_word(p: Paper) -> tuple[Any, Any]:
    runs = [note[0].runs[0] for note in p.word.notes]
    refs = [note[0].element.find(f"{W}r/{W}footnoteRef") is not None for note in p.word.notes]
    return ([(run.text, run.raised) for run in runs], [(".", False)] * 6) if all(refs) else (refs, [True] * 6)


def _marks_word(p: Paper) -> tuple[Any, Any]:
    raised = [
        next(node.iterancestors(f"{W}r")).find(f"{W}rPr/{W}rStyle")
        for node in p.word.body.iter(f"{W}footnoteReference")
    ]
    style = p.word.styles["FootnoteReference"].find(f"{W}rPr/{W}vertAlign")
    names = {"" if one is None else one.get(f"{W}val") for one in raised}
    return (
        (len(raised), names, style is not None and style.get(f"{W}val")),
        (6, {"FootnoteReference"}, "superscript"),
    )


def _same_page(p: Paper) -> tuple[Any, Any]:
    """The pages on which numbers 1 to 6 are raised in the text, and those of the notes."""
    marks = {
        sign.text: line.page
        for line in p.pdf.lines
        for sign in line.shown
        if sign.text.isdigit() and sign.size < 10 and line.size == 12
    }
    notes = {
        line.text[0]: line.page for line in p.pdf.lines if re.match(r"\d\. ", line.text) and line.size < 11
    }
    return ((notes, len(notes)), (marks, 6))


def _same_page_word(p: Paper) -> tuple[Any, Any]:
    """Word's footnotes stand at the foot of their page unless a property says otherwise (17.11.21)."""
    settings = p.word.parts["word/settings.xml"]
    moved = [
        *settings.iter(f"{W}pos"),
        *p.word.body.iter(f"{W}pos"),
        *p.word.body.iter(f"{W}endnoteReference"),
    ]
    return ((len(p.word.notes), moved), (6, []))


def _between_entries(p: Paper) -> tuple[Any, Any]:
    """A line of twelve points to each line that goes on in an entry, two to each entry but the first."""
    found = rule.listed(p)
    wanted = [near(2 * SINGLE if line.x < INCH + 1 else SINGLE) for line in found[1:]]
    return ((rule.steps(found), len(found) > 4), (wanted, True))


def _table(p: Paper) -> tuple[Any, Any]:
    caption, head = rule.lines(p.pdf, "Table 1", 2)
    wanted = ("Table 1. Sentences Remembered and Questions Asked", near(INCH), "Week Sentences Questions")
    return ((caption.text, caption.x, head.text), wanted)


def _table_word(p: Paper) -> tuple[Any, Any]:
    one = p.word.find("Table 1")
    following = one.element.getnext()
    below = following is not None and following.tag == f"{W}tbl"
    return (
        (one.text, one.lines, one.align, below),
        ("Table 1. Sentences Remembered and Questions Asked", 1, "left", True),
    )


def _figure(p: Paper) -> tuple[Any, Any]:
    caption = p.pdf.find("Figure 1. Questions Asked by Week")
    (_, _, _, bottom), *_ = p.pdf.objects(caption.page, 3)
    return ((0 < caption.y - bottom < 2 * DOUBLE, caption.x), (True, near(INCH)))


def _figure_word(p: Paper) -> tuple[Any, Any]:
    caption = p.word.find("Figure 1. Questions Asked by Week")
    before = p.word.after(caption, -1)
    return ((caption.lines, next(before.element.iter(f"{W}drawing"), None) is not None), (1, True))


def _followed(p: Paper) -> tuple[Any, Any]:
    """A line of the text is below each heading, on its page."""
    found = [
        p.pdf.find(words)
        for words in ("The Course", "The Members", "First Week", "Silent reading", "The Result")
    ]
    below = [[line for line in p.pdf.on(one.page) if one.y < line.y < one.y + 60] for one in found]
    return ([any(line.size == 12 for line in lines) for lines in below], [True] * len(found))


def _followed_word(p: Paper) -> tuple[Any, Any]:
    styles = [p.word.styles[f"Heading{level}"] for level in range(1, 5)]
    kept = [style.find(f"{W}pPr/{W}keepNext") for style in styles]
    return ([one is not None and one.get(f"{W}val", "1") in {"1", "true"} for one in kept], [True] * 4)


def _below_title(p: Paper) -> tuple[Any, Any]:
    title = p.pdf.find("Bibliography")
    return (p.pdf.after(title).y - title.y, near(3 * SINGLE))


def _ruled(p: Paper) -> tuple[Any, Any]:
    """Something flat of two inches, on each page that has notes."""
    pages = sorted({line.page for line in p.pdf.lines if re.match(r"\d\. ", line.text) and line.size < 11})
    drawn = [[one for one in p.pdf.objects(page, 2) if one[3] - one[1] < 1] for page in pages]
    widths = [{round((one[2] - one[0]) * 0.75) for one in found} for found in drawn]
    return ([144 in found for found in widths], [True] * max(len(pages), 1))


def _ruled_word(p: Paper) -> tuple[Any, Any]:
    return (len([*p.word.parts["word/footnotes.xml"].iter(f"{W}separator")]), 1)


def _headings_apart(p: Paper) -> tuple[Any, Any]:
    """More space above a heading than below."""
    above, below = rule.around(p, "The Course")
    return ((above > below + 10, below), (True, near(DOUBLE)))


def _headings_apart_word(p: Paper) -> tuple[Any, Any]:
    found = [one for level in range(1, 5) for one in p.word.of(f"Heading{level}")]
    return ((len(found), all(one.before > one.after + 10 for one in found)), (5, True))


def _quotation_apart(p: Paper) -> tuple[Any, Any]:
    """A single-spaced line more than between lines of double- and single-spaced text: above a quotation, and
    below it where the text goes on on its page."""
    quote, after = p.pdf.find("Whoever reads with a"), p.pdf.find("After a quotation")
    within = [line.y for line in p.pdf.on(after.page) if line.y < after.y and line.size == 12]
    found = [quote.y - p.pdf.after(quote, -1).y, *([after.y - max(within)] if within else [])]
    return (found, [near(2.5 * SINGLE)] * len(found))


def _title_at_head(p: Paper) -> tuple[Any, Any]:
    found = p.pdf.on(1)
    seen = (found[0].text, found[0].off_centre < 1, p.pdf.find("Readers of old").page)
    return (seen, (TITLE, True, 1))


def _title_at_head_word(p: Paper) -> tuple[Any, Any]:
    at = p.word.paragraphs.index(p.word.find("Readers of old"))
    before = p.word.paragraphs[: at + 1]
    return ((before[0].text, [one.text for one in before if one.new_page]), (TITLE, []))


_RULES = (
    ("paper", "Paper of 8.5 by 11 inches", "Turabian A.1", rule.page_size, rule.page_size_word, layout(1, 'page.size = "A4"')),
    ("margins", "Margins of 1 inch on all sides", "Turabian A.1.1", rule.margins, rule.margins_word, layout(2, "page.margin.bottom = 15.0")),
    ("font", "One readable face such as Times New Roman, 12 points, in the text", "Turabian A.1.2", lambda p: ({(line.size, "Serif" in line.signs[0].font) for line in p.pdf.on(p.pdf.find("Readers of old").page)[:8]}, {(12.0, True)}), rule.text_font_word, layout(5, 'fonts.serif = ["EB Garamond"]\nfonts.word.serif = ["Cambria"]')),
    ("ragged", "Text aligned left, right edge uneven", "Turabian A.1.3", rule.ragged, rule.ragged_word, layout(3, 'text.body.align = "justify"')),
    ("whole words", "Words not divided at line ends", "Turabian A.1.3", rule.whole_words, rule.whole_words_word, Breach(1, "setting.hyphenate = true", css="body, main p { hyphens: auto !important }")),
    ("double spacing", "Text double-spaced", "Turabian A.1.3", spaced("Readers of old", 5, DOUBLE), set_as("BodyText", lines=2), layout(4, "text.body.line_spacing = 1.5")),
    ("first lines", "First line of every paragraph indented 0.5 inch", "Turabian A.1.3", rule.first_line, rule.first_line_word, layout(2, "setting.indent_first = false")),
    ("title page", "Title bold and centred a third down the title page", "Turabian A.2.1.2; Purdue OWL, CMOS General Format", _third, _third_word, layout(1, "text.title.before = 60")),
    ("title page's lines", "Name, course, instructor and date centred about two thirds down, each on its own line", "Turabian A.2.1.2; Purdue OWL, CMOS General Format", _two_thirds, _two_thirds_word, layout(2, "text.author.before = 60")),
    ("page numbers", "No number on the title page, from 2 on at the top right of the others", "Turabian A.1.4.2", *rule.top_right("{}", first_page=False), layout(1, "header.first_page = true")),
    ("heading 1", "First level: centred, bold", "Turabian A.2.2.4", *heading("The Course", "bold", centred=True), layout(1, "text.heading = [{ bold = false }]")),
    ("heading 2", "Second level: centred, regular type", "Turabian A.2.2.4", *heading("The Members", "plain", centred=True), layout(1, 'text.heading = [{}, { align = "start" }]')),
    ("heading 3", "Third level: flush left, bold", "Turabian A.2.2.4", *heading("First Week", "bold"), layout(1, "text.heading = [{}, {}, { italic = true }]")),
    ("heading 4", "Fourth level: flush left, regular type", "Turabian A.2.2.4", *heading("Silent reading", "plain"), layout(1, "text.heading = [{}, {}, {}, { bold = true }]")),
    ("heading 5", "Fifth level: run in at the beginning of the paragraph, bold, with a full stop", "Turabian A.2.2.4", *run_in("Reading with a pencil.", "bold"), layout(1, "text.heading = [{}, {}, {}, {}, { bold = false }]")),
    ("headings with text", "No page ends with a heading", f"{_TALK}, sections and subheads", _followed, _followed_word, Breach(5, "text.heading = [{ keep_with_next = false }]", css="h1 + p { break-before: page }")),
    ("headings apart", "More space above a heading than below", "Turabian A.2.2.4", _headings_apart, _headings_apart_word, layout(2, "text.heading = [{ before = 0 }, { before = 0 }, { before = 0 }, { before = 0 }]")),
    ("quotations", "Block quotations single-spaced, indented 0.5 inch as a whole", "Turabian 25.2.2, A.1.3", *rule.quotation(SINGLE), layout(1, "text.quotation.line_spacing = 2")),
    ("quotations go on", "Further paragraphs of a quotation indented, no extra space between them", "Turabian 25.2.2", *rule.quotation_goes_on(18, SINGLE), layout(2, "setting.quotation_first_line = 0")),
    ("quotations apart", "Space above and below a block quotation", "Turabian 25.2.2", _quotation_apart, set_as("Quote", before=near(14 - SINGLE / 2, 0.05), after=near(14 + SINGLE / 2, 0.05)), layout(3, "text.quotation = { before = 0, after = 0 }")),
    ("note marks", "Marks of notes superscript, behind the punctuation", "Turabian 16.3.2; CMOS 14.21", rule.note_mark, _marks_word, Breach(1, css="a.note-ref { vertical-align: baseline; font-size: inherit }", word=removed("styles", ".//w:vertAlign"))),
    ("note numbers", "A note's own number on the line, with a full stop", "Turabian 16.3.4; CMOS 14.24", _numbers, _numbers_word, layout(2, 'setting.note_number = "raised"')),
    ("note indent", "First line of a note indented 0.5 inch", "Turabian 16.3.4", _note_indent, lambda p: ({one[0].first for one in p.word.notes}, {36}), layout(3, "text.note.first_line = 0")),
    ("notes single-spaced", "Notes single-spaced", "Turabian A.1.3", _notes_spaced, lambda p: ({one[0].lines for one in p.word.notes}, {1}), layout(1, "text.note.line_spacing = 2")),
    ("notes apart", "A blank line between notes", "Turabian A.1.3, 16.3.4", _between_notes, lambda p: ({one[0].before + one[0].after for one in p.word.notes}, {10}), layout(3, "setting.note_gap = 0")),
    ("rule above notes", "A short rule between the text and the notes of a page", "Turabian 16.3.4", _ruled, _ruled_word, Breach(1, css="@page { @footnote { background: none !important } }", word=removed("footnotes", ".//w:separator"))),
    ("notes on their page", "Footnotes at the foot of the page of their mark", "Turabian 16.3.1", _same_page, _same_page_word, Breach(4, css=".footnote { float: none }", word=added("settings", ".", '<w:footnotePr><w:pos w:val="sectEnd"/></w:footnotePr>'))),
    ("bibliography page", "Bibliography on a new page under the centred word", "Turabian A.2.3.5", *rule.references_page("Bibliography", "bold"), layout(4, "text.references_title.page_break_before = false")),
    ("bibliography title", "Two blank lines between the title of the bibliography and its first entry", f"{_TALK}, bibliographies", _below_title, set_as("ReferencesTitle", lines=2, after=20.7), layout(1, "text.references_title.after = 0")),
    ("bibliography spacing", "Entries single-spaced, a blank line between them", "Turabian A.1.3, A.2.3.5", _between_entries, set_as("Bibliography", lines=1, after=13.8), layout(2, "text.reference.after = 0")),
    ("hanging indent", "Entries with a hanging indent of 0.5 inch", "Turabian A.2.3.5", rule.hanging, rule.hanging_word, layout(2, "text.reference.hanging = 18")),
    ("alphabetical", "Entries in alphabetical order", "Turabian 16.2.2", rule.alphabetical, rule.alphabetical_word, Breach(3, unsorted=True)),
    ("tables", "Number, full stop and title in one single-spaced line above the table", "Turabian 26.2.2", _table, _table_word, layout(1, 'table.words.after_number = "line"')),
    ("figures", "Number, full stop and caption below the picture, single-spaced", "Turabian 26.3.2", _figure, _figure_word, layout(2, 'figure.caption = "above"')),
    ("references to figures", "In the text “figure 1” and “table 1”, in small letters", "CMOS 3.9, 3.52", *rule.said("is in table 1, and their questions are in figure 1.", "(figure 1)"), layout(3, 'setting.cross_references = "capital"')),
)  # fmt: skip

_SHORT = (
    ("title on the first page", "Title centred at the head of page 1, the text below it", "Purdue OWL, CMOS General Format", _title_at_head, _title_at_head_word, layout(1, 'title_block.kind = "page"')),
    ("page numbers", "Page number top right on all pages, from 1", "Turabian A.1.4.2", *rule.top_right("{}"), layout(1, "header.first_page = false")),
)  # fmt: skip

RULES = (*(Rule(_LAYOUT, *row) for row in _RULES), *(Rule(_FIRST_PAGE, *row) for row in _SHORT))

REPLACED = {_FIRST_PAGE: ("title page", "title page's lines", "page numbers")}
"""What a variant's own rules take the place of; all others of its layout hold beside them."""
