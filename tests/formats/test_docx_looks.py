"""What a Word document looks like: verses, changes of scene, boxes, lists, code, links back."""

from __future__ import annotations

import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import RGBColor
from lxml import etree
from tests.helpers import CITING, export, manuscript
from tests.layouts.pages import Pages
from tests.word import office
from tests.word.validators import audited

from paperbuild import layouts
from paperbuild.formats.docx.read import read
from paperbuild.pipeline import Job

BOX = """::: {.note title="A box"}
Before.

- One
    - Two
        - Three
            - Four

After.

| A verse
| in a box
:::
"""


FLOATS = """Text before a figure.

![Of a figure](a.svg)

After a figure.

- An item.
- The last item.

After a list.

| a | b |
|---|---|
| The last row | 1 |

: Of a table

After a table.
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20"/></svg>'


def made(folder, text, layout="article", files=None):
    path = manuscript(folder, text, files, name=f"{layout.replace('+', '-')}.md")
    return export(Job(path, formats=("docx",), layout=layout, out=folder / "dist")).path("docx")


def opened(path: Path) -> Any:
    return docx.Document(str(path))


def paragraphs(path):
    """The paragraphs of the text by what stands in them."""
    return {one.text: one for one in opened(path).paragraphs}


def start(paragraph):
    """Points from the margin to a paragraph's first line, and to its other lines."""
    form = paragraph.paragraph_format
    own = form if form.left_indent is not None else paragraph.style.paragraph_format
    return round(own.left_indent.pt + own.first_line_indent.pt, 2), round(own.left_indent.pt, 2)


def edges(properties):
    """The borders of a paragraph or a style: side, thickness and distance in points, colour."""
    found = properties.find(qn("w:pBdr"))
    return [
        (
            one.tag.split("}")[1],
            int(one.get(qn("w:sz"))) / 8,
            int(one.get(qn("w:space"))),
            one.get(qn("w:color")),
        )
        for one in (() if found is None else found)
    ]


@pytest.mark.parametrize("layout", ["article", "mla9", "handout"])
def test_all_lines_of_a_verse_begin_where_a_quotation_does(tmp_path, layout):
    found = paragraphs(made(tmp_path, "Text.\n\n| One\n|  two\n| three\n\n> Quoted.\n", layout))
    verse, quotation = found["One\n\xa0two\nthree"], found["Quoted."]
    assert verse.style.name == "Verse"
    first, others = start(verse)
    assert first == others == start(quotation)[1]


def test_a_verse_in_a_cell_a_note_or_a_box_looks_like_the_text_around_it(tmp_path):
    noted = "Text[^1].\n\n[^1]: A note.\n\n    | Noted\n    | verse\n"
    path = made(tmp_path, f"{noted}\n{BOX}\n+-----+\n| | a |\n| | b |\n+-----+\n")
    assert paragraphs(path)["A verse\nin a box"].style.name == "Callout"
    assert b"Verse" not in zipfile.ZipFile(path).read("word/footnotes.xml")
    cell = opened(path).tables[0].cell(0, 0)
    assert [one.style.name for one in cell.paragraphs] == ["Table Text"]


@pytest.mark.parametrize("layout", ["article", "two-column"])
def test_a_change_of_scene_is_a_short_line_in_the_middle(tmp_path, layout):
    path = made(tmp_path, "One.\n\n***\n\nTwo.\n", layout)
    (rule,) = [one for one in opened(path).paragraphs if one.style.name == "Horizontal Rule"]
    form = rule.style.paragraph_format
    column = layouts.load(layout, tmp_path).page.column_width * 72 / 25.4
    assert form.left_indent == form.right_indent
    assert column - form.left_indent.pt - form.right_indent.pt == pytest.approx(0.3 * column, abs=0.2)
    assert edges(rule.style.element.pPr) == [("bottom", 0.75, 0, "666666")]
    assert [item.text for item in read(path.read_bytes()).of("paragraph")] == ["One.", "Two."]


