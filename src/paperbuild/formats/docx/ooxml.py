"""Small helpers for writing WordprocessingML (ECMA-376 part 1). The reader does without them."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}

PARAGRAPH_PROPERTIES = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
).split()
"""The order in which w:pPr must hold its children (17.3.1.26); Word refuses a file with another."""

TABLE_PROPERTIES = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
).split()
"""The order within w:tblPr (17.4.59)."""

ROW_PROPERTIES = "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader".split()

RUN_PROPERTIES = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
).split()
"""The order within w:rPr (17.3.2.28)."""

STYLE_ELEMENTS = (
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
).split()
"""The order within w:style (17.7.4.17)."""


def name(short: str) -> str:
    """``w:p`` as lxml wants it: ``{namespace}p``."""
    prefix, _, local = short.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def make(
    tag: str, children: Iterable[etree._Element] = (), text: str = "", **attributes: object
) -> etree._Element:
    """An element; its attributes stand in the namespace of its tag, those that are None are left out."""
    prefix = tag.partition(":")[0]
    element = etree.Element(name(tag), nsmap={prefix: NAMESPACES[prefix]})
    for key, value in attributes.items():
        if value is not None:
            element.set(name(f"{prefix}:{key}"), str(value))
    element.text = text or None
    element.extend(list(children))
    return element


def put(parent: etree._Element, child: etree._Element, order: list[str]) -> None:
    """Put a property where the schema's order wants it, in the place of one of the same name."""
    local = etree.QName(child).localname
    for old in [one for one in parent if one.tag == child.tag]:
        parent.remove(old)
    rank = order.index(local)
    for index, other in enumerate(parent):
        found = etree.QName(other).localname
        if found in order and order.index(found) > rank:
            parent.insert(index, child)
            return
    parent.append(child)


def remove(element: etree._Element) -> None:
    """Take an element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def properties(paragraph: etree._Element) -> etree._Element:
    """The w:pPr of a paragraph, made if it is missing."""
    found = paragraph.find(name("w:pPr"))
    if found is None:
        found = make("w:pPr")
        paragraph.insert(0, found)
    return found


def set_property(paragraph: etree._Element, child: etree._Element) -> None:
    """Give a paragraph a property."""
    put(properties(paragraph), child, PARAGRAPH_PROPERTIES)


def set_spaces(paragraph: etree._Element, **twips: int) -> None:
    """Give a paragraph space ``before`` or ``after`` it; what else its w:spacing says stays."""
    old = properties(paragraph).find(name("w:spacing"))
    spacing = make("w:spacing") if old is None else copy.deepcopy(old)
    for side, value in twips.items():
        spacing.set(name(f"w:{side}"), str(value))
    set_property(paragraph, spacing)


def keep_together(paragraphs: Iterable[etree._Element]) -> None:
    """Keep paragraphs that follow each other on one page."""
    *others, last = paragraphs
    for paragraph in others:
        set_property(paragraph, make("w:keepNext"))
    for paragraph in (*others, last):
        set_property(paragraph, make("w:keepLines"))


def style_of(paragraph: etree._Element) -> str:
    """The id of a paragraph's style, empty where it has none."""
    found = paragraph.find(f"{name('w:pPr')}/{name('w:pStyle')}")
    return "" if found is None else found.get(name("w:val"), "")


def gap(height: int) -> etree._Element:
    """An empty paragraph, so many twips high."""
    paragraph = make("w:p")
    set_property(paragraph, make("w:pStyle", val="Compact"))
    set_property(paragraph, make("w:spacing", before=0, after=0, line=height, lineRule="exact"))
    return paragraph


def text_run(text: str) -> etree._Element:
    """A run of text, its spaces kept."""
    content = make("w:t", text=text)
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return make("w:r", [content])


def tab_run() -> etree._Element:
    """A run with a tab in it."""
    return make("w:r", [make("w:tab")])


def field(instruction: str, result: str, *, dirty: bool = False) -> list[etree._Element]:
    """The five runs of a complex field (17.16.18): begin, instruction, separate, result, end."""
    opening, closing = field_around(instruction, dirty=dirty)
    return [*opening, text_run(result), closing]


def field_around(
    instruction: str, formatting: etree._Element | None = None, *, dirty: bool = False
) -> tuple[list[etree._Element], etree._Element]:
    """The three runs before a field's result and the one after it, all with this w:rPr.

    Word computes a dirty field when it opens the file, and asks before it does.
    """
    code = make("w:instrText", text=f" {instruction} ")
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    begin = make("w:fldChar", fldCharType="begin", dirty="true" if dirty else None)
    separate, end = make("w:fldChar", fldCharType="separate"), make("w:fldChar", fldCharType="end")
    runs = [make("w:r", [mark]) for mark in (begin, code, separate, end)]
    if formatting is not None:
        for run in runs:
            run.insert(0, copy.deepcopy(formatting))
    return runs[:3], runs[3]


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def millimetres(value: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(value * 1440 / 25.4)
