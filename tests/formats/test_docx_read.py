"""The reader of Word documents: what it sees in files of any origin, and what it says of damaged ones."""

from __future__ import annotations

import io
import zipfile

import pytest

from paperbuild.formats.docx.read import read
from paperbuild.model import OBJECT

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="b1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="b1"/></w:style>
<w:style w:type="paragraph" w:styleId="Teil"><w:name w:val="Teil"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="Source Code"/></w:style>
<w:style w:type="paragraph" w:styleId="Lit"><w:name w:val="Bibliography"/></w:style>
<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="TC"><w:name w:val="Table Caption"/><w:basedOn w:val="Cap"/></w:style>
<w:style w:type="paragraph" w:styleId="IC"><w:name w:val="Image Caption"/><w:basedOn w:val="Cap"/></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Geheim"><w:name w:val="Geheim"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
FOOTNOTES = """
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> See there.</w:t></w:r></w:p>
</w:footnote>"""
PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="a box"/><a:graphic><a:graphicData><pic:pic/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
MARK = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def relationships(*lines):
    return f"<Relationships {PACKAGE}>{''.join(lines)}</Relationships>"


def relation(identifier, kind, target, mode=""):
    return f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def package(body, *, footnotes=FOOTNOTES, links="", **replaced):
    parts = {
        "_rels/.rels": relationships(relation("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMES}>{STYLES}</w:styles>",
        "word/footnotes.xml": f"<w:footnotes {NAMES}>{footnotes}</w:footnotes>",
        "word/_rels/document.xml.rels": relationships(
            relation("rId1", "styles", "styles.xml"),
            relation("rId2", "footnotes", "footnotes.xml"),
            relation("rId3", "hyperlink", "https://example.org/", ' TargetMode="External"'),
            links,
        ),
    }
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, text in (parts | replaced).items():
            if text is not None:
                archive.writestr(name, text)
    return output.getvalue()


def p(content, style=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{content}</w:p>"


def t(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def items(body, **options):
    options.setdefault("footnotes", "")
    inventory = read(package(body, **options))
    assert [finding.message for finding in inventory.findings] == []
    return [(item.kind, item.text) for item in inventory.items]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (t("a") + "<w:r><w:tab/></w:r>" + t("b"), "a b"),
        (t("a") + "<w:r><w:br/></w:r>" + t("b"), "a b"),
        (t("non") + "<w:r><w:noBreakHyphen/></w:r>" + t("stop"), "non-stop"),
        (t("soft") + "<w:r><w:softHyphen/></w:r>" + t("ened"), "softened"),
        (t("kept ") + '<w:del w:id="1"><w:r><w:delText>lost</w:delText></w:r></w:del>' + t("on"), "kept on"),
        (t("an ") + f'<w:ins w:id="1">{t("inserted")}</w:ins>' + t(" word"), "an inserted word"),
        (t("seen") + t(" unseen", "<w:vanish/>"), "seen"),
        (t("seen") + t(" unseen", '<w:rStyle w:val="Geheim"/>'), "seen"),
        (t("seen") + t(" too", '<w:vanish w:val="0"/>'), "seen too"),
        (t("angle ") + '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "angle α"),
        (t("page ") + f'<w:fldSimple w:instr=" PAGE ">{t("3")}</w:fldSimple>', "page 3"),
        (t("in ") + f"<w:sdt><w:sdtContent>{t('a control')}</w:sdtContent></w:sdt>", "in a control"),
        (t("area ") + "<m:oMath><m:r><m:t>r</m:t></m:r></m:oMath>", f"area {OBJECT}"),
    ],
)
def test_text_is_what_a_reader_sees(content, text):
    assert items(p(content))[0] == ("paragraph", text)


def test_a_field_shows_its_result_and_not_its_instruction():
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    instruction = '<w:r><w:instrText> HYPERLINK \\l "there" </w:instrText></w:r>'
    code = begin + instruction + separate + t("shown") + end
    mark = '<w:bookmarkStart w:id="1" w:name="there"/><w:bookmarkEnd w:id="1"/>'
    assert items(p(mark + t("It is ") + code + t("."))) == [("paragraph", "It is shown."), ("link", "shown")]


def complex_field(instruction, result):
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return f"{begin}<w:r><w:instrText> {instruction} </w:instrText></w:r>{separate}{t(result)}{end}"


@pytest.mark.parametrize(
    "write", [complex_field, lambda code, result: f'<w:fldSimple w:instr="{code}">{t(result)}</w:fldSimple>']
)
def test_a_reference_that_word_made_is_a_link_to_its_bookmark(write):
    named = f'<w:bookmarkStart w:id="1" w:name="_Ref5"/>{t("Figure 2")}<w:bookmarkEnd w:id="1"/>'
    (linked,) = [
        item
        for item in read(
            package(p(named) + p(t("See ") + write(r"REF _Ref5 \h", "Figure 2")), footnotes="")
        ).items
        if item.kind == "link"
    ]
    assert (linked.text, linked.target) == ("Figure 2", "#_Ref5")


@pytest.mark.parametrize(
    ("style", "level"), [("b1", 1), ("Kapitel", 1), ("Teil", 2), ("", 0), ("Unknown", 0)]
)
def test_a_heading_is_known_by_its_style_or_what_that_is_based_on(style, level):
    item = read(package(p(t("Words"), style))).items[0]
    assert (item.kind, item.level) == (("section", level) if level else ("paragraph", 0))


def test_a_run_in_heading_is_no_hidden_text():
    hidden = '<w:pPr><w:pStyle w:val="b1"/><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>'
    assert items(f"<w:p>{hidden}{t('Begins')}</w:p>") == [("section", "Begins")]


def test_an_entry_of_the_contents_list_is_nothing():
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p(t('Contents'))}</w:sdtContent></w:sdt>"
    )
    assert items(control + p(t("One 1"), "Verzeichnis1") + p(t("Text"))) == [("paragraph", "Text")]


def test_a_merged_cell_is_one_cell_at_its_place():
    def cell(text, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(t(text))}</w:tc>"

    def row(*cells, properties=""):
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"

    nested = f"<w:tc><w:tbl>{row(cell('in'), cell('side'))}</w:tbl>{p('')}</w:tc>"
    rows = [
        row(cell("h", '<w:gridSpan w:val="2"/>'), cell("i"), properties="<w:tblHeader/>"),
        row(cell("tall", '<w:vMerge w:val="restart"/>'), cell("b"), cell("c")),
        row(cell("", "<w:vMerge/>"), cell("d"), nested),
    ]
    table = f"<w:tbl>{''.join(rows)}</w:tbl>"
    (item,) = read(package(p(t("Table 1"), "TC") + table, footnotes="")).items
    assert (item.kind, item.text) == ("table", "Table 1")
    assert item.rows == (("h", "i"), ("tall", "b", "c"), ("d", "in\nside"))


def test_a_table_that_places_pictures_is_a_figure():
    table = (
        f"<w:tbl><w:tr><w:tc>{p(PICTURE)}{p(t('left'), 'IC')}</w:tc>"
        f"<w:tc>{p(PICTURE)}{p(t('right'), 'IC')}</w:tc></w:tr></w:tbl>"
    )
    found = items(table + p(t("Both"), "IC"))
    assert found == [("figure", "left"), ("figure", "right"), ("paragraph", "Both")]


@pytest.mark.parametrize("above", [True, False])
def test_a_caption_belongs_to_its_picture_above_or_below(above):
    blocks = [p(PICTURE), p(t("Figure 1"), "Cap")]
    (item,) = read(package("".join(blocks[::-1] if above else blocks), footnotes="")).items
    assert (item.kind, item.text, item.target) == ("figure", "Figure 1", "a box")


def test_code_keeps_its_lines_and_two_blocks_stay_two():
    body = p(t("a = 1") + "<w:r><w:br/></w:r>" + t("  b = 2"), "Code") + p(t("c"), "Code")
    assert items(body) == [("code", "a = 1\n  b = 2"), ("code", "c")]


def test_an_empty_equation_does_not_count():
    assert items(p(t("x") + "<m:oMath/>")) == [("paragraph", "x")]


def test_the_signs_of_a_delimiter_object_are_read():
    signs = '<m:dPr><m:begChr m:val="{"/><m:sepChr m:val="∣"/><m:endChr m:val=""/></m:dPr>'
    pieces = "".join(f"<m:e><m:r><m:t>{letter}</m:t></m:r></m:e>" for letter in "ab")
    equation = f"<m:oMath><m:d>{pieces}</m:d><m:d>{signs}{pieces}</m:d></m:oMath>"
    assert items(p(equation)) == [("paragraph", OBJECT), ("equation", "(a|b){a∣b")]


def test_a_display_equation_counts_once():
    one, other = (f"<m:oMath><m:r><m:t>{letter}</m:t></m:r></m:oMath>" for letter in "ab")
    assert items(p(f"<m:oMathPara>{one}{other}</m:oMathPara>")) == [("paragraph", OBJECT), ("equation", "ab")]


def test_a_link_to_a_reference_is_a_citation_also_by_a_hashed_name():
    hashed = "X63c35dd1f1ea5c7aba2790666d28ca05ee34045"
    start, end = f'<w:bookmarkStart w:id="4" w:name="{hashed}"/>', '<w:bookmarkEnd w:id="4"/>'
    entry = start + p(t("Long, A. (2020)."), "Lit") + end
    link = f'<w:hyperlink w:anchor="{hashed}">{t("Long 2020")}</w:hyperlink>'
    inventory = read(package(p(link) + entry, footnotes=""))
    assert [(item.kind, item.target) for item in inventory.items[1:]] == [
        ("citation", f"#{hashed}"),
        ("reference", hashed),
    ]


def test_a_note_stands_at_its_mark():
    body = p(t("Before") + MARK + t(" after.")) + p(t("Next"))
    inventory = read(package(body))
    assert [(item.kind, item.text) for item in inventory.items] == [
        ("paragraph", "Before after."),
        ("mark", "Before"),
        ("note", "See there."),
        ("paragraph", "Next"),
    ]
    assert inventory.findings == ()


WHOLE = (
    p(t("One"))
    + p(t("Two") + MARK)
    + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
)


@pytest.mark.parametrize("lost", [p(t("One")), MARK, "<w:tr><w:tc><w:p/></w:tc></w:tr>"])
def test_what_is_taken_away_is_missed(lost):
    assert read(package(WHOLE)).items != read(package(WHOLE.replace(lost, "", 1))).items


def messages(data):
    return [(finding.severity, finding.message) for finding in read(data).findings]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no ZIP"),
        (b"PK\x03\x04 cut off", "no ZIP"),
        (package(p(t("x")))[:-30], "no ZIP"),
        (package("", **{"word/document.xml": "<w:document"}), "not XML"),
        (package("", **{"word/document.xml": "<root/>"}), "no body"),
        (package("", **{"word/document.xml": None}), "missing"),
        (package(p(t("x")), **{"word/styles.xml": "no XML"}), "not XML"),
    ],
)
def test_a_package_that_cannot_be_read_is_an_error_and_no_exception(data, said):
    ((severity, message),) = messages(data)
    assert severity == "error"
    assert said in message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (package(p('<w:hyperlink w:anchor="gone"><w:r/></w:hyperlink>'), footnotes=""), "bookmark gone"),
        (package(p('<w:hyperlink r:id="rId9"><w:r/></w:hyperlink>'), footnotes=""), "relationship rId9"),
        (
            package(p(t("x")), footnotes="", links=relation("rId7", "image", "media/gone.png")),
            "media/gone.png",
        ),
        (package(p(MARK), footnotes=""), "footnote 2"),
        (package(p(t("x"))), "has no mark"),
    ],
)
def test_what_leads_nowhere_is_an_error(data, said):
    ((severity, message),) = messages(data)
    assert severity == "error"
    assert said in message