def test_paragraphs_and_lists_of_a_box_begin_at_one_bar(tmp_path):
    path = made(tmp_path, f"Text.\n\n{BOX}\nEnd.\n")
    found = paragraphs(path)
    inside = [found[word] for word in ("A box", "Before.", "One", "After.")]
    assert {start(one)[0] for one in inside} == {11}
    frame = (("left", 3, 8, "8A8A8A"), ("right", 0.25, 8, "f3f3f1"))  # as wide as the column
    assert {tuple(edges(one.style.element.pPr)) for one in inside} == {frame}
    assert {one.style.paragraph_format.right_indent.pt for one in inside} == {8}
    bars = []
    for one in (found["Two"], found["Three"], found["Four"]):
        (_, _, space, _), _ = edges(one._p.pPr)
        bars.append(start(one)[0] - space)
    assert bars == pytest.approx([3, 3, 3], abs=0.6)
    assert audited(path) == []


def test_a_box_stands_apart_from_a_table_and_another_box(tmp_path):
    table = "| a |\n|---|\n| 1 |\n\n"
    path = made(tmp_path, f"{table}::: note\nOne.\n:::\n\n::: tip\nTwo.\n:::\n")
    titles = [one for one in opened(path).paragraphs if one.style.name == "Callout Title"]
    assert titles[0].paragraph_format.space_before.pt == pytest.approx(8.6, abs=0.1)
    assert titles[1]._p.getprevious().pPr.find(qn("w:spacing")).get(qn("w:line")) == "160"


@pytest.mark.parametrize("layout", ["article", "apa7", "two-column", "handout+large-print"])
def test_items_begin_as_far_in_as_the_layout_says(tmp_path, layout):
    path = made(tmp_path, "- One\n    1. Two\n", layout)
    indent = layouts.load(layout, tmp_path).setting.list_indent
    numbering = opened(path).part.numbering_part.element
    for level in numbering.iter(qn("w:lvl")):
        form = level.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        depth = int(level.get(qn("w:ilvl")))
        assert int(form.get(qn("w:left"))) == round(20 * indent * (depth + 1))
        assert indent / 2 <= int(form.get(qn("w:hanging"))) / 20 <= indent


def test_items_in_a_cell_begin_at_its_edge(tmp_path):
    path = made(tmp_path, "+-----------+\n| - One     |\n|     - Two |\n+-----------+\n")
    one, two = opened(path).tables[0].cell(0, 0).paragraphs
    assert start(one) == (0, 14.25)
    assert start(two) == (14.25, 28.5)


def test_code_has_a_margin_of_its_shade_and_space_below(tmp_path):
    style = opened(made(tmp_path, "```\ncode\n```\n")).styles["Source Code"]
    shade = layouts.load("article", tmp_path).colours.shade[1:]
    assert edges(style.element.pPr) == [(side, 0.25, 4, shade) for side in ("top", "left", "bottom", "right")]
    assert style.paragraph_format.space_after.pt == pytest.approx(6.95)


def test_code_stands_in_the_middle_between_double_spaced_lines(tmp_path):
    form = opened(made(tmp_path, "```\ncode\n```\n", "manuscript")).styles["Source Code"].paragraph_format
    assert form.space_before.pt == 0
    assert form.space_after.pt == pytest.approx(12.9)


@pytest.mark.parametrize(
    ("layout", "style", "above", "below"),
    [
        ("manuscript", "Heading 1", 20 - 6.9, 7 + 6.9),
        ("manuscript", "Heading 5", 8 - 6.9, 2 + 6.9),
        ("chicago", "Quote", 14 - 6.9, 14 + 6.9),
        ("apa7", "Heading 1", 0, 0),
        ("manuscript", "Bibliography", 0, 6),
        ("handout+legible", "Heading 1", 14, 4),
    ],
)
def test_what_is_set_closer_than_the_text_stands_as_near_to_it_as_in_the_pdf(
    tmp_path, layout, style, above, below
):
    form = opened(made(tmp_path, "# A\n\nText.\n", layout)).styles[style].paragraph_format
    assert (form.space_before.pt, form.space_after.pt) == pytest.approx((above, below), abs=0.05)


