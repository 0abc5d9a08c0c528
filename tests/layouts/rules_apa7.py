"""The rules of APA 7: Publication Manual of the American Psychological Association, 7th edition (2020)."""

from __future__ import annotations

from typing import Any

from lxml import etree
from tests.layouts import rule
from tests.layouts.breach import Breach, added, layout, removed, text
from tests.layouts.paper import AUTHORS, COURSE, INSTRUCTOR, PLACES, RUNNING_HEAD, TITLE
from tests.layouts.rule import DOUBLE, INCH, Paper, Rule, heading, near, run_in, set_as, spaced
from tests.layouts.words import W

from paperbuild.layouts.running import RUNNING_HEAD as LONGEST

_STUDENT, _PROFESSIONAL = "apa7", "apa7+professional"
_NAMES = f"{AUTHORS[0]}1 and {AUTHORS[1]}2"
_KEYWORDS = "Keywords: slow reading, seminars, primary sources"
_BLOCK = [TITLE, _NAMES, f"1{PLACES[0]}", f"2{PLACES[1]}", COURSE, INSTRUCTOR, "September 22, 2025"]


def _centred_bold(p: Paper) -> tuple[Any, Any]:
    line = p.pdf.find(TITLE, 1)
    return ((line.look(), line.off_centre < 1), ("bold", True))


def _down(p: Paper) -> tuple[Any, Any]:
    """Double-spaced lines between the upper margin and the title."""
    lines_above = (p.pdf.find(TITLE, 1).y - INCH) / DOUBLE - 1
    return (2.5 < lines_above < 4.5, True)


def _block(p: Paper) -> tuple[Any, Any]:
    found = p.pdf.on(1)
    return (([line.text for line in found], all(line.off_centre < 2 for line in found)), (_BLOCK, True))


def _block_word(p: Paper) -> tuple[Any, Any]:
    found = p.word.paragraphs[: len(_BLOCK)]
    return ([(one.text, one.align) for one in found], [(text, "center") for text in _BLOCK])


def _spaced_word(p: Paper) -> tuple[Any, Any]:
    """The lines below the byline, each of which is a paragraph."""
    found = p.word.paragraphs[2 : len(_BLOCK)]
    return ([(one.lines, one.before, one.after) for one in found], [(2, 0, 0)] * 5)


def _text_page(p: Paper) -> tuple[Any, Any]:
    line = p.pdf.on(3)[0]
    return ((line.text, line.look(), line.off_centre < 1), (TITLE, "bold", True))


def _text_page_word(p: Paper) -> tuple[Any, Any]:
    (one,) = p.word.of("BodyTitle")
    seen = (one.text, one.look(), one.align, one.new_page, p.word.after(one).text[:10])
    return (seen, (TITLE, "bold", "center", True, "Readers of"))


def _keywords(p: Paper) -> tuple[Any, Any]:
    line = p.pdf.find("Keywords:", 2)
    seen = (line.text, line.x, line.look("Keywords:"), line.look("slow reading"))
    return (seen, (_KEYWORDS, near(1.5 * INCH), "italic", "plain"))


def _keywords_word(p: Paper) -> tuple[Any, Any]:
    (one,) = p.word.of("Keywords")
    return (
        (one.text, one.first, one.look("Keywords:"), one.look("slow")),
        (_KEYWORDS, 36, "italic", "plain"),
    )


def _numbered(label: str, title: str) -> tuple[rule.Check, rule.Check]:
    """A number in bold, and below it the title in italics, flush left: both formats."""

    def pdf(p: Paper) -> tuple[Any, Any]:
        line = p.pdf.find(label)
        below = p.pdf.after(line)
        seen = [(line.text, line.look(), line.x), (below.text, below.look(), below.x)]
        return (seen, [(label, "bold", near(INCH)), (title, "italic", near(INCH))])

    def word(p: Paper) -> tuple[Any, Any]:
        one = p.word.find(label)
        looks = [run.look for run in one.runs if run.text.strip()]
        seen = (one.text, looks[0], looks[-1], one.align)
        return (seen, (f"{label}\n{title}", "bold", "italic", "left"))

    return pdf, word


def _order(p: Paper) -> tuple[Any, Any]:
    """Caption, picture and note from above."""
    caption = p.pdf.find("Questions Asked")
    (_, top, _, bottom), *_ = p.pdf.objects(caption.page, 3)
    note = p.pdf.find("Note. The bars")
    return ((caption.y < top < bottom < note.y, note.look("Note."), note.x), (True, "italic", near(INCH)))


