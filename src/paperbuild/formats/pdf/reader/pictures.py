"""What can be told of a picture without looking at it: whether anything can be seen on it."""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from paperbuild.formats.pdf.reader.objects import IMAGE, PATH, Probe, Thing
from paperbuild.formats.pdf.reader.sight import stands_out

BLANK = "blank"
"""What is said of a picture on which nothing can be seen."""

DENSE = {True: 0.035, False: 0.008}
"""A picture (a JPEG, or another) of which more bytes than so many are stored for a pixel has more than one
colour: looking at it would take long, and find that."""
WHITE = 252
"""From this value on, of 255, a colour can't be told from the page."""
SMALL = 3000
"""A file of so few bytes is looked at in any case."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a picture."""

    told: str = ""
    """See ``Item.picture``."""
    stretch: float = 1.0
    """How many times wider it is drawn than its height asks for."""


UNKNOWN = Picture()
"""What is known of most."""


class Pictures:
    """Remembers each picture that it was asked about."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._known: dict[tuple[int, int, bytes], str] = {}

    def known(self, things: Sequence[Thing]) -> Picture:
        """What is known of a picture that is made of these things."""
        if len(things) == 1 and things[0].kind == IMAGE:
            return self._raster(things[0].raw)
        if not any(self._is_seen(thing) for thing in things):
            return Picture(BLANK)
        paths = (thing.raw for thing in things if thing.kind == PATH)
        return Picture(f"parts:{len(things)}:{sum(map(pdfium_c.FPDFPath_CountSegments, paths))}")

    def _is_seen(self, thing: Thing) -> bool:
        """True for what is not white on white."""
        if thing.kind != PATH:
            return thing.kind != IMAGE or self._raster(thing.raw).told != BLANK
        is_filled, is_stroked = self._probe.painted(thing.raw)
        return (is_filled and stands_out(self._probe.fill(thing.raw))) or (
            is_stroked and stands_out(self._probe.stroke(thing.raw))
        )

    def _raster(self, raw: Any) -> Picture:
        """What is known of a picture of pixels, as it is drawn here."""
        width, height = ctypes.c_uint(), ctypes.c_uint()
        pdfium_c.FPDFImageObj_GetImagePixelSize(raw, width, height)
        if width.value * height.value <= 1:
            return Picture(BLANK)
        key = width.value, height.value, hashlib.sha256(_stored(raw)).digest()
        if key not in self._known:
            size = f"pixels:{width.value}x{height.value}"
            self._known[key] = BLANK if self._is_blank(raw, width.value * height.value) else size
        across, up = self._probe.sides(raw)
        return Picture(self._known[key], across * height.value / (up * width.value) if up else 1.0)

    def _is_blank(self, raw: Any, pixels: int) -> bool:
        """True for a picture that holds so little that it was looked at, and nothing was seen."""
        length = pdfium_c.FPDFImageObj_GetImageDataRaw(raw, None, 0)
        return length < max(SMALL, DENSE[_is_jpeg(raw)] * pixels) and self._is_white(raw)

    def _is_white(self, raw: Any) -> bool:
        """True for a picture on which nothing can be told from the page."""
        picture = self._probe.drawn(raw)
        if picture is None:
            return False
        if picture.mode == "RGBA":
            if picture.getextrema()[3][1] == 0:
                return True
            ground = picture.copy()
            ground.paste((255, 255, 255, 255), (0, 0, *picture.size))
            ground.alpha_composite(picture)
            picture = ground
        bands = picture.convert("RGB").getextrema()
        return all(lowest >= WHITE for lowest, _ in bands)


def _stored(raw: Any) -> bytes:
    """The picture's bytes as the file has them."""
    length = pdfium_c.FPDFImageObj_GetImageDataRaw(raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium_c.FPDFImageObj_GetImageDataRaw(raw, buffer, length)
    return buffer.raw


def _is_jpeg(raw: Any) -> bool:
    """True for a picture that is stored as a JPEG file."""
    if pdfium_c.FPDFImageObj_GetImageFilterCount(raw) != 1:
        return False
    name = ctypes.create_string_buffer(32)
    pdfium_c.FPDFImageObj_GetImageFilter(raw, 0, name, 32)
    return name.value == b"DCTDecode"