@pytest.mark.parametrize("layout", ["article", "mla9"])
def test_the_line_above_notes_takes_a_single_line(tmp_path, layout):
    path = made(tmp_path, "Text.[^1]\n\n[^1]: Note.\n", layout)
    notes = etree.fromstring(zipfile.ZipFile(path).read("word/footnotes.xml"))
    lines = [one for one in notes if one.get(qn("w:type")) in {"separator", "continuationSeparator"}]
    assert [one.xpath("string(.//*[local-name()='spacing']/@*[local-name()='line'])") for one in lines] == [
        "240"
    ] * 2
    assert audited(path) == []


def test_links_back_are_small_and_grey(tmp_path):
    path = made(tmp_path, CITING + "See @kelsen1957.\n", "manuscript")
    entry = opened(path).paragraphs[-1]
    (link,) = [one for one in entry.hyperlinks if "↑" in one.text]
    assert {run.style.name for run in link.runs} == {"Link Back"}
    font = opened(path).styles["Link Back"].font
    assert (font.size.pt, str(font.color.rgb)) == (9.5, "555555")


@pytest.mark.slow
@pytest.mark.skipif(not office.THERE, reason="LibreOffice is not installed")
def test_the_bar_of_a_box_has_no_gap(tmp_path):
    box = "::: note\nBefore.\n\n- One\n- Two\n\nAfter.\n:::\n"
    (pdf,) = office.converted([made(tmp_path, f"Text.\n\n{box}\nEnd.\n")], "pdf", tmp_path / "pdf")
    page = office.pictures(pdf, 3)[0].convert("L")
    bar = [
        x for x in range(page.width) if sum(page.getpixel((x, y)) == 0x8A for y in range(page.height)) > 60
    ]
    column = [page.getpixel((bar[1], y)) == 0x8A for y in range(page.height)]
    assert sum(one != other for one, other in pairwise(column)) == 2  # begins, ends


@pytest.mark.parametrize(("layout", "after"), [("handout+large-print", 18), ("apa7", None)])
def test_a_list_has_the_space_below_that_paragraphs_have(layout, after, tmp_path):
    found = paragraphs(made(tmp_path, "- one\n- two\n\nAfter it.\n", layout))
    space = found["two"].paragraph_format.space_after
    assert (space.pt if space is not None else None) == after
    assert found["one"].paragraph_format.space_after is None


@pytest.mark.parametrize(("count", "kept"), [(20, ["row 0", "row 18"]), (14, ["row 0", "row 12"])])
def test_two_rows_of_a_tall_table_stand_together_at_a_page_s_end(count, kept, tmp_path):
    rows = "".join(f"| row {number} | b |\n" for number in range(count))
    (table,) = opened(made(tmp_path, f"| a | b |\n|---|---|\n{rows}")).tables
    cells = [row.cells[0] for row in table.rows[1:]]
    assert [one.text for one in cells if one.paragraphs[0].paragraph_format.keep_with_next] == kept


@pytest.mark.parametrize(
    ("layout", "wanted"),
    [
        ("article", [8.7, 12.3, 4, 4, 10.7]),
        ("manuscript", [13.7, 8, 4, 4, 15]),
        ("handout", [8.3, 12.7, 4, 6, 10.3]),
        ("handout+large-print", [8, 23, 4, 18, 10]),
        ("chicago", [13.8, 13.8, None, None, 13.8]),
    ],
)
def test_floats_and_lists_stand_apart_from_the_text(tmp_path, layout, wanted):
    found = paragraphs(made(tmp_path, FLOATS, layout, {"a.svg": SVG}))
    form = {words.replace("\xa0", " ")[:7]: one.paragraph_format for words, one in found.items()}
    spaces = [form[words].space_before for words in ("After a", "Table 1", "An item")]
    spaces += [form["The las"].space_after, found["After a figure."].paragraph_format.space_before]
    points = [None if space is None else space.pt for space in spaces]
    assert points == [one and pytest.approx(one, abs=0.06) for one in wanted]


