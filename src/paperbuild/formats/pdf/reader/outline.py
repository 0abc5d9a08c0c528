"""The lists that lead through a file: its outline, and the contents list on its pages."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperbuild import lens
from paperbuild.formats.pdf.reader.blocks import Block, Pieces
from paperbuild.formats.pdf.reader.text import text_of
from paperbuild.formats.pdf.reader.tree import Place
from paperbuild.model import Mark

LEADER = re.compile(r"[\s.·․‥…_]*")
"""What leads the eye from an entry to its page."""

PAGE = re.compile(r"\d{1,5}|[ivxlc]{1,8}", re.IGNORECASE)
"""A page's number."""

ENTRY = re.compile(rf"(.*?)[\s.·․‥…_]{{3,}}({PAGE.pattern})", re.DOTALL | re.IGNORECASE)
"""An entry that is all one text."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline, with the page it leads to, from 0; -1 where it leads nowhere."""

    title: str
    level: int
    page: int


def outline(bookmarks: Iterable[Bookmark], blocks: Sequence[Block], names: Sequence[str]) -> tuple[Mark, ...]:
    """The bookmarks, each with the page it leads to and the page on which its heading stands.

    ``names`` are the pages' numbers as a reader sees them.
    """
    headings: dict[str, deque[int]] = defaultdict(deque)
    for block in blocks:
        if block.kind == "section":
            headings[lens.tight(text_of(block.pieces))].append(block.pages[0])
    marks = []
    for bookmark in bookmarks:
        found = headings[lens.tight(bookmark.title)]
        real = _name(found.popleft(), names) if found else ""
        marks.append(Mark(bookmark.title, bookmark.level, page=_name(bookmark.page, names), real=real))
    return tuple(marks)


def contents(blocks: Iterable[Block], places: Mapping[str, Place], names: Sequence[str]) -> tuple[Mark, ...]:
    """The entries of the contents list, each with the page it tells and the page of its destination."""
    marks = []
    for block in _whole(blocks):
        title, page = entry(block.pieces)
        place = places.get(block.target)
        marks.append(Mark(title, 0, block.target, page, _name(place.page, names) if place else ""))
    return tuple(marks)


def entry(pieces: Pieces) -> tuple[str, str]:
    """An entry's title and the page it tells; that is empty where it tells none."""
    end = len(pieces)
    while end and not pieces[end - 1].text.strip():
        end -= 1
    if end and PAGE.fullmatch(pieces[end - 1].text.strip()):
        page, end = pieces[end - 1].text.strip(), end - 1
        while end and LEADER.fullmatch(pieces[end - 1].text) and not pieces[end - 1].kind:
            end -= 1
        if end:
            return text_of(pieces[:end]), page
    match = ENTRY.fullmatch(text_of(pieces))
    return (match.group(1), match.group(2)) if match else (text_of(pieces), "")


def _whole(blocks: Iterable[Block]) -> Iterator[Block]:
    """The entries; one that a page break parts is one again."""
    before: Block | None = None
    for block in blocks:
        if block.kind != "contents":
            continue
        if before and before.target == block.target and not entry(before.pieces)[1]:
            before = Block(
                "contents", (*before.pieces, *block.pieces), before.path, before.pages, target=block.target
            )
            continue
        if before:
            yield before
        before = block
    if before:
        yield before


def _name(page: int, names: Sequence[str]) -> str:
    return names[page] if 0 <= page < len(names) else ""
