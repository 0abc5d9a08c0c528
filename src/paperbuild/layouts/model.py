"""What a layout says: frozen records, each field described where it stands."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

Family = Literal["serif", "sans", "mono"]
Align = Literal["start", "center", "end", "justify"]
Line = Literal[
    "title", "subtitle", "author", "affiliation", "date", "course", "instructor", "institution", "due",
    "abstract", "keywords",
]  # fmt: skip
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Length = Annotated[float, Field(ge=0, le=1000)]

RUNNING_WORDS = ("title", "author", "surname", "course", "page", "pages")
"""What may stand in braces in a running header or footer."""

NATURAL_LINE = 1.15
"""Height of a single-spaced line in sizes of its font; that of Times New Roman, and nearly that of Linux
Libertine (1.15) and Cambria (1.17), from their ascent, descent and line gap."""

PAGES = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "letter": (215.9, 279.4), "legal": (215.9, 355.6)}
"""Width and height in millimetres (ISO 216; ANSI/ASME Y14.1)."""

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
    """A heading that stands in the first line of its paragraph (APA 7, levels 4 and 5)."""

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
    abstract_title: TextStyle
    abstract: TextStyle
    keywords: TextStyle
    quotation: TextStyle
    caption: TextStyle
    caption_label: TextStyle
    """“Figure 1” within a caption: only its bold, italic, small_caps and colour count."""
    table: TextStyle
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


@dataclass(frozen=True, slots=True, config=_STRICT)
class Colours:
    """Colours that are not a paragraph's own."""

    link: Colour
    rule: Colour
    shade: Colour
    """Behind code."""


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


@dataclass(frozen=True, slots=True, config=_STRICT)
class Figure:
    """Pictures with a caption."""

    align: Literal["start", "center"]
    caption: Literal["above", "below"]


@dataclass(frozen=True, slots=True, config=_STRICT)
class RunningLine:
    """A header or footer in three parts, each a text with ``{title}``, ``{author}``, ``{surname}``,
    ``{course}``, ``{page}`` or ``{pages}`` in it."""

    start: Running = ""
    center: Running = ""
    end: Running = ""
    first_page: bool = True
    """Whether it stands on the first page too."""
    rule: Length = 0.0
    """Thickness of the rule between it and the text."""


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
    """In order. What the manuscript does not have is left out."""
    rule: Length = 0.0
    """Thickness of a rule below it."""
    page_after_abstract: bool = False


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
    style: str = ""
    """The CSL style for a manuscript that names none."""
    css: str = ""
    """page.css of the layout's folder, appended to the PDF's style sheet."""