def _order_word(p: Paper) -> tuple[Any, Any]:
    caption = p.word.find("Figure 1")
    picture, note = p.word.after(caption), p.word.after(caption, 2)
    drawn = next(picture.element.iter(f"{W}drawing"), None) is not None
    return ((drawn, note.text[:5], note.look("Note.")), (True, "Note.", "italic"))


def _table_note(p: Paper) -> tuple[Any, Any]:
    note = p.pdf.find("Note. Numbers")
    above, below = p.pdf.after(note, -1), p.pdf.after(note)
    return (
        (above.text, note.look("Note."), note.x, below.x, below.y - note.y),
        ("3 31 22", "italic", near(INCH), near(INCH), near(DOUBLE)),
    )


def _table_note_word(p: Paper) -> tuple[Any, Any]:
    note = p.word.find("Note. Numbers")
    before = note.element.getprevious()
    seen = (
        before is not None and before.tag == f"{W}tbl",
        note.look("Note."),
        note.left,
        note.first,
        note.lines,
    )
    return (seen, (True, "italic", 0, 0, 2))


def _no_vertical(p: Paper) -> tuple[Any, Any]:
    """What is drawn around the table is wide and flat, in three heights."""
    head, note = p.pdf.find("Week Sentences"), p.pdf.find("Note. Numbers")
    around = [one for one in p.pdf.objects(head.page, 2) if head.y - 30 < one[1] < note.y]
    drawn = [one for one in around if one[2] > one[0]]
    tall = [one for one in drawn if one[3] - one[1] > 3]
    return ((tall, len({round(one[1]) for one in drawn})), ([], 3))


def _no_vertical_word(p: Paper) -> tuple[Any, Any]:
    (borders,) = p.word.styles["Table"].iterfind(f"{W}tblPr/{W}tblBorders")
    sides = {etree.QName(one).localname for one in borders if one.get(f"{W}val") != "nil"}
    own = list(p.word.body.iter(f"{W}tcBorders"))
    return ((sides, own), ({"top", "bottom"}, []))


def _apart(p: Paper) -> tuple[Any, Any]:
    """An empty line between a note below a float and the text, and between text and the next float."""
    note = p.pdf.find("Note. Numbers")
    while not p.pdf.after(note).text.startswith("The class"):
        note = p.pdf.after(note)
    figure = p.pdf.find("Figure 1")
    above = p.pdf.after(figure, -1)
    return ((p.pdf.after(note).y - note.y, figure.y - above.y), (near(2 * DOUBLE, 1), near(2 * DOUBLE, 1)))


def _apart_word(p: Paper) -> tuple[Any, Any]:
    note, table = p.word.find("Note. Numbers"), p.word.find("Table 1")
    return ((p.word.after(note).before, table.before), (near(DOUBLE), near(DOUBLE)))


def _running_head(p: Paper) -> tuple[Any, Any]:
    wanted = [f"{RUNNING_HEAD.upper()} {number}" for number in range(1, len(p.pdf) + 1)]
    shown = [line for line in p.pdf.lines if line.y <= 66]
    right = round(p.pdf.sizes[0][0] - INCH)
    places = {(round(line.x), round(line.end)) for line in shown}
    return ((p.pdf.headers(), places), (wanted, {(72, right)}))


def _running_head_word(p: Paper) -> tuple[Any, Any]:
    root = p.word.header()
    paragraph = p.word.read(next(root.iter(f"{W}p"))) if root is not None else None
    caps = paragraph is not None and all(run.caps for run in paragraph.runs)
    seen = (p.word.header_text(), caps, p.word.header("first") is None)
    return (seen, (f"{RUNNING_HEAD}\t{{PAGE}}", True, True))


def _block_of(lines: list[str]) -> tuple[rule.Check, rule.Check]:
    """What the title page begins with, each in a line of its own, centred and double-spaced: both formats."""

    def pdf(p: Paper) -> tuple[Any, Any]:
        found = p.pdf.on(1)[: len(lines)]
        seen = (
            [line.text for line in found],
            all(line.off_centre < 2 for line in found),
            rule.steps(found[1:]),
        )
        return (seen, (lines, True, [near(DOUBLE)] * (len(lines) - 2)))

    def word(p: Paper) -> tuple[Any, Any]:
        found = p.word.paragraphs[: len(lines)]
        return ([(one.text, one.align, one.lines) for one in found], [(text, "center", 2) for text in lines])

    return pdf, word


