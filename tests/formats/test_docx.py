"""Word documents: everything that is written is found again, and Word gets what it needs to show it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pytest
from lxml import etree
from PIL import Image as Raster

from paperbuild import equations, layouts
from paperbuild.config import Options
from paperbuild.dress import dressed
from paperbuild.formats.docx.format import FORMAT, bookmark
from paperbuild.formats.docx.read import read
from paperbuild.formats.docx.write import write
from paperbuild.layouts import running
from paperbuild.model import OBJECT, Author, FrontMatter, Image, Item, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.verify import compare

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" viewBox="0 0 400 200">'
    b'<rect width="400" height="200" fill="#008080"/></svg>'
)
LONG = "ref-averyverylongkeythatgoesonandonandonandonuntil2020"


def raster(kind="PNG", width=30, height=20):
    output = io.BytesIO()
    Raster.new("RGB", (width, height), "red").save(output, kind)
    return Image(output.getvalue(), f"image/{kind.lower()}", width, height)


def words(text):
    return ast.text(text)


def plain(text):
    return {"t": "Plain", "c": words(text)}


def math(tex, *, display=False):
    return {"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, tex]}


def note(*blocks):
    return {"t": "Note", "c": list(blocks)}


def cite(key, text):
    citation = {
        "citationId": key, "citationPrefix": [], "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"}, "citationNoteNum": 1, "citationHash": 0,
    }  # fmt: skip
    return {"t": "Cite", "c": [[citation], [ast.link(words(text), f"#{key}")]]}


def picture(target, alt="", **pairs):
    return {"t": "Image", "c": [ast.attr("", (), pairs.items()), words(alt), [target, ""]]}


def label(text):
    return ast.span(words(text), "", "caption-label")


def figure(identifier, caption, *blocks):
    return {"t": "Figure", "c": [ast.attr(identifier), [None, [{"t": "Plain", "c": caption}]], list(blocks)]}


def cell(text, across=1, down=1):
    return [ast.attr(), {"t": "AlignDefault"}, down, across, [plain(text)] if text else []]


def table(identifier, caption, head, *rows):
    def made(cells):
        return [ast.attr(), [one if isinstance(one, list) else cell(one) for one in cells]]

    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in head]
    body = [ast.attr(), 0, [], [made(row) for row in rows]]
    return {
        "t": "Table",
        "c": [ast.attr(identifier), [None, [{"t": "Plain", "c": caption}]], columns,
              [ast.attr(), [made(head)]], [body], [ast.attr(), []]],
    }  # fmt: skip


def reference(anchor, *inlines):
    return ast.div([ast.para(inlines)], anchor, "csl-entry")


def bullets(*items):
    return {"t": "BulletList", "c": list(items)}


def emph(text):
    return {"t": "Emph", "c": words(text)}


BLOCKS = (
    ast.header(1, [*words("A "), emph("first"), *words(" part")], "first"),
    ast.para([
        *words("Text with "), math("a^2"), *words(" and a note"), note(ast.para(words("The note’s text."))),
        *words(" and "), cite("ref-kelsen1957", "Kelsen 1957"), *words(", "), cite(LONG, "Long 2020"),
        *words(", see "), ast.link(words("table 1"), "#tbl:one"), *words(" or "),
        ast.link(words("the site"), "https://example.org/?a=1&b=2"), *words("."),
    ]),
    ast.para([*words("Where "), math("x=1", display=True), {"t": "Space"}, *words("holds.")]),
    ast.para([ast.span([math(r"\frac{a}{b}", display=True), *words("(1)")], "eq:one", "equation")]),
    bullets([plain("one item")], [plain("another"), bullets([plain("deep")])]),
    {"t": "BlockQuote", "c": [ast.para(words("A long quotation."))]},
    {"t": "CodeBlock", "c": [ast.attr("", ["python"]), "def f():\n    return 1"]},
    {"t": "CodeBlock", "c": [ast.attr(), "second block"]},
    ast.header(2, words("Shown"), "shown"),
    figure("fig:one", [label("Figure 1."), *words(" What it shows")],
           {"t": "Plain", "c": [picture("a.svg", "A teal box", width="70%")]}),
    ast.para([*words("In line "), picture("b.png", "red"), *words(" here.")]),
    table("tbl:one", [label("Table 1."), *words(" Numbers")], ["Name", "Value"],
          ["alpha", "1"], [cell("both", across=2)], [cell("tall", down=2), "2"], ["3"]),
    {"t": "HorizontalRule"},
    ast.div([], "", "page-break"),
    ast.header(1, words("References"), "references"),
    ast.div([
        reference("ref-kelsen1957", *words("Kelsen, H. (1957). "), emph("Collective Security"), *words(".")),
        reference(LONG, *words("Long, A. (2020). "), emph("On and On"), *words(".")),
    ], "refs", "references", "hanging-indent"),
)  # fmt: skip

DOCUMENT = ResolvedDocument(
    slug="sample",
    folder=Path(),
    front=FrontMatter(
        title=(*words("A Title"), {"t": "Note", "c": [ast.para(words("To all."))]}),
        subtitle=tuple(words("And a Subtitle")),
        authors=(Author("Ada Lovelace", ("London",)), Author("Charles Babbage", ("Cambridge",))),
        date=tuple(words("14 March 2025")),
        abstract=(ast.para(words("What it is about.")),),
        keywords=("engines", "numbers"),
    ),
    blocks=BLOCKS,
    references=(),
    lang="en-GB",
    rtl=False,
    hanging_indent=True,
    mathml=equations.to_mathml(BLOCKS)[0],
    images={"a.svg": Image(SVG, "image/svg+xml", 400, 200), "b.png": raster()},
    terms={"abstract": "Abstract", "contents": "Contents", "keywords": "Keywords"},
)


def layout(name="article"):
    return layouts.load(name, Path())


def written(**changes):
    return _fresh(**changes) if changes else _sample()


def as_asked(document, asked=None, **options):
    """The document's bytes and findings in a layout, dressed as the pipeline dresses it."""
    asked, given = asked or layout(), Options(**options)
    return write(dressed(document, given, asked), asked, running.words(document.front, given))


