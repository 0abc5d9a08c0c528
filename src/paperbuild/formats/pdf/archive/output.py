"""What is painted: colours that mean the same everywhere, pictures, and the letters that glyphs stand for."""

from __future__ import annotations

import pikepdf
from PIL import ImageCms

_CREATED = slice(24, 36)
"""Where an ICC profile says when it was made (ICC.1:2010, 7.2.8)."""
_DATE = bytes([0x07, 0xE0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
"""1 January 2016: any day does that is the same in all files."""

_LETTERS = {b"> <>": b"> <2060>", b"> <00a0>": b"> <0020>"}
"""A glyph without a letter stands for a word joiner, which is not seen and parts no word. The glyph of the
space is also that of the no-break space in most fonts; whichever comes last in a text would be all."""


def mend(pdf: pikepdf.Pdf) -> None:
    """Colours are of sRGB (ISO 19005-3, 6.2.3), and pictures are shown as they are (6.2.8.1)."""
    profile = pdf.make_stream(_profile(), N=3)
    pdf.Root.OutputIntents = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.OutputIntent,
                S=pikepdf.Name.GTS_PDFA1,
                OutputConditionIdentifier=pikepdf.String("sRGB IEC61966-2.1"),
                Info=pikepdf.String("sRGB IEC61966-2.1"),
                DestOutputProfile=pdf.make_indirect(profile),
            )
        ]
    )
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and "/Interpolate" in thing:
            thing.Interpolate = False
        elif isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
            _mend_letters(thing.ToUnicode)


def _mend_letters(letters: pikepdf.Object) -> None:
    """Each glyph stands for a letter (6.2.11.7.2). WeasyPrint 70 writes none for the second glyph of one."""
    data = before = letters.read_bytes()
    for written, meant in _LETTERS.items():
        data = data.replace(written, meant)
    if data != before:
        letters.write(data)


def _profile() -> bytes:
    """An sRGB profile, which does not say when it was made."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[_CREATED] = _DATE
    return bytes(data)
