"""Notes, lists, the contents list and tables in the structure tree."""

from __future__ import annotations

import pikepdf

from paperbuild.formats.pdf.archive.tree import Element, Tree, is_element, kids

_CELLS = ("/TH", "/TD")


def mend(tree: Tree) -> None:
    """What WeasyPrint 70 tags as something else, or as less than it is."""
    _notes(tree)
    _contents(tree)
    _lists(tree)
    _tables(tree)


def _notes(tree: Tree) -> None:
    """A note is a Note with an ID (ISO 14289-1, 7.9), its number a Lbl; its mark stands in a Reference."""
    number = 0
    for element in list(tree.of_type("/Span")):
        if tree.says(element, "footnote") and not tree.says(element.P, "footnote"):
            number += 1
            element.S = pikepdf.Name.Note
            tree.name(element, f"note-{number:05}")
    for link in list(tree.of_type("/Link")):
        if link.P.S != "/Link" and tree.says(link, "note-mark"):
            _enclose(tree, link, "/Lbl")
        elif link.P.S != "/Link" and tree.says(link, "note-ref"):
            _enclose(tree, link, "/Reference")


def _enclose(tree: Tree, element: Element, kind: str) -> None:
    """Puts a new element around the element, in its place."""
    parent = element.P
    place = next(n for n, kid in enumerate(kids(parent)) if is_element(kid) and kid.objgen == element.objgen)
    parent.K[place] = tree.wrapped(parent, [element], kind)


def _contents(tree: Tree) -> None:
    """The contents list is a TOC, each entry a TOCI with a Reference (ISO 32000-1, 14.8.4.2)."""
    for contents in tree.of_type("/L"):
        if not (is_element(contents.P) and tree.says(contents.P, "nav", "contents")):
            continue
        contents.S = pikepdf.Name.TOC
        if "/A" in contents:
            del contents.A
        for entry in filter(is_element, kids(contents)):
            entry.S = pikepdf.Name.TOCI
            for inner in filter(is_element, kids(entry)):
                inner.S = pikepdf.Name.Reference


def _lists(tree: Tree) -> None:
    """A list's member holds a Lbl and a LBody and nothing else (ISO 32000-1, 14.8.4.3.3)."""
    for item in tree.of_type("/LI"):
        inner = kids(item)
        loose = [kid for kid in inner if is_element(kid) and kid.S not in ("/Lbl", "/LBody")]
        if not loose:
            continue
        labels = [kid for kid in inner if is_element(kid) and kid.S == "/Lbl"]
        body = [kid for kid in inner if is_element(kid) and kid.S != "/Lbl"]
        for kid in body:
            if kid.S == "/LBody":
                kid.S = pikepdf.Name.NonStruct
        item.K = pikepdf.Array([*labels, tree.wrapped(item, body, "/LBody")])


def _tables(tree: Tree) -> None:
    """A head says whether it stands over a column or before a row (ISO 14289-1, 7.5).

    That is enough to find a cell's heads (ISO 32000-1, 14.8.5.7). WeasyPrint's own lists of heads go wrong
    where cells span, and are removed.
    """
    for row in tree.of_type("/TR"):
        cells = [kid for kid in kids(row) if is_element(kid) and kid.S in _CELLS]
        over = row.P.S == "/THead" or (len(cells) > 1 and all(cell.S == "/TH" for cell in cells))
        for cell in cells:
            for thing, key in ((cell, "/ID"), (cell.get("/A", {}), "/Headers")):
                if key in thing:
                    del thing[key]
            if cell.S == "/TH":
                cell.A.Scope = pikepdf.Name.Column if over else pikepdf.Name.Row
