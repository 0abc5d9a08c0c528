"""Cutting: from a resolved document to the part that is shown and the part that is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from paperbuild.formats.base import Cut
from paperbuild.inventory import words
from paperbuild.model import Reference, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

Blocks = list[Node]


@dataclass(frozen=True, slots=True)
class Parts:
    """The two parts of a document."""

    shown: ResolvedDocument
    withheld: ResolvedDocument
    cut: Cut


def cut(
    document: ResolvedDocument,
    share: float,
    where: Literal["section", "paragraph"],
    references: Literal["visible", "all", "count"],
) -> Parts:
    """The document cut as near to ``share`` of its words as a section's or paragraph's end allows.

    The reference list is no part of the count: it is shown as ``references`` says. A cut falls
    between blocks, never within one, and never directly after a heading.
    """
    body, tail = _body(document)
    total = words(body)
    shown, rest = _split(body, _best(body, share, where, total)) if total else (body, [])
    if not rest:
        return Parts(
            document, replace(document, blocks=(), references=(), front=_no_front(document)), Cut(1.0, 0)
        )
    kept = _visible_references(document, shown) if references == "visible" else document.references
    kept = () if references == "count" else kept
    shown_blocks = _without_dead_links([*shown, *_list(tail, kept)])
    held = tuple(reference for reference in document.references if reference not in kept)
    measured = Cut(words(shown) / total, _sections_left(body, shown), len(document.references))
    return Parts(
        replace(document, blocks=tuple(shown_blocks), references=kept),
        replace(document, blocks=(*rest, *_list(tail, held)), references=held, front=_no_front(document)),
        measured,
    )


def _no_front(document: ResolvedDocument) -> Any:
    return replace(document.front, title=(), subtitle=(), abstract=())


def _body(document: ResolvedDocument) -> tuple[Blocks, Blocks]:
    """The body, and the reference list with its heading."""
    blocks = list(document.blocks)
    for index, block in enumerate(blocks):
        if block["t"] == "Div" and ast.identifier(block) == "refs":
            start = index - 1 if index and blocks[index - 1]["t"] == "Header" else index
            return blocks[:start] + blocks[index + 1 :], blocks[start : index + 1]
    return blocks, []


def _best(body: Blocks, share: float, where: str, total: int) -> tuple[int, ...]:
    """The allowed place whose share of words is nearest to the one asked for."""
    places = list(_places(body, (), 0, where))
    end = ((len(body),), total)
    candidates = [*places, end] if share >= 1 or not places else places
    if share >= 1:
        return end[0]
    nearest: tuple[tuple[int, ...], int] = min(candidates, key=lambda place: abs(place[1] / total - share))
    return nearest[0]


def _places(
    blocks: Blocks, path: tuple[int, ...], before: int, where: str
) -> list[tuple[tuple[int, ...], int]]:
    """Every place where the cut may fall, as a path of indices, with the words that stand before it."""
    result: list[tuple[tuple[int, ...], int]] = []
    count = before
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if _is_plain_div(block):
            result += _places(block["c"][1], (*path, index), count, where)
        count += words([block])
        if following is None or block["t"] == "Header" or count == before:
            continue
        if where == "paragraph" or following["t"] == "Header":
            result.append(((*path, index + 1), count))
    return result


def _is_plain_div(block: Node) -> bool:
    """A Div that only groups: the cut may fall inside it."""
    return (
        block["t"] == "Div"
        and not set(ast.classes(block)) & {"listing", "references"}
        and len(block["c"][1]) > 1
    )


def _split(blocks: Blocks, path: Sequence[int]) -> tuple[Blocks, Blocks]:
    index, *deeper = path
    if not deeper:
        return blocks[:index], blocks[index:]
    attr, inner = blocks[index]["c"]
    before, after = _split(inner, deeper)
    opened = {"t": "Div", "c": [attr, before]}
    closed = {"t": "Div", "c": [["", attr[1], attr[2]], after]}
    return [*blocks[:index], opened], [closed, *blocks[index + 1 :]]


def _sections_left(body: Blocks, shown: Blocks) -> int:
    """How many sections of the highest level are withheld, wholly or in part."""
    headings: list[int] = [node["c"][0] for node in ast.iterate(body) if node["t"] == "Header"]
    if not headings:
        return 0
    top = min(headings)
    seen: int = sum(node["c"][0] == top for node in ast.iterate(shown) if node["t"] == "Header")
    whole = len(shown) < len(body) and body[len(shown)]["t"] == "Header" and body[len(shown)]["c"][0] == top
    return headings.count(top) - seen + (0 if whole or not seen else 1)


def _visible_references(document: ResolvedDocument, shown: Blocks) -> tuple[Reference, ...]:
    targets = {
        node["c"][2][0]
        for node in ast.iterate([*document.front.title, *document.front.abstract, *shown])
        if node["t"] == "Link"
    }
    return tuple(reference for reference in document.references if f"#{reference.anchor}" in targets)


def _list(tail: Blocks, kept: Sequence[Reference]) -> Blocks:
    """The reference list with these entries alone; nothing where there are none."""
    if not kept or not tail:
        return []
    *heading, refs = tail
    anchors = {reference.anchor for reference in kept}
    attr, entries = refs["c"]
    return [*heading, {"t": "Div", "c": [attr, [e for e in entries if ast.identifier(e) in anchors]]}]


def _without_dead_links(blocks: Blocks) -> Blocks:
    """The blocks with each link to a withheld place turned into its words."""
    here = {f"#{ast.identifier(node)}" for node in ast.iterate(blocks) if ast.identifier(node)}

    def change(node: Node) -> ast.Rewritten:
        if node["t"] == "Link" and node["c"][2][0].startswith("#") and node["c"][2][0] not in here:
            return list(node["c"][1])
        return None

    return ast.rewrite(blocks, change)  # type: ignore[no-any-return]
