"""HTML as the CSL test-suite writes it.

The elements, the spelling of their attributes and the line ends around display blocks are those of the
suite's expected results (citeproc-js's output format ``html``).
"""

from __future__ import annotations

import re
import unicodedata

from paperbuild.csl.text.seams import CLOSE, ENGLISH, QuoteMarks, finish
from paperbuild.csl.text.tree import Child

_ELEMENTS = {
    ("font_style", "italic"): ("<i>", "</i>"),
    ("font_style", "oblique"): ("<em>", "</em>"),
    ("font_style", "normal"): ('<span style="font-style:normal;">', "</span>"),
    ("font_variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("font_variant", "normal"): ('<span style="font-variant:normal;">', "</span>"),
    ("font_weight", "bold"): ("<b>", "</b>"),
    ("font_weight", "normal"): ('<span style="font-weight:normal;">', "</span>"),
    ("text_decoration", "none"): ('<span style="text-decoration:none;">', "</span>"),
    ("text_decoration", "underline"): ('<span style="text-decoration:underline;">', "</span>"),
    ("vertical_align", "sup"): ("<sup>", "</sup>"),
    ("vertical_align", "sub"): ("<sub>", "</sub>"),
    ("vertical_align", "baseline"): ('<span style="baseline">', "</span>"),
    ("display", "block"): ('\n\n    <div class="csl-block">', "</div>\n"),
    ("display", "left-margin"): ('\n    <div class="csl-left-margin">', "</div>"),
    ("display", "right-inline"): ('<div class="csl-right-inline">', "</div>\n  "),
    ("display", "indent"): ('<div class="csl-indent">', "</div>\n  "),
}
_NOTHING = ("", "")
_RAISED = "ªº²³¹ʰ-ʸˠ-ˤᴬᴭᴮᴰ-ᴺᴼ-ᵍᵏᵐᵑᵒ-ᵡ⁰ⁱ⁴-ⁿ℠™㆒-㆟ˀˁۥۦ"
_LOWERED = str.maketrans("ˀˁۥۦ", "ʔʕوي")  # those without a compatibility decomposition
_SPECIAL = re.compile(rf"[&<>{_RAISED}]|\s\s")
_REPLACED = {"&": "&#38;", "<": "&#60;", ">": "&#62;"}


def render(child: Child, quotes: QuoteMarks = ENGLISH, punctuation_in_quote: bool = True) -> str:
    """The node as HTML; links, which the suite does not have, and ``font-weight="light"`` have no element."""
    parts: list[str] = []
    open_: list[str] = []
    for piece in finish(child, quotes, punctuation_in_quote):
        if isinstance(piece, str):
            parts.append(_SPECIAL.sub(_escaped, piece))
        elif piece is CLOSE:
            parts.append(open_.pop())
        else:
            start, end = _ELEMENTS.get((piece.name, piece.value), _NOTHING)
            parts.append(start)
            open_.append(end)
    return "".join(parts)


def _escaped(match: re.Match[str]) -> str:
    """A character that HTML reserves, two spaces that it would fold, a superscript as an element."""
    found = match[0]
    if found in _REPLACED:
        return _REPLACED[found]
    if len(found) == 2:
        return "\u00a0 "
    return f"<sup>{unicodedata.normalize('NFKC', found.translate(_LOWERED))}</sup>"
