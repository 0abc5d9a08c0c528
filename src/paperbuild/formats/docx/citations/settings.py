"""Zotero's settings of a document: its style, language and kind of field, as custom properties."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import quoteattr

from lxml import etree

from paperbuild.model import ResolvedDocument

PART = "docProps/custom.xml"
"""The part of the custom properties, which pandoc writes into every file."""
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that a user defines (ECMA-376 part 1, 22.3.2.2)."""
_LONGEST = 255
"""Letters that Word keeps of a property's text."""
_VERSION = "7.0"
"""The Zotero whose data (version 3) this is."""
_FOOTNOTES = "1"


def with_settings(parts: Mapping[str, bytes], document: ResolvedDocument) -> dict[str, bytes]:
    """The package's parts with Zotero's settings among the document's custom properties."""
    root = etree.fromstring(parts[PART])
    used = [int(one.get("pid", "1")) for one in root]
    for number, piece in enumerate(_pieces(_settings(document)), start=1):
        one = etree.SubElement(root, f"{{{_CUSTOM}}}property")
        one.set("fmtid", _FORMAT)
        one.set("pid", str(max([1, *used]) + number))  # 0 and 1 are not for properties
        one.set("name", f"ZOTERO_PREF_{number}")
        etree.SubElement(one, f"{{{_VALUES}}}lpwstr").text = piece
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return {**parts, PART: data}


def _settings(document: ResolvedDocument) -> str:
    """The settings as Zotero writes them, in XML.

    The style of the list's paragraphs counts as set: it is the layout's, and Zotero is to leave it alone.
    """
    style = document.citation_style
    preferences = {"fieldType": "Field"} | ({"noteType": _FOOTNOTES} if style.note else {})
    chosen = "".join(
        f"<pref name={quoteattr(name)} value={quoteattr(value)}/>" for name, value in preferences.items()
    )
    return (
        f'<data data-version="3" zotero-version="{_VERSION}"><session id="{_session(document)}"/>'
        f"<style id={quoteattr(style.identifier)} locale={quoteattr(style.locale)}"
        f' hasBibliography="{int(style.bibliography)}" bibliographyStyleHasBeenSet="1"/>'
        f"<prefs>{chosen}</prefs></data>"
    )


def _session(document: ResolvedDocument) -> str:
    """A name for the document's session, which Zotero wants to be unlike other documents'."""
    return hashlib.sha256("\n".join([document.slug, *document.works]).encode()).hexdigest()[:8]


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that Word can keep, none of which begins or ends with a space."""
    while text:
        end = min(len(text), _LONGEST)
        while 0 < end < len(text) and (text[end - 1].isspace() or text[end].isspace()):
            end -= 1
        end = end or _LONGEST
        yield text[:end]
        text = text[end:]
