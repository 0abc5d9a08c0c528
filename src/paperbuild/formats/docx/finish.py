"""What pandoc's writer cannot do, done to its output: one small function for each thing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.section import _Footer, _Header
from lxml import etree

from paperbuild import epoch
from paperbuild.formats.docx import (
    bookmarks,
    boxes,
    crossrefs,
    equations,
    floats,
    gallery,
    lists,
    reference_list,
    sections,
    styles,
    summary_area,
)
from paperbuild.formats.docx.contents import contents
from paperbuild.formats.docx.ooxml import (
    RUN_PROPERTIES,
    field,
    make,
    millimetres,
    name,
    properties,
    put,
    remove,
    set_property,
    set_spaces,
    style_of,
    tab_run,
    text_run,
    twips,
)
from paperbuild.formats.docx.tree import BREAK_MARK, CONTENTS_MARK
from paperbuild.layouts import running
from paperbuild.layouts.model import CODE_KEPT_WHOLE, Layout, RunningLine, TextStyle
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast

_JOINED = re.compile(
    r"[\u0600-\u074f\u0750-\u077f\u07c0-\u07ff\u0840-\u08ff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufeff]"
)
"""Arabic, Syriac, N'Ko, Mandaic and Mongolian (CSS Text 3, 8.2.3)."""
_AFTER_SEPARATOR = 60
"""Twips between the line above notes and the first of them, besides the line's own height."""


def finished(data: bytes, document: ResolvedDocument, layout: Layout, known: Mapping[str, str]) -> bytes:
    """The document that pandoc wrote, with all that the layout and Word's readers want besides."""
    word = docx.Document(io.BytesIO(data))
    with _notes(word) as notes:
        _finish(word.element.body, notes, document, layout)
        gallery.order(word.styles.element, _used([word.element.body, *notes]))
    lists.indent(word.part.numbering_part.element, layout)
    _running_lines(word, known, layout)
    sections.divide(word.element.body, layout)
    _core_properties(word, document)
    _drop_comments(word)
    output = io.BytesIO()
    word.save(output)
    return output.getvalue()


def _finish(
    body: etree._Element, notes: list[etree._Element], document: ResolvedDocument, layout: Layout
) -> None:
    """All that is done to the text. Numbers become fields while captions stand where pandoc puts them."""
    floats.keep_whole(body)
    equations.join(body)
    bookmarks.move(body)
    equations.place(body, layout)
    for root in (body, *notes):
        equations.mend(root)
        bookmarks.keep(root)
    _note_numbers(notes, layout)
    _note_paragraphs(notes, layout)
    _separators(notes)
    _fields([body, *notes], document)
    reference_list.set_list(body, layout)
    floats.tables(body, layout, rtl=document.rtl)
    floats.captions(body, layout)
    _lists(body)
    lists.part(body, layout)
    _quotations(body, layout)
    _first_paragraphs(body, layout)
    _code(body)
    floats.pictures(body)
    boxes.spaced(body, layout, rtl=document.rtl)
    floats.gaps(body, layout)
    floats.part(body)
    _run_in_headings(body, layout)
    _rule_below_title(body, layout)
    _contents_list(body, document, layout)
    _page_breaks(body)
    for root in (body, *notes) if layout.setting.letter_spacing else ():
        _joined_letters(root)


@contextmanager
def _notes(word: WordDocument) -> Iterator[list[etree._Element]]:
    """The roots of the parts that hold notes, which python-docx does not open; they are stored at the end."""
    parts = [
        link.target_part
        for link in word.part.rels.values()
        if link.reltype in {RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES}
    ]
    roots = [etree.fromstring(part.blob) for part in parts]
    yield roots
    for part, root in zip(parts, roots, strict=True):
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8")  # noqa: SLF001 - no other way


def _fields(roots: list[etree._Element], document: ResolvedDocument) -> None:
    """Numbers and references as fields; a note may refer to what stands in the text."""
    places = crossrefs.count(roots[0], document.terms.get("equation", "Equation"))
    crossrefs.refer(roots, places, bookmarks.Names(roots))


def _used(roots: list[etree._Element]) -> set[str]:
    """The ids of the styles that paragraphs, runs and tables have."""
    tags = (name("w:pStyle"), name("w:rStyle"), name("w:tblStyle"))
    return {mark.get(name("w:val"), "") for root in roots for mark in root.iter(*tags)}


def _quotations(body: etree._Element, layout: Layout) -> None:
    """Quotations have the style that Word has for them; pandoc's is one of Word's for text in a frame.

    Their paragraphs but the first are indented where the layout wants it.
    """
    indent = layout.setting.quotation_first_line
    for paragraph in body.iter(name("w:p")):
        if style_of(paragraph) != "BlockText":
            continue
        set_property(paragraph, make("w:pStyle", val=styles.QUOTE))
        before = paragraph.getprevious()
        if indent and before is not None and style_of(before) == styles.QUOTE:
            set_property(paragraph, make("w:ind", firstLine=twips(indent)))


