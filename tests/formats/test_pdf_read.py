"""The PDF reader finds what stands on the pages, and no more than that."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
import weasyprint
from PIL import Image

from paperbuild.fonts.configuration import configuration
from paperbuild.formats.pdf.read import read
from paperbuild.model import OBJECT, Inventory, Mark

STYLE = """
@page { size: A5; margin: 15mm }
@page { @bottom-center { content: counter(page) } @top-left { content: "Running head" } }
.footnote { float: footnote } ::footnote-call { content: '' } ::footnote-marker { content: '' }
.note-p { display: block }
p { hyphens: auto; text-align: justify } table { text-align: left }
"""

SQUARE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>"
    "<rect width='10' height='10'/></svg>"
)

LONG = (
    "The internationalisation of extraordinary circumstances and the officious, efficient waffles of the "
    "affluent office — “notwithstanding” everything — which are hyphenated as well-known self-evident facts. "
)


def pdf(body: str, style: str = "", lang: str = "en", head: str = "") -> bytes:
    """A PDF of the body, marked up as the writer does it."""
    html = f"<html lang={lang}><head><title>A title</title>{head}<style>{STYLE}{style}</style></head>"
    document = weasyprint.HTML(string=f"{html}<body><main>{body}</main></body></html>")
    return bytes(document.write_pdf(pdf_tags=True, font_config=configuration()))


def edited(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The PDF after somebody changed it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(out)
    return out.getvalue()


def texts(inventory: Inventory, kind: str) -> list[str]:
    return [item.text for item in inventory.of(kind)]


def squashed(text: str) -> str:
    """The text without tags, spaces and hyphens."""
    return re.sub(r"<[^>]*>|[\s\u2010-]", "", text)


def messages(inventory: Inventory) -> list[str]:
    return [finding.message for finding in inventory.findings]


def note(number: int, content: str) -> str:
    return (
        f'<a class=note-ref id=fnref-{number} href="#fn-{number}">{number}</a>'
        f'<span class=footnote id=fn-{number}><a href="#fnref-{number}">{number}</a> {content}</span>'
    )


PAPER = f"""
<header><p class=title>The title</p><p>A. Author</p></header>
<section id=one><h1 id=h1>First <em>head</em></h1>
<p>See <a href="#ref-a">Adams 1999</a>{
    note(
        1,
        '<span class=note-p>A note, see <a href="#ref-b">Bell</a>.</span>'
        "<span class=note-p>Its second paragraph.</span>",
    )
} and <a href="https://example.org/x">a page</a>.</p>
<p>So <img class=math alt="a^2" src="{SQUARE}"> it is.</p>
<ul><li>tight</li><li><p>loose</p><ul><li>nested</li></ul></li></ul>
<dl><dt>term</dt><dd>meaning</dd></dl>
<blockquote><p>Quoted.</p></blockquote>
<figure><img src="{SQUARE}" alt="A square"><figcaption>Figure 1. Square</figcaption></figure>
<div class=code><pre><code><span>def</span> f(x):
    return x</code></pre></div>
