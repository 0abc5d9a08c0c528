"""Formatted inlines as Zotero writes them: RTF for a citation, HTML-like tags for words beside a cite."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_RTF: Mapping[str, tuple[str, str]] = {
    "Emph": (r"{\i{}", "}"),
    "Strong": (r"{\b{}", "}"),
    "Underline": (r"{\ul{}", "}"),
    "SmallCaps": (r"{\scaps ", "}"),
    "Superscript": (r"\super ", r"\nosupersub{}"),
    "Subscript": (r"\sub ", r"\nosupersub{}"),
}
_TAGS: Mapping[str, tuple[str, str]] = {
    "Emph": ("<i>", "</i>"),
    "Strong": ("<b>", "</b>"),
    "SmallCaps": ('<span style="font-variant:small-caps;">', "</span>"),
    "Superscript": ("<sup>", "</sup>"),
    "Subscript": ("<sub>", "</sub>"),
}
"""CSL 1.0.2, "Rich Text Markup within Fields"."""


def rtf(inlines: Sequence[Node]) -> str:
    """RTF without a header, in ASCII: what citeproc-js gives Zotero for a citation."""
    return "".join(_pieces(inlines, _RTF, _escaped))


def markup(inlines: Sequence[Node]) -> str:
    """Text with the tags that CSL knows in fields; what they can't say is plain text."""
    return "".join(_pieces(inlines, _TAGS, str))


def _pieces(
    inlines: Sequence[Node], marks: Mapping[str, tuple[str, str]], escape: Callable[[str], str]
) -> list[str]:
    pieces: list[str] = []
    for node in inlines:
        inner: Any = node.get("c")
        if node["t"] in marks:
            begin, end = marks[node["t"]]
            pieces += [begin, *_pieces(inner, marks, escape), end]
        elif node["t"] in {"Link", "Span", "Cite"}:
            pieces += _pieces(inner[1], marks, escape)
        else:
            pieces.append(escape(ast.plain([node])))
    return pieces


def _escaped(text: str) -> str:
    return "".join(_sign(char) for char in text)


def _sign(char: str) -> str:
    r"""A character of RTF 1.9.1; beyond ASCII it is ``\u`` and its UTF-16 units."""
    if char in "\\{}":
        return f"\\{char}"
    if char == "\t":
        return r"\tab{}"
    if ord(char) < 0x7F:
        return char
    data = char.encode("utf-16-be", "surrogatepass")
    units = (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))
    return "".join(rf"\uc0\u{unit}{{}}" for unit in units)
