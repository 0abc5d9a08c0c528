"""The objects that a page is painted with, and what pdfium says of each."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

TEXT = pdfium_c.FPDF_PAGEOBJ_TEXT
PATH = pdfium_c.FPDF_PAGEOBJ_PATH
IMAGE = pdfium_c.FPDF_PAGEOBJ_IMAGE
SHADING = pdfium_c.FPDF_PAGEOBJ_SHADING
FORM = pdfium_c.FPDF_PAGEOBJ_FORM

DEEPEST_FORM = 8
"""Form XObjects nested deeper than this are not opened."""


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
class Thing:
    """A page object with what every kind of object has."""

    raw: Any
    kind: int
    mcid: int
    box: Box
    in_form: bool = False


Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, from 0 to 255."""


class Probe:
    """Asks pdfium, always through the same buffers: making them costs more than the question."""

    def __init__(self) -> None:
        self._edges = tuple(ctypes.c_float() for _ in range(4))
        self._numbers = tuple(ctypes.c_uint() for _ in range(4))
        self._size = ctypes.c_float()
        self._mode, self._outline = ctypes.c_int(), ctypes.c_int()
        self._matrix = pdfium_c.FS_MATRIX()
        self._letters = (ctypes.c_ushort * 4096)()
        self._fonts: dict[int, str] = {}
        self._pdf: Any = None
        self._page: Any = None

    def things(self, pdf: Any, page: Any, number: int) -> tuple[Thing, ...]:
        """The page's objects in painting order; a form XObject comes before what is in it."""
        self._pdf, self._page = pdf, page
        count = pdfium_c.FPDFPage_CountObjects(page)
        raws = (pdfium_c.FPDFPage_GetObject(page, place) for place in range(count))
        return tuple(thing for raw in raws for thing in self._open(raw, number, -1, ()))

    def _open(self, raw: Any, number: int, mcid: int, forms: tuple[Any, ...]) -> Iterator[Thing]:
        """The object and, in a form XObject, what it holds.

        ``mcid`` is what it stands in, ``forms`` are the matrices of the forms around it, innermost first.
        """
        if not raw:
            return
        kind = pdfium_c.FPDFPageObj_GetType(raw)
        own = pdfium_c.FPDFPageObj_GetMarkedContentID(raw)
        mcid = own if own >= 0 else mcid
        box = self._box(raw, kind, number)
        yield Thing(raw, kind, mcid, _on_page(box, forms) if forms else box, bool(forms))
        if kind == FORM and len(forms) < DEEPEST_FORM:
            matrix = pdfium_c.FS_MATRIX()
            pdfium_c.FPDFPageObj_GetMatrix(raw, matrix)
            for place in range(max(0, pdfium_c.FPDFFormObj_CountObjects(raw))):
                yield from self._open(
                    pdfium_c.FPDFFormObj_GetObject(raw, place), number, mcid, (matrix, *forms)
                )

    def _box(self, raw: Any, kind: int, number: int) -> Box:
        """Where the object stands."""
        pdfium_c.FPDFPageObj_GetBounds(raw, *self._edges)
        left, bottom, right, top = (edge.value for edge in self._edges)
        if kind != TEXT:
            return Box(number, left, bottom, right, top, bottom, top - bottom)
        matrix, size = self._matrix, self._size
        pdfium_c.FPDFPageObj_GetMatrix(raw, matrix)
        pdfium_c.FPDFTextObj_GetFontSize(raw, size)
        height = abs(size.value) * max(abs(matrix.c), abs(matrix.d))
        return Box(number, left, bottom, right, top, matrix.f, height or top - bottom)

    def text(self, raw: Any, textpage: Any) -> str:
        """The object's text."""
        letters = self._letters
        length = pdfium_c.FPDFTextObj_GetText(raw, textpage.raw, letters, ctypes.sizeof(letters))
        if length > ctypes.sizeof(letters):
            letters = (ctypes.c_ushort * (length // 2 + 1))()
            length = pdfium_c.FPDFTextObj_GetText(raw, textpage.raw, letters, ctypes.sizeof(letters))
        text = ctypes.string_at(letters, max(0, length - 2)).decode("utf-16-le", errors="replace")
        return mended(text)

    def unembedded(self, raw: Any) -> str:
        """The name of the object's font where the file does not hold it, else an empty text."""
        font = pdfium_c.FPDFTextObj_GetFont(raw)
        if not font:
            return ""
        address = ctypes.addressof(font.contents)
        if address not in self._fonts:
            whole = pdfium_c.FPDFFont_GetIsEmbedded(font) == 1
            name = ctypes.create_string_buffer(256)
            pdfium_c.FPDFFont_GetBaseFontName(font, name, 256)
            self._fonts[address] = "" if whole else name.value.decode("utf-8", errors="replace") or "?"
        return self._fonts[address]

    def text_mode(self, raw: Any) -> int:
        """The text render mode (ISO 32000-2, 9.3.6)."""
        return int(pdfium_c.FPDFTextObj_GetTextRenderMode(raw))

    def fill(self, raw: Any) -> Colour:
        """The object's fill colour; black if not known."""
        return self._colour(pdfium_c.FPDFPageObj_GetFillColor(raw, *self._numbers))

    def stroke(self, raw: Any) -> Colour:
        """The colour of the object's outline; black if not known."""
        return self._colour(pdfium_c.FPDFPageObj_GetStrokeColor(raw, *self._numbers))

    def _colour(self, known: int) -> Colour:
        if not known:
            return 0, 0, 0, 255
        red, green, blue, alpha = (number.value for number in self._numbers)
        return red, green, blue, alpha

    def painted(self, raw: Any) -> tuple[bool, bool]:
        """Whether a path's inside is painted, and whether its outline is."""
        known = pdfium_c.FPDFPath_GetDrawMode(raw, self._mode, self._outline)
        is_filled = self._mode.value != pdfium_c.FPDF_FILLMODE_NONE
        return (is_filled, self._outline.value != 0) if known else (True, True)

    def is_rectangle(self, raw: Any) -> bool:
        """True for a path that is one rectangle."""
        count = pdfium_c.FPDFPath_CountSegments(raw)
        if not 4 <= count <= 6:
            return False
        segments = (pdfium_c.FPDFPath_GetPathSegment(raw, place) for place in range(count))
        points = {self._point(segment) for segment in segments}
        return len(points) == 4 and len({x for x, _ in points}) == 2 and len({y for _, y in points}) == 2

    def _point(self, segment: Any) -> tuple[float, float]:
        x, y = self._edges[:2]
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        return round(x.value, 2), round(y.value, 2)

    def sides(self, raw: Any) -> tuple[float, float]:
        """How wide and how high a picture is drawn, in points."""
        m = self._matrix
        pdfium_c.FPDFPageObj_GetMatrix(raw, m)
        return math.hypot(m.a, m.b), math.hypot(m.c, m.d)

    def drawn(self, raw: Any) -> Any:
        """A picture as it is drawn, its mask applied: a Pillow image, None where it cannot be had."""
        bitmap = pdfium_c.FPDFImageObj_GetRenderedBitmap(self._pdf, self._page, raw)
        return pdfium.PdfBitmap.from_raw(bitmap).to_pil() if bitmap else None

    def clips(self, raw: Any) -> Iterator[Box]:
        """The frames of the paths outside of which nothing of the object is painted."""
        clip = pdfium_c.FPDFPageObj_GetClipPath(raw)
        for path in range(max(0, pdfium_c.FPDFClipPath_CountPaths(clip)) if clip else 0):
            count = pdfium_c.FPDFClipPath_CountPathSegments(clip, path)
            segments = (pdfium_c.FPDFClipPath_GetPathSegment(clip, path, place) for place in range(count))
            points = [self._point(segment) for segment in segments if segment]
            if points:
                across, up = [x for x, _ in points], [y for _, y in points]
                yield Box(0, min(across), min(up), max(across), max(up), min(up), max(up) - min(up))


def mended(text: str) -> str:
    """A text without pdfium's marks: that for a hyphen at the line's end becomes the hyphen again."""
    return text.replace("\x02", "-").replace("\ufffe", "-").replace("\0", "")


def around(boxes: Iterable[Box]) -> Box:
    """The place of several things; the page is that of the first."""
    boxes = tuple(boxes)
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    bottom, top = min(box.bottom for box in boxes), max(box.top for box in boxes)
    return Box(boxes[0].page, left, bottom, right, top, bottom, top - bottom)


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
