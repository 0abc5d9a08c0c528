"""The layout as Word styles. Every style that the document uses is set explicitly, none by the theme."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from paperbuild.formats.docx.ooxml import PARAGRAPH_PROPERTIES, make, millimetres, put, twips
from paperbuild.layouts.model import NATURAL_LINE, PARAGRAPH_NUMBER, SCENE_LINE, Layout, TextStyle

_ALIGN = {"start": "left", "center": "center", "end": "right", "justify": "both"}
"""w:jc counts left as the leading edge, also from right to left (17.3.1.13)."""

HEADING_IDS = tuple(f"Heading{level}" for level in range(1, 10))
BODY, FIRST, COMPACT, NORMAL = "BodyText", "FirstParagraph", "Compact", "Normal"
EQUATION, LIST_PARAGRAPH, CODE = "Equation", "ListParagraph", "SourceCode"
TABLE_TEXT, TABLE_HEADING = "TableText", "TableHeading"
VERBATIM = "VerbatimChar"
PICTURE, QUOTE, VERSE = "Picture", "Quote", "Verse"
LINK_BACK = "LinkBack"
RULE_SHARE = 0.3
"""Length of the line for a change of scene, of the column's, as in the PDF."""
_AROUND_RULE, _AROUND_CODE = 12.0, 4.0
"""Points of white space above and below that line, and of shade around code."""
_LINK_BACK, _GREY = 0.8, "555555"
"""Size of a link back beside its reference's, and its colour, which stands out from white by 7 to 1."""
BAR = 3.0
"""Points that the bar beside a box is wide, as in the PDF."""
FARTHEST = 31
"""Points between a border and its text at most (17.3.1.17)."""
REFERENCE, REFERENCES_TITLE = "Bibliography", "ReferencesTitle"


@dataclass(frozen=True, slots=True)
class Language:
    """What w:lang says for the three kinds of script, as BCP 47 tags."""

    latin: str
    east_asian: str
    bidi: str
    rtl: bool

    @classmethod
    def of(cls, lang: str, *, rtl: bool) -> Language:
        """The document's language where its script belongs; Word's usual ones for the other scripts."""
        primary = lang.partition("-")[0].lower()
        if primary in {"zh", "ja", "ko"}:
            return cls("en-US", _WORD_TAG.get(lang, lang), "ar-SA", rtl)
        if rtl or primary in {"ar", "he", "fa", "ur", "yi", "syr", "dv", "ps", "sd", "ug", "ckb"}:
            return cls("en-US", "zh-CN", _WORD_TAG.get(lang, lang), rtl)
        return cls(_WORD_TAG.get(lang, lang) or "en-US", "zh-CN", "ar-SA", rtl)


_WORD_TAG = {
    "en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "pt": "pt-PT", "nl": "nl-NL",
    "ru": "ru-RU", "pl": "pl-PL", "sv": "sv-SE", "da": "da-DK", "nb": "nb-NO", "fi": "fi-FI", "cs": "cs-CZ",
    "el": "el-GR", "tr": "tr-TR", "uk": "uk-UA", "hu": "hu-HU", "ro": "ro-RO", "ja": "ja-JP", "ko": "ko-KR",
    "zh": "zh-CN", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "ar": "ar-SA", "he": "he-IL", "fa": "fa-IR",
    "ur": "ur-PK",
}  # fmt: skip
"""Word checks spelling only for a language with a region (MS-LCID)."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Names of fonts for w:rFonts."""

    layout: Layout
    language: str

    def of(self, family: str) -> etree._Element:
        """w:rFonts with a font for each kind of script."""
        word = self.layout.fonts.word
        first: str = {"serif": word.serif, "sans": word.sans, "mono": word.mono}[family][0]
        asian = word.east_asian
        tag = next((t for t in (self.language, self.language.partition("-")[0], "zh") if t in asian), "")
        east_asian = asian.get(tag, first)
        return make("w:rFonts", ascii=first, hAnsi=first, eastAsia=east_asian, cs=word.complex)


