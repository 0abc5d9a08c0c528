"""What has a frame in a PDF's structure tree: tables, their rows and cells, figures, and captions."""

from __future__ import annotations

import re

from tests.mutation.pdf_paper import Node, Paper, above, bare, below
from tests.mutation.pdf_parts import kids, parts
from tests.mutation.pdf_things import Thing, block, body, page, thing, those, told


def tables(paper: Paper) -> list[Thing]:
    """The tables with what the next page has of them, called by their captions and first rows."""
    found: list[list[Node]] = []
    before: Node | None = None
    for node in parts(paper).body:
        if node.kind == "Table" and paper.marks(node):
            goes_on = before and not kids(node, "Caption") and page(paper, node) > page(paper, before)
            if goes_on:
                found[-1].append(node)
            else:
                found.append([node])
        before = node if node.kind == "Table" and paper.marks(node) else None
    return [Thing(tuple(n), (*_caption_words(paper, n[0]), *_row_words(paper, n[0]))) for n in found]


def _row_words(paper: Paper, table: Node) -> list[str]:
    texts = [paper.text(node) for node in below(table) if node.kind == "TR"]
    return [text for text in texts if bare(text)][:2]


def rows(paper: Paper) -> list[list[Thing]]:
    """The rows of each table's body, called by their text and their table."""
    found = [
        [Thing(each.nodes, (*each.words, *table.words[:1])) for each in those(paper, kids(part, "TR"))]
        for table in tables(paper)
        for top in table.nodes
        for part in below(top)
        if part.kind == "TBody"
    ]
    return [each for each in found if each]


def cells(paper: Paper) -> list[Thing]:
    """The cells with text in them, called by it, their row and their table; no head that comes again."""
    found = []
    for table in tables(paper):
        for node in [each for top in table.nodes for each in below(top)]:
            is_again = node.kind == "TH" and not any(each is table.node for each in above(node))
            if node.kind in {"TD", "TH"} and node.parent and not is_again and bare(paper.text(node)):
                words = (*told(paper.text(node)), paper.text(node.parent), *table.words[:1])
                found.append(Thing((node,), words))
    return found


def captions(paper: Paper) -> list[Thing]:
    """The captions of tables and figures, called by their words with their label and without."""
    return [
        Thing((node,), _caption_words(paper, node.parent))
        for node in body(paper)
        if node.kind == "Caption" and node.parent and bare(paper.text(node))
    ]


def _caption_words(paper: Paper, holder: Node) -> tuple[str, ...]:
    texts = [paper.text(caption) for caption in kids(holder, "Caption")]
    return tuple(each for text in texts for each in (text, re.sub(r"^.{3,25}?\d+[.:]\s*", "", text)))


def figures(paper: Paper) -> list[Thing]:
    """The figures: each picture with its caption, if it has one."""
    return [Thing((_figure(each.node),), each.words) for each in pictures(paper)]


def pictures(paper: Paper) -> list[Thing]:
    """The pictures that are painted, called by their alternative text and their caption."""
    found = [n for n in body(paper) if n.kind == "Figure" and paper.box(n)]
    words = [(n.alt, *_caption_words(paper, _figure(n)), *thing(paper, block(n)).words) for n in found]
    return [
        Thing((n,), tuple(w for w in said if bare(w)))
        for n, said in zip(found, words, strict=True)
        if any(map(bare, said))
    ]


def _figure(picture: Node) -> Node:
    """What holds the picture and its caption; the picture where it has none."""
    return next((each for each in above(picture) if kids(each, "Caption")), picture)
