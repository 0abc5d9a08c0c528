"""What stands at the places that links lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

_LONGEST = 150
"""Letters: a screen reader says them of each link."""


def described(page: str) -> Mapping[str, str]:
    """For each id of the page, the first words of its element: a heading, an entry, a caption, a note.

    An element without words, as a formula, is not in it.
    """
    root = ET.fromstring(page)  # noqa: S314 - our own markup, without a doctype
    texts = ((element.get("id"), _text(element)) for element in root.iter() if element.get("id"))
    return {str(name): text for name, text in texts if text}


def _text(element: ET.Element) -> str:
    words: list[str] = []
    length = 0
    for piece in _pieces(element):
        words += piece.split()
        length += len(piece)
        if length > 2 * _LONGEST:
            break
    text = " ".join(words)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _pieces(element: ET.Element) -> Iterator[str]:
    """The element's text without that of notes in it."""
    yield element.text or ""
    for kid in element:
        if kid.get("class") != "footnote":
            yield from _pieces(kid)
        yield kid.tail or ""
