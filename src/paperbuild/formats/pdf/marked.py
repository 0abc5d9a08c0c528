"""What the style sheet has to know of code, addresses and boxes: marks in the page's tree.

Where lines of code and addresses may end, and which blocks of code stay whole:

WeasyPrint 70 divides the word at a line's end wherever ``overflow-wrap`` lets it divide a word at all, if
several elements stand in the line, as the tokens of code do. So only words that no line could hold are given
leave. An address is neither hyphenated nor cut behind ``https://``, a range of pages not behind its dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from paperbuild.layouts import Layout
from paperbuild.layouts.model import CODE_KEPT_WHOLE

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_HOST = re.compile(r"(?:https?://|www\.)[^/\s]{1,26}/?")
_RANGE = re.compile(r"(?<![\w–])\d[\d.:]{0,6}\w?–\d{0,7}\w{0,2}(?![\w–])")
"""A range of pages, as in “27–58” or “275d–e”."""
_LETTER = 0.61
"""The width of a letter of code in ems, and a little more."""
_ROOM = 10.0
"""Points between the edges of a block of code and its lines, both sides together."""
_BOXES = frozenset("☐☒")
"""Signs that pandoc writes for the boxes of a list of tasks."""
_NO_BREAK = "\u00a0"
_INDENTED = frozenset({"li", "dd", "blockquote"})
"""Elements whose lines are shorter by an indent."""


@dataclass(frozen=True, slots=True)
class _Spans:
    """Parts of a text, in order, and the class of the elements that they become."""

    name: str
    places: list[tuple[int, int]]


def prepared(root: ET.Element, layout: Layout) -> None:
    """Marks ``long`` words and ``whole`` blocks of code, an ``address`` and its ``host`` in links, the
    ``range`` of pages, and the ``box`` of a task."""
    for block, depth in _blocks(root, 0):
        code = block.find("pre/code")
        if code is not None:
            _mark_words(code, _letters(layout, depth))
            if len("".join(code.itertext()).splitlines()) <= CODE_KEPT_WHOLE:
                block.set("class", "code whole")
    for item in root.iterfind(".//ul[@class='tasks']/li"):
        _mark_box(item)
    for place in list(_places(root)):
        _mark_ranges(place)
    cells = {link for kind in ("td", "th") for cell in root.iter(kind) for link in cell.iter("a")}
    for link in root.iter("a"):
        if _ADDRESS.match("".join(link.itertext())):
            _mark_address(link, keep_host=link not in cells)


def _blocks(element: ET.Element, depth: int) -> Iterator[tuple[ET.Element, int]]:
    """The blocks of code, and how many times each is indented."""
    depth += element.tag in _INDENTED
    if element.get("class") == "code":
        yield element, depth
    for child in element:
        yield from _blocks(child, depth)


def _letters(layout: Layout, depth: int) -> int:
    """How many letters of code stand in a line."""
    style = layout.text.code
    room = layout.page.column_width * 72 / 25.4 - style.indent_start - style.indent_end - _ROOM
    return max(int((room - depth * layout.setting.list_indent) / (_LETTER * style.size)), 12)


def _mark_words(code: ET.Element, most: int) -> None:
    """Puts words of more letters than ``most`` into elements of their own; a word may run through several
    tokens. A line that is too long does not end within the spaces that it begins with."""
    text = "".join(code.itertext())
    bound = "".join(_bound(line) if len(line) > most else line for line in text.splitlines(keepends=True))
    spans = [match.span() for match in re.finditer(rf"\S{{{most + 1},}}", text)]
    if spans or bound != text:
        _mark_within(code, 0, bound, _Spans("long", spans))


def _places(element: ET.Element) -> Iterator[ET.Element]:
    """What places in sources stand in: citations, and entries of the reference list."""
    if element.get("class") in {"citation", "csl-entry"}:
        yield element
    else:
        for child in element:
            yield from _places(child)


def _mark_ranges(element: ET.Element) -> None:
    """Puts “27–58” and the like into elements of their own."""
    text = "".join(element.itertext())
    spans = [match.span() for match in _RANGE.finditer(text)]
    if spans:
        _mark_within(element, 0, text, _Spans("range", spans))


def _bound(line: str) -> str:
    """The line with no-break spaces at its beginning: readers are given spaces (``archive.output``)."""
    rest = line.lstrip(" ")
    return _NO_BREAK * (len(line) - len(rest)) + rest


def _mark_within(element: ET.Element, at: int, shown: str, spans: _Spans) -> int:
    """Marks the spans of the text that is shown in the element from a place on; its end comes back."""
    children = list(element)
    pieces = _cut(shown, at, at := at + len(element.text or ""), spans)
    for child in children:
        after, child.tail = child.tail or "", None
        at = _mark_within(child, at, shown, spans)
        pieces += [child, *_cut(shown, at, at := at + len(after), spans)]
    element[:] = []
    element.text = None
    for piece in pieces:
        _append(element, piece)
    return at


def _cut(shown: str, begin: int, end: int, spans: _Spans) -> list[ET.Element | str]:
    """The text from one place to another in pieces: that of spans in elements, and that between them."""
    pieces: list[ET.Element | str] = []
    for first, last in spans.places:
        low, high = max(first, begin), min(last, end)
        if low < high:
            pieces += [shown[begin:low], _span(shown[low:high], spans.name)]
            begin = high
    return [*pieces, shown[begin:end]]


def _append(element: ET.Element, piece: ET.Element | str) -> None:
    if not isinstance(piece, str):
        element.append(piece)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + piece
    else:
        element.text = (element.text or "") + piece


def _mark_address(link: ET.Element, *, keep_host: bool) -> None:
    link.set("class", f"{link.get('class', '')} address".strip())
    host = _HOST.match(link.text or "") if keep_host else None
    if host:
        rest = (link.text or "")[host.end() :]
        link.text = None
        link.insert(0, _span(host[0], "host"))
        link[0].tail = rest


def _mark_box(item: ET.Element) -> None:
    """Puts the box of a task into an element of its own: the boxes of a list are to be of one font."""
    line = item if (item.text or "").strip() or not len(item) else item[0]
    text = (line.text or "").lstrip()
    if text[:1] in _BOXES:
        line.text = None
        line.insert(0, _span(text[:1], "box"))
        line[0].tail = text[1:]


def _span(text: str, name: str) -> ET.Element:
    span = ET.Element("span", {"class": name})
    span.text = text
    return span
