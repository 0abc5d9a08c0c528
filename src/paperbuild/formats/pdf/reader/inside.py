"""Where text stands within its block, against the order in which it is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from paperbuild import lens
from paperbuild.formats.pdf.reader.blocks import Block, Cell, Piece, Pieces, Rows
from paperbuild.formats.pdf.reader.objects import around
from paperbuild.formats.pdf.reader.text import Line

FAR = 2.5
"""So many times the size of letters may something stand above or below the words beside it."""
BESIDE = 1.5
"""So many times the size of letters may a mark stand beside what it follows, or what follows it."""
WORDS = frozenset({"", "mark"})
"""The kinds of pieces that stand on the line."""


@dataclass(frozen=True, slots=True)
class Stray:
    """Text that stands elsewhere in its block than its order says."""

    block: int
    pieces: Pieces


def inner_strays(blocks: Sequence[Block], lines: Iterable[Line]) -> Iterator[Stray]:
    """What stands elsewhere within a block than its order says: a line, a word, a note's mark, a cell."""
    has_both = any(lens.reordered(piece.text) for block in blocks for piece in block.inner)
    for (number, _), group in groupby(lines, key=lambda line: (line.block, line.text)):
        text = [line for line in group if any(piece.kind in WORDS for piece in line.pieces)]
        is_left = has_both and _goes_left(text)
        found = _odd_line(text) or (() if is_left else _odd_in_line(text))
        if found:
            yield Stray(number, found)
    for number, block in enumerate(blocks):
        for cell in _odd_cells(block) if block.rows else ():
            yield Stray(number, cell.pieces)
        for pieces in block.texts:
            yield from (Stray(number, (piece,)) for piece in _far_off(pieces))


def _far_off(pieces: Pieces) -> Iterator[Piece]:
    """What stands in the line (a mark, an equation) and is far from the words before and after it."""
    for place, piece in enumerate(pieces):
        if not piece.kind:
            continue
        near = [pieces[n] for n in (place - 1, place + 1) if 0 <= n < len(pieces)]
        if any(lens.reordered(other.text) for other in near):
            # its words come in the order of their places on the line, so that others are beside it
            near = [other for other in pieces if other is not piece and not other.kind] or near
        here = [other for other in near if other.box.page == piece.box.page]
        is_far = _is_off_line if piece.kind == "mark" else _is_far
        far = all(is_far(piece, other) for other in here)
        elsewhere = len(near) == 2 and near[0].box.page == near[1].box.page
        if far if here else elsewhere:
            yield piece


def _is_far(piece: Piece, other: Piece) -> bool:
    return _apart(piece, other) > FAR * max(other.box.size, 6)


def _is_off_line(mark: Piece, other: Piece) -> bool:
    """True for a mark that is not beside the other piece in its line."""
    across = max(mark.box.left - other.box.right, other.box.left - mark.box.right, 0)
    return _apart(mark, other) > 0.3 * other.box.size or across > BESIDE * other.box.size


def _apart(one: Piece, other: Piece) -> float:
    """How much room is between two pieces, up or down."""
    return max(one.box.bottom - other.box.top, other.box.bottom - one.box.top, 0)


def _odd_line(lines: Sequence[Line]) -> Pieces:
    """The first line that stands above one that comes before it; none where all is well."""
    for column in _columns(lines) if len(lines) > 1 else ():
        slack = 0.9 * max(piece.box.size for line in column for piece in line.pieces if piece.kind in WORDS)
        for place in _unsorted([-_baseline(line) for line in column], -slack):
            return column[place].pieces
    return ()


