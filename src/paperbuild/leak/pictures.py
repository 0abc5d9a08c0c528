"""Pictures: known again under another name, format or size; and the texts that picture files carry."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache

from PIL import Image

_PIXELS = 4_000_000
"""Larger pictures are known by their look alone."""
_SIDE = 16
_NEAR = 8
"""How many of 256 neighbours may differ between two pictures that look the same."""
_PLAIN = 24
"""A picture with fewer neighbours that differ has no look of its own."""
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00")
_TEXT_CHUNKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf"})


def is_picture(data: bytes) -> bool:
    """True where the bytes begin as a raster picture's file does."""
    return data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def digest(data: bytes) -> str:
    """The SHA-256 of the bytes."""
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=64)
def look(data: bytes) -> tuple[str, int]:
    """The SHA-256 of the pixels, and for each of 256 places whether it is darker than the next one.

    Either is empty (``""``, ``0``) where it says nothing: for a large picture, a plain one, or none at all.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            picture.draft("L", (64, 64))
            exact = ""
            if width * height <= _PIXELS and picture.format != "JPEG":
                pixels = picture.convert("RGBA")
                exact = digest(b"%d %d " % (width, height) + pixels.tobytes())
            return exact, _gradient(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "", 0


def _gradient(picture: Image.Image) -> int:
    """The difference hash: a bit for each pair of neighbours in a picture of 17 by 16 greys."""
    ground = Image.new("RGBA", picture.size, "white")
    flat = Image.alpha_composite(ground, picture.convert("RGBA")) if "A" in picture.getbands() else picture
    grey = flat.convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(_SIDE):
        for column in range(_SIDE):
            at = row * (_SIDE + 1) + column
            bits = bits << 1 | (grey[at] + 2 < grey[at + 1])
    return bits if bits.bit_count() >= _PLAIN else 0


def alike(one: int, other: int) -> bool:
    """True for two looks of the same picture."""
    return bool(one and other) and (one ^ other).bit_count() <= _NEAR


def texts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What a picture's file says besides its picture: ``PNG tEXt`` and the bytes, one after the other."""
    if data.startswith(_MAGIC[0]):
        yield from _png(data)
    elif data.startswith(_MAGIC[1]):
        yield from _jpeg(data)


def _png(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The text chunks (PNG, section 11.3.3) and what follows the last chunk."""
    at = 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        content = data[at + 8 : at + 8 + length]
        if kind in _TEXT_CHUNKS:
            yield f"PNG {kind.decode()}", _inflated(content)
        at += length + 12
        if kind == b"IEND":
            break
    if at < len(data):
        yield "what follows a PNG", data[at:]


def _inflated(content: bytes) -> bytes:
    """The content with its compressed part (after a keyword and zeros) inflated."""
    start = content.find(b"\x78")
    while 0 <= start < 200:
        try:
            return content[:start] + b"\n" + zlib.decompressobj().decompress(content[start:], 1 << 22)
        except zlib.error:
            start = content.find(b"\x78", start + 1)
    return content


def _jpeg(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The comments and application segments (ITU T.81, B.2.4), and what follows the picture."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xFE or 0xE1 <= marker <= 0xEF:
            yield "JPEG COM" if marker == 0xFE else "JPEG APP", data[at + 4 : at + 2 + length]
        at += 2 + length
    end = data.rfind(b"\xff\xd9")
    if 0 < end < len(data) - 2:
        yield "what follows a JPEG", data[end + 2 :]
