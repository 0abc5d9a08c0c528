"""Where an equation's number finds room: beside it, beside it where the equation moves aside, or below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from paperbuild import equations
from paperbuild.formats.pdf.formula import drawn
from paperbuild.layouts import Layout
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

BESIDE, BELOW = "beside", "below"
"""Classes of an equation that begins its line to leave room for its number, and of one that leaves none."""
_SIGN = 0.55
"""Width of a sign of the number in sizes of the body's font."""
_GAP = 1.0
"""Room between equation and number, likewise."""
_POINTS = 72 / 25.4


def placed(blocks: Sequence[Node], layout: Layout, mathml: Mapping[str, str]) -> list[Node]:
    """The blocks; numbered equations that are too wide for a centred line with their number have a class."""
    page, body = layout.page, layout.text.body
    return _Placing(layout, mathml, page.text_width * _POINTS / body.size).blocks(
        blocks, page.column_width * _POINTS / body.size
    )


class _Placing:
    """Goes down to the equations; room is counted in sizes of the body's font."""

    def __init__(self, layout: Layout, mathml: Mapping[str, str], across: float) -> None:
        self.mathml = mathml
        self.across = across
        size, quotation = layout.text.body.size, layout.text.quotation
        self.item = layout.setting.list_indent / size
        self.quotation = (quotation.indent_start + quotation.indent_end) / size

    def blocks(self, blocks: Sequence[Node], room: float) -> list[Node]:
        return [self.block(block, room) for block in blocks]

    def block(self, block: Node, room: float) -> Node:
        kind, content = block["t"], block.get("c", [])
        match kind:
            case "Div":
                inner = self.across if "wide" in ast.classes(block) else room
                return {"t": kind, "c": [content[0], self.blocks(content[1], inner)]}
            case "BlockQuote":
                return {"t": kind, "c": self.blocks(content, room - self.quotation)}
            case "BulletList":
                return {"t": kind, "c": [self.blocks(item, room - self.item) for item in content]}
            case "OrderedList":
                items = [self.blocks(item, room - self.item) for item in content[1]]
                return {"t": kind, "c": [content[0], items]}
            case "Para" if len(content) == 1 and "equation" in ast.classes(content[0]):
                return {"t": kind, "c": [self.equation(content[0], room)]}
            case _:
                return block

    def equation(self, span: Node, room: float) -> Node:
        (name, classes, pairs), inlines = span["c"]
        width = sum(self.widths(inlines))
        number = sum(len(ast.plain(node)) * _SIGN for node in inlines if node["t"] == "Span")
        if not number or width + 2 * (number + _GAP) <= room:
            return span
        place = BESIDE if width + number + _GAP <= room else BELOW
        return {"t": "Span", "c": [[name, [*classes, place], pairs], inlines]}

    def widths(self, inlines: Sequence[Node]) -> Iterator[float]:
        for node in inlines:
            formula = drawn(self.mathml.get(equations.key(node), "")) if node["t"] == "Math" else None
            if formula:
                yield formula.width
