"""Reads a finished web page back, knowing nothing of what wrote it, by its elements and ARIA roles."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import html as parser
from lxml.etree import ParserError, _Element

from paperbuild.formats.preview.anchored import anchored, leads_to_mark
from paperbuild.formats.preview.structured import faults as metadata_faults
from paperbuild.formats.preview.unseen import unseen
from paperbuild.look import BLANK, look
from paperbuild.model import OBJECT, Finding, Inventory, Item, Mark

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset({"script", "style", "template", "nav", "aside", "head", "noscript"})
_BLOCKS = frozenset(
    "p div section article main header footer ul ol li dl dt dd blockquote figure figcaption table caption "
    "pre hr h1 h2 h3 h4 h5 h6 body address details summary".split()
)
_SPACE = re.compile(r"\s+")
_PAGE = frozenset({"#sign-up", "#log-in"})
"""Anchors that the server of the page knows."""


def read(data: bytes) -> Inventory:
    """What a reader of the page finds, in order. A page that can't be parsed has no items and one finding."""
    try:
        root = parser.document_fromstring(data.decode("utf-8"))
    except (ParserError, UnicodeDecodeError, ValueError) as error:
        finding = Finding("error", "preview", f"the page can't be read: {error}", format="preview")
        return Inventory((), findings=(finding,))
    anchors = anchored(root)
    walker = _Walker(1 if len(root.xpath("//header//h1")) == 1 else 0, unseen(root))
    page = _page(root)
    if page is not None:
        walker.walk(page)
        walker.flush()
    return Inventory(
        items=tuple(walker.items),
        anchors=anchors,
        title=_squeezed(root.findtext("head/title") or ""),
        authors=tuple(str(name) for name in root.xpath("//head/meta[@name='author']/@content")),
        lang=root.get("lang") or "",
        contents=tuple(_contents(root, anchors)),
        statements=_statements(root),
        findings=tuple(_faults(root, anchors)),
    )


def _page(root: _Element) -> _Element | None:
    """The part of the page that a paper can be in: what stands outside ``main`` belongs to the site."""
    mains = root.xpath("//main")
    return mains[0] if len(mains) == 1 else root.find("body")


def _contents(root: _Element, anchors: dict[str, str]) -> Iterator[Mark]:
    """The entries of the contents list."""
    for link in root.xpath("//nav[contains(@class, 'contents')]//a[@href]"):
        target = str(link.get("href")).removeprefix("#")
        yield Mark(_squeezed("".join(link.itertext())), target=target if target in anchors else "")


def _statements(root: _Element) -> dict[str, str]:
    """What elements marked as statements say: their value, or their text."""
    marked = root.xpath("//*[@data-statement]")
    return {
        str(one.get("data-statement")): one.get("value") or _squeezed("".join(one.itertext()))
        for one in marked
    }


def _faults(root: _Element, anchors: dict[str, str]) -> Iterator[Finding]:
    """Links that lead nowhere, ids that two elements have, and metadata that can't be right."""
    for target in dict.fromkeys(str(href) for href in root.xpath("//article//a/@href[starts-with(., '#')]")):
        if target[1:] not in anchors and target not in _PAGE:
            yield Finding("error", "links", f"the link to {target} leads nowhere", format="preview")
    seen: set[str] = set()
    for name in map(str, root.xpath("//@id")):
        if name in seen:
            yield Finding("error", "links", f"two elements have the id {name}", format="preview")
        seen.add(name)
    yield from metadata_faults(root)


