"""What pandoc's writer cannot do, done to its output: one small function for each thing."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.section import _Footer, _Header
from lxml import etree

from paperbuild.formats.docx import boxes, columns, sections, styles, summary_area
from paperbuild.formats.docx.contents import contents
from paperbuild.formats.docx.ooxml import (
    ROW_PROPERTIES,
    TABLE_PROPERTIES,
    field,
    make,
    millimetres,
    name,
    properties,
    put,
    remove,
    set_property,
    style_of,
    tab_run,
    text_run,
)
from paperbuild.formats.docx.tree import BREAK_MARK, CONTENTS_MARK, JOIN_NEXT, JOIN_PREVIOUS
from paperbuild.layouts import running
from paperbuild.layouts.model import Layout, RunningLine, TextStyle
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast

_AFTER_TABLE = 160
"""Twips between a table and the paragraph after it; a table has no such space of its own."""


def finished(data: bytes, document: ResolvedDocument, layout: Layout, known: Mapping[str, str]) -> bytes:
    """The document that pandoc wrote, with all that the layout and Word's readers want besides."""
    word = docx.Document(io.BytesIO(data))
    body = word.element.body
    _join(body)
    _move_bookmarks(body)
    _equations(body, layout)
    _references(body, layout)
    _tables(body, layout, rtl=document.rtl)
    _captions(body, layout)
    _lists(body)
    _first_paragraphs(body, layout)
    _code(body)
    _pictures(body)
    boxes.spaced(body)
    _run_in_headings(body, layout)
    _rule_below_title(body, layout)
    _contents_list(body, document, layout)
    _page_breaks(body)
    _running_lines(word, known, layout)
    sections.divide(body)
    _core_properties(word, document)
    _drop_comments(word)
    output = io.BytesIO()
    word.save(output)
    return output.getvalue()


def _move_bookmarks(body: etree._Element) -> None:
    """Bookmarks that stand between paragraphs go into the paragraph that follows.

    pandoc lets a heading's bookmark reach over its whole section; a cross-reference field to it would
    then repeat the section instead of the heading.
    """
    ends = {end.get(name("w:id")): end for end in body.iter(name("w:bookmarkEnd"))}
    for start in reversed(list(body.iter(name("w:bookmarkStart")))):
        paragraph = _next_paragraph(start)
        if paragraph is None or next(start.iterancestors(name("w:p")), None) is not None:
            continue
        identifier = start.get(name("w:id"))
        properties(paragraph).addnext(start)
        paragraph.append(ends.get(identifier, make("w:bookmarkEnd", id=identifier)))


def _next_paragraph(mark: etree._Element) -> etree._Element | None:
    """The first paragraph after the mark, also as the first of a table."""
    for sibling in mark.itersiblings():
        if sibling.tag in {name("w:p"), name("w:tbl")}:
            return next(sibling.iter(name("w:p")), None)
    return None


def _join(body: etree._Element) -> None:
    """Paragraphs that pandoc cut around a display equation are one again (see ``tree``)."""
    for run in list(body.iter(name("w:r"))):
        mark = run.find(f"{name('w:rPr')}/{name('w:rStyle')}")
        kind = "" if mark is None else mark.get(name("w:val"), "")
        if kind not in {JOIN_NEXT, JOIN_PREVIOUS}:
            continue
        paragraph = next(run.iterancestors(name("w:p")))
        previous, following = paragraph.getprevious(), paragraph.getnext()
        first = next(child for child in paragraph if child.tag != name("w:pPr"))
        if kind == JOIN_PREVIOUS and first is run and previous is not None and _holds_equation(previous):
            _append(previous, paragraph)
        elif (
            kind == JOIN_NEXT
            and paragraph[-1] is run
            and following is not None
            and _holds_equation(following)
        ):
            _append(paragraph, following)
        run.remove(run[0])
        if not len(run):
            remove(run)


def _holds_equation(paragraph: etree._Element) -> bool:
    return paragraph.find(name("m:oMathPara")) is not None


def _append(paragraph: etree._Element, other: etree._Element) -> None:
    paragraph.extend([child for child in other if child.tag != name("w:pPr")])
    remove(other)


