"""A title and its subtitle, with a colon between them where the style manual asks for one."""

from __future__ import annotations

from pathlib import Path

import docx
import pypdfium2
import pytest
from tests.helpers import exported, resolved

from paperbuild import layouts
from paperbuild.config import Options
from paperbuild.dress import front
from paperbuild.pandoc import ast

FRONT = "---\ntitle: {}\nsubtitle: A Field Guide\nlang: {}\n---\n\nText.\n"


def opened(folder: Path, title: str, layout: str, lang: str = "en") -> list[str]:
    """The lines of the title block, as a reader sees them, “¹” for a note's mark."""
    document = resolved(folder, FRONT.format(title, lang))
    blocks = front.opening(document, Options(), layouts.load(layout, folder))
    return [ast.plain(block, mark="¹").strip() for block in blocks][:2]


@pytest.mark.parametrize(
    ("title", "layout", "lang", "wanted"),
    [
        ("On Parts", "chicago", "en", "On Parts:"),
        ("On Parts", "apa7", "en", "On Parts:"),
        ("On Parts", "mla9", "de", "On Parts:"),
        ("On Parts", "article", "en", "On Parts"),
        ("On Parts", "handout", "en", "On Parts"),
        ("What Is a Part?", "chicago", "en", "What Is a Part?"),
        ("'On Parts:'", "chicago", "en", "On Parts:"),
        ("On Parts^[A note.]", "chicago", "en", "On Parts:¹"),
        ("'*On Parts*'", "mla9", "en", "On Parts:"),
        ("Des parties", "mla9", "fr", "Des parties\u00a0:"),
        ("零件", "mla9", "zh", "零件："),
    ],
)
def test_a_colon_stands_between_title_and_subtitle(tmp_path, title, layout, lang, wanted):
    assert opened(tmp_path, title, layout, lang) == [wanted, "A Field Guide"]


def test_a_title_alone_has_no_colon(tmp_path):
    document = resolved(tmp_path, "---\ntitle: On Parts\n---\n\nText.\n")
    (title, *_) = front.opening(document, Options(), layouts.load("chicago", tmp_path))
    assert ast.plain(title).strip() == "On Parts"


def test_the_title_over_the_text_has_its_subtitle_in_both_formats(tmp_path):
    text = FRONT.format("On Parts^[A note.]", "en").replace("---\n\n", "paperbuild:\n  layout: apa7\n---\n\n")
    result = exported(tmp_path, text, ["pdf", "docx"])
    assert result.report.ok
    document = pypdfium2.PdfDocument(result.data("pdf"))
    assert "On Parts: A Field Guide" in document[len(document) - 1].get_textpage().get_text_range()
    words = [one.text for one in docx.Document(str(result.path("docx"))).paragraphs]
    assert "On Parts: A Field Guide" in words
