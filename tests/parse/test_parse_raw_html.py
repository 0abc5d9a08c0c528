"""Raw HTML in a manuscript becomes part of the document; what has no place in one is removed and told."""

from __future__ import annotations

import pytest
from tests.helpers import errors, manuscript, parsed, plain, put

from paperbuild import csl
from paperbuild.config import Amount
from paperbuild.formats.preview.cut import cut
from paperbuild.pandoc import ast, metadata
from paperbuild.parse import parse
from paperbuild.read import read
from paperbuild.resolve import resolve


def nodes(document, kind):
    return [node for node in ast.iterate(document.blocks) if node["t"] == kind]


def rows(table):
    _, _, _, head, bodies, foot = table["c"]
    everything = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]]), *foot[1]]
    return [[plain(cell[4]) for cell in row[1]] for row in everything]


@pytest.mark.parametrize(
    ("markup", "kind", "text"),
    [
        ("x<sup>2</sup>", "Superscript", "2"),
        ("x<sub>*i*</sub>", "Subscript", "i"),
        ("<u>under</u>", "Underline", "under"),
        ("<b>bold</b>", "Strong", "bold"),
        ("<em>an **old** way</em>", "Emph", "an old way"),
        ("<a href='https://example.org'>there</a>", "Link", "there"),
        ("<del>gone</del>", "Strikeout", "gone"),
    ],
)
def test_inline_markup_is_what_it_says(markup, kind, text, tmp_path):
    document = parsed(tmp_path, f"Before {markup} after.\n")
    assert plain(nodes(document, kind)) == text
    assert plain(document.blocks).startswith("Before ")
    assert plain(document.blocks).endswith(" after.")
    assert not [node for node in ast.iterate(document.blocks) if node["t"].startswith("Raw")]
    assert document.findings == ()


def test_citations_and_notes_between_tags_stay_what_they_are(tmp_path):
    document = parsed(tmp_path, "A <span>claim [@kelsen1957]^[A note.]</span> here.\n")
    assert len(nodes(document, "Cite")) == 1
    assert len(nodes(document, "Note")) == 1


def test_a_table_with_markdown_in_its_cells(tmp_path):
    document = parsed(
        tmp_path,
        "<table>\n<tr><th>Name</th><th>Use</th></tr>\n"
        "<tr><td>*stress*</td><td>\n\n- one\n- two\n\n</td></tr>\n"
        '<tr><td colspan="2">both</td></tr>\n</table>\n\nAfter it.\n',
    )
    (table,) = nodes(document, "Table")
    assert rows(table) == [["Name", "Use"], ["stress", "one two"], ["both"]]
    assert len(nodes(document, "BulletList")) == 1
    assert len(nodes(document, "Emph")) == 1
    assert plain(document.blocks[-1]) == "After it."
    assert document.findings == ()


def test_a_picture_keeps_its_description_and_width(tmp_path):
    document = parsed(tmp_path, 'See <img src="a.png" alt="A cat" width="50%"> here.\n\n<img src="b.png">\n')
    first, second = nodes(document, "Image")
    assert (first["c"][2][0], ast.alternative_text(first)) == ("a.png", "A cat")
    assert ast.pairs(first)["width"] == "50%"
    assert second["c"][2][0] == "b.png"


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("<script>alert(1)</script>", "script"),
        ("Text <script>alert(1)</script> here.", "script"),
        ("<iframe src='https://example.org/'></iframe>", "iframe"),
        ("<style>p { color: red }</style>", "style"),
        ("<form><input name='alert(1)'></form>", "form"),
        ("<video src='alert(1)'></video>", "video"),
    ],
)
def test_what_has_no_place_in_a_document_is_removed_and_told(markup, name, tmp_path):
    document = parsed(tmp_path, f"First.\n\n{markup}\n\nLast.\n")
    (finding,) = [finding for finding in document.findings if f"<{name}>" in finding.message]
    assert (finding.severity, finding.where) == ("error", "paper.md:3")
    assert "alert" not in plain(document.blocks)
    assert "color" not in plain(document.blocks)
    assert "example.org" not in str(document.blocks)
    assert plain(document.blocks[0]) == "First."
    assert plain(document.blocks[-1]) == "Last."


