"""Links: their elements, and what can be clicked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from paperbuild.formats.pdf.archive.tree import Element, Tree, inside, is_reference, kids

_PRINT = 4
"""The flag of what is printed (ISO 32000-1, table 165)."""


def mend(tree: Tree, places: Mapping[str, str]) -> None:
    """Each annotation lies in one Link (ISO 14289-1, 7.18.5) and says where it leads.

    WeasyPrint 70 makes an annotation for each box within a link, many of them in NonStruct elements, and over
    one another: those that lie in another one of their link go.
    """
    seen: set[tuple[int, int]] = set()
    gone: set[tuple[int, int]] = set()
    for element in tree.elements:
        if element.objgen in seen or not (element.S == "/Link" or any(_references(element))):
            continue
        within = list(inside(element))
        seen |= {one.objgen for one in within}
        gone |= _gathered(tree, element, within)
    for page in tree.pdf.pages:
        shown = [
            one for one in page.obj.get("/Annots", ()) if one.objgen not in gone and "/StructParent" in one
        ]
        for annotation in shown:
            annotation.F = _PRINT
            if "/Dest" in annotation:
                name = str(annotation.Dest)
                annotation.Contents = pikepdf.String(places.get(name) or name)
        if "/Annots" in page.obj:
            page.obj.Annots = pikepdf.Array(shown)


def _gathered(tree: Tree, link: Element, within: list[Element]) -> set[tuple[int, int]]:
    """Makes one Link of an element and those in it; the annotations that are not wanted any more."""
    references = [*_references(link), *(one for element in within for one in _references(element))]
    kept: list[Any] = []
    gone: set[tuple[int, int]] = set()
    for reference in sorted(references, key=lambda one: -_size(one.Obj)):
        annotation = reference.Obj
        if any(_covers(other, reference) for other in kept):
            gone.add(annotation.objgen)
            tree.owners.pop(int(annotation.StructParent), None)
        else:
            kept.append(reference)
            tree.owners[int(annotation.StructParent)] = link
    for element in within:
        element.K = pikepdf.Array([kid for kid in kids(element) if not is_reference(kid)])
        if element.S == "/Link":
            element.S = pikepdf.Name.Span
    link.S = pikepdf.Name.Link
    order = [one for one in references if one in kept]
    link.K = pikepdf.Array([*order, *(kid for kid in kids(link) if not is_reference(kid))])
    return gone


def _references(element: Element) -> Iterator[Any]:
    return (kid for kid in kids(element) if is_reference(kid))


def _edges(annotation: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(edge) for edge in annotation.Rect)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _size(annotation: Any) -> float:
    left, bottom, right, top = _edges(annotation)
    return (right - left) * (top - bottom)


def _covers(one: Any, other: Any) -> bool:
    """True where whoever clicks on the other clicks on the one too; a point more or less is none."""
    if one.Pg.objgen != other.Pg.objgen:
        return False
    left, bottom, right, top = _edges(one.Obj)
    inner = _edges(other.Obj)
    return left - 1 <= inner[0] and bottom - 1 <= inner[1] and right + 1 >= inner[2] and top + 1 >= inner[3]