def _fresh(**changes):
    data, findings = as_asked(replace(DOCUMENT, **changes))
    assert findings == ()
    return data


_sample = cache(_fresh)


def part(data, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def short(item: Item):
    text = item.text.replace(OBJECT, "@")
    target = "" if item.kind in {"note", "mark"} else item.target
    return (item.kind, item.level or target or item.rows or "", re.sub(r"\s+", " ", text))


def test_everything_that_was_written_is_read_again_in_order():
    inventory = read(written())
    long = bookmark(LONG)
    assert [short(item) for item in inventory.items] == [
        ("paragraph", "", "A Title"),
        ("mark", "", "A Title"),
        ("note", "", "To all."),
        ("paragraph", "", "And a Subtitle"),
        ("paragraph", "", "Ada Lovelace1 and Charles Babbage2"),
        ("paragraph", "", "1London"),
        ("paragraph", "", "2Cambridge"),
        ("paragraph", "", "14 March 2025"),
        ("paragraph", "", "Abstract"),
        ("paragraph", "", "What it is about."),
        ("paragraph", "", "Keywords: engines, numbers"),
        ("section", 1, "A first part"),
        ("paragraph", "", "Text with @ and a note and Kelsen 1957, Long 2020, see table 1 or the site."),
        ("equation", "", "a2"),
        ("mark", "", "Text with @ and a note"),
        ("note", "", "The note’s text."),
        ("citation", "#ref-kelsen1957", "Kelsen 1957"),
        ("citation", f"#{long}", "Long 2020"),
        ("link", "#tbl:one", "table 1"),
        ("link", "https://example.org/?a=1&b=2", "the site"),
        ("paragraph", "", "Where @ holds."),
        ("equation", "", "x=1"),
        ("paragraph", "", "@(1)"),
        ("equation", "", "ab"),
        ("paragraph", "", "one item"),
        ("paragraph", "", "another"),
        ("paragraph", "", "deep"),
        ("paragraph", "", "A long quotation."),
        ("code", "", "def f(): return 1"),
        ("code", "", "second block"),
        ("section", 2, "Shown"),
        ("figure", "A teal box", "Figure 1. What it shows"),
        ("paragraph", "", "In line @ here."),
        ("figure", "red", ""),
        ("table", (("Name", "Value"), ("alpha", "1"), ("both",), ("tall", "2"), ("3",)), "Table 1. Numbers"),
        ("section", 1, "References"),
        ("reference", "ref-kelsen1957", "Kelsen, H. (1957). Collective Security."),
        ("reference", long, "Long, A. (2020). On and On."),
    ]
    assert inventory.findings == ()
    assert {"first", "shown", "fig:one", "tbl:one", "eq:one", "ref-kelsen1957"} <= set(inventory.anchors)
    assert (inventory.title, inventory.lang) == ("A Title", "en-GB")
    assert inventory.authors == ("Ada Lovelace", "Charles Babbage")
    assert next(item for item in inventory.items if item.kind == "code").text == "def f():\n    return 1"


def test_what_is_promised_is_found():
    prepared = FORMAT.prepare(dressed(DOCUMENT, Options(), layout()), Options())
    _, findings = compare("docx", prepared.promised, read(written()))
    assert findings == ()


@pytest.mark.parametrize("anchor", ["short", LONG, "1-begins-with-a-digit"])
def test_a_bookmark_has_the_name_that_pandoc_gives_it(anchor):
    blocks = (ast.header(1, words("Here"), anchor), ast.para([ast.link(words("there"), f"#{anchor}")]))
    inventory = read(written(blocks=blocks))
    assert bookmark(anchor) in inventory.anchors
    assert [item.target for item in inventory.of("link")] == [f"#{bookmark(anchor)}"]


def test_an_item_knows_its_section():
    sections = {item.kind: item.section for item in read(written()).items}
    assert sections["table"] == "Shown"
    assert sections["reference"] == "References"


@pytest.mark.parametrize("name", layouts.names())
def test_every_layout_holds_the_same_items(name):
    kinds = {"section", "citation", "reference", "table", "figure", "equation", "code", "link"}
    data, _ = write(DOCUMENT, layout(name))
    found = [(item.kind, item.text, item.target) for item in read(data).of(*kinds)]
    assert found == [(item.kind, item.text, item.target) for item in read(written()).of(*kinds)]


def test_the_same_document_gives_the_same_bytes():
    assert _fresh() == written()


def test_the_archive_begins_with_its_content_types_and_carries_no_empty_comments():
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        names = archive.namelist()
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert names[0] == "[Content_Types].xml"
    assert "word/comments.xml" not in names


def test_page_margins_and_body_are_the_layouts():
    word, wanted = docx.Document(io.BytesIO(written())), layout()
    section = word.sections[0]
    found = [length.mm for length in (section.page_width, section.left_margin) if length is not None]
    assert found == pytest.approx([wanted.page.width, wanted.page.margin.left], abs=0.1)
    assert word.styles["Body Text"].font.size.pt == wanted.text.body.size
    assert word.styles["Heading 1"].font.name == wanted.fonts.word.sans[0]
    assert word.styles["Heading 1"].paragraph_format.keep_with_next
    assert "asciiTheme" not in part(written(), "word/styles.xml")


@pytest.mark.parametrize("hanging", [True, False])
def test_references_hang_where_the_citation_style_says_so(hanging):
    word = docx.Document(io.BytesIO(written(hanging_indent=hanging)))
    indent = word.styles["Bibliography"].paragraph_format.first_line_indent
    assert (indent.pt if indent is not None else 0) == (-layout().text.reference.hanging if hanging else 0)


def test_the_running_title_and_the_page_number_stand_in_header_and_footer():
    section = docx.Document(io.BytesIO(written())).sections[0]
    assert "A Title" in section.header.paragraphs[0].text
    assert " PAGE " in etree.tostring(section.footer._element).decode()
    assert section.first_page_header.paragraphs[0].text == ""


def test_the_contents_list_has_its_entries_and_they_lead_to_the_headings():
    data = written(toc=True)
    body = etree.fromstring(part(data).encode())
    gallery = next(body.iter(f"{W}sdt"))
    entries = [link.get(f"{W}anchor") for link in gallery.iter(f"{W}hyperlink")]
    code = " ".join(one.text or "" for one in gallery.iter(f"{W}instrText"))
    assert entries == ["first", "shown", "references"]
    assert 'TOC \\o "1-3" \\h \\z \\u' in code
    assert all(f"PAGEREF {entry} \\h" in code for entry in entries)
    plain_items = [short(item) for item in read(written()).items]
    assert [short(item) for item in read(data).items] == plain_items


def test_head_rows_repeat_and_rows_stay_whole():
    word = docx.Document(io.BytesIO(written()))
    rows = [row for table in word.tables for row in table._tbl.tr_lst]
    assert len(rows[0].findall(f"{W}trPr/{W}tblHeader")) == 1
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_a_bookmark_of_a_heading_is_within_the_heading():
    body = etree.fromstring(part(written()).encode())[0]
    heading = next(one for one in body.iter(f"{W}p") if "".join(one.itertext()) == "A first part")
    starts = [one.get(f"{W}id") for one in heading.findall(f"{W}bookmarkStart")]
    ends = [one.get(f"{W}id") for one in heading.findall(f"{W}bookmarkEnd")]
    assert len(starts) == 1
    assert starts == ends


def test_a_page_break_comes_before_the_paragraph_that_follows():
    paragraphs = docx.Document(io.BytesIO(written())).paragraphs
    broken = [paragraph.text for paragraph in paragraphs if paragraph.paragraph_format.page_break_before]
    assert broken == ["References"]


def test_every_picture_has_an_alternative_text_and_fits_the_page():
    wide = {"a.svg": DOCUMENT.images["a.svg"], "b.png": raster(width=4000, height=100)}
    text = part(written(images=wide))
    described = re.findall(r'<wp:docPr[^>]*descr="([^"]*)"', text)
    widths = [int(width) / 36000 for width in re.findall(r'<wp:extent cx="(\d+)"', text)]
    room = layout().page.text_width
    assert described == ["A teal box", "red"]
    assert widths[0] == pytest.approx(room * 0.7, rel=0.01)
    assert widths[1] == pytest.approx(room, rel=0.01)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "JPEG", "PNG"])
