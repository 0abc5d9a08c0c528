"""Bookmarks: each within the paragraph that it names, and new ones for fields to point to."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from lxml import etree

from paperbuild.formats.docx.ooxml import make, name, properties


def move(body: etree._Element) -> None:
    """Bookmarks that stand between paragraphs go into the paragraph that follows.

    pandoc lets a heading's bookmark reach over its whole section; a cross-reference field to it would
    then repeat the section instead of the heading.
    """
    ends = {end.get(name("w:id")): end for end in body.iter(name("w:bookmarkEnd"))}
    for start in reversed(list(body.iter(name("w:bookmarkStart")))):
        paragraph = _next_paragraph(start)
        if paragraph is None or next(start.iterancestors(name("w:p")), None) is not None:
            continue
        identifier = start.get(name("w:id"))
        properties(paragraph).addnext(start)
        paragraph.append(ends.get(identifier, make("w:bookmarkEnd", id=identifier)))


def _next_paragraph(mark: etree._Element) -> etree._Element | None:
    """The first paragraph after the mark, also as the first of a table."""
    for sibling in mark.itersiblings():
        if sibling.tag in {name("w:p"), name("w:tbl")}:
            return next(sibling.iter(name("w:p")), None)
    return None


def keep(root: etree._Element) -> None:
    """Bookmarks of nothing that end a paragraph behind a link stand before the link: there LibreOffice keeps
    them when it saves the document, at the end it does not."""
    tags = {name("w:bookmarkStart"), name("w:bookmarkEnd")}
    for paragraph in root.iter(name("w:p")):
        last = list(takewhile(lambda one: one.tag in tags, reversed(paragraph)))
        link = paragraph[-len(last) - 1] if last and len(last) < len(paragraph) else None
        if link is None or link.tag != name("w:hyperlink"):
            continue
        ids = [one.get(name("w:id")) for one in last]
        for mark in reversed(last):
            if ids.count(mark.get(name("w:id"))) > 1:
                link.addprevious(mark)


class Names:
    """Names for new bookmarks in one document, as Word's own dialogue gives them: ``_Ref`` and nine digits.

    Word hides a bookmark whose name begins with an underscore.
    """

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        marks = (mark for root in roots for mark in root.iter(name("w:bookmarkStart")))
        numbers = (mark.get(name("w:id"), "") for mark in marks)
        self._free = max((int(number) for number in numbers if number.isdecimal()), default=0) + 1
        self._count = 0

    def around(self, first: etree._Element, last: etree._Element) -> str:
        """The name of a new bookmark from ``first`` to ``last``, which stand in one paragraph."""
        self._count += 1
        called, identifier = f"_Ref{self._count:09}", self._free
        self._free += 1
        first.addprevious(make("w:bookmarkStart", id=identifier, name=called))
        last.addnext(make("w:bookmarkEnd", id=identifier))
        return called
