"""Reads the sheets back that two pages each were put on for printing, and holds them against the pages."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from paperbuild.model import Finding

_SLACK = 2.0
"""Points by which a page may reach over the middle or the edge of its sheet."""

Area = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page holds, or a half of a sheet; an empty half nothing."""

    letters: str = ""
    """The letters and digits of its text, sorted: lines are not found in the same order at another size."""
    parts: int = 0
    """Of how many texts, pictures, paths and groups of them it is made."""


def faults(name: str, data: bytes, whole: bytes) -> Iterator[Finding]:
    """Errors for pages of a PDF, ``whole``, that are not in their places in the file of this name, and for
    what is there besides. A booklet is read as if its sheets were folded, any other file side after side."""
    sheets, pages = pdfium.PdfDocument(data), pdfium.PdfDocument(whole)
    try:
        rtl = _is_rtl(data)
        promised = [_page(page) for page in pages]
        sides = [_halves(page, rtl=rtl) for page in sheets]
        yield from _unfit(name, sheets)
    finally:
        sheets.close()
        pages.close()
    if ".booklet" in name and len(sides) % 2:
        yield _error(f"{name} has a sheet with one side: {len(sides)} sides")
        return
    read = _folded(sides) if ".booklet" in name else [half for side in sides for half in side]
    wrong = [
        number
        for number, page in enumerate(promised, start=1)
        if number > len(read) or read[number - 1] != page
    ]
    if wrong:
        numbers = ", ".join(map(str, wrong))
        yield _error(f"not in its place in {name}: page {numbers}")
    if any(half != Shown() for half in read[len(promised) :]):
        yield _error(f"{name} shows more than the {len(promised)} pages")


def _folded(sides: Sequence[tuple[Shown, Shown]]) -> list[Shown]:
    """What is met leaf by leaf in sheets that lie in one another: there by the second half of each outer side
    and the first of each inner one, back by their other halves."""
    there, back = [], []
    for outer, inner in zip(sides[::2], sides[1::2], strict=True):
        there += [outer[1], inner[0]]
        back += [outer[0], inner[1]]
    return there + back[::-1]


def _is_rtl(data: bytes) -> bool:
    """True where the file says that it is bound on the right (ISO 32000-1, table 150)."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        wishes = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
        return str(wishes.get("/Direction", "")) == "/R2L"


def _page(page: pdfium.PdfPage) -> Shown:
    """What a page holds."""
    text = page.get_textpage()
    return Shown(_letters(text.get_text_range()), raw.FPDFPage_CountObjects(page))


def _halves(page: pdfium.PdfPage, *, rtl: bool) -> tuple[Shown, Shown]:
    """What the two halves of a sheet's side hold, in the order of reading."""
    text = page.get_textpage()
    first, second = (
        Shown(
            _letters(text.get_text_bounded(*area)),
            sum(
                raw.FPDFFormObj_CountObjects(each)
                for each in _groups(page)
                if _is_in(each.get_bounds(), area)
            ),
        )
        for area in _areas(page)
    )
    return (second, first) if rtl and page.get_width() > page.get_height() else (first, second)


def _areas(page: pdfium.PdfPage) -> tuple[Area, Area]:
    """The halves of a sheet: left and right, or above and below where it stands upright."""
    width, height = page.get_size()
    if height > width:
        return (0, height / 2, width, height), (0, 0, width, height / 2)
    return (0, 0, width / 2, height), (width / 2, 0, width, height)


def _groups(page: pdfium.PdfPage) -> list[pdfium.PdfObject]:
    """What each page became on its sheet: a form (ISO 32000-1, 8.10)."""
    return list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_FORM], max_depth=1))


def _is_in(bounds: Area, area: Area) -> bool:
    """True where the middle of the bounds lies in the area."""
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _unfit(name: str, sheets: pdfium.PdfDocument) -> Iterator[Finding]:
    """An error for each page that reaches over its half of a sheet."""
    for number, page in enumerate(sheets, start=1):
        for group in _groups(page):
            bounds = group.get_bounds()
            area = next((one for one in _areas(page) if _is_in(bounds, one)), None)
            if area is None or not _holds(area, bounds):
                yield _error(f"a page reaches over its half of sheet side {number} in {name}")


def _holds(area: Area, bounds: Area) -> bool:
    across = bounds[0] >= area[0] - _SLACK and bounds[2] <= area[2] + _SLACK
    return across and bounds[1] >= area[1] - _SLACK and bounds[3] <= area[3] + _SLACK


def _letters(text: str) -> str:
    return "".join(sorted(letter for letter in text if letter.isalnum()))


def _error(said: str) -> Finding:
    return Finding("error", "sheets", said, hint="export it anew", format="pdf", stage="write")
