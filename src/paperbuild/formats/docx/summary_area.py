"""The rule over the bottom margin that is left for a summary.

It is the upper edge of an empty paragraph in the footer: a page border would be as wide as the text, and
LibreOffice draws it around the footer.
"""

from __future__ import annotations

from lxml import etree

from paperbuild.formats.docx.ooxml import make, millimetres, set_property
from paperbuild.layouts.model import SUMMARY_GAP, Layout


def ruled(footer: etree._Element, layout: Layout) -> None:
    """Puts the rule before the footer's paragraph, as high above it as the layout's bottom margin wants."""
    page, style = layout.page, layout.text.footer
    room = millimetres(page.margin.bottom - SUMMARY_GAP - page.footer)
    height = max(room - round(style.size * style.line_height * 20), 20)
    edge = make(
        "w:top",
        val="single",
        sz=max(round(page.summary_rule * 8), 2),
        space=0,
        color=layout.colours.rule[1:],
    )
    area = make("w:p")
    footer.addprevious(area)
    set_property(area, make("w:pStyle", val="Footer"))
    set_property(area, make("w:pBdr", [edge]))
    set_property(area, make("w:spacing", before=0, after=0, line=height, lineRule="exact"))
    beyond = -millimetres(max(page.margin.left, page.margin.right))  # to both edges of the sheet
    set_property(area, make("w:ind", left=beyond, right=beyond))
