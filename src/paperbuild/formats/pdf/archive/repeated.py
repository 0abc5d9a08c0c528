"""A table's head that is repeated on each page of it: only the first is part of the text."""

from __future__ import annotations

from collections import defaultdict

import pikepdf

from paperbuild.formats.pdf.archive.artifacts import PLAIN, unmark
from paperbuild.formats.pdf.archive.tree import Element, Tree, inside, is_reference, kids


def leave_out(tree: Tree, original: Element, copy: Element) -> None:
    """What a copy paints becomes an artifact (ISO 32000-1, 14.8.2.2). Its links lead on: they can be clicked
    as parts of the original's."""
    painted: defaultdict[tuple[int, int], dict[int, bytes]] = defaultdict(dict)
    pages = {}
    links = {tree.place(element): element for element in inside(original) if element.S == "/Link"}
    for element in [copy, *inside(copy)]:
        for kid in kids(element):
            if isinstance(kid, int):
                pages[element.Pg.objgen] = element.Pg
                painted[element.Pg.objgen][kid] = PLAIN
            elif is_reference(kid):
                _move(tree, kid, links.get(tree.place(element)))
    for page, numbers in painted.items():
        unmark(tree, pages[page], numbers)


def _move(tree: Tree, reference: pikepdf.Object, link: Element | None) -> None:
    """Makes an annotation the link's; without one, it goes."""
    number = int(reference.Obj.StructParent)
    if link is not None:
        link.K.append(reference)
        tree.owners[number] = link
        return
    del tree.owners[number]
    page = reference.Pg
    page.Annots = pikepdf.Array([one for one in page.Annots if one.objgen != reference.Obj.objgen])
