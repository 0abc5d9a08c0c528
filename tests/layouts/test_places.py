"""“p. 783” is not divided at a line's end, in both formats, and reads as before."""

from __future__ import annotations

import io

import docx
import pypdfium2
import pytest
from tests.helpers import exported, resolved

from paperbuild.dress import places
from paperbuild.pandoc import ast

SOURCES = """[{"id": "kelsen", "type": "article-journal", "title": "On security", "volume": "42",
 "issue": "4", "page": "783-796",
 "author": [{"family": "Kelsen", "given": "Hans"}], "issued": {"date-parts": [[1948]]},
 "container-title": "Journal of Law"}]"""
FRONT = "---\ntitle: On places\nlang: {}\nbibliography: sources.json\n---\n\n"


def shown(folder, text, style="apa", lang="en"):
    """The text of the paper's blocks, “_” for a no-break space."""
    document = resolved(folder, FRONT.format(lang) + text, style, {"sources.json": SOURCES})
    return ast.plain(places.bound(document.blocks)).replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("text", "style", "lang", "wanted"),
    [
        ("So [@kelsen, p. 7].", "apa", "en", "(Kelsen, 1948, p._7)"),
        ("So [@kelsen, pp. 7-9].", "apa", "en", "(Kelsen, 1948, pp._7–9)"),
        ("So [@kelsen, chap. 3].", "apa", "en", "Chapter_3)"),
        ("So [@kelsen, S. 7].", "apa", "de", "S._7)"),
        ("So @kelsen [p. 7] says.", "apa", "en", "Kelsen (1948, p._7) says."),
        ("So [@kelsen].", "apa", "en", "(Kelsen, 1948)"),
        ("On line 7 it [@kelsen, 7] is.", "apa", "en", "On line 7 it (Kelsen, 1948, p._7) is."),
        ("So.[@kelsen, 7]", "chicago-notes-bibliography", "en", "no._4 (1948)"),
    ],
)
def test_a_label_stays_with_its_number(tmp_path, text, style, lang, wanted):
    said = shown(tmp_path, text, style, lang)
    assert wanted in said


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Smith et al. 2018", "Smith et al. 2018"),
        ("Adler, J. 1982", "Adler, J. 1982"),
        ("see p. xiv", "see p._xiv"),
        ("see §§ 3 and 5", "see §§_3 and 5"),
        ("see p. vast", "see p. vast"),
    ],
)
def test_no_other_words_are_bound(words, wanted):
    cite = {"t": "Cite", "c": [[], ast.text(words)]}
    assert ast.plain(places.bound([ast.para([cite])])).strip().replace("\u00a0", "_") == wanted


def test_both_formats_keep_them_together_and_a_reader_is_given_a_space(tmp_path):
    text = FRONT.format("en") + "So [@kelsen, p. 7].\n"
    result = exported(tmp_path, text, ["pdf", "docx"], "apa", {"sources.json": SOURCES})
    assert result.report.ok
    said = pypdfium2.PdfDocument(result.data("pdf"))[0].get_textpage().get_text_range()
    assert "(Kelsen, 1948, p. 7)" in said
    words = [one.text for one in docx.Document(io.BytesIO(result.data("docx"))).paragraphs]
    assert "So (Kelsen, 1948, p.\u00a07)." in words
