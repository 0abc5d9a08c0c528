"""From the blocks of a PDF to the items of its inventory: what a page broke is put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from paperbuild.formats.pdf.read_blocks import HYPHEN, Block, Piece, Pieces, Rows
from paperbuild.model import Item

WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
)
"""Letters and signs between which a line break stands for no space."""

SENTENCE_ENDS = re.compile(r"""[.!?:;…。！？：\uFFFC][\])»”’"']*$""")
"""A text that ends so may be whole; an equation or a picture counts as an end."""


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
        parted = first.has_picture and not first.pieces and not second.has_picture
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
    first_row, second_row = (first.body or first.head)[-1:], (second.body or second.head)[:1]
    if second.pieces or not same_head or not _same_columns(first_row, second_row):
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
    """True for rows with as many cells; also where one side has none."""
    return not first or not second or len(first[0]) == len(second[0])


def _join_rows(first: Rows, second: Rows) -> Rows:
    """The rows one after the other; a row that the page break parted is one again.

    It was parted where a cell ends in a hyphen of hyphenation, or where some cells of the second
    part are empty, but not those of the first, and the others go on in small letters within a sentence.
    """
    if not first or not second or len(first[-1]) != len(second[0]):
        return (*first, *second)
    pairs = list(zip(first[-1], second[0], strict=True))
    ended = any(upper and not lower for upper, lower in pairs)
    if not any(_cell_goes_on(*pair, has_empty=ended) for pair in pairs):
        return (*first, *second)
    return (*first[:-1], tuple((*upper, *lower) for upper, lower in pairs), *second[1:])


def _cell_goes_on(upper: Pieces, lower: Pieces, *, has_empty: bool) -> bool:
    """True where the evidence is good that the lower cell is the rest of the upper."""
    if not upper or not lower:
        return False
    if upper[-1].text.endswith(HYPHEN):
        return True
    return has_empty and _sentence_goes_on(upper, lower)


def cells_of(rows: Rows) -> tuple[tuple[str, ...], ...]:
    """The texts of the cells."""
    return tuple(tuple(text_of(cell) for cell in row) for row in rows)


def items_of(blocks: tuple[Block, ...]) -> tuple[Item, ...]:
    """The items: each block, then what stands in its text. A note is in the section of its mark."""
    sections = _sections(blocks)
    homes = {
        piece.target: section
        for block, section in zip(blocks, sections, strict=True)
        for piece in block.inner
        if piece.kind == "mark"
    }
    items: list[Item] = []
    last_end: Piece | None = None
    for block, section in zip(blocks, sections, strict=True):
        home = homes.get(block.target, section) if block.kind == "note" else section
        items.append(_item(block, home))
        inner = list(_inner(block, home))
        goes_on = _link_goes_on(last_end, block)
        if goes_on and inner:
            _lengthen(items, inner.pop(0))
        items.extend(inner)
        if block.kind != "note":
            last_end = block.pieces[-1] if block.pieces else None
    return tuple(items)


def _sections(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """For each block, the title of the last heading; a heading's is its own."""
    titles, title = [], ""
    for block in blocks:
        title = text_of(block.pieces) if block.kind == "section" else title
        titles.append(title)
    return tuple(titles)


def _item(block: Block, section: str) -> Item:
    """The block itself."""
    rows = cells_of((*block.head, *block.body, *block.foot))
    text = text_of(block.pieces, "\n" if block.kind == "code" else " ")
    where = f"page {block.pages[0] + 1}"
    return Item(block.kind, text, block.level, section, where, block.target, rows=rows)


def _inner(block: Block, section: str) -> Iterator[Item]:
    """Links, citations, equations and pictures in the block's text, in order."""
    for pieces in _runs(block.inner):
        first = pieces[0]
        where = f"page {first.box.page + 1}"
        if first.link:
            kind = "citation" if first.target.startswith("#ref-") else "link"
            yield Item(kind, text_of(pieces), section=section, where=where, target=first.target)
        for piece in pieces:
            if piece.kind in {"equation", "figure"}:
                yield Item(piece.kind, "", section=section, where=where, target=piece.alt)


def _runs(pieces: Pieces) -> Iterator[Pieces]:
    """The pieces in groups: those of one link together, all others alone."""
    group: list[Piece] = []
    for piece in pieces:
        if group and not _is_same_link(group[-1], piece):
            yield tuple(group)
            group = []
        group.append(piece)
    if group:
        yield tuple(group)


def _is_same_link(before: Piece, piece: Piece) -> bool:
    """True for two pieces of one link; a link that a line break parts is two elements with one target."""
    if not before.link or before.target != piece.target:
        return False
    return before.link == piece.link or (piece.link is not None and is_new_line(before, piece))


def _link_goes_on(end: Piece | None, block: Block) -> bool:
    """True where a link that ends a page goes on at the beginning of the block."""
    if end is None or end.link is None or block.kind == "note" or not block.pieces:
        return False
    start = block.pieces[0]
    return start.link is not None and start.target == end.target and start.box.page > end.box.page


def _lengthen(items: list[Item], rest: Item) -> None:
    """Add the rest of a link to the last item that leads where it does."""
    for i in range(len(items) - 1, -1, -1):
        if items[i].kind == rest.kind and items[i].target == rest.target:
            text = items[i].text
            joined = text[:-1] + rest.text if text.endswith(HYPHEN) else f"{text} {rest.text}"
            items[i] = replace(items[i], text=joined)
            return
