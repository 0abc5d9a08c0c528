"""The words of running headers and footers, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paperbuild.config import Options
from paperbuild.layouts.model import Layout, RunningLine, TextStyle
from paperbuild.model import Finding, FrontMatter
from paperbuild.pandoc import ast

_PAGE = re.compile(r"(\{pages?\})")
RUNNING_HEAD = 50
"""Characters of a running head at most (APA 7, 2.8)."""
LETTER = 0.56
"""Width of an average letter in sizes of its font; a wide sans (Noto Sans, DejaVu Sans) still fits."""


def words(front: FrontMatter, options: Options) -> dict[str, str]:
    """What ``{title}``, ``{author}``, ``{surname}``, ``{course}`` and ``{running_head}`` stand for."""
    names = [author.name for author in front.authors]
    title = " ".join(ast.plain(front.title).split())
    return {
        "title": title,
        "author": " · ".join(names) if len(names) < 3 else f"{names[0]} et al.",
        "surname": _surnames(front),
        "course": options.course,
        "running_head": options.running_head or _shortened(title, RUNNING_HEAD),
    }


def too_long(options: Options, layout: Layout, where: str = "") -> tuple[Finding, ...]:
    """A warning where the author's running head has more characters than one may have, and is shown.

    Spaces and punctuation count (APA 7, 2.8). ``where`` is the line of the manuscript that says it.
    """
    shown = any(
        "{running_head}" in part
        for line in (layout.header, layout.footer)
        for part in (line.start, line.center, line.end)
    )
    length = len(options.running_head)
    if not shown or length <= RUNNING_HEAD:
        return ()
    said = f"paperbuild.running-head has {length} characters; a running head has {RUNNING_HEAD} at most"
    return (Finding("warning", "layout", said, where, "shorten it to its most important words"),)


def _surnames(front: FrontMatter) -> str:
    """The family names of up to three authors, else of the first one."""
    found = [author.family or _surname(author.name) for author in front.authors]
    return ", ".join(found) if len(found) < 4 else f"{found[0]} et al."


def _surname(name: str) -> str:
    before, comma, _ = name.partition(",")
    parts = before.split()
    return (before.strip() if comma else parts[-1]) if parts else ""


def parts(
    line: RunningLine, known: Mapping[str, str], style: TextStyle, width: float
) -> tuple[str, str, str]:
    """The start, centre and end of a running line, only ``{page}`` and ``{pages}`` still in braces.

    ``known`` are the ``words``; ``width`` is the line's in points: a text too long for it gives up its
    last words for an ellipsis.
    """
    filled = [_fill(part, known) for part in (line.start, line.center, line.end)]
    room = int(width / (style.size * LETTER)) - 4
    longest = max(range(3), key=lambda index: len(filled[index]))
    rest = sum(len(_PAGE.sub("00", part)) for index, part in enumerate(filled) if index != longest)
    filled[longest] = _shortened(filled[longest], max(room - rest, 12))
    return filled[0], filled[1], filled[2]


def pieces(text: str) -> list[str]:
    """The text cut around ``{page}`` and ``{pages}``, empty pieces left out."""
    return [piece for piece in _PAGE.split(text) if piece]


def _fill(text: str, known: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], found[0]), text)


def _shortened(text: str, room: int) -> str:
    if len(text) <= room or _PAGE.search(text):
        return text
    cut = text[:room].rsplit(" ", 1)[0] if " " in text[:room] else text[:room]
    return cut.rstrip(" ,;:–—-") + "…"
