"""Where the text stands on its page, against the order in which it is read."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from paperbuild.formats.pdf.reader.blocks import Block
from paperbuild.formats.pdf.reader.objects import Box, around
from paperbuild.formats.pdf.reader.pages import Page, Run
from paperbuild.formats.pdf.reader.text import Line

WIDER = 1.5
"""A figure or table so many times wider than a column may stand over or under all columns of its page."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a block stands on one page, in one column."""

    block: int
    box: Box


def strays(blocks: Sequence[Block], lines: Iterable[Line]) -> Iterator[tuple[int, int]]:
    """The blocks that stand elsewhere on a page than their order says, each with the page.

    A block is out of order where it follows another one but stands above it. Of those that are at odds, the
    ones go that are at odds with most, until none is.
    """
    for (page, _), parts in sorted(_parts(blocks, lines).items()):
        yield from ((block, page) for block in _odd(parts, blocks))


def misplaced_pages(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The pages that are not where their text is read, each with the first block that says so.

    The most blocks that can be read page after page are in order; the pages of the others are not.
    """
    read = [(number, block.pages[0]) for number, block in enumerate(blocks) if block.kind != "note"]
    lasts: list[int] = []
    before: dict[int, int] = {}
    for place, (_, page) in enumerate(read):
        at = bisect_right(lasts, page, key=lambda one: read[one][1])
        before[place] = lasts[at - 1] if at else -1
        lasts[at : at + 1] = [place]
    kept = set()
    place = lasts[-1] if lasts else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    odd: dict[int, int] = {}
    for place, (number, page) in enumerate(read):
        if place not in kept:
            odd.setdefault(page, number)
    yield from sorted(odd.items())


def _parts(blocks: Sequence[Block], lines: Iterable[Line]) -> dict[tuple[int, bool], list[_Part]]:
    """The parts of the blocks on each page, in reading order: those of its notes, and of all else."""
    boxes: dict[tuple[int, int, int], list[Box]] = defaultdict(list)
    column = 0
    before: Line | None = None
    for line in lines:
        if before and before.block == line.block and not blocks[line.block].rows:
            column += _is_elsewhere(before.box, line.box)
        boxes[line.block, line.box.page, column].append(line.box)
        before = line
    for number, block in enumerate(blocks):
        for piece in block.pictures:
            place = next((key for key in boxes if key[:2] == (number, piece.box.page)), None)
            boxes[place or (number, piece.box.page, 0)].append(piece.box)
    pages: dict[tuple[int, bool], list[_Part]] = defaultdict(list)
    for (number, page, _), found in sorted(boxes.items()):
        pages[page, blocks[number].kind == "note"].append(_Part(number, around(found)))
    return pages


def _is_elsewhere(before: Box, box: Box) -> bool:
    """True for a line that stands in another column of the page than the line before, and higher."""
    is_beside = box.left >= before.right or box.right <= before.left
    return box.page == before.page and is_beside and box.bottom > before.top


def _odd(parts: Sequence[_Part], blocks: Sequence[Block]) -> list[int]:
    """The blocks without which the others of the page stand in order."""
    at_odds: dict[int, set[int]] = defaultdict(set)
    for later, part in enumerate(parts):
        for earlier in range(later):
            before = parts[earlier]
            if (
                part.block != before.block
                and part.box.bottom >= before.box.top - 1
                and _over(part, before)
                and not _floats(part, before, parts, blocks)
            ):
                at_odds[earlier].add(later)
                at_odds[later].add(earlier)
    odd = []
    while at_odds:
        worst = max(at_odds, key=lambda place: (len(at_odds[place]), place))
        odd.append(parts[worst].block)
        for other in at_odds.pop(worst):
            at_odds[other].discard(worst)
            if not at_odds[other]:
                del at_odds[other]
    return sorted(odd)


def _over(one: _Part, other: _Part) -> bool:
    """True for two boxes of which the narrower lies by half over or under the other."""
    shared = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    return shared > 0 and shared >= 0.5 * min(_width(one), _width(other))


def _width(part: _Part) -> float:
    return part.box.right - part.box.left


def _floats(later: _Part, earlier: _Part, parts: Sequence[_Part], blocks: Sequence[Block]) -> bool:
    """True where one of the two is a figure or table over several columns, at the page's head or foot."""
    for part, other in ((later, earlier), (earlier, later)):
        if blocks[part.block].kind in {"figure", "table"} and _width(part) > WIDER * _width(other):
            rest = [one.box for one in parts if one is not part]
            if all(box.top <= part.box.top for box in rest) or all(
                box.bottom >= part.box.bottom for box in rest
            ):
                return True
    return False


def overprints(lines: Iterable[Line]) -> Iterator[tuple[Line, Line]]:
    """Pairs of lines of different blocks that are printed over each other; one for two blocks."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if not all(piece.kind for piece in line.pieces):
            pages[line.box.page].append(line)
    seen = set()
    for found in pages.values():
        for one, other in _overlaps(sorted(found, key=lambda line: line.box.bottom)):
            if (one.block, other.block) not in seen:
                seen.add((one.block, other.block))
                yield one, other


def printed_on(pages: Iterable[Page], lines: Iterable[Line]) -> Iterator[tuple[Run, Line]]:
    """Text in no tag, as that of headers and numbers of lines, that stands on a line of the paper's text; the
    first such line for each."""
    on_page: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if not all(piece.kind for piece in line.pieces):
            on_page[line.box.page].append(line)
    for page in pages:
        for run in page.tagged.get(-1, ()):
            under = [line for line in on_page[page.number] if _shared(run.box, _words(line)) > 0.5]
            yield from ((run, line) for line in under[:1])


def _overlaps(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Two lines of different blocks each, of which the smaller lies by more than half over the other."""
    for place, line in enumerate(lines):
        for other in lines[place + 1 :]:
            if other.box.bottom >= line.box.top:
                break
            if other.block != line.block and _shared(_words(line), _words(other)) > 0.5:
                yield (line, other) if line.block < other.block else (other, line)


def _words(line: Line) -> Box:
    """The place of the line's words."""
    return around(piece.box for piece in line.pieces if not piece.kind)


def _shared(one: Box, other: Box) -> float:
    """Which part of the smaller box lies within the larger one."""
    across = min(one.right, other.right) - max(one.left, other.left)
    up = min(one.top, other.top) - max(one.bottom, other.bottom)
    smaller = min((box.right - box.left) * (box.top - box.bottom) for box in (one, other))
    return across * up / smaller if across > 0 and up > 0 and smaller > 0 else 0
