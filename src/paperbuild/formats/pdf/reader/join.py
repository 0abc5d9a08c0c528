"""What a page break has made two is put together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from paperbuild.formats.pdf.reader.blocks import HYPHEN, Block, Pieces, Rows, contents
from paperbuild.formats.pdf.reader.text import cells_of, text_of
from paperbuild.formats.pdf.reader.tree import Element

SENTENCE_ENDS = re.compile(r"""[.!?:;…。！？：\uFFFC][\])»”’"']*$""")
"""A text that ends so may be whole; an equation or a picture counts as an end."""


def is_whole(root: Element) -> bool:
    """True for a tree whose writer knew that what goes on over a page's end is one: where any element below
    the root has content on two pages."""
    return any(len({content.page for content in contents(kid)}) > 1 for kid in root.kids)


def join_pages(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, with those made one that a page or column break has made two.

    Tables, notes, references and a figure's caption are joined to what they belong to. A paragraph
    is joined only where its last line on the page ends in a hyphen of hyphenation, or is as wide as
    the widest and ends within a sentence that goes on in small letters; others stay two.
    """
    joined: list[Block] = []
    last_text = last_note = -1
    for block in blocks:
        is_note = block.kind == "note"
        last = last_note if is_note else last_text
        one = _join(joined[last], block) if last >= 0 else None
        if one:
            joined[last] = one
            continue
        joined.append(block)
        if is_note:
            last_note = len(joined) - 1
        else:
            last_text = len(joined) - 1
    return tuple(joined)


def _join(first: Block, second: Block) -> Block | None:
    """The two blocks as one where a page break parts them, else None."""
    if not _is_parted(first, second):
        return None
    pieces, pages = (*first.pieces, *second.pieces), (first.pages[0], second.pages[1])
    if first.kind == "table" and second.kind == "table":
        return _join_tables(first, second)
    if first.kind == "figure" and second.kind == "figure":
        parted = first.pictures and not first.pieces and not second.pictures
        return replace(first, pieces=second.pieces, pages=pages) if parted else None
    goes_on = {
        "note": second.kind == "note" and not second.target,
        "reference": second.kind == "paragraph" and second.path[: len(first.path)] == first.path,
        "paragraph": _paragraph_goes_on(first, second),
    }
    return replace(first, pieces=pieces, pages=pages) if goes_on.get(first.kind) else None


def _is_parted(first: Block, second: Block) -> bool:
    """True where the second begins on a later page, or higher on the page: in the next column."""
    if second.pages[0] != first.pages[1] or not (first.inner and second.inner):
        return second.pages[0] > first.pages[1]
    end, start = first.inner[-1].box, second.inner[0].box
    return start.baseline > end.baseline + max(start.size, end.size)


def _paragraph_goes_on(first: Block, second: Block) -> bool:
    """True where the evidence is good that the second is the rest of the first."""
    if second.kind != "paragraph" or second.path != first.path:
        return False
    if first.pieces[-1].text.endswith(HYPHEN):
        return True
    lines = [piece.box.right for piece in first.pieces if piece.box.page == first.pages[1]]
    is_full = len(first.pieces) > 1 and lines[-1] >= max(lines) - 3
    is_alone = first.path[-1:] == ("P",) and "LI" not in first.path[-2:]
    return is_alone and is_full and _sentence_goes_on(first.pieces, second.pieces)


def _sentence_goes_on(first: Pieces, second: Pieces) -> bool:
    """True where the first text ends within a sentence and the second begins with a small letter."""
    start = text_of(second).lstrip("“‘«„\"'([—–")
    return not SENTENCE_ENDS.search(text_of(first)) and start[:1].islower()


def _join_tables(first: Block, second: Block) -> Block | None:
    """The table with its continuation: no caption, the same head, as many columns."""
    head = cells_of(second.head)
    same_head = not first.body or head == cells_of(first.head)
    if second.pieces or not same_head or not _same_columns(first.rows, second.rows):
        return None
    same_foot = cells_of(first.foot) == cells_of(second.foot)
    return replace(
        first,
        pages=(first.pages[0], second.pages[1]),
        head=first.head or second.head,
        body=_join_rows(first.body, second.body),
        foot=second.foot if same_foot else (*first.foot, *second.foot),
    )


def _same_columns(first: Rows, second: Rows) -> bool:
    """True for rows with as many columns; also where one side has none."""
    return not first or not second or _columns(first) == _columns(second)


def _columns(rows: Rows) -> int:
    """How many columns the widest row has; others are shorter by the cells that reach down to them."""
    return max(sum(cell.span[0] for cell in row) for row in rows)


def _join_rows(first: Rows, second: Rows) -> Rows:
    """The rows one after the other; a row that the page break parted is one again.

    It was parted where a cell ends in a hyphen of hyphenation, or where some cells of the second
    part are empty, but not those of the first, and all others go on in small letters within a sentence.
    """
    if not first or not second or len(first[-1]) != len(second[0]):
        return (*first, *second)
    pairs = list(zip(first[-1], second[0], strict=True))
    ended = any(upper.pieces and not lower.pieces for upper, lower in pairs)
    going = [(upper, lower) for upper, lower in pairs if lower.pieces]
    if not all(_cell_goes_on(upper.pieces, lower.pieces, has_empty=ended) for upper, lower in going):
        return (*first, *second)
    whole = tuple(replace(upper, pieces=(*upper.pieces, *lower.pieces)) for upper, lower in pairs)
    return (*first[:-1], whole, *second[1:])


def _cell_goes_on(upper: Pieces, lower: Pieces, *, has_empty: bool) -> bool:
    """True where the evidence is good that the lower cell is the rest of the upper."""
    if not upper or not lower:
        return False
    if upper[-1].text.endswith(HYPHEN):
        return True
    return has_empty and _sentence_goes_on(upper, lower)
