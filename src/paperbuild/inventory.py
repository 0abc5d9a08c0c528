"""The promise: what must be found in a finished file, told from the resolved document alone."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from paperbuild import equations
from paperbuild.locate import Locator
from paperbuild.look import look
from paperbuild.model import OBJECT, FrontMatter, Inventory, Item, Mark, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_TAG = re.compile(r"<[^>]*>")
_CJK = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_MARK = "\ufff9"
"""Stands for a note's mark while a paragraph is taken apart."""
_WORDS = frozenset({"Str", "Space", "SoftBreak"})
"""Most nodes, and nothing is to be told of them but the text of their paragraph."""
_NEXT = frozenset({"paragraph", "section", "code", "table", "figure"})
_LITTLE = 20
_BEGINNING = 120
"""Letters of what stands at an anchor that are promised there."""


def promise(document: ResolvedDocument, besides: Iterable[str] = ()) -> Inventory:
    """The inventory of a document: title and subtitle, abstract and body, in reading order.

    ``besides`` are words that a format shows in addition to the document's own.
    """
    teller = _Teller(Locator(document.sources), document.images, document.mathml)
    front = document.front
    begun = [
        *(item for line in (front.title, front.subtitle) for item in teller.paragraph(list(line))),
        *teller.blocks(front.abstract),
    ]
    items = [
        *(teller.blocks(document.opening) if document.opening else begun),
        *teller.blocks(document.blocks),
    ]
    return Inventory(
        items=tuple(items),
        anchors=teller.anchors,
        title=ast.plain(document.front.title),
        authors=tuple(author.name for author in document.front.authors),
        lang=document.lang,
        besides=(*_front_words(front), *document.terms.values(), *besides),
        outline=tuple(Mark(item.text, item.level) for item in items if item.kind == "section"),
        contents=tuple(_contents(document)),
    )


def _front_words(front: FrontMatter) -> Iterator[str]:
    """What a title block may say besides the title."""
    for author in front.authors:
        yield author.name
        yield from author.affiliations
        yield from filter(None, (author.email, author.orcid))
    yield ast.plain(front.date)
    yield from front.keywords


def _contents(document: ResolvedDocument) -> Iterator[Mark]:
    """The entries of the contents list, where the document asks for one."""
    for block in ast.headers(document.blocks) if document.toc else ():
        if block["c"][0] <= document.toc_depth:
            yield Mark(ast.plain(block["c"][2]), block["c"][0], ast.identifier(block))


def words(blocks: Iterable[Node]) -> int:
    """How many words a reader meets in these blocks, notes left out. A CJK character counts as one."""
    text = ast.plain(list(blocks))
    cjk = len(_CJK.findall(text))
    return len(text.split()) + max(cjk - 1, 0)


