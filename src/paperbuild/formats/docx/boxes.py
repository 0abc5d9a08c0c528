"""Boxes of notes, tips and warnings: Word joins neighbouring paragraphs of one frame, and no others.

Those of one frame have the same borders and begin at the same place, which for an item of a list is its
number's. Where a list has a list in it, the bar is further from its items, and no space is between them.
"""

from __future__ import annotations

import copy

from lxml import etree

from paperbuild.formats.docx import lists
from paperbuild.formats.docx.ooxml import gap, make, name, properties, set_property, style_of
from paperbuild.formats.docx.styles import bar
from paperbuild.layouts.model import Layout

_TITLE, _LIST = "CalloutTitle", "CalloutList"
_BOX = frozenset({"Callout", _TITLE, _LIST})
_AFTER = 160
"""Twips below a box."""


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
        if before is not None and before.tag == name("w:tbl"):
            _space(paragraph, before=_AFTER)
        if after == _TITLE:
            paragraph.addnext(gap(_AFTER))  # without it, the two boxes would be one
        elif after not in _BOX:
            _space(paragraph, after=_AFTER)
        elif (after == _LIST) != (style_of(paragraph) == _LIST):
            _space(paragraph, after=0)


def _space(paragraph: etree._Element, **twips: int) -> None:
    old = properties(paragraph).find(name("w:spacing"))
    spacing = make("w:spacing") if old is None else copy.deepcopy(old)
    for side, value in twips.items():
        spacing.set(name(f"w:{side}"), str(value))
    set_property(paragraph, spacing)