def test_every_kind_of_picture_arrives_as_one_that_word_shows(kind):
    data = written(images={**DOCUMENT.images, "b.png": raster(kind)})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
        kinds = {Raster.open(io.BytesIO(archive.read(name))).format for name in media}
    assert len(media) == 2
    assert kinds <= {"PNG", "JPEG"}


def test_a_picture_that_is_not_there_leaves_words_in_its_place():
    data = written(images={"a.svg": DOCUMENT.images["a.svg"]})
    assert "In line [picture missing: red] here." in [item.text for item in read(data).items]


def test_a_picture_that_cannot_be_drawn_is_a_finding():
    broken = {**DOCUMENT.images, "a.svg": Image(b"<svg", "image/svg+xml", 10, 10)}
    data, findings = write(replace(DOCUMENT, images=broken), layout())
    assert [(one.severity, one.check) for one in findings] == [("error", "docx")]
    assert "a.svg" in findings[0].message
    assert read(data).findings == ()


def test_a_formula_that_pandoc_cannot_convert_is_a_finding():
    _, findings = write(replace(DOCUMENT, blocks=(ast.para([math(r"\nosuch{x}")]),)), layout())
    assert [(one.severity, one.check) for one in findings] == [("warning", "docx")]
    assert "nosuch" in findings[0].message


