"""The text of pieces: lines put together again as a reader reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paperbuild.formats.pdf.reader.blocks import HYPHEN, Block, Piece, Pieces, Rows
from paperbuild.formats.pdf.reader.objects import Box, around

WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
)
"""Letters and signs between which a line break stands for no space."""


def text_of(pieces: Iterable[Piece], line_break: str = " ") -> str:
    """The pieces as one text: without the hyphens of hyphenation, and with a space or
    ``line_break`` where a line ended.
    """
    text, before = "", None
    for piece in pieces:
        if piece.text:
            text = piece.text if before is None else _append(text, before, piece, line_break)
            before = piece
    if line_break == "\n":
        return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    return " ".join(text.split())


def _append(text: str, before: Piece, piece: Piece, line_break: str) -> str:
    """The text with one more piece."""
    if not is_new_line(before, piece):
        gap = max(piece.box.left - before.box.right, before.box.left - piece.box.right)
        is_wide = (piece.kind or before.kind) and gap > 0.18 * max(piece.box.size, before.box.size)
        text = text.rstrip(" ") if piece.text[:1] == " " else text
        # pdfium leaves out the second of two spaces though a picture stands between them
        is_after = before.kind and text[-2:-1] == " " and piece.text[:1].isalnum()
        return f"{text} {piece.text}" if is_wide or is_after else text + piece.text
    end = text.rstrip()
    if end.endswith(HYPHEN) and not before.kind:
        return end[:-1] + piece.text.lstrip()
    if line_break == " " and (end.endswith("-") or (WIDE.match(end[-1:]) and WIDE.match(piece.text))):
        return end + piece.text
    return text + line_break + piece.text


def is_new_line(before: Piece, piece: Piece) -> bool:
    """True where the second piece stands on another line (superscripts stand on the same)."""
    size = max(before.box.size if not before.kind else 0, piece.box.size if not piece.kind else 0)
    apart = abs(before.box.baseline - piece.box.baseline)
    return before.box.page != piece.box.page or apart > 0.7 * (size or 10)


def lines_of(pieces: Iterable[Piece]) -> Iterator[Pieces]:
    """The pieces in groups, one for each line."""
    line: list[Piece] = []
    for piece in pieces:
        if line and is_new_line(line[-1], piece):
            yield tuple(line)
            line = []
        line.append(piece)
    if line:
        yield tuple(line)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block's text."""

    block: int
    """The block's number."""
    start: int
    """The number of the line's first piece among all pieces of the block."""
    text: int
    """Which of the block's texts it is a line of: 0 for its own, then one for each cell."""
    pieces: Pieces
    box: Box


def lines_on_pages(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """All lines of the blocks, in reading order."""
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        start = 0
        for text, pieces in enumerate(block.texts):
            for line in lines_of(pieces):
                lines.append(Line(number, start, text, line, around([piece.box for piece in line])))
                start += len(line)
    return tuple(lines)


def cells_of(rows: Rows) -> tuple[tuple[str, ...], ...]:
    """The texts of the cells."""
    return tuple(tuple(text_of(cell.pieces) for cell in row) for row in rows)