class _Teller:
    """Walks the blocks once; knows in which section it is."""

    def __init__(self, locator: Locator, images: Mapping[str, Any], mathml: Mapping[str, str]) -> None:
        self.locator = locator
        self.images = images
        self.mathml = mathml
        self.section = ""
        self.anchors: dict[str, str] = {}
        self.befores: deque[str] = deque()
        """What stands before each mark of the paragraph at hand."""
        self.pending: list[str] = []
        """Anchors at the end of their paragraph, which lead to what comes next."""

    def blocks(self, blocks: Iterable[Node]) -> Iterator[Item]:
        for block in blocks:
            yield from self.block(block)

    def block(self, node: Node) -> Iterator[Item]:  # noqa: C901, PLR0912 - one case for each node type
        kind, content = node["t"], node.get("c")
        if name := ast.identifier(node):
            self.anchors.setdefault(name, _beginning(node))
        match kind:
            case "Para" | "Plain":
                yield from self.paragraph(content)  # type: ignore[arg-type]
            case "LineBlock":
                joined = [n for line in content for n in [*line, {"t": "LineBreak"}]]  # type: ignore[union-attr]
                yield from self.paragraph(joined[:-1])
            case "Header":
                yield from self.heading(content)  # type: ignore[arg-type]
            case "CodeBlock":
                yield self.item("code", content[1])  # type: ignore[index]
            case "Table":
                yield from self.table(content)  # type: ignore[arg-type]
            case "Figure":
                yield from self.figure(content)  # type: ignore[arg-type]
            case "Div":
                yield from self.division(node)
            case "BlockQuote":
                yield from self.blocks(content or [])
            case "BulletList":
                yield from (item for blocks in content or [] for item in self.blocks(blocks))
            case "OrderedList":
                yield from (item for blocks in content[1] for item in self.blocks(blocks))  # type: ignore[index]
            case "DefinitionList":
                for term, definitions in content or []:
                    yield from self.paragraph(term)
                    yield from (item for blocks in definitions for item in self.blocks(blocks))

    def item(self, kind: str, text: str, probe: str = "", **more: Any) -> Item:
        """An item with its place; ``probe`` is what the source has of its text, where that differs."""
        if kind in _NEXT and self.pending:
            following = (text or probe).replace("\n", " ")[:_BEGINNING]
            self.anchors.update((name, f"{self.anchors[name]}\n{following}") for name in self.pending)
            self.pending = []
        return Item(kind, text, section=self.section, where=self.locator.text(probe or text), **more)

    def paragraph(self, inlines: list[Node]) -> Iterator[Item]:
        marked = ast.plain(inlines, stand_in=OBJECT, mark=_MARK)
        text = marked.replace(_MARK, "")
        if text.replace(OBJECT, "").strip() and not _is_equation(inlines):
            numbered = "paragraph-number" in ast.classes(inlines[0])
            yield self.item("paragraph", text, _typed(inlines) if numbered else "")
        yield from self.inside(inlines, marked)

    def inside(self, inlines: Sequence[Node], marked: str) -> Iterator[Item]:
        """What stands in a paragraph or heading, each mark of a note with what stands before it.

        ``marked`` is their text, with marks.
        """
        outer, self.befores = self.befores, deque(_befores(marked))
        for place, node in enumerate(inlines):
            if (name := ast.identifier(node)) and name not in self.anchors:
                rest = ast.plain(list(inlines[place:]), stand_in=OBJECT)
                self.anchor(name, ast.plain(list(inlines), stand_in=OBJECT), rest)
            if node["t"] == "Cite":
                self.places(node, inlines, place)
        yield from self.inlines(inlines)
        self.befores = outer

    def places(self, citation: Node, inlines: Sequence[Node], place: int) -> None:
        """The anchors of a citation's links, which the reference list leads back to."""
        for link in ast.iterate(citation):
            if link["t"] == "Link" and (name := ast.identifier(link)) and name not in self.anchors:
                marked = ast.rewrite(list(inlines[place:]), partial(_begun, name))
                rest = ast.plain(marked, stand_in=OBJECT).partition(_MARK)[2]
                self.anchor(name, ast.plain(list(inlines), stand_in=OBJECT), rest)

    def anchor(self, name: str, paragraph: str, rest: str) -> None:
        """An anchor in a paragraph: a reader comes to the paragraph, or to what follows the anchor."""
        texts = [text.replace("\n", " ").strip()[:_BEGINNING] for text in (paragraph, rest)]
        if any(OBJECT in text for text in texts):  # a formula's letters differ from format to format
            self.anchors[name] = ""
            return
        self.anchors[name] = "\n".join(dict.fromkeys(filter(None, texts)))
        if len(texts[-1]) < _LITTLE:
            self.pending.append(name)

    def heading(self, content: list[Any]) -> Iterator[Item]:
        level, _, inlines = content
        marked = ast.plain(inlines, stand_in=OBJECT, mark=_MARK)
        text = marked.replace(_MARK, "")
        self.section = ast.plain(inlines)
        if text.strip():
            yield self.item("section", text, _typed(inlines), level=level)
        yield from self.inside(inlines, marked)

    def division(self, node: Node) -> Iterator[Item]:
        _, blocks = node["c"]
        if "csl-entry" in ast.classes(node):
            text = ast.plain(blocks, stand_in=OBJECT)
            yield Item("reference", text, section=self.section, target=ast.identifier(node))
            inlines = [inline for block in blocks for inline in block["c"]]
            yield from self.inside(inlines, ast.plain(inlines, stand_in=OBJECT, mark=_MARK))
        else:
            yield from self.blocks(blocks)

    def table(self, content: list[Any]) -> Iterator[Item]:
        _, (_, caption), _, head, _, _ = content
        rows = ast.rows({"t": "Table", "c": content})
        cells = tuple(tuple(_joined(cell[4]) for cell in row[1]) for row in rows)
        words = _joined(caption)
        probe = _typed(caption) or next((text for row in cells for text in row if text), "")
        spans = tuple(tuple((cell[3], cell[2]) for cell in row[1]) for row in rows)
        yield self.item("table", words, probe, rows=cells, spans=spans, heads=len(head[1]))
        yield from self.inner(caption)
        for row in rows:
            for cell in row[1]:
                yield from self.inner(cell[4])

    def figure(self, content: list[Any]) -> Iterator[Item]:
        _, (_, caption), blocks = content
        words = _joined(caption)
        shown = [node for node in _pictures(blocks) if node["c"][2][0] in self.images]
        for index, node in enumerate(shown):
            text = words if index == 0 else ""
            yield self.figured(node, text, _typed(caption) if text else "")
        for block in blocks:
            if not (block["t"] in {"Para", "Plain"} and _only_pictures(block["c"])):
                yield from (item for item in self.block(block) if item.kind != "figure")
        if words and not shown:
            yield self.item("paragraph", words)
        yield from self.inner(caption)

    def figured(self, node: Node, text: str = "", probe: str = "") -> Item:
        """A picture that is shown, with its description."""
        alternative, image = ast.alternative_text(node), self.images[node["c"][2][0]]
        probe = probe or text or alternative
        return self.item("figure", text, probe, target=alternative, picture=look(image.data))

    def inner(self, blocks: Sequence[Node]) -> Iterator[Item]:
        """What stands in blocks whose own text is told already: a caption, a cell, a note."""
        for item in self.blocks(blocks):
            if item.kind not in {"paragraph", "section", "code"}:
                yield item

    def inlines(self, inlines: Sequence[Node]) -> Iterator[Item]:
        """Citations, links, equations, pictures and notes among inlines."""
        for node in inlines:
            if node["t"] not in _WORDS:
                yield from self.inline(node)

    def inline(self, node: Node) -> Iterator[Item]:
        kind, content = node["t"], node.get("c")
        if name := ast.identifier(node):
            self.anchors.setdefault(name, "")
        match kind:
            case "Link":
                yield from self.link(node)
                yield from self.inlines(content[1])  # type: ignore[index]
            case "Math":
                letters = _letters(self.mathml.get(equations.key(node), ""))
                yield Item("equation", letters, section=self.section, target=equations.tex(node))
            case "Image":
                if content[2][0] in self.images:  # type: ignore[index]
                    yield self.figured(node)
            case "Note":
                text = _joined(content or [])
                before = self.befores.popleft() if self.befores else ""
                yield Item("mark", before, section=self.section)
                yield self.item("note", text)
                told = (item for item in self.inner(content or []) if item.kind != "table")
                yield from (replace(item, in_note=True) for item in told)
            case "Span" | "Quoted" | "Cite":
                yield from self.inlines(content[1])  # type: ignore[index]
            case "Emph" | "Strong" | "Underline" | "Strikeout" | "Superscript" | "Subscript" | "SmallCaps":
                yield from self.inlines(content or [])

    def link(self, node: Node) -> Iterator[Item]:
        _, inlines, (url, _) = node["c"]
        text = ast.plain(inlines, stand_in=OBJECT)
        if "citation-link" in ast.classes(node):
            yield Item("citation", text, section=self.section, target=url)
        elif url.lower().startswith(("http://", "https://", "mailto:", "ftp://", "#")) and text.strip():
            yield Item("link", text, section=self.section, target=url)