def test_a_document_from_right_to_left_says_so_everywhere():
    data = written(lang="he", rtl=True)
    text, styles = part(data), part(data, "word/styles.xml")
    assert re.search(r"<w:sectPr.*?<w:bidi/>.*?</w:sectPr>", text, re.DOTALL)
    assert "w:bidiVisual" in text
    assert 'w:bidi="he-IL"' in styles
    code = re.search(r"<w:p><w:pPr><w:pStyle w:val=\"SourceCode\"/>.*?</w:p>", text)
    assert code is not None
    assert "w:rtl" not in code[0]


def test_a_language_within_the_text_keeps_its_name():
    block = ast.para([ast.span(words("bonjour"), lang="fr")])
    assert '<w:lang w:val="fr"/>' in part(written(blocks=(block,)))


def test_a_display_equation_at_a_list_item_keeps_its_item_whole():
    item = [ast.para([math("x", display=True), {"t": "Space"}, *words("begins it.")])]
    texts = [short(one) for one in read(written(blocks=({"t": "BulletList", "c": [item]},))).items]
    assert ("paragraph", "", "@ begins it.") in texts
    assert len([one for one in texts if one[0] == "equation"]) == 1


def test_a_list_of_tasks_keeps_its_boxes():
    tasks = bullets([plain("☐ to do")], [plain("☒ done")])
    texts = [item.text for item in read(written(blocks=(tasks,))).of("paragraph")]
    assert texts[-2:] == ["☐ to do", "☒ done"]


