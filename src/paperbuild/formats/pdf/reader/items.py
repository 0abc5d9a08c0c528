"""From the blocks of a PDF to the items of its inventory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from paperbuild.formats.pdf.reader.blocks import HYPHEN, Block, Piece, Pieces
from paperbuild.formats.pdf.reader.text import cells_of, is_new_line, text_of
from paperbuild.model import Item


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
        if block.kind == "contents":
            continue
        home = homes.get(block.target, section) if block.kind == "note" else section
        items.append(_item(block, home))
        inner = [replace(item, in_note=block.kind == "note") for item in _inner(block, home)]
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
    text = text_of(block.pieces, "\n" if block.kind == "code" else " ")
    rows = block.rows
    is_bare = block.kind == "figure" and not block.pictures and not block.has_parts
    return Item(
        "paragraph" if is_bare else block.kind,  # a caption whose picture nobody can see
        text,
        block.level,
        section,
        f"page {block.pages[0] + 1}",
        block.target,
        rows=cells_of(rows),
        spans=tuple(tuple(cell.span for cell in row) for row in rows),
        heads=_heads(block),
        picture=block.pictures[0].picture.told if block.pictures else "",
    )


def _heads(block: Block) -> int:
    """How many rows of a table head its columns: those of its head, else those that say so themselves."""
    if block.head:
        return len(block.head)
    return sum(1 for _ in takewhile(lambda row: row and all(cell.is_head for cell in row), block.body))


def _inner(block: Block, section: str) -> Iterator[Item]:
    """Links, citations, notes' marks, equations and pictures in the block's text, in order."""
    for pieces in block.texts:
        start = 0
        for run in _runs(pieces):
            yield from _linked(run, section)
            for place, piece in enumerate(run, start):
                where = f"page {piece.box.page + 1}"
                if piece.kind == "mark":
                    yield Item(
                        "mark", text_of(pieces[:place]), section=section, where=where, target=piece.target
                    )
                elif piece.kind:
                    told = piece.picture.told
                    yield Item(piece.kind, "", section=section, where=where, target=piece.alt, picture=told)
            start += len(run)


def _linked(pieces: Pieces, section: str) -> Iterator[Item]:
    """The link or citation that the pieces are, if they are one."""
    first = pieces[0]
    if first.link:
        kind = "citation" if first.target.startswith("#ref-") else "link"
        where = f"page {first.box.page + 1}"
        yield Item(kind, text_of(pieces), section=section, where=where, target=first.target)


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
