"""A Word document's paragraphs with all that their styles give them, resolved here from the XML alone
(ECMA-376 part 1, 17.7.2)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SWITCHES = ("b", "i", "caps")


@dataclass(frozen=True)
class Run:
    """Text with one look."""

    element: etree._Element
    text: str
    look: str
    """``bold``, ``italic``, ``bold italic`` or ``plain``."""
    font: str
    size: float
    raised: bool
    caps: bool
    underlined: bool


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; lengths in points."""

    element: etree._Element
    style: str
    runs: tuple[Run, ...]
    align: str
    left: float
    first: float
    """Indent of the first line against the others; negative where it hangs."""
    before: float
    after: float
    lines: float
    """1 is single-spaced."""
    contextual: bool
    """Whether no space stands between it and its like."""
    new_page: bool
    joined: bool
    """Whether it goes on in the line of the next paragraph (17.3.2.36)."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).strip()

    def look(self, words: str = "") -> str:
        """The look of the run that begins with these words, of all runs without."""
        looks = {run.look for run in self.runs if run.text.strip() and run.text.strip().startswith(words)}
        return looks.pop() if len(looks) == 1 else "mixed"


class Words:
    """A .docx, opened."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {
                name: etree.fromstring(package.read(name))
                for name in package.namelist()
                if name.endswith(".xml")
            }
            self.relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        sheet = self.parts["word/styles.xml"]
        self.styles = {style.get(f"{W}styleId", ""): style for style in sheet.iter(f"{W}style")}
        self.body = self.parts["word/document.xml"][0]
        self.paragraphs = [self.read(one) for one in self.body.iter(f"{W}p")]
        self.notes = [
            [self.read(one) for one in note.iter(f"{W}p")]
            for note in self.parts["word/footnotes.xml"]
            if note.get(f"{W}type", "normal") == "normal"
        ]

    def find(self, start: str, style: str = "") -> Paragraph:
        """The first paragraph that begins so, of a style whose id begins so."""
        return next(
            one
            for one in self.paragraphs
            if one.text.startswith(start) and one.style.startswith(style)
        )  # fmt: skip

    def of(self, style: str) -> list[Paragraph]:
        """The paragraphs of a style."""
        return [one for one in self.paragraphs if one.style == style]

    def after(self, paragraph: Paragraph, number: int = 1) -> Paragraph:
        """The paragraph so many further on."""
        return self.paragraphs[self.paragraphs.index(paragraph) + number]

    def section(self, element: str, attribute: str) -> float:
        """A length of the section, in points."""
        (found,) = self.body.iterfind(f"{W}sectPr/{W}{element}")
        return int(found.get(f"{W}{attribute}", "0")) / 20

    def header(self, kind: str = "default") -> etree._Element | None:
        """The header's root: ``default``, or ``first`` where the first page has its own."""
        (section,) = self.body.iterfind(f"{W}sectPr")
        if kind == "first" and section.find(f"{W}titlePg") is None:
            return None
        links = {one.get("Id"): one.get("Target") for one in self.relations}
        for one in section.findall(f"{W}headerReference"):
            if one.get(f"{W}type") == kind:
                identifier = next(value for key, value in one.attrib.items() if key.endswith("}id"))
                return self.parts[f"word/{links[identifier]}"]
        return None

    def header_text(self, kind: str = "default") -> str:
        """What the header says, ``{PAGE}`` for the number and a tab for a tab."""
        root, said = self.header(kind), ""
        for node in () if root is None else root.iter(f"{W}t", f"{W}tab", f"{W}instrText"):
            if node.tag == f"{W}instrText":
                said += f"{{{(node.text or '').split()[0]}}}"
            elif node.tag == f"{W}tab" and node.get(f"{W}val") is None:
                said += "\t"
            elif not said.endswith("}"):  # what a field showed last is no text
                said += node.text or ""
        return said

    def read(self, element: etree._Element) -> Paragraph:
        """A paragraph with what its style, the styles below and it itself say."""
        direct = element.find(f"{W}pPr")
        found = None if direct is None else direct.find(f"{W}pStyle")
        style = "Normal" if found is None else found.get(f"{W}val", "")
        sources = [*self._sources(style, "pPr"), direct]
        ind, spacing = _merged(sources, "ind"), _merged(sources, "spacing")
        first = float(ind.get("firstLine", 0)) - float(ind.get("hanging", 0))
        own = None if direct is None else direct.find(f"{W}rPr")
        return Paragraph(
            element,
            style,
            tuple(self._runs(element, style)),
            _merged(sources, "jc").get("val", "left"),
            float(ind.get("left", 0)) / 20,
            first / 20,
            float(spacing.get("before", 0)) / 20,
            float(spacing.get("after", 0)) / 20,
            float(spacing.get("line", 240)) / 240,
            _on(sources, "contextualSpacing"),
            _on(sources, "pageBreakBefore"),
            _on([own], "vanish") and _on([own], "specVanish"),
        )

    def _sources(self, style: str, part: str) -> list[etree._Element | None]:
        """The properties (``pPr`` or ``rPr``) of the document, of the styles below a style, and its own."""
        result: list[etree._Element | None] = [
            self.parts["word/styles.xml"].find(f"{W}docDefaults/{W}{part}Default/{W}{part}")
        ]
        chain: list[etree._Element] = []
        while style in self.styles:
            chain.append(self.styles[style])
            below = self.styles[style].find(f"{W}basedOn")
            style = "" if below is None else below.get(f"{W}val", "")
        return [*result, *(one.find(f"{W}{part}") for one in reversed(chain))]

    def _runs(self, paragraph: etree._Element, style: str) -> Iterator[Run]:
        below = self._sources(style, "rPr")
        for run in paragraph.iter(f"{W}r"):
            said = "".join(_said(node) for node in run)
            direct = run.find(f"{W}rPr")
            mark = None if direct is None else direct.find(f"{W}rStyle")
            named = [] if mark is None else self._sources(mark.get(f"{W}val", ""), "rPr")[1:]
            sources = [*below, *named, direct]
            switched = {tag: _toggled(tag, below, named, direct) for tag in _SWITCHES}
            look = " ".join(word for word, tag in (("bold", "b"), ("italic", "i")) if switched[tag])
            yield Run(
                run,
                said,
                look or "plain",
                _merged(sources, "rFonts").get("ascii", ""),
                float(_merged(sources, "sz").get("val", 0)) / 2,
                _merged(sources, "vertAlign").get("val") == "superscript",
                switched["caps"],
                _merged(sources, "u").get("val", "none") != "none",
            )


