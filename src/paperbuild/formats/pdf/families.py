"""The families that the style sheet of a page names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

import tinycss2

_COMMA = ","


def family_lists(style: str) -> tuple[tuple[str, ...], ...]:
    """The families of each ``font-family`` of a style sheet, the body's first, each list once."""
    sheet = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    body = [
        rule for rule in sheet if tinycss2.serialize(getattr(rule, "prelude", None) or ()).strip() == "body"
    ]
    return tuple(dict.fromkeys([*_lists(body), *_lists(sheet)]))


def _lists(tokens: Iterable[Any]) -> Iterator[tuple[str, ...]]:
    """The lists of families after each ``font-family:`` among tokens and in the blocks within them."""
    rest = iter(tokens)
    for token in rest:
        if token.type == "ident" and token.lower_value == "font-family":
            value = list(takewhile(lambda each: not (each.type == "literal" and each.value == ";"), rest))
            if families := tuple(_families(value)):
                yield families
        else:
            yield from _lists(getattr(token, "content", None) or ())


def _families(value: Iterable[Any]) -> Iterator[str]:
    """Family names of a value: strings, or identifiers between commas (CSS Fonts 4, section 2.1.2)."""
    words: list[str] = []
    for token in value:
        if token.type in {"string", "ident"}:
            words.append(token.value)
        elif token.type == "literal" and token.value == _COMMA:
            yield " ".join(words)
            words = []
    if words:
        yield " ".join(words)
