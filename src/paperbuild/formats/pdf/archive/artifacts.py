"""What is painted and is no part of the text: headers, footers, and a table's head where it is repeated."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pikepdf

from paperbuild.formats.pdf.archive.tree import Element, Tree

PLAIN = b"/Artifact BMC"
_PAGINATION = "/Artifact <</Type /Pagination /Subtype /{}>> BDC"
_CONTENT = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")
"""How marked content begins in a page of WeasyPrint's, where no letters stand between parentheses."""


def mend(tree: Tree) -> None:
    """Headers and footers are artifacts that say what they are (ISO 14289-1, 7.8).

    WeasyPrint 70 marks them as text, for elements that are not in the tree.
    """
    known = {element.objgen for element in tree.elements}
    for page in tree.pdf.pages:
        owners = tree.owners[int(page.obj.StructParents)]
        loose = {
            n: owner for n, owner in enumerate(owners) if owner is not None and owner.objgen not in known
        }
        unmark(tree, page.obj, {number: _begun(tree, owner) for number, owner in loose.items()})


def unmark(tree: Tree, page: pikepdf.Object, numbers: Mapping[int, bytes]) -> None:
    """Makes artifacts of a page's contents with these numbers, each to begin so."""
    owners = tree.owners[int(page.StructParents)]
    for number in numbers:
        owners[number] = None

    def begun(match: re.Match[bytes]) -> bytes:
        return numbers.get(int(match[1]), match[0])

    contents = page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
    for stream in contents if numbers else ():
        stream.write(_CONTENT.sub(begun, stream.read_bytes()))


def _begun(tree: Tree, owner: Element) -> bytes:
    """How the artifact begins that a header's or footer's content is."""
    element = owner
    while "/P" in element:
        if side := tree.margin(element):
            return _PAGINATION.format("Header" if side.startswith("@top") else "Footer").encode()
        element = element.P
    return PLAIN
