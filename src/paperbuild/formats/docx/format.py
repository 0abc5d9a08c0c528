"""The Word format: the whole document, through pandoc and python-docx."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from paperbuild.config import Options
from paperbuild.formats.base import Format, Prepared, Written
from paperbuild.formats.docx import citations
from paperbuild.formats.docx.pictures import for_word
from paperbuild.formats.docx.read import read
from paperbuild.formats.docx.write import write
from paperbuild.inventory import promise
from paperbuild.layouts import Layout
from paperbuild.layouts.running import words
from paperbuild.look import look
from paperbuild.model import Image, Inventory, ResolvedDocument
from paperbuild.paywall import without_marks

LONGEST = 40
"""Characters in the name of a Word bookmark."""


def prepare(document: ResolvedDocument, options: Options) -> Prepared:
    """Everything is promised; anchors are promised under the names that their bookmarks have."""
    document = without_marks(document)
    pictures = {look(image.data): _as_written(image) for image in document.images.values()}
    known = words(document.front, options).values()
    promised = _with_bookmarks(promise(document, known), pictures)
    if options.docx.citations == "zotero":
        promised = replace(promised, live=citations.promised(document))
    return Prepared(document, promised)


def _as_written(image: Image) -> str:
    """What is compared of a picture once it is in a form that Word shows; empty where it can't be drawn."""
    try:
        return look(for_word(image)[0])
    except Exception:  # drawing runs through three libraries, on foreign data; writing says what went wrong
        return ""


def bookmark(anchor: str) -> str:
    """The name of an anchor's bookmark, as pandoc's DOCX writer makes it: ``X`` and a hash for what is too
    long for Word, or does not begin with a letter."""
    if anchor and len(anchor) <= LONGEST and anchor[0].isalpha():
        return anchor
    return "X" + hashlib.sha1(anchor.encode(), usedforsecurity=False).hexdigest()[1:]


def _with_bookmarks(promised: Inventory, pictures: Mapping[str, str]) -> Inventory:
    items = []
    for item in promised.items:
        if item.picture:
            item = replace(item, picture=pictures.get(item.picture, ""))  # noqa: PLW2901
        if item.kind in {"link", "citation"} and item.target.startswith("#"):
            item = replace(item, target=f"#{bookmark(item.target[1:])}")  # noqa: PLW2901
        elif item.kind == "reference" and item.target:
            item = replace(item, target=bookmark(item.target))  # noqa: PLW2901
        items.append(item)
    return replace(
        promised,
        items=tuple(items),
        anchors={bookmark(anchor): text for anchor, text in promised.anchors.items()},
        contents=tuple(replace(entry, target=bookmark(entry.target)) for entry in promised.contents),
        outline=None,
    )


def _write(prepared: Prepared, options: Options, layout: Layout) -> Written:
    known = words(prepared.document.front, options)
    return Written(*write(prepared.document, layout, known, live=options.docx.citations == "zotero"))


FORMAT = Format("docx", prepare, _write, read, dressed=True)