def _first_paragraphs(body: etree._Element, layout: Layout) -> None:
    """A paragraph after a table, a list, a quotation, a figure or an equation begins without an indent.

    pandoc knows this of headings alone. The PDF's style sheet has the same rule.
    """
    if layout.setting.indent_first:
        return
    before: etree._Element | None = None
    for block in body.iterchildren(name("w:p"), name("w:tbl")):
        if before is not None and style_of(block) == styles.BODY:
            running_on = style_of(before) in {styles.BODY, styles.FIRST} and not equations.is_equation(before)
            if before.tag == name("w:tbl") or not running_on:
                set_property(block, make("w:pStyle", val=styles.FIRST))
        before = block


def _lists(body: etree._Element) -> None:
    """Items of loose lists get a style: pandoc gives them none."""
    for paragraph in body.iter(name("w:p")):
        if not style_of(paragraph) and paragraph.find(f"{name('w:pPr')}/{name('w:numPr')}") is not None:
            set_property(paragraph, make("w:pStyle", val=styles.LIST_PARAGRAPH))


def _code(body: etree._Element) -> None:
    """Code runs from left to right, also in a document that does not, and is not parted unless it is long."""
    for paragraph in body.iter(name("w:p")):
        if style_of(paragraph) != styles.CODE:
            continue
        if len([*paragraph.iter(name("w:br"))]) < CODE_KEPT_WHOLE:
            set_property(paragraph, make("w:keepLines"))
        if properties(paragraph).find(name("w:bidi")) is not None:
            set_property(paragraph, make("w:bidi", val="0"))
            for mark in list(paragraph.iter(name("w:rtl"))):
                remove(mark)


def _joined_letters(root: etree._Element) -> None:
    """No space between letters that are joined in writing: it would tear them."""
    for run in root.iter(name("w:r")):
        if _JOINED.search("".join(text.text or "" for text in run.iter(name("w:t")))):
            formatting = run.find(name("w:rPr"))
            if formatting is None:
                formatting = make("w:rPr")
                run.insert(0, formatting)
            put(formatting, make("w:spacing", val=0), RUN_PROPERTIES)


def _run_in_headings(body: etree._Element, layout: Layout) -> None:
    """Headings in the first line of their paragraph, by a hidden paragraph mark (17.3.2.36 specVanish)."""
    levels = {styles.HEADING_IDS[i] for i, text in enumerate(layout.text.heading) if text.run_in}
    for paragraph in body.iter(name("w:p")):
        following = paragraph.getnext()
        if style_of(paragraph) not in levels or following is None:
            continue
        if style_of(following) in {styles.FIRST, styles.BODY}:
            set_property(paragraph, make("w:rPr", [make("w:vanish"), make("w:specVanish")]))
            paragraph.append(text_run(" "))


def _note_numbers(notes: list[etree._Element], layout: Layout) -> None:
    """A note's number on the line and with a full stop, where the layout wants it (Turabian 9, 16.3.4)."""
    if layout.setting.note_number == "raised":
        return
    for root in notes:
        for number in root.iter(name("w:footnoteRef"), name("w:endnoteRef")):
            run = number.getparent()
            if run is not None:
                for old in run.findall(name("w:rPr")):
                    run.remove(old)
                run.insert(0, make("w:rPr", [make("w:vertAlign", val="baseline")]))
                number.addnext(make("w:t", text="."))


def _note_paragraphs(notes: list[etree._Element], layout: Layout) -> None:
    """Space stands between notes, not between the paragraphs of one."""
    for root in notes if layout.setting.note_gap else ():
        for note in root:
            for paragraph in note.findall(name("w:p"))[:-1]:
                set_spaces(paragraph, after=twips(layout.text.note.after))


def _separators(notes: list[etree._Element]) -> None:
    """The line above notes stands on a single line of its own, as near to them in a double-spaced paper."""
    for root in notes:
        for mark in root.iter(name("w:separator"), name("w:continuationSeparator")):
            paragraph = next(mark.iterancestors(name("w:p")))
            spacing = make("w:spacing", before=0, after=_AFTER_SEPARATOR, line=240, lineRule="auto")
            set_property(paragraph, spacing)


def _rule_below_title(body: etree._Element, layout: Layout) -> None:
    """The layout's rule under the last paragraph of the title block."""
    kinds = {"Title", "Subtitle", "Author", "Affiliation", "Date", "Details", "Abstract", "Keywords"}
    block = [paragraph for paragraph in body.findall(name("w:p")) if style_of(paragraph) in kinds]
    if block and layout.title_block.rule:
        edge = make(
            "w:bottom",
            val="single",
            sz=round(layout.title_block.rule * 8),
            space=6,
            color=layout.colours.rule[1:],
        )
        set_property(block[-1], make("w:pBdr", [edge]))


