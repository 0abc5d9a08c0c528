"""The reference list: its entries as its style says, its heading in a style of its own if it needs one."""

from __future__ import annotations

from lxml import etree

from paperbuild.formats.docx import styles
from paperbuild.formats.docx.ooxml import make, name, properties, remove, set_property, style_of
from paperbuild.layouts.model import Layout


def set_list(body: etree._Element, layout: Layout) -> None:
    """The reference list looks as its style says, and its heading has a style of its own if it needs one."""
    entries = [paragraph for paragraph in body.iter(name("w:p")) if style_of(paragraph) == styles.REFERENCE]
    for entry in entries:
        for direct in properties(entry).findall(name("w:ind")):
            properties(entry).remove(direct)
        if any("\t" in (text.text or "") for text in entry.iter(name("w:t"))):
            _numbered(entry, layout)
    for entry in entries[-3:-1]:  # none stands on the last page alone
        set_property(entry, make("w:keepNext"))
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
