"""What a layout says: frozen records, each field described where it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

Family = Literal["serif", "sans", "mono"]
Align = Literal["start", "center", "end", "justify"]
Line = Literal[
    "title", "subtitle", "author", "affiliation", "date", "course", "instructor", "institution", "due",
    "author-note", "abstract", "keywords",
]  # fmt: skip
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Length = Annotated[float, Field(ge=0, le=1000)]

RUNNING_WORDS = ("title", "author", "surname", "course", "running_head", "page", "pages")
"""What may stand in braces in a running header or footer."""

NATURAL_LINE = 1.15
"""Height of a single-spaced line in sizes of its font; that of Times New Roman, and nearly that of Linux
Libertine (1.15) and Cambria (1.17), from their ascent, descent and line gap."""

PAGES = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "letter": (215.9, 279.4), "legal": (215.9, 355.6)}
"""Width and height in millimetres (ISO 216; ANSI/ASME Y14.1)."""

NOTE_GAP, SUMMARY_GAP = 5.0, 2.0
"""Millimetres between the text and the rules of a margin for notes and of one for a summary."""

PARAGRAPH_NUMBER = 2.2
"""Room for a paragraph's number, in sizes of the body's font: three digits and a gap."""

TABLE_GAP, FIGURE_GAP = 8.0, 10.0
"""Points above and below tables and figures at least, in layouts that want but a little there."""

SCENE_LINE = (0.75, "#666666")
"""Thickness in points and colour of the line for a change of scene."""

NOTE_LINE = (144.0, 0.5)
"""Length and thickness in points of the line between text and notes, as Word draws it."""

CODE_KEPT_WHOLE = 15
"""Lines of code that stand on one page; longer code may be divided."""

_STRICT = ConfigDict(extra="forbid", strict=True)


def _words_known(text: str) -> str:
    for word in re.findall(r"\{(.*?)\}", text):
        if word not in RUNNING_WORDS:
            known = ", ".join("{" + one + "}" for one in RUNNING_WORDS)
            raise ValueError(f"{{{word}}} is none of {known}")
    return text


Running = Annotated[str, AfterValidator(_words_known)]


@dataclass(frozen=True, slots=True, config=_STRICT)
class Margin:
    """Page margins in millimetres."""

    top: Length
    right: Length
    bottom: Length
    left: Length


@dataclass(frozen=True, slots=True, config=_STRICT)
class Page:
    """The sheet."""

    margin: Margin
    size: Literal["A4", "A5", "letter", "legal"] | tuple[Length, Length] = "A4"
    """A name, or width and height in millimetres."""
    header: Length = 12.7
    """Millimetres from the sheet's upper edge to the header."""
    footer: Length = 12.7
    """Millimetres from the sheet's lower edge to the footer."""
    columns: Annotated[int, Field(ge=1, le=3)] = 1
    """Columns of the text; the title block stands across all of them."""
    column_gap: Length = 6.0
    """Millimetres between columns."""
    note_rule: Length = 0.0
    """Thickness in points of a rule between the text and the left margin, which is left for notes."""
    summary_rule: Length = 0.0
    """Thickness in points of a rule across the sheet between the text and the bottom margin, which is left
    for a summary."""

    @property
    def width(self) -> float:
        """Millimetres."""
        return self._millimetres()[0]

    @property
    def height(self) -> float:
        """Millimetres."""
        return self._millimetres()[1]

    @property
    def text_width(self) -> float:
        """Millimetres between the left and right margins."""
        return self.width - self.margin.left - self.margin.right

    @property
    def text_height(self) -> float:
        """Millimetres between the top and bottom margins."""
        return self.height - self.margin.top - self.margin.bottom

    @property
    def column_width(self) -> float:
        """Millimetres of a column; of the text where it has but one."""
        return (self.text_width - (self.columns - 1) * self.column_gap) / self.columns

    def _millimetres(self) -> tuple[float, float]:
        return PAGES[self.size] if isinstance(self.size, str) else self.size


