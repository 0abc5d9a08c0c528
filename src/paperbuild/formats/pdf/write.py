"""The PDF writer: the page through WeasyPrint, then equations tagged as what they are."""

from __future__ import annotations

import io
import re

import pikepdf

from paperbuild.config import Options
from paperbuild.formats.base import Prepared, Written
from paperbuild.formats.pdf import one_page
from paperbuild.formats.pdf.layout import laid_out
from paperbuild.formats.pdf.page import page
from paperbuild.formats.pdf.pictures import EQUATION_MARK, Pictures
from paperbuild.formats.pdf.style import style_sheet, width_rules
from paperbuild.html import Target
from paperbuild.layouts import Layout
from paperbuild.layouts.running import words
from paperbuild.model import Finding

_SPACE_BEFORE_INLINE = re.compile(r" (<(?:a|em|strong|span|code|u|s)\b)")
"""WeasyPrint 70 breaks the line after the first word of a text whose last space alone does not fit, where an
inline element follows; a space in a box of its own avoids that, and looks the same."""


def write(prepared: Prepared, options: Options, layout: Layout) -> Written:
    """The PDF's bytes, and what WeasyPrint or the equation drawer could not do."""
    document = prepared.document
    pictures = Pictures(document.images, document.mathml)
    target = Target(
        picture=pictures.picture,
        equation=pictures.equation,
        notes_in_place=True,
        figures_named_above=layout.figure.caption == "above",
    )
    source = _SPACE_BEFORE_INLINE.sub(r"<span> </span>\1", page(document, layout, target))
    style = style_sheet(
        layout, words(document.front, options), rtl=document.rtl, hanging=document.hanging_indent
    )
    data, said = laid_out(source, f"{style}\n{width_rules(source)}", pictures)
    findings = [
        *(
            Finding(
                "warning",
                "equations",
                f"a formula can't be drawn and stands as TeX: {tex[:80]}",
                format="pdf",
            )
            for tex in pictures.failed
        ),
        *(Finding("warning", "pdf", f"WeasyPrint: {message}", format="pdf") for message in said),
        *one_page.findings(data, layout),
    ]
    return Written(_with_formulas(data), tuple(findings))


def _with_formulas(data: bytes) -> bytes:
    """The PDF with its equations' structure elements of type Formula (ISO 32000-1, 14.8.4.5)."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
                alt = str(element.get("/Alt", ""))
                if alt.startswith(EQUATION_MARK):
                    element["/S"] = pikepdf.Name("/Formula")
                    element["/Alt"] = pikepdf.String(alt.removeprefix(EQUATION_MARK))
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()
