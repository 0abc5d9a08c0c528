"""Tables in Word: how wide their columns are, in which size, and how they are kept together."""

from __future__ import annotations

import docx
import pytest
from tests.helpers import export, manuscript
from tests.word import office
from tests.word.validators import audited

from paperbuild import layouts
from paperbuild.formats.docx import measure
from paperbuild.formats.docx.measure import Face
from paperbuild.formats.docx.read import read
from paperbuild.pipeline import Job

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NARROW = """---
title: Narrow
---

| No. | Part     | Kind  | In the source             | Family |
|----:|:---------|:------|:--------------------------|:-------|
|   1 | Subtitle | block | `[so]{.smallcaps}` or so  | words  |
|   2 | Heading of any of the four levels | block | a line of signs | Shearwaters |

+-----------+-----------+-----------------------+
| Species   | Island    | Penguins              |
|           |           +-----------+-----------+
|           |           | counted   | in all    |
+===========+===========+==========:+==========:+
| Chinstrap | Torgersen | 44        | 152       |
|           +-----------+-----------+           |
|           | Dream     | 56        |           |
+-----------+-----------+-----------+-----------+
| Every species and every island    | 344       |
+-----------------------------------+-----------+

+---+---+---------------------------------------+
| A | B | C                                     |
+===+===+=======================================+
| - Misunderstandings | Letters | Some words    |
+---+---+---------------------------------------+
"""
LAYOUTS = ("two-column", "handout", "handout+cornell", "handout+legible", "handout+large-print", "apa7")


def made(folder, text, layout="article"):
    path = manuscript(folder, text, name=f"{layout}.md")
    return export(Job(path, formats=("docx",), layout=layout, out=folder / "dist")).path("docx")


def table(folder, text, layout="article", number=0):
    """A table of the document as text makes it."""
    path = made(folder, f"---\ntitle: T\n---\n\n{text}\n", layout)
    return docx.Document(str(path)).tables[number]._tbl


def widths(element):
    """Points for each column, which are those of the cells, too."""
    grid = [int(one.get(f"{W}w")) for one in element.find(f"{W}tblGrid")]
    for row in element.findall(f"{W}tr"):
        column = 0
        for cell in row.findall(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            across = 1 if span is None else int(span.get(f"{W}val"))
            assert int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) == sum(grid[column : column + across])
            column += across
    assert int(element.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) == sum(grid)
    return [width / 20 for width in grid]


def room(layout="article"):
    return layouts.load(layout, layouts.INSTALLED).page.column_width * 72 / 25.4


def sizes(element):
    """Sizes of text that runs have of their own."""
    return {int(mark.get(f"{W}val")) / 2 for mark in element.iter(f"{W}sz")}


def pipe(*rows):
    """A table of one line of text in each cell."""
    head, *others = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|" + "---|" * len(rows[0]), *others])


def grid(head, row, *shares):
    """A table with widths that the manuscript gives, in columns of its 72."""
    line = "+".join(["", *("-" * (share - 1) for share in shares), ""])
    rows = []
    for cells in (head, row):
        padded = (f" {cell} ".ljust(share - 1) for cell, share in zip(cells, shares, strict=True))
        rows.append("|".join(["", *padded, ""]))
    return "\n".join([line, rows[0], line.replace("-", "="), rows[1], line])


@pytest.mark.slow
@pytest.mark.skipif(not office.THERE, reason="LibreOffice is not installed")
def test_no_word_is_broken_in_a_narrow_column(tmp_path):
    documents = [made(tmp_path, NARROW, layout) for layout in LAYOUTS]
    for layout, pdf in zip(LAYOUTS, office.converted(documents, "pdf", tmp_path / "pdf"), strict=True):
        seen = " ".join(office.pages(pdf)).split()
        wanted = {"Family", "block", "Torgersen", "Chinstrap", "counted", "Shearwaters", "Subtitle"}
        assert wanted <= set(seen), layout
        whole = "Misunderstandings" in seen
        assert whole or layout == "handout+large-print", layout  # it takes half a line there


