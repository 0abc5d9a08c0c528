"""The one lens: promised and observed texts are compared through these functions, and through nothing else.

What a writer may change without loss is made equal here: Unicode's compatibility forms, the shapes
of quotes and dashes, spaces, and invisible characters.
"""

from __future__ import annotations

import re
import unicodedata

from paperbuild.model import OBJECT

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys(
            "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e", None
        ),
        **dict.fromkeys("\u2066\u2067\u2068\u2069", None),
    }
)
_SIGN = re.compile(f"[{re.escape(''.join(map(chr, _SIGNS)))}]")
"""Any of them: looking for the few that a text has takes a third of the time of ``str.translate``."""
_SAME_GLYPH = str.maketrans({"\u301c": "~"})
"""Signs that fonts draw with one glyph, so that a PDF gives back either: a wave dash and a tilde."""
_SPACE = re.compile(r"\s+")
_TIGHT = re.compile(rf"[\s\-{OBJECT}]+")
_MIRRORED = str.maketrans({**dict.fromkeys(")]}>", "("), **dict.fromkeys("[{<", "("), "»": "«", "›": "‹"})
"""Brackets, which a PDF shows turned round in text from right to left."""
_GARBLED = re.compile(r"[\u0591-\u05c7\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_REORDERED = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)


def signs(text: str) -> str:
    """The text with quotes and dashes in one shape and without invisible characters; spaces stay."""
    return _SIGN.sub(_shaped, text)


def _shaped(sign: re.Match[str]) -> str:
    return _SIGNS[ord(sign[0])] or ""


def normal(text: str) -> str:
    """The text with spaces collapsed and its signs in one shape."""
    return _SPACE.sub(" ", signs(unicodedata.normalize("NFKC", signs(text)))).strip()


def tight(text: str) -> str:
    """The text without spaces, hyphens and pictures, for formats that do not keep them (PDF)."""
    return _TIGHT.sub("", normal(text)).translate(_SAME_GLYPH)


def one_sided(text: str) -> str:
    """The text with its brackets in one shape."""
    return text.translate(_MIRRORED)


def reordered(text: str) -> bool:
    """True where the text holds a script whose order a PDF does not keep: Hebrew, Arabic, Indic …"""
    return bool(_REORDERED.search(text))


def garbled(text: str) -> bool:
    """True where the text holds a script of which a PDF gives back a part: Indic, Thai, pointed Hebrew.

    Their glyphs stand for parts or groups of letters, and the fonts' tables back to Unicode are incomplete.
    """
    return bool(_GARBLED.search(text))


def key(text: str, *, loose: bool) -> str:
    """What is compared: equal keys mean that nothing was lost.

    ``loose`` is for PDF. There, a text in a script whose order is not kept is compared by its
    letters alone, in alphabetical order.
    """
    if not loose:
        return normal(text)
    return unordered(text) if reordered(text) else tight(text)


def unordered(text: str) -> str:
    """The text's letters and signs in alphabetical order, brackets in one shape."""
    letters = one_sided(unicodedata.normalize("NFKD", tight(text)))
    return "".join(sorted(char for char in letters if not unicodedata.combining(char)))
