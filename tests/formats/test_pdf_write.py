"""The PDF as a file: it says what the manuscript says, to eyes and to machines, and nothing else."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.helpers import CITING, errors, exported, picture

from paperbuild import pipeline
from paperbuild.formats.pdf.pictures import Pictures

PROJECT = Path(__file__).parent.parent.parent

PAPER = """\
---
title: On <b>Signs</b> & "Things"
author: [Ana Silva, Bo Li]
lang: en-GB
date: 2024-05-01
abstract: The abstract says so.
keywords: [one, two]
bibliography: refs.bib
toc: true
thanks: Thanks to all.
---

# First part {#first}

A paragraph with a citation [@kelsen1957], a note,^[The note says this, see [@eco2015].] and $x^2$ within.

![A cat](cat.png){#fig:cat alt="It sleeps" width=50%}

| Name | Count |
|:-----|------:|
| one  | 1     |

: Numbers {#tbl:n}

$$ e = mc^2 $$ {#eq:e}

## Second part

As @fig:cat, @tbl:n and @eq:e show. [There](https://example.org/x).

```python
def f(x):
    return x
```

- one
    1. two
"""


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    return exported(tmp_path_factory.mktemp("paper"), PAPER, ["pdf"], "apa", {"cat.png": picture()})


@pytest.fixture(scope="module")
def opened(export):
    with pikepdf.open(io.BytesIO(export.data("pdf"))) as pdf:
        yield pdf


def elements(pdf):
    """The structure elements by type, in no order."""
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"]


def test_everything_promised_is_found(export):
    assert errors(export.report.findings) == []
    assert all(line.promised == line.found for line in export.report.comparisons)
    assert {line.kind for line in export.report.comparisons if line.promised} >= {
        "section", "paragraph", "citation", "reference", "note", "table", "figure", "equation", "code", "link"
    }  # fmt: skip


def test_what_the_file_says_of_itself(opened):
    assert opened.Root.Lang == "en-GB"
    assert opened.Root.MarkInfo.Marked
    info = {str(key): str(value) for key, value in opened.docinfo.items()}
    assert info["/Author"] == "Ana Silva, Bo Li"
    assert info["/Keywords"] == "one, two"
    assert "Signs" in info["/Title"]
    assert "<b>" not in info["/Title"]


def test_bookmarks_are_the_sections(opened):
    with opened.open_outline() as outline:
        first, references = outline.root
        assert [first.title, *(child.title for child in first.children), references.title] == [
            "First part",
            "Second part",
            "References",
        ]


def test_pictures_and_equations_are_described(opened):
    described = {str(e.S): str(e.Alt) for e in elements(opened) if "/Alt" in e}
    assert described["/Figure"] == "It sleeps"
    assert {str(e.Alt) for e in elements(opened) if e.S == "/Formula"} == {"x^2", "e = mc^2"}
    assert "\ue000" not in "".join(described.values())


def test_structure_has_the_kinds_that_a_screen_reader_needs(opened):
    kinds = {str(element.S) for element in elements(opened)}
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/L", "/LI", "/Link", "/Figure", "/Formula"} <= kinds


def test_fonts_are_embedded_and_nothing_runs(opened):
    assert "/JavaScript" not in str(opened.Root.get("/Names", ""))
    assert "/OpenAction" not in opened.Root
    fonts = [
        o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_the_words_are_on_the_page(export):
    document = pypdfium2.PdfDocument(export.data("pdf"))
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    for words in (
        "On Signs & “Things”",
        "Ana Silva and Bo Li",
        "The abstract says so.",
        "Thanks to all.",
        "(Kelsen, 1957)",
        "Figure 1: A cat",
        "As Figure 1, Table 1 and Equation 1 show.",
        "Reine Rechtslehre",
    ):
        assert words in text


def test_nothing_of_this_machine_is_in_the_file(export, tmp_path):
    with pikepdf.open(io.BytesIO(export.data("pdf"))) as pdf:
        pdf.save(
            tmp_path / "plain.pdf", compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all
        )
    data = (tmp_path / "plain.pdf").read_bytes()
    assert str(export.out.parent).encode() not in data
    assert b"file://" not in data


def test_the_same_manuscript_gives_the_same_bytes(export, tmp_path):
    again = exported(tmp_path, PAPER, ["pdf"], "apa", {"cat.png": picture()})
    assert again.data("pdf") == export.data("pdf")


@pytest.mark.parametrize("url", ["file:///etc/hostname", "https://example.org/x.png", "paperbuild:99", "x"])
def test_a_page_fetches_only_its_own_pictures(url):
    with pytest.raises(ValueError, match="is not fetched"):
        Pictures({}, {}).fetch(url)


@pytest.mark.parametrize(
    "front",
    [
        "title: '</title><style>'",
        "author: '</style><img src=file:///etc/hostname>'",
        "lang: 'x\" onload=\"y'",
    ],
)
def test_front_matter_is_no_markup(front, tmp_path):
    done = exported(tmp_path, f"---\n{front}\n---\n\nA paragraph.\n", ["pdf"])
    assert [f for f in done.report.findings if f.check in {"pdf", "paragraphs"}] == []


def test_a_formula_that_cannot_be_drawn_stands_as_tex(tmp_path):
    done = exported(tmp_path, "So $x \\zork y$ it is.\n", ["pdf"])
    assert errors(done.report.findings) == []
    assert any("zork" in item.text for item in done.observed("pdf").of("paragraph"))


LINK = (
    "A [very long link text that runs over more than one line of the page, as links sometimes do, when "
    "somebody makes a whole sentence of them](https://example.org/long) ends here."
)
HYPHENS = "A word-and-hyphen-laden self-evident paragraph — “quoted” — 1990–1995; office ﬂow. "
WRITTEN = {
    "empty": "",
    "heading": "# Only a heading",
    "Hebrew": "[Rechts nach links: שלום עולם]{lang=he}, and back.",
    "Chinese": "书已经翻开，但纸页仍是空白。",
    "page break": "Text\n\n\\newpage\n\nMore text on another page.",
    "long link": LINK,
    "long note": "Word " * 700 + "^[" + "Note " * 700 + "]",
    "long table": "| a | b |\n|---|---|\n" + "".join(f"| {n} | row {n} |\n" for n in range(90)),
    "in lists": "1. one\n\n   ```\n   code\n   ```\n\n   > quoted\n\n2. two",
    "list in a note": "Two[^a].\n\n[^a]: A note with\n\n    - a list\n    - in it\n",
    "definitions": "Term\n:   Meaning with $x$.\n\n| Verse one\n|   verse two",
    "pictures": "![](cat.png)\n\n![Inline ![icon](cat.png) caption with $x$](cat.png)",
    "hyphens": HYPHENS * 30,
    "control characters": "A form\x0cfeed, a \x08 bell and &#8; an entity in a line.",
    "much in a note": "So.[^a]\n\n[^a]: One.\n\n    | a |\n    |---|\n    | 1 |\n\n    > Quoted.\n",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_whatever_is_written_is_found_again(name, tmp_path):
    done = exported(tmp_path, f"{CITING}{WRITTEN[name]}\n", ["pdf"], files={"cat.png": picture()})
    assert errors(done.report.findings) == []


def test_what_follows_a_list_within_an_item_is_read_after_it(tmp_path):
    text = "1. first\n\n    - nested\n\n    after it\n\n2. second\n"
    done = exported(tmp_path, text, ["pdf"])
    assert errors(done.report.findings) == []
    assert [item.text for item in done.observed("pdf").items] == ["first", "nested", "after it", "second"]


def test_notes_of_title_abstract_and_text_are_numbered_on(tmp_path):
    text = "---\ntitle: T\nthanks: First.\nabstract: A^[Second.]\nlang: en\n---\n\nB^[Third.]\n"
    done = exported(tmp_path, text, ["pdf", "docx", "preview"])
    assert errors(done.report.findings) == []
    assert [item.target for item in done.observed("pdf").of("note")] == ["fn-1", "fn-2", "fn-3"]
    for name in ("pdf", "docx", "preview"):
        assert [item.text for item in done.observed(name).of("note")] == ["First.", "Second.", "Third."]


def test_a_note_stands_on_the_page_of_its_mark(tmp_path):
    words = "and so it goes on over lines that fill the page from its head to its foot " * 4
    text = "\n\n".join(f"{i} {words} here^[Note {i} {words}] {words}" for i in range(24))
    done = exported(tmp_path, text, ["pdf"])
    assert done.observed("pdf").count("note") == 24
    assert [finding.message for finding in done.observed("pdf").findings] == []


@pytest.mark.parametrize(
    ("name", "layout"), [("socratic-seminar", "handout+cornell"), ("collective-security", "article")]
)
def test_a_note_comes_back_to_the_page_of_its_mark_where_a_heading_had_moved_it(name, layout):
    plan = pipeline.plan(pipeline.Job(PROJECT / "manuscripts" / name, layout=layout, project=PROJECT))
    made = pipeline.make(plan, "pdf")
    assert [found.message for found in made.findings if "its mark on page" in found.message] == []


def test_no_entry_stands_on_the_last_page_alone(tmp_path):
    keys = [f"work{number:02}" for number in range(12)]
    listed = "".join(
        f"@book{{{key}, author={{Ash, Ann}}, title={{Title {key}}}, year=2001}}\n" for key in keys
    )
    alone = set()
    for lines in range(24, 36):
        text = CITING + "Line.\n\n" * lines + f"[{'; '.join('@' + key for key in keys)}]\n"
        done = exported(tmp_path, text, ["pdf"], files={"refs.bib": listed})
        with pypdfium2.PdfDocument(done.data("pdf")) as pdf:
            last = pdf[len(pdf) - 1].get_textpage().get_text_range()
        alone.add(last.count("Title Work"))
    assert not alone & {1, 2}
    assert len(alone) > 2  # the list was cut in different places


def test_a_space_is_read_as_one_though_another_of_its_glyph_keeps_words_together(tmp_path):
    text = "---\ntitle: On spaces\nlang: en\n---\n\nThree words stand here, and p.\u00a07 too.\n"
    result = exported(tmp_path, text, ["pdf"])
    read = pypdfium2.PdfDocument(result.data("pdf"))[0].get_textpage().get_text_range()
    assert "Three words stand here, and p. 7 too." in read
