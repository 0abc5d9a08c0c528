"""Sections (w:sectPr): the title block and what is wide across the page, the text in columns."""

from __future__ import annotations

import copy

from lxml import etree

from paperbuild.formats.docx.ooxml import make, millimetres, name, properties, remove, set_property, style_of
from paperbuild.formats.docx.tree import COLUMNS_MARK, WIDE_END_MARK, WIDE_MARK
from paperbuild.layouts.model import Layout

_MARKS = (COLUMNS_MARK, WIDE_MARK, WIDE_END_MARK)
_BEFORE_COLUMNS = ("pgSz", "pgMar", "pgBorders", "lnNumType")
"""What all sections have in common, in the schema's order (17.6.17)."""


def divide(body: etree._Element, layout: Layout) -> None:
    """Ends a section at each mark: one of several columns before what is wide, one of one column after it and
    after the title block. Every section but the first goes on on the page of the one before."""
    last = body.find(name("w:sectPr"))
    marks = _lone([paragraph for paragraph in body.iter(name("w:p")) if style_of(paragraph) in _MARKS])
    if last is None or not marks:
        return
    for number, mark in enumerate(marks):
        columns = layout.page.columns if style_of(mark) == WIDE_MARK else 1
        _end(mark, _section(last, columns, layout, first=number == 0))
    for one in last.findall(name("w:titlePg")):
        remove(one)
    place = next(child for child in last if not _is_reference(child))
    place.addprevious(_continuous())


def is_across(element: etree._Element) -> bool:
    """True for a table or a paragraph that stands across all columns, perhaps below its headings and its
    caption; to be asked before sections are made of the marks."""
    styles = (style_of(one) for one in element.itersiblings(name("w:p"), preceding=True))
    return next((style for style in styles if style in {WIDE_MARK, WIDE_END_MARK}), "") == WIDE_MARK


def _lone(marks: list[etree._Element]) -> list[etree._Element]:
    """The marks without those that nothing stands between, or before; these are taken out."""
    kept: list[etree._Element] = []
    for mark in marks:
        before = mark.getprevious()
        if before is None or (kept and before is kept[-1] and style_of(before) == WIDE_END_MARK):
            if before is not None:
                remove(kept.pop())
            remove(mark)
        else:
            kept.append(mark)
    return kept


def _section(last: etree._Element, columns: int, layout: Layout, *, first: bool) -> etree._Element:
    """A section like the last one, of so many columns. Headers and footers come down from the first."""
    page = layout.page
    common = [copy.deepcopy(one) for one in last if etree.QName(one).localname in _BEFORE_COLUMNS]
    gap = millimetres(page.column_gap)
    bidi = [copy.deepcopy(one) for one in last.findall(name("w:bidi"))]
    own_title = [make("w:titlePg")] if first and last.find(name("w:titlePg")) is not None else []
    begun = [copy.deepcopy(one) for one in last if _is_reference(one)] if first else [_continuous()]
    return make("w:sectPr", [*begun, *common, make("w:cols", num=columns, space=gap), *own_title, *bidi])


def _continuous() -> etree._Element:
    return make("w:type", val="continuous")


def _is_reference(child: etree._Element) -> bool:
    return etree.QName(child).localname in {"headerReference", "footerReference"}


def _end(mark: etree._Element, section: etree._Element) -> None:
    """The section ends with the paragraph before the mark; where there is none, the mark is that, and no line
    high."""
    before = mark.getprevious()
    holds = before is not None and before.tag == name("w:p")
    if before is not None and holds and before.find(f"{name('w:pPr')}/{name('w:sectPr')}") is None:
        set_property(before, section)
        remove(mark)
        return
    properties(mark).clear()
    set_property(mark, make("w:spacing", before=0, after=0, line=20, lineRule="exact"))
    set_property(mark, section)
