"""What only members read: the part of the whole paper that its preview does not show, marked by a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

CLASS = "paperbuild-paywalled"
"""The class of each element that holds such a part; none stands in another."""


def marked(document: ResolvedDocument, withheld: Sequence[Node]) -> ResolvedDocument:
    """The document with everything from the cut on in divisions of ``CLASS``, the reference list excepted.

    ``withheld`` are the blocks that the preview withholds. Where the cut falls within a block, the whole
    block is marked: nothing that is withheld stands outside.
    """
    body, held = _body(document.blocks), _body(withheld)
    same = 0
    while same < min(len(body), len(held)) and body[-1 - same] == held[-1 - same]:
        same += 1
    count = same + (1 if len(held) > same else 0)
    paid = {id(block) for block in body[len(body) - count :]}
    blocks: list[Node] = []
    for is_paid, group in groupby(document.blocks, key=lambda block: id(block) in paid):
        run = list(group)
        blocks += [ast.div(run, "", CLASS)] if is_paid else run
    return replace(document, blocks=tuple(blocks))


def is_marked(document: ResolvedDocument) -> bool:
    """Whether a part of the document is marked."""
    return any(block["t"] == "Div" and CLASS in ast.classes(block) for block in document.blocks)


def _body(blocks: Sequence[Node]) -> list[Node]:
    """The blocks without the reference list and its heading."""
    for index, block in enumerate(blocks):
        if block["t"] == "Div" and ast.identifier(block) == "refs":
            start = index - 1 if index and blocks[index - 1]["t"] == "Header" else index
            return [*blocks[:start], *blocks[index + 1 :]]
    return list(blocks)
