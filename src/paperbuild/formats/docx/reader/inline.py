"""The text of a paragraph as a reader of the file sees it, and what stands within it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from paperbuild.formats.docx.reader.live import Unusable, live
from paperbuild.formats.docx.reader.opened import Part, R, Styles, W, unseen, value
from paperbuild.look import BLANK, look
from paperbuild.model import OBJECT, Item, Live

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"

_PASSED = frozenset({f"{W}{tag}" for tag in (
    "del moveFrom delText instrText pPr rPr sdtPr rt rubyPr footnoteRef endnoteRef separator "
    "continuationSeparator commentReference annotationRef tblPr tblGrid trPr tcPr"
).split()})  # fmt: skip
_WRITTEN = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_REPEATING = {"REF", "PAGEREF", "NOTEREF"}
_SMALLEST = 30_000
"""English Metric Units (about 2 pt) below which a picture shows nothing."""
_UPPER = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_LOWER = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
"""Letters of the font Symbol in the order of the Latin alphabet."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, read."""

    text: str
    """Breaks are line ends and tabs are tabs; an equation or a picture is OBJECT."""
    items: tuple[Item, ...]
    """What stands in it, in reading order: notes, equations, pictures, links."""
    pictures: tuple[str, ...]
    """Alternative texts."""
    bookmarks: tuple[str, ...]
    contents: bool
    """True where it belongs to a computed contents list."""

    @property
    def only_pictures(self) -> bool:
        """True where it holds nothing but pictures."""
        return bool(self.pictures) and not self.text.replace(OBJECT, "").strip() and self._no_equation()

    def _no_equation(self) -> bool:
        return self.text.count(OBJECT) == len(self.pictures)