def _short(p: Paper) -> tuple[Any, Any]:
    return (len(p.pdf.headers()[0].removesuffix(" 1")) <= LONGEST == 50, True)


def _short_word(p: Paper) -> tuple[Any, Any]:
    return (len(p.word.header_text().partition("\t")[0]) <= LONGEST == 50, True)


def _author_note(p: Paper) -> tuple[Any, Any]:
    line = p.pdf.find("Author Note", 1)
    seen = (
        line.look(),
        line.off_centre < 1,
        line.y > 396,
        p.pdf.after(line).x,
        p.pdf.after(line, 2).text[:14],
    )
    return (seen, ("bold", True, True, near(1.5 * INCH), "Correspondence"))


def _author_note_word(p: Paper) -> tuple[Any, Any]:
    one = p.word.find("Author Note")
    below = p.word.after(one)
    seen = (one.look(), one.align, one.before > 100, below.text.endswith("0000-0002-1825-0097"), below.first)
    return (seen, ("bold", "center", True, True, 36))


def _raised(p: Paper) -> tuple[Any, Any]:
    names = p.pdf.find(AUTHORS[0], 1)
    signs = [sign.text for sign in names.shown if sign.size < 10 and sign.y < names.y]
    return (signs, ["1", "2"])


def _raised_word(p: Paper) -> tuple[Any, Any]:
    (one,) = p.word.of("Author")
    return ([run.text for run in one.runs if run.raised], ["1", "2"])


def _without_class(p: Paper) -> tuple[Any, Any]:
    said = {line.text for line in p.pdf.on(1)}
    return (said & {COURSE, INSTRUCTOR, "September 22, 2025"}, set())


def _without_class_word(p: Paper) -> tuple[Any, Any]:
    return (p.word.of("Details"), [])


def _label(p: Paper) -> tuple[Any, Any]:
    line = p.pdf.on(2)[0]
    return ((line.text, line.look(), line.off_centre < 1), ("Abstract", "bold", True))


def _footnotes(p: Paper) -> tuple[Any, Any]:
    """Each at the foot of the page of its mark, its first line indented."""
    note, mark = p.pdf.find("1 See"), p.pdf.find("Readers of old")
    return ((note.page, note.y > 600, note.x), (mark.page, True, near(1.5 * INCH)))


