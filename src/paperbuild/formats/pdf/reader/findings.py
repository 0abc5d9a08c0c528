"""What the reader of a PDF met that should not be, whatever the file was made from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from statistics import median

from paperbuild.formats.pdf.reader.blocks import Block, Piece, is_only_words
from paperbuild.formats.pdf.reader.inside import inner_strays
from paperbuild.formats.pdf.reader.objects import Box
from paperbuild.formats.pdf.reader.order import misplaced_pages, overprints, printed_on, strays
from paperbuild.formats.pdf.reader.pages import Page, Run
from paperbuild.formats.pdf.reader.text import Line, text_of
from paperbuild.formats.pdf.reader.tree import Area, Content, Element, Frame, Place, Structure
from paperbuild.model import Finding, Severity

SHOWN = 50
"""Letters of a text by which a finding names it."""

ROOM = 4.5
"""An equation's frame has less room than so many points on each side of it;"""
OPEN = 7.5
"""so many after an operator to which nothing was added;"""
USUAL = 11.0
"""where lines of text are so high, in points: a formula's margins grow with the text around it."""
OPERATOR = re.compile(r"\\[A-Za-z]+(\{[a-z*]+\})?\s*$")
"""How a formula ends that may end in an operator."""

STRETCHED = 1.1
"""A picture is stretched that is drawn so many times wider or higher than its own shape."""


def findings(
    pages: Sequence[Page], structure: Structure, blocks: Sequence[Block], lines: Sequence[Line]
) -> tuple[Finding, ...]:
    """All that is wrong with the pages, the tree, the links and the places of the blocks."""
    return (
        *_page_findings(pages),
        *(_bare_pages(pages, blocks, lines) if structure.root else ()),
        *_sight_findings(pages, structure.root),
        *_structure_findings(structure),
        *_link_findings(structure, blocks),
        *(_place_findings(blocks, lines) if structure.root else ()),
        *(_margin_findings(pages, lines) if structure.root else ()),
        *_picture_findings(blocks),
        *_equation_findings(structure.drawings, pages),
    )


def finding(severity: Severity, message: str, where: str = "", hint: str = "") -> Finding:
    """A finding of the reader."""
    return Finding(severity, "pdf", message, where=where, hint=hint, format="pdf")


def _page_findings(pages: Sequence[Page]) -> Iterator[Finding]:
    """What is wrong with whole pages, and with fonts."""
    for page in pages:
        if not page.ink:
            yield finding("error", "the page is empty", f"page {page.number + 1}")
    for font in sorted(frozenset().union(*(page.fonts for page in pages))):
        yield finding(
            "error", f"the font {font} is not embedded", hint="some readers will show other letters"
        )


def _bare_pages(pages: Sequence[Page], blocks: Sequence[Block], lines: Sequence[Line]) -> Iterator[Finding]:
    """Pages on which nothing stands that is in the tree; not of a file in which nothing is."""
    used = {line.box.page for line in lines} | {
        piece.box.page for block in blocks for piece in block.pictures
    }
    for page in pages:
        if page.ink and used and page.number not in used:
            where = f"page {page.number + 1}"
            yield finding("error", f"{where} shows nothing but its header or footer", where)


def _sight_findings(pages: Sequence[Page], root: Element | None) -> Iterator[Finding]:
    """Text that cannot be seen, or not wholly; one finding for each block."""
    odd = [page for page in pages if page.hidden or page.outside]
    homes = _homes(root) if root and odd else {}
    for page in odd:
        where = f"page {page.number + 1}"
        for text in _by_block(page.hidden, page.number, homes):
            yield finding("error", f"text that nobody can see: {quote(text)}", where)
        for text in _by_block(page.outside, page.number, homes):
            yield finding("error", f"text runs over the page's edge: {quote(text)}", where)


def _homes(root: Element) -> dict[Content, int]:
    """For each marked content of the tree, a number of the block that it stands in."""
    homes: dict[Content, int] = {}
    waiting = [(root, 0)]
    while waiting:
        element, home = waiting.pop()
        for kid in element.kids:
            if isinstance(kid, Content):
                homes[kid] = home
            else:
                waiting.append((kid, id(kid) if kid.is_block else home))
    return homes


def _by_block(runs: Iterable[Run], page: int, homes: Mapping[Content, int]) -> Iterator[str]:
    """The runs' text, one text for those that stand in one block."""
    for _, group in groupby(runs, key=lambda run: homes.get(Content(page, run.mcid), -1)):
        yield text_of(Piece(run.text, run.box) for run in group)


def _structure_findings(structure: Structure) -> Iterator[Finding]:
    """What is wrong with the tree and the links."""
    if structure.root is None:
        yield finding("error", "the PDF has no structure tree", hint="write the PDF with tags")
    for drawing in structure.drawings:
        if is_only_words(drawing):
            said = f"a picture is missing; its alternative text stands there: {drawing.alt}"
            yield finding("error", said)
    broken = Counter(
        (page, target)
        for page, target in structure.links
        if not target or (target.startswith("#") and target != "#" and target[1:] not in structure.places)
    )
    for page, target in broken:
        name = target or "a place that is not in the file"
        yield finding("error", f"a link leads to {name}, which does not exist", f"page {page + 1}")
    yield from _strayed_notes(structure.places)


