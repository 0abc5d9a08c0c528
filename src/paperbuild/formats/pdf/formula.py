"""Equations drawn as SVG, by ziamath, since WeasyPrint draws no MathML."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from ziamath import zmath
from ziamath.config import config as _ziamath

from paperbuild.formats.pdf.spacing import spaced

_ziamath.svg2 = False

_SIZE = 12.0
"""Font size of the drawing; it is scaled to that of the text around it."""
_SHAPES = frozenset({"path", "rect", "line", "polyline", "polygon", "circle", "ellipse"})


@dataclass(frozen=True, slots=True)
class Formula:
    """A drawn equation, measured in em."""

    svg: bytes
    width: float
    height: float
    depth: float
    """How far it reaches below the baseline."""
    parts: int
    """Of how many shapes it is made: letters, signs, strokes."""


@lru_cache(maxsize=4096)
def drawn(mathml: str) -> Formula | None:
    """The equation; None where ziamath can't draw it. Remembered: what is promised of it is asked first."""
    try:
        svg: Any = zmath.Math(spaced(mathml), size=_SIZE).svgxml()
    except Exception:  # whatever goes wrong inside, the formula is shown as TeX and reported
        return None
    _, top, width, height = (float(number) for number in svg.attrib["viewBox"].split())
    shapes = sum(str(element.tag).rpartition("}")[2] in _SHAPES for element in svg.iter())
    return Formula(bytes(ET.tostring(svg)), width / _SIZE, height / _SIZE, (height + top) / _SIZE, shapes)
