"""What of a picture is compared: its bytes' digest, or that nothing can be seen on it."""

from __future__ import annotations

import hashlib
import io

from PIL import Image, UnidentifiedImageError

BLANK = "blank"
_FULL = 0.02
"""Bytes for each pixel above which a picture has something on it; below, its pixels are looked at."""


_WHITE = 252
"""From this value on, of 255, a colour can't be told from the page."""


def look(data: bytes) -> str:
    """The SHA-256 of the bytes; BLANK for a white or transparent one, one of a pixel, and what is none."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height <= 1:
                return BLANK
            if len(data) < 1000 + _FULL * image.width * image.height and _is_plain(image):
                return BLANK
    except UnidentifiedImageError:
        if not data.lstrip().startswith(
            (b"<", b"\x01\x00", b"\xd7\xcd")
        ):  # SVG, EMF and WMF can't be looked at
            return BLANK
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return BLANK
    return hashlib.sha256(data).hexdigest()


def _is_plain(image: Image.Image) -> bool:
    """True for a picture that is white or transparent all over."""
    *colours, alpha = (pair for pair in image.convert("RGBA").getextrema() if isinstance(pair, tuple))
    return alpha[1] <= 255 - _WHITE or all(least >= _WHITE for least, _ in colours)
