"""The rules of MLA 9: MLA Handbook, 9th edition (2021), and style.mla.org."""

from __future__ import annotations

from typing import Any

from tests.layouts import rule
from tests.layouts.breach import Breach, added, layout, removed
from tests.layouts.paper import AUTHORS, COURSE, INSTRUCTOR, TITLE
from tests.layouts.rule import DOUBLE, INCH, Paper, Rule, near, set_as, spaced
from tests.layouts.words import W

_BLOCK = [*AUTHORS, INSTRUCTOR, COURSE, "22 September 2025"]
_HEADINGS = ("The Course", "The Members", "First Week", "Silent reading", "Reading with a pencil")
_SURNAMES = "Duarte, Lindqvist"


def _block(p: Paper) -> tuple[Any, Any]:
    found = p.pdf.on(1)[: len(_BLOCK)]
    return ([(line.text, line.x) for line in found], [(text, near(INCH)) for text in _BLOCK])


def _block_word(p: Paper) -> tuple[Any, Any]:
    found = p.word.paragraphs[: len(_BLOCK)]
    return ([(one.text, one.align, one.first) for one in found], [(text, "left", 0) for text in _BLOCK])


def _no_title_page(p: Paper) -> tuple[Any, Any]:
    return (p.pdf.find("Readers of old").page, 1)


def _no_title_page_word(p: Paper) -> tuple[Any, Any]:
    at = p.word.paragraphs.index(p.word.find("Readers of old"))
    breaks = [one.text for one in p.word.paragraphs[: at + 1] if one.new_page]
    return ((breaks, next(p.word.body.iter(f"{W}lastRenderedPageBreak"), None)), ([], None))


def _title(p: Paper) -> tuple[Any, Any]:
    line = p.pdf.find(TITLE)
    seen = (line.look(), round(line.size), line.off_centre < 1, line.page)
    return (seen, ("plain", 12, True, 1))


def _title_word(p: Paper) -> tuple[Any, Any]:
    (one,) = p.word.of("Title")
    return ((one.text, one.look(), one.align, one.runs[0].size), (TITLE, "plain", "center", 12))


def _no_underline(p: Paper) -> tuple[Any, Any]:
    """Nothing is drawn between the line above the title and the one below."""
    line = p.pdf.find(TITLE)
    above, below = p.pdf.after(line, -1), p.pdf.after(line)
    return ([one for one in p.pdf.objects(line.page, 2) if above.y < one[1] < below.y - 12], [])


def _no_underline_word(p: Paper) -> tuple[Any, Any]:
    (one,) = p.word.of("Title")
    borders = [*p.word.body.iter(f"{W}pBdr"), *p.word.styles["Title"].iter(f"{W}pBdr")]
    return (([run.underlined for run in one.runs], borders), ([False], []))


def _table(p: Paper) -> tuple[Any, Any]:
    label, title, head = rule.lines(p.pdf, "Table 1", 3)
    seen = [(line.text, line.look(), line.x) for line in (label, title)]
    wanted = [
        ("Table 1", "plain", near(INCH)),
        ("Sentences Remembered and Questions Asked", "plain", near(INCH)),
    ]
    return ((seen, head.text), (wanted, "Week Sentences Questions"))


def _table_word(p: Paper) -> tuple[Any, Any]:
    one = p.word.find("Table 1")
    following = one.element.getnext()
    seen = (one.text, one.look(), one.align, one.lines, following is not None and following.tag == f"{W}tbl")
    return (seen, ("Table 1\nSentences Remembered and Questions Asked", "plain", "left", 2, True))


def _headings(p: Paper) -> tuple[Any, Any]:
    found = [p.pdf.find(words) for words in _HEADINGS]
    looks = [line.look() for line in found]
    return (([line.x for line in found], len(set(looks[:4]))), ([near(INCH)] * 5, 4))


def _headings_word(p: Paper) -> tuple[Any, Any]:
    found = [p.word.find(words, "Heading") for words in _HEADINGS]
    places = {(one.align, one.left + one.first) for one in found}
    return ((places, len({one.look() for one in found[:4]})), ({("left", 0)}, 4))


