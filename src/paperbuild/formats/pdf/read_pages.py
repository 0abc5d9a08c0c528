"""What stands on the pages of a PDF, as pdfium sees it: runs of text by their marked-content id."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

DEEPEST_FORM = 8
"""Form XObjects nested deeper than this are not opened."""

INVISIBLE = 3
"""The text render mode that paints nothing (ISO 32000-2, 9.3.6)."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in points from its lower left corner. Pages count from 0."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    baseline: float
    size: float
    """The font size, or the height of what is no text."""


@dataclass(frozen=True, slots=True)
class Run:
    """A text object: the text between two changes of font, style or line."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page's content, read once."""

    number: int
    """Counted from 0."""
    runs: tuple[Run, ...]
    """All text that can be seen (some of it, where it stands half outside), as it is painted."""
    tagged: Mapping[int, tuple[Run, ...]]
    """The same text by marked-content id."""
    marks: Mapping[int, Box]
    """Each marked-content id under which something is painted, with the place of the first thing."""
    ink: bool
    """False where nothing at all is painted."""
    hidden: tuple[str, ...] = ()
    """Text that nobody can see: invisible, transparent, or white with nothing behind it."""
    outside: tuple[str, ...] = ()
    """Text that runs over the page's edge."""
    fonts: frozenset[str] = frozenset()
    """Names of the fonts in use that are not embedded."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """A page object with what every kind of object has."""

    raw: Any
    kind: int
    mcid: int
    box: Box


def read_pages(pdf: pdfium.PdfDocument) -> tuple[Page, ...]:
    """Every page of the file; one that cannot be loaded is a page without ink."""
    embedded: dict[int, str] = {}
    return tuple(_read_page(pdf, number, embedded) for number in range(len(pdf)))


def _read_page(pdf: pdfium.PdfDocument, number: int, embedded: dict[int, str]) -> Page:
    """The page, its text objects asked one by one; ``embedded`` remembers fonts by their address."""
    try:
        page = pdf[number]
        textpage = page.get_textpage()
    except pdfium.PdfiumError:
        return Page(number, (), {}, {}, ink=False)
    try:
        things = tuple(_things(page.raw, number))
        limits = page.get_bbox()
        return _sort_out(number, things, textpage, limits, embedded)
    finally:
        textpage.close()
        page.close()


def _sort_out(
    number: int,
    things: tuple[_Thing, ...],
    textpage: Any,
    limits: tuple[float, ...],
    embedded: dict[int, str],
) -> Page:
    """The page made of its objects: what is text, and what of that can be seen."""
    runs: list[Run] = []
    tagged: dict[int, list[Run]] = defaultdict(list)
    marks: dict[int, Box] = {}
    hidden: list[str] = []
    outside: list[str] = []
    fonts: set[str] = set()
    buffer = (ctypes.c_ushort * 4096)()
    for place, thing in enumerate(things):
        if thing.kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            text = _text(thing.raw, textpage, buffer)
            if not text.strip():
                continue
            fonts.add(_unembedded(thing.raw, embedded))
            if _is_hidden(place, things):
                hidden.append(text)
                continue
            if not _within(thing.box, limits, slack=2):
                outside.append(text)
            if _overlaps(thing.box, limits):
                runs.append(Run(text, thing.box))
                tagged[thing.mcid].append(runs[-1])
        if _overlaps(thing.box, limits):
            marks.setdefault(thing.mcid, thing.box)
    return Page(
        number,
        tuple(runs),
        {mcid: tuple(found) for mcid, found in tagged.items()},
        marks,
        ink=any(thing.kind != pdfium_c.FPDF_PAGEOBJ_FORM for thing in things),
        hidden=tuple(hidden),
        outside=tuple(outside),
        fonts=frozenset(fonts - {""}),
    )


def _things(page: Any, number: int) -> Iterator[_Thing]:
    """The page's objects in painting order; a form XObject comes before what is in it."""
    for i in range(pdfium_c.FPDFPage_CountObjects(page)):
        yield from _open(pdfium_c.FPDFPage_GetObject(page, i), number, -1, ())


def _open(raw: Any, number: int, mcid: int, forms: tuple[Any, ...]) -> Iterator[_Thing]:
    """The object and, in a form XObject, what it holds.

    ``mcid`` is what it stands in, ``forms`` are the matrices of the forms around it, innermost first.
    """
    if not raw:
        return
    kind = pdfium_c.FPDFPageObj_GetType(raw)
    own = pdfium_c.FPDFPageObj_GetMarkedContentID(raw)
    mcid = own if own >= 0 else mcid
    yield _Thing(raw, kind, mcid, _on_page(_box(raw, kind, number), forms))
    if kind == pdfium_c.FPDF_PAGEOBJ_FORM and len(forms) < DEEPEST_FORM:
        matrix = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFPageObj_GetMatrix(raw, matrix)
        for i in range(max(0, pdfium_c.FPDFFormObj_CountObjects(raw))):
            yield from _open(pdfium_c.FPDFFormObj_GetObject(raw, i), number, mcid, (matrix, *forms))


