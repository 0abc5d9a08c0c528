"""The first pass: everything that has a label gets its number, in reading order."""

from __future__ import annotations

from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.resolve.crossref import equations, floats, theorems
from paperbuild.resolve.crossref.labels import stray, taken
from paperbuild.resolve.crossref.numbering import Numbering, Target, kind_of, letter


def numbered(blocks: list[Node], numbering: Numbering) -> list[Node]:
    """The blocks with numbers in headings, captions, theorems and behind equations."""
    return [done for block in floats.with_code_captions(blocks) for done in _block(block, numbering)]


def _block(block: Node, numbering: Numbering) -> list[Node]:  # noqa: PLR0911 - one for each type
    match block["t"]:
        case "Header":
            return [_header(block, numbering)]
        case "Figure" | "Table":
            return floats.numbered(block, numbering)
        case "Para" | "Plain":
            return _paragraph(block, numbering)
        case "Div":
            return [_division(block, numbering)]
        case "CodeBlock":
            return [floats.listing(block, numbering)]
        case "BlockQuote":
            return [{"t": "BlockQuote", "c": numbered(block["c"], numbering)}]
        case "BulletList":
            return [{"t": "BulletList", "c": [numbered(item, numbering) for item in block["c"]]}]
        case "OrderedList":
            return [_ordered(block["c"], numbering)]
        case "DefinitionList":
            entries = [[term, [numbered(one, numbering) for one in said]] for term, said in block["c"]]
            return [{"t": "DefinitionList", "c": entries}]
        case _:
            return [block]


def _header(block: Node, numbering: Numbering) -> Node:
    level, attr, inlines = block["c"]
    label, inlines = taken(inlines)
    number = ""
    title = tuple(inlines)
    if numbering.number_sections and not {"unnumbered", "-"} & set(attr[1]):
        number = numbering.section(level)
        shown = ast.span([{"t": "Str", "c": number}], "", "section-number")
        inlines = [shown, {"t": "Space"}, *inlines]
    attr = [attr[0] or label, attr[1], attr[2]]
    numbering.here = Target("section", number, attr[0], title)
    for name in {attr[0], label} - {""}:
        numbering.targets.setdefault(name, numbering.here)  # of two such ids pandoc's reader warns
    return {"t": "Header", "c": [level, attr, inlines]}


def _paragraph(block: Node, numbering: Numbering) -> list[Node]:
    """A paragraph; a label of LaTeX's in it means the section that it stands in, as in LaTeX."""
    if figure := floats.lone_picture(block, numbering):
        return floats.numbered(figure, numbering)
    for name, anchor in stray(block["c"]):
        if numbering.here:
            target = Target("section", numbering.here.number, anchor, numbering.here.title)
            numbering.targets.setdefault(name, target)
    return [{"t": block["t"], "c": equations.numbered(block["c"], numbering)}]


def _ordered(content: Any, numbering: Numbering) -> Node:
    """A list; a label of LaTeX's at the beginning of an item means the item's number."""
    (start, style, end), items = content
    for index, item in enumerate(items):
        sign = _item_sign(start + index, style["t"])
        for name, anchor in stray(item[0]["c"]) if item and item[0]["t"] in {"Para", "Plain"} else ():
            if sign:
                numbering.targets.setdefault(name, Target("item", sign, anchor))
    return {"t": "OrderedList", "c": [[start, style, end], [numbered(item, numbering) for item in items]]}


def _item_sign(number: int, style: str) -> str:
    """An item's number as its list shows it; empty where that is not known here."""
    if style in {"Decimal", "DefaultStyle", "Example"}:
        return str(number)
    sign = letter(number - 1) if style in {"LowerAlpha", "UpperAlpha"} else ""
    return sign.upper() if style == "UpperAlpha" else sign


def _division(block: Node, numbering: Numbering) -> Node:
    """A Div; one with a label around a single float (as from LaTeX and Quarto) gives it its id."""
    if (theorem := theorems.numbered(block, numbering)) is not None:
        attr, inner = theorem["c"]
        return {"t": "Div", "c": [attr, numbered(inner, numbering)]}
    if (made := floats.division(block, numbering)) is not None:
        return made
    attr, inner = block["c"]
    places = [i for i, b in enumerate(inner) if b["t"] in floats.KINDS]
    if attr[0] and len(places) == 1 and not ast.identifier(inner[places[0]]):
        inner = _with_id(attr[0], inner, places[0])
        attr = ["", attr[1], attr[2]]
    return {"t": "Div", "c": [attr, numbered(inner, numbering)]}


def _with_id(name: str, inner: list[Node], place: int) -> list[Node]:
    """The blocks of a division, its label the id of its float, whose caption its last paragraph may be."""
    child = inner[place]
    _, names, pairs = ast.attributes(child)
    child = {"t": child["t"], "c": [[name, names, pairs], *child["c"][1:]]}
    words = [b for b in inner if b["t"] in {"Para", "Plain"}] if kind_of(name) else []
    if not words or child["c"][1][1]:
        return [child if i == place else b for i, b in enumerate(inner)]
    child = {"t": child["t"], "c": [child["c"][0], [None, words[-1:]], *child["c"][2:]]}
    return [child if i == place else b for i, b in enumerate(inner) if b is not words[-1]]