</section><section><h2 id=h2 style="break-before: page">References</h2>
<div class=references id=refs><div id=ref-a class=csl-entry><p>Adams. <em>Book</em>. 1999.</p></div>
<div id=ref-b class=csl-entry><p>Bell. {LONG}</p></div></div></section>
"""


def as_formulas(document: pikepdf.Pdf) -> None:
    """Make equations of the pictures that the writer marks as such."""
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Alt") == "a^2":
            thing.S = pikepdf.Name.Formula


@pytest.fixture(scope="module")
def paper() -> bytes:
    authors = "<meta name=author content='A. Author'><meta name=author content='B. Second'>"
    return edited(pdf(PAPER, head=authors), as_formulas)


def test_everything_in_a_paper_is_found_once_and_in_order(paper: bytes) -> None:
    found = [(item.kind, item.text) for item in read(paper).items if item.kind != "reference"]
    assert found == [
        ("paragraph", "The title"),
        ("paragraph", "A. Author"),
        ("section", "First head"),
        ("paragraph", "See Adams 1999 and a page."),
        ("citation", "Adams 1999"),
        ("mark", "See Adams 1999"),
        ("link", "a page"),
        ("paragraph", f"So {OBJECT} it is."),
        ("equation", ""),
        ("paragraph", "tight"),
        ("paragraph", "loose"),
        ("paragraph", "nested"),
        ("paragraph", "term"),
        ("paragraph", "meaning"),
        ("paragraph", "Quoted."),
        ("figure", "Figure 1. Square"),
        ("code", "def f(x):\n    return x"),
        ("note", "A note, see Bell. Its second paragraph."),
        ("citation", "Bell"),
        ("section", "References"),
    ]


def test_targets_levels_and_places(paper: bytes) -> None:
    found = read(paper)
    assert [
        (item.kind, item.target) for item in found.of("citation", "link", "equation", "figure", "note")
    ] == [
        ("citation", "#ref-a"),
        ("link", "https://example.org/x"),
        ("equation", "a^2"),
        ("figure", "A square"),
        ("note", "fn-1"),
        ("citation", "#ref-b"),
    ]
    assert [(item.level, item.text) for item in found.of("section")] == [(1, "First head"), (2, "References")]
    assert found.of("note")[0].section == "First head"
    assert {item.where for item in found.items} == {"page 1", "page 2"}


def test_references_are_known_by_their_destinations(paper: bytes) -> None:
    found = read(paper).of("reference")
    assert [(item.target, item.text.split(".")[0]) for item in found] == [
        ("ref-a", "Adams"),
        ("ref-b", "Bell"),
    ]
    assert squashed(found[1].text) == squashed("Bell." + LONG)


def test_what_the_file_says_of_itself(paper: bytes) -> None:
    found = read(paper)
    assert (found.title, found.authors, found.lang) == ("A title", ("A. Author", "B. Second"), "en")
    assert found.outline == (
        Mark("First head", 1, page="1", real="1"),
        Mark("References", 2, page="2", real="2"),
    )
    assert {"h1", "fn-1", "fnref-1", "ref-a", "ref-b"} <= set(found.anchors)
    assert found.loose
    assert found.findings == ()


@pytest.mark.parametrize("width", [28, 47, 90])
@pytest.mark.parametrize(
    "text",
    [
        LONG + "AVATAR, W. To. <em>f</em>ire <b>bo</b>ld x<sup>2</sup>y<sub>i</sub> a—b pp. 12–34 ‘q’ … 1/2 "
        "<span style='letter-spacing:.2em'>SPACED</span> <code>f(a, b)[0]</code>",
        "Les œuvres d’Émile : « naïveté » ; Straße, Łódź, ğş, Đặng Thị Ngọc, Ελληνική, литература, x̄ ȳ.",
        "中文段落测试，这是一个很长的段落，需要换行才能显示完整的内容。日本語の文章です。한국어 문장.",
    ],
    ids=["english", "accents", "cjk"],
)
def test_words_come_whole_at_every_width(text: str, width: int) -> None:
    size = f"@page {{ size: {width}mm 150mm; margin: 4mm }} p {{ font-family: 'DejaVu Serif' }}"
    found = read(pdf(f"<p>{text}</p>", size))
    assert squashed("".join(texts(found, "paragraph"))) == squashed(text)


def test_a_hyphen_of_hyphenation_goes_and_the_writers_own_stays() -> None:
    size = "@page { size: 60mm 150mm; margin: 4mm }"
    (text,) = texts(read(pdf(f"<p>{LONG * 2}</p>", size)), "paragraph")
    assert "\u2010" not in text
    assert text.count("self-evident") == 2


def test_hebrew_and_arabic_alone_keep_their_letters() -> None:
    found = read(pdf("<p>שלום עולם</p><p>مرحبا بالعالم</p>", "p { font-family: 'DejaVu Sans' }"))
    assert texts(found, "paragraph") == ["שלום עולם", "مرحبا بالعالم"]


def test_a_table_over_pages_is_one_and_has_its_head_once() -> None:
    rows = "".join(f"<tr><td>{i}</td><td><p>row</p><p>{i}</p></td></tr>" for i in range(40))
    head = "<thead><tr><th>Number</th><th>Words</th></tr></thead>"
    table = f"<table><caption>Table 1</caption>{head}<tbody>{rows}</tbody></table>"
    found = read(pdf(table, "tr { break-inside: avoid }"))
    (whole,) = found.of("table")
    assert whole.text == "Table 1"
    assert whole.rows == (("Number", "Words"), *((str(i), f"row {i}") for i in range(40)))
    assert not found.of("paragraph")


def test_a_row_over_pages_is_one() -> None:
    found = read(
        pdf(f"<table><tr><td>long</td><td>{LONG.replace('. ', ', ').lower() * 20}</td></tr></table>")
    )
    (broken,) = found.of("table")
    (row,) = broken.rows
    assert row[0] == "long"
    assert row[1].count("notwithstanding") == 20


def test_rows_with_an_empty_first_cell_stay_apart_over_pages() -> None:
    rows = "".join(f"<tr><td></td><td>Name {i}</td><td>word</td></tr>" for i in range(60))
    (whole,) = read(pdf(f"<table>{rows}</table>")).of("table")
    assert whole.rows == tuple(("", f"Name {i}", "word") for i in range(60))


def test_two_tables_stay_two() -> None:
    table = "<table><caption>C</caption><thead><tr><th>A</th></tr></thead><tr><td>1</td></tr></table>"
    found = read(pdf(f"{table}<div style='break-before: page'></div>{table}"))
    assert [item.where for item in found.of("table")] == ["page 1", "page 2"]


def test_a_paragraph_cut_within_a_sentence_is_one_and_whole_ones_stay_apart() -> None:
    cut = read(pdf(f"<p>{LONG.replace('facts. ', 'facts, ') * 12}</p>", "p { orphans: 1; widows: 1 }"))
    assert len(cut.of("paragraph")) == 1
    whole = read(pdf("<p>One ends here.</p><p style='break-before: page'>and one begins.</p>"))
    assert texts(whole, "paragraph") == ["One ends here.", "and one begins."]


def test_columns_part_no_words_and_no_references() -> None:
    entries = "".join(f"<div id=ref-{i} class=csl-entry><p>{i}. {LONG * 2}</p></div>" for i in range(12))
    body = f"<h1>H</h1><p>{LONG * 9}</p><section><h1>R</h1><div id=refs>{entries}</div></section>"
    found = read(pdf(body, "main { columns: 2 } p { orphans: 1; widows: 1 }"))
    assert "\u2010" not in "".join(item.text for item in found.items)
    assert [item.target for item in found.of("reference")] == [f"ref-{i}" for i in range(12)]
    everything = "".join(texts(found, "paragraph") + texts(found, "reference"))
    assert squashed(everything) == squashed(LONG * 9 + "".join(f"{i}. {LONG * 2}" for i in range(12)))


def test_a_figure_and_its_caption_on_the_next_page_are_one() -> None:
    figure = f'<figure><img src="{SQUARE}" alt=A><figcaption>Cap</figcaption></figure>'
    found = read(pdf(figure, "figcaption { break-before: page }"))
    assert [(item.kind, item.text, item.target) for item in found.items] == [("figure", "Cap", "A")]


def test_a_reference_over_pages_is_one() -> None:
    entries = "".join(f"<div id=ref-{i} class=csl-entry><p>{i}. {LONG * 3}</p></div>" for i in range(9))
    found = read(pdf(f"<section><h1>R</h1><div id=refs class=references>{entries}</div></section>"))
    assert [item.target for item in found.of("reference")] == [f"ref-{i}" for i in range(9)]
    assert squashed("".join(texts(found, "reference"))) == squashed(
        "".join(f"{i}. {LONG * 3}" for i in range(9))
    )


def test_a_link_over_two_lines_is_one() -> None:
    found = read(pdf(f"<p>{LONG[:60]} <a href='https://example.org/'>{LONG}</a></p>"))
    (link,) = found.of("link")
    assert squashed(link.text) == squashed(LONG)


def test_a_blanked_page_is_told_and_its_text_is_not_found(paper: bytes) -> None:
    def blank(document: pikepdf.Pdf) -> None:
        document.pages[0].Contents = document.make_stream(b"")

    found = read(edited(paper, blank))
    assert "the page is empty" in messages(found)
    assert not found.of("equation", "figure", "code", "note")
    assert {item.where for item in found.items} == {"page 2"}


def test_a_link_to_a_removed_page_leads_nowhere(paper: bytes) -> None:
    def remove(document: pikepdf.Pdf) -> None:
        del document.pages[-1]

    found = read(edited(paper, remove))
    assert any("#ref-b" in message for message in messages(found))
    assert "ref-b" not in found.anchors
    assert all("Bell." not in text for text in texts(found, "reference") + texts(found, "paragraph"))


def test_a_link_that_was_taken_off_its_page_is_no_link(paper: bytes) -> None:
    def unlink(document: pikepdf.Pdf) -> None:
        del document.pages[0].Annots

    found = read(edited(paper, unlink))
    assert not [item for item in found.of("link", "citation") if item.where == "page 1"]


def test_text_without_a_tree_is_paragraphs(paper: bytes) -> None:
    def strip(document: pikepdf.Pdf) -> None:
        del document.Root.StructTreeRoot

    found = read(edited(paper, strip))
    assert "the PDF has no structure tree" in messages(found)
    assert any("Adams 1999" in text for text in texts(found, "paragraph"))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<p>Seen <span style='color: white'>unseen</span></p>", "text that nobody can see: “unseen”"),
        ("<p style='white-space: pre'>" + LONG + "</p>", "text runs over the page's edge"),
        ("<p><img src='none.png' alt='A lost picture'></p>", "A lost picture"),
    ],
)
def test_what_a_reader_cannot_see_is_told(body: str, message: str) -> None:
    assert any(message in found for found in messages(read(pdf(body))))


def test_white_on_dark_can_be_seen() -> None:
    found = read(pdf("<p style='background: #333; color: white'>light</p>"))
    assert texts(found, "paragraph") == ["light"]
    assert not found.findings


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n"])
def test_what_is_no_pdf_is_one_finding(data: bytes) -> None:
    found = read(data)
    assert found.items == ()
    assert [finding.severity for finding in found.findings] == ["error"]


def test_a_damaged_tree_does_no_harm(paper: bytes) -> None:
    def damage(document: pikepdf.Pdf) -> None:
        top = document.Root.StructTreeRoot.K[0]
        top.K.append(top)
        top.K[0].K.append(top)
        for odd in (99999, -5, 2**40, pikepdf.Name.X, pikepdf.String("x"), pikepdf.Dictionary()):
            top.K.append(odd)
        top.K.append(pikepdf.Dictionary(S=pikepdf.Name.P))

    assert read(edited(paper, damage)).items == read(paper).items


def test_cells_have_spans_and_tables_heads() -> None:
    head = "<thead><tr><th rowspan=2>A</th><th colspan=2>B</th></tr><tr><th>c</th><th>d</th></tr></thead>"
    found = read(pdf(f"<table>{head}<tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>"))
    (table,) = found.of("table")
    assert table.spans == (((1, 2), (2, 1)), ((1, 1), (1, 1)), ((1, 1), (1, 1), (1, 1)))
    assert table.heads == 2


def test_attributes_of_cells_may_be_an_array_and_say_what_the_cell_heads() -> None:
    def change(document: pikepdf.Pdf) -> None:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH":
                wide = pikepdf.Dictionary(O=pikepdf.Name.Table, ColSpan=2)
                thing.A = pikepdf.Array([wide, 0, pikepdf.Dictionary(Scope=pikepdf.Name.Column)])
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TD":
                del thing.A

    rows = "<tr><th>A</th></tr><tr><td>1</td><td>2</td></tr>"
    plain = read(pdf(f"<table>{rows}</table>")).of("table")[0]
    assert (plain.heads, plain.spans) == (0, (((1, 1),), ((1, 1), (1, 1))))
    scoped = read(edited(pdf(f"<table>{rows}</table>"), change)).of("table")[0]
    assert (scoped.heads, scoped.spans) == (1, (((2, 1),), ((1, 1), (1, 1))))


def test_a_table_over_pages_keeps_spans_and_counts_its_head_once() -> None:
    rows = "".join(f"<tr><td>{i}</td><td colspan=2>row {i}</td></tr>" for i in range(60))
    head = "<thead><tr><th>N</th><th>A</th><th>B</th></tr></thead>"
    (whole,) = read(pdf(f"<table>{head}<tbody>{rows}</tbody></table>")).of("table")
    assert whole.heads == 1
    assert whole.spans == (((1, 1),) * 3, *(((1, 1), (2, 1)),) * 60)


def test_a_mark_tells_what_stands_before_it() -> None:
    rows = f"<table><tr><td>one</td><td>two{note(2, 'In a cell.')} three</td></tr></table>"
    found = read(pdf(f"<h1>H</h1><p>A word{note(1, 'First.')} and more.</p>{rows}"))
    assert [(item.text, item.target, item.section, item.where) for item in found.of("mark")] == [
        ("A word", "fn-1", "H", "page 1"),
        ("two", "fn-2", "H", "page 1"),
    ]
    assert [item.target for item in found.of("note")] == ["fn-1", "fn-2"]


def mark_of(one: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage) -> int:
    """The marked-content id that an instruction begins with; -1 where it begins with none."""
    named = str(one.operator) == "BDC" and one.operands[1]
    return int(named["/MCID"]) if isinstance(named, pikepdf.Dictionary) and "/MCID" in named else -1


def unpainted(mcid: int) -> Callable[[pikepdf.Pdf], None]:
    """An edit that takes a marked content off the last page."""

    def change(document: pikepdf.Pdf) -> None:
        kept, inside = [], False
        for one in pikepdf.parse_content_stream(document.pages[-1]):
            inside = inside or mark_of(one) == mcid
            if not inside:
                kept.append(one)
            inside = inside and str(one.operator) != "EMC"
        document.pages[-1].Contents = document.make_stream(pikepdf.unparse_content_stream(kept))

    return change


def test_a_mark_that_is_not_painted_is_none() -> None:
    body = f"<p>A word{note(1, 'First.')} and more.</p>"
    assert read(pdf(body)).count("mark") == 1
    found = read(edited(pdf(body), unpainted(1)))
    assert found.count("mark") == 0


def test_anchors_tell_what_stands_there(paper: bytes) -> None:
    found = read(paper).anchors
    assert found["h1"].startswith("First head See Adams 1999 and a page. So")
    assert found["fn-1"].startswith("A note, see Bell.")
    assert found["ref-a"].startswith("Adams. Book. 1999. Bell. The internationalisation")
    assert found["refs"] == found["ref-a"]
    assert 200 < len(found["ref-b"]) < 310


def test_a_figures_anchor_tells_its_caption_and_a_tables_its_cells() -> None:
    figure = (
        f'<figure id=fig><img src="{SQUARE}" alt=A style="height: 80pt"><figcaption>Cap</figcaption></figure>'
    )
    table = "<table id=tab><caption>Table 1</caption><tr><td>cell</td></tr></table>"
    found = read(pdf(f"<p>Before.</p>{figure}<p>Between.</p>{table}<p id=last>Last.</p>")).anchors
    assert found == {
        "fig": "Cap Between. Table 1 cell Last.",
        "tab": "cell Last.",  # WeasyPrint's destination is below the caption
        "last": "Last.",
    }


def test_a_tables_anchor_is_read_from_its_first_cell_though_it_stands_lower() -> None:
    first = "<tr><th rowspan=2 style='vertical-align: bottom'>A</th><th>B</th></tr>"
    table = f"<table id=tab><thead>{first}<tr><th>C</th></tr></thead><tr><td>1</td><td>2</td></tr></table>"
    assert read(pdf(table)).anchors == {"tab": "A B C 1 2"}


def test_of_two_blocks_side_by_side_the_anchor_is_the_nearer_ones() -> None:
    column = "style='position: absolute; width: 40mm; top: 20mm; "
    first = f"<div {column} left: 0'><p id=one>Left one.</p></div>"
    body = f"{first}<div {column} left: 60mm'><p id=two>Right two.</p></div>"
    found = read(pdf(body)).anchors
    assert found["one"].startswith("Left one.")
    assert found["two"].startswith("Right two.")


def test_the_outline_tells_where_it_leads_and_where_its_headings_stand() -> None:
    body = "".join(f"<h1 style='break-before: page'>{title}</h1><p>Words.</p>" for title in ("A", "B", "A"))

    def astray(document: pikepdf.Pdf) -> None:
        first = document.Root.Outlines.First
        first.Dest = pikepdf.Array([document.pages[1].obj, pikepdf.Name.Fit])
        del first.Next.Dest
        first.Next.Next.Title = pikepdf.String("C")

    whole = read(pdf(body)).outline
    assert whole == tuple(
        Mark(title, 1, page=page, real=page) for title, page in (("A", "1"), ("B", "2"), ("A", "3"))
    )
    assert read(edited(pdf(body), astray)).outline == (
        Mark("A", 1, page="2", real="1"),
        Mark("B", 1, page="", real="2"),
        Mark("C", 1, page="3", real=""),
    )


def test_a_file_without_an_outline_has_an_empty_one() -> None:
    assert read(pdf("<p>Words.</p>")).outline == ()


CONTENTS = """<style>nav ul { list-style: none; padding: 0 }
nav a::after { content: leader('.') target-counter(attr(href), page) } h1 { break-before: page }</style>
<nav><p>Contents</p><ul><li><a href="#a">First <em>thing</em> of a title that goes over several
lines, as there is no end to it</a></li>
<li><a href="#b">Part 2</a><ul><li><a href="#c">U.S.</a></li></ul></li></ul></nav>
<h1 id=a>First thing</h1><h1 id=b>Part 2</h1><h2 id=c>U.S.</h2><ul><li><a href="#a">see A</a></li></ul>"""


def test_a_contents_list_is_read_and_is_no_text() -> None:
    found = read(pdf(CONTENTS))
    assert found.contents == (
        Mark(
            "First thing of a title that goes over several lines, as there is no end to it",
            target="a",
            page="2",
            real="2",
        ),
        Mark("Part 2", target="b", page="3", real="3"),
        Mark("U.S.", target="c", page="3", real="3"),
    )
    assert texts(found, "paragraph") == ["Contents", "see A"]
    assert texts(found, "link") == ["see A"]
    assert not found.findings


def test_pages_are_named_as_the_file_names_them() -> None:
    def label(document: pikepdf.Pdf) -> None:
        roman = pikepdf.Dictionary(S=pikepdf.Name("/r"))
        document.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, roman]))

    found = read(edited(pdf(CONTENTS), label))
    assert [(mark.page, mark.real) for mark in found.contents][:2] == [("2", "ii"), ("3", "iii")]
    assert [(mark.page, mark.real) for mark in found.outline or ()] == [
        ("ii", "ii"),
        ("iii", "iii"),
        ("iii", "iii"),
    ]


HIDDEN = "<p>Seen.</p><p>Never seen.</p>"


def painted_after(code: bytes) -> Callable[[pikepdf.Pdf], None]:
    """An edit that paints something over the first page."""

    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].contents_add(code)

    return change


@pytest.mark.parametrize(
    "style",
    [
        "color: white",
        "color: #fafafa",
        "color: rgba(0, 0, 0, .02)",
        "font-size: .1pt",
        "background: #333; color: #333",
        "position: relative; top: 40mm",
    ],
)
def test_hidden_text_is_told_and_is_no_text_of_its_item(style: str) -> None:
    clip = "overflow: hidden; height: 30mm" if "top" in style else ""
    found = read(pdf(f"<div style='{clip}'><p>Seen.</p><p style='{style}'>Never seen.</p></div>"))
    assert texts(found, "paragraph") == ["Seen."]
    assert messages(found) == ["text that nobody can see: “Never seen.”"]


def test_each_block_with_hidden_text_is_told() -> None:
    found = read(
        pdf("<p>Seen.</p><p style='color: white'>One <b>and</b> the same.</p><p style='color: #fff'>Two.</p>")
    )
    assert messages(found) == [
        "text that nobody can see: “One and the same.”",
        "text that nobody can see: “Two.”",
    ]


@pytest.mark.parametrize(
    ("code", "is_hidden"),
    [
        (b"q 1 1 1 rg 0 0 420 595 re f Q", True),
        (b"q 1 0 0 rg 0 0 420 595 re f Q", True),
        (b"q 1 0 0 RG 0 0 420 595 re S Q", False),
        (b"q 0 0 0 rg 0 0 m 420 0 l 420 595 l f Q", False),
        (b"q 0 0 5 5 re W n 1 1 1 rg 0 0 420 595 re f Q", False),
    ],
)
def test_text_is_hidden_under_what_is_painted_over_it(code: bytes, is_hidden: bool) -> None:
    found = read(edited(pdf("<p>Words.</p>"), painted_after(code)))
    assert ("text that nobody can see: “Words.”" in messages(found)) == is_hidden


def moved(words: dict[int, float]) -> Callable[[pikepdf.Pdf], None]:
    """An edit that lifts texts on the first page, by their marked-content ids."""

    def change(document: pikepdf.Pdf) -> None:
        page, result, at = document.pages[0], [], -1
        for one in pikepdf.parse_content_stream(page):
            operands: list[Any] = list(one.operands)
            at = mark_of(one) if str(one.operator) == "BDC" else at
            if str(one.operator) == "Tm" and at in words:
                operands[5] = float(operands[5]) - words[at]
            result.append((operands, one.operator))
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(result))

    return change


def test_text_that_stands_out_of_its_order_is_told() -> None:
    body = "".join(f"<p>Paragraph {number}.</p>" for number in range(6))
    found = read(edited(pdf(body), moved({4: 200})))
    assert messages(found) == ["the text “Paragraph 4.” stands out of its order on the page"]


def test_text_that_is_printed_over_other_text_is_told() -> None:
    data = pdf(
        "<p>Paragraph one.</p><p>Paragraph two.</p><p>Three.</p>", "p { margin: 0; line-height: 20px }"
    )
    assert not read(data).findings
    found = read(edited(data, moved({1: 20})))
    assert "“Paragraph one.” and “Paragraph two.” are printed over each other" in messages(found)


def test_a_line_of_code_that_stands_elsewhere_is_told() -> None:
    code = "<div class=code><pre>one = 1\ntwo = 2\nthree = 3\nfour = 4</pre></div>"
    found = read(edited(pdf(code), moved({3: 45})))
    assert messages(found)[0].startswith("the text “four = 4” stands out of its place in “one = 1")


def test_a_mark_or_a_cell_that_stands_elsewhere_is_told() -> None:
    long = f"<p>{LONG}{note(1, 'Note.')}</p>"
    marks = [read(edited(pdf(long), moved({mcid: 60}))) for mcid in range(12)]
    assert any(
        "the mark of note 1 stands out of its place" in said for one in marks for said in messages(one)
    )
    rows = "".join(f"<tr><td>a{number}</td><td>b{number}</td></tr>" for number in range(5))
    found = read(edited(pdf(f"<table>{rows}</table>"), moved({8: 45})))
    assert [said for said in messages(found) if "“a4” stands out of its place" in said]


def test_columns_floats_and_sides_are_in_order() -> None:
    float_ = "<div style='float: right; width: 30mm'><p>Beside the text, a float.</p></div>"
    sides = "<div style='display: flex'><p>Left one.</p><p>Right one.</p></div>"
    terms = "<dl><dt style='float: left'>term</dt><dd>meaning</dd></dl>"
    sums = f"<p>x<sup>2</sup> and <img alt=a style='height: 30pt' src=\"{SQUARE}\"> y<sub>i</sub>.</p>"
    rtl = "<p dir=rtl>שלום עולם <b>ועוד</b> מילים</p>"
    body = f"<h1>Title</h1>{float_}<p>{LONG * 3}</p>{sides}{terms}{sums}{rtl}"
    for style in ("", "main { columns: 2 } h1 { column-span: all }"):
        assert not read(pdf(body, style)).findings


def test_what_is_read_from_right_to_left_is_in_order() -> None:
    code = "<div class=code><pre><b>def</b> f<i>(</i>x<i>)</i>: <b>return</b> x</pre></div>"
    rows = "".join(f"<tr><td>א{number}</td><td>ב</td><td>12</td></tr>" for number in range(3))
    words = f"<p>טקסט בעברית <b>with English</b> ועוד 12–34 (<i>סוגריים</i>){note(1, 'הערה')} בשורה.</p>"
    contents = CONTENTS.replace("Part 2", "שלום עולם")
    assert not read(
        pdf(f"{words}<table>{rows}</table>{code}{contents}", "html { direction: rtl }", "he")
    ).findings


def png(pixels: Callable[[int], tuple[int, int, int, int]], size: int = 8) -> str:
    """The URL of a picture of these pixels."""
    image = Image.new("RGBA", (size, size))
    image.putdata([pixels(place) for place in range(size * size)])
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


WHITE_BOX = SQUARE.replace("<rect ", "<rect fill='white' ")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (png(lambda place: (place, 0, 0, 255)), "pixels:8x8"),
        (png(lambda place: (0, 0, 0, place * 3)), "pixels:8x8"),
        (png(lambda _: (0, 128, 128, 255)), "pixels:8x8"),
        (png(lambda _: (255, 255, 255, 255)), "blank"),
        (png(lambda place: (place, 0, 0, 0)), "blank"),
        (png(lambda _: (9, 9, 9, 255), 1), "blank"),
        (SQUARE, "parts:1:5"),
        (WHITE_BOX, "blank"),
    ],
    ids=["coloured", "masked", "teal", "white", "transparent", "pixel", "vector", "white-vector"],
)
def test_a_picture_is_known_by_its_size_or_parts_or_is_blank(source: str, told: str) -> None:
    body = f'<figure><img src="{source}" alt=A style="width: 40pt"><figcaption>Cap</figcaption></figure>'
    (figure,) = read(pdf(body)).of("figure")
    assert figure.picture == told


def test_a_picture_too_small_to_see_is_blank() -> None:
    body = f'<figure><img src="{SQUARE}" alt=A style="width: 1px"><figcaption>Cap</figcaption></figure>'
    assert [item.picture for item in read(pdf(body)).of("figure")] == ["blank"]


def test_a_stretched_picture_is_told() -> None:
    source = png(lambda place: (place, 0, 0, 255))
    found = read(pdf(f'<figure><img src="{source}" alt="A map" style="width: 90pt; height: 60pt"></figure>'))
    assert messages(found) == ["the picture “A map” is drawn with 1.5 times its own width"]


def test_code_keeps_its_spaces() -> None:
    code = "def f(x):\n    if  x:\n        return   x  # c\n    <b>return</b> <i>7</i>"
    found = read(pdf(f"<div class=code><pre>{code}</pre></div>", "pre { font-family: 'DejaVu Sans Mono' }"))
    assert texts(found, "code") == [re.sub("<[^>]*>", "", code)]


def test_code_over_pages_keeps_its_indentation() -> None:
    code = "def f():\n" + "    x = 1\n" * 90
    found = read(pdf(f"<div class=code><pre>{code}</pre></div>", "pre { font-family: 'DejaVu Sans Mono' }"))
    assert "\n".join(texts(found, "code")) == code.strip()


def test_letters_of_several_widths_keep_single_spaces() -> None:
    found = read(
        pdf("<div class=code><pre>if   x: i = m\n  w</pre></div>", "pre { font-family: 'DejaVu Serif' }")
    )
    assert texts(found, "code") == ["if x: i = m\n w"]


def test_a_page_with_nothing_but_its_head_and_foot_is_told() -> None:
    found = read(edited(pdf("<p>One.</p><p style='break-before: page'>Two.</p>"), unpainted(0)))
    assert messages(found) == ["page 2 shows nothing but its header or footer"]


def test_a_font_that_is_not_embedded_is_an_error() -> None:
    def strip(document: pikepdf.Pdf) -> None:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                for key in {"/FontFile", "/FontFile2", "/FontFile3"} & set(thing.keys()):
                    del thing[key]

    found = read(edited(pdf("<p>Words.</p>"), strip))
    assert any(
        "is not embedded" in finding.message and finding.severity == "error" for finding in found.findings
    )


FORMULA = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='60' height='20'>"
    "<rect x='1' y='1' width='10' height='18'/><rect x='40' y='1' width='19' height='18' {}/></svg>"
)


@pytest.mark.parametrize(
    ("last", "told"),
    [("", []), ("fill='none'", ["the equation “a^2” is drawn in a part of its place only"])],
)
def test_an_equation_of_which_a_part_is_missing_is_told(last: str, told: list[str]) -> None:
    data = pdf(f'<p>So <img alt="a^2" src="{FORMULA.format(last)}"> it is.</p>')
    assert messages(read(edited(data, as_formulas))) == told


def test_an_equation_without_ink_is_none() -> None:
    white = edited(pdf(f'<p>So <img alt="a^2" src="{WHITE_BOX}"> it is.</p>'), as_formulas)
    assert read(white).count("equation") == 0
    assert read(edited(pdf(f'<p>So <img alt="a^2" src="{SQUARE}">.</p>'), as_formulas)).count("equation") == 1


def test_a_table_with_cells_over_several_rows_is_one_over_pages() -> None:
    rows = "".join(
        f"<tr>{f'<td rowspan=4>g{number}</td>' if number % 4 == 0 else ''}<td>a{number}</td><td>b</td></tr>"
        for number in range(60)
    )
    head = "<thead><tr><th>G</th><th>A</th><th>B</th></tr></thead>"
    found = read(pdf(f"<table>{head}{rows}</table>", "tr { break-inside: avoid }"))
    (whole,) = found.of("table")
    assert len(whole.rows) == len(whole.spans) == 61
    assert [len(row) for row in whole.rows] == [3, *[3, 2, 2, 2] * 15]
    assert not found.findings
