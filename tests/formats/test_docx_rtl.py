"""Word documents that run from right to left: what stands at which side of the page."""

from __future__ import annotations

from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.helpers import errors, export, manuscript
from tests.word.validators import audited

from paperbuild import layouts
from paperbuild.pipeline import Job

TEXT = """---
title: {title}
lang: {lang}
dir: rtl
toc: true
---

# {title}

{words}[^1]

- {words}
    1. {words}

> {words}

| {words}
| {words}

***

| {title} | {title} | {title} |
|:-----|-----:|:----:|
| 1    | 2    | 3    |

: {words}

::: note
{words}

- {words}
:::

```python
x = 1
```

[^1]: {words}
"""
WORDS = {
    "he": ("מבוא", "זוהי פסקה בעברית עם המילה manuscript והמספר 36."),
    "ar": ("مقدمة", "هذه فقرة بالعربية فيها كلمة manuscript والعدد 36."),
}
LAYOUTS = ("article", "apa7", "handout", "handout+cornell", "two-column")


def made(folder, layout, lang="he"):
    title, words = WORDS[lang]
    path = manuscript(folder, TEXT.format(title=title, lang=lang, words=words))
    return export(Job(path, formats=("docx",), layout=layout, out=folder / "dist"))


def opened(path) -> Any:
    return docx.Document(str(path))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("lang", WORDS)
def test_everything_runs_from_right_to_left(tmp_path, layout, lang):
    done = made(tmp_path, layout, lang)
    assert errors(done.report.findings) == []
    assert audited(done.path("docx")) == []
    document = opened(done.path("docx"))
    assert all(section._sectPr.find(qn("w:bidi")) is not None for section in document.sections)
    assert all(one._tbl.tblPr.find(qn("w:bidiVisual")) is not None for one in document.tables)
    code = [one for one in document.paragraphs if one.style.name == "Source Code"]
    assert [one._p.pPr.find(qn("w:bidi")).get(qn("w:val")) for one in code] == ["0"]
    default = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}")
    assert default.find(qn("w:bidi")) is not None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_margins_are_the_other_way_round(tmp_path, layout):
    margin = layouts.load(layout, tmp_path).page.margin
    for section in opened(made(tmp_path, layout).path("docx")).sections:
        assert section.right_margin.mm == pytest.approx(margin.left, abs=0.1)
        assert section.left_margin.mm == pytest.approx(margin.right, abs=0.1)


def test_the_column_for_cues_stands_on_the_right(tmp_path):
    section = opened(made(tmp_path, "handout+cornell").path("docx")).sections[0]
    assert section.right_margin > 3 * section.left_margin
    (edge,) = section._sectPr.find(qn("w:pgBorders"))
    assert edge.tag == qn("w:right")


def test_the_bar_of_a_box_stands_on_the_right(tmp_path):
    style = opened(made(tmp_path, "article").path("docx")).styles["Callout"]
    shade, edge = style.element.pPr.find(qn("w:pBdr"))
    assert shade.tag == qn("w:left")
    assert edge.tag == qn("w:right")


def test_left_and_right_of_a_cell_are_those_of_the_page(tmp_path):
    """Word calls left the side where lines begin, which is the right one here."""
    row = opened(made(tmp_path, "article").path("docx")).tables[0].rows[1]
    sides = [cell.paragraphs[0]._p.pPr.find(qn("w:jc")).get(qn("w:val")) for cell in row.cells]
    assert sides == ["right", "left", "center"]


@pytest.mark.parametrize(("layout", "wanted"), [("handout+legible", 0), ("article", None)])
def test_no_space_tears_letters_that_are_joined(tmp_path, layout, wanted):
    text = "Text [\u0643\u062a\u0627\u0628]{lang=ar dir=rtl} and [\u05e1\u05e4\u05e8]{lang=he dir=rtl}.\n"
    job = Job(manuscript(tmp_path, text), formats=("docx",), layout=layout, out=tmp_path / "dist")
    path = export(job).path("docx")
    spaces = {
        run.text: None if run._r.rPr is None else run._r.rPr.find(qn("w:spacing"))
        for run in opened(path).paragraphs[-1].runs
    }
    found = spaces.pop("\u0643\u062a\u0627\u0628")
    assert (None if found is None else int(found.get(qn("w:val")))) == wanted
    assert set(spaces.values()) == {None}
    assert audited(path) == []
