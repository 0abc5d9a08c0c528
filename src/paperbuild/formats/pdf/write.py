"""The PDF writer: the page through WeasyPrint, then what WeasyPrint made as PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from paperbuild import epoch
from paperbuild.config import Options
from paperbuild.formats.base import Prepared, Written
from paperbuild.formats.pdf import lines, marked, one_page
from paperbuild.formats.pdf.archive import About, archived
from paperbuild.formats.pdf.archive.claims import Undrawn
from paperbuild.formats.pdf.archive.places import described
from paperbuild.formats.pdf.impose import imposed
from paperbuild.formats.pdf.layout import laid_out
from paperbuild.formats.pdf.page import page
from paperbuild.formats.pdf.pictures import Pictures
from paperbuild.formats.pdf.style import line_above_notes, style_sheet, width_rules
from paperbuild.html import Target
from paperbuild.layouts import Layout
from paperbuild.layouts.model import NOTE_LINE
from paperbuild.layouts.running import words
from paperbuild.model import Finding, ResolvedDocument
from paperbuild.pandoc import ast

_SPACE_BEFORE_INLINE = re.compile(r" (<(?:a|em|strong|span|code|u|s|img|sup|sub)\b)")
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
    above_notes = line_above_notes(pictures.line(*NOTE_LINE, layout.text.note.colour), rtl=document.rtl)
    numbered = partial(lines.number, layout=layout, rtl=document.rtl)
    sheet = "\n".join([style, above_notes, width_rules(source)])
    with Undrawn() as undrawn:
        prepare = partial(marked.prepared, layout=layout)
        data, met = laid_out(source, sheet, pictures, prepare=prepare, complete=numbered)
    whole, unclaimed = archived(data, _about(document, source, undrawn))
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
        *met,
        *one_page.findings(data, layout),
        *unclaimed,
    ]
    kind = layout.imposition
    sheets = {f".{kind}.pdf": imposed(whole, kind, rtl=document.rtl)} if kind else {}
    return Written(whole, tuple(findings), sheets)


def _about(document: ResolvedDocument, source: str, undrawn: Mapping[str, int]) -> About:
    front = document.front
    return About(
        title=ast.plain(front.title) or document.slug,
        authors=tuple(author.name for author in front.authors),
        keywords=tuple(front.keywords),
        lang=document.lang,
        places=described(source),
        made=epoch.made(front),
        rtl=document.rtl,
        undrawn=undrawn,
    )