def _link_findings(structure: Structure, blocks: Sequence[Block]) -> Iterator[Finding]:
    """Words of a link that cannot be clicked though others of it can, as on its second line."""
    for block in blocks:
        for piece in block.inner if block.kind != "contents" else ():
            areas = structure.areas.get((piece.box.page, piece.target), ())
            is_words = piece.link is not None and bool(piece.text.strip()) and piece.kind != "mark"
            if is_words and not any(_covers(area, piece.box) for area in areas):
                said = f"the words {quote(piece.text)} of the link to {piece.target} cannot be clicked"
                yield finding("error", said, f"page {piece.box.page + 1}")


def _covers(area: Area, box: Box) -> bool:
    """True where the middle of a box lies within an area, but for some points."""
    left, bottom, right, top = area
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return left - 2 <= x <= right + 2 and bottom - 4 <= y <= top + 4


def _largeness(page: Page) -> float:
    """How much larger the page's text is than usual; 1 for smaller text."""
    heights = [run.box.top - run.box.bottom for runs in page.tagged.values() for run in runs]
    return max(median(heights) / USUAL, 1.0) if heights else 1.0


def _is_cut(box: Box, frame: Frame, tex: str, largeness: float) -> bool:
    """True for what stands in its frame and leaves room for more than its margins.

    Only the frame's width and its place across the page are looked at, in points or in CSS pixels: there are
    writers that count from the upper edge of the page.
    """
    for unit in (1, 0.75):
        before, after = box.left - unit * frame[0], unit * frame[2] - box.right
        room = unit * abs(frame[3] - frame[1]) - (box.top - box.bottom)
        if before > -1 and after > -1 and room > -1:
            most = OPEN if OPERATOR.search(tex) else ROOM
            return max(before, room) > ROOM * largeness or after > most * largeness
    return False


def _strayed_notes(places: Mapping[str, Place]) -> Iterator[Finding]:
    """A warning for each note that stands on another page than its mark."""
    for name, place in places.items():
        mark = places.get(name.replace("fn-", "fnref-", 1)) if name.startswith("fn-") else None
        if mark and mark.page != place.page:
            said = f"note {name[3:]} stands on page {place.page + 1}, its mark on page {mark.page + 1}"
            yield finding("warning", said, f"page {mark.page + 1}")


def _place_findings(blocks: Sequence[Block], lines: Sequence[Line]) -> Iterator[Finding]:
    """Text that stands out of its order on a page, or on other text."""
    for page, number in misplaced_pages(blocks):
        said = f"page {page + 1}, with the text {quote(_words(blocks[number]))}, is not where it is read"
        yield finding("error", said, f"page {page + 1}")
    for number, page in strays(blocks, lines):
        said = f"the text {quote(_words(blocks[number]))} stands out of its order on the page"
        yield finding("error", said, f"page {page + 1}")
    for stray in inner_strays(blocks, lines):
        words, first = text_of(stray.pieces), stray.pieces[0]
        name = f"the text {quote(words)}" if words else f"the mark of note {first.target.removeprefix('fn-')}"
        if first.kind in {"equation", "figure"}:
            name = f"the {first.kind} {quote(first.alt)}"
        said = f"{name} stands out of its place in {quote(_words(blocks[stray.block]))}"
        yield finding("error", said, f"page {first.box.page + 1}")
    for one, other in overprints(lines):
        said = f"{quote(text_of(one.pieces))} and {quote(text_of(other.pieces))} are printed over each other"
        yield finding("error", said, f"page {one.box.page + 1}")


def _margin_findings(pages: Sequence[Page], lines: Sequence[Line]) -> Iterator[Finding]:
    """Headers, footers and numbers of lines that stand on the text."""
    for run, line in printed_on(pages, lines):
        said = f"{quote(run.text)} is printed over {quote(text_of(line.pieces))}"
        yield finding("error", said, f"page {line.box.page + 1}")


def _words(block: Block) -> str:
    """The words by which a block is named."""
    return text_of(block.inner) or block.target


def _picture_findings(blocks: Sequence[Block]) -> Iterator[Finding]:
    """Pictures that are drawn in another shape than their own."""
    for block in blocks:
        for piece in (*block.pictures, *(piece for piece in block.inner if piece.kind == "figure")):
            stretch = piece.picture.stretch
            if not 1 / STRETCHED < stretch < STRETCHED:
                name, way = quote(piece.alt or _words(block)), "width" if stretch > 1 else "height"
                said = f"the picture {name} is drawn with {max(stretch, 1 / stretch):.1f} times its own {way}"
                yield finding("warning", said, f"page {piece.box.page + 1}")


def _equation_findings(drawings: Iterable[Element], pages: Sequence[Page]) -> Iterator[Finding]:
    """Equations of which a part is missing."""
    sizes: dict[int, float] = {}
    for drawing in drawings:
        if drawing.kind != "Formula" or not drawing.frame:
            continue
        painted = [kid for kid in drawing.kids if isinstance(kid, Content) and kid.page < len(pages)]
        boxes = [pages[content.page].marks.get(content.mcid) for content in painted]
        if len(boxes) != 1 or not (box := boxes[0]):
            continue
        largeness = sizes.get(box.page) or _largeness(pages[box.page])
        sizes[box.page] = largeness
        if _is_cut(box, drawing.frame, drawing.alt, largeness):
            said = f"the equation {quote(drawing.alt)} is drawn in a part of its place only"
            yield finding("error", said, f"page {box.page + 1}", "its beginning or its end is missing")


def quote(text: str) -> str:
    """The beginning of a text, in quotation marks."""
    words = " ".join(text.split())
    return f"“{words[:SHOWN]}{'…' if len(words) > SHOWN else ''}”"
