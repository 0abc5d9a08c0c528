"""The parts of a PDF's structure tree: the document's own content, and what only leads to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tests.mutation.pdf_paper import Mark, Node, Paper, bare, below

HEADINGS = frozenset(("H1", "H2", "H3", "H4", "H5", "H6"))
_GROUPS = frozenset(("Document", "Part", "Art", "Sect"))


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in a file, sorted by what it is there for."""

    body: tuple[Node, ...]
    """The blocks in their order: headings, paragraphs, lists, tables and so on."""
    front: tuple[Node, ...]
    """The lines of the title block."""
    contents: tuple[Node, ...]
    """The entries of the list of contents."""
    notes: tuple[Node, ...]
    references: tuple[Node, ...]


@lru_cache(maxsize=2)
def parts(paper: Paper) -> Parts:
    """The parts of a file."""
    body: list[Node] = []
    front: list[Node] = []
    contents: list[Node] = []
    notes: list[Node] = []
    for node in _blocks(paper.root):
        if _is_note_area(node):
            notes += node.kids
        elif _is_contents(node):
            contents += [item for item in below(node) if item.kind == "LI"]
        elif not body and not front and _is_title_block(node, paper):
            front += [line for each in [node, *kids(node, "Div")] for line in kids(each, "P")]
            body += [line for div in kids(node, "Div") for line in kids(div, "P")[1:]]
        else:
            body.append(node)
    return Parts(tuple(body), tuple(front), tuple(contents), tuple(notes), tuple(_references(body, paper)))


def kids(node: Node, *kinds: str) -> list[Node]:
    """The node's children of these kinds."""
    return [kid for kid in node.kids if kid.kind in kinds]


def _blocks(node: Node) -> Iterator[Node]:
    for kid in node.kids:
        if kid.kind in _GROUPS or any(each.kind in HEADINGS for each in below(kid) if each is not kid):
            yield from _blocks(kid)
        else:
            yield kid


def _is_note_area(node: Node) -> bool:
    """True for what holds a page's notes, a note or a span for each."""
    stands_alone = node.kind == "NonStruct" and node.parent and node.parent.kind == "Document"
    return bool(stands_alone and all(kid.kind in {"Note", "Span"} for kid in node.kids))


def _is_contents(node: Node) -> bool:
    """True for a contents list or another list of links, perhaps with a title above it."""
    if node.kind == "NonStruct" and kids(node, "TOC"):
        return True
    items = [item for each in kids(node, "L") for item in kids(each, "LI")]
    if node.kind != "NonStruct" or not items:
        return False
    return all(kid.kind == "Link" for item in items for body in kids(item, "LBody") for kid in body.kids)


def _is_title_block(node: Node, paper: Paper) -> bool:
    title = bare(paper.title)
    return node.kind == "NonStruct" and bool(title) and title[:20] in bare(paper.text(node))


def _references(body: Iterable[Node], paper: Paper) -> Iterator[Node]:
    """The entries of reference lists: what begins at their destinations."""
    starts: dict[Mark, Node] = {}
    for block in body:
        for node in below(block):
            if node.kind in {"Div", "P"} and (mark := _first(node, paper)):
                starts.setdefault(mark, node)
    found: set[Mark] = set()
    for name, (page, height) in paper.places.items():
        near = [mark for mark in starts if mark[0] == page and -6 < height - paper.boxes[mark].top < 40]
        if near and name.startswith("ref-"):
            found.add(min(near, key=lambda mark: (height - paper.boxes[mark].top, mark)))
    for mark, node in starts.items():
        if mark in found:
            yield _entry(node, found, paper)


def _entry(node: Node, starts: set[Mark], paper: Paper) -> Node:
    """The largest element below that holds one entry only."""
    while len(starts.intersection(paper.marks(node))) > 1:
        first = _first(node, paper)
        node = next(kid for kid in node.kids if _first(kid, paper) == first)
    return node


def _first(node: Node, paper: Paper) -> Mark | None:
    return next((mark for mark in paper.marks(node) if mark in paper.boxes), None)
