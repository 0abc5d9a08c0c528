"""What goes on over the end of a page or column is one element of the structure tree, and one item."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import page
import pikepdf
import pytest
from tests.helpers import errors, export, manuscript

from paperbuild.formats.pdf.archive import About, archived
from paperbuild.formats.pdf.layout import laid_out
from paperbuild.formats.pdf.pictures import Pictures
from paperbuild.formats.pdf.read import read
from paperbuild.pipeline import Job

WORDS = "Courts read treaties as they read statutes, and now and [then they read](https://example.org) them. "
ROWS = "\n".join(f"| row{number} | x |" for number in range(60))
GROUPS = "".join(
    f"<tr><td rowspan='3'>group {n}</td><td>a {WORDS[:40] * 5}</td></tr>"
    "<tr><td>b</td></tr><tr><td>c</td></tr>"
    for n in range(19)
)
CODE = "\n".join(f"    code{number} = {number}" for number in range(70))
PAPER = f"""\
---
title: Divided
lang: en
---

{WORDS * 45}

{WORDS * 30} With a note.[^1] {WORDS * 5}

[^1]: {"The note goes on. " * 9}

[{"A link goes on. " * 300}](https://example.org/long)

- item {WORDS * 40}

    - within it {WORDS * 40}
    - other

> {WORDS * 50}

```python
{CODE}
```

| a [link](https://example.org/head) | b |
|---|---|
{ROWS}

<table><thead><tr><th>Group</th><th>Member</th></tr></thead><tbody>{GROUPS}</tbody></table>
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return made(tmp_path_factory.mktemp("divided"), PAPER, "article")


def made(folder, text, layout):
    return export(Job(manuscript(folder, text), formats=("pdf",), layout=layout, out=folder / "dist"))


@pytest.fixture(scope="module")
def opened(result):
    with pikepdf.open(io.BytesIO(result.data("pdf"))) as pdf:
        yield pdf


def kids(element):
    inner = element.get("/K", ())
    return list(inner) if isinstance(inner, pikepdf.Array) else [inner]


def walk(element):
    """The elements within an element."""
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid)


def contents(element):
    """Page and number of all marked content in an element, each with the element that holds it."""
    for kid in kids(element):
        if isinstance(kid, int):
            yield element.Pg, kid, element
        elif "/MCID" in kid:
            yield kid.get("/Pg", element.Pg), int(kid.MCID), element
        elif "/S" in kid:
            yield from contents(kid)


def begun(paper):
    """What is said of each marked content of a page."""
    steps: list[Any] = list(pikepdf.parse_content_stream(paper))
    return [step.operands[1] for step in steps if str(step.operator) == "BDC"]


def of_type(pdf, kind):
    return [element for element in walk(pdf.Root.StructTreeRoot) if kind == element.S]


def pages(element):
    return {paper.objgen for paper, _, _ in contents(element)}


@pytest.mark.parametrize(
    ("kind", "count"),
    [("/L", 2), ("/LI", 3), ("/BlockQuote", 1), ("/Table", 2)],
)
def test_there_is_one_element_of_each(opened, kind, count):
    found = of_type(opened, kind)
    assert len(found) == count
    assert max(len(pages(element)) for element in found) > 1


def test_paragraphs_are_as_many_as_their_author_wrote(result, opened):
    long = [one for one in of_type(opened, "/P") if len(list(contents(one))) > 100]
    assert len(long) == 4
    assert errors(result.report.findings) == []


def test_notes_stand_together_after_the_text(opened):
    text, notes = kids(kids(opened.Root.StructTreeRoot)[0])
    assert [str(note.S) for note in kids(notes)] == ["/Note"]
    assert len(pages(text)) > 5


def test_code_is_one_element(opened):
    (code,) = [one for one in of_type(opened, "/Div") if len(pages(one)) > 1]
    assert len(list(contents(code))) >= 70


def test_a_table_has_its_head_once_and_the_copies_are_artifacts(opened):
    for table, rows in zip(of_type(opened, "/Table"), (61, 58), strict=True):
        kinds = Counter(str(element.S) for element in walk(table))
        assert kinds["/THead"] == 1
        assert kinds["/TR"] == rows
        (head,) = [element for element in walk(table) if element.S == "/THead"]
        assert len(pages(head)) == 1


def test_all_that_is_marked_is_in_the_tree_at_its_place(opened):
    held = {(paper.objgen, mcid): element for paper, mcid, element in contents(opened.Root.StructTreeRoot)}
    numbers = list(opened.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    marked = set()
    for paper in opened.pages:
        for told in begun(paper):
            if "/MCID" in told:
                mcid = int(told.MCID)
                marked.add((paper.obj.objgen, mcid))
                owner = owners[paper.obj.StructParents][mcid]
                assert owner.objgen == held[paper.obj.objgen, mcid].objgen
    assert marked == set(held)


def test_headers_and_footers_are_artifacts_that_say_so(opened):
    for paper in list(opened.pages)[1:]:
        told = [str(each.Subtype) for each in begun(paper) if each.get("/Type") == "/Pagination"]
        assert told == ["/Header", "/Footer"]


def test_a_link_in_a_head_can_be_clicked_in_each_copy(opened):
    numbers = list(opened.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    found = [
        annotation
        for paper in opened.pages
        for annotation in paper.get("/Annots", ())
        if str(annotation.get("/A", {}).get("/URI", "")) == "https://example.org/head"
    ]
    assert len(found) >= 2
    assert len({owners[annotation.StructParent].objgen for annotation in found}) == 1


def test_a_link_that_goes_on_over_a_page_s_end_is_one(opened):
    parted = [link for link in of_type(opened, "/Link") if len(pages(link)) > 1]
    assert parted
    for link in parted:
        shown = {kid.Pg.objgen for kid in kids(link) if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid}
        assert shown == pages(link)


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_no_rule_is_broken(result, profile):
    failures = page.validate_pdf_bytes(result.data("pdf"), profile=profile).failures
    assert [failure for failure in failures if failure.rule_id != "PDFA3A-STREAM-LENGTH-001"] == []


def test_rows_over_a_page_s_end_have_as_many_columns_as_others(opened):
    """A cell that spans them is in the table once, with rows of both pages after it."""
    table = of_type(opened, "/Table")[1]
    spans = [
        [int(cell.A.get("/RowSpan", 1)) for cell in walk(row) if cell.S in ("/TD", "/TH")]
        for row in walk(table)
        if row.S == "/TR"
    ]
    assert spans == [[1, 1], *([[3, 1], [1], [1]] * 19)]


def test_what_a_column_s_end_divides_is_one(tmp_path):
    text = f"---\ntitle: Columns\nlang: en\n---\n\n{WORDS * 60}\n\n{WORDS * 60}\n\n```python\n{CODE}\n```\n"
    export = made(tmp_path, text, "two-column")
    with pikepdf.open(io.BytesIO(export.data("pdf"))) as pdf:
        long = [one for one in of_type(pdf, "/P") if len(list(contents(one))) > 100]
        columns = [one for one in of_type(pdf, "/Div") if one.P.S == "/Div" and one.P.P.S == "/Part"]
    assert len(long) == 2
    assert len(columns) == 1
    assert errors(export.report.findings) == []


def test_two_tables_and_two_paragraphs_stay_two():
    """Where one ends a page and the next begins another, and their words would let them be one."""
    words = "small words go on and on and " * 6
    table = "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"
    body = f"<main><p>{words}</p><p class='new'>{words}</p>{table}<div class='new'>{table}</div></main>"
    source = f"<html lang='en'><body>{body}</body></html>"
    style = "p { text-align: justify } .new { break-before: page }"
    data, _ = laid_out(source, style, Pictures({}, {}))
    observed = read(archived(data, About("Two", lang="en"))[0])
    assert [item.kind for item in observed.items] == ["paragraph", "paragraph", "table", "table"]