def _befores(marked: str) -> list[str]:
    """For each note of a text, what stands before its mark."""
    parts = marked.split(_MARK)
    return ["".join(parts[: number + 1]) for number in range(len(parts) - 1)]


def _beginning(node: Node) -> str:
    """What a reader who comes to this block meets first: one text, or several alternatives, one a line."""
    kind, content = node["t"], node["c"]
    if kind == "Header":
        return ast.plain(content[2], stand_in=OBJECT)
    if kind == "Figure":
        return _joined(content[1][1])[:_BEGINNING]
    if kind == "Table":
        cells = " ".join(_joined(cell[4]) for cell in islice(ast.cells(node), 8))
        return "\n".join(text[:_BEGINNING] for text in (_joined(content[1][1]), cells) if text.strip())
    if kind in {"Para", "Plain"}:
        text = _block_text(node)[:_BEGINNING]
        return "" if OBJECT in text else text
    if kind == "Div" and content[1]:
        return _beginning(content[1][0])
    return ""


def _letters(mathml: str) -> str:
    """The letters and signs of a formula."""
    return " ".join(html.unescape(_TAG.sub(" ", mathml)).split())


def _joined(blocks: Sequence[Node]) -> str:
    """The text of a cell, caption or note: its paragraphs with a space between them."""
    return " ".join(text for block in blocks if (text := _block_text(block).strip()))


def _block_text(block: Node) -> str:
    return " ".join(ast.plain(block, stand_in=OBJECT).split("\n"))


def _typed(nodes: Sequence[Node]) -> str:
    """The text as somebody typed it: without the number that a caption, heading or paragraph was given."""

    def change(node: Node) -> ast.Rewritten:
        given = {"caption-label", "theorem-label", "section-number", "paragraph-number"}
        return [] if node["t"] == "Span" and given & {*ast.classes(node)} else None

    return ast.plain(ast.rewrite(list(nodes), change))


def _begun(name: str, node: Node) -> ast.Rewritten:
    """A link of this id with a mark at its beginning."""
    if node["t"] != "Link" or ast.identifier(node) != name:
        return None
    attr, inlines, target = node["c"]
    return {"t": "Link", "c": [attr, [{"t": "Str", "c": _MARK}, *inlines], target]}


def _is_equation(inlines: list[Node]) -> bool:
    """True for a numbered formula, unless it could not be set and its TeX stands there as text."""
    only = inlines[0] if len(inlines) == 1 else None
    labelled = only is not None and only["t"] == "Span" and "equation" in ast.classes(only)
    return labelled and any(node["t"] == "Math" for node in ast.iterate(only))


def _pictures(value: Any) -> Iterator[Node]:
    """The pictures that are drawn; one in another's description is not."""
    if isinstance(value, dict) and value.get("t") == "Image":
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _pictures(inner)


def _only_pictures(inlines: list[Node]) -> bool:
    return all(node["t"] in {"Image", "Space", "SoftBreak", "LineBreak"} for node in inlines)