@pytest.mark.parametrize(
    "markup",
    ['<b onclick="alert(1)">b</b>', '<a href="javascript:alert(1)">b</a>', '<img src="javascript:alert(1)">'],
)
def test_an_attribute_that_runs_something_goes(markup, tmp_path):
    assert "alert" not in str(parsed(tmp_path, f"Text {markup} here.\n").blocks)


def test_a_comment_is_nothing(tmp_path):
    document = parsed(tmp_path, "One <!-- secret --> two.\n\n<!-- secret\n\nsecret -->\n\nThree.\n")
    assert plain(document.blocks) == "One two. Three."
    assert document.findings == ()


@pytest.mark.parametrize(
    "comment", ["<!-- paywall -->", "<!--PAYWALL-->", "<!-- paywall: members from here -->"]
)
def test_the_paywall_comment_marks_its_place(comment, tmp_path):
    document = parsed(tmp_path, f"Before.\n\n{comment}\n\nAfter.\n")
    assert [(node["t"], ast.classes(node)) for node in document.blocks] == [
        ("Para", []),
        ("Div", ["paywall"]),
        ("Para", []),
    ]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("One <!-- paywall --> two.\n", "One", "two."),
        ("One.\n<!-- paywall -->\nTwo.\n", "One.", "Two."),
        ("<b>One <!-- paywall --> two.</b>\n", "One", "two."),
        ("One^[a <!-- paywall --> b] two.\n", "One a", "b two."),
        ("<div>\n<p>One <!-- paywall --> two.</p>\n</div>\n", "One", "two."),
        ("<div>\n\nOne.\n\n<!-- paywall -->\n\nTwo.\n\n</div>\n", "One.", "Two."),
        ("<table><tr><td>One <!-- paywall --></td><td>two.</td></tr></table>\n", "One", "two."),
    ],
)
def test_a_paywall_comment_stays_where_it_stands(text, before, after, tmp_path):
    document = parsed(tmp_path, text)
    nodes = list(ast.iterate(document.blocks))
    (place,) = [number for number, node in enumerate(nodes) if "paywall" in ast.classes(node)]
    said = [
        " ".join(node["c"] for node in part if node["t"] == "Str") for part in (nodes[:place], nodes[place:])
    ]
    assert said == [before, after]
    assert document.findings == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<div>\n\nOne **two**.\n\nThree.\n",
        "One **two**.\n\n</div>\n\nThree.\n",
        "<b>One **two**.\n\nThree.\n",
        "One **two**.</i>\n\nThree.\n",
        "<table><tr><td>\n\nOne **two**.\n\nThree.\n",
        "<section>\n\nOne **two**.\n\n</div>\n\nThree.\n",
    ],
)
def test_tags_that_do_not_match_lose_no_words(markup, tmp_path):
    document = parsed(tmp_path, markup)
    assert plain(document.blocks) == "One two. Three."
    assert (
        plain(nodes(document, "Strong")).startswith("two") or plain(nodes(document, "Strong")) == "One two."
    )


def test_sections_in_a_division_keep_their_order_and_level(tmp_path):
    document = parsed(
        tmp_path, '<div class="note">\n\n# One\n\nText.\n\n## Two\n\nMore.\n\n</div>\n\n# Three\n'
    )
    assert [(node["c"][0], plain(node["c"][2])) for node in nodes(document, "Header")] == [
        (1, "One"),
        (2, "Two"),
        (1, "Three"),
    ]


