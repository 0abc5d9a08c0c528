"""What a reader meets who is led to a named destination."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperbuild.formats.pdf.reader.blocks import Block, Piece, Pieces
from paperbuild.formats.pdf.reader.objects import Box
from paperbuild.formats.pdf.reader.text import Line, text_of
from paperbuild.formats.pdf.reader.tree import Place

LETTERS = 250
"""How much of the text is told that stands at a destination."""

ABOVE = 4
"""So many points may a line's top stand above a destination that leads to it."""

_FAR = 10_000.0
"""More points than any page is wide."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A line of a block, or its picture."""

    box: Box
    top: float
    block: int
    start: int
    """Its first piece's number among the block's pieces; 0 for a picture."""


def anchor_texts(
    places: Mapping[str, Place], blocks: Sequence[Block], lines: Iterable[Line]
) -> dict[str, str]:
    """For each destination, some 250 letters of what stands there and after it; empty where nothing does."""
    spots = _spots(blocks, lines)
    return {name: _text_at(place, spots, blocks) for name, place in places.items()}


def _text_at(place: Place, spots: Mapping[int, Sequence[_Spot]], blocks: Sequence[Block]) -> str:
    """The text below the place; where the page ends there, the text of the next page."""
    spot = _nearest(place, spots.get(place.page, ()))
    spot = spot or next(iter(spots.get(place.page + 1, ())), None)
    return _text_from(spot.block, spot.start, blocks) if spot else ""


def _spots(blocks: Sequence[Block], lines: Iterable[Line]) -> Mapping[int, Sequence[_Spot]]:
    """What stands on each page, the uppermost first."""
    pages: dict[int, list[_Spot]] = defaultdict(list)
    for line in lines:
        start = _start(line, blocks[line.block])
        pages[line.box.page].append(_Spot(line.box, max(map(_top, line.pieces)), line.block, start))
    for number, block in enumerate(blocks):
        for piece in block.pictures:
            pages[piece.box.page].append(_Spot(piece.box, piece.box.top, number, 0))
    return {page: sorted(spots, key=lambda spot: (-spot.top, spot.box.left)) for page, spots in pages.items()}


def _start(line: Line, block: Block) -> int:
    """The piece from which is read what stands at the line: a table's head is read from its first cell."""
    cells = sum(len(row) for row in block.head or block.body[:1])
    return len(block.pieces) if 0 < line.text <= cells else line.start


def _top(piece: Piece) -> float:
    """The upper edge of a piece; letters reach as high as their font's size says."""
    return piece.box.top if piece.kind else piece.box.baseline + 0.8 * piece.box.size


def _nearest(place: Place, spots: Sequence[_Spot]) -> _Spot | None:
    """What begins at the place or next below it; of two side by side, the nearer one."""
    below = spots[bisect_left(spots, -place.y - ABOVE, key=lambda spot: -spot.top) :]
    if not below:
        return None
    best = first = below[0]
    for spot in below[1:]:
        if first.top - spot.top > first.box.top - first.box.bottom:
            break
        is_beside = spot.box.left >= best.box.right or spot.box.right <= best.box.left
        if is_beside and _aside(spot, place) < _aside(best, place):
            best = spot
    return best


def _aside(spot: _Spot, place: Place) -> float:
    """How far the spot is to the left or right of the place; 0 where the place is within it.

    A place is the left edge of what it leads to, also of a short line on the right of a column: what ends
    before it is farther away than all else.
    """
    before = place.x - spot.box.right
    return before + _FAR if before > ABOVE else max(spot.box.left - place.x, before, 0)


def _text_from(number: int, start: int, blocks: Sequence[Block]) -> str:
    """The text from a block's piece on, over the next blocks; a page's notes are passed over."""
    texts: list[str] = []
    for text in _texts_from(number, start, blocks):
        texts.append(text)
        if sum(map(len, texts)) >= LETTERS:
            break
    return " ".join(texts)[: LETTERS + 50]


def _texts_from(number: int, start: int, blocks: Sequence[Block]) -> Iterator[str]:
    """The texts of the blocks, each without more than is wanted."""
    is_note = blocks[number].kind == "note"
    for block in blocks[number:]:
        if is_note or block.kind != "note":
            text = text_of(_some(block.inner[start:]))
            if text:
                yield text
        start = 0


def _some(pieces: Pieces) -> Pieces:
    """The first pieces, as many as hold the letters that are wanted, and some more."""
    letters = 0
    for end, piece in enumerate(pieces, 1):
        letters += len(piece.text)
        if letters > 2 * LETTERS:
            return pieces[:end]
    return pieces