_RULES = (
    ("paper", "Paper of 8.5 by 11 inches", "Purdue OWL, APA General Format", rule.page_size, rule.page_size_word, layout(4, 'page.size = "A4"')),
    ("margins", "Margins of 1 inch on all sides", "2.22", rule.margins, rule.margins_word, layout(2, "page.margin.bottom = 15.0")),
    ("font", "12-point Times New Roman (or a face of its widths) throughout", "2.19", rule.font, rule.font_word, layout(3, "text.keywords.size = 11")),
    ("double spacing", "Text double-spaced", "2.21", spaced("Readers of old", 6, DOUBLE), set_as("BodyText", lines=2), layout(3, "text.body.line_spacing = 1.5\ntext.reference.line_spacing = 2\ntext.abstract.line_spacing = 2\ntext.details.line_spacing = 2\ntext.author.line_spacing = 2\ntext.quotation.line_spacing = 2")),
    ("double-spaced title page", "Title page double-spaced", "2.21", spaced(_NAMES, 6, DOUBLE), _spaced_word, layout(1, "text.details.line_spacing = 1.5")),
    ("double-spaced abstract", "Abstract double-spaced", "2.21", spaced("Abstract", 4, DOUBLE), set_as("Abstract", lines=2, before=0, after=0), layout(1, "text.abstract.line_spacing = 1.5")),
    ("double-spaced quotations", "Block quotations double-spaced", "2.21, 8.27", *rule.quotation(DOUBLE), layout(1, "text.quotation.line_spacing = 1.5")),
    ("double-spaced references", "Reference list double-spaced within and between entries", "2.12, 2.21", spaced("References", 6, DOUBLE), set_as("Bibliography", lines=2, before=0, after=0), layout(1, "text.reference.line_spacing = 1.5")),
    ("no gaps", "No extra space between paragraphs", "2.21", rule.no_gap, rule.no_gap_word, layout(4, "text.body.after = 6")),
    ("no gaps at headings", "No extra space above or below headings", "2.21", lambda p: (rule.around(p, "The Course"), (near(DOUBLE), near(DOUBLE))), set_as("Heading1", lines=2, before=0, after=0), layout(1, "text.heading = [{ before = 6 }]")),
    ("ragged", "Text aligned left, right edge uneven", "2.23", rule.ragged, rule.ragged_word, layout(4, 'text.body.align = "justify"')),
    ("whole words", "Words not divided at line ends", "2.23", rule.whole_words, rule.whole_words_word, Breach(1, "setting.hyphenate = true", css="body, main p { hyphens: auto !important }")),
    ("first lines", "First line of every paragraph indented 0.5 inch", "2.24", rule.first_line, rule.first_line_word, layout(2, "setting.indent_first = false")),
    ("abstract not indented", "First line of the abstract not indented", "2.9, 2.24", lambda p: (p.pdf.on(2)[1].x, near(INCH)), set_as("Abstract", first=0, left=0), layout(1, "text.abstract.first_line = 36")),
    ("page numbers", "Page number top right, within the upper margin of all pages, from 1 on the title page", "2.18", *rule.top_right("{}"), layout(1, 'header = { start = "{page}", end = "" }')),
    ("no running head", "No running head in a student paper", "2.8", lambda p: (all(one.isdigit() for one in p.pdf.headers()), True), lambda p: (p.word.header_text().strip(), "{PAGE}"), layout(2, 'header.start = "{running_head}"')),
    ("title", "Title bold and centred", "2.4", _centred_bold, set_as("Title", align="center", look="bold", text=TITLE), layout(1, "text.title.bold = false")),
    ("title down", "Title three to four lines below the top margin", "2.4", _down, lambda p: (2.5 < p.word.of("Title")[0].before / DOUBLE < 4.5, True), layout(2, "text.title.before = 10")),
    ("byline apart", "An empty double-spaced line between title and byline", "2.5", spaced(TITLE, 2, 2 * DOUBLE, 1), set_as("Author", before=DOUBLE, lines=2), layout(1, "text.author.before = 0")),
    ("title page lines", "Title, authors, affiliations, course, instructor, due date: in this order, each on its own line, centred", "2.3", _block, _block_word, layout(2, 'title_block.lines = ["title", "author", "affiliation", "instructor", "course", "due", "abstract", "keywords"]')),
    ("raised numbers", "Different affiliations are told by superscript numbers", "2.6", _raised, _raised_word, Breach(2, css=".author sup { vertical-align: baseline; font-size: inherit }", word=removed("document", ".//w:vertAlign"))),
    ("date", "Due date written out (September 22, 2025)", "2.3", lambda p: (p.pdf.on(1)[-1].text, "September 22, 2025"), lambda p: (p.word.of("Details")[-1].text, "September 22, 2025"), layout(1, 'title_block.dates = "typed"')),
    ("abstract page", "Abstract on page 2 under the bold, centred word Abstract", "2.9", _label, set_as("AbstractTitle", text="Abstract", look="bold", align="center", new_page=True), layout(2, "text.abstract_title.bold = false")),
    ("keywords", "Keywords below the abstract, indented 0.5 inch, their label italic, with commas between them and no full stop", "2.10", _keywords, _keywords_word, layout(1, "text.keywords.first_line = 0")),
    ("text on new page", "Text begins a page with the title repeated, bold and centred, and no heading Introduction", "2.11", _text_page, _text_page_word, layout(2, 'text.body_title.align = "start"')),
    ("heading 1", "Level 1: centred, bold", "2.26, 2.27", *heading("The Course", "bold", centred=True), layout(2, 'text.heading = [{ align = "start" }]')),
    ("heading 2", "Level 2: flush left, bold", "2.26, 2.27", *heading("The Members", "bold"), layout(2, 'text.heading = [{}, { align = "center" }]')),
    ("heading 3", "Level 3: flush left, bold italic", "2.26, 2.27", *heading("First Week", "bold italic"), layout(2, "text.heading = [{}, {}, { italic = false }]")),
    ("heading 4", "Level 4: indented, bold, with a full stop, the text on its line", "2.26, 2.27", *run_in("Silent reading.", "bold"), layout(2, "text.heading = [{}, {}, {}, { bold = false }]")),
    ("heading 5", "Level 5: indented, bold italic, with a full stop, the text on its line", "2.26, 2.27", *run_in("Reading with a pencil.", "bold italic"), layout(2, "text.heading = [{}, {}, {}, {}, { italic = false }]")),
    ("quotations go on", "Further paragraphs of a block quotation indented another 0.5 inch, no extra space", "8.27", *rule.quotation_goes_on(36, DOUBLE), layout(2, "setting.quotation_first_line = 18")),
    ("references page", "References on a new page under the bold, centred word", "2.12", *rule.references_page("References", "bold"), layout(4, "text.references_title.page_break_before = false")),
    ("hanging indent", "Entries with a hanging indent of 0.5 inch", "2.12", rule.hanging, rule.hanging_word, layout(2, "text.reference.hanging = 18")),
    ("alphabetical", "Entries in alphabetical order", "2.12, 9.44", rule.alphabetical, rule.alphabetical_word, Breach(3, unsorted=True)),
    ("table number and title", "Above a table its number in bold, the title in italics on the next line", "7.10, 7.11", *_numbered("Table 1", "Sentences Remembered and Questions Asked"), layout(1, "table.words.italic = false")),
    ("table note", "Note below the table, flush left, the word Note italic, double-spaced", "7.14", _table_note, _table_note_word, layout(2, "text.float_note.line_spacing = 1")),
    ("table rules", "No vertical rules; horizontal ones above, under the head and below", "7.17", _no_vertical, _no_vertical_word, Breach(1, css="td { border-left: 1pt solid }", word=added("styles", ".//w:tblBorders", '<w:insideV w:val="single" w:sz="6"/>'))),
    ("figure number and title", "Above a figure its number in bold, the title in italics on the next line", "7.24, 7.25", *_numbered("Figure 1", "Questions Asked by Week"), layout(3, "text.caption_label.bold = false")),
    ("figure note", "Picture below the title, its note below the picture", "7.23, 7.28", _order, _order_word, layout(2, 'figure.caption = "below"')),
    ("floats apart", "An empty double-spaced line between text and a table or figure", "7.6", _apart, _apart_word, layout(1, "setting.float_gap = 6")),
    ("note marks", "Marks of footnotes superscript, behind the punctuation", "2.13", rule.note_mark, rule.note_mark_word, Breach(1, css="a.note-ref { vertical-align: baseline; font-size: inherit }", word=removed("styles", ".//w:vertAlign"))),
    ("footnotes", "Footnotes at the foot of the page of their mark, first line indented", "2.13", _footnotes, lambda p: ({one[0].first for one in p.word.notes}, {36}), layout(1, "text.note.first_line = 0")),
)  # fmt: skip

