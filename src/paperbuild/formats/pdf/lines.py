"""Numbers of the text's lines, in the margin of the pages that WeasyPrint laid out.

The same lines count as in Word (ECMA-376 part 1, 17.6.8, and the styles that suppress it): those of the
abstract, paragraphs, headings, lists, quotations, code, displayed equations and references; not the title
block, the list of contents, tables, figures with their captions, notes, headers and footers. A number is no
part of the text: it is painted as an artifact (ISO 32000-1, 14.8.2.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from paperbuild.formats.pdf.style import line_number_rules
from paperbuild.layouts import Layout

_UNCOUNTED = frozenset({"table", "figure", "nav", "hr"})
_TITLE_BLOCK, _COUNTED_THERE = "title-block", "abstract"
_CAPTIONS = frozenset({"listing-caption", "float-note"})
_HALF_DIGIT = 0.33
"""Half the height of a digit, in sizes of its font."""
_ROOM = 100
"""CSS pixels above a number's baseline; more than its own height."""


@dataclass(frozen=True, slots=True)
class Line:
    """Where a line of the text stands, in CSS pixels from the upper left corner of its page."""

    baseline: float
    left: float
    """The left edge of the column that it stands in,"""
    right: float
    """and its right edge."""


def number(document: Any, layout: Layout, *, rtl: bool) -> None:
    """Puts the layout's line numbers on the pages of a document that WeasyPrint rendered, on the side where
    lines begin. Nothing happens where the layout wants none."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 - it looks for Pango when it is imported

    wanted = layout.line_numbers
    if not wanted.every:
        return
    count, pages = 0, []
    for page in document.pages:
        count = 0 if wanted.each_page else count
        shown = []
        for line in lines(page):
            count += 1
            if count % wanted.every == 0:
                shown.append((count, line))
        pages.append(shown)
    sheet = CSS(string=line_number_rules(layout), font_config=document.font_config)
    html = HTML(string=_source(pages, layout, rtl=rtl))
    margins = html.render(font_config=document.font_config, stylesheets=[sheet]).pages
    for page, margin in zip(document.pages, margins, strict=True):
        page.paint = partial(_painted, page.paint, margin)


def lines(page: Any) -> Iterator[Line]:
    """The lines of a rendered page that are counted, in the order in which they are read."""
    box = page._page_box  # noqa: SLF001 - WeasyPrint tells nobody else where its lines stand
    left = box.content_box_x()
    return _lines(box, left, left + box.width, within=True)


def _lines(box: Any, left: float, right: float, *, within: bool) -> Iterator[Line]:
    """The counted lines of a box in a column; ``within`` is False in a title block, but for its abstract."""
    for child in box.children:
        kind, names = type(child).__name__, _classes(child)
        if _is_uncounted(child, kind, names):
            continue
        if kind == "LineBox":
            if within and _holds_something(child):
                yield Line(child.position_y + child.baseline, left, right)
        elif "equation" in names:
            # one line, as high as its number, which stands beside its middle
            middle = child.content_box_y() + child.height / 2
            yield Line(middle + _HALF_DIGIT * child.style["font_size"], left, right)
        elif hasattr(child, "children"):
            columned = box.style["column_count"] != "auto"
            edges = (
                (child.content_box_x(), child.content_box_x() + child.width) if columned else (left, right)
            )
            inside = _TITLE_BLOCK not in names and (within or _COUNTED_THERE in names)
            yield from _lines(child, *edges, within=inside)


def _is_uncounted(box: Any, kind: str, names: frozenset[str]) -> bool:
    """True for what is not in the flow of the text, and for tables, figures and what belongs to them."""
    if kind in {"MarginBox", "FootnoteAreaBox", "AbsolutePlaceholder"} or not box.is_in_normal_flow():
        return True
    return box.element_tag in _UNCOUNTED or bool(names & _CAPTIONS)


def _classes(box: Any) -> frozenset[str]:
    return frozenset((box.element.get("class") or "").split()) if box.element is not None else frozenset()


def _holds_something(line: Any) -> bool:
    """False for a line with nothing but a picture, or what floats out of it; empty lines of code count."""
    return line.element_tag == "pre" or any(
        getattr(child, "text", "").strip() or "math" in _classes(child) for child in line.descendants()
    )


def _source(pages: list[list[tuple[int, Line]]], layout: Layout, *, rtl: bool) -> str:
    """A page with nothing but numbers for each page. A box without text, as high as the room above, puts the
    number on the baseline of its line, whatever its font."""
    gap = layout.line_number_gap / 0.75
    width = layout.page.width / 25.4 * 96
    side = "left" if rtl else "right"
    made = []
    for page in pages:
        inside = "".join(
            f'<p style="{side}: {(line.right if rtl else width - line.left) + gap:.2f}px;'
            f' top: {line.baseline - _ROOM:.2f}px"><i></i>{count}</p>'
            for count, line in page
        )
        made.append(f"<div>{inside}</div>")
    return f"<html lang='en'><style>i {{ height: {_ROOM}px }}</style>{''.join(made)}</html>"


def _painted(paint: Any, margin: Any, stream: Any, scale: float = 1) -> None:
    """Paints a page, then the page of numbers as one artifact, in which nothing is tagged."""
    paint(stream, scale)
    with stream.artifact():
        tags, stream._tags = stream._tags, None  # noqa: SLF001 - else each number were marked content within
        margin.paint(stream, scale)
        stream._tags = tags  # noqa: SLF001