def _said(node: etree._Element) -> str:
    return {f"{W}t": (node.text or "").replace("\u00a0", " "), f"{W}br": "\n", f"{W}tab": "\t"}.get(
        str(node.tag), ""
    )


def _merged(sources: list[etree._Element | None], tag: str) -> Mapping[str, str]:
    """The attributes of a property, those of later sources over those of earlier ones."""
    result: dict[str, str] = {}
    for source in sources:
        found = None if source is None else source.find(f"{W}{tag}")
        if found is not None:
            result |= {key.removeprefix(W): value for key, value in found.attrib.items()}
    return result


def _on(sources: list[etree._Element | None], tag: str) -> bool:
    """The last word that sources say about a switch."""
    result = False
    for source in sources:
        found = None if source is None else source.find(f"{W}{tag}")
        if found is not None:
            result = found.get(f"{W}val", "1") not in {"0", "false"}
    return result


def _toggled(
    tag: str,
    below: list[etree._Element | None],
    named: list[etree._Element | None],
    direct: etree._Element | None,
) -> bool:
    """A switch that cancels itself where paragraph and character style both set it (17.7.3)."""
    if direct is not None and direct.find(f"{W}{tag}") is not None:
        return _on([direct], tag)
    return _on(below, tag) != _on(named, tag)
