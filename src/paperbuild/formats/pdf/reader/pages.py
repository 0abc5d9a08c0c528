"""What stands on the pages of a PDF, as pdfium sees it: runs of text by their marked-content id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium

from paperbuild.formats.pdf.reader.objects import FORM, TEXT, Box, Probe, Thing, around
from paperbuild.formats.pdf.reader.pictures import BLANK, Picture, Pictures
from paperbuild.formats.pdf.reader.sight import unseen

SMALLEST = 2
"""What is less than so many points wide or high is no picture that anybody can see."""


@dataclass(frozen=True, slots=True)
class Run:
    """A text object: the text between two changes of font, style or line."""

    text: str
    box: Box
    mcid: int = -1
    """Its marked-content id; -1 where it has none."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page's content, read once."""

    number: int
    """Counted from 0."""
    runs: tuple[Run, ...] = ()
    """All text that can be seen (some of it, where it stands half outside), as it is painted."""
    tagged: Mapping[int, tuple[Run, ...]] = field(default_factory=dict)
    """The same text by marked-content id."""
    marks: Mapping[int, Box] = field(default_factory=dict)
    """Each marked-content id under which something is painted, with its place: that of the first text, or of
    everything where it is no text."""
    pictures: Mapping[int, Picture] = field(default_factory=dict)
    """What is known of the pictures, by marked-content id."""
    ink: bool = False
    """False where nothing at all is painted."""
    hidden: tuple[Run, ...] = ()
    """Text that nobody can see (see ``sight``)."""
    outside: tuple[Run, ...] = ()
    """Text that runs over the page's edge."""
    fonts: frozenset[str] = frozenset()
    """Names of the fonts in use that are not embedded."""


def read_pages(pdf: pdfium.PdfDocument) -> tuple[Page, ...]:
    """Every page of the file; one that cannot be loaded is a page without ink."""
    probe = Probe()
    pictures = Pictures(probe)
    return tuple(_read_page(pdf, number, probe, pictures) for number in range(len(pdf)))


def _read_page(pdf: pdfium.PdfDocument, number: int, probe: Probe, pictures: Pictures) -> Page:
    """The page, its objects asked one by one."""
    try:
        page = pdf[number]
        textpage = page.get_textpage()
    except pdfium.PdfiumError:
        return Page(number)
    try:
        things = probe.things(pdf.raw, page.raw, number)
        text = _text(things, probe, textpage, page.get_bbox())
        return _page(number, things, text, pictures)
    finally:
        textpage.close()
        page.close()


@dataclass(slots=True)
class _Text:
    """A page's text, sorted by who can see it."""

    limits: Box
    runs: list[Run] = field(default_factory=list)
    hidden: list[Run] = field(default_factory=list)
    outside: list[Run] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)


def _text(things: tuple[Thing, ...], probe: Probe, textpage: Any, limits: tuple[float, ...]) -> _Text:
    """The text among the objects, and what of it can be seen."""
    left, bottom, right, top = limits
    text = _Text(Box(0, left, bottom, right, top, bottom, top - bottom))
    hidden = unseen(things, probe)
    for place, thing in enumerate(things):
        if thing.kind != TEXT:
            continue
        words = probe.text(thing.raw, textpage)
        if not words.strip():
            continue
        run = Run(words, thing.box, thing.mcid)
        if place in hidden:
            text.hidden.append(run)
            continue
        text.fonts.add(probe.unembedded(thing.raw))
        if not _within(thing.box, text.limits, slack=2):
            text.outside.append(run)
        if _overlaps(thing.box, text.limits):
            text.runs.append(run)
    return text


def _page(number: int, things: tuple[Thing, ...], text: _Text, pictures: Pictures) -> Page:
    """The page made of its text and of what else is painted on it."""
    tagged: dict[int, list[Run]] = defaultdict(list)
    for run in text.runs:
        tagged[run.mcid].append(run)
    inked = [
        thing for thing in things if thing.kind not in {TEXT, FORM} and _overlaps(thing.box, text.limits)
    ]
    marks = {mcid: around(boxes) for mcid, boxes in _boxes(inked).items()}
    marks.update((mcid, runs[0].box) for mcid, runs in tagged.items())
    return Page(
        number,
        tuple(text.runs),
        {mcid: tuple(runs) for mcid, runs in tagged.items()},
        marks,
        _pictures(inked, marks, pictures),
        ink=bool(inked or text.runs or text.hidden or text.outside),
        hidden=tuple(text.hidden),
        outside=tuple(text.outside),
        fonts=frozenset(text.fonts - {""}),
    )


def _boxes(things: list[Thing]) -> Mapping[int, list[Box]]:
    """The places of the things by marked-content id."""
    boxes: dict[int, list[Box]] = defaultdict(list)
    for thing in things:
        boxes[thing.mcid].append(thing.box)
    return boxes


def _pictures(inked: list[Thing], marks: Mapping[int, Box], pictures: Pictures) -> dict[int, Picture]:
    """What is known of what may be a picture, or is too small to be any."""
    by_mark: dict[int, list[Thing]] = defaultdict(list)
    for thing in inked:
        by_mark[thing.mcid].append(thing)
    known = {mcid: pictures.known(things) for mcid, things in by_mark.items() if mcid >= 0}
    tiny = [mcid for mcid, box in marks.items() if min(box.right - box.left, box.top - box.bottom) < SMALLEST]
    return known | dict.fromkeys(tiny, Picture(BLANK))


def _within(box: Box, limits: Box, slack: float) -> bool:
    """True for a box that the page holds wholly, but for some points."""
    across = box.left >= limits.left - slack and box.right <= limits.right + slack
    return across and box.bottom >= limits.bottom - slack and box.top <= limits.top + slack


def _overlaps(box: Box, limits: Box) -> bool:
    """True for a box of which at least a part is on the page."""
    across = box.left < limits.right and box.right > limits.left
    return across and box.bottom < limits.top and box.top > limits.bottom
