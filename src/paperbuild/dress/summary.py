"""A paper on one page: what it examines, how it is built, its key terms and questions, its references."""

from __future__ import annotations

from collections.abc import Sequence

from paperbuild import config, labels
from paperbuild.dress import study
from paperbuild.dress.references import is_list
from paperbuild.layouts import Layout
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_DEEPEST = 2
"""How many levels of headings an outline shows."""


def blocks_of(document: ResolvedDocument, said: config.Study, layout: Layout) -> list[Node]:
    """What stands on the page below the title block, in place of the paper's text.

    The abstract is the title block's; ``study.summary`` stands in for one that is not there.
    """
    words = labels.headings(document.lang)
    taken = {ast.identifier(node) for node in ast.iterate(document.blocks)}
    level = min((node["c"][0] for node in ast.headers(document.blocks)), default=1)
    result: list[Node] = []
    shown = document.front.abstract and "abstract" in layout.title_block.lines
    if said.summary and not shown:
        result += [
            study.heading(document.terms["abstract"], "summary", level, taken),
            ast.para(ast.text(said.summary)),
        ]
    outline = _outline(document)
    if outline or said.structure:
        result.append(study.heading(words["structure"], "structure", level, taken))
        result += [ast.para(ast.text(said.structure))] if said.structure else []
        result += outline
    if said.terms:
        result += [
            study.heading(words["key_terms"], "key-terms", level, taken),
            *study.terms_in_lines(said.terms),
        ]
    if said.questions:
        result += [
            study.heading(words["questions"], "questions", level, taken),
            *study.questions(said.questions),
        ]
    return [*result, *_references(document.blocks)]


def without_dead_links(nodes: Sequence[Node], blocks: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes with each link to what the summary leaves out made plain words."""
    there = {ast.identifier(node) for node in ast.iterate([list(nodes), list(blocks)])}

    def change(node: Node) -> ast.Rewritten:
        target = node["c"][2][0] if node["t"] == "Link" else ""
        return ast.span(node["c"][1]) if target.startswith("#") and target[1:] not in there else None

    return tuple(ast.rewrite(list(nodes), change))


def _outline(document: ResolvedDocument) -> list[Node]:
    """The titles of the paper's sections as a numbered list, their subsections below them.

    Sections that have numbers in the paper keep these and are not numbered again.
    """
    own = [node for node in ast.headers(document.blocks) if "references-title" not in ast.classes(node)]
    if not own:
        return []
    top = min(node["c"][0] for node in own)
    sections: list[tuple[list[Node], list[list[Node]]]] = []
    for node in own:
        level, _, inlines = node["c"]
        words = _words(inlines)
        if level == top or not sections:
            sections.append((words, []))
        elif level < top + _DEEPEST:
            sections[-1][1].append(words)
    return [_listed(sections, ("", "") if document.number_sections else ("Decimal", "LowerAlpha"))]


def _listed(sections: Sequence[tuple[list[Node], list[list[Node]]]], styles: tuple[str, str]) -> Node:
    items = []
    for words, below in sections:
        inner = [[{"t": "Plain", "c": one}] for one in below]
        items.append([{"t": "Plain", "c": words}, *([_list(inner, styles[1])] if inner else [])])
    return _list(items, styles[0])


def _list(items: list[list[Node]], style: str) -> Node:
    """A list numbered in a style of pandoc's; with bullets where the style is empty."""
    if not style:
        return {"t": "BulletList", "c": items}
    return {"t": "OrderedList", "c": [[1, {"t": style}, {"t": "Period"}], items]}


def _words(inlines: Sequence[Node]) -> list[Node]:
    """A heading's words without notes, anchors and links."""

    def change(node: Node) -> ast.Rewritten:
        if node["t"] == "Note":
            return []
        if node["t"] in {"Link", "Cite"}:
            return list(node["c"][1])
        return ast.span(node["c"][1], "", *ast.classes(node)) if node["t"] == "Span" else None

    return ast.rewrite(list(inlines), change)  # type: ignore[no-any-return]


def _references(blocks: Sequence[Node]) -> list[Node]:
    """The reference list with its heading, wherever it stands in the paper."""
    found: list[Node] = []
    before: Node | None = None
    for node in (one for one in ast.iterate(list(blocks)) if one["t"] in {"Header", "Div"}):
        if is_list(node):
            found = [*([before] if before else []), node]
            break
        before = node if node["t"] == "Header" else before
    return found
