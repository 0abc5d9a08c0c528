"""A sentence that goes on below what stands apart in it is not indented as a paragraph."""

from __future__ import annotations

import docx
import pypdfium2
import pytest
from tests.helpers import exported, parsed

from paperbuild.dress import continued
from paperbuild.pandoc import ast

EQUATION = "$$ a = b $$"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"So\n\n{EQUATION}\n\nwhere it goes on.", ["where it goes on."]),
        (f"So\n\n{EQUATION}\n\nThis begins.", []),
        ("So\n\n> quoted\n\nand on.\n\nand no more.", ["and on."]),
        ("So\n\n```\ncode\n```\n\nétait là.\n\n- item\n\nи дальше.", ["était là.", "и дальше."]),
        ("A paragraph.\n\nsmall letters only.", []),
        ("# A heading\n\nsmall letters only.", []),
    ],
)
def test_a_small_letter_below_what_stands_apart_goes_on(tmp_path, text, wanted):
    blocks = continued.marked(parsed(tmp_path, text).blocks)
    assert [ast.plain(block).strip() for block in blocks if "continued" in ast.classes(block)] == wanted


def test_what_goes_on_begins_at_the_edge_in_both_formats(tmp_path):
    front = "---\ntitle: On sentences\nlang: en\npaperbuild:\n  layout: mla9\n---\n\n"
    text = f"{front}So it is said that\n\n{EQUATION}\n\nwhere it goes on.\n\nAnd so."
    result = exported(tmp_path, text, ["pdf", "docx"])
    assert result.report.ok
    page = pypdfium2.PdfDocument(result.data("pdf"))[0].get_textpage()
    words = page.get_text_range()
    left = {one: page.get_charbox(words.index(one))[0] for one in ("So it", "where", "And so")}
    assert left == pytest.approx({"So it": 108, "where": 72, "And so": 108}, abs=1)
    for paragraph in docx.Document(str(result.path("docx"))).paragraphs:
        if paragraph.text == "where it goes on.":
            assert paragraph.style is not None
            assert paragraph.style.name == "Continued Text"
            assert not paragraph.style.paragraph_format.first_line_indent
            return
    pytest.fail("the paragraph is not there")