@dataclass(frozen=True, slots=True, config=_STRICT)
class WordFonts:
    """Fonts that Word users have. The first of a list is used; the others stand in the file's font table
    as its alternatives (ECMA-376 part 1, 17.8.3.1 altName), for a machine that lacks the first."""

    serif: tuple[str, ...]
    sans: tuple[str, ...]
    mono: tuple[str, ...]
    complex: str = "Times New Roman"
    """For Arabic, Hebrew and other complex scripts."""
    east_asian: dict[str, str] = Field(
        default_factory=lambda: {
            "zh": "SimSun",
            "zh-Hant": "PMingLiU",
            "zh-TW": "PMingLiU",
            "zh-HK": "PMingLiU",
            "ja": "Yu Mincho",
            "ko": "Batang",
        }
    )
    """By language; ``zh`` is taken where the document's language is another one."""


@dataclass(frozen=True, slots=True, config=_STRICT)
class Fonts:
    """Families, best first."""

    serif: tuple[str, ...]
    sans: tuple[str, ...]
    mono: tuple[str, ...]
    cjk: tuple[str, ...]
    """Appended to each of the above for Chinese, Japanese and Korean."""
    word: WordFonts


@dataclass(frozen=True, slots=True, config=_STRICT)
class TextStyle:
    """How one kind of paragraph is set. What a style leaves out of font, size, line_spacing and colour
    is the body's."""

    font: Family
    size: Annotated[float, Field(ge=4, le=96)]
    line_spacing: Annotated[float, Field(ge=0.8, le=4)]
    """As Word counts it: 1 is single-spaced, 2 double-spaced. For CSS see ``line_height``."""
    colour: Colour
    bold: bool = False
    italic: bool = False
    small_caps: bool = False
    upper_case: bool = False
    align: Align = "start"
    before: Length = 0.0
    """Space above."""
    after: Length = 0.0
    """Space below."""
    first_line: Length = 0.0
    """Indent of the first line."""
    hanging: Length = 0.0
    """Indent of every line but the first."""
    indent_start: Length = 0.0
    indent_end: Length = 0.0
    keep_with_next: bool = False
    page_break_before: bool = False
    run_in: bool = False
    """A heading that stands in the first line of its paragraph and ends in a full stop (APA 7, 2.27)."""

    @property
    def line_height(self) -> float:
        """CSS ``line-height``, without a unit."""
        return round(self.line_spacing * NATURAL_LINE, 3)


@dataclass(frozen=True, slots=True, config=_STRICT)
class Texts:
    """The kinds of paragraphs."""

    body: TextStyle
    heading: Annotated[tuple[TextStyle, ...], Field(min_length=6, max_length=6)]
    """Levels 1 to 6."""
    title: TextStyle
    subtitle: TextStyle
    author: TextStyle
    affiliation: TextStyle
    date: TextStyle
    details: TextStyle
    """Course, instructor, institution and the day it is due."""
    author_note_title: TextStyle
    author_note: TextStyle
    """How to reach the author, with ORCID iD (APA 7, 2.7)."""
    body_title: TextStyle
    """The title where it is said again over the text."""
    abstract_title: TextStyle
    abstract: TextStyle
    keywords: TextStyle
    quotation: TextStyle
    caption: TextStyle
    caption_label: TextStyle
    """“Figure 1” within a caption: only its bold, italic, small_caps and colour count."""
    table: TextStyle
    float_note: TextStyle
    """A note below a table or figure, or its source."""
    callout: TextStyle
    """In a box: a note, a tip, a warning."""
    callout_title: TextStyle
    paragraph_number: TextStyle
    """The number of a paragraph: only its font, size, bold and colour count."""
    code: TextStyle
    note: TextStyle
    references_title: TextStyle
    reference: TextStyle
    """One entry of the reference list. Its ``hanging`` counts where the citation style asks for it."""
    contents_title: TextStyle
    contents: Annotated[tuple[TextStyle, ...], Field(min_length=3, max_length=3)]
    """Entries of the contents list, levels 1 to 3."""
    header: TextStyle
    footer: TextStyle


