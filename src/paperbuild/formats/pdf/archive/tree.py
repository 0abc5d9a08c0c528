"""A structure tree that is being mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from paperbuild.formats.pdf.archive.marks import KEY, MARGIN, PLACE

Element = Any
"""A structure element, as pikepdf has it."""


@dataclass(slots=True)
class Tree:
    """The tree of an open file."""

    pdf: pikepdf.Pdf
    elements: tuple[Element, ...]
    """All elements as they are read: each before those in it."""
    words: dict[tuple[int, int], frozenset[str]]
    """Name and classes of the page's element, by the structure element's id."""
    places: dict[tuple[int, int], str]
    """Which element of the page it is, by the same id."""
    owners: dict[int, Any] = field(default_factory=dict)
    """The members of the parent tree, by their key (ISO 32000-1, 14.7.4.4)."""
    names: list[tuple[bytes, Element]] = field(default_factory=list)
    """The elements that have an ID."""

    @classmethod
    def of(cls, pdf: pikepdf.Pdf) -> Tree:
        """The tree of the file. What ``marks`` told is taken out of the elements and kept here."""
        root = pdf.Root.StructTreeRoot
        elements = tuple(_elements(root))
        words = {element.objgen: frozenset(str(element.get(f"/{KEY}", "")).split()) for element in elements}
        places = {element.objgen: str(element.get(f"/{PLACE}", "")) for element in elements}
        for element in elements:
            for key in (KEY, PLACE):
                if f"/{key}" in element:
                    del element[f"/{key}"]
        numbers = list(root.ParentTree.Nums)
        owners = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
        return cls(pdf, elements, words, places, owners)

    def of_type(self, *types: str) -> Iterator[Element]:
        """The elements of these types, as they are at the time."""
        return (element for element in self.elements if element.S in types)

    def says(self, element: Element, *words: str) -> bool:
        """True where the page's element has this name or class, or all of them."""
        return self.words.get(element.objgen, frozenset()).issuperset(words)

    def place(self, element: Element) -> str:
        """Which element of the page it comes from; empty for one that CSS made of none."""
        return self.places.get(element.objgen, "")

    def margin(self, element: Element) -> str:
        """The name of the margin box that an element outside the tree is of, as CSS has it; else empty."""
        return str(element.get(f"/{MARGIN}", ""))

    def renew(self) -> None:
        """Reads the elements anew, after some were taken out."""
        self.elements = tuple(_elements(self.pdf.Root.StructTreeRoot))

    def wrapped(self, parent: Element, inner: Sequence[Element], kind: str) -> Element:
        """A new element of this type around these, for the caller to put among the parent's kids."""
        made = self.pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name(kind), P=parent)
        )
        if "/Pg" in parent:
            made.Pg = parent.Pg
        made.K = pikepdf.Array(list(inner))
        for one in inner:
            one.P = made
        return made

    def name(self, element: Element, name: str) -> None:
        """Gives the element an ID (ISO 32000-1, table 323)."""
        element.ID = pikepdf.String(name)
        self.names.append((bytes(element.ID), element))

    def finish(self) -> None:
        """Writes the parent tree, the tree of IDs, and nothing of PDF 2.0, which PDF/A-3 does not know."""
        root = self.pdf.Root.StructTreeRoot
        numbers = [part for key in sorted(self.owners) for part in (key, self.owners[key])]
        root.ParentTree = self.pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(numbers)))
        root.ParentTreeNextKey = max(self.owners, default=-1) + 1
        if self.names:
            pairs = sorted(self.names, key=lambda pair: pair[0])
            flat = [part for name, element in pairs for part in (pikepdf.String(name), element)]
            limits = pikepdf.Array([pikepdf.String(pairs[0][0]), pikepdf.String(pairs[-1][0])])
            leaf = pikepdf.Dictionary(Limits=limits, Names=pikepdf.Array(flat))
            root.IDTree = pikepdf.Dictionary(Kids=pikepdf.Array([self.pdf.make_indirect(leaf)]))
        for thing, key in [(root, "/Namespaces"), *((element, "/NS") for element in kids(root))]:
            if key in thing:
                del thing[key]


def kids(element: Element) -> list[Any]:
    """The members of an element: elements, object references and numbers of marked content."""
    inner = element.get("/K")
    if inner is None:
        return []
    return list(inner) if isinstance(inner, pikepdf.Array) else [inner]


def is_element(kid: Any) -> bool:
    """True for a structure element among the members of another."""
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def is_reference(kid: Any) -> bool:
    """True for what names an annotation among the members of an element."""
    return not is_element(kid) and isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"


def inside(element: Element) -> Iterator[Element]:
    """The elements in an element, each before those in it."""
    return _elements(element)


def _elements(root: Element) -> Iterator[Element]:
    waiting = [kid for kid in reversed(kids(root)) if is_element(kid)]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in reversed(kids(element)) if is_element(kid)]
