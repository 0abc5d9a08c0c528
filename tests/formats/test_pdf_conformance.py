"""Every PDF is PDF/A-3a and PDF/UA-1, and tells a screen reader what the page tells eyes."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import page
import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from tests.helpers import errors, exported, picture

from paperbuild.formats.pdf.archive import About, archived

PAPER = """\
---
title: Signs
author: [Ana Silva, Bo Li]
keywords: [one, two]
lang: en
bibliography: refs.bib
toc: true
---

## Starts at two

A citation [@kelsen1957], a note,[^1] and $x^2$. One speaks [un peu de français]{lang=fr} here. A link to
[**bold *words* with `code`** that goes on over the end of its line, and then over the next](https://example.org/x).

[^1]: The note has

    - a list
    - and [a *link* in it](#four)

    and a second paragraph.

#### Jumps to four {#four}

# One

### Three

1. first

   > a quotation in a list's member

   - a list in it

     of two paragraphs

2. second

a. letters

- [ ] a task

Term
: what it means

![](cat.png)

![Ink](ink.jpg)

|   | Count |
|:--|------:|
| x | 1     |

: Numbers {#tbl:n}

|  |  |
|--|--|
| no | head |

![Seen through](glass.png) in the line, and at [![its place](cat.png){width=20}](https://example.org/cat).
"""

KNOWN = frozenset({"PDFA3A-STREAM-LENGTH-001"})
"""page 0.11 takes a carriage return that is a stream's last byte for part of the line's end after it."""


def _bytes(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


FILES = {
    "cat.png": picture(),
    "ink.jpg": _bytes(Image.new("CMYK", (40, 30), (200, 10, 10, 0)), "JPEG"),
    "glass.png": _bytes(Image.new("RGBA", (40, 30), (200, 10, 10, 99)), "PNG"),
}


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    return exported(tmp_path_factory.mktemp("paper"), PAPER, ["pdf"], "apa", FILES)


@pytest.fixture(scope="module")
def opened(export):
    with pikepdf.open(io.BytesIO(export.data("pdf"))) as pdf:
        yield pdf


def broken(data, profile):
    """The rules that the file breaks, by page's reckoning."""
    failures = page.validate_pdf_bytes(data, profile=profile).failures
    return {failure.rule_id: failure.message for failure in failures if failure.rule_id not in KNOWN}


def elements(pdf, *types):
    """The structure elements of these types, as they are read."""

    def under(element):
        for kid in listed(element.get("/K")):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from under(kid)

    return [element for element in under(pdf.Root.StructTreeRoot) if element.S in types]


def listed(thing):
    return [] if thing is None else list(thing) if isinstance(thing, pikepdf.Array) else [thing]


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_paper_with_everything_breaks_no_rule(export, profile):
    assert broken(export.data("pdf"), profile) == {}


def test_everything_promised_is_still_read_back(export):
    assert errors(export.report.findings) == []


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_bare_text_breaks_no_rule(tmp_path, profile):
    assert broken(exported(tmp_path, "Text without anything.\n", ["pdf"]).data("pdf"), profile) == {}


@pytest.mark.parametrize(
    ("harm", "profile"),
    [
        (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "3a"),
        (lambda pdf: elements(pdf, "/Figure")[0].__delitem__("/Alt"), "ua1"),
        (lambda pdf: setattr(elements(pdf, "/Link")[0], "S", pikepdf.Name.Span), "ua1"),
        (lambda pdf: pdf.Root.StructTreeRoot.__delitem__("/RoleMap"), "ua1"),
    ],
    ids=["colour", "alternative text", "link", "roles"],
)
def test_the_judge_sees_what_is_wrong(export, harm, profile):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(export.data("pdf"))) as pdf:
        harm(pdf)
        pdf.save(out)
    assert broken(out.getvalue(), profile)


def test_the_metadata_names_both_standards_title_and_each_author(opened):
    with opened.open_metadata() as xmp:
        assert xmp.pdfa_status == "3A"
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert xmp["dc:title"] == "Signs"
        assert xmp["dc:creator"] == ["Ana Silva", "Bo Li"]
    assert opened.Root.Lang == "en"
    assert opened.Root.ViewerPreferences.DisplayDocTitle is True


def test_the_same_paper_gives_the_same_bytes(export, tmp_path):
    again = exported(tmp_path, PAPER, ["pdf"], "apa", FILES)
    assert again.data("pdf") == export.data("pdf")


def test_a_foreign_word_keeps_its_language(opened):
    assert [str(one.Lang) for one in elements(opened, "/Span", "/NonStruct") if "/Lang" in one] == ["fr"]


def test_a_note_is_a_note_and_its_mark_a_reference(opened):
    (note,) = elements(opened, "/Note")
    leaf = opened.Root.StructTreeRoot.IDTree.Kids[0]
    assert next(iter(leaf.Names)) == note.ID
    back = next(one for one in elements(opened, "/Link") if one.K[0].Obj.get("/Dest") == "fnref-1")
    assert back.P.S == "/Lbl"
    marks = [one for one in elements(opened, "/Reference") if one.P.S == "/P"]
    assert [str(mark.K[0].K[0].Obj.Dest) for mark in marks] == ["fn-1"]


def test_the_contents_list_is_one(opened):
    (contents,) = elements(opened, "/TOC")
    assert [str(entry.S) for entry in contents.K] == ["/TOCI"] * 4


def test_no_level_of_headings_is_left_out_and_each_keeps_its_own_name(opened):
    names = [f"/H{level}" for level in range(1, 7)] + ["/Heading2", "/Heading3", "/Heading4"]
    found = [str(one.S) for one in elements(opened, *names)]
    roles = {name: str(role) for name, role in opened.Root.StructTreeRoot.RoleMap.items()}
    assert found[:4] == ["/Heading2", "/Heading4", "/H1", "/Heading3"]
    assert [roles.get(name, name) for name in found[:4]] == ["/H1", "/H2", "/H1", "/H2"]


def test_lists_say_how_they_are_numbered(opened):
    numberings = [str(one.A.ListNumbering) for one in elements(opened, "/L")]
    assert {"/Decimal", "/LowerAlpha", "/Disc"} <= set(numberings)
    for item in elements(opened, "/LI"):
        assert [str(kid.S) for kid in item.K] in (["/Lbl", "/LBody"], ["/LBody"])


def test_a_table_s_heads_say_what_they_head(opened):
    assert {str(one.A.Scope) for one in elements(opened, "/TH")} == {"/Column"}


def test_each_link_can_be_clicked_and_says_where_it_leads(opened):
    for link in elements(opened, "/Link"):
        assert any(isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid for kid in link.K)
    said = {str(one.get("/Dest", "")): str(one.Contents) for paper in opened.pages for one in paper.Annots}
    assert said["four"] == "Jumps to four"
    assert said["fn-1"].startswith("1 The note has a list")
    assert said["ref-kelsen1957"].startswith("Kelsen")


def test_a_link_over_two_lines_has_no_annotations_over_one_another(opened):
    for paper in opened.pages:
        seen = [(str(one.get("/Dest", one.get("/A"))), str(list(one.Rect))) for one in paper.Annots]
        assert len(seen) == len(set(seen))
    parts = [one for paper in opened.pages for one in paper.Annots if "example.org/x" in str(one.get("/A"))]
    assert len(parts) == 2


def test_a_picture_without_a_description_has_a_word_and_is_told(export, opened):
    assert "Figure" in {str(one.Alt) for one in elements(opened, "/Figure")}
    assert [one.message for one in export.report.findings if "no alternative text" in one.message]


def test_a_figure_s_frame_is_on_its_page_where_the_picture_is(opened):
    figure = next(one for one in elements(opened, "/Figure") if str(one.Alt) == "Ink")
    left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
    box = [float(edge) for edge in figure.Pg.MediaBox]
    assert box[0] < left < right < box[2]
    assert box[1] < bottom < top < box[3]
    assert (right - left) / (top - bottom) == pytest.approx(4 / 3, rel=0.01)


def test_a_picture_of_inks_is_one_of_lights(opened):
    streams = [one for one in opened.objects if isinstance(one, pikepdf.Stream)]
    spaces = {str(one.ColorSpace) for one in streams if one.get("/Subtype") == "/Image"}
    assert spaces == {"/DeviceRGB", "/DeviceGray"}


def test_a_file_may_say_when_it_was_made(export):
    made = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
    data, _ = archived(export.data("pdf"), About("Signs", lang="en", made=made))
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as xmp:
        assert xmp["xmp:CreateDate"] == "2024-05-01T12:00:00+00:00"
        assert pdf.docinfo["/CreationDate"] == "D:20240501120000+00'00'"
    assert broken(data, "3a") == {}


def claimed(tmp_path, text):
    """What a file with this text says of itself, its bytes, and the warnings about it."""
    export = exported(tmp_path, f"---\ntitle: Claims\nlang: en\n---\n\n{text}\n", ["pdf"])
    data = export.data("pdf")
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as xmp:
        said = xmp.pdfa_status, xmp.get("{http://www.aiim.org/pdfua/ns/id/}part", "")
    warnings = [one for one in export.report.findings if one.severity == "warning"]
    return said, data, [one.message for one in warnings if "claim" in one.message]


def test_a_file_with_an_empty_box_for_a_letter_claims_nothing(tmp_path):
    said, _, (told,) = claimed(tmp_path, "No font has \U0001f1e6\U000106ff here: \u0378.")
    assert said == ("", "")
    assert "U+0378" in told


def test_a_file_with_a_letter_of_private_use_claims_what_it_can(tmp_path):
    said, data, (told,) = claimed(tmp_path, "A sign of the font's own: \ue001.")
    assert said == ("3U", "1")
    assert "U+E001" in told
    assert broken(data, "3u") == broken(data, "ua1") == {}


def test_a_file_with_letters_alone_claims_all(tmp_path):
    said, _, told = claimed(tmp_path, "Letters of Unicode: a \u05d0.")
    assert said == ("3A", "1")
    assert told == []


def test_chinese_characters_have_the_numbers_that_the_font_knows_them_by(tmp_path):
    """A code on the page is a CID; what a strict viewer draws is what the font's charset has for it."""
    export = exported(tmp_path, "---\ntitle: T\nlang: zh\n---\n\n书已经翻开，但纸页仍是空白。\n", ["pdf"])
    with pikepdf.open(io.BytesIO(export.data("pdf"))) as pdf:
        files = [each["/FontFile3"] for each in pdf.objects if "/FontFile3" in _entries(each)]
        fonts = [
            TTFont(io.BytesIO(each.read_bytes())) for each in files if each.get("/Subtype") == "/OpenType"
        ]
    charsets = [font["CFF "].cff.topDictIndex[0].charset for font in fonts]
    assert charsets
    for charset in charsets:
        assert charset[1:] == [f"cid{place:05d}" for place in range(1, len(charset))]


def _entries(each):
    return each if isinstance(each, pikepdf.Dictionary) else {}
