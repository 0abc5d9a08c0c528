"""HTML: what the manuscript says is shown to the letter, and nothing of it works as markup."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from lxml import html as parser
from tests.helpers import parsed

from paperbuild import html
from paperbuild.html import Target
from paperbuild.html.grid import placed
from paperbuild.pandoc import ast

WEB = Target(
    picture=lambda name: None if "none" in name else f"data:{name}",
    equation=lambda node: f"<math>{len(node['c'][1])}</math>",
    heading_shift=1,
)
PAGE = Target(
    picture=WEB.picture,
    equation=WEB.equation,
    notes_in_place=True,
)


@pytest.fixture
def written(tmp_path):
    """Markdown as HTML, line ends and the slashes of empty elements taken out."""

    def write(text, target=WEB, **options):
        shown = html.write_blocks(parsed(tmp_path, text).blocks, target, **options).html
        return shown.replace("\n", "").replace("/>", ">")

    return write


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Some *so* **so** ~~so~~ x^2^ H~2~O.",
            "<p>Some <em>so</em> <strong>so</strong> <s>so</s> x<sup>2</sup> H<sub>2</sub>O.</p>",
        ),
        ("[Caps]{.smallcaps} [u]{.underline}", '<p><span class="small-caps">Caps</span> <u>u</u></p>'),
        ("\"so 'and' so\"", "<p>“so ‘and’ so”</p>"),
        ("one\\\ntwo", "<p>one<br>two</p>"),
        ("| one\n|   two", '<p class="line-block">one<br>\u00a0\u00a0two</p>'),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("> One.\n>\n> Two.", "<blockquote><p>One.</p><p>Two.</p></blockquote>"),
        ("---", "<hr>"),
        ("# One {#x .y}", '<h2 id="x" class="y">One</h2>'),
        ("###### Six", '<h6 id="six" aria-level="7">Six</h6>'),
        ("$$xy$$", '<p class="display"><math>2</math></p>'),
        ("Term\n:   One.\n\n:   Two.", "<dl><dt>Term</dt><dd>One.</dd><dd>Two.</dd></dl>"),
        ("::: {#a .note}\nText\n:::", '<div id="a" class="note"><p>Text</p></div>'),
        (
            "<https://example.org/?a=1&b=2>",
            '<p><a class="uri" href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a></p>',
        ),
        ("[x](doi:10.1/x)", '<p><a href="https://doi.org/10.1/x">x</a></p>'),
    ],
)
def test_every_kind_of_text(text, expected, written):
    assert written(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n- b\n  - c\n    1. d", "<ul><li>a</li><li>b<ul><li>c<ol><li>d</li></ol></li></ul></li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("5. five\n6. six", '<ol start="5"><li>five</li><li>six</li></ol>'),
        (
            "b) two\nc) three",
            '<ol start="2" type="a" class="lower-alpha--oneparen"><li>two</li><li>three</li></ol>',
        ),
        ("iv. four\nv. five", '<ol start="4" type="i"><li>four</li><li>five</li></ol>'),
        ("- [x] done\n- [ ] not", '<ul class="tasks"><li>☒ done</li><li>☐ not</li></ul>'),
    ],
)
def test_lists_keep_their_depth_start_and_kind(text, expected, written):
    assert written(text) == expected


def test_sections_hold_what_stands_under_their_heading(written):
    text = "Before.\n\n# A\n\na\n\n## B\n\nb\n\n# C\n\nc\n"
    found = parser.fromstring(f"<main>{written(text, sections=True)}</main>")
    assert [re.sub(r"\s", "", s.text_content()) for s in found.iter("section")] == ["AaBb", "Bb", "Cc"]
    assert [s.get("class") for s in found.iter("section")] == ["level1", "level2", "level1"]


# -- nothing works as markup -----------------------------------------------------------------------------

EVIL = "</p><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;"


def node_with(kind):
    text = {"t": "Str", "c": EVIL}
    attr = [
        EVIL,
        [EVIL],
        [["onclick", EVIL], ["style", EVIL], ["lang", EVIL], ["dir", EVIL], ["width", EVIL]],
    ]
    return {
        "Str": text,
        "Code": {"t": "Code", "c": [attr, EVIL]},
        "Span": {"t": "Span", "c": [attr, [text]]},
        "Link": {"t": "Link", "c": [attr, [text], [f"https://example.org/{EVIL}", EVIL]]},
        "Image": {"t": "Image", "c": [attr, [text], [EVIL, EVIL]]},
        "missing": {"t": "Image", "c": [attr, [text], ["none", EVIL]]},
        "Note": {"t": "Note", "c": [ast.para([text])]},
        "Cite": {"t": "Cite", "c": [[], [text]]},
    }[kind]


@pytest.mark.parametrize("target", [WEB, PAGE], ids=["web", "page"])
@pytest.mark.parametrize("kind", ["Str", "Code", "Span", "Link", "Image", "missing", "Note", "Cite"])
def test_text_attributes_and_addresses_are_never_markup(kind, target):
    body = html.write_blocks([ast.para([node_with(kind)])], target)
    tree = parser.fromstring("<div>" + body.html + "".join(body.notes) + "</div>")
    assert not list(tree.iter("script"))
    for element in tree.iter():
        assert not {name for name in element.attrib if name.startswith("on") or name == "style"}
        assert element.get("src", "data:").startswith("data:")
    assert {element.tag for element in tree.iter()} <= {"div", "p", "span", "code", "a", "img"}


@pytest.mark.parametrize("kind", ["CodeBlock", "Header", "Div", "Table", "caption"])
def test_blocks_are_never_markup(kind):
    attr = [EVIL, [EVIL], [["onclick", EVIL]]]
    text: Any = {"t": "Str", "c": EVIL}
    plain = {"t": "Plain", "c": [text]}
    cell = [attr, {"t": "AlignDefault"}, 1, 1, [plain]]
    column = [{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]
    body = [ast.attr(), 0, [], [[ast.attr(), [cell]]]]
    kinds: dict[str, Any] = {
        "CodeBlock": {"t": "CodeBlock", "c": [[EVIL, [EVIL, "html"], []], EVIL]},
        "Header": {"t": "Header", "c": [1, attr, [text]]},
        "Div": {"t": "Div", "c": [attr, [plain]]},
        "Table": {
            "t": "Table",
            "c": [attr, [None, [plain]], [column], [ast.attr(), []], [body], [ast.attr(), []]],
        },
        "caption": {"t": "Figure", "c": [attr, [None, [plain]], []]},
    }
    tree = parser.fromstring(f"<div>{html.write_blocks([kinds[kind]], WEB).html}</div>")
    assert not list(tree.iter("script", "img"))
    assert "alert(1)" in tree.text_content()
    assert not any(name.startswith("on") for element in tree.iter() for name in element.attrib)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "other.md",
    ],
)
def test_an_address_that_is_no_web_address_is_no_link(url):
    link = {"t": "Link", "c": [ast.attr(), ast.text("words"), [url, ""]]}
    shown = html.write_blocks([ast.para([link])], WEB).html
    assert "href" not in shown
    assert "words" in shown


def test_raw_content_is_not_passed_on():
    raw = {"t": "RawBlock", "c": ["html", "<script>x</script>"]}
    assert html.write_blocks([raw], WEB).html == ""


# -- code ------------------------------------------------------------------------------------------------

SOURCE = "\n\ndef f(x):\n\n    return x  < 1 & '\"'  # — ü\n\ttab  \n\n"


@pytest.mark.parametrize("language", ["", "python", "html", "nosuchlanguage", "{.python}", "r", "latex"])
def test_code_is_there_to_the_letter(language):
    block = {"t": "CodeBlock", "c": [ast.attr("", [language] if language else []), SOURCE]}
    tree = parser.fromstring(html.write_blocks([block], WEB).html)
    assert tree.xpath("//pre")[0].text_content() == SOURCE


def test_code_in_a_known_language_is_coloured(written):
    assert '<span class="k">def</span>' in written("```python\ndef f(): pass\n```")


# -- tables ----------------------------------------------------------------------------------------------

GRID = """
+-----+-----+-----------+
| A   | B   | C         |
+=====+====:+:====:+====+
| a   |   1 | x    | y  |
|     +-----+------+----+
|     |   2 | *z*       |
+-----+-----+-----------+

