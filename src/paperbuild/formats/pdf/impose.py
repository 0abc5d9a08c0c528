"""A second PDF for printing: two pages on each side of a sheet, as they stand or in the order of a booklet.

It is made of the finished file and has its fonts and pictures, but no tags, links or bookmarks: it is to be
printed, not read on a screen, and claims nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

import pikepdf

from paperbuild.layouts.model import PAGES

Side = tuple[int | None, int | None]
"""The pages on the left and right of one side of a sheet, from 0; None for none."""

_MILLIMETRE = 72 / 25.4
_USUAL = ("A4", "letter")
"""The papers that printers hold, best first."""
_SLACK = 1.0
"""Points by which a page may be too large and still count as fitting."""


def imposed(data: bytes, kind: str, *, rtl: bool) -> bytes:
    """The PDF's pages on sheets, ``kind`` being ``2-up`` or ``booklet``; ``rtl`` is whether the text is read
    from right to left, and so bound on the right. The same input gives the same bytes."""
    with pikepdf.open(io.BytesIO(data)) as source, pikepdf.new() as target:
        first = source.pages[0].mediabox
        width, height = sheet(float(first[2] - first[0]), float(first[3] - first[1]))
        if kind == "booklet":  # is folded along its height, whatever the pages' shape
            width, height = max(width, height), min(width, height)
        halves = _halves(width, height)
        order = booklet(len(source.pages)) if kind == "booklet" else pairs(len(source.pages))
        for side in order:
            target.add_blank_page(page_size=(width, height))
            shown = reversed(side) if rtl and width > height else side
            _fill(target, source, zip(shown, halves, strict=True))
        _describe(target, source, kind, rtl=rtl)
        out = io.BytesIO()
        target.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _fill(
    target: pikepdf.Pdf, source: pikepdf.Pdf, shown: Iterable[tuple[int | None, pikepdf.Rectangle]]
) -> None:
    """Puts pages into the halves of the last side, each in the middle and as large as it fits."""
    page, forms, content = target.pages[-1], pikepdf.Dictionary(), b""
    for number, half in shown:
        if number is not None:
            name = pikepdf.Name(f"/P{number + 1}")
            forms[name] = target.copy_foreign(source.pages[number].as_form_xobject())
            content += page.calc_form_xobject_placement(
                forms[name], name, half, invert_transformations=True, allow_shrink=True, allow_expand=True
            )
    page.obj.Resources = pikepdf.Dictionary(XObject=forms)
    page.obj.Contents = target.make_stream(content)


def sheet(width: float, height: float) -> tuple[float, float]:
    """Width and height in points of the sheet that holds two pages of this size beside each other.

    It is a usual paper on which they fit as large as they are; else their own paper turned, where printers
    hold it; else A4.
    """
    papers = [_points(name) for name in _USUAL]
    across, up = (2 * width, height) if height >= width else (width, 2 * height)
    for short, long in papers:
        turned = (long, short) if height >= width else (short, long)
        if across <= turned[0] + _SLACK and up <= turned[1] + _SLACK:
            return turned
    short, long = sorted((width, height))
    known = (_points(name) for name in PAGES)
    own = any(abs(short - one) < _SLACK and abs(long - other) < _SLACK for one, other in known)
    short, long = (short, long) if own else papers[0]
    return (long, short) if height >= width else (short, long)


def pairs(pages: int) -> Iterator[Side]:
    """Two pages after two, for each side of a sheet."""
    for number in range(0, pages, 2):
        yield number, number + 1 if number + 1 < pages else None


def booklet(pages: int) -> Iterator[Side]:
    """The sides of sheets that lie in one another and are folded, the outermost first, its outer side first.
    Empty pages stand at the end."""
    last = -(-pages // 4) * 4 - 1

    def shown(number: int) -> int | None:
        return number if number < pages else None

    for number in range(0, last // 2, 2):
        yield shown(last - number), shown(number)
        yield shown(number + 1), shown(last - number - 1)


def _points(name: str) -> tuple[float, float]:
    width, height = PAGES[name]
    return width * _MILLIMETRE, height * _MILLIMETRE


def _halves(width: float, height: float) -> Sequence[pikepdf.Rectangle]:
    """The left and right half of a sheet; the upper and lower one of a sheet that stands upright."""
    if height > width:
        return pikepdf.Rectangle(0, height / 2, width, height), pikepdf.Rectangle(0, 0, width, height / 2)
    return pikepdf.Rectangle(0, 0, width / 2, height), pikepdf.Rectangle(width / 2, 0, width, height)


def _describe(target: pikepdf.Pdf, source: pikepdf.Pdf, kind: str, *, rtl: bool) -> None:
    """Title, author and language, and how the sheets are to be printed (ISO 32000-1, table 150): as large as
    they are, those of a booklet on both sides and turned over at the short edge."""
    for key in ("/Title", "/Author"):
        if key in source.docinfo:
            target.docinfo[key] = str(source.docinfo[key])
    if "/Lang" in source.Root:
        target.Root.Lang = pikepdf.String(str(source.Root.Lang))
    wishes = pikepdf.Dictionary(
        PrintScaling=pikepdf.Name("/None"),
        Direction=pikepdf.Name("/R2L" if rtl else "/L2R"),
        DisplayDocTitle="/Title" in target.docinfo,
    )
    if kind == "booklet":
        wishes.Duplex = pikepdf.Name("/DuplexFlipShortEdge")
    target.Root.ViewerPreferences = wishes
