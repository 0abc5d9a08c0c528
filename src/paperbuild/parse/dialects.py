"""What Quarto and bookdown write in their own way, said in pandoc's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from paperbuild import callouts
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_REFERENCE = re.compile(r"@ref\(([\w:.-]+)\)")
_LABEL = re.compile(r"\(#((?:fig|tab|eq):[\w-]+)\)")
_LABEL_IN_TEX = re.compile(r"\(\\#([\w:-]+)\)")
_CELL = re.compile(
    r"^[ \t]*(`{3,}|~{3,})[ \t]*(\{([A-Za-z][\w+-]*)(?:[\s,][^}\n]*)?\})[ \t]*\n(.*?)^[ \t]*\1[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
"""A code cell of Quarto and R Markdown. Its head is no attribute to pandoc, and the whole no fenced code."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell as it stands in the source."""

    head: str
    """``{r name, echo=FALSE}``"""
    language: str
    code: str
    line: int
    """Where it begins in the source, from 1."""

    @property
    def parted(self) -> bool:
        """True where a blank line ends the cell for pandoc."""
        return any(not line.strip() for line in self.code.split("\n"))


def cells(text: str) -> Mapping[str, Cell]:
    """The code cells of a source by what pandoc makes of them: their head and code as words of one line."""
    found = [
        Cell(match[2], match[3], match[4].rstrip("\n"), text[: match.start()].count("\n") + 1)
        for match in _CELL.finditer(text)
    ]
    return {" ".join(f"{cell.head} {cell.code}".split()): cell for cell in found}


def cell_key(node: Node) -> str:
    """What ``cells`` has a cell under that pandoc took for a paragraph of inline code; else an empty text."""
    if node["t"] not in {"Para", "Plain"} or [inner["t"] for inner in node["c"]] != ["Code"]:
        return ""
    return " ".join(node["c"][0]["c"][1].split())


def understood(node: Node) -> ast.Rewritten:
    """A node of one of these dialects as pandoc's AST has it; None for any other node."""
    match node["t"]:
        case "Div":
            return callouts.titled(node) if callouts.is_callout(node) else _with_caption(node)
        case "Image" | "Para":
            return _described(node) if node["t"] == "Image" else _figure(node)
        case "Str":
            return _bookdown(node)
        case "Math":
            return _labelled(node)
    return None


def _labelled(node: Node) -> ast.Rewritten:
    """A formula with its label as LaTeX has it; one of nothing is none."""
    kind, tex = node["c"]
    return {"t": "Math", "c": [kind, _LABEL_IN_TEX.sub(r"\\label{\1}", tex)]} if tex.strip() else []


def _with_caption(node: Node) -> ast.Rewritten:
    """Quarto's figure or table whose caption is an attribute, with it as its last paragraph."""
    given = ast.pairs(node)
    words = given.get("fig-cap") or given.get("tbl-cap") or ""
    if not words:
        return None
    (name, names, pairs), blocks = node["c"]
    kept = [pair for pair in pairs if pair[0] not in {"fig-cap", "tbl-cap"}]
    return {"t": "Div", "c": [[name, names, kept], [*blocks, ast.para(ast.text(words))]]}


def _described(node: Node) -> ast.Rewritten:
    """A picture with Quarto's ``fig-alt`` as its description."""
    words = ast.pairs(node).get("fig-alt")
    if words is None:
        return None
    (name, names, pairs), *rest = node["c"]
    kept = [pair for pair in pairs if pair[0] not in {"fig-alt", "alt"}]
    return {"t": "Image", "c": [[name, names, [*kept, ["alt", words]]], *rest]}


def _figure(node: Node) -> ast.Rewritten:
    """A picture that stands alone with Quarto's ``fig-cap``, as a figure with this caption."""
    image: Node = node["c"][0] if len(node["c"]) == 1 else node
    words = ast.pairs(image).get("fig-cap", "")
    if image["t"] != "Image" or not words:
        return None
    (name, names, pairs), inlines, target = image["c"]
    shown = inlines or ast.text(words)
    bare = {"t": "Image", "c": [["", names, [p for p in pairs if p[0] != "fig-cap"]], shown, target]}
    caption = [None, [{"t": "Plain", "c": ast.text(words)}]]
    return {"t": "Figure", "c": [ast.attr(name), caption, [{"t": "Plain", "c": [bare]}]]}


def _bookdown(node: Node) -> ast.Rewritten:
    """``\\@ref(x)`` as pandoc reads ``\\ref{x}``, and ``(\\#tab:x)`` as it reads ``\\label{tab:x}``."""
    text = node["c"]
    if match := _REFERENCE.search(text):
        name = match.group(1)
        pairs = [("reference-type", "ref"), ("reference", name)]
        made = {"t": "Link", "c": [ast.attr("", [], pairs), ast.text(name), [f"#{name}", ""]]}
    elif match := _LABEL.match(text):
        made = ast.span([], match.group(1))
        made["c"][0][2].append(["label", match.group(1)])
    else:
        return None
    before, after = text[: match.start()], text[match.end() :]
    parts = [{"t": "Str", "c": before} if before else None, made, {"t": "Str", "c": after} if after else None]
    return [part for part in parts if part]