def styles(layout: Layout, language: str, *, hanging: bool, rtl: bool) -> etree._Element:
    """The whole w:styles. ``hanging`` is whether the citation style wants a hanging indent."""
    fonts = Fonts(layout, language)
    root = make("w:styles", [_defaults(layout, fonts, Language.of(language, rtl=rtl))])
    root.extend([one.element(fonts) for one in _paragraph_styles(layout, hanging=hanging, rtl=rtl)])
    root.extend(list(_character_styles(layout, fonts)))
    root.extend(list(_table_styles(layout)))
    return root


def _defaults(layout: Layout, fonts: Fonts, language: Language) -> etree._Element:
    body, apart = layout.text.body, layout.setting.letter_spacing
    run = [
        fonts.of(body.font),
        make("w:color", val=body.colour[1:]),
        *([make("w:spacing", val=twips(apart))] if apart else []),
        make("w:sz", val=_half_points(body)),
        make("w:szCs", val=_half_points(body)),
        make("w:lang", val=language.latin, eastAsia=language.east_asian, bidi=language.bidi),
    ]
    paragraph = [make("w:widowControl", val="1" if layout.setting.orphans > 1 else "0")]
    if language.rtl:
        paragraph.append(make("w:bidi"))
    return make(
        "w:docDefaults",
        [
            make("w:rPrDefault", [make("w:rPr", run)]),
            make("w:pPrDefault", [make("w:pPr", paragraph)]),
        ],
    )


def _paragraph_styles(layout: Layout, *, hanging: bool, rtl: bool) -> Iterator[_Style]:
    yield from _body_styles(layout)
    yield from _title_styles(layout)
    yield from _heading_styles(layout)
    yield from _other_styles(layout, hanging=hanging)
    yield from _boxes(layout, rtl=rtl)
    yield from _contents_styles(layout)


def texts(layout: Layout) -> dict[str, TextStyle]:
    """How paragraphs are set, by the ids of their styles."""
    return {one.own: one.text for one in _paragraph_styles(layout, hanging=True, rtl=False)}


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its names, and the layout's text style that it shows."""

    name: str
    text: TextStyle
    based_on: str = NORMAL
    next: str = ""
    level: int | None = None
    """Outline level, 0 for the highest."""
    extra: tuple[etree._Element, ...] = ()
    """Paragraph properties that a text style does not know."""
    identifier: str = ""
    among: TextStyle | None = None
    """The text that it stands among, if it is set closer."""
    counted: bool = True
    """Whether its lines are numbered where the layout numbers lines (17.3.1.35); ``formats.pdf.lines`` counts
    the same ones. Tables never are; LibreOffice would number notes, too."""

    @property
    def own(self) -> str:
        """Its id."""
        return self.identifier or "".join(part[:1].upper() + part[1:] for part in self.name.split())

    def element(self, fonts: Fonts) -> etree._Element:
        """The w:style."""
        own, default = self.own, self.own == NORMAL
        head = [make("w:name", val=self.name)]
        if not default:
            head.append(make("w:basedOn", val=self.based_on))
        if self.next:
            head.append(make("w:next", val=self.next))
        head.append(make("w:qFormat"))
        body = [_paragraph(self), make("w:rPr", _run(self.text, fonts))]
        mark = "1" if default else None
        return make("w:style", [*head, *body], type="paragraph", default=mark, styleId=own)


def _paragraph(style: _Style) -> etree._Element:
    text, result = style.text, make("w:pPr")
    if style.among:
        text = _lowered(text, style.among)
    wanted = [
        make("w:spacing", before=twips(text.before), after=twips(text.after),
             line=round(240 * text.line_spacing), lineRule="auto"),
        make("w:ind", left=twips(text.indent_start + text.hanging), right=twips(text.indent_end),
             hanging=twips(text.hanging) if text.hanging else None,
             firstLine=None if text.hanging else twips(text.first_line)),
        make("w:jc", val=_ALIGN[text.align]),
        *copy.deepcopy(style.extra),
    ]  # fmt: skip
    if text.keep_with_next:
        wanted += [make("w:keepNext"), make("w:keepLines")]
    if text.page_break_before:
        wanted.append(make("w:pageBreakBefore"))
    if not style.counted:
        wanted.append(make("w:suppressLineNumbers"))
    if style.level is not None:
        wanted.append(make("w:outlineLvl", val=style.level))
    for child in wanted:
        put(result, child, PARAGRAPH_PROPERTIES)
    return result