@pytest.mark.slow
@pytest.mark.skipif(not office.THERE, reason="LibreOffice is not installed")
def test_floats_and_lists_stand_as_far_from_the_text_as_in_the_pdf(tmp_path):
    chosen = ["article", "manuscript", "handout+large-print"]
    jobs = [
        Job(manuscript(tmp_path, FLOATS, {"a.svg": SVG}, name=f"{layout}.md"), formats=("pdf", "docx"),
            layout=layout, out=tmp_path / "dist")
        for layout in chosen
    ]  # fmt: skip
    made_of = [export(job) for job in jobs]
    words = office.converted([one.path("docx") for one in made_of], "pdf", tmp_path / "pdf")
    for one, word in zip(made_of, words, strict=True):
        theirs, ours = Pages(word.read_bytes()), Pages(one.path("pdf").read_bytes())
        for start in ("After a figure", "After a list", "Table", "After a table"):
            line, other = ours.find(start), theirs.find(start)
            apart = [page.find(start).y - page.after(page.find(start), -1).y for page in (ours, theirs)]
            assert line.page == other.page
            assert apart[0] == pytest.approx(apart[1], abs=2), (word.stem, start)


@pytest.mark.parametrize(("times", "kept"), [(1, True), (12, False)])
def test_a_box_stays_on_one_page_unless_it_is_long(tmp_path, times, kept):
    text = "A paragraph of some words that fill a line, or two. " * 5 * times
    box = f"::: {{.note title=Box}}\n{text}\n\n- One\n- Two\n:::\n"
    inside = [one for one in opened(made(tmp_path, f"{box}\nEnd.\n")).paragraphs if one.text != "End."]
    forms = [one.paragraph_format for one in inside]
    assert [bool(form.keep_with_next) for form in forms[1:]] == [kept, kept, False]
    assert [bool(form.keep_together) for form in forms[1:]] == [kept] * 3


@pytest.mark.parametrize(("lines", "kept"), [(15, True), (16, None)])
def test_code_stays_on_one_page_unless_it_is_long(tmp_path, lines, kept):
    code = "\n".join(f"line {number}" for number in range(lines))
    (found,) = [one for one in opened(made(tmp_path, f"```\n{code}\n```\n")).paragraphs if "line" in one.text]
    assert found.paragraph_format.keep_together is kept


@pytest.mark.parametrize("layout", ["article", "apa7", "handout+large-print"])
def test_lines_of_code_are_as_far_apart_as_the_layout_says_in_both_formats(tmp_path, layout):
    path = manuscript(tmp_path, "```python\none = 1\ntwo = 2\n```\n")
    done = export(Job(path, formats=("pdf", "docx"), layout=layout, out=tmp_path / "dist"))
    style = layouts.load(layout, tmp_path).text.code
    pages = Pages(done.path("pdf").read_bytes())
    apart = pages.find("two").y - pages.find("one").y
    assert apart == pytest.approx(style.size * style.line_height, abs=0.1)
    form = opened(done.path("docx")).styles["Source Code"].paragraph_format
    assert form.line_spacing == pytest.approx(style.line_spacing, abs=0.01)


