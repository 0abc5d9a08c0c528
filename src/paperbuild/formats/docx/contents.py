"""The contents list: a TOC field whose entries are already there, for viewers that compute no fields."""

from __future__ import annotations

from lxml import etree

from paperbuild.formats.docx.ooxml import field, make, name, set_property, style_of, tab_run, text_run
from paperbuild.formats.docx.styles import HEADING_IDS, REFERENCES_TITLE


def contents(body: etree._Element, title: str, depth: int, edge: int) -> etree._Element:
    """A w:sdt as Word itself makes one (17.5.2), with an entry for each heading down to ``depth``.

    ``edge`` is the right end of the line in twentieths of a point.

    Word counts the pages when it opens the file, because the field is dirty, and asks first; it makes the
    entries anew, with the dots of their styles. Until then an entry has no page number rather than a wrong
    one. ``w:updateFields`` in the settings would ask of every document, also of one without contents.
    """
    entries = [_entry(heading, level, edge) for heading, level in _headings(body, depth)]
    if not entries:
        return make("w:sdt", [make("w:sdtContent", [make("w:p")])])
    switches = f'TOC \\o "1-{depth}" \\h \\z \\u'
    *begin, _, end = field(switches, "", dirty=True)
    for run in reversed(begin):
        entries[0].insert(1, run)
    if len(entries) > 1:
        set_property(entries[0], make("w:keepNext"))  # the title does not stand above a single one
    closing = make("w:p", [make("w:pPr", [make("w:suppressLineNumbers")]), end])
    heading = make("w:p", [text_run(title)])
    set_property(heading, make("w:pStyle", val="TOCHeading"))
    gallery = make(
        "w:docPartObj", [make("w:docPartGallery", val="Table of Contents"), make("w:docPartUnique")]
    )
    return make(
        "w:sdt",
        [make("w:sdtPr", [gallery]), make("w:sdtContent", [heading, *entries, closing])],
    )


def _headings(body: etree._Element, depth: int) -> list[tuple[etree._Element, int]]:
    levels = {identifier: level for level, identifier in enumerate(HEADING_IDS[:depth], start=1)}
    levels[REFERENCES_TITLE] = 1
    found = ((paragraph, levels.get(style_of(paragraph), 0)) for paragraph in body.iter(name("w:p")))
    return [(paragraph, level) for paragraph, level in found if level]


def _entry(heading: etree._Element, level: int, edge: int) -> etree._Element:
    anchor = _anchor(heading)
    runs = [text_run(_text(heading)), tab_run()]
    if anchor:
        runs += field(f"PAGEREF {anchor} \\h", "")
        runs = [make("w:hyperlink", runs, anchor=anchor, history="1")]
    entry = make("w:p", runs)
    set_property(entry, make("w:pStyle", val=f"TOC{level}"))
    set_property(entry, make("w:tabs", [make("w:tab", val="right", leader="none", pos=edge)]))
    if heading.find(f"{name('w:pPr')}/{name('w:bidi')}") is not None:
        set_property(entry, make("w:bidi"))
    return entry


def _anchor(heading: etree._Element) -> str:
    mark = heading.find(name("w:bookmarkStart"))
    return "" if mark is None else mark.get(name("w:name"), "")


def _text(heading: etree._Element) -> str:
    pieces = []
    for node in heading.iter(name("w:t"), name("m:t"), name("w:tab"), name("w:br")):
        inside = etree.QName(node).localname
        pieces.append((node.text or "") if inside == "t" else " ")
    return " ".join("".join(pieces).split())
