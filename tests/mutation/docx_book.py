"""What a Word document holds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from tests.mutation.docx_html import Book, Element, Thing, says, spelled
from tests.mutation.docx_package import DOCUMENT, FOOTNOTES, NAMES, M, Package, R, W, select

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

_NO_PROSE = re.compile(
    r"Title|Subtitle|Author|Affiliation|Details|Date|AbstractTitle|Keywords|TOC.*|Heading\d|ReferencesTitle"
    r"|TableCaption|ImageCaption|CaptionedFigure|SourceCode|Equation|Bibliography|HorizontalRule"
)


class Docx(Package, Book):
    """A Word document, opened. Its text stands in ``w:t``."""

    link_tag = f"{W}hyperlink"

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.body = self.part(DOCUMENT).find(f"{W}body")
        self.footnotes: dict[str, Element] = {}
        if FOOTNOTES in self.files:
            found = self.part(FOOTNOTES).findall(f"{W}footnote")
            self.footnotes = {one.get(f"{W}id"): one for one in found if one.get(f"{W}type") is None}
        _straighten(self.body)

    # -- text ------------------------------------------------------------------------------------------

    def leaves(self, node: Element) -> Iterator[Element]:
        yield from node.iter(f"{W}t")

    def symbols(self, equation: Element) -> list[Element]:
        return list(equation.iter(f"{M}t"))

    def home(self, node: Element) -> Element:
        return next(node.iterancestors(f"{W}p"), node)

    def is_free(self, leaf: Element) -> bool:
        return bool(leaf.getparent().getparent().tag == f"{W}p")

    def insert(self, leaf: Element, at: int, node: Element) -> None:
        run, text = leaf.getparent(), leaf.text or ""
        rest = deepcopy(run)
        for child in list(rest)[: list(run).index(leaf)]:
            if child.tag != f"{W}rPr":
                rest.remove(child)
        next(rest.iter(f"{W}t")).text = text[at:]
        for following in list(leaf.itersiblings()):
            run.remove(following)
        leaf.text = text[:at]
        run.addnext(rest)
        run.addnext(node)

    # -- nodes -----------------------------------------------------------------------------------------

    def bare(self, copy: Element) -> None:
        for once in select(copy, ".//w:bookmarkStart | .//w:bookmarkEnd | .//w:r[w:footnoteReference]"):
            once.getparent().remove(once)

    def inside(self, node: Element) -> list[Element]:
        return select(
            node, "*[not(self::w:tcPr or self::w:pPr or self::w:bookmarkStart or self::w:bookmarkEnd)]"
        )

    # -- links, notes and pictures ---------------------------------------------------------------------

    def target(self, link: Element) -> str:
        identifier = link.get(f"{R}id")
        if identifier is None:
            return "#" + str(link.get(f"{W}anchor"))
        return str(self.relation(link, identifier).get("Target"))

    def lead(self, link: Element, target: str) -> None:
        if target.startswith("#"):
            link.set(f"{W}anchor", target[1:])
        else:
            link.set(f"{R}id", self.related(link, "hyperlink", target, "External"))

    def rename(self, anchor: Thing, name: str) -> None:
        if name:
            anchor.nodes[0].set(f"{W}name", name)
        else:
            for node in anchor.nodes:
                self.remove(node)

    def anchor(self, anchor: Thing, block: Element) -> None:
        properties = block.find(f"{W}pPr")
        for node in reversed(anchor.nodes):
            block.insert(0 if properties is None else 1, node)

    def note(self, mark: Element) -> Element:
        return self.footnotes.get(mark.find(f"{W}footnoteReference").get(f"{W}id"))

    def source(self, picture: Element) -> str:
        return str(select(picture, ".//a:blip/@r:embed")[0])

    def show(self, picture: Element, source: str) -> None:
        select(picture, ".//a:blip")[0].set(f"{R}embed", source)

    def image(self, source: str) -> bytes:
        return self.files[posixpath.join("word", self.relation(self.body, source).get("Target"))]

    def added(self, data: bytes) -> str:
        types = self.part("[Content_Types].xml")
        if not any((one.get("Extension") or "").lower() == "png" for one in types):
            types.insert(0, types.makeelement(f"{_TYPES}Default", Extension="png", ContentType="image/png"))
        self.files["word/media/new.png"] = data
        return self.related(self.body, "image", "media/new.png")

    def alternative(self, picture: Element) -> str:
        return next(iter(select(picture, ".//*[local-name() = 'docPr']/@descr")), "")

    def describe(self, picture: Element, text: str) -> None:
        for named in select(picture, ".//*[@descr]"):
            named.set("descr", text)

    # -- what it holds ---------------------------------------------------------------------------------

    @property
    def blocks(self) -> list[Element]:
        """Paragraphs and tables, without the contents list."""
        return [block for block in self.body if block.tag in {f"{W}p", f"{W}tbl"}]

    def _inline(self, path: str) -> list[Element]:
        """What stands anywhere in blocks or notes."""
        return [one for block in (*self.blocks, *self.footnotes.values()) for one in select(block, path)]

    def _styled(self, *names: str) -> list[Element]:
        return [one for block in self.blocks for one in block.iter(f"{W}p") if style(one) in names]

    @property
    def headings(self) -> list[Thing]:
        found = [(block, re.fullmatch(r"Heading(\d)|ReferencesTitle", style(block))) for block in self.blocks]
        return [self.thing([block], level=int(named[1] or 1)) for block, named in found if named]

    @property
    def sections(self) -> list[Thing]:
        headings, blocks = self.headings, list(self.body)
        found = []
        for index, heading in enumerate(headings):
            after = (one.nodes[0] for one in headings[index + 1 :] if one.level <= heading.level)
            end = next(after, blocks[-1])
            nodes = blocks[blocks.index(heading.nodes[0]) : blocks.index(end)]
            if not any(style(node) == "Bibliography" for node in nodes):
                found.append(self.thing(nodes, *heading.words, level=heading.level))
        return found

    @property
    def paragraphs(self) -> list[Thing]:
        found = [
            self.thing([block])
            for block in self.blocks
            if block.tag == f"{W}p" and not _NO_PROSE.fullmatch(style(block)) and not _listed(block)
        ]
        return [one for one in found if one.words and says(one.words[0])]

    @property
    def items(self) -> list[Thing]:
        found = [block for block in self.blocks if _listed(block)]
        return [self.thing([block], level=_listed(block)) for block in found]

    @property
    def authors(self) -> list[Thing]:
        return [self.thing([one]) for one in self._styled("Author")]

    @property
    def references(self) -> list[Thing]:
        found = self._styled("Bibliography")
        anchors = [select(one, "w:bookmarkStart[starts-with(@w:name, 'ref-')]/@w:name") for one in found]
        return [
            self.thing([one], self.passage(one).words, *names)
            for one, names in zip(found, anchors, strict=True)
        ]

    @property
    def notes(self) -> list[Thing]:
        contents = "w:p/*[not(self::w:pPr) and not(w:footnoteRef)]"
        found = [select(note, contents) for note in self.footnotes.values()]
        return [self.thing(nodes) for nodes in found if nodes]

    @property
    def marks(self) -> list[Thing]:
        found = []
        for block in self.blocks:
            for mark in select(block, ".//w:r[w:footnoteReference]"):
                note = self.note(mark)
                if note is not None and style(block) != "Title":
                    about = self.passage(self.home(mark)).words
                    found.append(self.thing([mark], self.passage(note).words, about))
        return found

    @property
    def citations(self) -> list[Thing]:
        return self._links(".//w:hyperlink[starts-with(@w:anchor, 'ref-')]")

    @property
    def links(self) -> list[Thing]:
        return self._links(".//w:hyperlink[@r:id or not(starts-with(@w:anchor, 'ref-'))]")

    def _links(self, path: str) -> list[Thing]:
        found = [(link, self.passage(link).words) for link in self._inline(path)]
        return [
            self.thing([link], words, self.target(link).lstrip("#"), self.passage(self.home(link)).words)
            for link, words in found
            if words
        ]

    @property
    def equations(self) -> list[Thing]:
        return [self._equation(one) for one in self._inline(".//m:oMath")]

    def _equation(self, equation: Element) -> Thing:
        text = "".join(leaf.text or "" for leaf in self.symbols(equation))
        block = self.home(equation)
        level = int(style(block) == "Equation")
        return self.thing([equation], text, spelled(text), self.passage(block).words, level=level)

    @property
    def codes(self) -> list[Thing]:
        return [self.thing([one]) for one in self._styled("SourceCode")]

    @property
    def tables(self) -> list[Thing]:
        found = [one for one in self.blocks if one.tag == f"{W}tbl" and not select(one, ".//w:drawing")]
        return [self._table(one) for one in found]

    def _table(self, table: Element) -> Thing:
        before = table.getprevious()
        captions = [before] if before is not None and style(before) == "TableCaption" else []
        first = self.passage(next(table.iter(f"{W}tr"))).words
        return self.thing([*captions, table], *(self.passage(one).words for one in captions), first)

    @property
    def rows(self) -> list[Thing]:
        """Rows of tables in which no cells are merged."""
        tables = [table.nodes[-1] for table in self.tables]
        plain = [one for one in tables if not select(one, ".//w:vMerge | .//w:gridSpan[@w:val > 1]")]
        return [
            self.thing([row], level=len(select(row, "w:trPr/w:tblHeader")))
            for table in plain
            for row in table.findall(f"{W}tr")
        ]

    @property
    def cells(self) -> list[Thing]:
        return self._cells([cell for row in self.rows for cell in row.nodes[0].findall(f"{W}tc")])

    @property
    def merged(self) -> list[Thing]:
        """Cells that span others."""
        path = ".//w:tc[w:tcPr/w:gridSpan[@w:val > 1] or w:tcPr/w:vMerge[@w:val = 'restart']]"
        return self._cells(cell for table in self.tables for cell in select(table.nodes[-1], path))

    def _cells(self, cells: Iterable[Element]) -> list[Thing]:
        found = [(cell, self.passage(cell).words) for cell in cells]
        return [
            self.thing([cell], words, self.passage(cell.getparent()).words, self._around(cell))
            for cell, words in found
            if words
        ]

    def _around(self, cell: Element) -> str:
        """What the table is known by that a cell stands in."""
        return self._table(next(cell.iterancestors(f"{W}tbl"))).words[0]

    @property
    def captions(self) -> list[Thing]:
        found = self._styled("TableCaption", "ImageCaption")
        return [self.thing([one], level=int(style(one) == "ImageCaption")) for one in found]

    @property
    def figures(self) -> list[Thing]:
        found = [one for one in self._styled("CaptionedFigure") if select(one, ".//a:blip")]
        nodes = [[one, *_caption(one)] for one in found]
        return [self.thing(some, self.passage(*some[1:]).words, self.alternative(some[0])) for some in nodes]

    @property
    def pictures(self) -> list[Thing]:
        return [
            self.thing([one], self.alternative(one), self.passage(*_caption(self.home(one))).words)
            for one in self._inline(".//w:r[.//a:blip/@r:embed]")
        ]

    @property
    def anchors(self) -> list[Thing]:
        """Bookmarks that a link leads to."""
        used = {link.get(f"{W}anchor") for link in self.body.iter(self.link_tag)}
        starts = [one for one in self.body.iter(f"{W}bookmarkStart") if one.get(f"{W}name") in used]
        ends = {one.get(f"{W}id"): one for one in self.body.iter(f"{W}bookmarkEnd")}
        return [
            self.thing([one, ends[one.get(f"{W}id")]], one.get(f"{W}name"), self._named(one))
            for one in starts
        ]

    def _named(self, start: Element) -> str:
        """What a bookmark names: the text of its paragraph, or of the caption below."""
        block = self.home(start)
        return self.passage(block).words or self.passage(*_caption(block)).words


def style(block: Element) -> str:
    """The name of a paragraph's style."""
    return next(iter(select(block, "w:pPr/w:pStyle/@w:val")), "")


def _listed(block: Element) -> int:
    """A number for the list and level that a paragraph belongs to; 0 outside of lists."""
    place = select(block, "w:pPr/w:numPr/*/@w:val")
    return int("".join(reversed(place))) if place else 0


def _caption(block: Element) -> list[Element]:
    """The caption below a paragraph, if there is one."""
    below = block.getnext()
    return [below] if below is not None and style(below) == "ImageCaption" else []


def _straighten(body: Element) -> None:
    """Puts bookmarks that reach over several blocks beside them, so that a block can be taken or moved."""
    for block in body.xpath("w:p | w:tbl", namespaces=NAMES):
        starts = {one.get(f"{W}id"): one for one in block.iter(f"{W}bookmarkStart")}
        ends = {one.get(f"{W}id"): one for one in block.iter(f"{W}bookmarkEnd")}
        for identifier in starts.keys() - ends.keys():
            block.addprevious(starts[identifier])
        for identifier in ends.keys() - starts.keys():
            block.addnext(ends[identifier])
