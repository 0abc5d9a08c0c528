"""The structure of a PDF as pikepdf reads it: elements, links, named destinations, metadata."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

DEEPEST = 150
"""Elements nested deeper than this are left out."""

BLOCKS = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index P H H1 H2 H3 H4 H5 H6 "
    "L LI Lbl LBody Table THead TBody TFoot TR TH TD Note FENote".split()
)
"""Structure types that stand for a block. The others stand in the line unless they hold a block."""

_HEADING = re.compile(r"/Heading ?([1-6])\b", re.IGNORECASE)
"""How types are called that tell a heading's level where the standard type may not: no level may be left out
there (ISO 14289-1, 7.4.2)."""

CELLS = frozenset({"TD", "TH"})
DRAWINGS = frozenset({"Figure", "Formula"})

BROKEN = (pikepdf.PdfError, AttributeError, IndexError, KeyError, TypeError, ValueError, OverflowError)
"""What pikepdf raises over an object that is not what it should be."""


@dataclass(frozen=True, slots=True)
class Content:
    """A marked-content sequence, by the number of its page (from 0) and its id there."""

    page: int
    mcid: int


Frame = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Element:
    """One structure element."""

    kind: str
    """The standard structure type: P, H1, Span …"""
    kids: tuple[Element | Content, ...] = ()
    alt: str = ""
    """A drawing's alternative text."""
    target: str = ""
    """Where a Link leads: ``#name``, ``#`` for a place without a name, or a URI; empty if nowhere."""
    is_block: bool = False
    span: tuple[int, int] = (1, 1)
    """How many columns and rows a table's cell spans."""
    scope: str = ""
    """What a table's cell heads, if it says so: ``Column``, ``Row`` or ``Both``."""
    frame: Frame | None = None
    """Left, one edge, right and the other edge of the place of a formula, if it says so."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a named destination leads."""

    page: int
    x: float
    y: float


Area = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


@dataclass(frozen=True, slots=True)
class Structure:
    """All that is read from a file's objects rather than from its pages."""

    root: Element | None
    """None where the file has no structure tree."""
    places: Mapping[str, Place]
    """Named destinations whose page is there."""
    links: tuple[tuple[int, str], ...]
    """Page and target of each link that can be clicked."""
    areas: Mapping[tuple[int, str], tuple[Area, ...]] = field(default_factory=dict)
    """Where each of them can be clicked, by page and target."""
    drawings: tuple[Element, ...] = ()
    """The pictures and formulas of the tree."""
    title: str = ""
    authors: tuple[str, ...] = ()
    lang: str = ""
    leftward: bool = False
    """True where the file says that it is read from right to left."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What is needed to read an element."""

    pages: Mapping[tuple[int, int], int]
    """Page numbers by the page object's id."""
    annotations: Mapping[tuple[int, int], str]
    """Targets of the link annotations on the pages, by the annotation's id."""
    roles: Mapping[str, str]
    """Standard structure types by the names that stand for them, with their slash."""
    seen: set[tuple[int, int]] = field(default_factory=set)
    """Ids of the elements met so far; an element has one place in the tree."""
    drawings: list[Element] = field(default_factory=list)
    """The pictures and formulas met so far."""


def read_structure(pdf: pikepdf.Pdf) -> Structure:
    """What the file says about itself. What cannot be read is left out."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    links = tuple(_links(pdf, pages))
    context = _Context(pages, {objgen: target for _, objgen, target, _ in links}, _roles(pdf))
    areas: dict[tuple[int, str], list[Area]] = defaultdict(list)
    for page, _, target, area in links:
        areas[page, target].append(area)
    root = _root(pdf, context)
    title, authors = _metadata(pdf)
    return Structure(
        root,
        dict(_places(pdf, pages)),
        tuple((page, target) for page, _, target, _ in links),
        {place: tuple(found) for place, found in areas.items()},
        tuple(context.drawings),
        title,
        authors,
        _string(pdf.Root, "/Lang"),
        _string(_get(pdf.Root, "/ViewerPreferences"), "/Direction") == "/R2L",
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
    if not isinstance(thing, pikepdf.Array):
        return (thing,)
    try:
        return tuple(thing)
    except BROKEN:
        return tuple(_whole(thing))


def _whole(array: Any) -> Iterator[Any]:
    """The members of an array that can be read."""
    for place in range(len(array)):
        try:
            yield array[place]
        except BROKEN:
            continue


def _root(pdf: pikepdf.Pdf, context: _Context) -> Element | None:
    """The whole tree under one element, or None."""
    tree = _get(pdf.Root, "/StructTreeRoot")
    if not isinstance(tree, pikepdf.Dictionary):
        return None
    kids = [_kid(kid, -1, context, 0) for kid in _items(_get(tree, "/K"))]
    elements = tuple(kid for kid in kids if isinstance(kid, Element))
    if len(elements) == 1 and elements[0].kind == "Document":
        return elements[0]
    return Element("Document", elements, is_block=True) if elements else None


def _roles(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The names that stand for a standard structure type."""
    role_map = _get(_get(pdf.Root, "/StructTreeRoot"), "/RoleMap")
    names = list(role_map.keys()) if isinstance(role_map, pikepdf.Dictionary) else []
    roles = {name: _string(role_map, name).lstrip("/") for name in names}
    return {name: _own_level(name, role) for name, role in roles.items()}


