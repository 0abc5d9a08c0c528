"""The structure of a PDF as pikepdf reads it: elements, links, named destinations, metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

DEEPEST = 150
"""Elements nested deeper than this are left out."""

BLOCKS = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index P H H1 H2 H3 H4 H5 H6 "
    "L LI Lbl LBody Table THead TBody TFoot TR TH TD Note FENote".split()
)
"""Structure types that stand for a block. The others stand in the line unless they hold a block."""

BROKEN = (pikepdf.PdfError, AttributeError, IndexError, KeyError, TypeError, ValueError, OverflowError)
"""What pikepdf raises over an object that is not what it should be."""


@dataclass(frozen=True, slots=True)
class Content:
    """A marked-content sequence, by the number of its page (from 0) and its id there."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Element:
    """One structure element."""

    kind: str
    """The standard structure type: P, H1, Span …"""
    kids: tuple[Element | Content, ...] = ()
    alt: str = ""
    target: str = ""
    """Where a Link leads: ``#name``, ``#`` for a place without a name, or a URI; empty if nowhere."""
    is_block: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a named destination leads."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Structure:
    """All that is read from a file's objects rather than from its pages."""

    root: Element | None
    """None where the file has no structure tree."""
    places: Mapping[str, Place]
    """Named destinations whose page is there."""
    links: tuple[tuple[int, str], ...]
    """Page and target of each link that can be clicked."""
    title: str = ""
    authors: tuple[str, ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class _Context:
    """What is needed to read an element."""

    pages: Mapping[tuple[int, int], int]
    """Page numbers by the page object's id."""
    annotations: Mapping[tuple[int, int], str]
    """Targets of the link annotations on the pages, by the annotation's id."""
    roles: Mapping[str, str]
    seen: set[tuple[int, int]]
    """Ids of the elements met so far; an element has one place in the tree."""


def read_structure(pdf: pikepdf.Pdf) -> Structure:
    """What the file says about itself. What cannot be read is left out."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    links = tuple(_links(pdf, pages))
    annotations = {objgen: target for _, objgen, target in links}
    title, authors = _metadata(pdf)
    return Structure(
        _root(pdf, pages, annotations),
        dict(_places(pdf, pages)),
        tuple((page, target) for page, _, target in links),
        title,
        authors,
        _string(pdf.Root, "/Lang"),
    )


def _get(thing: Any, key: str) -> Any:
    """The value, or None where the thing has no such key or is no dictionary."""
    try:
        return thing.get(key)
    except BROKEN:
        return None


def _string(thing: Any, key: str) -> str:
    """The value as text, empty where there is none."""
    value = _get(thing, key)
    return str(value) if isinstance(value, (pikepdf.String, pikepdf.Name, str)) else ""


def _items(thing: Any) -> tuple[Any, ...]:
    """An array's members; a thing that is no array is its own only member."""
    if thing is None:
        return ()
    if isinstance(thing, pikepdf.Array):
        members = []
        for i in range(len(thing)):
            try:
                members.append(thing[i])
            except BROKEN:
                continue
        return tuple(members)
    return (thing,)


def _root(
    pdf: pikepdf.Pdf, pages: Mapping[tuple[int, int], int], annotations: Mapping[tuple[int, int], str]
) -> Element | None:
    """The whole tree under one element, or None."""
    tree = _get(pdf.Root, "/StructTreeRoot")
    if not isinstance(tree, pikepdf.Dictionary):
        return None
    role_map = _get(tree, "/RoleMap")
    names = list(role_map.keys()) if isinstance(role_map, pikepdf.Dictionary) else []
    roles = {name.lstrip("/"): _string(role_map, name).lstrip("/") for name in names}
    context = _Context(pages, annotations, roles, set())
    kids = [_kid(kid, -1, context, 0) for kid in _items(_get(tree, "/K"))]
    elements = tuple(kid for kid in kids if isinstance(kid, Element))
    if len(elements) == 1 and elements[0].kind == "Document":
        return elements[0]
    return Element("Document", elements, is_block=True) if elements else None


def _kid(thing: Any, page: int, context: _Context, depth: int) -> Element | Content | str | None:
    """A member of K: an element, marked content, a link's target as a text, or None."""
    if isinstance(thing, int) and not isinstance(thing, bool):
        return Content(page, thing) if page >= 0 else None
    if not isinstance(thing, pikepdf.Dictionary):
        return None
    kind = _string(thing, "/Type")
    if kind == "/OBJR":
        annotation = _get(thing, "/Obj")
        return context.annotations.get(getattr(annotation, "objgen", (0, 0)))
    page = _page(thing, page, context)
    if kind == "/MCR":
        mcid = _get(thing, "/MCID")
        return Content(page, mcid) if isinstance(mcid, int) and page >= 0 else None
    return _element(thing, page, context, depth)


def _page(thing: Any, page: int, context: _Context) -> int:
    """The number of the page the thing names, else ``page``; -1 for a page that is not in the file."""
    named = _get(thing, "/Pg")
    return page if named is None else context.pages.get(getattr(named, "objgen", (0, 0)), -1)


def _element(thing: Any, page: int, context: _Context, depth: int) -> Element | None:
    """The element with all that is under it; None where it was met before or lies too deep."""
    objgen = thing.objgen
    if depth > DEEPEST or objgen in context.seen:
        return None
    if objgen != (0, 0):
        context.seen.add(objgen)
    raw = _string(thing, "/S").lstrip("/")
    kind = context.roles.get(raw, raw)
    kids = tuple(_kid(kid, page, context, depth + 1) for kid in _items(_get(thing, "/K")))
    nodes = tuple(kid for kid in kids if isinstance(kid, (Element, Content)))
    targets = [kid for kid in kids if isinstance(kid, str)]
    return Element(
        kind,
        nodes,
        _string(thing, "/Alt"),
        targets[0] if targets else "",
        kind in BLOCKS or any(isinstance(kid, Element) and kid.is_block for kid in nodes),
    )


def _links(
    pdf: pikepdf.Pdf, pages: Mapping[tuple[int, int], int]
) -> Iterator[tuple[int, tuple[int, int], str]]:
    """Page, id and target of each link annotation that a page shows."""
    for number, page in enumerate(pdf.pages):
        for annotation in _items(_get(page.obj, "/Annots")):
            if _string(annotation, "/Subtype") == "/Link":
                yield number, annotation.objgen, _target(annotation, pages)


def _target(annotation: Any, pages: Mapping[tuple[int, int], int]) -> str:
    """Where the annotation leads (see ``Element.target``)."""
    action = _get(annotation, "/A")
    if _get(action, "/URI") is not None:
        return _string(action, "/URI")
    destination = _get(annotation, "/Dest")
    if destination is None:
        destination = _get(action, "/D")
    if isinstance(destination, (pikepdf.String, pikepdf.Name, str)):
        return "#" + str(destination).lstrip("/")
    return "#" if _place(destination, pages) else ""


def _places(pdf: pikepdf.Pdf, pages: Mapping[tuple[int, int], int]) -> Iterator[tuple[str, Place]]:
    """The file's named destinations, old form (a dictionary) and new (a name tree)."""
    old = _get(pdf.Root, "/Dests")
    pairs = (
        [(key.lstrip("/"), value) for key, value in old.items()]
        if isinstance(old, pikepdf.Dictionary)
        else []
    )
    pairs += _name_tree(_get(_get(pdf.Root, "/Names"), "/Dests"), 0)
    for name, destination in pairs:
        place = _place(destination, pages)
        if place:
            yield name, place


def _name_tree(node: Any, depth: int) -> list[tuple[str, Any]]:
    """Names and values of a name tree (ISO 32000-2, 7.9.6)."""
    flat = _items(_get(node, "/Names")) if isinstance(node, pikepdf.Dictionary) else ()
    pairs = [(str(name), value) for name, value in zip(flat[::2], flat[1::2], strict=False)]
    if depth < 30:
        for kid in _items(_get(node, "/Kids")):
            pairs += _name_tree(kid, depth + 1)
    return pairs


def _place(destination: Any, pages: Mapping[tuple[int, int], int]) -> Place | None:
    """The place, or None where the destination is none or its page is not in the file."""
    if isinstance(destination, pikepdf.Dictionary):
        destination = _get(destination, "/D")
    members = _items(destination) if isinstance(destination, pikepdf.Array) else ()
    number = pages.get(getattr(members[0], "objgen", (0, 0))) if members else None
    if number is None:
        return None
    point = members[2:4] if len(members) >= 4 and str(members[1]) == "/XYZ" else ()
    try:
        x, y = (float(part) for part in point)
    except BROKEN:
        x, y = 0.0, float("inf")
    return Place(number, x, y)


def _metadata(pdf: pikepdf.Pdf) -> tuple[str, tuple[str, ...]]:
    """Title and authors: from XMP, which has a list of authors, else from the Info dictionary."""
    info = _get(pdf.trailer, "/Info")
    title, author = _string(info, "/Title"), _string(info, "/Author")
    authors = tuple(name.strip() for name in author.split(", ") if name.strip())
    try:
        xmp = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        title = str(xmp.get("dc:title", "")) or title
        creators = xmp.get("dc:creator", ())
    except Exception:  # XMP is XML that anybody may have written
        return title, authors
    names = (creators,) if isinstance(creators, str) else tuple(str(name) for name in creators)
    return title, names or authors