def _baseline(line: Line) -> float:
    """The line on which the letters stand."""
    return next(piece.box.baseline for piece in line.pieces if piece.kind in WORDS)


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines in groups of those on one page and in one column."""
    column: list[Line] = []
    left = right = 0.0
    for line in lines:
        box = line.box
        is_next = bool(column) and (
            box.page != column[-1].box.page
            or ((box.left >= right or box.right <= left) and _baseline(line) > _baseline(column[-1]))
        )
        if is_next:
            yield column
        if is_next or not column:
            column, left, right = [], box.left, box.right
        column.append(line)
        left, right = min(left, box.left), max(right, box.right)
    if column:
        yield column


def _goes_left(lines: Sequence[Line]) -> bool:
    """True for text that is read from right to left: by its letters, or because most of it stands so."""
    if any(lens.reordered(piece.text) for line in lines for piece in line.pieces):
        return True
    words = [[piece for piece in line.pieces if piece.kind != "mark"] for line in lines]
    pairs = [pair for pieces in words for pair in pairwise(pieces)]
    return 2 * sum(later.box.left < earlier.box.left for earlier, later in pairs) >= len(pairs)


def _odd_in_line(lines: Sequence[Line]) -> Pieces:
    """The first piece that does not stand after what comes before it in its line.

    What the text begins with may stand elsewhere, as an equation's number does.
    """
    for line in lines:
        words = [piece for piece in line.pieces if piece.kind in WORDS]
        for before, piece in pairwise(words):
            slack = 0.6 * max(piece.box.size, before.box.size)
            if piece.box.left < before.box.right - slack and before is not lines[0].pieces[0]:
                return (min(before, piece, key=lambda one: len(one.text)),)
    return ()


def _odd_cells(block: Block) -> Iterator[Cell]:
    """The cells that do not stand below those above them, or beside those before them."""
    across: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    down: dict[tuple[int, int, int], list[Cell]] = defaultdict(list)
    for row, column, part, cell in _in_parts(block.rows):
        across[_page(cell), row].append(cell)
        down[_page(cell), part, column].append(cell)
    steps = [
        1 if _left(later) > _left(earlier) else -1
        for cells in across.values()
        for earlier, later in pairwise(cells)
    ]
    side = 1 if sum(steps) > 0 else -1
    for cells in across.values() if len(steps) > 2 else ():
        yield from (cells[place] for place in _unsorted([side * _left(cell) for cell in cells], 1))
    for cells in down.values():
        yield from (cells[place] for place in _unsorted([-cell.pieces[0].box.baseline for cell in cells], 1))


def _in_parts(rows: Rows) -> Iterator[tuple[int, int, int, Cell]]:
    """The cells that hold something, with their rows and columns, and the number of the part of the table
    that they stand in: another one for each column of the page."""
    part, before = 0, list[Cell]()
    for row, group in groupby(_grid(rows), key=itemgetter(0)):
        cells = [(column, cell) for _, column, cell in group if cell.pieces]
        here = [cell for _, cell in cells]
        part += _is_elsewhere(before, here)
        before = here or before
        yield from ((row, column, part, cell) for column, cell in cells)


def _is_elsewhere(before: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """True for a row that stands in another column of the page than the row before, and higher."""
    if not before or not cells or _page(before[0]) != _page(cells[0]):
        return False
    upper, lower = (around(piece.box for cell in row for piece in cell.pieces[:1]) for row in (before, cells))
    return lower.bottom > upper.top and (lower.left >= upper.right or lower.right <= upper.left)


def _page(cell: Cell) -> int:
    return cell.pieces[0].box.page


def _left(cell: Cell) -> float:
    return min(piece.box.left for piece in cell.pieces if piece.box.page == _page(cell))


def _grid(rows: Rows) -> Iterator[tuple[int, int, Cell]]:
    """The cells with their rows and columns."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            wide, high = cell.span
            taken.update((row + down, column + right) for down in range(1, high) for right in range(wide))
            column += wide


def _unsorted(values: Sequence[float], step: float) -> list[int]:
    """The places of the values without which each is greater than the one before by at least ``step``."""
    if all(later >= earlier + step for earlier, later in pairwise(values)):
        return []
    best: list[tuple[int, int]] = []
    for place, value in enumerate(values):
        fitting = ((best[other][0], other) for other in range(place) if value >= values[other] + step)
        length, before = max(fitting, default=(0, -1))
        best.append((length + 1, before))
    place = max(range(len(best)), key=lambda number: best[number][0])
    kept = set()
    while place >= 0:
        kept.add(place)
        place = best[place][1]
    return [place for place in range(len(values)) if place not in kept]
