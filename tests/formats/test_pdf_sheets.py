"""Two pages on a sheet, for printing: each page once, in the order of reading or of a booklet."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest
from tests.helpers import errors, export, manuscript

from paperbuild import pipeline
from paperbuild.formats.pdf.impose import booklet, imposed, sheet
from paperbuild.formats.pdf.read import beside
from paperbuild.pipeline import Job

MILLIMETRE = 72 / 25.4


def paper(pages: int, lang: str = "en", word: str = "Page", filler: str = "It says what it says. ") -> str:
    """A manuscript that fills so many pages, each of which names itself."""
    parts = [f"{word} no{number}. {filler * 40}" for number in range(1, pages + 1)]
    return f"---\ntitle: On sheets\nlang: {lang}\n---\n\n" + "\n\n\\newpage\n\n".join(parts)


def made(folder, pages, layout, lang="en"):
    """A paper of so many pages, exported to PDF."""
    path = manuscript(folder, paper(pages, lang))
    return export(Job(path, formats=("pdf",), layout=layout, out=folder / "dist"))


def sheets_of(result, kind):
    """The bytes of the file that lies beside the PDF."""
    path = result.path("pdf")
    return path.with_name(f"{path.stem}.{kind}.pdf").read_bytes()


def _named(text):
    """The number of the page that a text names; pdfium turns words bound on the right."""
    match = re.search(r"no(\d+)|(\d+)\.no", text)
    return int(match[1] or match[2]) if match else None


def seen(data):
    """For each side of a sheet, the page that its left half names, and that of its right half."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        width, height = page.get_size()
        text = page.get_textpage()
        halves = (
            text.get_text_bounded(0, 0, width / 2, height),
            text.get_text_bounded(width / 2, 0, width, height),
        )
        found.append(tuple(_named(half) for half in halves))
    return found


@pytest.fixture(scope="module")
def six(tmp_path_factory):
    return made(tmp_path_factory.mktemp("six"), 6, "article+booklet")


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    return made(tmp_path_factory.mktemp("five"), 5, "article+2-up")


def test_a_booklet_is_read_in_order_when_it_is_folded(six):
    assert errors(six.report.findings) == []
    assert seen(sheets_of(six, "booklet")) == [(None, 1), (2, None), (6, 3), (4, 5)]


def test_two_pages_stand_side_by_side_in_order(five):
    assert errors(five.report.findings) == []
    assert seen(sheets_of(five, "2-up")) == [(1, 2), (3, 4), (5, None)]


def test_what_is_read_from_right_to_left_is_bound_on_the_right(tmp_path):
    up = made(tmp_path / "up", 3, "article+2-up", "he")
    folded = made(tmp_path / "folded", 3, "article+booklet", "he")
    assert seen(sheets_of(up, "2-up")) == [(2, 1), (None, 3)]
    assert seen(sheets_of(folded, "booklet")) == [(1, None), (3, 2)]
    for result in (up, folded):
        assert [found for found in result.report.findings if found.check == "sheets"] == []


