"""Pictures and equations in the structure tree."""

from __future__ import annotations

import pikepdf

from paperbuild.formats.pdf.archive.tree import Element, Tree
from paperbuild.formats.pdf.pictures import EQUATION_MARK

_POINTS = 0.75
"""A CSS pixel in points."""


def mend(tree: Tree) -> None:
    """Equations are of type Formula (ISO 32000-1, 14.8.4.5); frames are in the page's own coordinates.

    WeasyPrint 70 writes a frame in CSS pixels from the page's top.
    """
    for element in tree.of_type("/Figure"):
        alt = str(element.get("/Alt", ""))
        if alt.startswith(EQUATION_MARK):
            element.S = pikepdf.Name.Formula
            element.Alt = pikepdf.String(alt.removeprefix(EQUATION_MARK))
        if "/A" in element and "/BBox" in element.A:
            element.A.BBox = _frame(element)


def _frame(element: Element) -> pikepdf.Array:
    left, top, right, bottom = (float(edge) * _POINTS for edge in element.A.BBox)
    height = float(element.Pg.MediaBox[3])
    edges = (left, height - bottom, right, height - top)
    return pikepdf.Array([round(edge, 3) for edge in edges])
