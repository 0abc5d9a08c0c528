"""Citations that begin a paragraph as ``(@key) …`` or ``@key. …``, examples to pandoc."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from paperbuild.model import Finding
from paperbuild.pandoc import ast
from paperbuild.parse.source import Text

_MARKER = re.compile(r"^[ \t>]*(?:[-*+][ \t]+)*(\(?@([\w-]*)[.)])(?=[ \t]|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Misread:
    """What the numbers of a manuscript's examples are."""

    findings: tuple[Finding, ...] = ()
    """One for each that is a key of the bibliography."""
    again: bool = False
    """True where all are keys, so that the manuscript has to be read without examples."""


def misread(blocks: Any, texts: Sequence[Text], keys: Collection[str]) -> Misread:
    """The examples whose label is a key of the bibliography."""
    lists = (node["c"][0] for node in ast.iterate(blocks) if node["t"] == "OrderedList")
    if not any(style["t"] == "Example" for _, style, _ in lists):
        return Misread()
    places = [(text, match) for text in texts for match in _MARKER.finditer(text.masked)]
    cited = [(text, match) for text, match in places if match[2] in keys]
    again = len(cited) == len(places)
    return Misread(tuple(_finding(text, match, again) for text, match in cited), again and bool(cited))


def _finding(text: Text, match: re.Match[str], again: bool) -> Finding:
    sign, key = match[1], match[2]
    where = text.where(match.start(1))
    if again:
        said = (
            f"{sign} begins a paragraph, where pandoc sees the number of an example; it is read as a citation"
        )
        return Finding("info", "parse", said, where, f"write [@{key}] where the citation is to have brackets")
    said = f"{sign} begins a paragraph, where it is the number of an example: {key} is not cited"
    escaped = f"write \\{sign}, or " if sign.startswith("(") else ""
    return Finding("error", "parse", said, where, f"{escaped}let a word stand before it")