def _run(text: TextStyle, fonts: Fonts) -> list[etree._Element]:
    """Run properties, every switch set, so that nothing comes through from a style below."""

    def switch(tag: str, on: bool) -> etree._Element:
        return make(tag, val="1" if on else "0")

    return [
        fonts.of(text.font),
        switch("w:b", text.bold),
        switch("w:bCs", text.bold),
        switch("w:i", text.italic),
        switch("w:iCs", text.italic),
        switch("w:caps", text.upper_case),
        switch("w:smallCaps", text.small_caps),
        make("w:color", val=text.colour[1:]),
        make("w:sz", val=_half_points(text)),
        make("w:szCs", val=_half_points(text)),
    ]


def _half_points(text: TextStyle) -> int:
    return round(text.size * 2)


def _body_styles(layout: Layout) -> Iterator[_Style]:
    text, body = layout.text, layout.text.body
    plain = replace(body, first_line=0.0, after=0.0, before=0.0)
    tight = replace(plain, align="start" if body.align == "center" else body.align)
    yield _Style("Normal", plain, identifier=NORMAL)
    yield _Style("Body Text", body)
    first = body if layout.setting.indent_first else replace(body, first_line=0.0)
    yield _Style("First Paragraph", first, BODY, BODY)
    yield _Style("Continued Text", _beside_numbers(replace(body, first_line=0.0), layout), BODY, BODY)
    yield _Style("Numbered Paragraph", _numbered_paragraph(layout), BODY)
    yield _Style("Compact", replace(tight, after=body.size * 0.1))
    yield _Style("List Paragraph", replace(tight, after=body.size * 0.35), identifier=LIST_PARAGRAPH)
    joined = (make("w:contextualSpacing"),) if layout.setting.quotation_first_line else ()
    quotation = _beside_numbers(text.quotation, layout)
    yield _Style("Quote", quotation, next=BODY, extra=joined, identifier=QUOTE, among=body)
    yield _Style("Verse", _verse(layout), next=BODY)
    term = replace(plain, bold=True, keep_with_next=True, before=3.0)
    yield _Style("Definition Term", _beside_numbers(term, layout), next="Definition")
    yield _Style("Definition", _beside_numbers(replace(tight, indent_start=20.0, after=3.0), layout))
    middle, edge = millimetres(layout.page.column_width / 2), millimetres(layout.page.column_width)
    tabs = make("w:tabs", [make("w:tab", val="center", pos=middle), make("w:tab", val="right", pos=edge)])
    spaced = replace(plain, align="start", before=6.0, after=6.0)
    yield _Style("Equation", spaced, next=BODY, extra=(tabs,), identifier=EQUATION)


def _title_styles(layout: Layout) -> Iterator[_Style]:
    text = layout.text
    yield _Style("Title", text.title, next=BODY, counted=False)
    yield _Style("Subtitle", text.subtitle, next=BODY, counted=False)
    yield _Style("Author", text.author, next=BODY, counted=False)
    yield _Style("Affiliation", text.affiliation, next=BODY, counted=False)
    yield _Style("Date", text.date, next=BODY, counted=False)
    yield _Style("Details", text.details, next=BODY, counted=False)
    yield _Style("Author Note Title", text.author_note_title, next="AuthorNote", counted=False)
    yield _Style("Author Note", text.author_note, next=BODY, counted=False)
    yield _Style("Body Title", text.body_title, next=BODY, counted=False, among=text.body)
    yield _Style("Abstract Title", text.abstract_title, next="Abstract", counted=False, among=text.abstract)
    yield _Style("Abstract", text.abstract, next=BODY)
    yield _Style("Keywords", text.keywords, next=BODY, counted=False)


def _heading_styles(layout: Layout) -> Iterator[_Style]:
    body, headings = layout.text.body, layout.text.heading
    for level, identifier in enumerate(HEADING_IDS):
        text = headings[min(level, 5)]
        yield _Style(f"heading {level + 1}", text, next=BODY, level=level, identifier=identifier, among=body)
    yield _Style(
        "References Title",
        layout.text.references_title,
        "Heading1",
        REFERENCE,
        0,
        identifier=REFERENCES_TITLE,
        among=body,
    )


