"""How wide words are, by the metrics of fonts that packages bring.

Nobody knows which fonts a user's Word has. Those that are measured are wider than Word's own of their kind:
what fits by them fits there, too, and in the free fonts that take the place of Word's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from lxml import etree
from PIL import ImageFont

from paperbuild.fonts import coverage, family
from paperbuild.formats.docx import styles
from paperbuild.formats.docx.ooxml import name, style_of
from paperbuild.layouts.model import Family, Layout, TextStyle

_STAND_IN = {"serif": "Noto Serif", "sans": "Noto Sans", "mono": "Source Code Pro"}
_NARROW = {"Times New Roman": 0.93}
"""Fonts that are much narrower than what stands in for them, also in capitals."""
_MARGIN = 1.02
_UNITS = 1000
_REGULAR, _BOLD = 400, 700
_UNKNOWN = 0.65
"""Sizes of the font that a letter takes which the stand-in lacks."""
_RAISED, _CAPITALS = 0.65, 0.8
"""Sizes of raised or lowered text and of small capitals."""
_EMU = 12700
"""English Metric Units in a point."""
_COUNTED = tuple(map(name, ("w:t", "w:tab", "w:br", "m:t", "wp:extent")))
_BREAKS = re.compile(r"([ \t\n\u2000-\u2006\u2008-\u200b\u3000\u00ad]+)|(?<=[^\W\d_]-)(?=[^\W\d_])|(?<=[–—])")
"""Where Word ends a line in any script but the East Asian ones: at spaces, behind hyphens and dashes."""


@dataclass(frozen=True, slots=True)
class Face:
    """How letters are set."""

    kind: Family
    size: float
    bold: bool = False
    capitals: bool = False
    narrow: float = 1.0
    """The part of the stand-in's width that the font takes."""
    apart: float = 0.0
    """Points between letters."""

    @classmethod
    def of(cls, style: TextStyle, layout: Layout) -> Face:
        """The face of a text style."""
        capitals = style.upper_case or style.small_caps
        return cls(style.font, style.size, style.bold, capitals, _narrow(style.font, layout),
                   layout.setting.letter_spacing)  # fmt: skip

    def width(self, text: str) -> float:
        """Points that a text takes in one line."""
        shown = text.upper() if self.capitals else text
        sizes = _sizes(shown, _STAND_IN[self.kind], bold=self.bold)
        return sizes * self.size * self.narrow * _MARGIN + len(text) * self.apart


def _narrow(kind: Family, layout: Layout) -> float:
    first: str = {"serif": layout.fonts.word.serif, "sans": layout.fonts.word.sans}.get(kind, ("",))[0]
    return _NARROW.get(first, 1.0)


@lru_cache(maxsize=20_000)
def _sizes(text: str, stand_in: str, *, bold: bool) -> float:
    """The text's width in sizes of its font."""
    font, has = _font(stand_in, bold=bold)
    known = "".join(sign for sign in text if ord(sign) in has)
    return float(font.getlength(known)) / _UNITS + sum(_guess(sign) for sign in text if ord(sign) not in has)


def _guess(sign: str) -> float:
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0.0
    return 1.0 if is_wide(sign) else _UNKNOWN


def is_wide(sign: str) -> bool:
    """True for a Chinese character and what is as wide; lines end between two of them."""
    return unicodedata.east_asian_width(sign) in "WF"


@cache
def _font(stand_in: str, *, bold: bool) -> tuple[ImageFont.FreeTypeFont, frozenset[int]]:
    """An upright font, and the characters that it has."""
    found = family(stand_in)
    path = next(path for path in (found.files() if found else ()) if "Italic" not in path.name)
    font = ImageFont.truetype(str(path), _UNITS, layout_engine=ImageFont.Layout.BASIC)
    weight = _BOLD if bold else _REGULAR
    axes = font.get_variation_axes()
    font.set_variation_by_axes([weight if one["name"] == b"Weight" else one["default"] or 0 for one in axes])
    return font, coverage.of_file(path)


@dataclass(frozen=True, slots=True)
class Need:
    """Points that something takes across."""

    least: float = 0.0
    """Its longest word."""
    line: float = 0.0
    """All of it in one line."""

    def __or__(self, other: Need) -> Need:
        return Need(max(self.least, other.least), max(self.line, other.line))


def paragraph(element: etree._Element, layout: Layout, scale: float) -> Need:
    """What a table's paragraph needs with its indent; ``scale`` is the size of its text to the layout's."""
    need, word, line = Need(), 0.0, 0.0
    for width, breaks in _parts(element, layout, scale):
        word = 0.0 if breaks else word + width
        line += width
        need |= Need(word, line)
    start = element.find(f"{name('w:pPr')}/{name('w:ind')}")
    indent = 0.0 if start is None else int(start.get(name("w:left"), "0")) / 20
    return Need(need.least + indent, need.line + indent)


def _parts(element: etree._Element, layout: Layout, scale: float) -> Iterator[tuple[float, bool]]:
    """The widths of its words and pictures, and of what is between them, where a line may end."""
    face = _face(element, layout)
    for node in element.iter(*_COUNTED):
        if node.tag == name("wp:extent"):
            yield int(node.get("cx", "0")) / _EMU, False
        elif node.tag == name("m:t"):
            yield from ((face.width(node.text or "") * scale, False), (0.0, True))
        elif node.tag == name("w:t"):
            own = _in_run(face, node, layout)
            yield from ((own.width(text) * scale, breaks) for text, breaks in words(node.text or ""))
        else:
            yield 0.0, True


def words(text: str) -> Iterator[tuple[str, bool]]:
    """A text's words, and what stands between them, which may be nothing; True for that."""
    place = 0
    for found in _BREAKS.finditer(text):
        yield from _signs(text[place : found.start()])
        yield found[0], True
        place = found.end()
    yield from _signs(text[place:])


def _signs(word: str) -> Iterator[tuple[str, bool]]:
    """A word; in pieces where it has Chinese characters."""
    start = 0
    for place, sign in enumerate(word):
        if is_wide(sign):
            yield from ((word[start:place], False), ("", True), (sign, False), ("", True))
            start = place + 1
    yield word[start:], False


def _face(element: etree._Element, layout: Layout) -> Face:
    style = style_of(element)
    if style == styles.CODE:
        return Face.of(layout.text.code, layout)
    table = layout.text.table
    head = style == styles.TABLE_HEADING and layout.table.head_bold
    return Face.of(replace(table, bold=table.bold or head), layout)


def _in_run(face: Face, text: etree._Element, layout: Layout) -> Face:
    """The paragraph's face with what its run changes."""
    run = text.getparent()
    formatting = None if run is None else run.find(name("w:rPr"))
    if run is None or formatting is None:
        return face
    if _is_code(run):
        face = replace(Face.of(layout.text.code, layout), bold=face.bold)
    if formatting.find(name("w:b")) is not None:
        face = replace(face, bold=True)
    if formatting.find(name("w:smallCaps")) is not None:
        face = replace(face, capitals=True, size=face.size * _CAPITALS)
    raised = formatting.find(name("w:vertAlign")) is not None
    return replace(face, size=face.size * _RAISED) if raised else face


def size(run: etree._Element, layout: Layout) -> float:
    """The size of a run of a table's text as its styles say."""
    around = next(run.iterancestors(name("w:p")))
    return layout.text.code.size if _is_code(run) else _face(around, layout).size


def _is_code(run: etree._Element) -> bool:
    style = run.find(f"{name('w:rPr')}/{name('w:rStyle')}")
    return style is not None and style.get(name("w:val")) == styles.VERBATIM
