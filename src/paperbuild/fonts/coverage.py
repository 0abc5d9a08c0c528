"""Which characters a font has, by its character map (OpenType 1.9, table cmap)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from paperbuild.fonts.families import Family

_COLLECTION = b"ttcf"


@cache
def of_file(path: Path) -> frozenset[int]:
    """The code points that a font's file has glyphs for, of a collection its first font; none where it
    can't be read."""
    try:
        with path.open("rb") as file:
            if file.read(4) == _COLLECTION:
                return _mapped(TTCollection(path, lazy=True).fonts[0])
        with TTFont(path, lazy=True) as font:
            return _mapped(font)
    except (OSError, TTLibError, KeyError, AssertionError):
        return frozenset()


def _mapped(font: TTFont) -> frozenset[int]:
    return frozenset(font["cmap"].getBestCmap() or ())


def of(family: Family) -> frozenset[int]:
    """The code points of a family: what one of its files has."""
    return frozenset().union(*(of_file(path) for path in family.files()))
