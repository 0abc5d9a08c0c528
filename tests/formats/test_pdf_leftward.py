"""A paper that is read from right to left: what stands on the left in others stands on the right there."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from tests.helpers import errors, export, manuscript

from paperbuild.formats.pdf.mirror import mirrored
from paperbuild.pipeline import Job

PAPER = """\
---
title: על קריאת אמנות
author: [דנה כהן, Ana Silva]
lang: he
bibliography: refs.bib
---

# מבוא

בתי המשפט קוראים אמנות כפי שהם קוראים חוקים, ומפעם לפעם הם קוראים אותן כשירים. המשפט הבא ארוך דיו כדי שהפסקה
תמשיך לשורה שנייה, ואולי גם לשורה שלישית, כפי שקורה לעתים קרובות (בסוגריים), ראו @eco2015.[^1]

[^1]: הערה

> ציטוט ארוך שנמשך על פני כמה שורות כדי לראות את השוליים משני הצדדים, וגם את הסימן שלצדו אם יש כזה בכלל.

| שם | מספר |
|----|------|
| אלף | 1 |

: כותרת הטבלה
"""


def made(folder, layout, text=PAPER):
    return export(Job(manuscript(folder, text), formats=("pdf",), layout=layout, out=folder / "dist"))


def box(page, word):
    """Left and right of a word."""
    text = page.get_textpage()
    found = text.search(word).get_next()
    boxes = [text.get_charbox(found[0] + n) for n in range(found[1])]
    return min(one[0] for one in boxes), max(one[2] for one in boxes)


@pytest.mark.parametrize("layout", ["article", "apa7", "two-column", "handout+cornell"])
def test_everything_promised_is_found(tmp_path, layout):
    assert errors(made(tmp_path, layout).report.findings) == []


def test_the_file_says_so(tmp_path):
    with pikepdf.open(io.BytesIO(made(tmp_path, "article").data("pdf"))) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"


def test_others_do_not(tmp_path):
    with pikepdf.open(io.BytesIO(made(tmp_path, "article", "Text.\n").data("pdf"))) as pdf:
        assert "/Direction" not in pdf.Root.ViewerPreferences


def test_lines_that_are_justified_reach_from_margin_to_margin(tmp_path):
    page = pypdfium2.PdfDocument(made(tmp_path, "article").data("pdf"))[0]
    assert box(page, "בתי")[1] == pytest.approx(box(page, "מבוא")[1], abs=1.5)


def test_the_column_for_cues_stands_on_the_right(tmp_path):
    page = pypdfium2.PdfDocument(made(tmp_path, "handout+cornell").data("pdf"))[0]
    assert page.get_width() - box(page, "מבוא")[1] > 60 / 25.4 * 72


def test_a_quotation_is_indented_on_the_right(tmp_path):
    page = pypdfium2.PdfDocument(made(tmp_path, "apa7").data("pdf"))[1]
    quoted, table = box(page, "ציטוט"), box(page, "אלף")
    assert table[1] - quoted[1] > 20


def test_a_caption_stands_above_its_table(tmp_path):
    page = pypdfium2.PdfDocument(made(tmp_path, "article").data("pdf"))[0]
    assert sum(box(page, "כותרת")) / 2 == pytest.approx(page.get_width() / 2, abs=60)


def test_an_entry_in_latin_letters_hangs_on_the_left(tmp_path):
    pages = pypdfium2.PdfDocument(made(tmp_path, "apa7").data("pdf"))
    page = pages[len(pages) - 1]
    assert box(page, "Eco")[0] == pytest.approx(72, abs=1.5)


def test_an_entry_in_hebrew_hangs_on_the_right(tmp_path):
    title = "ספר ארוך מאוד על קריאת אמנות בבתי המשפט של ארצות רבות ועל פירושן לאורך הדורות והזמנים"
    bib = f"@book{{levi2020, title={{{title}}}, author={{לוי, משה}}, year={{2020}}, langid={{hebrew}}}}"
    text = "---\ntitle: כותרת\nlang: he\nbibliography: he.bib\n---\n\nטקסט [@levi2020].\n"
    path = manuscript(tmp_path, text, {"he.bib": bib})
    result = export(Job(path, formats=("pdf",), layout="apa7", out=tmp_path / "dist"))
    pages = pypdfium2.PdfDocument(result.data("pdf"))
    page = pages[len(pages) - 1]
    assert box(page, "משה")[1] > box(page, "לאורך")[1]
    assert errors(result.report.findings) == []


def test_a_style_sheet_is_mirrored_but_for_strings_and_what_is_for_such_text_alone():
    style = '@left-middle { content: "left"; margin: 1pt 2pt 3pt 4pt; padding-left: 1mm; text-align: right }'
    other = '@right-middle { content: "left"; margin: 1pt 4pt 3pt 2pt; padding-right: 1mm; text-align: left }'
    kept = "[dir=rtl] p { margin-left: 0 }"
    assert mirrored(style) == other
    assert mirrored(kept) == kept
