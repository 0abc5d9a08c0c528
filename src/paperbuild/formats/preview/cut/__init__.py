"""Cutting: from a resolved document to the part that is shown and the part that is withheld."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from paperbuild.config import Amount
from paperbuild.formats.base import Cut
from paperbuild.formats.preview.cut.amount import choose
from paperbuild.formats.preview.cut.leaves import Body
from paperbuild.formats.preview.cut.mark import marked
from paperbuild.formats.preview.cut.parts import (
    Split,
    nothing_withheld,
    shown_part,
    split,
    withheld_part,
    without_list,
)
from paperbuild.formats.preview.cut.places import Place
from paperbuild.model import Finding, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.paywall import unmarked, without_marks

__all__ = ["Parts", "cut"]


@dataclass(frozen=True, slots=True)
class Parts:
    """The two parts of a document."""

    shown: ResolvedDocument
    withheld: ResolvedDocument
    cut: Cut
    findings: tuple[Finding, ...] = ()
    """Where the cut could not be as it was asked for."""


def cut(
    document: ResolvedDocument,
    amount: Amount,
    where: Literal["section", "paragraph", "sentence"],
    references: Literal["visible", "all", "count"],
) -> Parts:
    """The document in two parts: at the author's mark, else as near to ``amount`` as ``where`` allows.

    The reference list is no part of the count: it is shown as ``references`` says. A cut falls between
    blocks or between sentences of a paragraph, never directly after a heading. Numbers stay those of the
    whole paper.
    """
    blocks, tail = without_list(document)
    body = Body(tuple(blocks), document.lang, document.sources)
    mark = marked(body, document.front, tail)
    choice = mark or choose(body, amount, where)
    bare = without_marks(document) if mark else document
    if choice.place is None:
        measured = Cut(1.0, 0, len(document.references))
        return Parts(replace(bare, findings=()), nothing_withheld(bare), measured, choice.findings)
    before, after = split(blocks, choice.place.path)
    parts = Split(unmarked(before), unmarked(after), unmarked(tail)) if mark else Split(before, after, tail)
    shown = shown_part(bare, parts, references)
    return Parts(
        shown,
        withheld_part(bare, parts, shown),
        _measured(body, choice.place, len(document.references)),
        choice.findings,
    )


def _measured(body: Body, place: Place, references: int) -> Cut:
    """How much of the paper stands before a place."""
    rest = body.leaves[place.leaf :]
    begun = sum(index < place.leaf for index in body.tops)
    following = place.leaf + sum(1 for _ in takewhile(lambda leaf: leaf.kind == "blank", rest))
    ended = place.end != "sentence" and following in body.tops
    shown = max(begun - (0 if ended else 1), 0)
    return Cut(
        share=place.words / max(body.words, 1),
        sections=len(body.tops) - shown,
        references=references,
        outline=tuple(
            (leaf.node["c"][0], ast.plain(leaf.node["c"][2]).strip())
            for leaf in rest
            if leaf.kind == "heading"
        ),
    )
