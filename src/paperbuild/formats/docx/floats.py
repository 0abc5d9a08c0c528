"""Tables, pictures and their captions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from paperbuild.formats.docx import columns, lists, styles
from paperbuild.formats.docx.ooxml import (
    ROW_PROPERTIES,
    TABLE_PROPERTIES,
    gap,
    make,
    name,
    properties,
    put,
    remove,
    set_property,
    set_spaces,
    style_of,
    twips,
)
from paperbuild.formats.docx.tree import COLUMNS_MARK, WHOLE_MARK, WIDE_END_MARK, WIDE_MARK
from paperbuild.layouts.model import FIGURE_GAP, TABLE_GAP, Layout, TextStyle

_TALL = 6
"""Rows of a body that may be parted by a page's end."""
_BETWEEN = 160
"""Twips between two tables that follow each other."""


def keep_whole(body: etree._Element) -> None:
    """Rows of a table that is to stand on one page stay with the next one; its marks are taken out."""
    for mark in [one for one in body.iter(name("w:p")) if style_of(one) == WHOLE_MARK]:
        table = next(mark.itersiblings(name("w:tbl")))
        for row in table.findall(name("w:tr"))[:-1]:
            for paragraph in row.iter(name("w:p")):
                set_property(paragraph, make("w:keepNext"))
        remove(mark)


def tables(body: etree._Element, layout: Layout, *, rtl: bool) -> None:
    """Rows do not break across pages, cells have the layout's style for tables.

    Head rows repeat, and none is left alone at the foot of a page.
    """
    plain = {"", styles.COMPACT, styles.BODY, styles.FIRST, styles.VERSE}
    for table in body.iter(name("w:tbl")):
        table_properties = table.find(name("w:tblPr"))
        if rtl and table_properties is not None:
            put(table_properties, make("w:bidiVisual"), TABLE_PROPERTIES)
        if table_properties is not None and table_properties.find(name("w:jc")) is None:
            centred = make("w:jc", val="center" if layout.table.align == "center" else "left")
            put(table_properties, centred, TABLE_PROPERTIES)
        rows = table.findall(name("w:tr"))
        for row in rows:
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
                if head or row in _edges(rows):
                    set_property(paragraph, make("w:keepNext"))
        if rtl:
            _on_the_page(table)
        lists.indent_in_cells(table, layout)
        columns.fit(table, layout)


def _on_the_page(table: etree._Element) -> None:
    """Left and right of a cell are those of the page, as in the other formats: Word takes left for the side
    where lines begin (17.3.1.13)."""
    other = {"left": "right", "right": "left"}
    for paragraph in table.iter(name("w:p")):
        aligned = paragraph.find(f"{name('w:pPr')}/{name('w:jc')}")
        if aligned is not None:
            side = aligned.get(name("w:val"), "")
            aligned.set(name("w:val"), other.get(side, side))


def part(body: etree._Element) -> None:
    """An empty paragraph between two tables, without which they would be one."""
    for table in list(body.iter(name("w:tbl"))):
        following = table.getnext()
        if following is not None and following.tag == name("w:tbl"):
            table.addnext(gap(_BETWEEN))


def _edges(rows: list[etree._Element]) -> list[etree._Element]:
    """The first row of a tall table's body and the last but one, so that two stand at a page's end."""
    body = [row for row in rows if row.find(f"{name('w:trPr')}/{name('w:tblHeader')}") is None]
    return [body[0], body[-2]] if len(body) >= _TALL else []


def captions(body: etree._Element, layout: Layout) -> None:
    """Captions above or below, as the layout wants; pandoc sets a table's above and a figure's below."""
    for caption in list(body.iter(name("w:p"))):
        kind = style_of(caption)
        if kind == "TableCaption" and layout.table.caption == "below":
            table = caption.getnext()
            if table is not None and table.tag == name("w:tbl"):
                table.addnext(caption)
                for paragraph in table.findall(name("w:tr"))[-1].iter(name("w:p")):
                    set_property(paragraph, make("w:keepNext"))
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


