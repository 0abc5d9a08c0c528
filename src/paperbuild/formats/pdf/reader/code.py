"""Code with its spaces: where each letter stands tells how many there are before it.

pdfium gives any number of spaces back as one. In a font whose letters are all as wide as each other, their
places say more; where they do not, the text stays as it is.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from paperbuild.formats.pdf.reader.blocks import Block, Piece, Pieces
from paperbuild.formats.pdf.reader.objects import Box, around, mended
from paperbuild.formats.pdf.reader.text import lines_of, text_of

OFF = 0.2
"""A letter may stand so many letters' widths beside its column."""


NARROW, WIDE = 0.4, 0.75
"""A letter of such a font is not narrower and not wider than so many font sizes."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter and where it begins."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of code."""

    box: Box
    letters: tuple[_Letter, ...]
    """From left to right, without spaces; none where they are others than those of its text."""
    left: float
    """Where its first letter begins."""
    words: str
    """Its text, each of its spaces as one."""


def with_spaces(blocks: Sequence[Block], pdf: pdfium.PdfDocument) -> tuple[Block, ...]:
    """The blocks, those of code with all their spaces. An indentation that a whole block has is not known."""
    pages = {
        page for block in blocks if block.kind == "code" for page in range(block.pages[0], block.pages[1] + 1)
    }
    found = {page: tuple(_letters(pdf, page)) for page in sorted(pages)}
    lines = {
        number: [_line(line, found) for line in lines_of(block.pieces)]
        for number, block in enumerate(blocks)
        if block.kind == "code"
    }
    widths = {round(one[0].box.size, 1): width for one in lines.values() if (width := _width(one))}
    result: list[Block] = []
    left, before = None, None
    for number, block in enumerate(blocks):
        pieces = block.pieces
        if number in lines:
            code = lines[number]
            left = left if before and _goes_on(before, block) else None
            spaced, left = _spaced(code, left, widths.get(round(code[0].box.size, 1), 0.0))
            pieces = spaced or pieces
        before = block if block.kind != "note" else before
        result.append(replace(block, pieces=pieces))
    return tuple(result)


def _goes_on(before: Block, block: Block) -> bool:
    """True for code that may be the rest of a block that a page break parts."""
    return before.kind == "code" and before.path == block.path and block.pages[0] == before.pages[1] + 1


def _parts(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines in groups of those on one page and in one column."""
    part: list[_Line] = []
    for line in lines:
        if part and (line.box.page != part[-1].box.page or line.box.bottom > part[-1].box.top):
            yield part
            part = []
        part.append(line)
    yield part


def _letters(pdf: pdfium.PdfDocument, number: int) -> Iterator[_Letter]:
    """All letters of a page."""
    page = pdf[number]
    textpage = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    try:
        for place in range(textpage.count_chars()):
            letter = mended(chr(pdfium_c.FPDFText_GetUnicode(textpage.raw, place)))
            if letter.strip() and pdfium_c.FPDFText_GetCharOrigin(textpage.raw, place, x, y):
                yield _Letter(letter, x.value, y.value)
    finally:
        textpage.close()
        page.close()


def _line(pieces: Pieces, found: dict[int, tuple[_Letter, ...]]) -> _Line:
    """The line that the pieces are."""
    first = pieces[0].box
    box = replace(around(piece.box for piece in pieces), baseline=first.baseline, size=first.size)
    here = sorted(
        (
            letter
            for letter in found[box.page]
            if abs(letter.y - box.baseline) < 0.3 * box.size and box.left - box.size < letter.x < box.right
        ),
        key=lambda letter: letter.x,
    )
    text = "".join("".join(piece.text for piece in pieces).split())
    same = text == "".join(letter.text for letter in here)
    left = here[0].x if here else box.left
    return _Line(box, tuple(here) if same else (), left, text_of(pieces))


def _width(lines: Sequence[_Line]) -> float:
    """The width of a letter and of a space; 0 where it isn't certain."""
    size = max(line.box.size for line in lines)
    steps = [later.x - earlier.x for line in lines for earlier, later in pairwise(line.letters)]
    narrowest = min((step for step in steps if step > NARROW * size), default=0.0)
    if not narrowest or narrowest > WIDE * size:
        return 0
    return fmean(step for step in steps if abs(step - narrowest) < 0.05 * narrowest)


def _spaced(lines: Sequence[_Line], left: float | None, width: float) -> tuple[Pieces, float]:
    """The lines with all their spaces, each in one piece, none where no letter's width is certain; and where
    the last of them begin that have no indentation.

    ``left`` is where those of the page before begin whose code goes on here. On a page, lines may begin where
    those of the page before do, or in a column of their own.
    """
    pieces: list[Piece] = []
    page = None
    for part in _parts(lines):
        edge = min(line.left for line in part)
        left = edge if left is None or part[0].box.page == page else min(left, edge)
        page = part[0].box.page
        pieces += [Piece(_text(line, left, width), line.box) for line in part] if width else []
    return tuple(pieces), left or 0.0


def _text(line: _Line, left: float, width: float) -> str:
    """The line's text: its letters by their columns; else its indentation, and its words as they came."""
    text = ""
    for letter in line.letters:
        column = (letter.x - left) / width
        if abs(column - round(column)) > OFF or round(column) < len(text):
            break
        text = text.ljust(round(column)) + letter.text
    else:
        if line.letters:
            return text
    return " " * max(round((line.left - left) / width), 0) + line.words
