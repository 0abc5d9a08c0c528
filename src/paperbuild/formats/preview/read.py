"""Reads a finished web page back, knowing nothing of what wrote it, by its elements and ARIA roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html as parser
from lxml.etree import Comment, ParserError, _Element

from paperbuild.model import OBJECT, Finding, Inventory, Item

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset({"script", "style", "template", "nav", "aside", "head", "noscript"})
_BLOCKS = frozenset(
    "p div section article main header footer ul ol li dl dt dd blockquote figure figcaption table caption "
    "pre hr h1 h2 h3 h4 h5 h6 body address details summary".split()
)
_SPACE = re.compile(r"\s+")


def read(data: bytes) -> Inventory:
    """What a reader of the page finds, in order. A page that can't be parsed has no items and one finding."""
    try:
        root = parser.document_fromstring(data.decode("utf-8"))
    except (ParserError, UnicodeDecodeError, ValueError) as error:
        finding = Finding("error", "preview", f"the page can't be read: {error}", format="preview")
        return Inventory((), findings=(finding,))
    anchors = frozenset(str(name) for name in root.xpath("//@id"))
    dead = tuple(_dead_links(root, anchors))
    unseen = _unseen(root)
    shift = 1 if len(root.xpath("//header//h1")) == 1 else 0
    walker = _Walker(shift)
    body = root.find("body")
    if body is not None:
        walker.walk(body)
        walker.flush()
    return Inventory(
        items=tuple(walker.items),
        anchors=anchors,
        title=_squeezed(root.findtext("head/title") or ""),
        authors=tuple(str(name) for name in root.xpath("//head/meta[@name='author']/@content")),
        lang=root.get("lang") or "",
        unseen=unseen,
        findings=dead,
    )


def _unseen(root: _Element) -> str:
    """All text of the page, also comments, scripts and the values of attributes; pictures' bytes left out."""
    pieces = ["".join(str(text) for text in root.xpath("//text()"))]
    pieces += [comment.text or "" for comment in root.getroottree().iter(Comment)]
    pieces += [str(value) for value in root.xpath("//@*") if not value.startswith("data:")]
    return "\n".join(pieces)


def _dead_links(root: _Element, anchors: frozenset[str]) -> Iterator[Finding]:
    for target in dict.fromkeys(str(href) for href in root.xpath("//article//a/@href[starts-with(., '#')]")):
        if target[1:] not in anchors and target not in {"#sign-up", "#log-in"}:
            yield Finding("error", "links", f"the link to {target} leads nowhere", format="preview")


@dataclass
class _Walker:
    """Goes through the elements once. Text gathers until a block begins or ends, and is a paragraph then."""

    shift: int
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
        if not tag or tag in _SKIPPED:
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
        inside = _Walker(self.shift, section=self.section, keep_objects=True)
        inside.children(element)
        inside.flush()
        told = {"paragraph", "code", "table"}
        words = " ".join(
            part for item in inside.items if item.kind in told for part in (item.text, *sum(item.rows, ()))
        )
        return _squeezed(words), [item for item in inside.items if item.kind not in told]

    def heading(self, element: _Element) -> None:
        text, inner = self.apart(element)
        if element.xpath("ancestor::header"):
            self.items += [Item("paragraph", text), *inner]
            return
        level = int(element.get("aria-level") or _HEADINGS[str(element.tag)]) - self.shift
        self.section = text
        self.items += [Item("section", text, level=level, section=text), *inner]

    def reference(self, element: _Element) -> None:
        text, inner = self.apart(element)
        self.items += [Item("reference", text, section=self.section, target=element.get("id") or ""), *inner]

    def notes(self, element: _Element) -> None:
        for entry in element.xpath(".//ol/li[starts-with(@id, 'fn-')]"):
            text, inner = self.apart(entry)
            self.items += [Item("note", text, section=self.section, target=entry.get("id") or ""), *inner]

    def _a(self, element: _Element) -> None:
        if element.get("role") in {"doc-noteref", "doc-backlink"}:
            return
        start = len(self.text)
        self.children(element)
        words = _squeezed("".join(self.text[start:]))
        href = element.get("href") or ""
        if href:
            kind = "citation" if href.startswith("#ref-") else "link"
            self.inner.append(Item(kind, words, section=self.section, target=href))

    def _math(self, element: _Element) -> None:
        self.text.append(OBJECT)
        self.inner.append(Item("equation", "", section=self.section, target=element.get("alttext") or ""))

    def _img(self, element: _Element) -> None:
        self.text.append(OBJECT)
        if element.get("src"):
            self.inner.append(Item("figure", "", section=self.section, target=element.get("alt") or ""))

    def _br(self, element: _Element) -> None:
        del element
        self.text.append("\n")

    def _pre(self, element: _Element) -> None:
        self.items.append(Item("code", "".join(element.itertext()).rstrip("\n"), section=self.section))

    def _figure(self, element: _Element) -> None:
        captions = element.xpath("figcaption")
        words, inner = self.apart(captions[0]) if captions else ("", [])
        for caption in captions:
            element.remove(caption)
        start = len(self.items)
        self.children(element)
        self.flush()
        pictures = [index for index in range(start, len(self.items)) if self.items[index].kind == "figure"]
        if pictures:
            first = self.items[pictures[0]]
            self.items[pictures[0]] = Item("figure", words, section=self.section, target=first.target)
        elif words:
            self.items.append(Item("paragraph", words, section=self.section))
        self.items += inner

    def _table(self, element: _Element) -> None:
        captions = element.xpath("caption")
        words, inner = self.apart(captions[0]) if captions else ("", [])
        rows: list[tuple[str, ...]] = []
        for row in element.iter("tr"):
            cells = [self.apart(cell) for cell in row if cell.tag in {"td", "th"}]
            rows.append(tuple(text for text, _ in cells))
            inner += [item for _, items in cells for item in items]
        self.items.append(Item("table", words, section=self.section, rows=tuple(rows)))
        self.items += inner


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