def _other_styles(layout: Layout, *, hanging: bool) -> Iterator[_Style]:
    text = layout.text
    reference = text.reference if hanging else replace(text.reference, hanging=0.0)
    yield _Style("Bibliography", reference, identifier=REFERENCE)
    yield _Style("caption", text.caption, identifier="Caption", counted=False)
    above = replace(text.caption, keep_with_next=True)
    table, figure = layout.table.caption == "above", layout.figure.caption == "above"
    yield _Style("Table Caption", above if table else text.caption, "Caption", counted=False)
    yield _Style("Image Caption", above if figure else text.caption, "Caption", counted=False)
    picture = replace(
        text.body, align=layout.figure.align, first_line=0.0, before=6.0, after=2.0, line_spacing=1.0,
        keep_with_next=not figure,
    )  # fmt: skip
    yield _Style("Figure", picture, counted=False)
    yield _Style(
        "Picture", replace(picture, keep_with_next=False, after=6.0), identifier=PICTURE, counted=False
    )
    yield _Style("Captioned Figure", picture, "Figure", counted=False)
    cell = replace(text.table, before=layout.table.padding, after=layout.table.padding)
    yield _Style("Table Text", cell)
    yield _Style("Table Heading", replace(cell, bold=cell.bold or layout.table.head_bold), "TableText")
    yield _Style("Float Note", text.float_note, next=BODY, counted=False)
    yield _Style("footnote text", _noted(layout), identifier="FootnoteText", counted=False)
    yield _Style(
        "Footnote Block Text", replace(text.note, indent_start=text.quotation.indent_start), "FootnoteText"
    )
    shade = make("w:shd", val="clear", color="auto", fill=layout.colours.shade[1:])
    unbroken = (shade, make("w:wordWrap", val="0"), make("w:suppressAutoHyphens"), make("w:bidi", val="0"))
    code = _beside_numbers(_between_lines(text.code, text.body), layout)
    yield _Style("Source Code", code, extra=(_edges(layout), *unbroken))
    yield _scene(layout)
    edges = _running_tabs(layout)
    yield _Style("header", text.header, extra=(edges,), identifier="Header")
    yield _Style("footer", text.footer, extra=(edges,), identifier="Footer")


def _boxes(layout: Layout, *, rtl: bool) -> Iterator[_Style]:
    """Notes, tips and warnings: a shade, and a bar on the side where lines begin."""
    text = layout.text
    shade = make("w:shd", val="clear", color="auto", fill=layout.colours.shade[1:])
    for label, style, follows in (
        ("Callout", text.callout, BODY),
        ("Callout Title", text.callout_title, "Callout"),
        ("Callout List", replace(text.callout, after=0.0), ""),
    ):
        inside = replace(style, indent_start=style.indent_start + BAR)
        edges = frame(style, layout, rtl=rtl)
        base = NORMAL if label == "Callout" else "Callout"
        yield _Style(label, inside, base, follows, extra=(edges, shade))


def frame(style: TextStyle, layout: Layout, *, rtl: bool, room: float | None = None) -> etree._Element:
    """The bar beside a box, so many points before its text, and an edge of the shade's colour at the other
    side, so that the shade is as wide as the column."""
    bar, edge = ("w:right", "w:left") if rtl else ("w:left", "w:right")
    before = round(min(style.indent_start if room is None else room, FARTHEST))
    beyond = round(min(style.indent_end, FARTHEST))
    borders = [
        make(bar, val="single", sz=round(BAR * 8), space=before, color="8A8A8A"),
        make(edge, val="single", sz=2, space=beyond, color=layout.colours.shade[1:]),
    ]
    return make("w:pBdr", reversed(borders) if rtl else borders)


def _between_lines(style: TextStyle, body: TextStyle) -> TextStyle:
    """A style that stands in the middle between two lines of the body: Word puts all that double spacing adds
    below a line, CSS one half above it."""
    half = leading(body) / 2
    return replace(style, before=max(style.before - half, 0.0), after=style.after + half)


