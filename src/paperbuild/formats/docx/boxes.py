"""Boxes of notes, tips and warnings: Word joins neighbouring paragraphs of one frame, and no others.

Those of one frame have the same borders and begin at the same place, which for an item of a list is its
number's. Where a list has a list in it, the bar is further from its items, and no space is between them.
"""

from __future__ import annotations

from lxml import etree

from paperbuild.formats.docx import lists
from paperbuild.formats.docx.ooxml import gap, name, set_property, set_spaces, style_of
from paperbuild.formats.docx.styles import bar
from paperbuild.layouts.model import Layout

_TITLE, _LIST = "CalloutTitle", "CalloutList"
_BOX = frozenset({"Callout", _TITLE, _LIST})
_APART = 160
"""Twips above and below a box."""


def spaced(body: etree._Element, layout: Layout, *, rtl: bool) -> None:
    """Paragraphs of a box without white stripes between them, and room around a box."""
    paragraphs = [one for one in body.iter(name("w:p")) if style_of(one) in _BOX]
    for paragraph in paragraphs:
        room = lists.indent_in_box(paragraph, layout)
        if room > layout.text.callout.indent_start:
            set_property(paragraph, bar(room, rtl=rtl))
    for paragraph in paragraphs:
        before, following = paragraph.getprevious(), paragraph.getnext()
        after = style_of(following) if following is not None and following.tag == name("w:p") else ""
        if before is None or style_of(before) not in _BOX:
            set_spaces(paragraph, before=_APART)
        if after == _TITLE:
            paragraph.addnext(gap(_APART))  # without it, the two boxes would be one
        elif after not in _BOX:
            set_spaces(paragraph, after=_APART)
        elif (after == _LIST) != (style_of(paragraph) == _LIST):
            set_spaces(paragraph, after=0)
