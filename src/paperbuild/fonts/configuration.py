"""What WeasyPrint is told of fonts, wherever something is drawn with it."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from paperbuild.fonts.families import FAMILIES

_RULES = Path(__file__).parent / "fonts.conf"
"""Made by ``python -m paperbuild.fonts.rules``."""
_OURS = {"FONTCONFIG_FILE": str(_RULES), "PANGO_LANGUAGE": "en"}
"""Fontconfig's configuration, and the language of words in a foreign script, instead of the user's own."""
_LOCK = threading.RLock()


def configuration(files: Iterable[Path] | None = None) -> Any:
    """A FontConfiguration of WeasyPrint's with these fonts alone; without any, with all that packages bring.

    Every page must be drawn with one of these: Pango 1.50 takes the rules of the first configuration that a
    process makes for all that follow, so that it has to be ours.
    """
    with _LOCK:
        _begun()
        return _made([path for each in FAMILIES for path in each.files()] if files is None else files)


def _made(files: Iterable[Path]) -> Any:
    from weasyprint.text import ffi  # noqa: PLC0415 - it looks for Pango when it is imported
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    with environment(_OURS):
        made = FontConfiguration()
    config = made._config  # noqa: SLF001 - WeasyPrint adds fonts to it the same way, but only one for a rule
    for path in files:
        ffi.fontconfig.FcConfigAppFontAddFile(config, os.fsencode(path))
    ffi.pangoft2.pango_fc_font_map_config_changed(ffi.ffi.cast("PangoFcFontMap *", made.font_map))
    return made


@cache
def _begun() -> None:
    """Draws a first page: Pango reads the environment for it, and keeps for good what it has read."""
    import weasyprint  # noqa: PLC0415 - see above

    with environment(_OURS):
        first = _made(path for each in FAMILIES for path in each.files())
        weasyprint.HTML(string="<html lang='en'><p>a \u6c49 \u05d0").render(font_config=first)


@contextlib.contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Sets variables of the environment while it is entered; programs started later see nothing of them."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
