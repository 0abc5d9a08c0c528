"""Where pages break: nothing stands alone that belongs to what follows, or to what stood before."""

from __future__ import annotations

import pypdfium2
import pytest
from tests.helpers import errors, export, manuscript, picture

from paperbuild.formats.pdf import settle
from paperbuild.pipeline import Job

WORDS = "Courts read treaties as they read statutes, and now and then they read them as poems. "
FULL = 43
"""How many lines of verse fill a page of the layout article under the title."""
HEADING = f"## A heading\n\n{WORDS * 6}"
QUOTATION = f"> {WORDS * 5}"
CODE = "```python\n" + "\n".join(f"code{number}" for number in range(20)) + "\n```"
LISTING = '```{#lst:a .python caption="A listing"}\nfirst\nsecond\nthird\nlast\n```'
TABLE = ": Caption {#tbl:a}\n\n| a | b |\n|---|---|\n" + "\n".join(f"| row{n} | x |" for n in range(60))
FIGURE = "![A cat](cat.png){#fig:cat width=40%}"
ITEMS = f"- first {WORDS * 3}\n- second {WORDS * 3}\n"
NAMED = f"Term\n:   {WORDS * 4}"


def pages(folder, thing, lines):
    """The lines of each page of a paper in which so many lines stand before the thing."""
    before = "\n".join(f"| line {number}" for number in range(lines))
    text = f"---\ntitle: On breaks\nlang: en\n---\n\n{before}\n\n{thing}\n"
    path = manuscript(folder, text, {"cat.png": picture(400, 300)})
    result = export(Job(path, formats=("pdf",), out=folder / "dist", verify=False))
    found = []
    for page in pypdfium2.PdfDocument(result.data("pdf")):
        text = page.get_textpage().get_text_range().replace("\r", "")
        lines = [line.strip() for line in text.split("\n")]
        # the footer's number; in the header, the title
        found.append([line for line in lines if line and not line.isdigit() and line != "On breaks"])
    return found


def own(lines):
    """The lines of the thing itself."""
    return [line for line in lines if not line.startswith("line ")]


@pytest.mark.parametrize("lines", [FULL - 4, FULL - 3, FULL - 1])
def test_a_heading_never_stands_at_a_page_s_foot(tmp_path, lines):
    first, second = pages(tmp_path, HEADING, lines)
    assert len(own(first)) in {0, *range(3, 9)}
    assert len(own(second)) >= 2


NOTED = f"## A heading\n\n{WORDS * 2}Marked here.[^n] {WORDS}\n\n[^n]: Noted, and {'more words ' * 60}."


@pytest.mark.slow
@pytest.mark.parametrize("lines", range(FULL - 14, FULL - 1, 2))
def test_a_note_stands_below_its_mark_and_no_heading_above_notes_alone(tmp_path, lines):
    found = [" ".join(own(page)) for page in pages(tmp_path, NOTED, lines)]
    for words in found:
        assert ("Marked here." in words) == ("Noted" in words)
        assert ("A heading" in words) == ("Courts read" in words[:100])


def test_a_page_begins_with_the_mark_where_nothing_gentler_brings_its_note(tmp_path, monkeypatch):
    began = []
    mend = settle._begin_page_with_mark

    def noticed(root, pages, fault):
        began.append(fault.note)
        mend(root, pages, fault)

    monkeypatch.setattr(settle, "_begin_page_with_mark", noticed)
    alpha, betas = (WORDS.replace("poems", word).strip() for word in ("Alpha", "Betas"))
    first = f"{alpha}^[Noted first, {'and more ' * 20}.] {WORDS * 3}"
    second = f"{WORDS * 3}{betas}^[Noted second, {'and more ' * 60}.] {WORDS * 2}"
    text = "\n\n".join([WORDS * 7, WORDS * 6, first, "## A heading", "### Another", second])
    path = manuscript(tmp_path, f"---\ntitle: On notes\nlang: en\n---\n\n{text}\n")
    result = export(Job(path, formats=("pdf",), layout="chicago", out=tmp_path / "dist"))
    assert began == ["1"]
    assert errors(result.report.findings) == []
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(result.data("pdf"))]
    for mark, note in (("Alpha.", "Noted first"), ("Betas.", "Noted second")):
        assert [mark in words for words in pages] == [note in words for words in pages]
    (page,) = [words for words in pages if "Alpha." in words]
    assert page.index("Alpha.") < len(WORDS) + 5


@pytest.mark.parametrize("size", [8.1, 8.7, 9.3, 9.9])
def test_what_notes_measure_puts_none_on_the_next_page(tmp_path, size):
    own = f'based_on = "handout"\ntitle = "Other notes"\n[text]\nnote = {{ size = {size} }}\n'
    (tmp_path / "layouts" / "other").mkdir(parents=True)
    (tmp_path / "layouts" / "other" / "layout.toml").write_text(own, encoding="utf-8")
    text = "---\ntitle: On notes\nlang: en\n---\n\n" + "".join(f"Word.^[Noted {n}.]\n\n" for n in range(3))
    result = export(Job(manuscript(tmp_path, text), formats=("pdf",), layout="other", out=tmp_path / "dist"))
    assert len(pypdfium2.PdfDocument(result.data("pdf"))) == 1
    assert errors(result.report.findings) == []


