"""Takes single things out of finished files, with other tools than those that wrote or read them."""

from __future__ import annotations

import ctypes
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree
from lxml import html as parser

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {
    "w": W[1:-1],
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
PAINTING = frozenset(("Tj", "TJ", "'", '"', "Do", "f", "f*", "S", "s", "B", "B*", "b", "b*", "sh"))
"""Operators that leave marks on a page (ISO 32000-2, annex A)."""

Change = Callable[[Any], None]


# -- HTML ------------------------------------------------------------------------------------------------


def html(data: bytes, change: Change) -> bytes:
    """The page after the change of its tree."""
    root = parser.document_fromstring(data.decode())
    change(root)
    return b"<!DOCTYPE html>\n" + parser.tostring(root, encoding="utf-8")


def gone(path: str) -> Change:
    """Takes out the first element at an XPath; what follows it stays."""

    def change(root: Any) -> None:
        root.xpath(path)[0].drop_tree()

    return change


def unwrapped(path: str) -> Change:
    """Takes off the tags of every element at an XPath; its words stay."""

    def change(root: Any) -> None:
        found = root.xpath(path)
        assert found
        for element in found:
            element.drop_tag()

    return change


def retyped(before: str, after: str) -> Change:
    """Puts one text in another's place, where it stands in the body's text."""

    def change(root: Any) -> None:
        (element,) = root.xpath(f"//body//*[text()[contains(., '{before}')]]")
        element.text = element.text.replace(before, after)

    return change


# -- DOCX ------------------------------------------------------------------------------------------------


def docx(data: bytes, change: Change, part: str = "word/document.xml") -> bytes:
    """The Word file after the change of a part's tree."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(name, content)
    return out.getvalue()


def cut(path: str, words: str = "") -> Change:
    """Takes out the first element at an XPath that holds the words, perhaps divided over runs."""

    def change(root: Any) -> None:
        found = [e for e in root.xpath(path, namespaces=NAMES) if words in text_of(e)]
        found[0].getparent().remove(found[0])

    return change


def unlinked(path: str) -> Change:
    """Puts the runs of every hyperlink at an XPath in its place."""

    def change(root: Any) -> None:
        found = root.xpath(path, namespaces=NAMES)
        assert found
        for link in found:
            for child in list(link):
                link.addprevious(child)
            link.getparent().remove(link)

    return change


def retyped_in_word(before: str, after: str) -> Change:
    """Puts one text in another's place within a single run."""

    def change(root: Any) -> None:
        (run,) = [e for e in root.iter(f"{W}t") if before in (e.text or "")]
        run.text = run.text.replace(before, after)

    return change


def text_of(element: Any) -> str:
    """The text of all runs below an element."""
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


# -- PDF -------------------------------------------------------------------------------------------------


def pdf(data: bytes, change: Callable[[pikepdf.Pdf, bytes], None]) -> bytes:
    """The PDF after the change; the change is given the bytes as well, to look things up."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened, data)
        opened.save(out)
    return out.getvalue()


def blanked(words: str, *kinds: str) -> Callable[[pikepdf.Pdf, bytes], None]:
    """Unpaints the structure element of one of these kinds that holds the words, or is described by them."""

    def change(opened: pikepdf.Pdf, data: bytes) -> None:
        texts = _texts(data)
        found = [
            element
            for element in _elements(opened)
            if str(element.S)[1:] in kinds
            and (
                words in str(element.get("/Alt", ""))
                or words in "".join(texts.get(m, "") for m in _marks(opened, element))
            )
        ]
        marks = set(_marks(opened, found[-1]))
        assert marks
        for page in {page for page, _ in marks}:
            _unpaint(opened, page, {mcid for place, mcid in marks if place == page})

    return change


def shortened(words: str) -> Callable[[pikepdf.Pdf, bytes], None]:
    """Takes the last letter off the text run that holds the words."""

    def change(opened: pikepdf.Pdf, data: bytes) -> None:
        ((page, mcid),) = [place for place, text in _texts(data).items() if words in text]
        instructions = list(pikepdf.parse_content_stream(opened.pages[page]))
        inside = list(_inside(instructions, {mcid}))
        last = [index for index in inside if str(instructions[index].operator) == "TJ"][-1]
        shown = list(instructions[last].operands[0])
        final = max(index for index, piece in enumerate(shown) if isinstance(piece, pikepdf.String))
        shown[final] = pikepdf.String(bytes(shown[final])[:-2])  # two bytes for each glyph
        operator = pikepdf.Operator("TJ")
        instructions[last] = pikepdf.ContentStreamInstruction([pikepdf.Array(shown)], operator)
        _put(opened, page, instructions)

    return change


def unannotated(target: str) -> Callable[[pikepdf.Pdf, bytes], None]:
    """Takes every link to a target off the pages."""

    def change(opened: pikepdf.Pdf, data: bytes) -> None:
        del data
        count = 0
        for page in opened.pages:
            kept = [a for a in page.get("/Annots", []) if target not in (str(a.get("/Dest")), _uri(a))]
            count += len(page.get("/Annots", [])) - len(kept)
            page.Annots = pikepdf.Array(kept)
        assert count

    return change


def _uri(annotation: Any) -> str:
    action = annotation.get("/A")
    return str(action.get("/URI", "")) if action is not None else ""


def _elements(opened: pikepdf.Pdf) -> Iterator[Any]:
    """All structure elements, parents before children."""
    pending = [opened.Root.StructTreeRoot]
    while pending:
        element = pending.pop(0)
        if "/S" in element:
            yield element
        pending += [kid for kid in _kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _marks(opened: pikepdf.Pdf, element: Any) -> Iterator[tuple[int, int]]:
    """Page and marked-content id of everything below an element."""
    pages = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
    for kid in _kids(element):
        if isinstance(kid, int):
            yield pages[element.Pg.objgen], kid
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield pages[kid.get("/Pg", element.get("/Pg")).objgen], int(kid.MCID)
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _marks(opened, kid)


def _texts(data: bytes) -> Mapping[tuple[int, int], str]:
    """The text under each marked-content id, by page and id."""
    found: dict[tuple[int, int], str] = {}
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            page = document[number]
            textpage = page.get_textpage()
            for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                size = pdfium.FPDFTextObj_GetText(thing.raw, textpage.raw, None, 0)
                buffer = (ctypes.c_ushort * (size // 2))()
                pdfium.FPDFTextObj_GetText(thing.raw, textpage.raw, buffer, size)
                place = (number, pdfium.FPDFPageObj_GetMarkedContentID(thing.raw))
                found[place] = found.get(place, "") + bytes(buffer).decode("utf-16-le").rstrip("\0")
    return found


def _inside(instructions: list[Any], mcids: set[int]) -> Iterator[int]:
    """The places of all instructions that stand within these marked-content ids."""
    stack: list[bool] = []
    for index, instruction in enumerate(instructions):
        match str(instruction.operator):
            case "BMC":
                stack.append(False)
            case "BDC":
                properties = instruction.operands[1]
                has_id = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
                stack.append(has_id and int(properties.MCID) in mcids)
            case "EMC":
                stack.pop()
            case _ if any(stack):
                yield index


def _unpaint(opened: pikepdf.Pdf, page: int, mcids: set[int]) -> None:
    instructions = list(pikepdf.parse_content_stream(opened.pages[page]))
    inside = {i for i in _inside(instructions, mcids) if str(instructions[i].operator) in PAINTING}
    _put(opened, page, [one for index, one in enumerate(instructions) if index not in inside])


def _put(opened: pikepdf.Pdf, page: int, instructions: list[Any]) -> None:
    opened.pages[page].Contents = opened.make_stream(pikepdf.unparse_content_stream(instructions))
