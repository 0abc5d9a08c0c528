"""What WeasyPrint is told of fonts, wherever something is drawn with it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from paperbuild.fonts.families import FAMILIES
from paperbuild.fonts.machine import CONFIG

_RULES = Path(__file__).parent / "fonts.conf"
"""Made by ``python -m paperbuild.fonts.rules``."""


def configuration(files: Iterable[Path] | None = None) -> Any:
    """A FontConfiguration of WeasyPrint's with these fonts alone; without any, with all that packages bring.

    Every page must be drawn with one of these: Pango 1.50 takes the rules of the first configuration that a
    process makes for all that follow, so that it has to be ours.
    """
    from weasyprint.text import ffi  # noqa: PLC0415 - it looks for Pango when it is imported
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    os.environ[CONFIG] = str(_RULES)
    # Pango takes the language of a word in a foreign script from here, else from the user's LANGUAGE.
    os.environ["PANGO_LANGUAGE"] = "en"
    made = FontConfiguration()
    config = made._config  # noqa: SLF001 - WeasyPrint adds fonts to it the same way, but only one for a rule
    for path in [path for each in FAMILIES for path in each.files()] if files is None else files:
        ffi.fontconfig.FcConfigAppFontAddFile(config, os.fsencode(path))
    ffi.pangoft2.pango_fc_font_map_config_changed(ffi.ffi.cast("PangoFcFontMap *", made.font_map))
    return made
