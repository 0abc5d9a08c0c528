"""Boxes of notes, tips and warnings: Word joins neighbouring paragraphs of one frame, and no others.

Those of one frame have the same borders and begin at the same place, which for an item of a list is its
number's. Where a list has a list in it, the bar is further from its items, and no space is between them.
"""

from __future__ import annotations

import math
from itertools import pairwise

from lxml import etree

from paperbuild.formats.docx import lists
from paperbuild.formats.docx.ooxml import gap, keep_together, name, set_property, set_spaces, style_of
from paperbuild.formats.docx.styles import frame
from paperbuild.layouts.model import Layout

_TITLE, _LIST = "CalloutTitle", "CalloutList"
_BOX = frozenset({"Callout", _TITLE, _LIST})
_APART = 160
"""Twips above and below a box."""
_WHOLE = 1 / 3
"""How much of a page a box may take and still be kept on one."""
_LETTER = 0.48
"""Width of a letter, in sizes of its text."""


def spaced(body: etree._Element, layout: Layout, *, rtl: bool) -> None:
    """Paragraphs of a box without white stripes between them, and room around a box, which a page's end does
    not part unless it is long."""
    for box in _boxes(body):
        _indent_lists(box, layout, rtl=rtl)
        _part(box)
        if _height(box, layout) <= layout.page.text_height / 25.4 * 72 * _WHOLE:
            keep_together(box)


def _boxes(body: etree._Element) -> list[list[etree._Element]]:
    """The paragraphs of each box, one after the other."""
    found: list[list[etree._Element]] = []
    for paragraph in body.iter(name("w:p")):
        if style_of(paragraph) in _BOX:
            goes_on = found and paragraph.getprevious() is found[-1][-1] and style_of(paragraph) != _TITLE
            if goes_on:
                found[-1].append(paragraph)
            else:
                found.append([paragraph])
    return found


def _indent_lists(box: list[etree._Element], layout: Layout, *, rtl: bool) -> None:
    for paragraph in box:
        room = lists.indent_in_box(paragraph, layout)
        if room > layout.text.callout.indent_start:
            set_property(paragraph, frame(layout.text.callout, layout, rtl=rtl, room=room))


def _part(box: list[etree._Element]) -> None:
    for paragraph, following in pairwise(box):
        if (style_of(following) == _LIST) != (style_of(paragraph) == _LIST):
            set_spaces(paragraph, after=0)
    set_spaces(box[0], before=_APART)
    last = box[-1].getnext()
    if last is not None and last.tag == name("w:p") and style_of(last) == _TITLE:
        box[-1].addnext(gap(_APART))  # without it, the two boxes would be one
    else:
        set_spaces(box[-1], after=_APART)


def _height(box: list[etree._Element], layout: Layout) -> float:
    """Points that it takes, about."""
    style = layout.text.callout
    width = layout.page.column_width / 25.4 * 72 - style.indent_start - style.indent_end
    letters = max(width / (style.size * _LETTER), 1)
    texts = ("".join(one.text or "" for one in paragraph.iter(name("w:t"))) for paragraph in box)
    lines = sum(math.ceil(max(len(text), 1) / letters) for text in texts)
    return lines * style.size * style.line_height + len(box) * style.after
