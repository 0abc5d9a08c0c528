"""A summary is meant for one page; whether it fits is known once it is laid out."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from paperbuild.layouts import Layout
from paperbuild.model import Finding


def findings(data: bytes, layout: Layout) -> Iterator[Finding]:
    """A warning where a summary takes more than one page. Word's pages are nearly the same."""
    if not layout.study.summary:
        return
    document = pypdfium2.PdfDocument(data)
    try:
        pages = len(document)
    finally:
        document.close()
    if pages > 1:
        yield Finding(
            "warning",
            "summary",
            f"the summary takes {pages} pages instead of one",
            hint="shorten the abstract or the questions, leave out terms, or cite less; "
            "a layout with smaller text and margins holds more",
            format="pdf",
        )
