"""Live citations in Word: Zotero's fields stand around the same text, and hold what Zotero needs."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from lxml import etree
from tests.helpers import CITING, errors, exported, parsed, picture

from paperbuild import config, csl
from paperbuild.formats.docx import package
from paperbuild.formats.docx.citations import rich
from paperbuild.formats.docx.read import read
from paperbuild.model import Live, PaperbuildError
from paperbuild.pandoc import ast
from paperbuild.pandoc import run as pandoc
from paperbuild.verify import compare

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ZOTERO = "paperbuild: {docx: {citations: zotero}}\n"
AUTHOR_DATE, NUMERIC, NOTE = "apa", "ieee", "chicago-notes-bibliography"

TEXT = """\
# First [@eco2015]

As @kelsen1957 [chap. 4] says, and others do [see @eco2015, pp. 3--4; also @price1965, sec. 2 and more], but
[-@eco2015].

Two at once [@price1965; @kelsen1957]; a verse [@eco2015, v. 7]; once more [@eco2015].

A note.^[See [@price1965] and @eco2015 [p. 7].]

| a | b |
|---|---|
| x [@price1965, {ch. IV}] | y |

: A caption [@eco2015] {#tbl:x}
"""
CITED = [
    [("eco2015", "", "", "", "")],
    [("kelsen1957", "chapter", "4", "", "")],
    [("eco2015", "page", "3–4", "see", ""), ("price1965", "section", "2", "also", "and more")],
    [("eco2015", "", "", "", "")],
    [("price1965", "", "", "", ""), ("kelsen1957", "", "", "", "")],
    [("eco2015", "verse", "7", "", "")],
    [("eco2015", "", "", "", "")],
    [("price1965", "", "", "", "")],
    [("eco2015", "page", "7", "", "")],
    [("eco2015", "", "", "", "")],
    [("price1965", "chapter", "IV", "", "")],
]
"""Key, kind of locator, locator, prefix and suffix of each cite in TEXT, as the source has them."""

ODD: dict[str, Any] = {
    "id": "Größe/2020:a",
    "type": "article-journal",
    "title": "Quotes “a” \\ <b> & <i>c</i> }{ ]]> 🦉",
    "author": [{"family": "O’Néill & <Söhne>", "given": "Zoë"}, {"family": "كاتب", "given": "أحمد"}],
    "container-title": "כתב עת",
    "issued": {"date-parts": [[2020, 2]]},
    "volume": 12,
    "abstract": "long " * 20_000,
    "file": "/home/somebody/paper.pdf",
}


def zotero(folder, text=TEXT, style=AUTHOR_DATE, front="", files=None):
    """An export with fields, of a manuscript beside refs.bib."""
    head = CITING if not front.startswith("bibliography") else "---\n---\n\n"
    text = head.replace("---\n\n", f"{front}{ZOTERO}---\n\n", 1) + text
    return exported(folder, text, ["docx"], style, files)


def roots(data):
    """The document's part and that of its notes."""
    parts = package.unpacked(data)
    return [etree.fromstring(parts[f"word/{name}.xml"]) for name in ("document", "footnotes")]


def codes(data, kind):
    """The codes of Zotero's fields of a kind, text first, then notes; each field must be closed."""
    found = []
    for root in roots(data):
        stack: list[str] = []
        for element in root.iter(f"{W}fldChar", f"{W}instrText"):
            match element.get(f"{W}fldCharType"):
                case None:
                    stack[-1] += element.text or ""
                case "begin":
                    stack.append("")
                case "end":
                    code = stack.pop()
                    found += [code] if f"ADDIN ZOTERO_{kind}" in code else []
        assert not stack
    return found


def citations(data):
    prefix = " ADDIN ZOTERO_ITEM CSL_CITATION "
    return [json.loads(code.removeprefix(prefix)) for code in codes(data, "ITEM")]


def listed(data):
    (code,) = codes(data, "BIBL")
    return json.loads(code.split("ZOTERO_BIBL ")[1].removesuffix(" CSL_BIBLIOGRAPHY "))


def settings(data):
    """Zotero's settings, read as Zotero does: the pieces one after the other."""
    root = etree.fromstring(package.unpacked(data)["docProps/custom.xml"])
    pieces = {one.get("name"): "".join(one.itertext()) for one in root}
    assert all(0 < len(piece) <= 255 and piece == piece.strip() for piece in pieces.values())
    names = [f"ZOTERO_PREF_{number}" for number in range(1, len(pieces) + 1)]
    assert list(pieces) == names
    return etree.fromstring("".join(pieces[name] for name in names))


def said(data, reader):
    """The text that pandoc finds in a file, without ids."""
    return pandoc.run(["-f", reader, "-t", "plain", "--wrap=none"], data).output.decode()


def cites(data):
    """The cites that pandoc's reader of citations finds in a file: mode, key, prefix, and what follows."""
    document = json.loads(pandoc.run(["-f", "docx+citations", "-t", "json"], data).output)
    return [
        [
            (
                cite["citationMode"]["t"],
                cite["citationId"],
                ast.plain(cite["citationPrefix"]).strip(),
                " ".join(ast.plain(cite["citationSuffix"]).strip(" ,").split()),
            )
            for cite in node["c"][0]
        ]
        for node in ast.iterate(document["blocks"])
        if node["t"] == "Cite"
    ]


@pytest.fixture(scope="module", params=[AUTHOR_DATE, NUMERIC, NOTE])
def live(request, tmp_path_factory):
    """TEXT with fields, in a style of each kind."""
    return zotero(tmp_path_factory.mktemp("live"), style=request.param)


def test_the_text_is_the_same_with_fields_and_without(live, tmp_path):
    plain = exported(tmp_path, CITING + TEXT, ["docx"], live.plan.style)
    assert not errors(live.report.findings)
    assert said(live.data("docx"), "docx") == said(plain.data("docx"), "docx")
    assert live.observed("docx").items == plain.observed("docx").items
    assert codes(plain.data("docx"), "") == []
    assert not plain.observed("docx").live


def test_pandoc_reads_the_citations_of_the_source_out_of_the_fields(live):
    found = [[each[1:] for each in one] for one in cites(live.data("docx"))]
    expected = [
        [(key, prefix, " ".join(filter(None, (*place, suffix)))) for key, *place, prefix, suffix in one]
        for one in CITED
    ]
    assert sorted(found) == sorted(expected)  # notes and captions stand elsewhere in the file


@pytest.mark.parametrize("style", [AUTHOR_DATE, NUMERIC])
def test_an_author_in_the_sentence_stands_before_a_field_that_leaves_him_out(tmp_path, style):
    data = zotero(tmp_path, "As @kelsen1957 says.", style).data("docx")
    assert cites(data) == [[("SuppressAuthor", "kelsen1957", "", "")]]
    (found,) = citations(data)
    assert found["properties"]["plainCitation"] == {AUTHOR_DATE: "(1957)", NUMERIC: "[1]"}[style]
    assert "As Kelsen (1957) says." in said(data, "docx") or "As Kelsen [1] says." in said(data, "docx")


def test_a_note_style_has_its_fields_in_the_notes_and_tells_zotero_which(tmp_path):
    text = "One [@eco2015].\n\nAs @kelsen1957 says.^[See @eco2015 [p. 3].]\n"
    data = zotero(tmp_path, text, NOTE).data("docx")
    found = citations(data)
    assert [one["properties"]["noteIndex"] for one in found] == [1, 2, 3]
    assert [one["citationItems"][0].get("suppress-author", False) for one in found] == [False, True, False]
    root, _ = roots(data)
    assert "ZOTERO_ITEM" not in etree.tostring(root).decode()
    assert settings(data).xpath("string(prefs/pref[@name='noteType']/@value)") == "1"


def test_a_citation_in_the_text_has_no_note_and_one_in_a_note_its_number(tmp_path):
    data = zotero(tmp_path, "One [@eco2015].^[First.] Two.^[Second [@price1965].]\n").data("docx")
    assert [one["properties"]["noteIndex"] for one in citations(data)] == [0, 2]
    assert settings(data).xpath("prefs/pref[@name='noteType']") == []


def test_each_field_holds_valid_csl_and_the_text_that_is_shown(live):
    found = citations(live.data("docx"))
    assert len({one["citationID"] for one in found}) == len(found) == len(CITED)
    for one in found:
        assert set(one) == {"citationID", "properties", "citationItems", "schema"}
        assert one["schema"].endswith("csl-citation.json")
        for item in one["citationItems"]:
            assert_csl(item["itemData"])
            assert item["id"] == item["itemData"]["id"]
            assert item["uris"][0].startswith("urn:uuid:")
            assert set(item) <= {
                "id", "uris", "itemData", "locator", "label", "prefix", "suffix", "suppress-author",
            }  # fmt: skip


def test_each_citation_begins_and_ends_in_one_paragraph(live):
    fields = 0
    for root in roots(live.data("docx")):
        for paragraph in root.iter(f"{W}p"):
            if "ZOTERO_ITEM" in "".join(map(str, paragraph.itertext())):
                kinds = [mark.get(f"{W}fldCharType") for mark in paragraph.iter(f"{W}fldChar")]
                codes = [code.text or "" for code in paragraph.iter(f"{W}instrText")]
                fields += sum("ZOTERO_ITEM" in code for code in codes)
                assert kinds == ["begin", "separate", "end"] * kinds.count("begin")
    assert fields == len(CITED)


def assert_csl(item):
    """What CSL's data schema asks of an item: known variables, and values of the kinds that they have."""
    assert isinstance(item["id"], str)
    assert re.fullmatch(r"[a-z]+([-_][a-z]+)*", item["type"])
    for name, value in item.items():
        if isinstance(value, list):
            assert set().union(*value) <= NAME_PARTS
            assert all(isinstance(part, str | bool) for person in value for part in person.values())
        elif isinstance(value, dict):
            assert set(value) <= {"date-parts", "season", "circa", "literal", "raw", "edtf"}
            assert all(1 <= len(part) <= 3 for part in value.get("date-parts", []))
        else:
            assert isinstance(value, str), name


NAME_PARTS = {
    "family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle", "comma-suffix",
    "static-ordering", "parse-names",
}  # fmt: skip


def test_one_work_has_one_address_wherever_it_is_cited(tmp_path):
    found = citations(zotero(tmp_path).data("docx"))
    addresses = {(item["id"], *item["uris"]) for one in found for item in one["citationItems"]}
    assert len(addresses) == len({address for _, address in addresses}) == 3


def test_an_item_of_a_zotero_library_keeps_its_address(tmp_path):
    address = "http://zotero.org/users/123/items/ABCD2345"
    item = {"id": address, "type": "book", "title": "T", "author": [{"family": "A"}]}
    files = {"z.json": json.dumps([item])}
    export = zotero(tmp_path, f"One [@{{{address}}}].", front="bibliography: z.json\n", files=files)
    assert citations(export.data("docx"))[0]["citationItems"][0]["uris"] == [address]


def test_the_list_is_one_field_from_the_first_entry_to_the_last(tmp_path):
    data = zotero(tmp_path, "One [@eco2015; @price1965; @kelsen1957].\n\n# References\n").data("docx")
    word = docx.Document(io.BytesIO(data))
    entries = [p for p in word.paragraphs if p.style and p.style.name == "Bibliography"]
    marks = [[mark.get(f"{W}fldCharType") for mark in p._p.iter(f"{W}fldChar")] for p in entries]
    assert marks == [["begin", "separate"], [], ["end"]]
    assert listed(data) == {"uncited": [], "omitted": [], "custom": []}


def test_what_is_listed_without_being_cited_is_told_to_zotero_and_to_the_author(tmp_path):
    export = zotero(tmp_path, "One [@eco2015].", front="nocite: '@doe2001'\n")
    ((address,),) = listed(export.data("docx"))["uncited"]
    assert address.startswith("urn:uuid:")
    (said,) = [found.message for found in export.report.findings if found.check == "docx"]
    assert said == "Zotero will drop what is listed without being cited, once it makes the list: doe2001"


def test_nothing_but_a_list_is_a_list(tmp_path):
    export = zotero(tmp_path, "No citation.", front="nocite: '@*'\n")
    assert len(listed(export.data("docx"))["uncited"]) == 4
    assert [one.kind for one in export.observed("docx").live] == ["references", "settings"]


def test_a_suppressed_list_has_no_field(tmp_path):
    data = zotero(tmp_path, "One [@eco2015].", front="suppress-bibliography: true\n").data("docx")
    assert codes(data, "BIBL") == []
    assert len(codes(data, "ITEM")) == 1


def test_without_citations_there_is_nothing_for_zotero(tmp_path):
    export = zotero(tmp_path, "Nothing is cited.")
    assert b"ZOTERO" not in b"".join(package.unpacked(export.data("docx")).values())
    assert not errors(export.report.findings)


@pytest.mark.parametrize(
    ("style", "lang", "expected"),
    [
        (AUTHOR_DATE, "", ("http://www.zotero.org/styles/apa", "en-US")),
        (NUMERIC, "lang: de\n", ("http://www.zotero.org/styles/ieee", "de-DE")),
        (NOTE, "lang: fr-CA\n", (f"http://www.zotero.org/styles/{NOTE}", "fr-CA")),
        ("nature-genetics", "", ("http://www.zotero.org/styles/nature-genetics", "en-GB")),
    ],
)  # fmt: skip
def test_the_settings_name_style_and_language(tmp_path, style, lang, expected):
    found = settings(zotero(tmp_path, "One [@eco2015].", style, lang).data("docx"))
    assert (found.xpath("string(style/@id)"), found.xpath("string(style/@locale)")) == expected
    assert found.get("data-version") == "3"
    assert found.xpath("string(session/@id)")
    assert found.xpath("string(style/@hasBibliography)") == "1"
    assert found.xpath("string(prefs/pref[@name='fieldType']/@value)") == "Field"


def test_long_settings_stand_in_pieces(tmp_path):
    style = csl.find_style(AUTHOR_DATE, folder=tmp_path, project=None).path.read_text("utf-8")
    identifier = "http://example.org/" + "a & b " * 60
    style = re.sub(r"<id>.*?</id>", f"<id>{identifier.replace('&', '&amp;').strip()}</id>", style, count=1)
    export = zotero(tmp_path, "One [@eco2015].", "own.csl", files={"own.csl": style})
    assert settings(export.data("docx")).xpath("string(style/@id)") == identifier.strip()
    assert any("Zotero doesn't know the style" in found.message for found in export.report.findings)
    assert Live("settings", (identifier.strip(),)) in export.observed("docx").live


def test_odd_signs_and_long_works_survive(tmp_path):
    text = "One [«see» & *so* @Größe/2020:a, p. 3 🦉].\n"
    export = zotero(tmp_path, text, front="bibliography: odd.json\n", files={"odd.json": json.dumps([ODD])})
    assert not errors(export.report.findings)
    data = export.data("docx")
    (found,) = citations(data)
    (item,) = found["citationItems"]
    assert item["id"] == ODD["id"]
    assert item["prefix"] == "«see» & <i>so</i>"
    assert item["suffix"].strip() == "🦉"
    work = item["itemData"]
    assert_csl(work)
    assert work["title"] == ODD["title"]
    assert work["author"] == ODD["author"]
    assert (work["volume"], work["abstract"].strip()) == ("12", ODD["abstract"].strip())
    assert "file" not in work
    runs = [len(one.text or "") for root in roots(data) for one in root.iter(f"{W}instrText")]
    assert len(runs) > 10
    assert max(runs) <= 8000
    assert cites(data)[0][0][1] == ODD["id"]


def test_a_citation_of_an_unknown_key_keeps_its_mark_when_zotero_sets_it(tmp_path):
    data = zotero(tmp_path, "One [@eco2015; @nobody]. Two [@nobody].").data("docx")
    (found,) = citations(data)
    assert [item["id"] for item in found["citationItems"]] == ["eco2015"]
    assert "@nobody" in found["properties"]["plainCitation"]
    assert found["properties"]["dontUpdate"] is True


def test_cites_with_words_beside_them_keep_their_order(tmp_path):
    data = zotero(tmp_path, "[see @price1965; @eco2015, p. 1]. [@price1965, p. 2; @eco2015].").data("docx")
    assert ["unsorted" in one["properties"] for one in citations(data)] == [True, False]


def test_links_to_the_list_stay_within_the_fields(tmp_path):
    root, _ = roots(zotero(tmp_path, "One [@eco2015].").data("docx"))
    link = root.find(f".//{W}hyperlink[@{W}anchor='ref-eco2015']")
    assert link is not None
    before, after = (
        [mark.get(f"{W}fldCharType") for run in runs for mark in run.iter(f"{W}fldChar")]
        for runs in (link.itersiblings(preceding=True), link.itersiblings())
    )
    assert (sorted(before), after) == (["begin", "separate"], ["end"])


def test_a_description_of_a_picture_has_no_field(tmp_path):
    export = zotero(tmp_path, "![What @eco2015 shows [@price1965].](a.png)\n", files={"a.png": picture()})
    assert not errors(export.report.findings)
    assert len(codes(export.data("docx"), "ITEM")) == 2


def test_the_same_manuscript_gives_the_same_bytes(tmp_path):
    first = zotero(tmp_path).data("docx")
    (tmp_path / "again").mkdir()
    assert zotero(tmp_path / "again").data("docx") == first


def test_formatted_text_is_what_citeproc_js_gives_zotero():
    nodes = [
        *ast.text("(é🦉 {x}\\, "),
        {"t": "Emph", "c": ast.text("i")},
        {"t": "Superscript", "c": ast.text("1")},
        ast.link([{"t": "SmallCaps", "c": ast.text("N")}], "#a"),
    ]
    assert rich.rtf(nodes) == (
        r"(\uc0\u233{}\uc0\u55358{}\uc0\u56713{} \{x\}\\, {\i{}i}\super 1\nosupersub{}{\scaps N}"
    )


# -- verifying ---------------------------------------------------------------------------------------------


BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
HARMS = {
    "no-field": (f"{BEGIN}<w:r><w:instrText[^>]*> ADDIN ZOTERO_ITEM.*?{SEPARATE}(.*?){END}", r"\1",
                 "there is no field of a citation of eco2015"),
    "other-key": ('"citation-key":"eco2015"', '"citation-key":"x"', "a field of a citation of x, which"),
    "no-json": ('{"citationID"', '{citationID"', "its code is no JSON"),
    "other-text": (r'"plainCitation":"\(', '"plainCitation":"(x ', "it holds the text"),
    "no-data": ('"itemData"', '"itemdata"', "it lacks the data of a work"),
    "no-address": (r'"uris":\[[^\]]*\]', '"uris":[]', "it lacks the address of a work"),
    "no-works": (r'"citationItems":\[.*\],"schema"', '"citationItems":[],"schema"', "it cites nothing"),
    "open": (f"{END}(?=<w:bookmarkEnd)", "", "a field has no end"),
    "no-list": ("ZOTERO_BIBL", "OTHER_BIBL", "there is no field of the reference list"),
}  # fmt: skip


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    export = zotero(tmp_path_factory.mktemp("one"), "One [@eco2015] is cited.\n")
    promised = replace(export.observed("docx"), live=(Live("citation", ("eco2015",)), Live("references"),
                       Live("settings", ("http://www.zotero.org/styles/apa",))))  # fmt: skip
    assert compare("docx", promised, export.observed("docx"))[1] == ()
    return export.data("docx"), promised


@pytest.mark.parametrize("name", HARMS)
def test_a_harmed_field_is_told(one, name):
    data, promised = one
    pattern, instead, expected = HARMS[name]
    parts = package.unpacked(data)
    text = parts["word/document.xml"].decode()
    harmed, count = re.subn(pattern, instead, text.replace("&quot;", '"'), flags=re.DOTALL)
    assert count
    parts["word/document.xml"] = harmed.encode()
    found = errors(compare("docx", promised, read(package.packed(parts)))[1])
    assert any(expected in message for message in found), found


@pytest.mark.parametrize(
    ("pattern", "instead", "expected"),
    [
        ("ZOTERO_PREF_1", "OTHER_1", "there is no field with the settings of the style http://www.zotero.org"),
        ("&lt;data", "&lt;dat", "Zotero can't use its settings"),
        ("fieldType", "kind", "they lack the session, the style or the kind of fields"),
    ],
)  # fmt: skip
def test_harmed_settings_are_told(one, pattern, instead, expected):
    data, promised = one
    parts = package.unpacked(data)
    assert pattern.encode() in parts["docProps/custom.xml"]
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(pattern.encode(), instead.encode(), 1)
    found = errors(compare("docx", promised, read(package.packed(parts)))[1])
    assert any(expected in message for message in found), found


def test_a_field_over_two_paragraphs_is_told(one):
    data, promised = one
    parts = package.unpacked(data)
    text = parts["word/document.xml"].decode()
    at = text.index('<w:fldChar w:fldCharType="end"/>', text.index("ZOTERO_ITEM"))
    at = text.rindex("<w:r>", 0, at)
    parts["word/document.xml"] = f"{text[:at]}</w:p><w:p>{text[at:]}".encode()
    found = errors(compare("docx", promised, read(package.packed(parts)))[1])
    assert any("reaches over several paragraphs" in message for message in found), found


def test_another_kind_of_citations_is_refused_with_its_line(tmp_path):
    text = "---\npaperbuild:\n  docx:\n    citations: endnote\n---\n\nText.\n"
    with pytest.raises(PaperbuildError) as caught:
        config.options(parsed(tmp_path, text))
    assert "paperbuild.docx.citations" in caught.value.message
    assert caught.value.where == "paper.md:4"


def test_the_package_names_its_properties_once(tmp_path):
    data = zotero(tmp_path, "One [@eco2015].").data("docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist().count("docProps/custom.xml") == 1
        assert archive.read("[Content_Types].xml").count(b"/docProps/custom.xml") == 1
        assert archive.read("_rels/.rels").count(b"docProps/custom.xml") == 1
