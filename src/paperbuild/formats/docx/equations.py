"""Equations in a line of their own or in the text, and their markup in the order that the schema wants."""

from __future__ import annotations

from lxml import etree

from paperbuild.formats.docx import delimiters, signs, styles
from paperbuild.formats.docx.ooxml import make, millimetres, name, remove, set_property, style_of
from paperbuild.formats.docx.sections import is_across
from paperbuild.formats.docx.tree import JOIN_NEXT, JOIN_PREVIOUS
from paperbuild.layouts.model import Layout


def join(body: etree._Element) -> None:
    """Paragraphs that pandoc cut around a display equation are one again (see ``tree``)."""
    for run in list(body.iter(name("w:r"))):
        mark = run.find(f"{name('w:rPr')}/{name('w:rStyle')}")
        kind = "" if mark is None else mark.get(name("w:val"), "")
        if kind not in {JOIN_NEXT, JOIN_PREVIOUS}:
            continue
        paragraph = next(run.iterancestors(name("w:p")))
        previous, following = paragraph.getprevious(), paragraph.getnext()
        first = next(child for child in paragraph if child.tag != name("w:pPr"))
        if kind == JOIN_PREVIOUS and first is run and previous is not None and _holds_equation(previous):
            _append(previous, paragraph)
        elif (
            kind == JOIN_NEXT
            and paragraph[-1] is run
            and following is not None
            and _holds_equation(following)
        ):
            _append(paragraph, following)
        run.remove(run[0])
        if not len(run):
            remove(run)


def _holds_equation(paragraph: etree._Element) -> bool:
    return paragraph.find(name("m:oMathPara")) is not None


def _append(paragraph: etree._Element, other: etree._Element) -> None:
    paragraph.extend([child for child in other if child.tag != name("w:pPr")])
    remove(other)


def place(body: etree._Element, layout: Layout) -> None:
    """Display equations within a line: centred by a tab stop, their number at the right margin.

    Word sets the parts of a fraction in a line smaller than in a display; the argument size mends that
    (ECMA-376 part 1, 22.1.2.7).
    """
    for display in list(body.iter(name("m:oMathPara"))):
        paragraph = display.getparent()
        if paragraph is None:
            continue
        if paragraph.find(name("w:r")) is None and style_of(paragraph) in {styles.BODY, styles.FIRST}:
            set_property(paragraph, make("w:pStyle", val=styles.EQUATION))
        if paragraph.find(f"{name('w:r')}/{name('w:tab')}") is None:
            continue
        for equation in display.findall(name("m:oMath")):
            for part in equation.iterfind(f"{name('m:f')}/*"):
                if part.tag in {name("m:num"), name("m:den")}:
                    part.insert(0, make("m:argPr", [make("m:argSz", val=1)]))
            display.addprevious(equation)
        paragraph.remove(display)
        _stop(paragraph, layout)


def _stop(paragraph: etree._Element, layout: Layout) -> None:
    """Tab stops in the middle and at the edge of the line, where the paragraph's style has none, or those of
    a column for what stands across all of them."""
    page, own = layout.page, style_of(paragraph) == styles.EQUATION
    across = page.columns > 1 and is_across(paragraph)
    if own and not across:
        return
    width = page.text_width if across else page.column_width
    stops = [("center", width / 2), ("right", width)]
    if own:
        stops = [("clear", page.column_width / 2), ("clear", page.column_width), *stops]
    tabs = [make("w:tab", val=kind, pos=millimetres(where)) for kind, where in stops]
    set_property(paragraph, make("w:tabs", sorted(tabs, key=lambda tab: int(tab.get(name("w:pos"), 0)))))


def is_equation(paragraph: etree._Element) -> bool:
    """True for a paragraph of an equation and perhaps its number."""
    text = "".join(node.text or "" for node in paragraph.iter(name("w:t"))).strip()
    math = next(paragraph.iter(name("m:oMath")), None) is not None
    return math and (not text or (text.startswith("(") and text.endswith(")") and len(text) < 12))


def mend(root: etree._Element) -> None:
    """Equations as Word writes them, and so that LibreOffice draws all of them (``delimiters``, ``signs``).

    Properties stand as the schema orders them (ECMA-376 part 1, annex A.6.1), where pandoc has another order.
    Text that is set as normal text has no style of mathematics besides: the schema lets it have one of both.
    """
    delimiters.build(root)
    signs.mend(root)
    for column in root.iter(name("m:mcPr")):
        column[:] = sorted(column, key=lambda one: one.tag != name("m:count"))
    for run in root.iter(name("m:rPr")):
        if run.find(name("m:nor")) is not None:
            for style in run.findall(name("m:sty")) + run.findall(name("m:scr")):
                run.remove(style)