@dataclass(frozen=True, slots=True, config=_STRICT)
class Setting:
    """How paragraphs are broken into lines and pages."""

    hyphenate: bool
    indent_first: bool = False
    """Whether the paragraph after a heading has the body's first-line indent too (APA 7, MLA 9)."""
    widows: Annotated[int, Field(ge=1, le=9)] = 2
    orphans: Annotated[int, Field(ge=1, le=9)] = 2
    old_style_figures: bool = False
    """Figures with ascenders and descenders in running text, where the font has them."""
    note_gap: Length = 0.0
    """Points between two notes at the foot of a page."""
    note_number: Literal["raised", "line"] = "raised"
    """A note's own number: small and raised as its mark, or as large as its text and with a full stop."""
    emphasis: Literal["italic", "bold", "underlined"] = "italic"
    """How emphasised words are set."""
    letter_spacing: Length = 0.0
    """Points between letters besides what the font has."""
    quotation_first_line: Length = 0.0
    """Indent of the first line of a quotation's paragraphs but the first (APA 7, 8.27).
    Where there is one, no space stands between them."""
    list_indent: Length = 24.0
    """Points from the edge of the text around a list to the text of its items; half of them lie before a
    number or bullet in Word."""
    float_gap: Length = 0.0
    """Points between the text and a table or figure with its caption and note; 0 for a little."""
    cross_references: Literal["capital", "lower"] = "capital"
    """“Figure 1” wherever it stands, or “figure 1” within a sentence; in English."""


@dataclass(frozen=True, slots=True, config=_STRICT)
class Colours:
    """Colours that are not a paragraph's own."""

    link: Colour
    rule: Colour
    shade: Colour
    """Behind code."""


@dataclass(frozen=True, slots=True, config=_STRICT)
class CaptionWords:
    """How a caption reads: “Figure 1: Words”, “Fig. 1. Words”, or the words in a line of their own."""

    after_number: Literal[":", ".", "line"] = ":"
    """What stands between number and words; ``line`` is the end of a line."""
    short: bool = False
    """“Fig.” for “Figure”, in languages that have such a word. Where cross-references are in small letters,
    they are “fig.” in brackets."""
    italic: bool = False
    """Whether the words are italic."""


@dataclass(frozen=True, slots=True, config=_STRICT)
class Table:
    """Tables: rules above, under the head and below, none between (as the LaTeX package booktabs does)."""

    heavy_rule: Length
    """Above and below the table."""
    light_rule: Length
    """Under the head and above the foot."""
    padding: Length
    """Above and below a row's text."""
    head_bold: bool
    align: Literal["start", "center"]
    caption: Literal["above", "below"]
    words: CaptionWords = CaptionWords()


@dataclass(frozen=True, slots=True, config=_STRICT)
class Figure:
    """Pictures with a caption."""

    align: Literal["start", "center"]
    caption: Literal["above", "below"]
    words: CaptionWords = CaptionWords()


@dataclass(frozen=True, slots=True, config=_STRICT)
class RunningLine:
    """A header or footer in three parts, each a text with ``{title}``, ``{author}``, ``{surname}``,
    ``{course}``, ``{running_head}``, ``{page}`` or ``{pages}`` in it."""

    start: Running = ""
    center: Running = ""
    end: Running = ""
    first_page: bool = True
    """Whether it stands on the first page too."""
    rule: Length = 0.0
    """Thickness of the rule between it and the text."""


