"""Pages laid out anew until their breaks are right: each note on the page of its mark, no heading at a foot.

WeasyPrint 70 may put a note a page too late where a page break divides the paragraph of its mark, or where it
lays a page out again for the sake of a heading that would stand at its foot; and it leaves a heading at the
foot of a page where the notes leave no room for what follows. Such faults are found on the pages that are
laid out, and mended on the page that they are laid out from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any
from xml.etree import ElementTree as ET

from paperbuild.formats.pdf.balance import HEADINGS, add_style, balanced

_ROUNDS = 12
"""How often the pages are laid out anew."""
_SHORT = 1000
"""Letters of a paragraph that may leave its place at a page's foot."""
_LINES = frozenset({"p", "li", "dd", "td", "th", "figcaption", "caption"})
"""Elements that hold lines of text."""
_NOTE = re.compile(r"^fn-(\d+)$")


@dataclass(frozen=True, slots=True)
class _Fault:
    """A note that strays, by its number; or the first of the headings at a page's or a column's foot."""

    page: int
    note: str = ""
    heading: ET.Element | None = None
    column: bool = False

    @property
    def key(self) -> object:
        """What is at fault, on whatever page."""
        return self.note or self.heading


_Mend = Callable[[ET.Element, Any, _Fault], None]
"""Changes the page, given what it was laid out as, for the sake of a fault."""


def settled(root: ET.Element, render: Callable[[], Any]) -> Any:
    """The document with as few faults as could be had. ``render`` lays ``root`` out as it is then."""
    best = pages = balanced(root, render)
    least = faults = _faults(best)
    tried: set[tuple[_Mend, object]] = set()
    for _ in range(_ROUNDS):
        fresh = [(mend, fault) for fault in faults for mend in _next(fault, tried)]
        if not fresh:
            break
        for mend, fault in fresh:
            tried.add((mend, fault.key))
            mend(root, pages, fault)
        pages = render()
        faults = _faults(pages)
        if len(faults) <= len(least):
            best, least = pages, faults
    return best


def _next(fault: _Fault, tried: set[tuple[_Mend, object]]) -> Iterator[_Mend]:
    """The next mend that was not tried for the fault; the gentlest come first."""
    for_note: Sequence[_Mend] = (_keep_whole, _begin_page_after, _begin_page_with_mark)
    mends = for_note if fault.note else (_begin_with_heading,)
    yield from [mend for mend in mends if (mend, fault.key) not in tried][:1]


# -- faults ----------------------------------------------------------------------------------------------


def _faults(document: Any) -> list[_Fault]:
    return [*_strayed(document), *_stranded(document)]


def _strayed(document: Any) -> Iterator[_Fault]:
    """The notes that stand on another page than their mark."""
    page_of = {name: number for number, page in enumerate(document.pages) for name in page.anchors}
    for name, page in page_of.items():
        match = _NOTE.match(name)
        mark = page_of.get(f"fnref-{match[1]}") if match else None
        if match and mark is not None and mark != page:
            yield _Fault(mark, note=match[1])


def _stranded(document: Any) -> Iterator[_Fault]:
    """The headings with nothing below them on their page, or in their column, though the paper goes on."""
    for number, page in enumerate(document.pages[:-1]):
        body = _body(page)
        for box, column in [(body, False), *((box, True) for box in _columns(body))]:
            heading = _heading_at_foot(box)
            if heading is not None:
                yield _Fault(number, heading=heading, column=column)


def _columns(box: Any) -> Iterator[Any]:
    """The columns that are followed by another one beside them."""
    children = list(getattr(box, "children", ()))
    for child, after in zip_longest(children, children[1:]):
        if not _is_column(child):
            yield from _columns(child)
        elif _is_column(after):
            yield child


def _is_column(box: Any) -> bool:
    return bool(getattr(box, "is_column", False))


def _heading_at_foot(box: Any) -> ET.Element | None:
    """The first of the headings that end the box; None where something else does."""
    first = None
    for heading in _from_end(box):
        if heading is None:
            break
        first = heading
    return first


def _from_end(box: Any) -> Iterator[ET.Element | None]:
    """What shows itself in a box, from its end: headings, and None for whatever else."""
    for child in reversed(box.children):
        if not child.is_in_normal_flow():
            continue
        if child.element is not None and child.element.tag in HEADINGS:
            yield child.element
        elif _is_leaf(child):
            yield None
        else:
            yield from _from_end(child)


def _is_leaf(box: Any) -> bool:
    """True for a line, a picture, or anything else that shows itself."""
    children = getattr(box, "children", None)
    return children is None or type(box).__name__ in {"LineBox", "TableBox"}


def _body(page: Any) -> Any:
    return page._page_box.children[0]  # noqa: SLF001 - no other way to the boxes


# -- mends -----------------------------------------------------------------------------------------------


def _keep_whole(root: ET.Element, _: Any, fault: _Fault) -> None:
    """Forbids page breaks within the paragraph, list item or definition that holds the note's mark."""
    for element in _holders(root, fault.note):
        add_style(element, "break-inside: avoid")


def _begin_page_with_mark(root: ET.Element, _: Any, fault: _Fault) -> None:
    """Begins a page with the paragraph that holds the note's mark, and with the headings over it."""
    for element in _holders(root, fault.note):
        add_style(_with_headings(root, element), "break-before: page")


def _holders(root: ET.Element, note: str) -> Iterator[ET.Element]:
    """The element of lines that a note's mark stands in; none for a mark in a heading."""
    above = {child: parent for parent in root.iter() for child in parent}
    for mark in [element for element in root.iter("a") if element.get("id") == f"fnref-{note}"]:
        element = mark
        while element in above and element.tag not in _LINES:
            element = above[element]
        if element.tag in _LINES:
            yield element


def _begin_page_after(root: ET.Element, document: Any, fault: _Fault) -> None:
    """Begins a page with what begins the one after the note's mark, and with the headings over it; also with
    a short paragraph that goes on from before, which then stands there whole."""
    before, after = _body(document.pages[fault.page]), _body(document.pages[fault.page + 1])
    there = {id(each.element) for each in before.descendants() if each.element is not None}
    first = _beginning(after, there)
    if first is not None:
        add_style(_with_headings(root, first), "break-before: page")


def _with_headings(root: ET.Element, element: ET.Element) -> ET.Element:
    """The first of the headings that stand right before the element; the element itself where none does."""
    above = {child: parent for parent in root.iter() for child in parent}
    first = place = element
    while place in above:
        siblings = list(above[place])
        at = siblings.index(place)
        if at and siblings[at - 1].tag in HEADINGS:
            first = place = siblings[at - 1]
        elif at or above[place].tag != "section":
            break
        else:
            place = above[place]
    return first


def _begin_with_heading(_: ET.Element, __: Any, fault: _Fault) -> None:
    """Begins a page, or a column, with the headings."""
    if fault.heading is not None:
        add_style(fault.heading, f"break-before: {'column' if fault.column else 'page'}")


def _beginning(box: Any, before: set[int]) -> ET.Element | None:
    """The element that begins with the box, or a short one of lines; None where neither does."""
    while box.element is None or id(box.element) in before:
        if box.element is not None and box.element.tag in _LINES:
            short = len("".join(box.element.itertext())) < _SHORT
            return box.element if short else None
        children = getattr(box, "children", ())
        if not children or not children[0].is_in_normal_flow():
            return None
        box = children[0]
    element: ET.Element = box.element
    return element
