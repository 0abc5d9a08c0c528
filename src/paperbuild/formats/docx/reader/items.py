"""From the blocks of a Word document to the items of its inventory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from paperbuild.formats.docx.reader.blocks import Block
from paperbuild.formats.docx.reader.inline import Line, words
from paperbuild.model import Item


@dataclass(slots=True)
class Items:
    """Turns blocks into items, each with the section it stands in."""

    _section: str = ""

    def all(self, blocks: Sequence[Block]) -> Iterator[Item]:
        """The items of these blocks, in order."""
        captions = dict(_captioned(blocks))
        owned = set(captions.values())
        for index, block in enumerate(blocks):
            if index not in owned:
                yield from self._of(block, blocks[captions[index]] if index in captions else None)

    def _of(self, block: Block, caption: Block | None) -> Iterator[Item]:
        text = words(caption.text) if caption else ""
        if _shown_as_figure(block, caption):
            yield from self._figure(block, text, caption)
        elif block.line is None:
            yield self._placed(Item("table", text, rows=block.rows, spans=block.spans, heads=block.heads))
            yield from self._inner(caption)
            yield from map(self._placed, _inner_items(block))
        else:
            yield from self._paragraph(block, block.line)
            yield from self._inner(block)

    def _inner(self, block: Block | None) -> Iterator[Item]:
        if block is not None and block.line is not None:
            yield from map(self._placed, block.line.items)

    def _figure(self, block: Block, text: str, caption: Block | None) -> Iterator[Item]:
        """The pictures of a figure, the first with the caption, and what else a table that lays it out holds.

        Where each picture has a caption of its own, that of the whole is a paragraph.
        """
        if any(inner.is_caption for inner in block.inner):
            yield from self.all(block.inner)
            yield from (self._placed(Item("paragraph", one)) for one in (text,) if one)
        else:
            items = list(_inner_items(block))
            pictures = [item for item in items if item.kind == "figure"] or [Item("figure", "")]
            first = replace(pictures[0], text=text)
            yield from map(self._placed, [first, *pictures[1:]])
            yield from map(self._placed, (item for item in items if item.kind != "figure"))
            yield from self._others(block)
        yield from self._inner(caption)

    def _others(self, block: Block) -> Iterator[Item]:
        """Code, tables and text in a figure."""
        for inner in block.inner:
            if not inner.is_figure:
                told = self._of(inner, None)
                yield from (item for item in told if item.kind in {"code", "table", "paragraph"})

    def _paragraph(self, block: Block, line: Line) -> Iterator[Item]:
        text, anchor = words(line.text), _reference(block)
        if not text:
            return
        if block.level:
            self._section = text
            yield Item("section", text, level=block.level)
        elif "source code" in block.names:
            yield self._placed(Item("code", line.text))
        elif anchor is not None:
            yield self._placed(Item("reference", text, target=anchor))
        else:
            yield self._placed(Item("paragraph", text))

    def _placed(self, item: Item) -> Item:
        return replace(item, section=self._section)


def _inner_items(block: Block) -> Iterator[Item]:
    """Notes, links, equations and pictures in a block."""
    if block.line is not None:
        yield from block.line.items
    for inner in block.inner:
        yield from _inner_items(inner)


def _shown_as_figure(block: Block, caption: Block | None) -> bool:
    named = {"captioned figure", "figure", "figure table"} & set(block.names)
    if block.line is not None:
        return block.is_figure and (caption is not None or bool(named))
    return bool(named) or block.is_figure or (caption is not None and "image caption" in caption.names)


def _reference(block: Block) -> str | None:
    """The bookmark of an entry of the reference list; None for another paragraph."""
    named = [mark for mark in block.marks if mark.startswith("ref-")]
    if named:
        return named[-1]
    if "bibliography" not in block.names:
        return None
    others = [mark for mark in block.marks if mark != "refs"]
    return others[-1] if others else ""


def _captioned(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Pairs of a table or figure and its caption: the neighbour that the caption's style speaks of."""
    taken: set[int] = set()
    for index, block in enumerate(blocks):
        if not block.is_caption:
            continue
        above, below = index - 1, index + 1
        order = (below, above) if "table caption" in block.names else (above, below)
        for other in order:
            if 0 <= other < len(blocks) and other not in taken and _may_have(blocks[other], block):
                taken.add(other)
                yield other, index
                break


def _may_have(block: Block, caption: Block) -> bool:
    if "table caption" in caption.names:
        return block.line is None
    if "image caption" in caption.names:
        return block.is_figure or block.line is None
    return block.line is None or block.is_figure


def with_citations(items: Sequence[Item]) -> Iterator[Item]:
    """The items with each link to an entry of the reference list made a citation."""
    anchors = {f"#{item.target}" for item in items if item.kind == "reference" and item.target}
    for item in items:
        cites = item.kind == "link" and (item.target in anchors or item.target.startswith("#ref-"))
        yield replace(item, kind="citation") if cites else item