_JOURNAL = (
    ("running head", "Running head in capitals, flush left in the header of all pages, the number of the page at its right", "2.8", _running_head, _running_head_word, layout(1, "text.header.upper_case = false")),
    ("running head's length", "Running head of at most 50 characters", "2.8", _short, _short_word, text(2, "running-head: Slow Reading in Seminars", "running-head: Slow Reading in Seminars That Set More Than Anybody Reads")),
    ("title page lines", "Title, authors, affiliations: in this order, each on its own line, centred, double-spaced", "2.3, 2.21", *_block_of(_BLOCK[:4]), layout(3, 'title_block.lines = ["title", "affiliation", "author", "author-note", "abstract", "keywords"]')),
    ("author note", "Author note in the lower half of the title page, its label bold and centred, paragraphs indented", "2.7", _author_note, _author_note_word, layout(1, "text.author_note_title.before = 0")),
    ("no class", "Neither course nor instructor nor due date", "2.3", _without_class, _without_class_word, layout(2, 'title_block.lines = ["title", "author", "affiliation", "course", "author-note", "abstract", "keywords"]')),
)  # fmt: skip


def _source(sections: str) -> str:
    return f"Publication Manual {sections}" if sections[0].isdigit() else sections


RULES = tuple(
    Rule(of, name, requirement, _source(source), pdf, word, breach)
    for of, rows in ((_STUDENT, _RULES), (_PROFESSIONAL, _JOURNAL))
    for name, requirement, source, pdf, word, breach in rows
)

REPLACED = {
    _PROFESSIONAL: ("no running head", "page numbers", "double-spaced title page", "title page lines", "date")
}
"""What a variant's own rules take the place of; all others of its layout hold beside them."""
