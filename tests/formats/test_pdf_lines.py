"""Line numbers in the PDF: beside the lines that count, and no part of the text."""

from __future__ import annotations

import io
import re

import docx
import pikepdf
import pypdfium2
import pytest
from page import validate_pdf_bytes
from tests.helpers import errors, export, manuscript, picture

from paperbuild.formats import registry
from paperbuild.pipeline import Job

WORDS = "Courts read treaties as they read statutes, and now and then as they read poems. "
PAPER = f"""\
---
title: A title that is long enough for two lines of a page, since it names all that it is about and more
author: Ana Silva
abstract: The abstract is counted.
lang: en
toc: true
bibliography: refs.bib
---

# First part

{WORDS * 3}^[{WORDS * 3}]

> {WORDS * 2}

- one
- two

| Name | Count |
|:-----|------:|
| one  | 1     |

: Numbers {{#tbl:n}}

![A cat](cat.png){{#fig:cat width=30%}}

$$ e = mc^2 $$ {{#eq:e}}

```python
def f():

    return 1
```

Term
:   Its definition

The last paragraph, with [@kelsen1957].
"""
FOOTER = 780
"""Points from the upper edge to what is no text any more."""
COUNTED = (
    "The abstract is counted.",
    "First part",
    "Courts read treaties",
    "one",
    "(1)",
    "def",
    "return1",
    "Term",
    "Its definition",
    "The last paragraph",
    "References",
    "Kelsen",
)
UNCOUNTED = ("A title that", "Ana Silva", "Contents", "Numbers", "Name", "A cat")


def made(folder, text, layout, formats=("pdf",)):
    """The text exported in a layout."""
    path = manuscript(folder, text, {"cat.png": picture()})
    return export(Job(path, formats=formats, style="apa", layout=layout, out=folder / "dist"))


def stand(data, page_number):
    """The texts on a page from above: baseline, left and right edge, words."""
    document = pypdfium2.PdfDocument(data)
    page = document[page_number]
    text = page.get_textpage()
    pieces = []
    for each in page.get_objects(filter=[1], textpage=text):
        left, _, right, _ = each.get_bounds()
        matrix = each.get_matrix()
        pieces.append((round(page.get_height() - matrix.f, 1), left, right, each.extract().strip()))
    return sorted(piece for piece in pieces if piece[3])


def margin(data, page_number, edge, width=30.0):
    """The numbers within ``width`` points before the left edge of a column: number and baseline."""
    return [
        (int(words), baseline)
        for baseline, left, right, words in stand(data, page_number)
        if re.fullmatch(r"\d+", words) and edge - width < left and right < edge and baseline < FOOTER
    ]


def operations(page):
    """A page's painting: operands and operator of each."""
    return [(each.operands, each.operator) for each in pikepdf.parse_content_stream(page)]


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    return made(tmp_path_factory.mktemp("reviewed"), PAPER, "manuscript", ("pdf", "docx"))


def test_numbers_are_no_part_of_what_is_read(reviewed):
    assert errors(reviewed.report.findings) == []
    texts = [item.text for item in reviewed.observed("pdf").items]
    assert not any(re.fullmatch(r"\d+", text) for text in texts if text)
    assert not any(re.match(r"\d+ ?(?:First|Courts|The)", text) for text in texts)


def test_numbers_go_on_through_the_paper_and_miss_none(reviewed):
    data, left = reviewed.data("pdf"), 30 / 25.4 * 72
    pages = len(pypdfium2.PdfDocument(data))
    numbers = [number for page in range(pages) for number, _ in margin(data, page, left)]
    assert pages > 1
    assert numbers == list(range(1, len(numbers) + 1))


def test_each_number_stands_on_the_baseline_of_its_line(reviewed):
    data, left = reviewed.data("pdf"), 30 / 25.4 * 72
    numbered, bare = "", ""
    for page in range(len(pypdfium2.PdfDocument(data))):
        baselines = [baseline for _, baseline in margin(data, page, left)]
        for baseline, edge, _, words in stand(data, page):
            beside = any(abs(baseline - one) < 1.5 for one in baselines)
            if edge > left - 1:
                numbered, bare = numbered + words * beside, bare + words * (not beside)
    for words in COUNTED:
        assert words in numbered
    for words in UNCOUNTED:
        assert words in bare
        assert words not in numbered
    assert WORDS[:20] in bare  # the note


def test_an_empty_line_of_code_is_a_line(reviewed):
    data, left = reviewed.data("pdf"), 30 / 25.4 * 72
    for page in range(len(pypdfium2.PdfDocument(data))):
        lines = stand(data, page)
        first, last = (
            [b for b, _, _, words in lines if words.startswith(start)] for start in ("def", "return")
        )
        if first:
            between = [b for _, b in margin(data, page, left) if first[0] - 1 < b < last[0] + 1]
            assert len(between) == 3