@dataclass(frozen=True, slots=True, config=_STRICT)
class LineNumbers:
    """Numbers of the text's lines in the margin."""

    every: Annotated[int, Field(ge=0, le=100)] = 0
    """Every how many lines one is shown; 0 for none."""
    each_page: bool = False
    """Whether they begin anew on each page."""
    gap: Length = 14.0
    """Points between a number and the text."""


@dataclass(frozen=True, slots=True, config=_STRICT)
class Study:
    """What the manuscript says under ``study:``, for a class."""

    terms: bool = False
    """Whether its key terms stand after the text, before the reference list."""
    questions: bool = False
    """Whether its questions for discussion stand there, numbered."""
    summary: bool = False
    """Whether a page with abstract, outline, key terms, questions and references is all that is shown."""
    numbered_paragraphs: bool = False
    """Whether paragraphs are numbered, so that a class can name them."""


@dataclass(frozen=True, slots=True, config=_STRICT)
class References:
    """The reference list."""

    title: Literal["references", "works-cited", "bibliography"] = "references"
    """What it is called, in the manuscript's language, unless the manuscript names it."""
    links_back: bool = False
    """Whether each entry leads back to the places that cite it."""


@dataclass(frozen=True, slots=True, config=_STRICT)
class TitleBlock:
    """What stands before the text."""

    kind: Literal["block", "page"]
    """``block``: at the head of the first page; ``page``: on a page of its own."""
    lines: tuple[Line, ...]
    """In order. What the manuscript does not have is left out. Where ``institution`` is not among them, it
    stands in for authors' affiliations, and ``date`` likewise for ``due``."""
    details_in_line: bool = False
    """Whether course, instructor, institution and due date stand in one line where they follow each other."""
    authors: Literal["sentence", "lines"] = "sentence"
    """Whether authors are named in one line, or each in a line of their own (MLA 9, chapter 1)."""
    rule: Length = 0.0
    """Thickness of a rule below it."""
    abstract_page: bool = False
    """Whether the abstract stands on a page of its own."""
    title_again: bool = False
    """Whether the title is said again over the text (APA 7, 2.11)."""
    subtitle_colon: bool = False
    """Whether a colon stands between title and subtitle (Turabian 9, A.2.1.2)."""
    dates: Literal["typed", "long", "day-first"] = "typed"
    """How dates in digits are written: as they are, as the language has them (September 22, 2025), or with
    the day first (22 September 2025; MLA)."""


@dataclass(frozen=True, slots=True, config=_STRICT)
class Layout:
    """A whole layout."""

    name: str
    title: str
    """One line that says what it is for."""
    page: Page
    fonts: Fonts
    text: Texts
    setting: Setting
    colours: Colours
    table: Table
    figure: Figure
    header: RunningLine
    footer: RunningLine
    title_block: TitleBlock
    references: References = References()
    line_numbers: LineNumbers = LineNumbers()
    study: Study = Study()
    imposition: Literal["", "2-up", "booklet"] = ""
    """How the pages are put on sheets for printing, in a second PDF beside the first."""
    style: str = ""
    """The CSL style for a manuscript that names none."""
    css: str = ""
    """page.css of the layout's folder, appended to the PDF's style sheet."""

    @property
    def line_number(self) -> TextStyle:
        """How numbers of lines are set: as the footer, in three quarters of the body's size."""
        return replace(self.text.footer, size=round(self.text.body.size * 0.75, 1), align="end")

    @property
    def beside_numbers(self) -> float:
        """Points that the text stands further in than the numbers of its paragraphs, and lists, quotations
        and code with it; 0 where paragraphs are not numbered."""
        return self.text.body.size * PARAGRAPH_NUMBER if self.study.numbered_paragraphs else 0.0

    @property
    def line_number_gap(self) -> float:
        """Points between numbers of lines and the text. Between columns they stand nearer to their own."""
        gap = self.line_numbers.gap
        return min(gap, self.page.column_gap / 25.4 * 72 / 4) if self.page.columns > 1 else gap
