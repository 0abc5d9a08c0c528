"""A Word file's parts and the relationships between them (ECMA-376 part 2)."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree
from tests.mutation.docx_html import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
NAMES = {
    "w": W[1:-1],
    "r": R[1:-1],
    "m": M[1:-1],
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
CORE, STYLES = "docProps/core.xml", "word/styles.xml"
DOCUMENT, FOOTNOTES, RELATIONS = "word/document.xml", "word/footnotes.xml", "word/_rels/document.xml.rels"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Package:
    """The file, unpacked. While it is open, a line's break is a text as others are."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            self.files = {name: old.read(name) for name in old.namelist()}
        self._trees: dict[str, Element] = {}

    def part(self, name: str) -> Element:
        """The tree of a part; what is changed in it is saved."""
        if name not in self._trees:
            root = self._trees[name] = etree.fromstring(self.files[name])
            for line_end in root.iter(f"{W}br"):
                if not line_end.attrib:
                    line_end.tag, line_end.text = f"{W}t", "\n"
        return self._trees[name]

    def drop_part(self, name: str) -> None:
        """Takes a part out of the file."""
        del self.files[name]
        self._trees.pop(name, None)

    def saved(self) -> bytes:
        """The file."""
        for name, root in self._trees.items():
            for leaf in list(root.iter(f"{W}t")):
                _broken(leaf)
            content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            self.files[name] = content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name, content in self.files.items():
                new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def relations(self, node: Element) -> Element:
        """The relationships of the part that a node stands in."""
        name = "footnotes" if next(node.iterancestors(f"{W}footnotes"), None) is not None else "document"
        return self.part(f"word/_rels/{name}.xml.rels")

    def relation(self, node: Element, identifier: str) -> Element:
        """A relationship of the part that a node stands in."""
        return next(one for one in self.relations(node) if one.get("Id") == identifier)

    def related(self, node: Element, kind: str, target: str, mode: str | None = None) -> str:
        """Adds a relationship to the part that a node stands in; its id."""
        relations = self.relations(node)
        identifier = f"rIdNew{len(relations)}"
        kind = f"{R[1:-1]}/{kind}"
        new = etree.SubElement(relations, f"{_PACKAGE}Relationship", Id=identifier, Type=kind, Target=target)
        if mode:
            new.set("TargetMode", mode)
        return identifier


def select(node: Element, path: str) -> list[Element]:
    """What an XPath finds below a node."""
    return list(node.xpath(path, namespaces=NAMES))


def _broken(leaf: Element) -> None:
    """Makes the line ends of a leaf breaks again."""
    for piece in re.split("(\n)", leaf.text or ""):
        if piece:
            new = etree.Element(f"{W}br" if piece == "\n" else f"{W}t")
            leaf.addprevious(new)
            if piece != "\n":
                new.text = piece
                new.set(_SPACE, "preserve")
    leaf.getparent().remove(leaf)