def test_a_link_that_leads_nowhere_is_plain_text_and_a_finding():
    block = ast.para([*words("see "), ast.link(words("there"), "#gone")])
    data, findings = write(replace(DOCUMENT, blocks=(block,)), layout())
    inventory = read(data)
    assert [(one.severity, "#gone" in one.message) for one in findings] == [("warning", True)]
    assert inventory.findings == ()
    assert "see there" in [item.text for item in inventory.items]


def test_a_title_page_run_in_headings_and_captions_elsewhere_lose_nothing(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "layout.toml").write_text(
        'based_on = "article"\n[title_block]\nkind = "page"\n[table]\ncaption = "below"\n[figure]\n'
        'caption = "above"\n[[text.heading]]\n[[text.heading]]\nrun_in = true\n',
        "utf-8",
    )
    blocks = (*BLOCKS[:9], ast.para(words("Follows at once.")), *BLOCKS[9:])
    changed = replace(DOCUMENT, blocks=blocks)
    data, _ = as_asked(changed, layouts.load("other", tmp_path))
    usual, _ = as_asked(changed)
    heading = [item for item in read(data).items if item.text == "Shown."]
    assert [item.level for item in heading] == [2]
    plain = [replace(item, text=item.text.replace("Shown.", "Shown")) for item in read(data).items]
    assert [(one.kind, one.text) for one in plain] == [(one.kind, one.text) for one in read(usual).items]
    assert set(read(data).anchors) == set(read(usual).anchors)
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    broken = [paragraph.text for paragraph in paragraphs if paragraph.paragraph_format.page_break_before]
    assert broken == ["A first part", "References"]
    following = next(etree.fromstring(part(data).encode()).iter(f"{W}tbl")).itersiblings()
    shown = [text.text or "" for text in next(following).iter(f"{W}t")]
    assert "".join(shown).startswith("Table 1.")
    assert part(data).count("w:specVanish") == 1


def test_details_of_a_course_stand_where_the_layout_wants_them():
    data, _ = as_asked(DOCUMENT, layout("handout"), course="Logic 101", due="1 May")
    assert [item.text for item in read(data).items][:2] == ["Logic\u00a0101\u00a0· 1\u00a0May", "A Title"]
    assert "Logic 101" in docx.Document(io.BytesIO(data)).sections[0].header.paragraphs[0].text


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path):
    (tmp_path / "paper.docx").write_bytes(written(toc=True))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", "paper.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    text = (tmp_path / "paper.txt").read_text("utf-8-sig")
    for wanted in ("A Title", "A first part", "alpha", "Kelsen, H. (1957). Collective Security."):
        assert wanted in text
