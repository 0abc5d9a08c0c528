"""Pages of PDFs and Word documents, one above the other, for people to look at: ``make proofs``.

    python -m tests.layouts.proofs [MANUSCRIPT ...] [--layout NAME ... | all] [--out DIR] [--width PIXELS]

Each manuscript (those of the project where none is named) is exported in each layout. Its pictures are
``DIR/LAYOUT/NAME-NN.png``: pages of the PDF in the upper row, those of the Word document, as LibreOffice sets
them, in the lower one. Needs LibreOffice; without it, the upper row stands alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from paperbuild import layouts, pipeline
from paperbuild.fonts import FAMILIES

ROOT = Path(__file__).parents[2]
COLUMNS = 3
"""Pages in a row."""
GAP = 12
"""Pixels around a page."""


def main() -> None:
    """Exports, converts and draws."""
    args = _arguments()
    chosen = every_layout() if args.layout == ["all"] else args.layout
    for layout in chosen:
        folder = args.out / (layout or "own")
        shutil.rmtree(folder, ignore_errors=True)
        for manuscript in args.manuscripts or sorted((ROOT / "manuscripts").iterdir()):
            pdf, word = _exported(manuscript.resolve(), layout, folder)
            count = _sheets(pdf, word, args.width, folder / pdf.stem)
            sys.stdout.write(f"{layout or 'own':40} {pdf.stem:24} {count} pictures\n")
            sys.stdout.flush()


def every_layout() -> list[str]:
    """Each layout alone and with its own variants, and a handout with each that can be laid over any."""
    alone = layouts.names()
    own = [f"{name}+{variant}" for name in alone for variant in layouts.variants(name)]
    return [*alone, *own, *(f"handout+{variant}" for variant in layouts.variants())]


def _exported(manuscript: Path, layout: str, folder: Path) -> tuple[Path, Path | None]:
    """The PDF, and the Word document as LibreOffice makes one of it."""
    job = pipeline.Job(manuscript, formats=("pdf", "docx"), layout=layout, out=folder / "files", project=ROOT)
    plan = pipeline.plan(job)
    for name in job.formats:
        pipeline.produce(plan, name)
    pdf, docx = (pipeline.target(job.out, plan.document.slug, name) for name in job.formats)
    return pdf, _converted(docx, folder / "word")


def _converted(docx: Path, folder: Path) -> Path | None:
    if shutil.which("soffice") is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    shown = {**os.environ, "FONTCONFIG_FILE": str(_fonts(folder))}
    subprocess.run(
        [*command, "--outdir", folder, docx], check=True, capture_output=True, timeout=180, env=shown
    )
    return folder / f"{docx.stem}.pdf"


def _fonts(folder: Path) -> Path:
    """A configuration of fontconfig's: the packages' fonts beside the machine's, for scripts it lacks."""
    places = dict.fromkeys(path.parent for family in FAMILIES for path in family.files())
    lines = "".join(f"<dir>{place}</dir>" for place in places)
    path = folder.resolve() / "fonts.conf"
    shown = f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{lines}'
    path.write_text(f"<fontconfig>{shown}</fontconfig>", encoding="utf-8")
    return path


def _sheets(pdf: Path, word: Path | None, width: int, stem: Path) -> int:
    """Draws the pictures; how many they are."""
    rows = [_pages(path, width) for path in (pdf, word) if path]
    starts = range(0, max(map(len, rows)), COLUMNS)
    for number, start in enumerate(starts, 1):
        _sheet([row[start : start + COLUMNS] for row in rows], start).save(f"{stem}-{number:02}.png")
    return len(starts)


def _pages(path: Path, width: int) -> list[Image.Image]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.render(scale=width / page.get_width()).to_pil().convert("RGB") for page in document]


def _sheet(rows: list[list[Image.Image]], start: int) -> Image.Image:
    across = max(page.width for row in rows for page in row) + GAP
    down = max(page.height for row in rows for page in row) + 2 * GAP
    sheet = Image.new("RGB", (GAP + across * COLUMNS, down * len(rows)), "slategray")
    draw = ImageDraw.Draw(sheet)
    for up, row in enumerate(rows):
        for along, page in enumerate(row):
            place = (GAP + along * across, GAP + up * down)
            sheet.paste(page, place)
            draw.text((place[0], place[1] - GAP), f"{('PDF', 'Word')[up]} {start + along + 1}", "white")
    return sheet


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("manuscripts", nargs="*", type=Path, metavar="MANUSCRIPT")
    parser.add_argument("--layout", nargs="+", default=[""], help="with variants, as --layout takes them")
    parser.add_argument("--out", type=Path, default=ROOT / "build/proofs", help="folder for the pictures")
    parser.add_argument("--width", type=int, default=640, help="pixels of a page")
    return parser.parse_args()


if __name__ == "__main__":
    main()