def test_a_face_knows_bold_capitals_and_the_space_between_letters():
    layout = layouts.load("article", layouts.INSTALLED)
    plain = Face("serif", 10)
    assert plain.width("nnnn") == pytest.approx(2 * plain.width("nn"))
    assert Face("serif", 20).width("word") == pytest.approx(2 * plain.width("word"))
    assert Face("serif", 10, bold=True).width("word") > plain.width("word")
    assert Face("serif", 10, capitals=True).width("word") == plain.width("WORD") > plain.width("word")
    assert Face("serif", 10, apart=0.5).width("word") == pytest.approx(plain.width("word") + 2)
    assert Face("mono", 10).width("iiii") == pytest.approx(24 * 1.02)
    assert Face("serif", 10).width("汉字") == pytest.approx(20 * 1.02)
    assert Face.of(layout.text.title, layout).bold


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("two words", ["two", "words"]),
        ("well-known", ["well-", "known"]),
        ("-1 to 5-6", ["-1", "to", "5-6"]),
        ("10\u00a0km", ["10\u00a0km"]),
        ("a—b", ["a—", "b"]),
        ("汉字b", ["汉", "字", "b"]),
        ("soft\u00adhyphen", ["soft", "hyphen"]),
    ],
)
def test_a_line_ends_where_word_ends_it(text, pieces):
    assert [word for word, breaks in measure.words(text) if word and not breaks] == pieces


def test_columns_without_widths_are_as_wide_as_what_stands_in_them(tmp_path):
    short, long = widths(table(tmp_path, pipe(["a", "b"], ["x", "several words in one line"])))
    face = Face.of(layouts.load("article", layouts.INSTALLED).text.table, layouts.load("article", tmp_path))
    assert face.width("several words in one line") <= long <= face.width("several words in one line") + 15
    assert short < 20


def test_a_bold_head_a_wide_letter_and_code_take_their_room(tmp_path):
    (plain,) = widths(table(tmp_path, pipe(["h"], ["Immunologically"])))
    (bold,) = widths(table(tmp_path, pipe(["Immunologically"], ["x"])))
    (strong,) = widths(table(tmp_path, pipe(["h"], ["**Immunologically**"])))
    (thin,) = widths(table(tmp_path, pipe(["h"], ["illiiillilliili"])))
    (code,) = widths(table(tmp_path, pipe(["h"], ["`illiiillilliili`"])))
    assert thin < plain < bold == strong
    assert thin < code


def test_widths_of_the_manuscript_keep_their_proportions(tmp_path):
    one, other = widths(table(tmp_path, grid("ab", ["some words", "and others"], 18, 36)))
    assert one == pytest.approx(room() / 4, rel=0.01)
    assert other == pytest.approx(room() / 2, rel=0.01)


def test_a_column_that_is_too_narrow_for_a_word_takes_room_beside_the_table(tmp_path):
    one, other = widths(table(tmp_path, grid("ab", ["Some words", "- WWWWWWWWWWWWWW"], 36, 22)))
    assert one == pytest.approx(room() / 2, rel=0.01)
    assert other > room() * 22 / 72 + 10


def test_a_column_that_is_too_narrow_for_a_word_takes_room_of_the_others(tmp_path):
    row = ["Misunderstandings", "some words " * 12]
    shares = pipe(["a", "b"], row).replace("|---|---|", "|-|------------------|")
    narrow, wide = widths(table(tmp_path, shares))
    (alone,) = widths(table(tmp_path, pipe(["a"], row[:1])))
    assert narrow == pytest.approx(alone)
    assert narrow + wide == pytest.approx(room(), abs=0.1)


