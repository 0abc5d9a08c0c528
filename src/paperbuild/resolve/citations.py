"""Citations: pandoc's ``Cite`` nodes to the citation processor and back, as linked text or as notes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from paperbuild import csl, locators
from paperbuild.locate import Locator
from paperbuild.model import Finding, Reference
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.resolve.places import placed

_MODES: Mapping[str, Any] = {
    "NormalCitation": "normal",
    "SuppressAuthor": "suppress-author",
    "AuthorInText": "author-in-text",
}
_UNSAFE = re.compile(r"[^\w.-]")
_LONGEST = 40
"""Characters of an anchor: Word's limit for the name of a bookmark."""
_PUNCTUATION = re.compile(r"^[.,;:!?…。，；：！？、”’\"'»)\]]+")
_STOPS = ".。!?！？"

Items = Mapping[str, Mapping[str, Any]]


def anchor(key: str) -> str:
    """The id of an entry in the reference list, which citations link to: a name that every format allows."""
    name = "ref-" + _UNSAFE.sub("_", key)
    if name == f"ref-{key}" and len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - 9]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class _Place:
    """A citation's position: the note it stands in (0 in the text), and the note it would become."""

    node: Node
    in_note: bool
    note_number: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """The tree with citations as text, the reference list, and what was found on the way."""

    blocks: list[Node]
    references: tuple[Reference, ...]
    findings: tuple[Finding, ...]


def resolve(
    blocks: list[Node], style: csl.Style, items: Items, nocite: Sequence[str], lang: str, locator: Locator
) -> Resolved:
    """The blocks with every ``Cite`` resolved in the style, and its reference list."""
    blocks, from_commas = _without_commas(blocks, locator)
    places = list(_places(blocks, note_style=style.note))
    requests = [_request(place, items) for place in places]
    done = csl.process(
        style, items, [request for request in requests if request.cites], nocite=nocite, lang=lang
    )
    references = tuple(Reference(entry.key, anchor(entry.key), entry.inlines) for entry in done.bibliography)
    listed = {reference.key for reference in references}
    rendered = iter(done.citations)
    texts = [next(rendered) if request.cites else csl.Rendered(()) for request in requests]
    findings = [
        *from_commas,
        *(
            Finding("warning", "citations", _invalid(style, said), str(style.path))
            for said in style.complaints
        ),
        *_unknown(places, items, locator),
        *(Finding("warning", "citations", p.message, locator.key(p.key)) for p in done.problems),
    ]
    builder = _Builder(iter(zip(places, texts, strict=True)), items, listed, style)
    return Resolved(placed(builder.value(blocks)), references, tuple(findings))


def _invalid(style: csl.Style, said: str) -> str:
    return f"the style {style.path.name} does not follow CSL's schema, {said}"


def cited_keys(blocks: Any) -> list[str]:
    """The keys of all citations, each once, in the order in which they are cited."""
    cites = (
        cite["citationId"] for node in ast.iterate(blocks) if node["t"] == "Cite" for cite in node["c"][0]
    )
    return list(dict.fromkeys(cites))


def unlinked(blocks: list[Node]) -> list[Node]:
    """Resolved blocks whose citations lead nowhere, for a document without a reference list."""

    def change(node: Node) -> ast.Rewritten:
        is_link = node["t"] == "Link" and "citation-link" in ast.classes(node)
        return list(node["c"][1]) if is_link else None

    return ast.rewrite(blocks, change)  # type: ignore[no-any-return]


def _without_commas(blocks: list[Node], locator: Locator) -> tuple[list[Node], list[Finding]]:
    """The blocks with ``[@a, @b]`` read as ``[@a; @b]``, and a warning for each.

    pandoc takes what follows the comma for a suffix, and the second key would stand there as typed.
    """
    findings: list[Finding] = []

    def change(node: Node) -> ast.Rewritten:
        if node["t"] != "Cite" or not any(n["t"] == "Cite" for n in ast.iterate(node["c"][0])):
            return None
        cites = [single for cite in node["c"][0] for single in _singles(cite)]
        names = [cite["citationId"] for cite in cites]
        findings.append(
            Finding(
                "warning",
                "citations",
                f"the keys {', '.join(names)} stand in one citation without a semicolon between them",
                locator.key(names[-1]),
                f"write [{'; '.join('@' + name for name in names)}]",
            )
        )
        return {"t": "Cite", "c": [cites, node["c"][1]]}

    return ast.rewrite(blocks, change), findings