def _own_level(name: str, role: str) -> str:
    """The type that a name stands for; that of a heading which names its level has the level it names."""
    match = _HEADING.match(name)
    return f"H{match[1]}" if match and role[:1] == "H" else role


def _kid(thing: Any, page: int, context: _Context, depth: int) -> Element | Content | str | None:
    """A member of K: an element, marked content, a link's target as a text, or None."""
    if isinstance(thing, int) and not isinstance(thing, bool):
        return Content(page, thing) if page >= 0 else None
    if not isinstance(thing, pikepdf.Dictionary):
        return None
    raw = _string(thing, "/S")
    page = _page(thing, page, context)
    if raw:
        return _element(thing, context.roles.get(raw, raw[1:]), page, context, depth)
    kind = _string(thing, "/Type")
    if kind == "/OBJR":
        annotation = _get(thing, "/Obj")
        return context.annotations.get(getattr(annotation, "objgen", (0, 0)))
    mcid = _get(thing, "/MCID")
    return Content(page, mcid) if kind == "/MCR" and isinstance(mcid, int) and page >= 0 else None


def _page(thing: Any, page: int, context: _Context) -> int:
    """The number of the page the thing names, else ``page``; -1 for a page that is not in the file."""
    named = _get(thing, "/Pg")
    return page if named is None else context.pages.get(getattr(named, "objgen", (0, 0)), -1)


def _element(thing: Any, kind: str, page: int, context: _Context, depth: int) -> Element | None:
    """The element with all that is under it; None where it was met before or lies too deep."""
    objgen = thing.objgen
    if depth > DEEPEST or objgen in context.seen:
        return None
    if objgen != (0, 0):
        context.seen.add(objgen)
    kids = [_kid(kid, page, context, depth + 1) for kid in _items(_get(thing, "/K"))]
    nodes = tuple(kid for kid in kids if isinstance(kid, (Element, Content)))
    target = next((kid for kid in kids if isinstance(kid, str)), "")
    is_block = kind in BLOCKS or any(isinstance(kid, Element) and kid.is_block for kid in nodes)
    if kind in CELLS:
        span, scope = _cell(thing)
        return Element(kind, nodes, "", target, is_block, span, scope)
    if kind not in DRAWINGS:
        return Element(kind, nodes, "", target, is_block)
    drawing = Element(kind, nodes, _string(thing, "/Alt"), target, is_block, frame=_frame(thing))
    context.drawings.append(drawing)
    return drawing


def _frame(thing: Any) -> Frame | None:
    """The place that a layout attribute names (ISO 32000-2, 14.8.5.4.3)."""
    for attributes in _items(_get(thing, "/A")):
        try:
            left, bottom, right, top = (float(edge) for edge in _items(_get(attributes, "/BBox")))
        except BROKEN:
            continue
        return left, bottom, right, top
    return None


def _cell(thing: Any) -> tuple[tuple[int, int], str]:
    """A cell's span and scope, from its attributes: a dictionary, or an array of some."""
    span, scope = {"/ColSpan": 1, "/RowSpan": 1}, ""
    for attributes in _items(_get(thing, "/A")):
        for key in span:
            value = _get(attributes, key)
            if isinstance(value, int) and value > 0:
                span[key] = value
        scope = _string(attributes, "/Scope").lstrip("/") or scope
    return (span["/ColSpan"], span["/RowSpan"]), scope


def _links(
    pdf: pikepdf.Pdf, pages: Mapping[tuple[int, int], int]
) -> Iterator[tuple[int, tuple[int, int], str, Area]]:
    """Page, id, target and place of each link annotation that a page shows."""
    for number, page in enumerate(pdf.pages):
        for annotation in _items(_get(page.obj, "/Annots")):
            if _string(annotation, "/Subtype") == "/Link":
                yield number, annotation.objgen, _target(annotation, pages), _area(annotation)


def _area(annotation: Any) -> Area:
    """The rectangle in which a link can be clicked: left, bottom, right, top; empty where it has none."""
    try:
        left, bottom, right, top = (float(edge) for edge in _items(_get(annotation, "/Rect")))
    except BROKEN:
        return 0.0, 0.0, 0.0, 0.0
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


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
