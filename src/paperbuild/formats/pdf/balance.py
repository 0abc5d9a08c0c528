"""Titles and headings of several lines, none of which is a word or two left over from the one above.

CSS has ``text-wrap: balance`` for it (CSS Text 4, 6.2), which WeasyPrint 70 does not know: the lines are
measured on the pages, and set again between narrower edges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLES = frozenset({"title", "subtitle", "body-title"})
_LEAST = 0.4
"""How long a last line should be, as a share of the longest."""
_WIDER = (1.05, 1.15, 1.3)
"""The widths to be tried, in shares of what the lines would measure if they were alike."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of one title: their widths and the room that they have, in CSS pixels."""

    widths: tuple[float, ...]
    room: float
    sides: tuple[str, ...]
    """Where room can be taken away."""

    @property
    def uneven(self) -> bool:
        return len(self.widths) > 1 and self.widths[-1] < _LEAST * max(self.widths)

    def between(self, wider: float) -> str:
        """The style for lines of about the same length, if so much wider."""
        spare = self.room - wider * sum(self.widths) / len(self.widths)
        return "; ".join(f"padding-{side}: {spare / len(self.sides):.2f}px" for side in self.sides)


def balanced(root: ET.Element, render: Callable[[], Any]) -> Any:
    """The document with its titles' lines evened out, where that takes no more of them.

    ``render`` lays ``root`` out as it is then; the styles of its elements are changed.
    """
    titles = set(_titles(root))
    pages = render()
    uneven = {title: lines for title, lines in _measured(pages, titles).items() if lines.uneven}
    if not uneven:
        return pages
    with _alone(root, titles):
        left = _evened(uneven, titles, render)
    return render() if len(left) < len(uneven) else pages


def _evened(
    uneven: Mapping[ET.Element, _Lines], titles: set[ET.Element], render: Callable[[], Any]
) -> Mapping[ET.Element, _Lines]:
    """Gives titles the first width that makes them even; those that none does come back as they were."""
    for wider in _WIDER:
        if not uneven:
            break
        before = {title: title.get("style", "") for title in uneven}
        for title, lines in uneven.items():
            add_style(title, lines.between(wider))
        uneven = _restored(uneven, _measured(render(), titles), before)
    return uneven


@contextmanager
def _alone(root: ET.Element, titles: set[ET.Element]) -> Iterator[None]:
    """Shows nothing but titles while it is entered: a few lines are laid out in no time."""
    above = {child: parent for parent in root.iter() for child in parent}
    kept = set(titles)
    for title in titles:
        while title in above:
            title = above[title]  # noqa: PLW2901
            kept.add(title)
    around = kept - titles
    hidden = [child for each in around for child in each if child not in kept]
    columns = [each for each in around if each.get("class") == "columns"]
    before = {element: element.get("style") for element in (*hidden, *columns)}
    for element in hidden:
        add_style(element, "display: none")
    for element in columns:  # to even them out takes longer than all the rest
        add_style(element, "column-fill: auto")
    yield
    for element, style in before.items():
        if style is None:
            del element.attrib["style"]
        else:
            element.set("style", style)


def add_style(element: ET.Element, declarations: str) -> None:
    """Adds declarations to the element's own."""
    own = element.get("style", "")
    element.set("style", f"{own}; {declarations}" if own else declarations)


def _restored(
    uneven: Mapping[ET.Element, _Lines], now: Mapping[ET.Element, _Lines], before: Mapping[ET.Element, str]
) -> dict[ET.Element, _Lines]:
    """Those that are no better than they were, with their style of before."""
    worse = {}
    for title, lines in uneven.items():
        after = now.get(title)
        if after is None or after.uneven or len(after.widths) > len(lines.widths):
            worse[title] = lines
            title.set("style", before[title])
    return worse


def _titles(root: ET.Element) -> Iterator[ET.Element]:
    """The elements whose lines are a title's."""
    for element in root.iter():
        if element.tag in HEADINGS:
            yield element
        elif element.get("class") in _TITLES:
            yield from (element, *element.findall("p"))


def _measured(document: Any, titles: Iterable[ET.Element]) -> dict[ET.Element, _Lines]:
    """The lines of each title that the pages show."""
    wanted = set(titles)
    widths: dict[ET.Element, list[float]] = defaultdict(list)
    blocks: dict[ET.Element, Any] = {}
    for page in document.pages:
        for box in page._page_box.descendants():  # noqa: SLF001 - no other way to the boxes
            if box.element not in wanted:
                continue
            if type(box).__name__ == "LineBox":
                widths[box.element].append(box.width)
            elif type(box).__name__ == "BlockBox":
                blocks[box.element] = box
    return {
        title: _Lines(tuple(found), blocks[title].width, _sides(blocks[title].style))
        for title, found in widths.items()
        if title in blocks
    }


def _sides(style: Any) -> tuple[str, ...]:
    if style["text_align_all"] == "center":
        return ("left", "right")
    return ("left",) if style["direction"] == "rtl" else ("right",)
