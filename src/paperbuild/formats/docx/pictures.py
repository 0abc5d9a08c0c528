"""Pictures made ready for Word: PNG and JPEG as they are, all else as PNG, none larger than the page."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pypdfium2
import weasyprint
from lxml import etree
from PIL import Image as Raster

from paperbuild.fonts.configuration import configuration
from paperbuild.layouts.model import Page
from paperbuild.model import Finding, Image
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

DPI = 300
LARGEST = 6000
"""Pixels along the longer side of a picture that is drawn anew."""
KEPT = {"image/png": "png", "image/jpeg": "jpg"}
"""Suffixes of the types that Word gets as they are."""
_INCH = {
    "in": 1.0,
    "inch": 1.0,
    "cm": 1 / 2.54,
    "mm": 1 / 25.4,
    "pt": 1 / 72,
    "pc": 1 / 6,
    "px": 1 / 96,
    "em": 1 / 6,
}
"""Inches in a unit of length: CSS Values 4, 6.2; an em as pandoc takes it, 12 points."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures in a folder: where each target of the tree is to be found."""

    names: Mapping[str, str]
    """Names below the folder by the tree's target."""
    findings: tuple[Finding, ...]


def store(images: Mapping[str, Image], folder: Path) -> Pictures:
    """Write the pictures into ``folder`` under safe names; one that cannot be drawn becomes a finding."""
    (folder / "media").mkdir()
    names: dict[str, str] = {}
    findings: list[Finding] = []
    for number, (target, image) in enumerate(sorted(images.items()), start=1):
        try:
            data, suffix = for_word(image)
        except Exception as error:  # drawing runs through three libraries, on foreign data
            findings.append(
                Finding("error", "docx", f"the picture {target} cannot be drawn: {error}", format="docx",
                        hint="Save it as PNG or JPEG.")
            )  # fmt: skip
            continue
        names[target] = f"media/i{number}.{suffix}"
        (folder / names[target]).write_bytes(data)
    return Pictures(names, tuple(findings))


def placed(blocks: object, images: Mapping[str, Image], names: Mapping[str, str], page: Page) -> object:
    """The tree with each picture's target and size as Word gets it, or words in its place."""

    def change(node: Node) -> ast.Rewritten:
        if node["t"] != "Image":
            return None
        target = node["c"][2][0]
        if target not in names or target not in images:
            words = " ".join(ast.alternative_text(node).split()) or target
            return ast.text(f"[picture missing: {words}]")
        identifier, classes, pairs = node["c"][0]
        kept = [pair for pair in pairs if pair[0] not in {"width", "height", "alt"}]
        sized = [*kept, *size(dict(pairs), images[target], page)]
        described = ast.text(ast.alternative_text(node))
        return {"t": "Image", "c": [[identifier, classes, sized], described, [names[target], ""]]}

    return ast.rewrite(blocks, change)


def size(wanted: Mapping[str, str], image: Image, page: Page) -> list[list[str]]:
    """The ``width`` and ``height`` to give pandoc, in inches, within the text area."""
    room_across, room_down = page.column_width / 25.4, page.text_height / 25.4 * 0.9
    across, down = max(image.width, 1) / 96, max(image.height, 1) / 96
    width, height = _length(wanted.get("width"), room_across), _length(wanted.get("height"), room_down)
    if width and height:
        across, down = width, height
    elif width or height:
        scale = width / across if width else (height or down) / down
        across, down = across * scale, down * scale
    scale = min(1.0, room_across / across, room_down / down)
    return [["width", f"{across * scale:.4f}in"], ["height", f"{down * scale:.4f}in"]]


def _length(value: str | None, whole: float) -> float | None:
    """Inches; None where nothing, or nothing sensible, is said."""
    text = (value or "").strip().lower()
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz% ")
    unit = text[len(number) :].strip() or "px"
    try:
        amount = float(number)
    except ValueError:
        return None
    if amount <= 0 or (unit != "%" and unit not in _INCH):
        return None
    return whole * amount / 100 if unit == "%" else amount * _INCH[unit]


@lru_cache(maxsize=64)
def for_word(image: Image) -> tuple[bytes, str]:
    """Bytes and suffix. Word shows neither WebP nor, before 2016, SVG; of a GIF the first frame is kept.

    The last pictures are remembered: what is promised of one is asked before it is written.
    """
    if image.media_type in KEPT:
        return image.data, KEPT[image.media_type]
    if image.media_type == "image/svg+xml":
        return _drawn(image), "png"
    with Raster.open(io.BytesIO(image.data)) as raster:
        output = io.BytesIO()
        raster.convert("RGBA").save(output, "PNG", optimize=True)
    return output.getvalue(), "png"


def _drawn(image: Image) -> bytes:
    """The SVG as PNG at ``DPI``. Nothing outside it is fetched."""
    etree.fromstring(image.data, etree.XMLParser(resolve_entities=False, no_network=True))
    width, height = max(image.width, 1), max(image.height, 1)
    source = f"data:image/svg+xml;base64,{base64.b64encode(image.data).decode()}"
    html = (
        f"<style>@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }}"
        f"img {{ display: block; width: {width}px; height: {height}px }}</style><img src='{source}'>"
    )
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    pdf = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(font_config=configuration())
    scale = min(DPI / 72, LARGEST / (max(width, height) * 0.75))
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[0].render(scale=scale, fill_color=(255, 255, 255, 0)).to_pil()
    finally:
        document.close()
    output = io.BytesIO()
    bitmap.save(output, "PNG", optimize=True)
    return output.getvalue()
