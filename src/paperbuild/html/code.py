"""Highlighted code."""

from __future__ import annotations

from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
_LONGEST = 100_000
"""Characters of code that are still highlighted."""


def highlighted(source: str, classes: list[str]) -> str:
    """The code as HTML spans with Pygments' short class names; escaped text where no lexer fits.

    The text is that of the source, to the letter.
    """
    if len(source) <= _LONGEST:
        for name in classes:
            try:
                lexer = get_lexer_by_name(name.strip("{}."), stripnl=False, ensurenl=False)
            except ClassNotFound:
                continue
            blank = source[len(source.rstrip("\n")) :]
            return highlight(source, lexer, _FORMATTER).rstrip("\n") + blank
    return escape(source, quote=False)


def style_rules(selector: str, style: str = "default") -> str:
    """CSS rules for the class names, below a selector."""
    rules: str = HtmlFormatter(style=style).get_style_defs(selector)  # type: ignore[no-untyped-call]
    return rules
