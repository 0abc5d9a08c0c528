"""Where items of lists begin, and their numbers: as far in as the layout says, in cells and boxes less."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from paperbuild.formats.docx.ooxml import (
    PARAGRAPH_PROPERTIES,
    make,
    name,
    put,
    set_property,
    set_spaces,
    style_of,
    twips,
)
from paperbuild.formats.docx.styles import BAR, FARTHEST
from paperbuild.layouts.model import Layout, TextStyle

_BOX = "MS Gothic"
"""The font of Word's own check boxes, which has both boxes: of two fonts they would look different."""
_NUMBER = 1.4
"""Room for a number and the gap behind it, in sizes of its text."""
_APART = 4.0
"""Points above and below a list at least, as in the PDF."""
_IN_CELL = 1.5
"""How far items are indented in a table's cell, in sizes of its text."""


def hanging(indent: float, style: TextStyle) -> float:
    """Points from a number to its item: half of the indent, or what a number needs."""
    return min(indent, max(indent / 2, style.size * _NUMBER))


def indent(numbering: etree._Element, layout: Layout) -> None:
    """The indents of all lists, by their levels; pandoc's are half an inch for each."""
    step, style, start = layout.setting.list_indent, layout.text.body, layout.beside_numbers
    for level in numbering.iter(name("w:lvl")):
        depth = int(level.get(name("w:ilvl"), "0"))
        for properties in level.findall(name("w:pPr")):
            put(properties, _indent(start + step * (depth + 1), hanging(step, style)), PARAGRAPH_PROPERTIES)
        sign = level.find(name("w:lvlText"))
        if sign is not None and sign.get(name("w:val")) in {"☐", "☒"}:
            level.append(make("w:rPr", [make("w:rFonts", ascii=_BOX, hAnsi=_BOX, eastAsia=_BOX, cs=_BOX)]))


def part(body: etree._Element, layout: Layout) -> None:
    """A little space above a list, and below it that of other paragraphs where this is more. Papers whose
    paragraphs are all indented want none between paragraphs, and none here (APA 7, 2.21)."""
    if layout.setting.indent_first:
        return
    for item, _ in list(_items(body.iterchildren(name("w:p")))):
        if style_of(item) == "CalloutList":
            continue
        before, following = item.getprevious(), item.getnext()
        if before is not None and before.tag == name("w:p") and not any(_items([before])):
            set_spaces(item, before=twips(_APART))
        if following is not None and following.tag == name("w:p") and not any(_items([following])):
            set_spaces(item, after=twips(max(_APART, layout.text.body.after)))


def indent_in_cells(table: etree._Element, layout: Layout) -> None:
    """Lists in a table begin at the edge of their cells."""
    step = min(layout.setting.list_indent, layout.text.table.size * _IN_CELL)
    for paragraph, depth in _items(table.iter(name("w:p"))):
        set_property(paragraph, _indent(step * (depth + 1), step))


def indent_in_box(paragraph: etree._Element, layout: Layout) -> float:
    """An item of a list in a box begins where the box's other paragraphs do; a list in it further in, though
    no further than a border can be from its text. Returns the points between the bar and the item."""
    style = layout.text.callout
    step, room = hanging(layout.setting.list_indent, style), style.indent_start
    for item, depth in _items([paragraph]):
        room = max(room, min(room + step * depth, FARTHEST))
        set_property(item, _indent(BAR + room + step, step))
    return room


def _items(
    paragraphs: Iterator[etree._Element] | list[etree._Element],
) -> Iterator[tuple[etree._Element, int]]:
    """Those that belong to lists, and their levels."""
    for paragraph in paragraphs:
        level = paragraph.find(f"{name('w:pPr')}/{name('w:numPr')}/{name('w:ilvl')}")
        if level is not None:
            yield paragraph, int(level.get(name("w:val"), "0"))


def _indent(start: float, back: float) -> etree._Element:
    return make("w:ind", left=twips(start), hanging=twips(back))
