"""What WeasyPrint made, as a file for archives that everybody can read: PDF/A-3a and PDF/UA-1 at once.

ISO 19005-3 (level A) and ISO 14289-1. WeasyPrint's own variants give one or the other, and their tags pass
neither: here its tagged file is opened again, its structure tree mended, and colour, pictures and metadata
are written as both standards ask.
"""

from __future__ import annotations

import io

import pikepdf

from paperbuild.formats.pdf.archive import (
    artifacts,
    blocks,
    claims,
    divided,
    drawings,
    fonts,
    headings,
    links,
    metadata,
    output,
)
from paperbuild.formats.pdf.archive.metadata import About
from paperbuild.formats.pdf.archive.tree import Tree
from paperbuild.model import Finding

__all__ = ["About", "archived"]


def archived(data: bytes, about: About) -> tuple[bytes, tuple[Finding, ...]]:
    """The PDF as PDF/A-3a and PDF/UA-1; a finding where it can't be both. The same input gives the same
    bytes, whenever it is.

    ``data`` is a tagged PDF of WeasyPrint's, laid out within ``marks.told``.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tree = Tree.of(pdf)
        divided.mend(tree)
        artifacts.mend(tree)
        drawings.mend(tree)
        headings.mend(tree)
        blocks.mend(tree)
        links.mend(tree, about.places)
        fonts.mend(pdf)
        output.mend(pdf)
        allowed = claims.claims(pdf, about.undrawn)
        metadata.write(pdf, about, allowed)
        tree.finish()
        out = io.BytesIO()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            force_version="1.7",
        )
    return out.getvalue(), allowed.findings
