"""Citations and the reference list of a document: our records in, pandoc's inlines out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

from .items.item import Item
from .items.read import read_item
from .processor import Processor
from .records import Citation, Cite, Entry, Problem, Processed, Rendered, Segment, Style
from .requests import CiteRequest, Cluster
from .style.load import load_style
from .text.pandoc import by_cite, inlines, tree
from .text.tree import Child
from .uncollected import uncollected


@uncollected()
def process(
    style: Style,
    items: Mapping[str, Mapping[str, Any]],
    citations: Sequence[Citation],
    *,
    nocite: Sequence[str] = (),
    lang: str = "",
) -> Processed:
    """The citations and the reference list in this style. Nothing is dropped: see ``Problem``.

    ``items`` are CSL-JSON by key; ``nocite`` keys are listed without being cited (``*`` means all).
    ``lang`` is the document's language, as a tag such as ``de`` or ``pt-BR``; a dependent style's own
    language goes before its parent's. Raises StyleError for a style that cannot be used.
    """
    known = {key: read_item({**data, "id": key}) for key, data in items.items()}
    compiled = load_style(style.path, lang or style.default_locale)
    work = _Work(style, known, Processor(compiled, known, placeholder=_short))
    keys = list(work.keys(citations, nocite))
    clusters = [_cluster(citation, known, note=style.note) for citation in citations]
    result = work.processor.run(clusters, keys)
    rendered = tuple(
        work.rendered(citation, text, author)
        for citation, text, author in zip(citations, result.citations, result.authors, strict=True)
    )
    entries = tuple(Entry(key, tuple(work.entry(entry))) for key, entry in result.bibliography)
    work.problems += [
        Problem(key, f"the style {style.name} prints nothing for {key} in {where}")
        for key, where in sorted(result.silent)
    ]
    return Processed(rendered, entries, tuple(work.problems))


def locale(style: Style, lang: str = "") -> str:
    """The locale in which ``process`` sets citations for a document in this language: ``de`` gives de-DE."""
    return load_style(style.path, lang or style.default_locale).locale.lang


@dataclass(slots=True)
class _Work:
    """What is needed while the citations of one document are set."""

    style: Style
    items: Mapping[str, Item]
    processor: Processor
    problems: list[Problem] = field(default_factory=list)

    def keys(self, citations: Sequence[Citation], nocite: Sequence[str]) -> Iterator[str]:
        """The keys that the reference list holds, in the order of their first citation."""
        cited = [cite.key for citation in citations for cite in citation.cites]
        extra = [key for name in nocite for key in (self.items if name == "*" else (name,))]
        for key in dict.fromkeys([*cited, *extra]):
            if key in self.items:
                yield key
            else:
                self.problems.append(Problem(key, f"{key} is not in the bibliography"))

    def rendered(self, citation: Citation, text: Child, author: Child) -> Rendered:
        """One citation: in the text, or for a note style in the note, with the author in the text."""
        name = self.segments(author, citation.cites[0].key) if author else ()
        rest = [*self.segments(text)]
        for key in (cite.key for cite in citation.cites if cite.key not in self.items):
            rest += [Segment(({"t": "Space"},))] if rest else []
            rest.append(Segment((ast.text(f"@{key}?")[0],), key))
        if self.style.note:
            return Rendered(name, tuple(rest), author=len(name))
        space = (Segment(({"t": "Space"},)),) if name and rest and not self.raised else ()
        return Rendered((*name, *space, *rest), author=len(name) + len(space))

    @property
    def raised(self) -> bool:
        """True for a style that sets its citations as superscripts."""
        return self.processor.style.citation.format.vertical_align == "sup"

    def segments(self, child: Child, key: str = "") -> tuple[Segment, ...]:
        """The pieces of a citation; ``key`` is whose they are where the text does not say."""
        inside = self.processor.style.locale.punctuation_in_quote
        pieces = by_cite(child, self.processor.quotes, inside) if child else []
        return tuple(Segment(tuple(nodes), cite or key) for cite, nodes in pieces)

    def entry(self, child: Child) -> list[Node]:
        """One entry; a number or label set apart is a Span of its own, with a space behind it."""
        inside = self.processor.style.locale.punctuation_in_quote
        made: list[Node] = []
        for node in _stripped(inlines(child, self.processor.quotes, inside)):
            made += _displayed(node, begins=not made or made[-1]["t"] == "LineBreak")
        while made and made[-1]["t"] == "LineBreak":
            made.pop()
        return made


def _displayed(node: Node, *, begins: bool) -> list[Node]:
    """A part of an entry as it stands on the page: blocks on lines of their own (CSL 1.0.2, "Display")."""
    display = ast.classes(node)[0] if node["t"] == "Span" else ""
    if not display.startswith("csl-"):
        return [node]
    content = _stripped(node["c"][1])
    if display == "csl-left-margin":
        return [ast.span(content, "", display), {"t": "Space"}]
    if display == "csl-right-inline":
        return [ast.span(content, "", display)]
    line: list[Node] = [] if begins else [{"t": "LineBreak"}]
    return [*line, *content, {"t": "LineBreak"}]


def _cluster(citation: Citation, items: Mapping[str, Item], *, note: bool) -> Cluster:
    """The processor's record of a citation. Cites with words of their own stay where they were written.

    Inside a note of a note style an author in the text is part of the citation like any other.
    """
    known = [cite for cite in citation.cites if cite.key in items]
    if note and citation.inside_note and known and known[0].mode == "author-in-text":
        known[0] = replace(known[0], mode="normal")
    return Cluster(
        tuple(_request(cite) for cite in known),
        note_number=citation.note_number,
        mode="composite" if known and known[0].mode == "author-in-text" else "",
        unsorted=any(cite.prefix or cite.suffix for cite in known),
        sentence=not citation.inside_note,
    )


def _request(cite: Cite) -> CiteRequest:
    return CiteRequest(
        id=cite.key,
        locator=cite.locator,
        label=cite.label,
        prefix=tree(cite.prefix) if cite.prefix else "",
        suffix=tree(cite.suffix) if cite.suffix else "",
        suppress_author=cite.mode != "normal",
    )


def _short(item: Item) -> str:
    """Authors, or the title, and the year: what stands where a style prints nothing."""
    people = item.names.get("author") or item.names.get("editor") or ()
    who = ", ".join(name.family or name.literal or name.given for name in people)
    issued = item.dates.get("issued")
    year = "" if issued is None else str(issued.begin.year) if issued.begin else issued.literal
    return ", ".join(part for part in (who or item.text.get("title", ""), year) if part) or item.id


def _stripped(nodes: list[Node]) -> list[Node]:
    while nodes and nodes[0]["t"] == "Space":
        nodes = nodes[1:]
    while nodes and nodes[-1]["t"] == "Space":
        nodes = nodes[:-1]
    return nodes