def _on_page(box: Box, forms: tuple[Any, ...]) -> Box:
    """The box in the page's own coordinates; pdfium gives those of the form that an object stands in."""
    for m in forms:
        corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        across = [m.a * x + m.c * y + m.e for x, y in corners]
        up = [m.b * x + m.d * y + m.f for x, y in corners]
        base = m.b * box.left + m.d * box.baseline + m.f
        size = box.size * max(abs(m.c), abs(m.d))
        box = Box(box.page, min(across), min(up), max(across), max(up), base, size)
    return box


def _box(raw: Any, kind: int, number: int) -> Box:
    """Where the object stands."""
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(raw, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    if kind != pdfium_c.FPDF_PAGEOBJ_TEXT:
        return Box(number, left, bottom, right, top, bottom, top - bottom)
    matrix, size = pdfium_c.FS_MATRIX(), ctypes.c_float()
    pdfium_c.FPDFPageObj_GetMatrix(raw, matrix)
    pdfium_c.FPDFTextObj_GetFontSize(raw, size)
    height = abs(size.value) * max(abs(matrix.c), abs(matrix.d))
    return Box(number, left, bottom, right, top, matrix.f, height or top - bottom)


def _text(raw: Any, textpage: Any, buffer: Any) -> str:
    """The object's text. pdfium's mark for a hyphen at the line's end becomes the hyphen again."""
    length = pdfium_c.FPDFTextObj_GetText(raw, textpage.raw, buffer, ctypes.sizeof(buffer))
    if length > ctypes.sizeof(buffer):
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        length = pdfium_c.FPDFTextObj_GetText(raw, textpage.raw, buffer, ctypes.sizeof(buffer))
    text = ctypes.string_at(buffer, max(0, length - 2)).decode("utf-16-le", errors="replace")
    return text.replace("\x02", "-").replace("\ufffe", "-").replace("\0", "")


def _unembedded(raw: Any, embedded: dict[int, str]) -> str:
    """The name of the object's font where the file does not hold it, else an empty text."""
    font = pdfium_c.FPDFTextObj_GetFont(raw)
    if not font:
        return ""
    address = ctypes.addressof(font.contents)
    if address not in embedded:
        whole = pdfium_c.FPDFFont_GetIsEmbedded(font) == 1
        name = ctypes.create_string_buffer(256)
        pdfium_c.FPDFFont_GetBaseFontName(font, name, 256)
        embedded[address] = "" if whole else name.value.decode("utf-8", errors="replace") or "?"
    return embedded[address]


def _is_hidden(place: int, things: tuple[_Thing, ...]) -> bool:
    """True for text that nothing is painted of, or white on what is white too."""
    thing = things[place]
    if pdfium_c.FPDFTextObj_GetTextRenderMode(thing.raw) == INVISIBLE:
        return True
    red, green, blue, alpha = _fill(thing.raw)
    if alpha == 0:
        return True
    if min(red, green, blue) < 250:
        return False
    return not any(_is_behind(other, thing.box) for other in things[:place])


def _is_behind(other: _Thing, box: Box) -> bool:
    """True for a coloured area or a picture that reaches under the middle of the box."""
    if other.kind not in {
        pdfium_c.FPDF_PAGEOBJ_PATH,
        pdfium_c.FPDF_PAGEOBJ_IMAGE,
        pdfium_c.FPDF_PAGEOBJ_SHADING,
    }:
        return False
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    area = other.box
    if not (area.left <= x <= area.right and area.bottom <= y <= area.top):
        return False
    return other.kind != pdfium_c.FPDF_PAGEOBJ_PATH or min(_fill(other.raw)[:3]) < 250


def _fill(raw: Any) -> tuple[int, int, int, int]:
    """The object's fill colour as red, green, blue and opacity from 0 to 255; black if not known."""
    colour = [ctypes.c_uint() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetFillColor(raw, *colour):
        return 0, 0, 0, 255
    red, green, blue, alpha = (part.value for part in colour)
    return red, green, blue, alpha


def _within(box: Box, limits: tuple[float, ...], slack: float) -> bool:
    """True for a box that the page holds wholly, but for some points."""
    left, bottom, right, top = limits
    across = box.left >= left - slack and box.right <= right + slack
    return across and box.bottom >= bottom - slack and box.top <= top + slack


def _overlaps(box: Box, limits: tuple[float, ...]) -> bool:
    """True for a box of which at least a part is on the page."""
    left, bottom, right, top = limits
    return box.left < right and box.right > left and box.bottom < top and box.top > bottom