def test_numbers_are_artifacts_in_an_embedded_font(reviewed):
    with pikepdf.open(io.BytesIO(reviewed.data("pdf"))) as pdf:
        inside, shown = [], 0
        for operands, operator in operations(pdf.pages[0]):
            if str(operator) in {"BMC", "BDC"}:
                inside.append(str(operands[0]))
            elif str(operator) == "EMC":
                inside.pop()
            elif str(operator) == "TJ":
                assert inside
                shown += inside == ["/Artifact"]
                assert "/Artifact" not in inside[1:], "an artifact within marked content"
    assert shown >= len(margin(reviewed.data("pdf"), 0, 30 / 25.4 * 72)) > 5
    assert not [f for f in reviewed.report.findings if "not embedded" in f.message]


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_numbered_paper_breaks_no_rule_of_archives(reviewed, profile):
    failures = validate_pdf_bytes(reviewed.data("pdf"), profile=profile).failures
    # page 0.11 takes a carriage return that ends a stream for part of the line's end after it
    assert {each.rule_id for each in failures} <= {"PDFA3A-STREAM-LENGTH-001"}


def test_every_fifth_line_anew_on_each_page_beside_each_column(tmp_path):
    long = "---\ntitle: On columns\nlang: en\n---\n\n" + "\n\n".join([WORDS * 9] * 22)
    data = made(tmp_path, long, "two-column+line-numbers").data("pdf")
    column = (210 - 36 - 7) / 2
    first, second = (edge / 25.4 * 72 for edge in (18, 18 + column + 7))
    assert len(pypdfium2.PdfDocument(data)) > 1
    for page in range(2):
        numbers = [n for edge in (first, second) for n, _ in margin(data, page, edge, 19.5)]
        assert numbers == list(range(5, 5 * len(numbers) + 1, 5))
        assert next(n for n, _ in margin(data, page, second, 19.5)) > 40
        between = [
            words
            for baseline, left, right, words in stand(data, page)
            if baseline > 110 and right > first + column / 25.4 * 72 + 1 and left < second - 20
        ]
        assert between == []


def test_numbers_stand_on_the_right_of_a_text_from_right_to_left(tmp_path):
    text = "---\ntitle: כותרת\nlang: he\n---\n\n" + "\n\n".join(
        ["הטקסט העברי נקרא מימין לשמאל, שורה אחר שורה. " * 6] * 3
    )
    result = made(tmp_path, text, "manuscript")
    right = (210 - 30) / 25.4 * 72  # the wider margin, which is on the left in other papers
    found = [(left, words) for _, left, _, words in stand(result.data("pdf"), 0) if left > right]
    assert [int(words) for _, words in found] == list(range(1, len(found) + 1))
    assert len(found) > 5
    assert all(abs(left - right - 14) < 1 for left, _ in found)
    assert errors(result.report.findings) == []


def test_word_leaves_out_the_same_paragraphs(reviewed):
    word = docx.Document(io.BytesIO(reviewed.data("docx")))
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}suppressLineNumbers"

    def is_counted(paragraph):
        chain, style = [paragraph._p.pPr], paragraph.style
        while style is not None:
            chain.append(style.element.pPr)
            style = style.base_style
        return not any(each is not None and each.find(tag) is not None for each in chain)

    body = [paragraph for paragraph in word.paragraphs if paragraph.text.strip()]
    for words in (
        "The abstract",
        "First part",
        "Courts",
        "one",
        "def f",
        "Term",
        "Its def",
        "The last",
        "References",
        "Kelsen",
    ):
        assert all(is_counted(p) for p in body if p.text.startswith(words)), words
    for words in ("A title", "Ana Silva", "Table 1", "Figure 1"):
        assert not any(is_counted(p) for p in body if p.text.startswith(words)), words


def test_a_number_that_hides_text_is_told(reviewed):
    """As if the numbers had been put a line's width further in."""
    with pikepdf.open(io.BytesIO(reviewed.data("pdf"))) as pdf:
        page = pdf.pages[0]
        moved = []
        for operands, operator in operations(page):
            if str(operator) == "Tm" and float(operands[4]) < 30 / 25.4 * 96:
                moved.append(([*operands[:4], float(operands[4]) + 40, operands[5]], operator))
            else:
                moved.append((operands, operator))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(moved))
        out = io.BytesIO()
        pdf.save(out)
    found = registry.get("pdf").read(out.getvalue()).findings
    assert any("is printed over “The abstract" in finding.message for finding in found)
