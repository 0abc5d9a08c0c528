"""The characters of a text that a font has to have, and how a report names them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping

import icu

_SHOWN = 6
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})


def drawn(text: str) -> Counter[str]:
    """How often each character stands in a text that is drawn with a glyph of its own.

    Spaces and controls are not, nor what is ignored where a font lacks it (Unicode 15, section 5.21).
    Characters are composed where Unicode composes them.
    """
    return Counter(
        {
            character: count
            for character, count in Counter(unicodedata.normalize("NFC", text)).items()
            if unicodedata.category(character) not in _UNSEEN and not _ignorable(character)
        }
    )


def script(character: str) -> str:
    """The name of its script: ``Greek``; ``Common`` for signs that all scripts use."""
    return str(icu.Script.getScript(character).getName())


def told(characters: Mapping[str, int]) -> str:
    """Characters as a sentence names them: “𒀀 (U+12000 CUNEIFORM SIGN A, 3 times), …”."""
    shown = [_told(each, characters[each]) for each in sorted(characters)[:_SHOWN]]
    more = len(characters) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _told(character: str, count: int) -> str:
    name = unicodedata.name(character, "a character without a name")
    return f"{character} (U+{ord(character):04X} {name}, {'once' if count == 1 else f'{count} times'})"


def _ignorable(character: str) -> bool:
    return bool(icu.Char.hasBinaryProperty(character, icu.UProperty.DEFAULT_IGNORABLE_CODE_POINT))
