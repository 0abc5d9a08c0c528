"""What is promised of the look of pictures and equations in a PDF, where neither keeps its source.

A picture of pixels keeps their number, a drawing the number of its parts: enough to tell one from another, or
that a part is missing.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import weasyprint
from PIL import Image as Raster

from paperbuild.fonts.configuration import configuration
from paperbuild.formats.pdf.formula import drawn
from paperbuild.look import BLANK, look
from paperbuild.model import Image, Inventory, Item


def told(promised: Inventory, images: Mapping[str, Image], mathml: Mapping[str, str]) -> tuple[Item, ...]:
    """The promised items, each picture and equation with its look; empty where that can't be foreseen."""
    pictures = {look(image.data): _look(image) for image in images.values()}
    return tuple(_told(item, pictures, mathml) for item in promised.items)


def _told(item: Item, pictures: Mapping[str, str], mathml: Mapping[str, str]) -> Item:
    if item.kind == "figure" and item.picture:
        seen = item.picture if item.picture == BLANK else pictures.get(item.picture, "")
        return replace(item, picture=seen)
    if item.kind == "equation":
        found = (mathml.get(f"{way} {item.target}") for way in ("inline", "display"))
        formulas = [formula for one in found if one and (formula := drawn(one))]
        seen = " ".join(dict.fromkeys(f"parts:{formula.parts}" for formula in formulas))
        return replace(item, picture=seen)
    return item


def _look(image: Image) -> str:
    """``pixels:WIDTHxHEIGHT``, or ``parts:NUMBER:SEGMENTS`` of a drawing; empty where nobody can tell."""
    try:
        if image.media_type == "image/svg+xml":
            return "parts:{}:{}".format(*_parts(image))
        with Raster.open(io.BytesIO(image.data)) as raster:
            turned = (raster.getexif().get(0x0112) or 1) > 4
            width, height = raster.size[::-1] if turned else raster.size
            return f"pixels:{width}x{height}"
    except Exception:  # pictures are anybody's data, read here by four libraries
        return ""


def _parts(image: Image) -> tuple[int, int]:
    """How many things, but for text, a page holds that shows the drawing alone, and of how many segments."""
    source = f"data:image/svg+xml;base64,{base64.b64encode(image.data).decode()}"
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    html = f"<style>@page {{ size: 2000px; margin: 0 }} img {{ width: 900px }}</style><img src='{source}'>"
    document = pypdfium2.PdfDocument(
        weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(font_config=configuration())
    )
    try:
        page = document[0]
        count = pdfium.FPDFPage_CountObjects(page.raw)
        found = [_count(pdfium.FPDFPage_GetObject(page.raw, number)) for number in range(count)]
        return sum(parts for parts, _ in found), sum(segments for _, segments in found)
    finally:
        document.close()


def _count(thing: Any) -> tuple[int, int]:
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        return 1, pdfium.FPDFPath_CountSegments(thing)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        return int(kind != pdfium.FPDF_PAGEOBJ_TEXT), 0
    inside = range(max(0, pdfium.FPDFFormObj_CountObjects(thing)))
    found = [_count(pdfium.FPDFFormObj_GetObject(thing, number)) for number in inside]
    return sum(parts for parts, _ in found), sum(segments for _, segments in found)
