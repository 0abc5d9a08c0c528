"""What could not be compared to the letter is said, so that nobody believes more was proved than was."""

from __future__ import annotations

from paperbuild import lens
from paperbuild.checks.case import Case
from paperbuild.model import Finding

_TEXTS = ("section", "paragraph", "reference", "note", "table", "figure")


def check(case: Case) -> list[Finding]:
    """One remark for a PDF that holds scripts whose order or letters its readers do not get back whole."""
    if not case.loose:
        return []
    texts = [text for item in case.promised.of(*_TEXTS) for text in (item.text, *sum(item.rows, ()))]
    turned = sum(lens.reordered(text) for text in texts)
    if not turned:
        return []
    said = (
        f"{turned} of {len(texts)} texts hold a script that PDF readers do not get back in its order "
        "(Arabic, Hebrew, Indic and others): of these the letters were compared, but not their order"
    )
    return [
        Finding("info", "paragraphs", said, hint="the Word document and the preview are compared in full")
    ]