def pictures(body: etree._Element) -> None:
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
        if picture is not None and picture.tag == name("wp:inline"):
            for side in "TBLR":  # without them, LibreOffice takes an eighth of an inch
                picture.set(f"dist{side}", "0")
        for inner in () if picture is None else picture.iter(name("pic:cNvPr")):
            inner.set("id", str(number))
            inner.set("name", f"Picture {number}")
            inner.set("descr", drawing.get("descr", ""))


_FLOATS = frozenset({"TableCaption", "ImageCaption", "CaptionedFigure", "FloatNote"})
_SECTIONS = frozenset({COLUMNS_MARK, WIDE_MARK, WIDE_END_MARK})


def gaps(body: etree._Element, layout: Layout) -> None:
    """Space above and below a table or figure with its caption and note: what the layout wants, or as little
    as in the PDF."""
    texts, wanted = styles.texts(layout), layout.setting.float_gap
    blocks = [one for one in body.iterchildren(name("w:p"), name("w:tbl")) if style_of(one) not in _SECTIONS]
    for before, block in pairwise(blocks):
        if not wanted and (_is_edge(before, block, layout) or style_of(block) == "FloatNote"):
            _set_apart(before, block, _edge(before, texts, layout), _edge(block, texts, layout))
        elif wanted and block.tag == name("w:p") and _is_edge(before, block, layout):
            set_spaces(block, before=twips(wanted))


def _is_edge(before: etree._Element, block: etree._Element, layout: Layout) -> bool:
    """True where a float begins or has ended between the two."""
    kind, last = _kind(block), _kind(before)
    if not kind:
        return bool(last)
    if not last or (kind == "TableCaption" and layout.table.caption == "above"):
        return True
    if layout.figure.caption == "above":
        return kind == "ImageCaption"
    return kind == "CaptionedFigure" != last


def _kind(block: etree._Element) -> str:
    """What part of a float the block is; empty for all other blocks."""
    if block.tag == name("w:tbl"):
        return "Table"
    style = style_of(block)
    return style if style in _FLOATS else ""


@dataclass(frozen=True, slots=True)
class _Edge:
    """What CSS leaves above or below a block: a margin that it shares with its neighbour's, more within that
    is its own, and half the leading of its lines."""

    above: float
    below: float
    within: float
    leading: float


def _edge(block: etree._Element, texts: Mapping[str, TextStyle], layout: Layout) -> _Edge:
    kind, caption = _kind(block), layout.text.caption
    if kind == "Table":
        return _Edge(TABLE_GAP, TABLE_GAP, 0, styles.leading(layout.text.table))
    if kind == "TableCaption":
        within = caption.before if layout.table.caption == "above" else caption.after
        return _Edge(TABLE_GAP, TABLE_GAP, within, styles.leading(caption))
    if kind == "CaptionedFigure":
        return _Edge(FIGURE_GAP, FIGURE_GAP, 0, 0)
    if kind == "ImageCaption":
        above, below = max(caption.before, FIGURE_GAP), max(caption.after, FIGURE_GAP)
        return _Edge(above, below, 0, styles.leading(caption))
    style = style_of(block)
    text = texts.get(styles.BODY if style in {styles.COMPACT, styles.LIST_PARAGRAPH} else style)
    return _Edge(text.before, text.after, 0, styles.leading(text)) if text else _Edge(0, 0, 0, 0)


def _set_apart(before: etree._Element, block: etree._Element, upper: _Edge, lower: _Edge) -> None:
    """The two as far apart as in the PDF: Word takes the larger of two neighbours' spaces, and has leading
    below lines alone (``styles.leading``). A table has no space of its own."""
    shared = max(upper.below, lower.above) + (lower.leading - upper.leading) / 2
    points = twips(max(shared + upper.within + lower.within, 0))
    if block.tag == name("w:p"):
        set_spaces(block, before=points)
    if before.tag == name("w:p") and (block.tag == name("w:tbl") or twips(upper.below) > points):
        set_spaces(before, after=points)
