"""What the end of a page or column divides is one element in the structure tree.

WeasyPrint 70 tags each part of a paragraph, list or table as an element of its own, and a table's head again
on each page that repeats it. One element may have content on several pages (ISO 32000-1, 14.7.4.2).
"""

from __future__ import annotations

from typing import Any

import pikepdf

from paperbuild.formats.pdf.archive import repeated
from paperbuild.formats.pdf.archive.tree import Element, Tree, is_element, is_reference, kids

_COLUMNS = "columns"
"""The class of what is set in columns. Each column is an element within it and has this class, too."""
_REPEATED = ("/THead", "/TFoot")


def mend(tree: Tree) -> None:
    """Makes the elements one that come from one element of the page, from the root down."""
    document = next(filter(is_element, kids(tree.pdf.Root.StructTreeRoot)))
    _gather_notes(tree, document)
    waiting = [document]
    while waiting:
        waiting += [kid for kid in _joined(tree, waiting.pop()) if is_element(kid)]
    tree.renew()


def _gather_notes(tree: Tree, document: Element) -> None:
    """The notes of all pages are in one element after the text. So a note can go on over a page's end, and
    none stands within a paragraph that does."""
    inner = kids(document)
    areas = [kid for kid in inner if _holds_notes(tree, kid)]
    for area in areas[1:]:
        _append(tree, areas[0], area)
    if areas:
        gone = {area.objgen for area in areas}
        document.K = pikepdf.Array([*(kid for kid in inner if kid.objgen not in gone), areas[0]])


def _holds_notes(tree: Tree, element: Element) -> bool:
    inner = kids(element)
    return bool(inner) and not tree.place(element) and all(tree.says(kid, "footnote") for kid in inner)


def _joined(tree: Tree, parent: Element) -> list[Any]:
    """The members of an element, of which those are one now that were parts of one; without the copies of a
    table's head or foot."""
    inner = kids(parent)
    kept: list[Any] = []
    known: dict[tuple[str, str], Element] = {}
    page = (0, 0)
    for kid in inner:
        place = tree.place(kid) if is_element(kid) else ""
        key = place, str(kid.S) if place else ""
        first = known.get(key) if place else None
        if (
            first is not None
            and place == tree.place(parent)
            and not _is_next(tree, kept[-1], first, kid, page)
        ):
            first = None
        if first is None:
            known[key] = kid
            kept.append(kid)
        elif kid.S in _REPEATED:
            repeated.leave_out(tree, first, kid)
        else:
            _append(tree, first, kid)
        page = kid.Pg.objgen if place else page
    if len(kept) < len(inner):
        parent.K = pikepdf.Array(kept)
    return kept


def _is_next(tree: Tree, last: Any, first: Element, part: Element, page: tuple[int, int]) -> bool:
    """True for boxes that CSS has within one element, and that are one beyond the end of a page or column.

    Such a box has the place of the element around it, as have others beside it that are no part of it.
    """
    beside = is_element(last) and last.objgen == first.objgen
    return beside and (part.Pg.objgen != page or tree.says(part, _COLUMNS))


def _append(tree: Tree, element: Element, rest: Element) -> None:
    """The members of the rest become the element's own."""
    for kid in kids(rest):
        moved = kid
        if is_element(kid):
            kid.P = element
        elif isinstance(kid, int):  # content of the page that the rest is on
            tree.owners[int(rest.Pg.StructParents)][kid] = element
            moved = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=rest.Pg, MCID=kid)
        elif is_reference(kid):
            tree.owners[int(kid.Obj.StructParent)] = element
        element.K.append(moved)