@pytest.mark.parametrize("pages", range(1, 14))
def test_a_folded_booklet_of_any_length_has_each_page_once(pages):
    sides = list(booklet(pages))
    assert len(sides) == 2 * -(-pages // 4)
    shown = [number for side in sides for number in side if number is not None]
    assert sorted(shown) == list(range(pages))
    for outer, inner in zip(sides[::2], sides[1::2], strict=True):
        # the back of a leaf is the page after its front
        for front, back in ((outer[1], inner[0]), (inner[1], outer[0])):
            assert back is None or (front is not None and back == front + 1)
    assert sides[0][1] == 0


@pytest.mark.parametrize(
    ("page", "paper"),
    [
        ((210, 297), (297, 210)),
        ((148, 210), (297, 210)),
        ((215.9, 279.4), (279.4, 215.9)),
        ((139.7, 215.9), (279.4, 215.9)),
        ((215.9, 355.6), (355.6, 215.9)),
        ((170, 240), (297, 210)),
        ((297, 210), (210, 297)),
    ],
    ids=["A4", "A5", "letter", "half-letter", "legal", "a book's page", "A4 turned"],
)
def test_the_sheet_is_one_that_printers_hold(page, paper):
    width, height = sheet(page[0] * MILLIMETRE, page[1] * MILLIMETRE)
    assert (width / MILLIMETRE, height / MILLIMETRE) == pytest.approx(paper)


def test_pages_are_as_large_as_the_sheet_lets_them(five):
    with pikepdf.open(io.BytesIO(sheets_of(five, "2-up"))) as pdf:
        assert [round(float(side) / MILLIMETRE) for side in pdf.pages[0].mediabox] == [0, 0, 297, 210]
    page = pypdfium2.PdfDocument(sheets_of(five, "2-up"))[0]
    whole = pypdfium2.PdfDocument(five.data("pdf"))[0]
    small, large = (one.get_textpage().get_charbox(0, loose=True) for one in (page, whole))
    ratio = (small[3] - small[1]) / (large[3] - large[1])
    assert ratio == pytest.approx(210 / 297, abs=0.01)


def test_a_sheet_claims_nothing_that_it_is_not(six):
    with pikepdf.open(io.BytesIO(sheets_of(six, "booklet"))) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert "/MarkInfo" not in pdf.Root
        assert "/Metadata" not in pdf.Root
        assert "/OutputIntents" not in pdf.Root
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert str(pdf.docinfo.Title) == "On sheets"
        fonts = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_the_same_pages_give_the_same_bytes_and_fonts_stand_in_them_once(six):
    whole = six.data("pdf")
    assert imposed(whole, "booklet", rtl=False) == sheets_of(six, "booklet")
    assert len(sheets_of(six, "booklet")) < 1.5 * len(whole)


def test_another_layout_leaves_nothing_beside(tmp_path):
    result = made(tmp_path, 1, "article")
    assert sorted(path.name for path in result.path("pdf").parent.iterdir()) == ["paper.pdf"]


def test_verify_reads_the_sheets_and_misses_them(six):
    plan = six.plan
    assert errors(pipeline.inspect(plan, "pdf").findings) == []
    path = six.path("pdf").with_name("paper.booklet.pdf")
    data = path.read_bytes()
    path.unlink()
    try:
        assert errors(pipeline.inspect(plan, "pdf").findings) == ["paper.booklet.pdf is not there"]
    finally:
        path.write_bytes(data)


def without_a_page(pdf):
    del pdf.pages[1]


def another_order(pdf):
    first = pdf.pages[2]
    pdf.pages[2] = pdf.pages[3]
    pdf.pages[3] = first


def an_emptied_half(pdf):
    page = pdf.pages[2]
    name = next(iter(page.Resources.XObject.keys()))
    page.Resources.XObject[name] = pdf.make_stream(
        b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
    )


@pytest.mark.parametrize("harm", [without_a_page, another_order, an_emptied_half])
def test_verify_names_what_is_wrong_with_sheets(six, harm):
    with pikepdf.open(io.BytesIO(sheets_of(six, "booklet"))) as pdf:
        harm(pdf)
        out = io.BytesIO()
        pdf.save(out)
    files = {".pdf": six.data("pdf"), ".booklet.pdf": out.getvalue()}
    found = beside(files, six.observed("pdf"))
    assert [one.severity for one in found][:1] == ["error"]
    assert ".booklet.pdf" in found[0].message


def test_two_up_that_is_bound_like_a_booklet_is_told(five):
    whole = five.data("pdf")
    files = {".pdf": whole, ".2-up.pdf": imposed(whole, "booklet", rtl=False)}
    found, *_ = beside(files, five.observed("pdf"))
    assert "not in its place in .2-up.pdf" in found.message
    assert (
        "cannot be opened" in beside({".pdf": whole, ".2-up.pdf": b"none"}, five.observed("pdf"))[0].message
    )
