"""The two parts of a document: each holds what it uses of pictures, formulas and references, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from paperbuild import equations
from paperbuild.formats.preview.cut.leaves import Path
from paperbuild.model import FrontMatter, Reference, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

Blocks = list[Node]
References = Literal["visible", "all", "count"]
_HOLDERS = (dict, list, tuple)
_PLAIN = frozenset({"Str", "Space", "SoftBreak"})


@dataclass(frozen=True, slots=True)
class Split:
    """A body in two, and the reference list with its heading, which is no part of either."""

    shown: Blocks
    rest: Blocks
    tail: Blocks


def _is_plain(value: Any) -> bool:
    return isinstance(value, dict) and value.get("t") in _PLAIN


@dataclass(slots=True)
class _Uses:
    """What some blocks use, their notes included."""

    ids: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    images: set[str] = field(default_factory=set)
    formulas: set[str] = field(default_factory=set)

    def see(self, tree: Any) -> None:
        """Add what a tree uses. It is walked without recursion, which would take time in a long paper."""
        pending = [tree]
        while pending:
            value = pending.pop()
            if isinstance(value, dict):
                if "t" in value:
                    self._add(value)
                value = value.values()
            pending += [each for each in value if isinstance(each, _HOLDERS) and not _is_plain(each)]

    def _add(self, node: Node) -> None:
        if name := ast.identifier(node):
            self.ids.add(f"#{name}")
        match node["t"]:
            case "Link":
                self.targets.add(node["c"][2][0])
            case "Image":
                self.images.add(node["c"][2][0])
            case "Math":
                self.formulas.add(equations.key(node))


def without_list(document: ResolvedDocument) -> tuple[Blocks, Blocks]:
    """The body, and the reference list with its heading, wherever they stand."""
    blocks = list(document.blocks)
    for index, block in enumerate(blocks):
        if _is_list(block):
            start = index - 1 if index and blocks[index - 1]["t"] == "Header" else index
            return blocks[:start] + blocks[index + 1 :], blocks[start : index + 1]
    if not document.references:
        return blocks, []
    found = [node for node in ast.iterate(blocks, into_notes=False) if _is_list(node)]
    return ast.rewrite(blocks, lambda node: [] if _is_list(node) else None), found[:1]


def _is_list(node: Node) -> bool:
    return node["t"] == "Div" and ast.identifier(node) == "refs"


def split(blocks: Sequence[Node], path: Path) -> tuple[Blocks, Blocks]:
    """What stands before a place and after it; a Div, paragraph or Str that it parts is in both."""
    index, *deeper = path
    before, after = list(blocks[:index]), list(blocks[index:])
    if deeper:
        left, right = _split_node(blocks[index], tuple(deeper))
        before, after = [*before, left], [right, *blocks[index + 1 :]]
    return before, after


def _split_node(node: Node, path: Path) -> tuple[Node, Node]:
    if node["t"] == "Str":
        (cut,) = path
        return {"t": "Str", "c": node["c"][:cut]}, {"t": "Str", "c": node["c"][cut:]}
    if node["t"] == "Div":
        attr, inner = node["c"]
        before, after = split(inner, path)
        return {"t": "Div", "c": [attr, before]}, {"t": "Div", "c": [["", attr[1], attr[2]], after]}
    before, after = split(node["c"], path)
    return {"t": node["t"], "c": _stripped(before)}, {"t": node["t"], "c": _stripped(after)}


def _stripped(inlines: Blocks) -> Blocks:
    """The inlines without spaces at their ends."""
    ends = [
        index for index, node in enumerate(inlines) if node["t"] not in {"Space", "SoftBreak", "LineBreak"}
    ]
    return inlines[ends[0] : ends[-1] + 1] if ends else []


def shown_part(document: ResolvedDocument, parts: Split, references: References) -> ResolvedDocument:
    """What a preview may hold: links to withheld places are words there."""
    front, uses = document.front, _Uses()
    uses.see([front.title, front.abstract, parts.shown])
    kept = _kept(document, uses.targets, references)
    listed = _list(parts.tail, kept)
    uses.see(listed)
    dead = {target for target in uses.targets if target.startswith("#")} - uses.ids
    title, abstract, blocks = (
        tuple(_without_links(nodes, dead)) for nodes in (front.title, front.abstract, [*parts.shown, *listed])
    )
    return replace(
        document,
        blocks=blocks,
        front=replace(front, title=title, abstract=abstract),
        references=kept,
        images={name: image for name, image in document.images.items() if name in uses.images},
        mathml={key: mathml for key, mathml in document.mathml.items() if key in uses.formulas},
        sources=(),
        findings=(),
    )


def withheld_part(document: ResolvedDocument, parts: Split, shown: ResolvedDocument) -> ResolvedDocument:
    """What a preview must not hold; no picture or formula that the shown part has as well."""
    held = tuple(reference for reference in document.references if reference not in shown.references)
    listed = _list(parts.tail, held) if document.references else parts.tail
    blocks = [*parts.rest, *listed]
    uses = _Uses()
    uses.see(blocks)
    return replace(
        document,
        blocks=tuple(blocks),
        references=held,
        front=_no_front(document.front),
        images=_but(document.images, uses.images, shown.images),
        mathml=_but(document.mathml, uses.formulas, shown.mathml),
    )


def nothing_withheld(document: ResolvedDocument) -> ResolvedDocument:
    """The withheld part of a paper that is shown whole."""
    front = _no_front(document.front)
    return replace(document, blocks=(), references=(), front=front, images={}, mathml={})


def _no_front(front: FrontMatter) -> FrontMatter:
    return replace(front, title=(), subtitle=(), abstract=())


def _but(named: Any, used: set[str], shown: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in named.items() if name in used - set(shown)}


def _kept(document: ResolvedDocument, targets: set[str], references: References) -> tuple[Reference, ...]:
    """The entries that are shown: of those cited in what is shown, notes included, of all, or of none."""
    if references == "count":
        return ()
    if references == "all":
        return document.references
    return tuple(reference for reference in document.references if f"#{reference.anchor}" in targets)


def _list(tail: Blocks, kept: Sequence[Reference]) -> Blocks:
    """The reference list with these entries alone; nothing where there are none."""
    if not kept or not tail:
        return []
    *heading, refs = tail
    anchors = {reference.anchor for reference in kept}
    attr, entries = refs["c"]
    return [*heading, {"t": "Div", "c": [attr, [e for e in entries if ast.identifier(e) in anchors]]}]


def _without_links(nodes: Sequence[Node], dead: set[str]) -> Blocks:
    """The nodes with each link to one of these targets turned into its words."""
    if not dead:
        return list(nodes)

    def change(node: Node) -> ast.Rewritten:
        return list(node["c"][1]) if node["t"] == "Link" and node["c"][2][0] in dead else None

    result: Blocks = []
    for node in nodes:
        uses = _Uses()
        uses.see(node)
        result += ast.rewrite([node], change) if uses.targets & dead else [node]
    return result
