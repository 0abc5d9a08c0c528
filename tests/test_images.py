"""Pictures come from the manuscript's folder, in a form that every format shows; or the reason is told."""

from __future__ import annotations

import base64
import io

import pikepdf
import pytest
from PIL import Image as Pillow
from tests.helpers import errors, items, only, picture, put, resolved, texts

from paperbuild import images
from paperbuild.images import NoPicture

SVG = "<svg xmlns='http://www.w3.org/2000/svg' {}><rect width='5' height='5'/></svg>"


def load(folder, target, media=None):
    return images.load(target, [folder], media or {})


def refused(folder, target):
    with pytest.raises(NoPicture) as caught:
        load(folder, target)
    said, hint = caught.value.args
    assert hint
    return said


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_a_picture_that_every_format_shows_is_passed_on_as_it_is(kind, media_type, tmp_path):
    data = picture(40, 30, kind)
    put(tmp_path, {"a.bin": data})
    found = load(tmp_path, "a.bin")
    assert (found.data, found.media_type) == (data, media_type)
    assert (found.width, found.height) == (40, 30)


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "PPM"])
def test_another_raster_becomes_png(kind, tmp_path):
    put(tmp_path, {"a.x": picture(40, 30, kind)})
    found = load(tmp_path, "a.x")
    assert found.media_type == "image/png"
    assert Pillow.open(io.BytesIO(found.data)).size == (40, 30)


def test_resolution_makes_the_size(tmp_path):
    out = io.BytesIO()
    Pillow.new("RGB", (600, 300)).save(out, "PNG", dpi=(300, 300))
    put(tmp_path, {"a.png": out.getvalue()})
    assert load(tmp_path, "a.png").width == pytest.approx(192, abs=0.5)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ("width='20' height='10'", (20, 10)),
        ("width='1in' height='72pt'", (96, 96)),
        ("viewBox='0 0 30 40'", (30, 40)),
        ("width='100%' viewBox='0 0 30 40'", (30, 40)),
        ("", (300, 150)),
    ],
)
def test_an_svg_has_the_size_it_says(attributes, size, tmp_path):
    put(tmp_path, {"a.svg": SVG.format(attributes)})
    found = load(tmp_path, "a.svg")
    assert found.media_type == "image/svg+xml"
    assert (found.width, found.height) == pytest.approx(size)


def test_a_pdf_becomes_a_raster_of_its_size(tmp_path):
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(72, 36))
        pdf.save(tmp_path / "a.pdf")
    found = load(tmp_path, "a.pdf")
    assert (found.media_type, found.width, found.height) == ("image/png", 96, 48)


@pytest.mark.parametrize("target", ["a b.png", "a%20b.png", "a b", "a b.png?raw=true", "./x/../a b.png"])
def test_a_file_is_found_however_it_is_named(target, tmp_path):
    put(tmp_path, {"a b.png": picture(), "x/y": ""})
    assert load(tmp_path, target).width == 40


def test_a_picture_within_the_source_or_the_text(tmp_path):
    url = "data:image/png;base64," + base64.b64encode(picture(7, 7)).decode()
    assert load(tmp_path, url).width == 7
    assert load(tmp_path, "media/image1.png", {"media/image1.png": picture(8, 8)}).width == 8


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("none.png", "is not there"),
        ("https://example.org/a.png", "fetches nothing"),
        ("//example.org/a.png", "fetches nothing"),
        ("../outside.png", "outside"),
        ("link.png", "outside"),
        ("a.txt", "can't be read"),
        ("a.ps", "PostScript"),
        ("bad.svg", "not valid SVG"),
        ("other.xml", "not SVG"),
        ("half.png", "can't be read"),
        ("bad.pdf", "can't be read"),
        ("data:image/png;base64,!!!", "can't be read"),
        ("folder", "is not there"),
        ("a\0b.png", "is not there"),
        ("x" * 5000, "is not there"),
    ],
)
def test_what_cannot_be_had_is_refused_with_the_reason_and_a_remedy(target, said, tmp_path):
    work = tmp_path / "work"
    put(
        work,
        {
            "../outside.png": picture(),
            "a.txt": "no picture",
            "a.ps": "%!PS-Adobe-3.0",
            "bad.svg": "<svg><g></svg>",
            "other.xml": "<?xml version='1.0'?><html/>",
            "half.png": picture(400, 400)[:200],
            "bad.pdf": "%PDF-1.7\nx",
            "folder/a": "",
        },
    )
    (work / "link.png").symlink_to(tmp_path / "outside.png")
    assert said in refused(work, target)


def test_an_svg_reads_no_other_file(tmp_path):
    entity = f"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file://{tmp_path}/secret'>]>"
    put(
        tmp_path,
        {"secret": "SECRET", "a.svg": entity + SVG.format("").replace("<rect", "<text>&x;</text><rect")},
    )
    try:
        data = load(tmp_path, "a.svg").data
    except NoPicture:
        return
    assert b"SECRET" not in data


def test_a_missing_picture_is_an_error_with_its_line_and_a_visible_gap(tmp_path):
    document = resolved(tmp_path, "Text.\n\n![A cat](none.png)\n\nSee ![a dog](nowhere.png) here.\n")
    assert len(errors(document.findings)) == 2
    assert document.findings[0].where == "paper.md:3"
    assert items(document, "figure") == []
    assert any("picture missing: a dog" in text for text in texts(document))
    assert any("A cat" in text for text in texts(document))


def test_a_picture_beside_a_part_in_a_folder_is_found(tmp_path):
    put(tmp_path, {"sub/cat.png": picture()})
    document = resolved(tmp_path, "![A cat](sub/cat.png)\n\n![A cat](sub/dog.png)\n")
    assert [item.target for item in items(document, "figure")] == ["A cat"]
    assert "sub/dog.png" in only(document.findings, "images").message
