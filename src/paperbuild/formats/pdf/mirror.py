"""A layout's style sheet for text from right to left: what it says of the left holds for the right."""

from __future__ import annotations

import re

_LENGTH = r"-?[\d.]+[a-z]*|auto"
_MIRRORED = re.compile(
    rf"""
    (?P<kept> "[^"]*" | \[dir=(?:rtl|ltr)\][^{{}}]*\{{[^{{}}]*\}} )
    | (?P<sides> \b(?:margin|padding):\s* ) (?P<top>{_LENGTH})\s+(?P<right>{_LENGTH})\s+
      (?P<bottom>{_LENGTH})\s+(?P<left>{_LENGTH})(?=\s*[;}}])
    | (?P<word> (?<=[-@\s:;{{]) (?:left|right) \b )
    """,
    re.VERBOSE,
)
"""Lengths of four sides change, and names of sides; not strings, nor rules for one direction."""

RULES = (
    "html { direction: rtl; } h1,h2,h3,h4,h5,h6,td,th,.line-block { text-align: right; }\n"
    # WeasyPrint 70 measures spaces in the font of the letters beside them and, where it justifies a line,
    # draws them in the first font of the list. Where there is any room to add, it measures them apart, too.
    "body { word-spacing: 0.002px; }"
)


def mirrored(style: str) -> str:
    """The style sheet with left and right exchanged."""
    return _MIRRORED.sub(_other, style)


def _other(match: re.Match[str]) -> str:
    if match["kept"]:
        return match["kept"]
    if match["word"]:
        return "left" if match["word"] == "right" else "right"
    return f"{match['sides']}{match['top']} {match['left']} {match['bottom']} {match['right']}"