def test_an_entity_is_not_expanded():
    body = "<w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body>"
    bomb = f'<!DOCTYPE d [<!ENTITY e "boom">]><w:document {NAMES}>{body}</w:document>'
    texts = [item.text for item in read(package("", footnotes="", **{"word/document.xml": bomb})).items]
    assert "boom" not in " ".join(texts)


def test_a_strict_document_is_read_too():
    body = package(p(t("Strict")))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        text = archive.read("word/document.xml").decode()
    strict = text.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert items("", **{"word/document.xml": strict}) == [("paragraph", "Strict")]


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:sz w:val="1"/>',
        '<w:w w:val="1"/>',
        '<w:rStyle w:val="Geheim"/>',
    ],
)
def test_text_that_nobody_can_see_is_not_there(properties):
    assert items(p(t("Seen") + t(" and hidden", properties))) == [("paragraph", "Seen")]


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>',
        '<w:sz w:val="8"/>',
        '<w:color w:val="auto"/>',
    ],
)
def test_text_that_can_be_seen_is_there(properties):
    assert items(p(t("Seen") + t(" and read", properties))) == [("paragraph", "Seen and read")]


def test_a_table_tells_its_spans_and_heads():
    def cell(text, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(t(text))}</w:tc>"

    across = '<w:gridSpan w:val="2"/>'
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        "<w:tbl>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('wide', across)}{cell('c')}</w:tr>"
        f"<w:tr>{cell('tall', down)}{cell('b')}{cell('d')}</w:tr>"
        f"<w:tr>{cell('', on)}{cell('e')}{cell('f')}</w:tr>"
        "</w:tbl>"
    )
    (table,) = read(package(body, footnotes="")).of("table")
    assert table.rows == (("wide", "c"), ("tall", "b", "d"), ("e", "f"))
    assert table.spans == (((2, 1), (1, 1)), ((1, 2), (1, 1), (1, 1)), ((1, 1), (1, 1)))
    assert table.heads == 1


def test_a_bookmark_tells_what_stands_at_it_and_one_without_an_end_is_a_fault():
    start, end = '<w:bookmarkStart w:id="7" w:name="here"/>', '<w:bookmarkEnd w:id="7"/>'
    body = p(t("Before")) + p(f"{start}{t('The place')}{end}") + p(t("After"))
    inventory = read(package(body, footnotes=""))
    assert inventory.anchors["here"].startswith("The place After")
    assert inventory.findings == ()
    (finding,) = read(package(body.replace(end, ""), footnotes="")).findings
    assert "here has no end" in finding.message
