"""What an author should know before Zotero sets the citations of a document anew."""

from __future__ import annotations

from collections.abc import Iterator

from paperbuild.formats.docx.citations import values
from paperbuild.model import Finding, ResolvedDocument

_REPOSITORY = ("http://www.zotero.org/styles/", "https://www.zotero.org/styles/")


def remarks(document: ResolvedDocument) -> Iterator[Finding]:
    """Warnings: of a style that Zotero can't get by itself, and of works that it will drop from the list."""
    style = document.citation_style.identifier
    if not style.startswith(_REPOSITORY):
        yield _warning(
            f"Zotero doesn't know the style {style or 'without an id'}",
            "install the style's file in Zotero before you refresh the citations in Word",
        )
    keys = [key for key in values.uncited(document) if not values.is_in_library(document.works[key])]
    if keys:
        yield _warning(
            f"Zotero will drop what is listed without being cited, once it makes the list: {', '.join(keys)}",
            "add these works to the list in Word (Add/Edit Bibliography), or cite them",
        )


def _warning(said: str, hint: str) -> Finding:
    return Finding("warning", "docx", said, hint=hint, format="docx")