def _singles(cite: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A citation, and the citations that stand in its suffix, each with what follows it as its suffix."""
    current = {**cite, "citationSuffix": []}
    for node in cite["citationSuffix"]:
        if node["t"] == "Cite":
            current["citationSuffix"] = _without_comma(current["citationSuffix"])
            yield current
            current = {**node["c"][0][0], "citationMode": {"t": "NormalCitation"}, "citationSuffix": []}
        else:
            current["citationSuffix"] = [*current["citationSuffix"], node]
    yield current


def _without_comma(suffix: list[Node]) -> list[Node]:
    """The suffix without the comma and the spaces at its end."""
    while suffix and (suffix[-1]["t"] in {"Space", "SoftBreak"} or suffix[-1].get("c") == ","):
        suffix = suffix[:-1]
    return suffix


def _places(blocks: list[Node], *, note_style: bool) -> Iterator[_Place]:
    """Every citation in reading order, with the numbers that notes will have."""
    count = 0

    def walk(value: Any, note: int) -> Iterator[_Place]:
        nonlocal count
        if isinstance(value, list):
            for item in value:
                yield from walk(item, note)
        elif isinstance(value, dict):
            kind = value.get("t")
            if kind == "Note":
                count += 1
                yield from walk(value["c"], count)
            elif kind == "Cite":
                if note_style and not note:
                    count += 1
                yield _Place(value, bool(note), note or (count if note_style else 0))
            else:
                for item in value.values():
                    yield from walk(item, note)

    yield from walk(blocks, 0)


def _request(place: _Place, items: Items) -> csl.Citation:
    cites = [_cite(cite) for cite in place.node["c"][0] if cite["citationId"] in items]
    return csl.Citation(tuple(cites), place.note_number, place.in_note)


def _cite(cite: Mapping[str, Any]) -> csl.Cite:
    label, locator, suffix = locators.split(cite["citationSuffix"])
    return csl.Cite(
        key=cite["citationId"],
        prefix=tuple(cite["citationPrefix"]),
        locator=locator,
        label=label,
        suffix=suffix,
        mode=_MODES[cite["citationMode"]["t"]],
    )


def _unknown(places: Sequence[_Place], items: Items, locator: Locator) -> Iterator[Finding]:
    """An error for each key that is not in the bibliography, with the nearest ones that are."""
    keys = list(items)
    for key in dict.fromkeys(c["citationId"] for place in places for c in place.node["c"][0]):
        if key in items:
            continue
        near = get_close_matches(key, keys, 3, 0.6) or [k for k in keys if k.lower() == key.lower()]
        if not keys:
            hint = "the manuscript has no bibliography: add the line  bibliography: references.bib"
        elif near:
            hint = f"nearest: {', '.join(near)}"
        else:
            hint = "add it to the bibliography"
        yield Finding("error", "citations", f"{key} is not in the bibliography", locator.key(key), hint)


@dataclass
class _Builder:
    """Puts the rendered citations back where they came from; walks in the same order as ``_places``."""

    rendered: Iterator[tuple[_Place, csl.Rendered]]
    items: Items
    listed: set[str]
    style: csl.Style

    def value(self, value: Any) -> Any:
        if isinstance(value, list):
            return self.inlines(value)
        if isinstance(value, dict):
            return {key: self.value(item) if key != "t" else item for key, item in value.items()}
        return value

    def inlines(self, nodes: list[Any]) -> list[Any]:
        result: list[Any] = []
        pending = list(nodes)
        while pending:
            node = pending.pop(0)
            if not (isinstance(node, dict) and node.get("t") == "Cite"):
                result.append(self.value(node))
                continue
            place, text = next(self.rendered)
            made = self.citation(place, text)
            if made and made[0]["t"] == "Note":
                while result and result[-1].get("t") in {"Space", "SoftBreak"}:
                    result.pop()
                pending = _before_note(result, pending)
            result.extend(made)
        return result

    def citation(self, place: _Place, rendered: csl.Rendered) -> list[Node]:
        """The nodes that stand for one citation: a ``Cite``, and in a note style a ``Note`` with one."""
        cites = place.node["c"][0]
        unknown: list[Node] = []
        for key in (c["citationId"] for c in cites if c["citationId"] not in self.items):
            mark = ast.span([{"t": "Str", "c": f"[@{key}?]"}], "", "unresolved")
            unknown += [{"t": "Space"}, mark] if unknown else [mark]
        author, rest = rendered.text[: rendered.author], rendered.text[rendered.author :]
        named = self.linked(author)
        words = self.linked([*rest, *rendered.note])
        shown = [*words, *_spaced(unknown, words)]
        beside = _beside_author(cites, whole=self.style.note and place.in_note)
        made = [_cite_node(beside, shown)] if shown or not named else []
        if not rendered.note or place.in_note:
            return [_cite_node(cites, [*named, *made])] if named else made
        note: Node = {"t": "Note", "c": [ast.para(made)]}
        return [_cite_node(cites, named), note] if named else [note]

    def linked(self, segments: Sequence[csl.Segment]) -> list[Node]:
        result: list[Node] = []
        for segment in segments:
            if segment.key in self.listed and not any(n["t"] == "Link" for n in ast.iterate(segment.inlines)):
                result.append(ast.link(segment.inlines, f"#{anchor(segment.key)}", "citation-link"))
            else:
                result.extend(segment.inlines)
        return result


def _cite_node(cites: Any, inlines: list[Node]) -> Node:
    return {"t": "Cite", "c": [cites, inlines]}


def _beside_author(cites: list[Any], *, whole: bool) -> list[Any]:
    """The cites of what follows an author in the text: such a cite is one that leaves its author out, or in a
    note of a note style a ``whole`` one."""
    mode = {"t": "NormalCitation" if whole else "SuppressAuthor"}
    return [
        {**cite, "citationMode": mode} if cite["citationMode"]["t"] == "AuthorInText" else cite
        for cite in cites
    ]


def _spaced(nodes: list[Node], before: list[Node]) -> list[Node]:
    return [{"t": "Space"}, *nodes] if nodes and before else nodes


def _before_note(result: list[Any], pending: list[Any]) -> list[Any]:
    """Moves the punctuation that follows a citation before its note mark (Chicago Manual of Style 17, 14.26).

    Returns what is left to do. A stop is not doubled where the text before ends with one already.
    """
    if not pending or not (isinstance(pending[0], dict) and pending[0].get("t") == "Str"):
        return pending
    match = _PUNCTUATION.match(pending[0]["c"])
    if not match:
        return pending
    signs, rest = match.group(), pending[0]["c"][match.end() :]
    if signs[0] in _STOPS and ast.plain(result).rstrip()[-1:] in {*_STOPS}:
        signs = signs[1:]
    if signs:
        result.append({"t": "Str", "c": signs})
    return [{"t": "Str", "c": rest}, *pending[1:]] if rest else pending[1:]
