"""Leaves: the blocks between which a cut may fall, in reading order, each with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import icu

from paperbuild.formats.preview.cut.sentences import breaker
from paperbuild.inventory import words
from paperbuild.model import Source
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.paywall import is_mark

Path = tuple[int, ...]
"""Indices from the body down: of blocks, of blocks in a Div, of inlines in a paragraph, of a character."""

_WHOLE = frozenset({"listing", "references", "csl-entry"})
_BOXES = ("callout", "fig:", "fig-", "tbl:", "tbl-", "lst:", "lst-")
"""How classes and ids of Divs begin that are one thing to a reader: a box, a figure, a table, a listing."""
_SPACES = frozenset({"Space", "SoftBreak", "LineBreak"})
_SEEN = frozenset({"Image", "Math", "Note"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block within which only a sentence's end may be a place for the cut."""

    node: Node
    path: Path
    words: int
    kind: Literal["heading", "paragraph", "block", "blank"]
    """A paragraph has words of its own; a list, table, quotation, figure, formula or listing is a block; a
    rule, a page break or a mark is blank."""
    marked: bool = False
    """True where a paywall mark stands before it."""

    @property
    def is_text(self) -> bool:
        """True for what can be the last thing that is shown."""
        return self.kind in {"paragraph", "block"}


@dataclass(frozen=True)
class Body:
    """The paper without its front and its reference list."""

    blocks: Sequence[Node]
    lang: str
    sources: tuple[Source, ...]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves, which are all of the body."""
        return tuple(_leaves(self.blocks, (), marked=False))

    @cached_property
    def breaks(self) -> icu.BreakIterator:
        """What finds sentences in the body's language."""
        return breaker(self.lang)

    @cached_property
    def words(self) -> int:
        """The body's words, notes left out; those of each leaf are counted by themselves."""
        return sum(leaf.words for leaf in self.leaves)

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """The leaves that are headings of the highest level.

        A heading that opens the paper and is alone on its level is the paper's title, and no section.
        """
        levels = [
            (index, leaf.node["c"][0]) for index, leaf in enumerate(self.leaves) if leaf.kind == "heading"
        ]
        opening = next((index for index, leaf in enumerate(self.leaves) if leaf.kind != "blank"), -1)
        if (
            len(levels) > 1
            and levels[0][0] == opening
            and all(level > levels[0][1] for _, level in levels[1:])
        ):
            levels = levels[1:]
        top = min((level for _, level in levels), default=0)
        return tuple(index for index, level in levels if level == top)


def _leaves(blocks: Sequence[Node], path: Path, *, marked: bool) -> Iterator[Leaf]:
    for index, block in enumerate(blocks):
        behind = is_mark(block) or (marked and index == 0)
        if _is_plain_div(block):
            yield from _leaves(block["c"][1], (*path, index), marked=behind)
        else:
            count = words([block])
            yield Leaf(block, (*path, index), count, _kind(block, count), behind)


def _is_plain_div(block: Node) -> bool:
    """A Div that only groups: the cut may fall inside it."""
    if block["t"] != "Div" or not block["c"][1]:
        return False
    names = ast.classes(block)
    return not _WHOLE & set(names) and not any(
        name.startswith(_BOXES) for name in (*names, ast.identifier(block))
    )


def _kind(block: Node, count: int) -> Literal["heading", "paragraph", "block", "blank"]:
    kind, content = block["t"], block.get("c")
    if kind == "Header":
        return "heading"
    if not count and not any(node["t"] in _SEEN for node in ast.iterate(content)):
        return "blank"
    if kind == "LineBlock" or (kind in {"Para", "Plain"} and not all(map(_is_object, content or []))):
        return "paragraph"
    return "block"


def _is_object(inline: Node) -> bool:
    """A formula or picture, or the space beside one: a paragraph of nothing else is a block."""
    numbered = inline["t"] == "Span" and "equation" in ast.classes(inline)
    return numbered or inline["t"] in {"Math", "Image", *_SPACES}