def _table_spacing(p: Paper) -> tuple[Any, Any]:
    """Of the title, the head and the rows: a rule may take a point or two."""
    found = rule.lines(p.pdf, "Week Sentences", 4)
    note = rule.lines(p.pdf, "Note. Numbers", 2)
    return (rule.steps(found) + rule.steps(note), [near(DOUBLE, 2)] * 3 + [near(DOUBLE)])


def _table_spacing_word(p: Paper) -> tuple[Any, Any]:
    kinds = ("TableCaption", "TableHeading", "TableText", "FloatNote")
    return ({kind: {one.lines for one in p.word.of(kind)} for kind in kinds}, {kind: {2} for kind in kinds})


def _below_table(p: Paper) -> tuple[Any, Any]:
    note = p.pdf.find("Note. Numbers")
    return ((p.pdf.after(note, -1).text, note.x), ("3 31 22", near(INCH)))


def _below_table_word(p: Paper) -> tuple[Any, Any]:
    before = p.word.find("Note. Numbers").element.getprevious()
    return (before is not None and before.tag == f"{W}tbl", True)


def _figure(p: Paper) -> tuple[Any, Any]:
    caption = p.pdf.find("Fig. 1. Questions Asked by Week")
    (_, _, _, bottom), *_ = p.pdf.objects(caption.page, 3)
    return ((caption.y > bottom, caption.look()), (True, "plain"))


def _figure_word(p: Paper) -> tuple[Any, Any]:
    caption = p.word.find("Fig. 1. Questions Asked by Week")
    before = p.word.after(caption, -1)
    return (next(before.element.iter(f"{W}drawing"), None) is not None, True)


def _dated(p: Paper) -> tuple[Any, Any]:
    return (p.pdf.on(1)[len(_BLOCK) - 1].text, "22 September 2025")


def _note_indent(p: Paper) -> tuple[Any, Any]:
    note = p.pdf.find("1 See")
    return ((note.x, p.pdf.after(note).x, note.size), (near(1.5 * INCH), near(INCH), 12))


