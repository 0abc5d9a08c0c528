"""The fonts that a PDF is drawn with, by the names of the fonts in it."""

from __future__ import annotations

import io
import os

import pikepdf
import pytest

from paperbuild.formats.pdf.families import family_lists
from paperbuild.formats.pdf.layout import laid_out
from paperbuild.formats.pdf.pictures import Pictures
from paperbuild.model import Image

STYLE = "body { font-family: 'EB Garamond', serif } h1 { font-family: 'Source Sans 3', sans-serif }"


def fonts(body, style=STYLE, lang="en", pictures=None):
    """The names of a page's fonts, without the six letters of a subset, and its findings."""
    data, findings = laid_out(
        f'<html lang="{lang}"><body>{body}</body></html>', style, pictures or Pictures({}, {})
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each]
        names = {str(each["/BaseFont"]).partition("+")[2].rstrip(",") for each in found}
    return names, [finding.message for finding in findings]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Latin ἀρχή слово</p>", {"EB-Garamond"}),
        ("<p><b>a</b><i>b</i></p>", {"EB-Garamond-Bold", "EB-Garamond-Italic"}),
        ("<p>שָׁלוֹם</p>", {"Noto-Serif-Hebrew"}),
        ("<p>العربية</p>", {"IBM-Plex-Sans-Arabic"}),
        ("<h1>العربية</h1>", {"IBM-Plex-Sans-Arabic-Bold"}),
        ("<p>汉字</p>", {"Noto-Serif-SC"}),
        ("<p lang='ja'>漢字かな</p>", {"Noto-Serif-JP"}),
        ("<p lang='zh-Hant'>漢字</p>", {"Noto-Serif-TC"}),
        ("<p lang='zh-TW'>漢字</p>", {"Noto-Serif-TC"}),
        ("<p lang='ko'>한국</p>", {"Noto-Serif-KR"}),
        ("<p><b>汉字</b></p>", {"Noto-Sans-SC-Bold"}),
        ("<h1 lang='ja'>漢字</h1>", {"Noto-Sans-JP-Bold"}),
        ("<p>∀∈</p>", {"STIX-Two-Math"}),
        ("<p>👍</p>", {"Noto-Emoji"}),
    ],
)
def test_each_script_is_set_in_the_family_for_it(body, expected):
    names, said = fonts(body)
    assert names - {"EB-Garamond", "Source-Sans-3-Bold"} == expected - {"EB-Garamond"}
    assert said == []


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("Arial", "Noto-Sans"),
        ("Helvetica, serif", "Noto-Sans"),
        ("DejaVu Sans, Arial", "DejaVu-Sans"),
        ("Courier New", "Source-Code-Pro"),
        ("Times", "Noto-Serif"),
        ("Unheard Of", "Noto-Serif"),
    ],
)
def test_a_drawing_gets_a_face_of_the_kind_that_it_names(family, expected):
    text = f'<text y="20" font-family="{family}">Axis</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">{text}</svg>'
    pictures = Pictures({"a.svg": Image(svg.encode(), "image/svg+xml", 90, 30)}, {})
    names, said = fonts(f'<img src="{pictures.picture("a.svg")}" alt="x"/>', pictures=pictures)
    assert names == {expected}
    assert said == []


def test_a_style_sheet_without_a_generic_family_falls_back_alike():
    names, _ = fonts("<p>a 汉</p>", "body { font-family: 'No Such Family' }")
    assert names == {"Noto-Serif", "Noto-Serif-SC"}


def test_a_font_of_the_machine_is_used_where_it_is_asked_for_or_needed():
    names, said = fonts("<p>a ܫ</p>", "body { font-family: 'Liberation Serif', serif }")
    assert names == {"Liberation-Serif", "Noto-Sans-Syriac"}
    assert len(said) == 2


def test_families_are_read_from_every_rule_the_bodys_first():
    style = """@page { @top-left { content: "font-family: None"; font-family: 'Head One', sans-serif } }
    /* font-family: Not */ p { font-family: Some  Words, "Quoted; Name", serif; color: red }
    body { font-family: Body } h1 { font-family: Body }"""
    assert family_lists(style) == (
        ("Body",),
        ("Head One", "sans-serif"),
        ("Some Words", "Quoted; Name", "serif"),
    )


def test_programs_that_are_started_later_have_the_users_own_fonts():
    before = dict(os.environ)
    fonts("<p>a 汉</p>")
    assert dict(os.environ) == before


def drawing(text):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">{text}</svg>'
    return Pictures({"plan.svg": Image(svg.encode(), "image/svg+xml", 90, 30)}, {})


def test_letters_in_drawings_are_counted_and_the_drawing_is_named():
    pictures = drawing('<text y="20">a <tspan>\u0378</tspan><title>\u0379</title></text>')
    _, said = fonts(f'<img src="{pictures.picture("plan.svg")}" alt="x"/>', pictures=pictures)
    (told,) = said
    assert "U+0378" in told
    assert "U+0379" not in told
    assert told.endswith("in the picture plan.svg")


def test_a_font_of_the_machine_is_lent_to_a_drawing():
    pictures = drawing('<text y="20">\u072b</text>')
    names, said = fonts(f'<img src="{pictures.picture("plan.svg")}" alt="x"/>', pictures=pictures)
    assert names == {"Noto-Sans-Syriac"}
    assert len(said) == 1


def test_a_drawing_that_the_page_does_not_show_is_not_counted():
    _, said = fonts("<p>a</p>", pictures=drawing('<text y="20">\u0378</text>'))
    assert said == []
