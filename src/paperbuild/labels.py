"""Words that papers on pages and web pages both say, in the document's language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("labels.toml")
_ALIASES = {"no": "nb", "nn": "nb", "iw": "he"}
_BOX = "box"


def headings(lang: str) -> Mapping[str, str]:
    """``structure``, ``key_terms`` and ``questions`` in a BCP 47 language, else in English."""
    return {name: words for name, words in _table(lang).items() if name != _BOX}


def boxes(lang: str) -> Mapping[str, str]:
    """What a box is called, by its kind: ``note``, ``tip``, ``important``, ``warning``, ``caution``."""
    return _table(lang)[_BOX]  # type: ignore[no-any-return]


def _table(lang: str) -> Mapping[str, Any]:
    base = lang.replace("_", "-").split("-")[0].lower()
    return _tables().get(_ALIASES.get(base, base), _tables()["en"])


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_FILE.read_text("utf-8"))