def _equations(body: etree._Element, layout: Layout) -> None:
    """Display equations within a line: centred by a tab stop, their number at the right margin.

    Word sets the parts of a fraction in a line smaller than in a display; the argument size mends that
    (ECMA-376 part 1, 22.1.2.7).
    """
    middle, edge = millimetres(layout.page.text_width / 2), millimetres(layout.page.text_width)
    for display in list(body.iter(name("m:oMathPara"))):
        paragraph = display.getparent()
        if paragraph is None:
            continue
        if paragraph.find(name("w:r")) is None and style_of(paragraph) in {styles.BODY, styles.FIRST}:
            set_property(paragraph, make("w:pStyle", val=styles.EQUATION))
        if paragraph.find(f"{name('w:r')}/{name('w:tab')}") is None:
            continue
        for equation in display.findall(name("m:oMath")):
            for part in equation.iterfind(f"{name('m:f')}/*"):
                if part.tag in {name("m:num"), name("m:den")}:
                    part.insert(0, make("m:argPr", [make("m:argSz", val=1)]))
            display.addprevious(equation)
        paragraph.remove(display)
        if style_of(paragraph) != styles.EQUATION:
            stops = [make("w:tab", val="center", pos=middle), make("w:tab", val="right", pos=edge)]
            set_property(paragraph, make("w:tabs", stops))


def _references(body: etree._Element, layout: Layout) -> None:
    """The reference list looks as its style says, and its heading has a style of its own if it needs one."""
    entries = [paragraph for paragraph in body.iter(name("w:p")) if style_of(paragraph) == styles.REFERENCE]
    for entry in entries:
        for direct in properties(entry).findall(name("w:ind")):
            properties(entry).remove(direct)
        if any("\t" in (text.text or "") for text in entry.iter(name("w:t"))):
            _numbered(entry, layout)
    before = entries[0].getprevious() if entries else None
    same = layout.text.references_title == layout.text.heading[0]
    if before is not None and not same and style_of(before) == "Heading1":
        set_property(before, make("w:pStyle", val=styles.REFERENCES_TITLE))


def _numbered(entry: etree._Element, layout: Layout) -> None:
    """A numbered entry: the number, a tab, and the text hanging beside it. pandoc writes the tab as text."""
    for text in list(entry.iter(name("w:t"))):
        if text.text == "\t":
            text.addprevious(make("w:tab"))
            remove(text)
    width = round(layout.text.reference.size * 2.4 * 20)
    set_property(entry, make("w:ind", left=width, hanging=width))
    set_property(entry, make("w:tabs", [make("w:tab", val="left", pos=width)]))


def _tables(body: etree._Element, layout: Layout, *, rtl: bool) -> None:
    """Rows do not break across pages, head rows repeat, cells have the layout's style for tables."""
    plain = {"", styles.COMPACT, styles.BODY, styles.FIRST}
    for table in body.iter(name("w:tbl")):
        columns.fit(table, layout)
        table_properties = table.find(name("w:tblPr"))
        if rtl and table_properties is not None:
            put(table_properties, make("w:bidiVisual"), TABLE_PROPERTIES)
        if table_properties is not None and table_properties.find(name("w:jc")) is None:
            centred = make("w:jc", val="center" if layout.table.align == "center" else "left")
            put(table_properties, centred, TABLE_PROPERTIES)
        for row in table.findall(name("w:tr")):
            row_properties = row.find(name("w:trPr"))
            if row_properties is None:
                row_properties = make("w:trPr")
                row.insert(0, row_properties)
            put(row_properties, make("w:cantSplit"), ROW_PROPERTIES)
            head = row_properties.find(name("w:tblHeader")) is not None
            style = styles.TABLE_HEADING if head else styles.TABLE_TEXT
            for paragraph in row.iter(name("w:p")):
                if style_of(paragraph) in plain:
                    set_property(paragraph, make("w:pStyle", val=style))


