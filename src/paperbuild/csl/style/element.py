"""A style's or locale's XML as plain elements, read from the parser's tree once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

CSL = "{http://purl.org/net/xbiblio/csl}"
_ANY = f"{CSL}*"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Element(NamedTuple):
    """An element of the CSL namespace; others, comments and instructions are left out."""

    name: str
    """Without its namespace: ``text``, ``date-part``"""
    attrib: dict[str, str]
    children: tuple[Element, ...]
    text: str

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value."""
        return self.attrib.get(name, default)

    def find(self, name: str) -> Element | None:
        """The first child of a name."""
        for child in self.children:
            if child.name == name:
                return child
        return None

    def all(self, name: str) -> list[Element]:
        """The children of a name."""
        return [child for child in self.children if child.name == name]

    def inside(self) -> Iterator[Element]:
        """All elements in it, parents first."""
        for child in self.children:
            yield child
            if child.children:
                yield from child.inside()


def read(parsed: Any) -> Element:
    """The plain element of one that lxml has parsed, with all that is in it."""
    children = tuple([read(child) for child in parsed.iterchildren(_ANY)])
    return Element(parsed.tag[len(CSL) :], dict(parsed.items()), children, parsed.text or "")