@dataclass
class _Walker:
    """Goes through the elements once. Text gathers until a block begins or ends, and is a paragraph then."""

    shift: int
    unseen: frozenset[_Element]
    items: list[Item] = field(default_factory=list)
    section: str = ""
    text: list[str] = field(default_factory=list)
    inner: list[Item] = field(default_factory=list)
    keep_objects: bool = False
    """Whether a block that holds only pictures or equations counts as text (in a cell it does)."""

    def flush(self) -> None:
        """Ends the block of text that was gathered."""
        text = _squeezed("".join(self.text))
        if text and (self.keep_objects or text.replace(OBJECT, "").strip()):
            self.items.append(Item("paragraph", text, section=self.section))
        self.items.extend(self.inner)
        self.text, self.inner = [], []

    def walk(self, element: _Element) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED or element in self.unseen:
            return
        if tag in _BLOCKS:
            self.flush()
        method = getattr(self, f"_{tag}", None)
        if tag in _HEADINGS:
            self.heading(element)
        elif method is not None:
            method(element)
        elif element.get("role") == "doc-endnotes":
            self.notes(element)
        elif "csl-entry" in (element.get("class") or "").split():
            self.reference(element)
        else:
            self.children(element)
        if tag in _BLOCKS:
            self.flush()

    def children(self, element: _Element) -> None:
        if element.text:
            self.text.append(element.text)
        for child in element:
            self.walk(child)
            if child.tail:
                self.text.append(child.tail)

    def apart(self, element: _Element) -> tuple[str, list[Item]]:
        """The text of an element and the items in it, without ending the block around it."""
        inside = _Walker(self.shift, self.unseen, section=self.section, keep_objects=True)
        inside.children(element)
        inside.flush()
        told = {"paragraph", "code", "table"}
        words = " ".join(
            part for item in inside.items if item.kind in told for part in (item.text, *sum(item.rows, ()))
        )
        return _squeezed(words), [item for item in inside.items if item.kind not in told]

    def caption(self, elements: list[_Element]) -> tuple[str, list[Item]]:
        """The text of a caption and the items in it; of all, where there are several."""
        read = [self.apart(element) for element in elements if element not in self.unseen]
        return " ".join(text for text, _ in read), [item for _, items in read for item in items]

    def heading(self, element: _Element) -> None:
        text, inner = self.apart(element)
        if element.xpath("ancestor::header and contains(@class, 'unseen')"):
            return  # the name of a paper without a title
        if element.xpath("ancestor::header"):
            self.items += [Item("paragraph", text), *inner]
            return
        shown = int(element.get("aria-level") or _HEADINGS[str(element.tag)]) - self.shift
        level = int(element.get("data-level") or shown)
        self.section = text
        self.items += [Item("section", text, level=level, section=text), *inner]

    def reference(self, element: _Element) -> None:
        text, inner = self.apart(element)
        self.items += [Item("reference", text, section=self.section, target=element.get("id") or ""), *inner]

    def notes(self, element: _Element) -> None:
        for entry in element.xpath(".//ol/li[starts-with(@id, 'fn-')]"):
            text, inner = self.apart(entry)
            note = Item("note", text, section=self.section, target=entry.get("id") or "")
            self.items += [note, *(replace(item, in_note=True) for item in inner)]

    def _a(self, element: _Element) -> None:
        if leads_to_mark(element):
            return
        if element.get("role") == "doc-noteref":
            self._mark(element)
            return
        start = len(self.text)
        self.children(element)
        words = _squeezed("".join(self.text[start:]))
        href = element.get("href") or ""
        if href:
            kind = "citation" if href.startswith("#ref-") else "link"
            self.inner.append(Item(kind, words, section=self.section, target=href))

    def _mark(self, element: _Element) -> None:
        """The mark of a note, by what stands before it; one that shows nothing isn't there."""
        if "".join(element.itertext()).strip():
            target = (element.get("href") or "").removeprefix("#")
            before = _squeezed("".join(self.text))
            self.inner.append(Item("mark", before, section=self.section, target=target))

    def _math(self, element: _Element) -> None:
        letters = " ".join(str(text) for text in element.itertext())
        if letters.strip():
            self.text.append(OBJECT)
            tex = element.get("alttext") or ""
            self.inner.append(Item("equation", letters, section=self.section, target=tex))

    def _img(self, element: _Element) -> None:
        if element.get("src"):
            self.text.append(OBJECT)
            alternative, picture = element.get("alt") or "", _picture(element.get("src") or "")
            self.inner.append(Item("figure", "", section=self.section, target=alternative, picture=picture))

    def _br(self, element: _Element) -> None:
        del element
        self.text.append("\n")

    def _pre(self, element: _Element) -> None:
        self.items.append(Item("code", "".join(element.itertext()).rstrip("\n"), section=self.section))

    def _figure(self, element: _Element) -> None:
        captions = element.xpath("figcaption")
        words, inner = self.caption(captions)
        for caption in captions:
            element.remove(caption)
        start = len(self.items)
        self.children(element)
        self.flush()
        pictures = [index for index in range(start, len(self.items)) if self.items[index].kind == "figure"]
        if pictures:
            self.items[pictures[0]] = replace(self.items[pictures[0]], text=words)
        elif words:
            self.items.append(Item("paragraph", words, section=self.section))
        self.items += inner

    def _table(self, element: _Element) -> None:
        words, inner = self.caption(element.xpath("caption"))
        rows: list[tuple[str, ...]] = []
        spans: list[tuple[tuple[int, int], ...]] = []
        heads = 0
        for row in element.iter("tr"):
            own = [cell for cell in row if cell.tag in {"td", "th"}]
            heads += bool(row.xpath("parent::thead"))
            cells = [("", []) if cell in self.unseen else self.apart(cell) for cell in own]
            rows.append(tuple(text for text, _ in cells))
            spans.append(tuple((_number(cell, "colspan"), _number(cell, "rowspan")) for cell in own))
            inner += [item for _, items in cells for item in items]
        table = Item("table", words, section=self.section, rows=tuple(rows), spans=tuple(spans), heads=heads)
        self.items += [table, *inner]


def _number(cell: _Element, name: str) -> int:
    given = cell.get(name, "1")
    return int(given) if given.isdigit() else 1


def _picture(source: str) -> str:
    """The SHA-256 of a picture that stands in the page; empty for one that is elsewhere."""
    head, _, data = source.partition(";base64,")
    if not head.startswith("data:"):
        return ""
    try:
        return look(base64.b64decode(data, validate=True))
    except binascii.Error:
        return BLANK


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
