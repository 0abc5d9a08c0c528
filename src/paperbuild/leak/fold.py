"""Folding: letters that look alike become one, and what nobody sees between them goes.

Both sides of the comparison are folded, so a mapping that is too generous costs nothing but precision.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_UNSEEN = frozenset({"Mn", "Mc", "Me", "Cf"})
"""Unicode categories of combining marks and of format characters: soft hyphen, zero width, bidi."""

_ALIKE = str.maketrans(
    {
        **dict(zip("АВЕЅІЈКМНОРСТУХҮԌԚԜ", "ABESIJKMHOPCTYXYGQW", strict=True)),
        **dict(zip("авеѕіјкмнорстухүһԁԛԝґгьпиӏ", "abesijkmhopctyxyhdqwrrbnul", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC", strict=True)),
        **dict(zip("αβεηικνορτυχωγϲ", "abenikvoptuxwyc", strict=True)),
        **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True)),
        **dict(zip("ıɩɑɡɒøłđħŧæœ", "iiagaoldhtao", strict=True)),
        **{chr(start + n): chr(97 + n) for start in (0x1F150, 0x1F170, 0x1F1E6) for n in range(26)},
        **dict.fromkeys("\u2800\u115f\u1160\u3164\uffa0", None),
    }
)
"""Letters of other scripts that look like Latin ones (Unicode's UTS #39 calls them confusable), small
capitals, letters in filled circles and squares; and letters that have no shape at all."""


def fold(text: str) -> str:
    """The text in small letters without accents, in compatibility form, look-alikes made Latin."""
    return text.lower() if text.isascii() else _FOREIGN.sub(_folded, text).lower()


def _folded(match: re.Match[str]) -> str:
    return _plain(match[0]) if len(match[0]) < 40 else _unfolded(match[0])


def _unfolded(run: str) -> str:
    apart = unicodedata.normalize("NFKD", run.translate(_ALIKE)).translate(_ALIKE).casefold()
    return "".join(sign for sign in apart if unicodedata.category(sign) not in _UNSEEN)


_plain = lru_cache(maxsize=8192)(_unfolded)