def _lowered(style: TextStyle, body: TextStyle) -> TextStyle:
    """A style set closer than the body, so much further down that it is as near to the lines around it as in
    the PDF; see ``leading``. The space that it has in all stays."""
    shift = min(style.before, max(leading(body) - leading(style), 0.0) / 2)
    return replace(style, before=style.before - shift, after=style.after + shift)


def leading(style: TextStyle) -> float:
    """Points that its line spacing adds to a single-spaced line. Word puts them below the line, CSS one half
    above it and one below."""
    return style.size * NATURAL_LINE * (style.line_spacing - 1)


def _edges(layout: Layout) -> etree._Element:
    """A border of the shade's colour, up to which code is shaded."""
    code, fill = layout.text.code, layout.colours.shade[1:]
    rooms = {"top": _AROUND_CODE, "left": code.indent_start, "bottom": _AROUND_CODE, "right": code.indent_end}
    return make("w:pBdr", [
        make(f"w:{side}", val="single", sz=2, space=round(min(room, _AROUND_CODE)), color=fill)
        for side, room in rooms.items()
    ])  # fmt: skip


def _verse(layout: Layout) -> TextStyle:
    """Running text as far in as a quotation, the first line like the others."""
    body, quotation = layout.text.body, layout.text.quotation
    verse = replace(
        body, align="start", first_line=0.0, indent_start=quotation.indent_start + quotation.hanging,
        before=max(quotation.before, 6.0), after=max(quotation.after, 6.0),
    )  # fmt: skip
    return _beside_numbers(verse, layout)


def _scene(layout: Layout) -> _Style:
    """A short line in the middle of the column: the lower border of an empty paragraph."""
    thickness, colour = SCENE_LINE
    line = make("w:bottom", val="single", sz=round(thickness * 8), space=0, color=colour[1:])
    beside = layout.page.column_width / 25.4 * 72 * (1 - RULE_SHARE) / 2
    above, below = twips(_AROUND_RULE), twips(_AROUND_RULE)
    height = make("w:spacing", before=above, after=below, line=20, lineRule="exact")
    text = replace(layout.text.body, first_line=0.0, hanging=0.0, indent_start=beside, indent_end=beside)
    return _Style("Horizontal Rule", text, extra=(make("w:pBdr", [line]), height), counted=False)


def _beside_numbers(style: TextStyle, layout: Layout) -> TextStyle:
    """What stands between numbered paragraphs is so much further in as their text."""
    return replace(style, indent_start=style.indent_start + layout.beside_numbers)


def _numbered_paragraph(layout: Layout) -> TextStyle:
    """Running text that hangs beside its number."""
    return replace(layout.text.body, hanging=layout.text.body.size * PARAGRAPH_NUMBER, first_line=0.0)


def _noted(layout: Layout) -> TextStyle:
    """The style of a note, with the space between notes that the layout wants."""
    note = layout.text.note
    return replace(note, after=max(note.after, layout.setting.note_gap))


def _running_tabs(layout: Layout) -> etree._Element:
    middle, edge = millimetres(layout.page.text_width / 2), millimetres(layout.page.text_width)
    return make("w:tabs", [make("w:tab", val="center", pos=middle), make("w:tab", val="right", pos=edge)])


def _contents_styles(layout: Layout) -> Iterator[_Style]:
    edge = millimetres(layout.page.text_width)
    leader = make("w:tabs", [make("w:tab", val="right", leader="dot", pos=edge)])
    yield _Style(
        "TOC Heading", layout.text.contents_title, next=BODY, level=9, identifier="TOCHeading", counted=False,
        among=layout.text.contents[0],
    )  # fmt: skip
    for level in range(9):
        text = layout.text.contents[min(level, 2)]
        deeper = replace(text, indent_start=text.indent_start + 14.0 * max(0, level - 2))
        yield _Style(f"toc {level + 1}", deeper, extra=(leader,), identifier=f"TOC{level + 1}", counted=False)


