"""Which standards a file may say that it follows: not those that forbid what stands in it."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

from paperbuild.fonts.text import told
from paperbuild.model import Finding

_LOG = logging.getLogger("weasyprint")
_MISSING = ".notdef glyph"
_ENTRY = re.compile(rb"> <([0-9a-f]+)>")
"""A glyph's letters in a font's table of them, as UTF-16."""
_REMEDY = "install a font for that script, such as one of the Noto fonts"
_PRIVATE_REMEDY = (
    "write letters that Unicode has; a font's own signs may stand in a picture with a description"
)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a file says that it follows."""

    level: str = "A"
    """The level of PDF/A-3 (ISO 19005-3, 5): ``A``, ``U`` or none."""
    universal: bool = True
    """True for PDF/UA-1."""
    findings: tuple[Finding, ...] = ()
    """Why it says less than others."""


class Undrawn(logging.Handler):
    """Collects the characters for which WeasyPrint draws an empty box while it is entered."""

    def __enter__(self) -> Counter[str]:
        self.found: Counter[str] = Counter()
        _LOG.addHandler(self)
        return self.found

    def __exit__(self, *_: object) -> None:
        _LOG.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith(_MISSING) and isinstance(record.args, tuple):
            self.found[str(record.args[0])] += 1


def claims(pdf: pikepdf.Pdf, undrawn: Mapping[str, int]) -> Claims:
    """What the file may say, in which empty boxes stand for these characters.

    Both standards forbid them (ISO 19005-3, 6.2.11.8; ISO 14289-1, 7.21.8). What a letter of a private use
    area means only its font's maker knows: level A asks for it in words (6.2.11.7.3), level U and PDF/UA-1 do
    not.
    """
    if undrawn:
        said = f"the PDF can't claim PDF/A-3a and PDF/UA-1, which forbid empty boxes: {told(undrawn)}"
        return Claims("", universal=False, findings=(_finding(said, _REMEDY),))
    if private := _private(pdf):
        said = f"the PDF claims PDF/A-3u, not PDF/A-3a: nobody can tell what {told(private)} means"
        return Claims("U", findings=(_finding(said, _PRIVATE_REMEDY),))
    return Claims()


def _finding(said: str, hint: str) -> Finding:
    return Finding("warning", "pdf", said, hint=hint, format="pdf")


def _private(pdf: pikepdf.Pdf) -> Counter[str]:
    """The letters of private use areas that glyphs of the file stand for."""
    found: set[str] = set()
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font:
            for letters in _ENTRY.findall(font.ToUnicode.read_bytes()):
                found |= {sign for sign in _decoded(letters) if _is_private(sign)}
    return Counter(found)


def _decoded(letters: bytes) -> str:
    return bytes.fromhex(letters.decode()).decode("utf-16-be", "replace")


def _is_private(sign: str) -> bool:
    return unicodedata.category(sign) == "Co"