@pytest.mark.parametrize("thing", [QUOTATION, ITEMS, NAMED], ids=["quotation", "list", "definition"])
@pytest.mark.parametrize("lines", [FULL - 3, FULL - 2])
def test_no_line_of_a_paragraph_stands_alone(tmp_path, thing, lines):
    first, second = pages(tmp_path, thing, lines)
    assert len(own(first)) != 1
    assert len(own(second)) != 1
    assert own(first)[-1:] != ["Term"]


@pytest.mark.parametrize("lines", [FULL - 4, FULL - 3])
def test_a_table_has_two_rows_before_and_after_a_break_and_its_head_again(tmp_path, lines):
    first, second, *_ = pages(tmp_path, TABLE, lines)
    rows = [line for line in first if line.startswith("row")]
    assert len(rows) != 1
    assert any("Caption" in line for line in first) == bool(rows)
    assert ("Caption" in second[0]) == (not rows)
    assert "a b" in " ".join(second[:3])


@pytest.mark.parametrize("lines", [FULL - 6, FULL - 4])
def test_code_breaks_into_parts_that_can_be_read(tmp_path, lines):
    first, second = pages(tmp_path, CODE, lines)
    for part in (first, second):
        assert len(own(part)) in {*range(4, 17)}


def test_short_code_stands_whole_and_with_its_caption(tmp_path):
    first, second = pages(tmp_path, LISTING, FULL - 3)
    assert own(first) == []
    assert [line.split()[0] for line in own(second)] == ["Listing", "first", "second", "third", "last"]


@pytest.mark.parametrize("lines", [FULL - 12, FULL - 4])
def test_code_that_is_short_is_not_divided(tmp_path, lines):
    short = CODE.replace("\ncode0", "").partition("\ncode13")[0] + "\n```"
    parts = [len(own(page)) for page in pages(tmp_path, short, lines)]
    assert sorted(parts) == [0, 12] or parts == [12]


def test_text_does_not_leave_its_page_for_a_figure_named_above(tmp_path):
    front = "---\ntitle: On breaks\nlang: en\npaperbuild:\n  layout: apa7\n---\n\n"
    text = f"{front}{WORDS * 12}Last.\n\n{FIGURE.replace('40%', '100%')}\n"
    path = manuscript(tmp_path, text, {"cat.png": picture(400, 300)})
    result = export(Job(path, formats=("pdf",), out=tmp_path / "dist", verify=False))
    found = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(result.data("pdf"))]
    assert ["Courts" in words for words in found[1:]] == [True, False]
    assert "Figure 1" in found[2]


@pytest.mark.parametrize("lines", [FULL - 5, FULL - 4, FULL - 3])
def test_the_note_of_a_table_stands_below_it(tmp_path, lines):
    table = "| a | b |\n|---|---|\n| row | x |\n| row | y |\n\n*Note.* Counted twice.\n"
    found = [own(page) for page in pages(tmp_path, table, lines)]
    noted = [any("Counted twice" in line for line in page) for page in found]
    assert noted == [any(line.startswith("row") for line in page) for page in found]


@pytest.mark.parametrize("lines", [FULL - 3])
def test_a_caption_stands_with_its_figure(tmp_path, lines):
    first, second = pages(tmp_path, FIGURE, lines)
    assert own(first) == []
    assert own(second)[0].startswith("Figure")


def test_an_equation_s_number_stands_beside_its_middle(tmp_path):
    tall = "$$ \\begin{pmatrix} 1 \\\\ 2 \\\\ 3 \\\\ 4 \\\\ 5 \\end{pmatrix} $$ {#eq:a}"
    path = manuscript(tmp_path, f"---\ntitle: On equations\nlang: en\n---\n\nBefore.\n\n{tall}\n\nAfter.\n")
    result = export(Job(path, formats=("pdf",), out=tmp_path / "dist", verify=False))
    text = pypdfium2.PdfDocument(result.data("pdf"))[0].get_textpage()

    def middle(words):
        at = text.get_text_range().index(words)
        _, bottom, _, top = text.get_charbox(at)
        return (bottom + top) / 2

    above, below = middle("Before."), middle("After.")
    assert above - below > 60
    assert middle("(1)") == pytest.approx((above + below) / 2, abs=4)


def test_figures_of_the_old_style_and_small_capitals_are_the_font_s_own(tmp_path):
    (tmp_path / "layouts" / "old").mkdir(parents=True)
    own = 'based_on = "article"\ntitle = "Old figures"\n[setting]\nold_style_figures = true\n'
    (tmp_path / "layouts" / "old" / "layout.toml").write_text(own, encoding="utf-8")
    table = "| 1049 | b |\n|:--|:--|\n| c | d |\n"
    text = "---\ntitle: On letters\nlang: en\n---\n\nIn 1049 the [xo]{.smallcaps} and xo met.\n\n"
    path = manuscript(tmp_path, text + table)
    result = export(Job(path, formats=("pdf",), layout="old", out=tmp_path / "dist"))
    page = pypdfium2.PdfDocument(result.data("pdf"))[0].get_textpage()
    words = page.get_text_range()

    def box(at):
        _, bottom, _, top = page.get_charbox(at)
        return bottom, top

    line, cell = words.index("1049"), words.rindex("1049")
    assert box(line + 2)[0] < box(line)[0] - 1, "a 4 of the old style goes below the line"
    assert box(cell + 2)[0] == pytest.approx(box(cell)[0], abs=0.5), "figures of tables stand on one line"
    small, lower = (box(at) for at in (words.casefold().index("xo"), words.rindex("xo")))
    assert small[1] - small[0] == pytest.approx(lower[1] - lower[0], rel=0.25)
    assert errors(result.report.findings) == []
