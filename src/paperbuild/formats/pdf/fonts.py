"""The fonts of a page for WeasyPrint: what its style sheet names, and a configuration with no others."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

import tinycss2

from paperbuild.fonts import Choice
from paperbuild.fonts.rules import rules

_CONFIG = "FONTCONFIG_FILE"
_COMMA = ","


def family_lists(style: str) -> tuple[tuple[str, ...], ...]:
    """The families of each ``font-family`` of a style sheet, the body's first, each list once."""
    sheet = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    body = [
        rule for rule in sheet if tinycss2.serialize(getattr(rule, "prelude", None) or ()).strip() == "body"
    ]
    return tuple(dict.fromkeys([*_lists(body), *_lists(sheet)]))


def configuration(choice: Choice) -> Any:
    """A FontConfiguration of WeasyPrint's with the chosen fonts and no others.

    It must not be made in two threads at once: fontconfig is told by the environment what to start from.
    """
    from weasyprint.text import ffi  # noqa: PLC0415 - it looks for Pango when it is imported
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    with tempfile.NamedTemporaryFile("w", prefix="paperbuild-", suffix=".conf", encoding="utf-8") as file:
        file.write(rules(choice.last))
        file.flush()
        with environment(_CONFIG, file.name):
            made = FontConfiguration()
    config = made._config  # noqa: SLF001 - WeasyPrint adds fonts to it the same way, but only one for a rule
    for path in choice.files:
        ffi.fontconfig.FcConfigAppFontAddFile(config, os.fsencode(path))
    ffi.pangoft2.pango_fc_font_map_config_changed(ffi.ffi.cast("PangoFcFontMap *", made.font_map))
    return made


@contextlib.contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """Sets a variable of the environment while it is entered."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


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
