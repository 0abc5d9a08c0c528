"""What leads from one place to another in a PDF's structure tree: notes and their marks, citations, links."""

from __future__ import annotations

from itertools import groupby

from tests.mutation.pdf_paper import Node, Paper, above, bare, below, is_note_link
from tests.mutation.pdf_parts import parts
from tests.mutation.pdf_things import Thing, block, body, thing, told


def notes(paper: Paper) -> list[Thing]:
    """The notes at the pages' feet; what goes on on the next page belongs to the same."""
    found: list[list[Node]] = []
    for node in parts(paper).notes:
        if note_number(node) or not found:
            found.append([node])
        else:
            found[-1].append(node)
    called = [(nodes, note_number(nodes[0])) for nodes in found]
    return [Thing(tuple(n), (*thing(paper, *n).words, f"note {number}")) for n, number in called if number]


def note_number(node: Node) -> str:
    """The number of the note that leads back from the node; empty where none does."""
    targets = (each.target for each in below(node) if each.target.startswith("#fnref-"))
    return next(targets, "").removeprefix("#fnref-")


def note_marks(paper: Paper) -> list[Thing]:
    """The marks of notes, called by their notes' text and by the paragraph that they stand in."""
    texts = {note.words[-1]: note.words for note in notes(paper)}
    marks = [node for node in body(paper) if node.target.startswith("#fn-") and paper.marks(node)]
    return [
        Thing((node,), (*texts.get(f"note {node.target[4:]}", ()), *thing(paper, block(node)).words))
        for node in marks
    ]


def links(paper: Paper) -> list[Thing]:
    """The links that are neither citations nor notes' marks, called by target and words."""
    return [each for each in _links(paper) if not each.node.target.startswith("#ref-")]


def citations(paper: Paper) -> list[Thing]:
    """The links from the text and the notes to entries of the reference list."""
    return [each for each in _links(paper) if each.node.target.startswith("#ref-")]


def _links(paper: Paper) -> list[Thing]:
    """The links of the text; several elements to one target with no word between are one link."""
    nodes = [*body(paper), *(each for part in _apart(paper) for each in below(part))]
    leaves = [node for node in nodes if bare("".join(paper.texts.get(mark, "") for mark in node.marks))]
    found = []
    for _, group in groupby(leaves, key=_link_key):
        same = tuple(dict.fromkeys(link for leaf in group if (link := _link(leaf))))
        if same and not is_note_link(same[0]):
            words = (*told(paper.text(*same)), same[0].target, *thing(paper, block(same[0])).words)
            found.append(Thing(same, words))
    return found


def _link(node: Node) -> Node | None:
    """The link that the node is or stands in."""
    return next((each for each in (node, *above(node)) if each.target), None)


def _link_key(leaf: Node) -> tuple[str, int, int]:
    link = _link(leaf)
    return (link.target, 0, id(block(leaf))) if link else ("", id(leaf), 0)


def _apart(paper: Paper) -> list[Node]:
    return [*parts(paper).references, *parts(paper).notes]
