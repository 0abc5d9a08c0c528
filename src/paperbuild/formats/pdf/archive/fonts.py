"""Fonts of Chinese, Japanese and Korean: the numbers on the page are those that the font knows its glyphs by.

In a CID-keyed font, a code on the page is a CID, and the font's charset says which glyph has it (ISO
32000-1, 9.7.4.2). WeasyPrint writes the glyphs' places in the font (GIDs) as codes; where both are not the
same, a viewer that keeps to the standard draws another glyph, or none. Here the charset is made to say what
was written.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont


def mend(pdf: pikepdf.Pdf) -> None:
    """Gives each glyph of the embedded CID-keyed OpenType fonts its place in the font as its CID."""
    for descriptor in pdf.objects:
        if isinstance(descriptor, pikepdf.Dictionary) and "/FontFile3" in descriptor:
            stream = descriptor["/FontFile3"]
            if stream.get("/Subtype") == "/OpenType" and (data := _renumbered(stream.read_bytes())):
                stream.write(data)


def _renumbered(data: bytes) -> bytes | None:
    """The font with CIDs that are GIDs; None where it has these already, or no CIDs."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
    if "CFF " not in font:
        return None
    top: Any = font["CFF "].cff.topDictIndex[0]
    places = [".notdef", *(f"cid{place:05d}" for place in range(1, len(top.charset)))]
    if not hasattr(top, "ROS") or top.charset == places:
        return None
    strings = top.CharStrings.charStrings
    top.CharStrings.charStrings = {new: strings[old] for old, new in zip(top.charset, places, strict=True)}
    top.charset = places
    font.setGlyphOrder(places)
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()
