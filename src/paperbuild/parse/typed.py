"""Markup that pandoc reads as text, so that readers see it as it was typed: each is named with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from paperbuild.model import OBJECT, Finding
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.parse.source import Text

_HEADING = re.compile(r"(#{1,6}) (\w*)")
_HEADING_WITHOUT_SPACE = re.compile(r"(#{2,6})([^\W\d_]\w*)")
_ITEM = re.compile(r"([-*+]|\d{1,3}[.)]) (\w*)")
_FENCE = re.compile(r"((?:`{3,}|~{3,})(?!\{))( ?)([\w.+-]*)$")
_DIVISION = re.compile(r"(:{3,})( ?)(\{?\.?[\w-]+)")
_COMMENT = re.compile(r"(<!)(?:--|–)")
_LINK = re.compile(
    r"(?<![\w\]\\])\[([^\[\]@^\ufffc]+)\]"
    r"\[([^\[\]\ufffc]*[^\W\d_][^\[\]\ufffc]*|)\](?![\[(\w])"
)
_ROW = re.compile(r"[^|]*\|.*\|\s*$")
_SHOWN = 40
_MOST = 40
"""Complaints that are made of one manuscript: who mends so many looks for the others."""
_BEFORE = "put an empty line before it"

_Complaint = tuple[str, str, str]
"""What is said, a pattern that finds the line in the source, and what to do."""


def findings(blocks: Any, texts: Sequence[Text]) -> Iterator[Finding]:
    """A warning for each heading, list, fence, comment, row or link that was typed and is none."""
    complaints = (complaint for node in ast.iterate(blocks) for complaint in _complaints(node))
    for said, pattern, hint in islice(dict.fromkeys(complaints), _MOST):
        if where := _where(pattern, texts):
            yield Finding("warning", "parse", f"{said}, and stands in the text as typed", where, hint)


def _complaints(node: Node) -> Iterator[_Complaint]:
    if node["t"] in {"Para", "Plain"}:
        lines = _lines(node["c"])
        for find in (_headings, _lists, _fences, _comments, _links, _tables):
            yield from find(lines)
    elif node["t"] == "LineBlock":
        lines = [ast.plain(line) for line in node["c"]]
        if all(_ROW.match(line) for line in lines):
            yield _row("| ", lines[0], "give the table a line of dashes below its head: |---|---|")


def _lines(inlines: Sequence[Node]) -> list[str]:
    """The words of a paragraph, line by line as typed; what is no plain word is a sign of its own."""
    lines = [""]
    for node in inlines:
        match node["t"]:
            case "Str":
                lines[-1] += node["c"]
            case "Space":
                lines[-1] += " "
            case "SoftBreak" | "LineBreak":
                lines.append("")
            case _:
                lines[-1] += OBJECT
    return lines


def _headings(lines: list[str]) -> Iterator[_Complaint]:
    for line in lines[1:]:
        if match := _HEADING.match(line):
            yield f"«{_short(line)}» is no heading", _pattern(match[1], " ", match[2]), _BEFORE
    if match := _HEADING_WITHOUT_SPACE.match(lines[0]):
        hint = f"put a space behind {match[1]}"
        yield f"«{_short(lines[0])}» is no heading", rf"^{match[1]}{re.escape(match[2])}", hint


def _lists(lines: list[str]) -> Iterator[_Complaint]:
    items = [(line, match) for line in lines[1:] if (match := _ITEM.match(line))]
    if len(items) > 1 and len({match[1][-1] for _, match in items}) == 1:
        line, match = items[0]
        yield f"«{_short(line)}» begins no list", _pattern(match[1], " ", match[2]), _BEFORE


def _fences(lines: list[str]) -> Iterator[_Complaint]:
    match = _FENCE.match(lines[0])
    if match and (match[3] or len(lines) > 1):
        said = f"«{match[0]}» begins no block of code, for nothing closes it"
        yield said, _pattern(*match.groups()), f"put {match[1]} on a line of its own behind the code"
    for line in lines:
        if match := _DIVISION.match(line):
            yield f"«{_short(line)}» is no fence of a division", _pattern(*match.groups()), _BEFORE


def _comments(lines: list[str]) -> Iterator[_Complaint]:
    if any(_COMMENT.search(line) for line in lines):
        yield "«<!--» begins no comment, for nothing closes it", r"<!--", "put --> where it ends"


def _links(lines: list[str]) -> Iterator[_Complaint]:
    for match in _LINK.finditer("\n".join(lines)):
        key = match[2] or match[1]
        said = f"«{_short(match[0])}» is no link, for nothing says where {key} leads"
        hint = f"write [{key}]: with its address on a line of its own"
        yield said, re.escape(match[0]).replace(r"\ ", r"\s+").replace("\n", r"\s+"), hint


def _tables(lines: list[str]) -> Iterator[_Complaint]:
    rows = [line for line in lines[1:] if line.startswith("|") and _ROW.match(line[1:])]
    if len(rows) > 1:
        yield _row("", rows[0], _BEFORE)


def _row(before: str, line: str, hint: str) -> _Complaint:
    words = re.split(r"\s*\|\s*", (before + line).strip())
    pattern = r"[ \t]*\|[ \t]*".join(re.escape(word) for word in words if word.isascii())
    return f"«{_short(before + line)}» is no row of a table", pattern, hint


def _pattern(sign: str, space: str, word: str) -> str:
    gap = r"[ \t]+" if space else ""
    return rf"^[ \t>]*{re.escape(sign)}{gap}{re.escape(word)}"


def _short(line: str) -> str:
    flat = " ".join(line.replace(OBJECT, "…").split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"


def _where(pattern: str, texts: Sequence[Text]) -> str:
    for text in texts:
        if match := re.search(pattern, text.masked, re.MULTILINE):
            return text.where(match.start())
    return ""
