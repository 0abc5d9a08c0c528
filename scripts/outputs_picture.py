"""Makes docs/outputs.png: the PDF, the Word document and the preview of one manuscript, side by side.

    python scripts/outputs_picture.py [MANUSCRIPT]

Needs LibreOffice (soffice) and Chromium besides paperbuild's own parts.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
HEIGHT = 900
GAP = 28
LABELS = ("PDF", "Word", "Web preview")
ACCENT = bytes.fromhex("1f3f77")
PAPER, DESK, INK = "#ffffff", "#e9e6df", "#3d3a34"
CHROMIUM = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
]  # fmt: skip


def main() -> None:
    """Builds the manuscript in a temporary folder and writes the picture."""
    manuscript = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "manuscripts" / "collective-security"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run([sys.executable, "-m", "paperbuild", "export", str(manuscript), "--out", str(folder)])
        made = folder / manuscript.stem
        pictures = [
            first_page((made / f"{manuscript.stem}.pdf").read_bytes()),
            word_page(made / f"{manuscript.stem}.docx", folder),
            web_page(made / f"{manuscript.stem}.preview.html", folder),
        ]
    side_by_side(pictures).save(ROOT / "docs" / "outputs.png", optimize=True)


def run(command: list[str]) -> None:
    """Runs a command, and stops where it fails."""
    subprocess.run(command, check=True, timeout=180, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def first_page(pdf: bytes) -> Image.Image:
    """The first page of a PDF, HEIGHT pixels high."""
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[0]
    return page.render(scale=HEIGHT / page.get_height()).to_pil().convert("RGB")


def word_page(docx: Path, folder: Path) -> Image.Image:
    """The first page of a Word document, as LibreOffice sets it."""
    run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder / "word"), str(docx)])
    return first_page((folder / "word" / f"{docx.stem}.pdf").read_bytes())


def web_page(html: Path, folder: Path) -> Image.Image:
    """The head of a web page and the end of what it shows, in one picture."""
    shot = folder / "shot.png"
    size = ["--window-size=760,9000", f"--screenshot={shot}", f"--user-data-dir={folder / 'profile'}"]
    run([*CHROMIUM, *size, html.as_uri()])
    page = Image.open(shot).convert("RGB")
    page = page.resize((640, round(page.height * 640 / page.width)))
    head = HEIGHT * 11 // 20
    gate = button(page) + 120 - (HEIGHT - head)
    picture = Image.new("RGB", (640, HEIGHT), PAPER)
    picture.paste(page.crop((0, 0, 640, head)), (0, 0))
    picture.paste(page.crop((0, gate, 640, gate + HEIGHT - head)), (0, head))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, head - 4, 640, head + 4), fill=DESK)
    return picture


def button(page: Image.Image) -> int:
    """How far down the sign-up button stands: the first row with a broad run of the accent colour."""
    for top in range(page.height):
        row = page.crop((0, top, page.width, top + 1)).tobytes()
        if row.count(ACCENT) > 80:
            return top
    return page.height


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """The pictures on one ground, each with its label below."""
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    ground = Image.new("RGB", (width, HEIGHT + 2 * GAP + 30), DESK)
    draw = ImageDraw.Draw(ground)
    font = ImageFont.load_default(size=20)
    left = GAP
    for picture, label in zip(pictures, LABELS, strict=True):
        draw.rectangle((left - 1, GAP - 1, left + picture.width, GAP + HEIGHT), outline="#c9c4b8")
        ground.paste(picture, (left, GAP))
        draw.text((left + picture.width / 2, HEIGHT + GAP + 12), label, INK, font=font, anchor="ma")
        left += picture.width + GAP
    return ground.quantize(160, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
