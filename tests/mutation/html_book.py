"""A web page, opened with lxml."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from functools import partial
from urllib.parse import unquote_to_bytes

from lxml import html as parser
from tests.mutation.docx_html import Book, Element, Thing, says, spelled

LEAF = "leaf"
_BLOCKS = tuple(
    "p div section article li dd dt td th caption figcaption figure blockquote pre table ul ol dl body "
    "h1 h2 h3 h4 h5 h6".split()
)
_OUTSIDE = "not(ancestor::nav or ancestor::aside or ancestor::header)"
_NUMBERS = "@role = 'doc-noteref' or (@role = 'doc-backlink' and not(@class = 'link-back'))"


class Html(Book):
    """While the page is open, all its text stands in elements of their own; none has a tail."""

    link_tag = "a"

    def __init__(self, data: bytes) -> None:
        self.root: Element = parser.document_fromstring(data.decode())
        for element in list(self.root.iter()):
            if element.tail:
                _leaf(self.root, element.tail, element.addnext)
                element.tail = None
            if element.text and isinstance(element.tag, str):
                _leaf(self.root, element.text, partial(element.insert, 0))
                element.text = None

    def saved(self) -> bytes:
        return b"<!DOCTYPE html>\n" + written(self.root)

    # -- text ------------------------------------------------------------------------------------------

    def leaves(self, node: Element) -> Iterator[Element]:
        for leaf in node.iter(LEAF):
            if not any(_mute(one) for one in leaf.iterancestors()):
                yield leaf

    def symbols(self, equation: Element) -> list[Element]:
        return [leaf for leaf in equation.iter(LEAF) if next(leaf.iterancestors("annotation"), None) is None]

    def home(self, node: Element) -> Element:
        return next(node.iterancestors(*_BLOCKS), node)

    def is_free(self, leaf: Element) -> bool:
        return next(leaf.iterancestors("a", "pre"), None) is None

    def insert(self, leaf: Element, at: int, node: Element) -> None:
        text = leaf.text or ""
        leaf.text = text[:at]
        _leaf(self.root, text[at:], leaf.addnext)
        leaf.addnext(node)

    # -- nodes -----------------------------------------------------------------------------------------

    def bare(self, copy: Element) -> None:
        for named in copy.xpath("descendant-or-self::*[@id]"):
            del named.attrib["id"]
        for mark in copy.xpath(".//a[@role = 'doc-noteref']"):
            mark.getparent().remove(mark)

    def inside(self, node: Element) -> list[Element]:
        return list(node)

    # -- links, notes and pictures ---------------------------------------------------------------------

    def target(self, link: Element) -> str:
        return str(link.get("href"))

    def lead(self, link: Element, target: str) -> None:
        link.set("href", target)

    def rename(self, anchor: Thing, name: str) -> None:
        if name:
            anchor.nodes[0].set("id", name)
        else:
            del anchor.nodes[0].attrib["id"]

    def anchor(self, anchor: Thing, block: Element) -> None:
        block.set("id", anchor.nodes[0].attrib.pop("id"))

    def note(self, mark: Element) -> Element:
        return next(iter(self.root.xpath("//*[@id = $name]", name=self.target(mark)[1:])), None)

    def source(self, picture: Element) -> str:
        return str(picture.get("src"))

    def show(self, picture: Element, source: str) -> None:
        picture.set("src", source)

    def image(self, source: str) -> bytes:
        head, _, data = source.partition(",")
        return base64.b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)

    def added(self, data: bytes) -> str:
        return "data:image/png;base64," + base64.b64encode(data).decode()

    def alternative(self, picture: Element) -> str:
        return str(picture.get("alt") or "")

    def describe(self, picture: Element, text: str) -> None:
        picture.set("alt", text)

    # -- what it holds ---------------------------------------------------------------------------------

    def _inline(self, path: str) -> list[Element]:
        """What stands anywhere in the article's text, notes and references."""
        return list(self.root.xpath(f"//article//{path}[{_OUTSIDE}]"))

    def _prose(self, path: str, *outside: str) -> list[Element]:
        """What stands in the text, but not in certain elements."""
        out = " or ".join(f"ancestor::{one}" for one in outside) or "false()"
        return list(self.root.xpath(f"//*[{_has('prose')} or {_has('abstract')}]//{path}[not({out})]"))

    @property
    def headings(self) -> list[Thing]:
        found = self._inline("*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
        return [self.thing([one], level=int(one.tag[1])) for one in found]

    @property
    def sections(self) -> list[Thing]:
        found = self._prose("section[starts-with(@class, 'level')]")
        return [
            self.thing([one], *heading.words, level=heading.level)
            for one in found
            for heading in self.headings
            if heading.parent is one
        ]

    @property
    def paragraphs(self) -> list[Thing]:
        path = f"*[self::p or self::dd or self::dt][not({_has('abstract-title')})]"
        inner = "li", "td", "th", "caption", "figcaption", f"*[{_has('csl-entry')}]"
        found = [self.thing([one], self.own(one).words) for one in self._prose(path, *inner)]
        return [one for one in found if one.words and says(one.words[0])]

    @property
    def items(self) -> list[Thing]:
        """Items without items in them."""
        found = self._prose("li[not(.//li)]", "td", "th")
        return [
            self.thing([one], *(self.passage(part).words for part in (one, *one.xpath(".//p"))))
            for one in found
        ]

    @property
    def authors(self) -> list[Thing]:
        found = self.root.xpath(f"//article//*[{_has('author')}]")
        texts = [self.passage(one).words for one in found]
        return [self.thing([one], text, *text.split(", ")) for one, text in zip(found, texts, strict=True)]

    @property
    def references(self) -> list[Thing]:
        found = self._inline(f"*[{_has('csl-entry')}]")
        return [self.thing([one], self.passage(one).words, one.get("id", "")) for one in found]

    @property
    def notes(self) -> list[Thing]:
        found = self.root.xpath("//section[@role = 'doc-endnotes']/ol/li")
        parts = [[part for part in one if part.tag != LEAF and not _mute(part)] for one in found]
        return [self.thing(nodes) for nodes in parts if nodes]

    @property
    def marks(self) -> list[Thing]:
        found = [(one, self.note(one)) for one in self._inline("a[@role = 'doc-noteref']")]
        return [
            self.thing([one], self.passage(note).words, self.own(self.home(one)).words)
            for one, note in found
            if note is not None
        ]

    @property
    def citations(self) -> list[Thing]:
        return self._links("a[starts-with(@href, '#ref-')]")

    @property
    def links(self) -> list[Thing]:
        return self._links(f"a[@href][not(starts-with(@href, '#ref-'))][not({_NUMBERS})]")

    def _links(self, path: str) -> list[Thing]:
        found = [(link, self.passage(link).words) for link in self._inline(path)]
        return [
            self.thing([link], words, self.target(link).lstrip("#"), self.own(self.home(link)).words)
            for link, words in found
            if words
        ]

    @property
    def equations(self) -> list[Thing]:
        return [self._equation(one) for one in self._inline("math")]

    def _equation(self, equation: Element) -> Thing:
        text = "".join(leaf.text or "" for leaf in self.symbols(equation))
        about = self.own(self.home(equation)).words
        level = int(equation.get("display") == "block")
        return self.thing([equation], text, spelled(text), equation.get("alttext", ""), about, level=level)

    @property
    def codes(self) -> list[Thing]:
        return [self.thing([one]) for one in self._inline("pre")]

    @property
    def tables(self) -> list[Thing]:
        return [self._table(one) for one in self._prose("table[.//tr and not(.//img)]", "table")]

    def _table(self, table: Element) -> Thing:
        parts = (*table.xpath("caption"), table.xpath(".//tr")[0])
        return self.thing([table], *(self.passage(part).words for part in parts))

    @property
    def rows(self) -> list[Thing]:
        """Rows of tables in which no cells are merged."""
        plain = [one.nodes[0] for one in self.tables if not one.nodes[0].xpath(".//@rowspan | .//@colspan")]
        return [
            self.thing([row], level=int(row.getparent().tag == "thead"))
            for table in plain
            for row in table.iter("tr")
        ]

    @property
    def cells(self) -> list[Thing]:
        return self._cells(cell for row in self.rows for cell in row.nodes[0].iterchildren("td", "th"))

    @property
    def merged(self) -> list[Thing]:
        """Cells that span others."""
        path = ".//*[self::td or self::th][@rowspan > 1 or @colspan > 1]"
        return self._cells(cell for table in self.tables for cell in table.nodes[0].xpath(path))

    def _cells(self, cells: Iterable[Element]) -> list[Thing]:
        found = [(cell, self.passage(cell).words) for cell in cells]
        return [
            self.thing([cell], words, self.passage(cell.getparent()).words, self._around(cell))
            for cell, words in found
            if words
        ]

    def _around(self, cell: Element) -> str:
        """What the table is known by that a cell stands in."""
        return self._table(next(cell.iterancestors("table"))).words[0]

    @property
    def captions(self) -> list[Thing]:
        found = self._inline("*[self::caption or self::figcaption]")
        return [self.thing([one], level=int(one.tag == "figcaption")) for one in found]

    @property
    def figures(self) -> list[Thing]:
        found = self._prose("figure[.//img]", "figure")
        return [
            self.thing([one], self.passage(one).words, *(self.alternative(img) for img in one.iter("img")))
            for one in found
        ]

    @property
    def pictures(self) -> list[Thing]:
        found = [(one, next(one.iterancestors("figure"), None)) for one in self._inline("img[@src]")]
        return [
            self.thing([one], self.alternative(one), "" if figure is None else self.passage(figure).words)
            for one, figure in found
        ]

    @property
    def anchors(self) -> list[Thing]:
        """Ids of sections, tables and the like that a link leads to."""
        used = {str(href)[1:] for href in self.root.xpath(f"//article//a[not({_NUMBERS})]/@href")}
        return [
            self.thing([one], one.get("id"), self.passage(one).words)
            for one in self._inline("*[@id]")
            if one.get("id") in used
        ]


def written(element: Element) -> bytes:
    """The element as HTML, its text where it belongs."""
    copy = deepcopy(element)
    for leaf in list(copy.iter(LEAF)):
        leaf.drop_tag()
    return bytes(parser.tostring(copy, encoding="utf-8"))


def _leaf(root: Element, text: str, put: Callable[[Element], None]) -> None:
    """Makes a leaf and puts it where it belongs."""
    leaf = root.makeelement(LEAF)
    leaf.text = text
    put(leaf)


def _has(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _mute(element: Element) -> bool:
    """True for what is no text: equations, numbers of notes, what is not shown."""
    number = element.get("role") in {"doc-noteref", "doc-backlink"} and element.get("class") != "link-back"
    return element.tag in {"math", "script", "style"} or number
