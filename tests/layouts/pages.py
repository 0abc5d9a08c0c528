"""A PDF's lines with their places and fonts, read by pypdfium2: it knows nothing of paperbuild."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

_RAISED = 8.0
"""Points by which a sign may stand above or below the baseline of its line."""


@dataclass(frozen=True)
class Sign:
    """A character: where its baseline begins, in points from the page's upper left corner."""

    text: str
    x: float
    end: float
    y: float
    size: float
    font: str


@dataclass(frozen=True)
class Line:
    """Signs on one baseline."""

    page: int
    """From 1."""
    signs: tuple[Sign, ...]
    width: float
    """Of the page."""

    @cached_property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs).strip()

    @cached_property
    def shown(self) -> list[Sign]:
        return [sign for sign in self.signs if not sign.text.isspace()]

    @property
    def x(self) -> float:
        return self.shown[0].x

    @property
    def end(self) -> float:
        return self.shown[-1].end

    @property
    def y(self) -> float:
        return Counter(sign.y for sign in self.shown).most_common(1)[0][0]

    @property
    def size(self) -> float:
        return Counter(round(sign.size, 1) for sign in self.shown).most_common(1)[0][0]

    @property
    def off_centre(self) -> float:
        """Points between its middle and the page's."""
        return abs((self.x + self.end) / 2 - self.width / 2)

    def look(self, words: str = "") -> str:
        """``bold``, ``italic``, ``bold italic`` or ``plain``: of these words, or of all; ``mixed`` if they
        differ."""
        at = self.text.index(words) if words else 0
        signs = [*self.signs][at : at + len(words)] if words else self.shown
        looks = {_look(sign.font) for sign in signs if not sign.text.isspace()}
        return looks.pop() if len(looks) == 1 else "mixed"


def _look(font: str) -> str:
    return " ".join(word for word in ("bold", "italic") if word in font.lower()) or "plain"


class Pages:
    """A PDF, opened."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pypdfium2.PdfDocument(data)
        self.sizes = [page.get_size() for page in self.pdf]
        self.lines = [line for number in range(len(self.pdf)) for line in self._lines(number)]

    def __len__(self) -> int:
        return len(self.sizes)

    def find(self, start: str, page: int = 0) -> Line:
        """The first line that begins so, on this page or any."""
        return next(
            line for line in self.lines if line.text.startswith(start) and page in {0, line.page}
        )  # fmt: skip

    @cached_property
    def _list(self) -> Line:
        titles = {"References", "Works Cited", "Bibliography"}
        return next(line for line in self.lines if line.text in titles)

    @property
    def list_title(self) -> str:
        """What the reference list is called."""
        return self._list.text

    @property
    def list_page(self) -> int:
        """The page on which it begins."""
        return self._list.page

    def after(self, line: Line, number: int = 1) -> Line:
        """The line so many lines below, or above."""
        return self.lines[self.lines.index(line) + number]

    def on(self, page: int) -> list[Line]:
        """The lines of a page, those of its header left out."""
        return [line for line in self.lines if line.page == page and line.y > 66]

    def headers(self) -> list[str]:
        """The header of each page, its parts with a space between."""
        return [
            " ".join(line.text for line in self.lines if line.page == number and line.y <= 66)
            for number in range(1, len(self) + 1)
        ]

    def objects(self, page: int, kind: int) -> list[tuple[float, float, float, float]]:
        """Left, top, right and bottom of a page's pictures (3) or lines and areas (2)."""
        height = self.sizes[page - 1][1]
        found = []
        for one in self.pdf[page - 1].get_objects(filter=[kind]):
            left, bottom, right, top = one.get_bounds()
            found.append((left, height - top, right, height - bottom))
        return found

    def _lines(self, number: int) -> Iterator[Line]:
        signs: list[Sign] = []
        width = self.sizes[number][0]
        for sign in _signs(self.pdf[number]):
            if signs and not _beside(signs, sign):
                yield Line(number + 1, tuple(signs), width)
                signs = []
            if signs or not sign.text.isspace():
                signs.append(sign)
        if signs:
            yield Line(number + 1, tuple(signs), width)


def _beside(signs: list[Sign], sign: Sign) -> bool:
    if sign.text.isspace():
        return True
    last = next(one for one in reversed(signs) if not one.text.isspace())
    return abs(last.y - sign.y) < _RAISED and sign.x >= last.x - 1


def _signs(page: pypdfium2.PdfPage) -> Iterator[Sign]:
    height, text = page.get_height(), page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    name, flags, matrix = ctypes.create_string_buffer(200), ctypes.c_int(), pdfium.FS_MATRIX()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in {10, 13}:
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetFontInfo(text, index, name, 200, flags)
        right = text.get_charbox(index, loose=True)[2]
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        size = pdfium.FPDFText_GetFontSize(text, index) * matrix.a
        yield Sign(chr(code), x.value, right, round(height - y.value, 2), size, name.value.decode())