_RULES = (
    ("paper", "Paper of 8.5 by 11 inches", "Purdue OWL, MLA General Format", rule.page_size, rule.page_size_word, layout(4, 'page.size = "A4"')),
    ("margins", "Margins of 1 inch on all sides", "1.1", rule.margins, rule.margins_word, layout(2, "page.margin.bottom = 15.0")),
    ("font", "One readable face of 11 to 13 points throughout; here 12", "1.2", rule.font, rule.font_word, layout(3, "text.title.size = 14")),
    ("ragged", "Text aligned left, right edge uneven", "1.2", rule.ragged, rule.ragged_word, layout(3, 'text.body.align = "justify"')),
    ("whole words", "Words not divided at line ends", "1.2", rule.whole_words, rule.whole_words_word, Breach(1, "setting.hyphenate = true", css="body, main p { hyphens: auto !important }")),
    ("double spacing", "Text double-spaced", "1.2", spaced("Readers of old", 6, DOUBLE), set_as("BodyText", lines=2), layout(4, "text.body.line_spacing = 1.5")),
    ("double-spaced heading", "Names, course, date and title double-spaced, without extra space", "1.3", spaced(AUTHORS[0], 6, DOUBLE), set_as("Title", lines=2, before=0, after=0), layout(1, "text.title.before = 12")),
    ("no gaps", "No extra space between paragraphs", "1.2", rule.no_gap, rule.no_gap_word, layout(3, "text.body.after = 6")),
    ("first lines", "First line of every paragraph indented 0.5 inch", "1.2", rule.first_line, rule.first_line_word, layout(2, "setting.indent_first = false")),
    ("no title page", "No title page: the text begins on page 1", "1.3", _no_title_page, _no_title_page_word, layout(4, 'title_block.kind = "page"')),
    ("first lines of the paper", "Top left, each on its own line: authors, instructor, course, date", "1.3", _block, _block_word, layout(1, 'title_block.lines = ["author", "course", "instructor", "due", "title", "abstract"]')),
    ("date", "Date with the day first (22 September 2025)", "1.3", _dated, lambda p: (p.word.of("Details")[-1].text, "22 September 2025"), layout(2, 'title_block.dates = "long"')),
    ("title", "Title centred, not bold, not italic, not larger", "1.3", _title, _title_word, layout(2, "text.title.bold = true")),
    ("title not underlined", "Title not underlined, no rule below it", "1.3", _no_underline, _no_underline_word, Breach(1, css=".title { text-decoration: underline }", word=added("styles", ".//w:style[@w:styleId='Title']/w:rPr", '<w:u w:val="single"/>'))),
    ("running head", "Surname and page number at the right margin of all pages, half an inch from the top", "1.4", *rule.top_right(f"{_SURNAMES} {{}}"), layout(1, 'header.end = "{page}"')),
    ("quotations", "Block quotations indented 0.5 inch as a whole, double-spaced, without quotation marks", "1.2, 6.35", *rule.quotation(DOUBLE), layout(1, "text.quotation.indent_start = 72")),
    ("quotations go on", "Further paragraphs of a quotation indented another 0.25 inch", "MLA Handbook, ch. 6", *rule.quotation_goes_on(18, DOUBLE), layout(2, "setting.quotation_first_line = 36")),
    ("works cited page", "Works Cited on a new page under the centred, plain words", "1.6", *rule.references_page("Works Cited", "plain"), layout(4, "text.references_title.page_break_before = false")),
    ("double-spaced works cited", "List double-spaced within and between entries", "1.6", spaced("Works Cited", 6, DOUBLE), set_as("Bibliography", lines=2, before=0, after=0), layout(1, "text.reference.line_spacing = 1.5")),
    ("hanging indent", "Entries with a hanging indent of 0.5 inch", "1.6", rule.hanging, rule.hanging_word, layout(2, "text.reference.hanging = 18")),
    ("alphabetical", "Entries in alphabetical order", "MLA Handbook, ch. 5", rule.alphabetical, rule.alphabetical_word, Breach(3, unsorted=True)),
    ("headings", "Headings of all levels flush left, no two of the upper four alike", "1.5", _headings, _headings_word, layout(3, 'text.heading = [{}, {}, { align = "center" }]')),
    ("tables", "Above a table its label and number, and the title on the next line, flush left, plain", "1.7", _table, _table_word, layout(1, "text.caption_label.bold = true")),
    ("double-spaced tables", "Tables and their notes double-spaced", "1.7", _table_spacing, _table_spacing_word, layout(3, "text.table.line_spacing = 1")),
    ("table notes", "Source and notes of a table directly below it", "1.7", _below_table, _below_table_word, layout(2, 'table.caption = "below"')),
    ("figures", "Below a picture “Fig. 1.” and its caption on the same line", "1.7", _figure, _figure_word, layout(2, 'figure.caption = "above"')),
    ("references to figures", "In the text “figure 1” and “table 1” in small letters, in brackets “fig. 1”", "1.7", *rule.said("is in table 1, and their questions are in figure 1.", "(fig. 1)"), layout(3, 'setting.cross_references = "capital"')),
    ("note marks", "Marks of notes superscript, behind the punctuation", "7.3", rule.note_mark, rule.note_mark_word, Breach(1, css="a.note-ref { vertical-align: baseline; font-size: inherit }", word=removed("styles", ".//w:vertAlign"))),
    ("notes", "Notes 12 points, first line indented 0.5 inch", "1.2", _note_indent, lambda p: ({(one[0].first, one[0].runs[-1].size) for one in p.word.notes}, {(36, 12)}), layout(1, "text.note.size = 10")),
    ("double-spaced notes", "Notes double-spaced", "1.2", spaced("1 See", 2, DOUBLE), lambda p: ({one[0].lines for one in p.word.notes}, {2}), layout(2, "text.note.line_spacing = 1")),
)  # fmt: skip


def _source(sections: str) -> str:
    return f"MLA Handbook {sections}" if sections[0].isdigit() else sections


RULES = tuple(
    Rule("mla9", name, requirement, _source(source), pdf, word, breach)
    for name, requirement, source, pdf, word, breach in _RULES
)