def test_a_head_over_two_columns_shares_what_it_needs_among_them(tmp_path):
    text = (
        "<table><tr><th colspan=2>Electroencephalographically</th></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    one, other = widths(table(tmp_path, text))
    assert one == pytest.approx(other)
    assert one + other > 100


def test_text_is_set_smaller_where_its_words_do_not_fit_otherwise(tmp_path):
    words = [[*["Interdisciplinarity"] * 4, "short"], [*["`code_is_smaller`"] * 4, "b"]]
    element = table(tmp_path, pipe(*words))
    assert sum(widths(element)) <= room() + 0.1
    assert sizes(element) == {9.0, 8.0}  # of 9.5 and 8.5
    assert sizes(table(tmp_path, pipe(*(row[1:] for row in words)))) == set()


def test_large_print_stays_large(tmp_path):
    element = table(tmp_path, pipe(["Interdisciplinarity"] * 4, ["a"] * 4), "handout+large-print")
    assert sizes(element) == set()
    assert sum(widths(element)) <= room("handout+large-print") + 0.1


def test_a_word_that_fits_nowhere_is_broken_and_no_other_one(tmp_path):
    address = "https://example.org/" + "very-long/".replace("-", "_") * 12
    element = table(tmp_path, pipe(["Family", "Address"], ["Chinstrap", f"`{address}`"]))
    family, rest = widths(element)
    (alone,) = widths(table(tmp_path, pipe(["Family"], ["Chinstrap"])))
    assert family == pytest.approx(alone)
    assert family + rest == pytest.approx(room(), abs=0.1)
    assert sizes(element) == set()


FAMILIES = """
+--------+--------------+
| Family | Members      |
+========+==============+
| Words  | - paragraphs |
|        | - headings   |
+--------+--------------+
| Order  | - lists      |
|        | - tables     |
+--------+--------------+
| Debts  | 1. notes     |
|        | 2. citations |
+--------+--------------+

: Families
"""


def kept(element):
    """The texts of paragraphs that stay with the next one, and of the others."""
    told: tuple[list[str], list[str]] = ([], [])
    for paragraph in element.iter(f"{W}p"):
        alone = paragraph.find(f"{W}pPr/{W}keepNext") is None
        told[alone].append("".join(text.text or "" for text in paragraph.iter(f"{W}t")))
    return told


def test_all_rows_of_a_short_table_stay_together_and_those_of_a_tall_one_do_not(tmp_path):
    together, alone = kept(table(tmp_path, FAMILIES))
    assert together == ["Family", "Members", "Words", "paragraphs", "headings", "Order", "lists", "tables"]
    assert alone == ["Debts", "notes", "citations"]
    together, alone = kept(table(tmp_path, pipe(["n"], *([str(number)] for number in range(40)))))
    assert together == ["n", "0", "38"]
    assert len(alone) == 38


def test_two_tables_that_follow_each_other_stay_two(tmp_path):
    path = made(tmp_path, f"{pipe(['a'], ['1'])}\n\n<!-- -->\n\n{pipe(['b'], ['2'])}\n")
    body = docx.Document(str(path)).element.body
    assert [one.tag.removeprefix(W) for one in body] == ["tbl", "p", "tbl", "sectPr"]
    assert [len(item.rows) for item in read(path.read_bytes()).of("table")] == [2, 2]
    assert read(path.read_bytes()).of("paragraph") == ()


def test_the_mark_of_a_short_table_is_not_in_the_file(tmp_path):
    path = made(tmp_path, f"Text.\n\n{FAMILIES}")
    assert [one.text for one in docx.Document(str(path)).paragraphs] == ["Text.", "Table\xa01: Families"]
    assert audited(path) == []


@pytest.mark.slow
@pytest.mark.skipif(not office.THERE, reason="LibreOffice is not installed")
def test_a_short_table_is_not_broken(tmp_path):
    documents = []
    for count in range(30, 46, 2):  # somewhere there is room for half of the table
        lines = "".join(f"Line {number}.\n\n" for number in range(count))
        documents.append(
            made(tmp_path / str(count), f"{lines}\n{FAMILIES}").rename(tmp_path / f"{count}.docx")
        )
    for pdf in office.converted(documents, "pdf", tmp_path / "pdf"):
        (page,) = [page for page in office.pages(pdf) if "Table" in page]
        assert "citations" in page, pdf.name
