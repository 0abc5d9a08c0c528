"""The families that come with the installation, and which of them stand for CSS's generic families."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Family:
    """A family of fonts that a Python package brings."""

    name: str
    """As CSS and fontconfig call it."""
    package: str
    """The module whose folder has the files; it is found, and never imported."""
    pattern: str
    """The files within that folder, as a glob."""

    def files(self) -> tuple[Path, ...]:
        """Its files, sorted; empty where the package is not installed."""
        folder = _folder(self.package)
        return tuple(sorted(folder.glob(self.pattern))) if folder else ()


_SCRIPTS = (
    "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Kannada", "Khmer",
    "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai",
)  # fmt: skip

FAMILIES = (
    Family("EB Garamond", "fontpkg_eb_garamond", "files/*.ttf"),
    Family("Source Sans 3", "fontpkg_source_sans_3", "files/*.ttf"),
    Family("Source Code Pro", "fontpkg_source_code_pro", "files/*.ttf"),
    Family("Atkinson Hyperlegible", "fontpkg_atkinson_hyperlegible", "files/*.ttf"),
    Family("Lexend", "fontpkg_lexend", "files/*.ttf"),
    Family("Noto Serif", "fontpkg_noto_serif", "files/*.ttf"),
    Family("Noto Sans", "manimgx_fonts", "NotoSans[[-]*.ttf"),
    Family("Noto Serif Hebrew", "pylopdf_fonts_he", "NotoSerifHebrew-*.ttf"),
    Family("Noto Sans Hebrew", "pylopdf_fonts_he", "NotoSansHebrew-*.ttf"),
    Family("IBM Plex Sans Arabic", "fontpkg_ibm_plex_sans_arabic", "files/*.ttf"),
    Family("Noto Serif SC", "pylopdf_fonts_zh_cn", "NotoSerifSC-*.otf"),
    Family("Noto Serif TC", "pylopdf_fonts_zh_tw", "NotoSerifTC-*.otf"),
    Family("Noto Serif JP", "pylopdf_fonts_jp", "NotoSerifJP-*.otf"),
    Family("Noto Serif KR", "pylopdf_fonts_ko", "NotoSerifKR-*.otf"),
    *(
        Family(f"Noto Sans {area}", "justmytype_intl_cjk", f"fonts/ofl/notosans{area.lower()}/*.ttf")
        for area in ("SC", "TC", "JP", "KR")
    ),
    Family("STIX Two Math", "ziamath", "fonts/STIXTwoMath-*.ttf"),
    *(Family(f"Noto Sans {script}", "manimgx_fonts", f"NotoSans{script}*.ttf") for script in _SCRIPTS),
    Family("Noto Sans Symbols", "manimgx_fonts", "NotoSansSymbols*.ttf"),
    Family("Noto Emoji", "manimgx_fonts", "NotoEmoji*.ttf"),
    Family("DejaVu Sans", "ziafont", "fonts/DejaVuSans.ttf"),
)
"""Every family that a layout may name and find on each machine."""

_AREAS = ("SC", "JP", "KR", "TC")
_SIGNS = "STIX Two Math"
"""It stands before Chinese, whose fonts have mathematical signs as wide as their characters."""
_LAST = (*(f"Noto Sans {script}" for script in _SCRIPTS), "Noto Sans Symbols", "Noto Emoji", "DejaVu Sans")
_SERIF = (
    "Noto Serif",
    "Noto Serif Hebrew",
    "IBM Plex Sans Arabic",
    _SIGNS,
    *(f"Noto Serif {x}" for x in _AREAS),
)
_SANS = ("Noto Sans", "Noto Sans Hebrew", "IBM Plex Sans Arabic", _SIGNS, *(f"Noto Sans {x}" for x in _AREAS))
_REST = tuple(each.name for each in FAMILIES if each.name not in {*_SERIF, *_LAST})

GENERIC: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "serif": (*_SERIF, *_LAST, *_REST),
        "sans-serif": (*_SANS, *_LAST),
        "monospace": ("Source Code Pro", *_SANS, *_LAST),
        "emoji": ("Noto Emoji",),
    }
)
"""What a generic family (CSS Fonts 4, section 2.1.3) stands for, best first; ``serif`` has every character
that the packages have."""

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "serif": ("Cambria", "Georgia", "Liberation Serif", "Palatino", "Times", "Times New Roman"),
        "sans-serif": (
            "Arial", "Calibri", "Helvetica", "Helvetica Neue", "Liberation Sans", "Open Sans", "Roboto",
            "Segoe UI", "Tahoma", "Trebuchet MS", "Verdana", "sans", "system-ui",
        ),
        "monospace": (
            "Consolas", "Courier", "Courier New", "DejaVu Sans Mono", "Liberation Mono", "Menlo", "Monaco",
            "mono", "ui-monospace",
        ),
    }
)  # fmt: skip
"""Families that drawings often name without a generic one behind them, by the one that takes their place."""

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {"ja": "JP", "ko": "KR", "zh-tw": "TC", "zh-hk": "TC", "zh-hant": "TC"}
)
"""Whose shapes of Chinese characters a language asks for, where these are not the simplified ones."""


def family(name: str) -> Family | None:
    """The family of this name, in any case; None where no package has it."""
    return _by_name().get(name.casefold())


@cache
def _by_name() -> Mapping[str, Family]:
    return {each.name.casefold(): each for each in FAMILIES}


@cache
def _folder(package: str) -> Path | None:
    found = importlib.util.find_spec(package)
    places = found.submodule_search_locations if found else None
    return Path(places[0]) if places else None
