"""A DOCX package opened for reading: its parts, relationships and styles. Nothing of the writer is used."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math",
     b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
     b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    (b"http://purl.oclc.org/ooxml/drawingml/picture",
     b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
)  # fmt: skip
"""Namespaces of ISO/IEC 29500 Strict, read as Transitional (part 4 of the standard)."""
LARGEST = 1 << 30
"""Bytes that all parts together may have, unpacked."""
_SMALLEST = 4
"""Half-points of the smallest letters that count as text."""
_SQUEEZED = {"1", "2", "3", "1%", "2%", "3%"}
"""Widths of letters in per cent (17.3.2.43) that leave none to be read."""
_WHITE = {"FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC"}
THROUGH = {f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
"""Elements that only stand around others: content controls and insertions."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class Broken(Exception):
    """The package cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part points to."""

    kind: str
    """The last piece of its type: hyperlink, image, footnotes, …"""
    target: str
    """The URL, or the name of a part."""
    external: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part with the relationships its content names."""

    name: str
    root: etree._Element
    links: Mapping[str, Relationship]


@dataclass(frozen=True, slots=True)
class Style:
    """One style, as far as it says what a paragraph is."""

    name: str
    """In lower case: Word and LibreOffice spell the built-in ones differently."""
    based_on: str
    outline: int | None
    hidden: bool
    """True where its text can't be seen."""


@dataclass(frozen=True, slots=True)
class Package:
    """The whole file."""

    files: Mapping[str, bytes]
    main: Part

    def related(self, kind: str) -> Part | None:
        """The part that the main part has a relationship of this kind to."""
        for link in self.main.links.values():
            if link.kind == kind and not link.external and link.target in self.files:
                return part(self.files, link.target)
        return None

    def dangling(self) -> Iterator[tuple[str, str]]:
        """Relationships to parts that are not there, as (source, target)."""
        for name in sorted(self.files):
            if name.endswith(".rels"):
                for link in relationships(self.files, name).values():
                    if not link.external and link.target not in self.files:
                        yield name, link.target


def opened(data: bytes) -> Package:
    """The package in these bytes. Raises Broken where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise Broken("its parts are too large")
            files = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise Broken(f"it is no ZIP archive: {error}") from error
    except Exception as error:  # zlib.error and its like, from damaged data
        raise Broken(f"it cannot be unpacked: {error}") from error
    main = next((link.target for link in relationships(files, "_rels/.rels").values()
                 if link.kind == "officeDocument"), "word/document.xml")  # fmt: skip
    if main not in files:
        raise Broken(f"the part {main} is missing")
    return Package(files, part(files, main))


def part(files: Mapping[str, bytes], name: str) -> Part:
    """A part, parsed."""
    folder, file = posixpath.split(name)
    return Part(name, _parsed(files, name), relationships(files, f"{folder}/_rels/{file}.rels"))


def relationships(files: Mapping[str, bytes], name: str) -> dict[str, Relationship]:
    """The relationships in a .rels part by id; none where there is no such part (ECMA-376 part 2, 9.3)."""
    if name not in files:
        return {}
    source = posixpath.dirname(posixpath.dirname(name))
    result = {}
    for element in _parsed(files, name):
        if not isinstance(element.tag, str):
            continue
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/" + source, target)).lstrip("/")
        result[element.get("Id", "")] = Relationship(
            element.get("Type", "").rpartition("/")[2], target, external
        )
    return result


def _parsed(files: Mapping[str, bytes], name: str) -> etree._Element:
    data = files[name]
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise Broken(f"the part {name} is not XML: {error}") from error


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by id, and what their chains of ``basedOn`` say."""

    by_id: Mapping[str, Style]
    default: str
    """Id of the paragraph style that a paragraph without one has."""

    def names(self, identifier: str, *, table: bool = False) -> tuple[str, ...]:
        """The names of a style and of all that it is based on, nearest first."""
        start = identifier if identifier or table else self.default
        return tuple(style.name for style in self._chain(start))

    def outline(self, identifier: str) -> int | None:
        """The outline level that the style or one below it sets, 0 for the highest."""
        for style in self._chain(identifier or self.default):
            if style.outline is not None:
                return style.outline
        return None

    def hidden(self, identifier: str) -> bool:
        """True for a style of text that can't be seen."""
        return any(style.hidden for style in self._chain(identifier))

    def _chain(self, identifier: str) -> Iterator[Style]:
        seen = set()
        while identifier in self.by_id and identifier not in seen:
            seen.add(identifier)
            yield self.by_id[identifier]
            identifier = self.by_id[identifier].based_on


def styles(source: Part | None) -> Styles:
    """The styles of styles.xml."""
    found: dict[str, Style] = {}
    default = ""
    for element in () if source is None else source.root.iter(f"{W}style"):
        identifier = element.get(f"{W}styleId", "")
        outline = value(element, "pPr/outlineLvl")
        found[identifier] = Style(
            name=value(element, "name").lower(),
            based_on=value(element, "basedOn"),
            outline=int(outline) if outline.isdigit() else None,
            hidden=unseen(element.find(f"{W}rPr")),
        )
        if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in {"1", "true", "on"}:
            default = identifier
    return Styles(found, default)


def bullets(source: Part | None) -> dict[tuple[str, str], str]:
    """The sign before the items of each list in numbering.xml, by (numId, ilvl), where it is a sign."""
    if source is None:
        return {}
    abstract = {
        (one.get(f"{W}abstractNumId", ""), level.get(f"{W}ilvl", "")): value(level, "lvlText")
        for one in source.root.iter(f"{W}abstractNum")
        for level in one.iter(f"{W}lvl")
        if value(level, "numFmt") == "bullet"
    }
    uses = {one.get(f"{W}numId", ""): value(one, "abstractNumId") for one in source.root.iter(f"{W}num")}
    return {
        (number, level): sign
        for number, used in uses.items()
        for (identifier, level), sign in abstract.items()
        if identifier == used
    }


def unseen(properties: etree._Element | None) -> bool:
    """True where run properties leave nothing to be seen: hidden (17.3.2.41), white, or below a point."""
    if properties is None:
        return False
    size = own(properties, "sz")
    tiny = size.replace(".", "", 1).isdigit() and float(size) < _SMALLEST
    squeezed = own(properties, "w") in _SQUEEZED
    shaded = own(properties, "highlight") or properties.find(f"{W}shd") is not None
    white = own(properties, "color").upper() in _WHITE and not shaded
    return switched(properties, "vanish") or tiny or squeezed or white


def own(element: etree._Element, tag: str) -> str:
    """The w:val of a child, empty where there is none."""
    found = element.find(f"{W}{tag}")
    return "" if found is None else found.get(f"{W}val", "")


def value(element: etree._Element, path: str) -> str:
    """The w:val of the element at a path of local names, empty where there is none."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return "" if found is None else found.get(f"{W}val", "")


def switched(element: etree._Element, path: str) -> bool:
    """True where the property at the path is there and not switched off (ECMA-376 part 1, 17.17.4)."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return found is not None and found.get(f"{W}val", "true") not in {"0", "false", "off"}