def _captions(body: etree._Element, layout: Layout) -> None:
    """Captions above or below, as the layout wants; pandoc sets a table's above and a figure's below."""
    for caption in list(body.iter(name("w:p"))):
        kind = style_of(caption)
        if kind == "TableCaption" and layout.table.caption == "below":
            table = caption.getnext()
            if table is not None and table.tag == name("w:tbl"):
                table.addnext(caption)
        elif kind == "ImageCaption" and layout.figure.caption == "above":
            first = caption.getprevious()
            while first is not None and style_of(first) == "CaptionedFigure":
                earlier = first.getprevious()
                if earlier is None or style_of(earlier) != "CaptionedFigure":
                    first.addprevious(caption)
                    _take_bookmarks(caption, first)
                    break
                first = earlier


def _take_bookmarks(paragraph: etree._Element, other: etree._Element) -> None:
    """The bookmarks of another paragraph begin in this one, which has come to stand before it."""
    for start in reversed(other.findall(name("w:bookmarkStart"))):
        properties(paragraph).addnext(start)


def _first_paragraphs(body: etree._Element, layout: Layout) -> None:
    """A paragraph after a table, a list, a quotation, a figure or an equation begins without an indent.

    pandoc knows this of headings alone. The PDF's style sheet has the same rule.
    """
    if layout.setting.indent_first:
        return
    before: etree._Element | None = None
    for block in body.iterchildren(name("w:p"), name("w:tbl")):
        if before is not None and style_of(block) == styles.BODY:
            running_on = style_of(before) in {styles.BODY, styles.FIRST} and not _is_equation(before)
            if before.tag == name("w:tbl") or not running_on:
                set_property(block, make("w:pStyle", val=styles.FIRST))
            if before.tag == name("w:tbl"):
                set_property(block, make("w:spacing", before=_AFTER_TABLE))
        before = block


def _is_equation(paragraph: etree._Element) -> bool:
    """True for a paragraph of an equation and perhaps its number."""
    text = "".join(node.text or "" for node in paragraph.iter(name("w:t"))).strip()
    math = next(paragraph.iter(name("m:oMath")), None) is not None
    return math and (not text or (text.startswith("(") and text.endswith(")") and len(text) < 12))


def _lists(body: etree._Element) -> None:
    """Items of loose lists get a style: pandoc gives them none."""
    for paragraph in body.iter(name("w:p")):
        if not style_of(paragraph) and paragraph.find(f"{name('w:pPr')}/{name('w:numPr')}") is not None:
            set_property(paragraph, make("w:pStyle", val=styles.LIST_PARAGRAPH))


def _code(body: etree._Element) -> None:
    """Code runs from left to right, also in a document that does not."""
    for paragraph in body.iter(name("w:p")):
        if style_of(paragraph) == styles.CODE and properties(paragraph).find(name("w:bidi")) is not None:
            set_property(paragraph, make("w:bidi", val="0"))
            for mark in list(paragraph.iter(name("w:rtl"))):
                remove(mark)


def _pictures(body: etree._Element) -> None:
    """Pictures are numbered and described in both places, and no file names stay in the file.

    A paragraph of nothing but pictures is set as one: not indented, and as wide as the picture needs.
    """
    plain = {"", styles.BODY, styles.FIRST}
    for paragraph in body.iter(name("w:p")):
        texts = (text.text or "" for text in paragraph.iter(name("w:t"), name("m:t")))
        pictured = paragraph.find(f".//{name('w:drawing')}") is not None
        if pictured and style_of(paragraph) in plain and not "".join(texts).strip():
            set_property(paragraph, make("w:pStyle", val=styles.PICTURE))
    for number, drawing in enumerate(body.iter(name("wp:docPr")), start=1):
        drawing.set("id", str(number))
        drawing.set("name", f"Picture {number}")
        if drawing.get("title") == "":
            del drawing.attrib["title"]
        picture = drawing.getparent()
        for inner in () if picture is None else picture.iter(name("pic:cNvPr")):
            inner.set("id", str(number))
            inner.set("name", f"Picture {number}")
            inner.set("descr", drawing.get("descr", ""))


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
    for element in list(word.part.package.core_properties._element):  # noqa: SLF001 - no other way to it
        if etree.QName(element).localname not in wanted:  # the dates would make the bytes change
            remove(element)


def _drop_comments(word: WordDocument) -> None:
    """pandoc writes an empty list of comments into every file."""
    for identifier, relationship in list(word.part.rels.items()):
        if relationship.reltype == RELATIONSHIP_TYPE.COMMENTS:
            del word.part.rels[identifier]
