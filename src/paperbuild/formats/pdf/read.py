"""Reads a finished PDF back, knowing nothing of what wrote it."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator, Mapping

import pikepdf
import pypdfium2 as pdfium

from paperbuild.formats.pdf.reader.anchors import anchor_texts
from paperbuild.formats.pdf.reader.blocks import Block, Piece, read_blocks
from paperbuild.formats.pdf.reader.code import with_spaces
from paperbuild.formats.pdf.reader.findings import finding, findings
from paperbuild.formats.pdf.reader.items import items_of
from paperbuild.formats.pdf.reader.join import is_whole, join_pages
from paperbuild.formats.pdf.reader.outline import Bookmark, contents, outline
from paperbuild.formats.pdf.reader.pages import Page, read_pages
from paperbuild.formats.pdf.reader.sheets import faults
from paperbuild.formats.pdf.reader.text import is_new_line, lines_on_pages
from paperbuild.formats.pdf.reader.tree import Structure, read_structure
from paperbuild.model import Finding, Inventory

WHOLE = ".pdf"
"""What follows the slug in the name of the PDF itself."""
_PDFIUM = threading.Lock()
"""pdfium may be called by one thread at a time."""


def read(data: bytes) -> Inventory:
    """What a reader of the PDF finds, in the order of its structure tree; text comes from the pages.

    What goes on over the next page is one item where the tree has one element for it, else two, unless the
    evidence is good that the second is the rest of the first (see ``join_pages``). A file that cannot be
    opened has no items and one finding.
    """
    structure = _structure(data)
    with _PDFIUM:
        try:
            pdf = pdfium.PdfDocument(_undirected(data) if structure.leftward else data)
        except pdfium.PdfiumError as error:
            said = finding("error", f"the PDF cannot be opened: {error}")
            return Inventory((), loose=True, findings=(said,))
        try:
            return _read(pdf, structure)
        finally:
            pdf.close()


def beside(files: Mapping[str, bytes], observed: Inventory) -> list[Finding]:
    """What is wrong with the sheets for printing among a PDF's files (by what follows the slug in their
    names), held against the PDF itself. Nothing where there are none."""
    del observed
    found: list[Finding] = []
    for name in files.keys() - {WHOLE}:
        with _PDFIUM:
            try:
                found += faults(name, files[name], files[WHOLE])
            except (pdfium.PdfiumError, pikepdf.PdfError) as error:
                found.append(finding("error", f"{name} cannot be opened: {error}"))
    return found


def _read(pdf: pdfium.PdfDocument, structure: Structure) -> Inventory:
    """What is found in an open file of this structure."""
    pages, root = read_pages(pdf), structure.root
    found = tuple(read_blocks(root, pages, structure.places) if root else _untagged(pages))
    blocks = with_spaces(found if root and is_whole(root) else join_pages(found), pdf)
    lines = lines_on_pages(blocks)
    names = tuple(pdf.get_page_label(number) or str(number + 1) for number in range(len(pdf)))
    return Inventory(
        items=items_of(blocks),
        anchors=anchor_texts(structure.places, blocks, lines),
        title=structure.title,
        authors=structure.authors,
        lang=structure.lang,
        outline=outline(_bookmarks(pdf), blocks, names),
        contents=contents(blocks, structure.places, names),
        loose=True,
        findings=findings(pages, structure, blocks, lines),
    )


def _bookmarks(pdf: pdfium.PdfDocument) -> tuple[Bookmark, ...]:
    """The entries of the file's outline."""
    return tuple(Bookmark(mark.get_title(), mark.level + 1, _page_of(mark)) for mark in pdf.get_toc())


def _page_of(mark: pdfium.PdfBookmark) -> int:
    """The page that a bookmark leads to, from 0; -1 for none."""
    place = mark.get_dest()
    page = place.get_index() if place else None
    return -1 if page is None else int(page)


def _undirected(data: bytes) -> bytes:
    """The file without the direction that its pages are read in. pdfium concludes from it that every line is
    read so, and turns the words of others around."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root.ViewerPreferences.Direction
        pdf.save(out)
    return out.getvalue()


def _structure(data: bytes) -> Structure:
    """What the file says of itself; nothing where pikepdf cannot open what pdfium could."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return read_structure(pdf)
    except pikepdf.PdfError:
        return Structure(None, {}, ())


def _untagged(pages: Iterable[Page]) -> Iterator[Block]:
    """The pages' text as paragraphs: lines up to a gap that is wider than the one before."""
    for page in pages:
        pieces: list[Piece] = []
        step = 0.0
        for run in page.runs:
            piece = Piece(run.text, run.box)
            if pieces and is_new_line(pieces[-1], piece):
                down = pieces[-1].box.baseline - piece.box.baseline
                if down < 0 or down > 1.3 * (step or 1.4 * run.box.size):
                    yield Block("paragraph", tuple(pieces), ("P",), (page.number, page.number))
                    pieces, down = [], 0.0
                step = down
            pieces.append(piece)
        if pieces:
            yield Block("paragraph", tuple(pieces), ("P",), (page.number, page.number))