def _character_styles(layout: Layout, fonts: Fonts) -> Iterator[etree._Element]:
    label, code = layout.text.caption_label, layout.text.code
    default = make("w:style", [make("w:name", val="Default Paragraph Font")],
                   type="character", default="1", styleId="DefaultParagraphFont")  # fmt: skip
    yield default
    yield _character("Body Text Char", [])
    yield _character("Section Number", [])
    number = layout.text.paragraph_number
    yield _character("Paragraph Number", [
        fonts.of(number.font), make("w:b", val="1" if number.bold else "0"),
        make("w:color", val=number.colour[1:]),
        make("w:sz", val=_half_points(number)), make("w:szCs", val=_half_points(number)),
    ])  # fmt: skip
    yield _character("Verbatim Char", [
        fonts.of("mono"), make("w:noProof"),
        make("w:sz", val=_half_points(code)), make("w:szCs", val=_half_points(code)),
    ], VERBATIM)  # fmt: skip
    yield _character("footnote reference", [make("w:vertAlign", val="superscript")], "FootnoteReference")
    yield _character("Hyperlink", [make("w:color", val=layout.colours.link[1:])])
    smaller = make("w:sz", val=round(layout.text.reference.size * _LINK_BACK * 2))
    yield _character("Link Back", [make("w:color", val=_GREY), smaller], LINK_BACK)
    caption = layout.text.caption
    shown = [
        ("w:b", label.bold and not caption.bold),
        ("w:i", label.italic and not caption.italic),
        ("w:smallCaps", label.small_caps and not caption.small_caps),
    ]  # a switch in two styles would cancel itself (ECMA-376 part 1, 17.7.3)
    colour = make("w:color", val=label.colour[1:])
    number = layout.line_number
    small = [make("w:sz", val=_half_points(number)), make("w:szCs", val=_half_points(number))]
    plain = [fonts.of(number.font), make("w:color", val=number.colour[1:]), *small]
    yield _character("line number", plain, "LineNumber")
    if layout.line_numbers.every:  # LibreOffice takes the style of this name
        yield _character("Line Numbering", copy.deepcopy(plain))
    yield _character("Caption Label", [*(make(tag) for tag, on in shown if on), colour])


def _character(label: str, run: list[etree._Element], identifier: str = "") -> etree._Element:
    head = [make("w:name", val=label), make("w:basedOn", val="DefaultParagraphFont")]
    own = identifier or label.replace(" ", "")
    return make("w:style", [*head, make("w:rPr", run)], type="character", styleId=own)


def _table_styles(layout: Layout) -> Iterator[etree._Element]:
    """Rules above, under the head and below, as the LaTeX package booktabs sets them."""
    margins = make("w:tblCellMar", [
        make(f"w:{side}", w=width, type="dxa")
        for side, width in (("top", 0), ("left", 90), ("bottom", 0), ("right", 90))
    ])  # fmt: skip
    plain = make("w:tblPr", [make("w:tblInd", w=0, type="dxa"), margins])
    head = [make("w:name", val="Normal Table")]
    yield make("w:style", [*head, plain], type="table", default="1", styleId="TableNormal")
    heavy, light = layout.table.heavy_rule, layout.table.light_rule
    borders = make("w:tblBorders", [_rule("top", heavy, layout), _rule("bottom", heavy, layout)])
    under = make("w:tcBorders", [_rule("bottom", light, layout)])
    first = make("w:tblStylePr", [
        make("w:tcPr", [under, make("w:vAlign", val="bottom")]),
    ], type="firstRow")  # fmt: skip
    last = make("w:tblStylePr", [
        make("w:tcPr", [make("w:tcBorders", [_rule("top", light, layout)])]),
    ], type="lastRow")  # fmt: skip
    table = make("w:tblPr", [make("w:jc", val=_ALIGN[layout.table.align]), borders])
    head = [make("w:name", val="Table"), make("w:basedOn", val="TableNormal"), make("w:qFormat")]
    yield make("w:style", [*head, table, first, last], type="table", styleId="Table")
    places = make("w:tblPr", [make("w:jc", val=_ALIGN[layout.figure.align])])
    yield make("w:style", [
        make("w:name", val="Figure Table"), make("w:basedOn", val="TableNormal"), places,
    ], type="table", styleId="FigureTable")  # fmt: skip


def _rule(side: str, points: float, layout: Layout) -> etree._Element:
    kind = "single" if points else "nil"
    return make(f"w:{side}", val=kind, sz=round(points * 8), space=0, color=layout.colours.rule[1:])
