"""Gathering: everything that a document says, in its text and outside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from paperbuild import equations
from paperbuild.leak.markup import plain
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast


@dataclass(slots=True)
class Said:
    """All that was found in a document."""

    texts: list[str] = field(default_factory=list)
    """Texts that a reader sees, one for each block, note, cell, caption; and descriptions and titles."""
    headings: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    """Code and TeX."""
    names: list[str] = field(default_factory=list)
    """Ids, classes, values of attributes, anchors and keys of references."""
    targets: list[str] = field(default_factory=list)
    """Where links lead."""
    pictures: list[str] = field(default_factory=list)
    """The targets of pictures."""
    mathml: list[str] = field(default_factory=list)


class _Walk:
    """Walks a tree once. ``line`` collects the text of the block at hand."""

    def __init__(self, said: Said, mathml: Mapping[str, str]) -> None:
        self.said = said
        self.mathml = mathml
        self.line: list[str] = []

    def text(self, value: Any) -> str:
        """Walk ``value`` as a text of its own, and add it to the texts."""
        outer, self.line = self.line, []
        self.visit(value)
        found = "".join(self.line)
        self.line = outer
        if found:
            self.said.texts.append(found)
        return found

    def visit(self, value: Any) -> None:
        """Walk anything of the tree."""
        if isinstance(value, dict):
            kind = value.get("t")
            if kind == "Str":
                self.line.append(value["c"])
            elif kind in _BLANK:
                self.line.append(_BLANK[kind])
            elif kind in _SPECIAL:
                _SPECIAL[kind](self, value)
            elif kind is None:
                self.names_of(value)
            elif kind in ast.BLOCK_TYPES or kind == "Note":
                self.attr(value)
                self.text(value.get("c"))
            else:
                self.attr(value)
                self.visit(value.get("c"))
        elif isinstance(value, (list, tuple)):
            for item in value:
                if isinstance(item, (dict, list)):
                    self.visit(item)

    def attr(self, node: Any) -> None:
        name, classes, pairs = ast.attributes(node)
        self.said.names += [name, *classes, *(value for _, value in pairs)]
        self.said.texts += [value for _, value in pairs]

    def names_of(self, citation: Any) -> None:
        self.said.names.append(citation.get("citationId", ""))

    def lines(self, node: Any) -> None:
        for line in node["c"]:
            self.text(line)
        self.text([inline for line in node["c"] for inline in (*line, {"t": "LineBreak"})])

    def definitions(self, node: Any) -> None:
        for term, meanings in node["c"]:
            self.text(term)
            self.visit(meanings)

    def header(self, node: Any) -> None:
        self.attr(node)
        self.said.headings.append(self.text(node["c"][2]))

    def verbatim(self, node: Any) -> None:
        self.attr(node)
        code = node["c"][1]
        self.said.code.append(code)
        if node["t"] == "CodeBlock":
            self.said.texts.append(code)
        else:
            self.line.append(code)

    def math(self, node: Any) -> None:
        self.line.append(node["c"][1])
        self.said.code.append(equations.tex(node))
        if drawn := self.mathml.get(equations.key(node)):
            self.said.mathml.append(drawn)

    def link(self, node: Any) -> None:
        self.attr(node)
        _, inlines, (target, title) = node["c"]
        if node["t"] == "Image":
            self.said.pictures.append(target)
            self.text(inlines)
        else:
            self.said.targets.append(target)
            self.visit(inlines)
        self.said.texts.append(title)

    def raw(self, node: Any) -> None:
        self.said.texts.append(node["c"][1])


_BLANK = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_SPECIAL = {
    "Header": _Walk.header,
    "Code": _Walk.verbatim,
    "CodeBlock": _Walk.verbatim,
    "Math": _Walk.math,
    "Link": _Walk.link,
    "Image": _Walk.link,
    "LineBlock": _Walk.lines,
    "DefinitionList": _Walk.definitions,
    "RawInline": _Walk.raw,
    "RawBlock": _Walk.raw,
}


def gather(document: ResolvedDocument) -> Said:
    """What stands in the document's body, front matter and reference list."""
    said, front = Said(), document.front
    walk = _Walk(said, document.mathml)
    for part in (front.title, front.subtitle, front.date):
        walk.text(list(part))
    walk.visit([*front.abstract, *document.blocks])
    for reference in document.references:
        said.names += [reference.key, reference.anchor]
        walk.text(list(reference.inlines))
    for author in front.authors:
        said.texts += [author.name, *author.affiliations, author.email, author.orcid]
    said.texts += front.keywords
    said.texts += (unescape(plain(each)[0]) for each in said.mathml)
    said.texts += _drawn(said.pictures, document)
    return said


def _drawn(pictures: Iterable[str], document: ResolvedDocument) -> list[str]:
    """The texts of drawings (SVG): labels, titles, descriptions."""
    images = (document.images.get(name) for name in pictures)
    return [
        plain(image.data.decode("utf-8", errors="replace"))[0]
        for image in images
        if image is not None and image.media_type == "image/svg+xml"
    ]
