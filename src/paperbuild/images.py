"""Pictures: read from the manuscript's folder alone, and made into what every format can show."""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
from lxml import etree
from PIL import Image as Pillow
from PIL import ImageFile

from paperbuild.model import Image

_RASTER = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_GUESSED_SUFFIXES = ("", ".png", ".jpg", ".jpeg", ".svg", ".pdf", ".PNG", ".JPG")
_LARGEST = 60_000_000
"""Bytes of a picture that are still read."""
_PIXELS = 80_000_000
_DPI = 200
_LENGTH = re.compile(r"^\s*([\d.]+)\s*(px|pt|pc|mm|cm|in|em)?\s*$")
_UNITS = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0}


class NoPicture(Exception):
    """Why a picture can't be had, in words for the user; ``args[1]`` says what to do."""


def load(target: str, folders: Sequence[Path], media: Mapping[str, bytes]) -> Image:
    """The picture that an AST's target names. Raises NoPicture with the reason and the remedy.

    It is looked for in ``media`` (what came inside the source file), then in the folders; never
    outside them, and never on the network.
    """
    if target in media:
        return _picture(media[target], target)
    if target.startswith("data:"):
        return _picture(_from_data_url(target), "the data: picture")
    if re.match(r"^(https?:)?//", target):
        raise NoPicture(
            f"the picture {target} is on the web; paperbuild fetches nothing",
            "download it into the manuscript's folder and name that file",
        )
    return _picture(_bytes(target, folders), target)


def _bytes(target: str, folders: Sequence[Path]) -> bytes:
    for name in dict.fromkeys((target, unquote(target), unquote(target).split("?")[0])):
        for folder in folders:
            for suffix in _GUESSED_SUFFIXES:
                file = folder / (name + suffix)
                try:
                    if not file.is_file():
                        continue
                    if not any(file.resolve().is_relative_to(f.resolve()) for f in folders):
                        raise NoPicture(
                            f"the picture {target} lies outside the manuscript's folder",
                            "copy it beside the manuscript",
                        )
                    if file.stat().st_size > _LARGEST:
                        raise NoPicture(f"the picture {target} is larger than 60 MB", "make it smaller")
                    return file.read_bytes()
                except (OSError, ValueError):
                    continue
    raise NoPicture(f"the picture {target} is not there", "check its name and folder")


def _from_data_url(target: str) -> bytes:
    head, _, body = target.partition(",")
    try:
        return base64.b64decode(body, validate=False) if head.endswith(";base64") else unquote(body).encode()
    except (ValueError, binascii.Error) as error:
        raise NoPicture("a data: picture is not valid base64", "use a file") from error


def _picture(data: bytes, name: str) -> Image:
    head = data[:512].lstrip()
    if head.startswith(b"%PDF"):
        return _from_pdf(data, name)
    if b"<svg" in data[:4096] or head.startswith(b"<?xml"):
        return _from_svg(data, name)
    if head.startswith((b"%!PS", b"\xc5\xd0\xd3\xc6")):
        raise NoPicture(f"the picture {name} is PostScript", "convert it to PDF, SVG or PNG")
    return _from_raster(data, name)


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Pillow refuses a picture of which a part is missing. WeasyPrint, once imported, tells it to make do."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _from_raster(data: bytes, name: str) -> Image:
    try:
        with _whole_pictures_only(), Pillow.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _PIXELS:
                raise NoPicture(f"the picture {name} has more than 80 million pixels", "make it smaller")
            dpi = picture.info.get("dpi", (96, 96))[0]
            scale = 96 / float(dpi) if 30 < float(dpi) < 2400 else 1.0
            width, height = picture.width * scale, picture.height * scale
            if picture.format in _RASTER and picture.mode != "CMYK":  # pages know no inks
                picture.load()
                return Image(data, _RASTER[picture.format], width, height)
            out = io.BytesIO()
            picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(out, "PNG")
            return Image(out.getvalue(), "image/png", width, height)
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError) as error:
        raise NoPicture(
            f"the picture {name} can't be read: {error}", "save it again as PNG or JPEG"
        ) from error


def _from_pdf(data: bytes, name: str) -> Image:
    try:
        document = pypdfium2.PdfDocument(data)
        page = document[0]
        width, height = page.get_size()
        bitmap = page.render(scale=_DPI / 72)
        out = io.BytesIO()
        bitmap.to_pil().save(out, "PNG", optimize=True)
    except (pypdfium2.PdfiumError, OSError, ValueError, IndexError) as error:
        raise NoPicture(
            f"the picture {name} can't be read: {error}", "save it again as PDF, SVG or PNG"
        ) from error
    return Image(out.getvalue(), "image/png", width * 96 / 72, height * 96 / 72)


def _from_svg(data: bytes, name: str) -> Image:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NoPicture(f"the picture {name} is not valid SVG: {error}", "save it again") from error
    if etree.QName(root).localname != "svg":
        raise NoPicture(f"the picture {name} is XML, but not SVG", "check the file")
    box = [float(n) for n in re.findall(r"-?[\d.]+", root.get("viewBox", ""))]
    width = _length(root.get("width")) or (box[2] if len(box) == 4 else 300.0)
    height = _length(root.get("height")) or (box[3] if len(box) == 4 else 150.0)
    return Image(data, "image/svg+xml", width, height)


def _length(text: str | None) -> float:
    match = _LENGTH.match(text or "")
    return float(match.group(1)) * _UNITS[match.group(2) or "px"] if match else 0.0