@dataclass(slots=True)
class _Field:
    """A complex field that is open: its instruction, and where its result begins in the paragraph."""

    instruction: str = ""
    separated: bool = False
    text_from: int = 0
    items_from: int = 0
    whole: bool = True
    """False once it has reached into another paragraph than that in which it began."""

    @property
    def word(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


@dataclass(slots=True)
class Notes:
    """The notes of a document, and which of them were met."""

    texts: Mapping[tuple[str, str], tuple[Part, etree._Element]]
    """By (footnote or endnote, id)."""
    met: set[tuple[str, str]] = field(default_factory=set)
    lost: list[tuple[str, str]] = field(default_factory=list)
    """Marks without a note."""


@dataclass(slots=True)
class Flow:
    """Reads paragraphs one after the other; fields may reach over several."""

    part: Part
    styles: Styles
    notes: Notes
    files: Mapping[str, bytes]
    """The package's parts, pictures among them."""
    anchors_used: list[str] = field(default_factory=list)
    marked: dict[str, str] = field(default_factory=dict)
    """What stands in a bookmark that begins and ends in one paragraph."""
    repeated: list[tuple[str, str, str]] = field(default_factory=list)
    """Fields that repeat a bookmark or its page: the word of the field, the bookmark, the result."""
    relations_lost: list[str] = field(default_factory=list)
    live: list[Live] = field(default_factory=list)
    fields_lost: list[str] = field(default_factory=list)
    """What is wrong with fields: a sentence for each."""
    _fields: list[_Field] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _items: list[Item] = field(default_factory=list)
    _pictures: list[str] = field(default_factory=list)
    _bookmarks: list[str] = field(default_factory=list)
    _open: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Bookmarks without their end: their name, and where they begin in the paragraph, by id."""
    _linked: bool = False

    def read(self, element: etree._Element) -> Line:
        """The paragraph's text and what stands in it."""
        self._pieces, self._items, self._pictures, self._bookmarks = [], [], [], []
        self._open = {}
        for one in self._fields:
            one.text_from = one.items_from = 0
            one.whole = False
        contents = self._in_contents()
        self._children(element)
        return Line(
            "".join(self._pieces),
            tuple(self._items),
            tuple(self._pictures),
            tuple(self._bookmarks),
            contents or self._in_contents(),
        )

    def _handler(self, tag: str) -> Callable[[etree._Element], None]:
        """What reads an element of this kind; by default, its children are read."""
        handlers = {
            f"{W}r": self._run,
            f"{W}sym": self._symbol,
            f"{W}drawing": self._drawing,
            f"{W}pict": self._drawing,
            f"{W}object": self._drawing,
            f"{W}hyperlink": self._hyperlink,
            f"{W}fldChar": self._field_character,
            f"{W}fldSimple": self._simple_field,
            f"{W}footnoteReference": self._note,
            f"{W}endnoteReference": self._note,
            f"{M}oMath": self._equation,
            f"{M}oMathPara": self._equation,
            f"{MC}AlternateContent": self._alternate,
        }
        return handlers.get(tag, self._children)

    def _in_contents(self) -> bool:
        return any(one.word == "TOC" for one in self._fields)

    def _children(self, element: etree._Element) -> None:
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _PASSED:
                self._visit(child)
            elif child.tag == f"{W}instrText" and self._fields:
                self._fields[-1].instruction += child.text or ""

    def _visit(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag == f"{W}t":
            self._write(element.text or "")
        elif tag in _WRITTEN:
            self._write(_WRITTEN[tag])
        elif tag == f"{W}bookmarkStart":
            self._bookmarks.append(element.get(f"{W}name", ""))
            self._open[element.get(f"{W}id", "")] = element.get(f"{W}name", ""), len(self._pieces)
        elif tag == f"{W}bookmarkEnd":
            self._bookmark_end(element.get(f"{W}id", ""))
        else:
            self._handler(tag)(element)

    def _bookmark_end(self, identifier: str) -> None:
        name, start = self._open.pop(identifier, ("", 0))
        if name:
            self.marked[name] = "".join(self._pieces[start:])

    def _write(self, text: str) -> None:
        if all(one.separated for one in self._fields):
            self._pieces.append(text)

    def _run(self, run: etree._Element) -> None:
        unread = unseen(run.find(f"{W}rPr")) or self.styles.hidden(value(run, "rPr/rStyle"))
        if not unread and not _is_number(run):
            self._children(run)

    def _equation(self, element: etree._Element) -> None:
        if "".join(part.text or "" for part in element.iter(f"{M}t")).strip():
            text = "".join(_mathematics(element))
            self._items.append(Item("equation", text))
            self._write(OBJECT)

    def _symbol(self, element: etree._Element) -> None:
        code = int(element.get(f"{W}char", "0") or "0", 16)
        if 0xF000 <= code <= 0xF0FF and element.get(f"{W}font", "").lower() == "symbol":
            code -= 0xF000
            letter = chr(code)
            if letter.isascii() and letter.isalpha():
                table, first = (_UPPER, "A") if letter.isupper() else (_LOWER, "a")
                self._write(table[code - ord(first)])
                return
        self._write(chr(code) if code else "")

    def _drawing(self, element: etree._Element) -> None:
        """A picture, or a text box, whose paragraphs are read where it is anchored."""
        boxed = list(element.iter(f"{W}txbxContent"))
        if boxed:
            for paragraph in boxed[0].iter(f"{W}p"):
                self._write(" ")
                self._children(paragraph)
            return
        if next(element.iter(f"{PIC}pic", f"{V}imagedata"), None) is None:
            return
        named = next(element.iter(f"{WP}docPr"), None)
        shape = next(element.iter(f"{V}shape"), None)
        alternative = "" if named is None else named.get("descr", "") or named.get("title", "")
        alternative = alternative or ("" if shape is None else shape.get("alt", ""))
        self._pictures.append(alternative)
        self._items.append(Item("figure", "", target=alternative, picture=self._picture(element)))
        self._write(OBJECT)

    def _picture(self, element: etree._Element) -> str:
        """The SHA-256 of the picture's file; BLANK where there is none, or it has no size."""
        extent = next(element.iter(f"{WP}extent"), None)
        if extent is not None and min(int(extent.get(side, "0")) for side in ("cx", "cy")) < _SMALLEST:
            return BLANK
        blip = next(element.iter(f"{A}blip"), None)
        if blip is None:
            return ""
        link = self.part.links.get(blip.get(f"{R}embed", ""))
        data = None if link is None else self.files.get(link.target)
        return look(data) if data else BLANK

    def _alternate(self, element: etree._Element) -> None:
        """Markup in two versions (ECMA-376 part 3, 9.3): the newer one, if there is one."""
        chosen = element.find(f"{MC}Choice")
        chosen = element.find(f"{MC}Fallback") if chosen is None else chosen
        if chosen is not None:
            self._children(chosen)

    def _hyperlink(self, element: etree._Element) -> None:
        anchor, target = element.get(f"{W}anchor", ""), ""
        identifier = element.get(f"{R}id")
        if identifier is not None and identifier in self.part.links:
            target = self.part.links[identifier].target
        elif identifier is not None:
            self.relations_lost.append(identifier)
        text_from, items_from, outer = len(self._pieces), len(self._items), self._linked
        self._linked = True
        self._children(element)
        self._linked = outer
        self._link(target + (f"#{anchor}" if anchor else ""), text_from, items_from)

    def _link(self, target: str, text_from: int, items_from: int) -> None:
        text = "".join(self._pieces[text_from:])
        if not target or self._in_contents():
            return
        if target.startswith("#"):
            self.anchors_used.append(target[1:])
        self._items.insert(items_from, Item("link", _spaced(text), target=target))

    def _field_character(self, element: etree._Element) -> None:
        match element.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append(_Field())
            case "separate" if self._fields:
                one = self._fields[-1]
                one.separated, one.text_from, one.items_from = True, len(self._pieces), len(self._items)
            case "end" if self._fields:
                one = self._fields.pop()
                if one.word == "ADDIN":
                    self._live(one)
                else:
                    self._field_end(one.instruction, one.text_from, one.items_from)
            case _:
                pass

    def _live(self, one: _Field) -> None:
        text = "".join(self._pieces[one.text_from :])
        try:
            found = live(one.instruction, text, whole=one.whole)
        except Unusable as error:
            self.fields_lost.append(f"Zotero can't use the field of «{_spaced(text)[:60]}»: {error}")
        else:
            self.live += [] if found is None else [found]

    def ended(self) -> None:
        """To be called after the last paragraph: notes the fields that are still open."""
        self.fields_lost += [f"a field has no end: {one.instruction.strip()[:40]}" for one in self._fields]

    def _simple_field(self, element: etree._Element) -> None:
        text_from, items_from = len(self._pieces), len(self._items)
        self._children(element)
        self._field_end(element.get(f"{W}instr", ""), text_from, items_from)

    def _field_end(self, instruction: str, text_from: int, items_from: int) -> None:
        """What a field is: a link, or a repetition of what stands at a bookmark (17.16.5.25, .43, .51)."""
        word, *rest = instruction.split() or [""]
        if word.upper() == "HYPERLINK":
            self._link(_field_target(instruction), text_from, items_from)
        elif word.upper() in _REPEATING and rest:
            anchor = rest[0].strip('"')
            self.repeated.append((word.upper(), anchor, "".join(self._pieces[text_from:])))
            if "\\h" in rest and not self._linked:
                self._link(f"#{anchor}", text_from, items_from)

    def _note(self, element: etree._Element) -> None:
        kind = "endnote" if element.tag == f"{W}endnoteReference" else "footnote"
        key = (kind, element.get(f"{W}id", ""))
        if key not in self.notes.texts:
            self.notes.lost.append(key)
            return
        name = "-".join(key)
        self._items.append(Item("mark", _spaced("".join(self._pieces)), target=name))
        if key in self.notes.met:
            return
        self.notes.met.add(key)
        part, note = self.notes.texts[key]
        inside = replace(self, part=part, _fields=[], _linked=False)
        lines = [inside.read(paragraph) for paragraph in paragraphs(note)]
        inside.ended()
        self._items.append(Item("note", _spaced("\n".join(line.text for line in lines)), target=name))
        self._items.extend(replace(item, in_note=True) for line in lines for item in line.items)


def paragraphs(parent: etree._Element) -> Iterator[etree._Element]:
    """Its paragraphs, also those in tables; those in a text box are read with their drawing."""
    for paragraph in parent.iter(f"{W}p"):
        if next(paragraph.iterancestors(f"{W}txbxContent"), None) is None:
            yield paragraph


def _is_number(run: etree._Element) -> bool:
    """True for the run of a note's own number, with a full stop or a bracket behind it."""
    if all(run.find(f"{W}{kind}Ref") is None for kind in ("footnote", "endnote")):
        return False
    return not "".join(text.text or "" for text in run.iter(f"{W}t")).strip(" .)]")


def _mathematics(element: etree._Element) -> Iterator[str]:
    """The letters below, with the signs of delimiter objects (ECMA-376 part 1, 22.1.2.24)."""
    if element.tag == f"{M}t":
        yield element.text or ""
    elif element.tag == f"{M}d":
        begin, separator, end = (
            next((sign.get(f"{M}val", "") for sign in element.iterfind(f"{M}dPr/{M}{tag}")), usual)
            for tag, usual in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
        )
        for index, argument in enumerate(element.iterchildren(f"{M}e")):
            yield separator if index else begin
            yield from _mathematics(argument)
        yield end
    else:
        for child in element.iterchildren(tag=etree.Element):
            yield from _mathematics(child)


def _spaced(text: str) -> str:
    return re.sub(r"[\t\n]", " ", text).strip()


def _field_target(instruction: str) -> str:
    """The target of ``HYPERLINK "url" \\l "anchor"`` (ECMA-376 part 1, 17.16.5.25)."""
    anchor = re.search(r'\\l\s+"?([^"\s]+)"?', instruction)
    url = re.match(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]+))', instruction)
    address = (url[1] or url[2] or "") if url else ""
    return address + (f"#{anchor[1]}" if anchor else "")


def notes(parts: Iterator[tuple[str, Part]]) -> Notes:
    """The notes in footnotes.xml and endnotes.xml, the lines that separate them from the text left out."""
    texts = {}
    for kind, part in parts:
        for note in part.root.iter(f"{W}{kind}"):
            if note.get(f"{W}type", "normal") == "normal":
                texts[kind, note.get(f"{W}id", "")] = (part, note)
    return Notes(texts)


def words(text: str) -> str:
    """The text in one line. A tab that only sets an equation apart from its number is no space."""
    text = text.replace(f"\t{OBJECT}", OBJECT).replace(f"{OBJECT}\t", OBJECT)
    return re.sub(r"[\t\n]", " ", text).strip()