: A caption
"""


def test_a_table_keeps_its_spans_alignment_and_caption(tmp_path):
    shown = html.write_blocks(parsed(tmp_path, GRID).blocks, WEB).html
    table = parser.fromstring(shown)
    rows = [
        [(c.tag, c.text_content().strip(), c.get("colspan"), c.get("rowspan")) for c in row]
        for row in table.iter("tr")
    ]
    assert rows == [
        [("th", "A", None, None), ("th", "B", None, None), ("th", "C", "2", None)],
        [("td", "a", None, "2"), ("td", "1", None, None), ("td", "x", None, None), ("td", "y", None, None)],
        [("td", "2", None, None), ("td", "z", "2", None)],
    ]
    assert table.xpath("caption")[0].text_content().strip() == "A caption"
    assert [row[0].get("scope") for row in table.iter("tr")] == ["col", None, None]


def test_a_cell_below_a_merged_one_is_aligned_as_its_column(tmp_path):
    table = parser.fromstring(html.write_blocks(parsed(tmp_path, GRID).blocks, WEB).html)
    first, second = ([cell.get("class") for cell in row] for row in table.xpath("//tbody/tr"))
    assert first == [None, "align-right", "align-center", None]
    assert second == ["align-right", "align-center"]


MERGED = """<table><tbody>
<tr><th rowspan="2" scope="row">a</th><td rowspan="2" colspan="2">b</td><td>c</td></tr>
<tr><td>d</td></tr>
<tr><td>e</td><td>f</td><td colspan="2">g</td></tr>
</tbody></table>
"""


def test_cells_have_their_place_beside_and_below_merged_ones(tmp_path):
    (table,) = (block for block in parsed(tmp_path, MERGED).blocks if block["t"] == "Table")
    rows = [[(column, ast.plain(cell[4])) for column, cell in row] for row in placed(ast.rows(table))]
    assert rows == [[(0, "a"), (1, "b"), (3, "c")], [(3, "d")], [(0, "e"), (1, "f"), (2, "g")]]


def test_widths_of_columns_and_pictures(written):
    assert '<col class="w-' in written(GRID)
    assert 'class="w-50"' in written("![x](a.png){width=50%}")
    assert 'width="96"' in written("![x](a.png){width=1in}")


def test_a_row_head_is_one(tmp_path):
    text = '<table><tbody><tr><th scope="row">Name</th><td>1</td></tr></tbody></table>\n'
    shown = html.write_blocks(parsed(tmp_path, text).blocks, WEB).html.replace("\n", "")
    assert "Name</th>" in shown
    assert "<td>1</td>" in shown


# -- notes -----------------------------------------------------------------------------------------------

NOTES = "One^[First *note*.] and two[^2].\n\n[^2]: Second.\n\n    - an item\n\n            code  here\n"


def test_notes_are_gathered_for_the_web(tmp_path):
    body = html.write_blocks(parsed(tmp_path, NOTES).blocks, WEB)
    assert re.findall(r'href="#(fn-\d)" role="doc-noteref">(\d)', body.html) == [("fn-1", "1"), ("fn-2", "2")]
    assert body.notes[0] == "<p>First <em>note</em>.</p>\n"
    assert len(body.notes) == 2
    assert "<li>" in body.notes[1]
    assert "First" not in body.html


def test_notes_stand_at_their_mark_for_the_page(tmp_path):
    body = html.write_blocks(parsed(tmp_path, NOTES).blocks, PAGE)
    tree = etree.fromstring(f"<div>{body.html}</div>")
    notes = tree.xpath("//span[@class='footnote']")
    assert [note.get("id") for note in notes] == ["fn-1", "fn-2"]
    assert "".join(notes[0].itertext()).strip() == "1First note."
    assert "code  here" in "".join(notes[1].itertext())
    assert body.notes == []
    for link in tree.xpath("//a/@href"):
        assert tree.xpath(f"//*[@id='{link[1:]}']")


@pytest.mark.parametrize("target", [WEB, PAGE])
def test_a_note_in_a_note_stands_in_brackets(target):
    inner = {"t": "Note", "c": [ast.para(ast.text("inner"))]}
    outer = {"t": "Note", "c": [ast.para([*ast.text("outer"), inner])]}
    body = html.write_blocks([ast.para([outer])], target)
    assert "outer (inner)" in body.html + "".join(body.notes)


def test_a_title_has_no_notes():
    note = {"t": "Note", "c": [ast.para(ast.text("note"))]}
    assert html.write_inlines([*ast.text("Title"), note], WEB) == "Title"


# -- languages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[oui]{lang=fr}", '<span lang="fr">oui</span>'),
        ("[שלום]{lang=he}", '<span lang="he" dir="rtl">שלום</span>'),
        ("[x]{lang=ar dir=ltr}", '<span lang="ar" dir="ltr">x</span>'),
        ("[x]{dir=rtl}", '<span dir="rtl">x</span>'),
        ('[x]{lang="not a tag"}', "<span>x</span>"),
    ],
)
def test_language_and_direction(text, expected, written):
    assert expected in written(text)


# -- pictures --------------------------------------------------------------------------------------------


def test_a_figure_has_its_description_and_caption(written):
    shown = written('![A *cat*](a.png){#fig:a alt="It sleeps"}')
    assert '<img src="data:a.png" alt="It sleeps">' in shown
    assert "<figcaption>A <em>cat</em></figcaption>" in shown
    assert 'id="fig:a"' in shown


def test_neighbours_on_the_top_level_do_not_run_together(written):
    shown = written("<dl><dt>term</dt><dd>meaning</dd></dl>\n", sections=True)
    assert "<p>term</p><p>meaning</p>" in shown


# -- levels and addresses --------------------------------------------------------------------------------


def test_no_level_of_headings_is_left_out_where_they_are_nested(written):
    nested = replace(WEB, headings_nested=True)
    text = "## two\n\n#### four\n\n### three\n\n# one\n\n## below\n"
    levels = re.findall(r"<h(\d)[^>]*?(?: data-level=\"(\d)\")?>", written(text, nested))
    assert levels == [("2", "2"), ("3", "4"), ("3", "3"), ("2", ""), ("3", "")]
    assert re.findall(r"<h(\d)", written(text)) == ["3", "5", "4", "2", "3"]


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://doi.org/10.1/(1996)009<33:M>2.0", "https://doi.org/10.1/(1996)009%3C33:M%3E2.0"),
        ("https://example.org/a[1]{2}|100%", "https://example.org/a%5B1%5D%7B2%7D%7C100%25"),
        ("https://example.org/ü%20x?a=1#b", "https://example.org/ü%20x?a=1#b"),
        ("https://[::1]/a", "https://[::1]/a"),
        ("#sec:a", "#sec:a"),
    ],
)
def test_a_link_holds_no_sign_that_an_address_may_not_hold(url, href):
    link = {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "x"}], [url, ""]]}
    assert f'href="{href}"' in html.write_inlines([link], WEB)