def _contents_list(body: etree._Element, document: ResolvedDocument, layout: Layout) -> None:
    for paragraph in list(_marks(body, CONTENTS_MARK)):
        title = document.terms.get("contents", "Contents")
        depth, edge = max(1, min(document.toc_depth, 6)), millimetres(layout.page.text_width)
        body.replace(paragraph, contents(body, title, depth, edge))


def _page_breaks(body: etree._Element) -> None:
    """A mark becomes “page break before” of what follows; before a table it becomes a break itself."""
    for paragraph in list(_marks(body, BREAK_MARK)):
        following = paragraph.getnext()
        target = following
        if following is not None and following.tag == name("w:sdt"):
            target = next(following.iter(name("w:p")), None)
        if target is not None and target.tag == name("w:p"):
            set_property(target, make("w:pageBreakBefore"))
            remove(paragraph)
        else:
            properties(paragraph).clear()
            paragraph.append(make("w:r", [make("w:br", type="page")]))


def _marks(body: etree._Element, mark: str) -> Iterator[etree._Element]:
    return (paragraph for paragraph in body.iter(name("w:p")) if style_of(paragraph) == mark)


def _running_lines(word: WordDocument, known: Mapping[str, str], layout: Layout) -> None:
    """Header and footer, with fields for the page numbers."""
    section = word.sections[0]
    section.different_first_page_header_footer = not (layout.header.first_page and layout.footer.first_page)
    first = section.different_first_page_header_footer
    for line, style, usual, on_first in (
        (layout.header, layout.text.header, section.header, section.first_page_header),
        (layout.footer, layout.text.footer, section.footer, section.first_page_footer),
    ):
        _fill(usual, line, style, known, layout)
        if first:
            shown = line if line.first_page else RunningLine()
            _fill(on_first, shown, style, known, layout)
    if layout.page.summary_rule:
        for footer in (section.footer, *([section.first_page_footer] if first else [])):
            summary_area.ruled(footer.paragraphs[0]._p, layout)  # noqa: SLF001 - as in _fill


def _fill(
    place: _Header | _Footer, line: RunningLine, style: TextStyle, known: Mapping[str, str], layout: Layout
) -> None:
    place.is_linked_to_previous = False
    paragraph = place.paragraphs[0]._p  # noqa: SLF001 - python-docx offers no other way to the element
    for child in list(paragraph):
        paragraph.remove(child)
    kind = "Header" if isinstance(place, _Header) else "Footer"
    set_property(paragraph, make("w:pStyle", val=kind))
    width = layout.page.text_width / 25.4 * 72
    start, center, end = running.parts(line, known, style, width)
    if not (start or center or end):
        return
    if not center:  # then start may be longer than half the line
        middle = millimetres(layout.page.text_width / 2)
        set_property(paragraph, make("w:tabs", [make("w:tab", val="clear", pos=middle)]))
    shown = (start, center, end) if center else (start, end)
    for index, part in enumerate(shown):
        paragraph.extend([tab_run()] if index else [])
        paragraph.extend(list(_runs(part)))
    if line.rule:
        side = "w:bottom" if kind == "Header" else "w:top"
        edge = make(side, val="single", sz=round(line.rule * 8), space=4, color=layout.colours.rule[1:])
        set_property(paragraph, make("w:pBdr", [edge]))


def _runs(part: str) -> Iterator[etree._Element]:
    for piece in running.pieces(part):
        if piece in {"{page}", "{pages}"}:
            yield from field("PAGE" if piece == "{page}" else "NUMPAGES", "1")
        else:
            yield text_run(piece)


def _core_properties(word: WordDocument, document: ResolvedDocument) -> None:
    core = word.core_properties
    core.title = " ".join(ast.plain(document.front.title).split())[:255]
    core.author = "; ".join(author.name for author in document.front.authors)[:255]
    core.keywords = ", ".join(document.front.keywords)[:255]
    core.language = document.lang[:255]
    wanted = {"title", "creator", "keywords", "language"}
    if made := epoch.made(document.front):
        core.created = core.modified = made.replace(tzinfo=None)
        wanted |= {"created", "modified"}
    for element in list(word.part.package.core_properties._element):  # noqa: SLF001 - no other way to it
        if etree.QName(element).localname not in wanted:  # pandoc takes dates from the clock
            remove(element)


def _drop_comments(word: WordDocument) -> None:
    """pandoc writes an empty list of comments into every file."""
    for identifier, relationship in list(word.part.rels.items()):
        if relationship.reltype == RELATIONSHIP_TYPE.COMMENTS:
            del word.part.rels[identifier]
