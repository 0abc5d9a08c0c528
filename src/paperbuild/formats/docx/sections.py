"""Sections (w:sectPr): the title block across the page, the text below it in columns."""

from __future__ import annotations

import copy

from lxml import etree

from paperbuild.formats.docx.ooxml import make, name, remove, set_property, style_of
from paperbuild.formats.docx.tree import COLUMNS_MARK

_KEPT = ("pgSz", "pgMar", "pgBorders", "lnNumType", "bidi")
"""What a section of the title block has as the last one: headers and footers come down from the first."""


def divide(body: etree._Element) -> None:
    """Ends a section of one column at the mark before the text; the last section goes on on the same page."""
    last = body.find(name("w:sectPr"))
    for mark in [paragraph for paragraph in body.iter(name("w:p")) if style_of(paragraph) == COLUMNS_MARK]:
        before = mark.getprevious()
        if last is None or before is None or before.tag != name("w:p"):
            remove(mark)
            continue
        first = make("w:sectPr", [copy.deepcopy(one) for one in last if _is_kept(one)])
        first[:0] = [copy.deepcopy(one) for one in last if etree.QName(one).localname.endswith("Reference")]
        if last.find(name("w:titlePg")) is not None:
            _after_columns(first, make("w:titlePg"))
        set_property(before, first)
        _continue(last)
        remove(mark)


def _is_kept(child: etree._Element) -> bool:
    return etree.QName(child).localname in _KEPT


def _after_columns(section: etree._Element, child: etree._Element) -> None:
    """Put w:titlePg where the schema's order wants it (17.6.17): before w:bidi."""
    bidi = section.find(name("w:bidi"))
    if bidi is None:
        section.append(child)
    else:
        bidi.addprevious(child)


def _continue(section: etree._Element) -> None:
    """The text's section begins on the page of the title block, and has no first page of its own."""
    for one in section.findall(name("w:titlePg")):
        remove(one)
    place = next((child for child in section if not etree.QName(child).localname.endswith("Reference")), None)
    kind = make("w:type", val="continuous")
    if place is None:
        section.append(kind)
    else:
        place.addprevious(kind)