def test_a_heading_list_and_code_in_html(tmp_path):
    document = parsed(
        tmp_path,
        "<h2 id='x'>Head</h2>\n\n<ol start='3'><li>three</li></ol>\n\n<pre><code>a  b\n c</code></pre>\n",
    )
    (header,), (ordered,), (code,) = (
        nodes(document, kind) for kind in ("Header", "OrderedList", "CodeBlock")
    )
    assert (header["c"][0], ast.identifier(header)) == (2, "x")
    assert ordered["c"][0][0] == 3
    assert code["c"][1] == "a  b\n c"


def test_a_slot_of_ours_typed_by_somebody_is_not_filled(tmp_path):
    markup = '<b>One</b> [two]{data-slot=0}\n\n<div data-slot="0">mine</div>\n\n<i data-slot="1">own</i>\n'
    assert plain(parsed(tmp_path, markup).blocks) == "One two mine own"


def test_html_in_a_part_names_that_part(tmp_path):

    put(
        tmp_path,
        {
            "a.md": "First.\n",
            "b.md": "\n\n<script>x</script>\n",
            "paperbuild.toml": 'parts = ["a.md", "b.md"]',
        },
    )
    document = parse(read(tmp_path))
    assert document.findings[0].where == "b.md:3"
    assert errors(document.findings) == [document.findings[0].message]


@pytest.mark.parametrize("text", ["Use <filename> here.", "A <font color='red'>*word*</font>."])
def test_a_tag_that_means_nothing_is_told_and_the_words_stay(text, tmp_path):
    document = parsed(tmp_path, f"First.\n\n{text}\n")
    (finding,) = document.findings
    assert (finding.severity, finding.where) == ("warning", "paper.md:3")
    assert plain(document.blocks) in {"First. Use here.", "First. A word."}


def test_html_in_the_front_matter_counts_as_well(tmp_path):
    abstract = "abstract: |\n  <b>One</b>\n\n  <script>alert(1)</script>\n\n  Two.\n"
    front = f"title: H<sub>2</sub>O <!-- x -->\n{abstract}"
    document = parsed(tmp_path, f"---\n{front}---\n\nText.\n")
    assert [n["t"] for n in metadata.inlines(document.meta["title"])][:3] == ["Str", "Subscript", "Str"]
    assert plain(metadata.blocks(document.meta["abstract"])) == "One Two."
    assert "Raw" not in str(document.meta)
    assert len(errors(document.findings)) == 1
    assert plain(document.blocks) == "Text."


def test_a_heading_around_markdown_keeps_its_words(tmp_path):
    document = parsed(tmp_path, '<div align="center">\n  <h2>Some *words*</h2>\n</div>\n')
    (header,) = nodes(document, "Header")
    assert plain(header["c"][2]) == "Some words"


def test_an_anchor_with_a_name_can_be_reached(tmp_path):
    document = parsed(tmp_path, '<a name="there"></a>Words.\n')
    assert "there" in [ast.identifier(node) for node in ast.iterate(document.blocks)]


def test_the_paywall_comment_of_an_html_manuscript_marks_its_place(tmp_path):
    page = "<p>Before.</p>\n<!-- paywall -->\n<p>After, and <!-- paywall --> more.</p>"
    document = parse(read(manuscript(tmp_path, page, name="paper.html")))
    marks = [node for node in ast.iterate(document.blocks) if "paywall" in ast.classes(node)]
    assert len(marks) == 2
    assert plain(document.blocks).startswith("Before.")
    style = csl.find_style("apa", folder=tmp_path, project=None)
    parts = cut(resolve(document, style), Amount(1), "section", "all")
    assert plain(parts.shown.blocks) == "Before."
    assert "After, and" in plain(parts.withheld.blocks)


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("<!-- paywal -->", True),
        ("<!-- Paywalls -->", True),
        ("<!-- pay -->", False),
        ("<!-- a note -->", False),
    ],
)
def test_a_comment_that_is_nearly_the_mark_is_told(comment, told, tmp_path):
    document = parsed(tmp_path, f"Before.\n\n{comment}\n\nAfter.\n")
    found = [(f.severity, f.where) for f in document.findings if "no paywall mark" in f.message]
    assert found == ([("warning", "paper.md:3")] if told else [])
