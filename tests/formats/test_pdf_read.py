"""The PDF reader finds what stands on the pages, and no more than that."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
import weasyprint

from paperbuild.formats.pdf.read import read
from paperbuild.model import OBJECT, Inventory

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
    return bytes(document.write_pdf(pdf_tags=True))


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
        ("code", "def f(x):\n return x"),
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
    assert found.outline == ((1, "First head"), (2, "References"))
    assert {"h1", "fn-1", "fnref-1", "ref-a", "ref-b"} <= found.anchors
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