def test_the_line_for_a_change_of_scene_is_grey_in_the_pdf_too(tmp_path):
    path = manuscript(tmp_path, "One.\n\n***\n\nTwo.\n")
    done = export(Job(path, formats=("pdf",), layout="article", out=tmp_path / "dist"))
    page = office.pictures(done.path("pdf"), 8)[0].convert("L")
    middle = [page.getpixel((page.width // 2, y)) for y in range(page.height)]
    assert middle.count(0x66) in {5, 6, 7}  # eight for a point


def test_numbers_of_lines_are_small_and_grey(tmp_path):
    path = made(tmp_path, "Text.\n", "manuscript")
    for label in ("line number", "Line Numbering"):
        font = opened(path).styles[label].font
        assert (font.size.pt, font.color.rgb) == (9, RGBColor(0x44, 0x44, 0x44))
    assert opened(path).styles["line number"].element.get(qn("w:customStyle")) is None
    assert audited(path) == []


@pytest.mark.slow
@pytest.mark.skipif(not office.THERE, reason="LibreOffice is not installed")
def test_libreoffice_sets_numbers_of_lines_as_small(tmp_path):
    (pdf,) = office.converted([made(tmp_path, "Text.\n", "manuscript")], "pdf", tmp_path / "pdf")
    signs = [sign for line in Pages(pdf.read_bytes()).lines for sign in line.signs]
    number = min(signs, key=lambda sign: sign.x)
    assert number.size == pytest.approx(9)


def test_the_title_of_a_contents_list_stays_with_two_entries(tmp_path):
    path = made(tmp_path, "---\ntoc: true\n---\n\n# One\n\n# Two\n\n# Three\n")
    entries = [one for one in opened(path).element.body.iter(qn("w:p")) if one.style == "TOC1"]
    assert [one.pPr.keepNext is not None for one in entries] == [True, False, False]
    assert opened(path).styles["TOC Heading"].paragraph_format.keep_with_next


def test_space_stands_between_notes_and_not_within_one(tmp_path):
    path = made(tmp_path, "One.^[Alpha.] Two.[^a]\n\n[^a]: Beta.\n\n    Gamma.\n", "chicago")
    root = etree.fromstring(zipfile.ZipFile(path).read("word/footnotes.xml"))
    spaces = {
        "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip(" ."): spacing.get(qn("w:after"))
        for paragraph in root.iter(qn("w:p"))
        if (spacing := paragraph.find(f"{qn('w:pPr')}/{qn('w:spacing')}")) is not None
    }
    assert spaces == {"Beta": "0", "": spaces[""]}


def test_no_reference_stands_on_the_last_page_alone(tmp_path):
    keys = "abcde"
    sources = ",".join(f'{{"id": "{key}", "type": "book", "title": "{key}"}}' for key in keys)
    front = "---\nbibliography: a.json\n---\n\n"
    cited = "; ".join(f"@{key}" for key in keys)
    path = made(tmp_path, f"{front}So [{cited}].\n", files={"a.json": f"[{sources}]"})
    entries = [one for one in opened(path).paragraphs if one.style.name == "Bibliography"]
    assert [one.paragraph_format.keep_with_next for one in entries] == [None, None, True, True, None]


def test_both_boxes_of_tasks_are_of_one_font(tmp_path):
    path = made(tmp_path, "- [ ] open\n- [x] done\n")
    root = etree.fromstring(zipfile.ZipFile(path).read("word/numbering.xml"))
    fonts = {
        level.xpath("string(*[local-name()='lvlText']/@*)"): level.xpath(
            "string(.//@*[local-name()='ascii'])"
        )
        for level in root.iter(qn("w:lvl"))
    }
    assert {sign: fonts.get(sign) for sign in "☐☒"} == {"☐": "MS Gothic", "☒": "MS Gothic"}
    assert audited(path) == []


def test_an_equation_across_the_columns_has_its_number_at_the_page_s_margin(tmp_path):
    wide = " + ".join(f"x_{{{number}}}" for number in range(30))
    path = made(
        tmp_path, f"Text.\n\n$$ a = b $$ {{#eq:a}}\n\nText.\n\n$$ {wide} $$ {{#eq:b}}\n", "two-column"
    )
    equations = [one for one in opened(path).paragraphs if one.style.name == "Equation"]
    page = layouts.load("two-column", tmp_path).page
    stops = [[round(stop.position.mm) for stop in one.paragraph_format.tab_stops if stop.alignment != 101]
             for one in equations]  # fmt: skip
    assert stops == [[], [round(page.text_width / 2), round(page.text_width)]]
