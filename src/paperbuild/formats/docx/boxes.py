"""Boxes of notes, tips and warnings: Word joins neighbouring paragraphs of one frame, and no others."""

from __future__ import annotations

from lxml import etree

from paperbuild.formats.docx.ooxml import make, name, properties, set_property, style_of

_TITLE, _LIST = "CalloutTitle", "CalloutList"
_BOX = frozenset({"Callout", _TITLE, _LIST})
_AFTER = 160
"""Twips below a box."""


def spaced(body: etree._Element) -> None:
    """Paragraphs of a box without white stripes between them, and room between a box and what follows."""
    for paragraph in [one for one in body.iter(name("w:p")) if style_of(one) in _BOX]:
        following = paragraph.getnext()
        after = style_of(following) if following is not None and following.tag == name("w:p") else ""
        if after == _TITLE:
            paragraph.addnext(_room())
        elif after not in _BOX:
            _set_after(paragraph, _AFTER)
        elif (after == _LIST) != (style_of(paragraph) == _LIST):
            _set_after(paragraph, 0)


def _set_after(paragraph: etree._Element, twips: int) -> None:
    set_property(paragraph, make("w:spacing", after=twips))


def _room() -> etree._Element:
    """An empty paragraph, without which two boxes that follow each other would be one."""
    room = make("w:p")
    properties(room)
    set_property(room, make("w:pStyle", val="Compact"))
    set_property(room, make("w:spacing", before=0, after=0, line=_AFTER, lineRule="exact"))
    return room
