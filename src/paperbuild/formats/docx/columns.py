"""Column widths for tables that have none of their own: as wide as what stands in them, as a browser does.

pandoc gives such columns equal widths and leaves the rest to Word; other programs take them as they are.
"""

from __future__ import annotations

from itertools import islice
from unicodedata import east_asian_width

from lxml import etree

from paperbuild.formats.docx.ooxml import make, name, style_of
from paperbuild.formats.docx.tree import WIDE_MARK
from paperbuild.layouts import Layout

_TWIPS = 20
_EM = {"serif": 0.52, "sans": 0.58, "mono": 0.62}
"""Width of an average letter, in sizes of its font; so that bold words of a head fit, too."""
_LONGEST = 60
"""Letters of a cell that ask for width; a longer text is broken into lines."""
_PADDING = 12.0
"""Points between columns."""


def fit(table: etree._Element, layout: Layout) -> None:
    """Sets the widths of a table whose columns pandoc left alone and whose cells are not merged."""
    grid = table.find(name("w:tblGrid"))
    width = table.find(f"{name('w:tblPr')}/{name('w:tblW')}")
    rows = [row.findall(name("w:tc")) for row in table.findall(name("w:tr"))]
    if grid is None or width is None or width.get(name("w:type")) != "auto" or not rows:
        return
    if any(len(row) != len(grid) for row in rows) or next(table.iter(name("w:vMerge")), None) is not None:
        return
    style = layout.text.table
    letter = style.size * _EM[style.font] + layout.setting.letter_spacing
    wanted = [_points([row[column] for row in rows], letter) for column in range(len(grid))]
    room = (layout.page.text_width if _is_across(table) else layout.page.column_width) * 72 / 25.4
    if sum(wanted) > room:
        wanted = _squeezed(
            wanted, [_narrowest([row[c] for row in rows], letter) for c in range(len(grid))], room
        )
    twips = [round(points * _TWIPS) for points in wanted]
    for column, value in zip(grid, twips, strict=True):
        column.set(name("w:w"), str(value))
    width.set(name("w:type"), "dxa")
    width.set(name("w:w"), str(sum(twips)))
    for row in rows:
        for cell, value in zip(row, twips, strict=True):
            _set_width(cell, value)


def _is_across(table: etree._Element) -> bool:
    """True for a table that stands across all columns, perhaps below its caption."""
    before = list(islice(table.itersiblings(preceding=True), 2))
    return any(one.tag == name("w:p") and style_of(one) == WIDE_MARK for one in before)


def _set_width(cell: etree._Element, twips: int) -> None:
    properties = cell.find(name("w:tcPr"))
    if properties is None:
        properties = make("w:tcPr")
        cell.insert(0, properties)
    for old in properties.findall(name("w:tcW")):
        properties.remove(old)
    properties.insert(0, make("w:tcW", type="dxa", w=twips))


def _points(cells: list[etree._Element], letter: float) -> float:
    longest = max((min(_letters(_text(cell)), _LONGEST) for cell in cells), default=1.0)
    return max(longest, 2) * letter + _PADDING


def _narrowest(cells: list[etree._Element], letter: float) -> float:
    words = (word for cell in cells for word in _text(cell).split())
    return max((_letters(word) for word in words), default=1.0) * letter + _PADDING


def _letters(text: str) -> float:
    """The text's width in average letters: capitals, m and w are wider, Chinese characters as wide as two."""
    return sum(2.0 if east_asian_width(sign) in "WF" else 1.5 if sign.isupper() or sign in "mw" else 1.0
               for sign in text)  # fmt: skip


def _squeezed(wanted: list[float], least: list[float], room: float) -> list[float]:
    """The widths brought down to ``room``: no column below its longest word while that can be had."""
    if sum(least) >= room:
        return [room * one / sum(least) for one in least]
    spare = [want - low for want, low in zip(wanted, least, strict=True)]
    share = (room - sum(least)) / sum(spare)
    return [low + extra * share for low, extra in zip(least, spare, strict=True)]


def _text(cell: etree._Element) -> str:
    """The longest paragraph of a cell; an equation counts as its signs."""
    texts = ["".join(node.text or "" for node in paragraph.iter(name("w:t"), name("m:t")))
             for paragraph in cell.iter(name("w:p"))]  # fmt: skip
    return max(texts, key=len, default="")
