"""LibreOffice, which opens Word documents and makes others of them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL.Image import Image

_PROGRAM = shutil.which("soffice")
THERE = _PROGRAM is not None
MATHS = _PROGRAM is not None and (Path(_PROGRAM).resolve().parent / "libsmlo.so").is_file()
"""Whether its part for equations is there, without which it drops them."""


def converted(documents: Iterable[Path], kind: str, folder: Path) -> list[Path]:
    """The documents in another format (``docx``, ``pdf``), in this folder; one that LibreOffice can't open is
    missing there."""
    documents = list(documents)
    folder.mkdir(parents=True, exist_ok=True)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), *map(str, documents)]
    subprocess.run(command, check=True, capture_output=True, timeout=60 + 60 * len(documents))
    return [folder / f"{path.stem}.{kind}" for path in documents]


def pages(pdf: Path) -> list[str]:
    """The text of each page, as it stands in the lines."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def pictures(pdf: Path, scale: float) -> list[Image]:
    """All pages, so many pixels for a point."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=scale).to_pil() for page in document]
