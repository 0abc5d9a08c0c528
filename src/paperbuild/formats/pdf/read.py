"""Reads a finished PDF back, knowing nothing of what wrote it."""

from __future__ import annotations

import io
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import pikepdf
import pypdfium2 as pdfium

from paperbuild.formats.pdf.read_blocks import Block, Piece, is_only_words, read_blocks
from paperbuild.formats.pdf.read_items import is_new_line, items_of, join_pages
from paperbuild.formats.pdf.read_pages import Page, read_pages
from paperbuild.formats.pdf.read_tree import Element, Place, Structure, read_structure
from paperbuild.model import Finding, Inventory, Severity

_PDFIUM = threading.Lock()
"""pdfium may be called by one thread at a time."""


def read(data: bytes) -> Inventory:
    """What a reader of the PDF finds, in the order of its structure tree; text comes from the pages.

    A paragraph that goes on over the next page is two items, unless the evidence is good that the
    second is the rest of the first (see ``join_pages``). A file that cannot be opened has no items
    and one finding.
    """
    try:
        pages, outline = _open(data)
    except pdfium.PdfiumError as error:
        return Inventory((), loose=True, findings=(_finding("error", f"the PDF cannot be opened: {error}"),))
    structure = _structure(data)
    root = structure.root
    blocks = read_blocks(root, pages, structure.places) if root else _untagged(pages)
    return Inventory(
        items=items_of(join_pages(blocks)),
        anchors=frozenset(structure.places),
        title=structure.title,
        authors=structure.authors,
        lang=structure.lang,
        outline=outline,
        loose=True,
        findings=(*_page_findings(pages), *_structure_findings(structure)),
    )


def _open(data: bytes) -> tuple[tuple[Page, ...], tuple[tuple[int, str], ...]]:
    """The pages and the outline, as pdfium reads them."""
    with _PDFIUM:
        pdf = pdfium.PdfDocument(data)
        try:
            outline = tuple((mark.level + 1, mark.get_title()) for mark in pdf.get_toc())
            return read_pages(pdf), outline
        finally:
            pdf.close()


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


def _page_findings(pages: tuple[Page, ...]) -> Iterator[Finding]:
    """What is wrong on the pages themselves."""
    for page in pages:
        where = f"page {page.number + 1}"
        if not page.ink:
            yield _finding("error", "the page is empty", where)
        if page.hidden:
            yield _finding("error", f"text that nobody can see: {_sample(page.hidden)}", where)
        if page.outside:
            yield _finding("error", f"text runs over the page's edge: {_sample(page.outside)}", where)
    for font in sorted(frozenset().union(*(page.fonts for page in pages))):
        yield _finding("warning", f"the font {font} is not embedded")


def _structure_findings(structure: Structure) -> Iterator[Finding]:
    """What is wrong with the tree and the links."""
    if structure.root is None:
        yield _finding("error", "the PDF has no structure tree", hint="write the PDF with tags")
    for alt in _lost_pictures(structure.root) if structure.root else ():
        yield _finding("error", f"a picture is missing; its alternative text stands there: {alt}")
    broken = Counter(
        (page, target)
        for page, target in structure.links
        if not target or (target.startswith("#") and target != "#" and target[1:] not in structure.places)
    )
    for page, target in broken:
        name = target or "a place that is not in the file"
        yield _finding("error", f"a link leads to {name}, which does not exist", f"page {page + 1}")
    yield from _strayed_notes(structure.places)


def _strayed_notes(places: Mapping[str, Place]) -> Iterator[Finding]:
    """A warning for each note that stands on another page than its mark."""
    for name, place in places.items():
        mark = places.get(name.replace("fn-", "fnref-", 1)) if name.startswith("fn-") else None
        if mark and mark.page != place.page:
            said = f"note {name[3:]} stands on page {place.page + 1}, its mark on page {mark.page + 1}"
            yield _finding("warning", said, f"page {mark.page + 1}")


def _lost_pictures(element: Element) -> Iterator[str]:
    """The alternative texts of pictures that could not be loaded."""
    if element.kind in {"Figure", "Formula"} and is_only_words(element):
        yield element.alt
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _lost_pictures(kid)


def _sample(texts: tuple[str, ...]) -> str:
    """The beginning of the first of some texts, and how many more there are."""
    first = " ".join(texts[0].split())
    more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
    return f"“{first[:50]}{'…' if len(first) > 50 else ''}”{more}"


def _finding(severity: Severity, message: str, where: str = "", hint: str = "") -> Finding:
    return Finding(severity, "pdf", message, where=where, hint=hint, format="pdf")
