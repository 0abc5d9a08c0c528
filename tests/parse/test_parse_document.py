"""Parsing: the whole text arrives, and what pandoc says of it is told with the line it stands on."""

from __future__ import annotations

import pytest
from tests.helpers import errors, parsed, plain, put

from paperbuild.model import PaperbuildError
from paperbuild.pandoc import ast, metadata
from paperbuild.parse import parse
from paperbuild.read import read


def refused(folder, text, files=None):
    with pytest.raises(PaperbuildError) as caught:
        parsed(folder, text, files)
    return caught.value


# -- notes -----------------------------------------------------------------------------------------------


def test_a_note_that_is_never_used_is_an_error_with_its_line(tmp_path):
    (finding,) = parsed(tmp_path, "Text.\n\n[^lost]: Words that nobody sees.\n").findings
    assert finding.severity == "error"
    assert "lost" in finding.message
    assert finding.where == "paper.md:3"
    assert "[^KEY]" in finding.hint


def test_a_note_that_is_never_defined_is_an_error_with_its_line(tmp_path):
    (finding,) = parsed(tmp_path, "Text.\n\nA claim[^nowhere] is made.\n").findings
    assert (finding.severity, finding.where) == ("error", "paper.md:3")
    assert "[^nowhere]" in finding.message
    assert "[^nowhere]:" in finding.hint


def test_a_note_defined_twice_is_an_error(tmp_path):
    text = "One[^a].\n\n[^a]: First words.\n\n[^a]: Second words.\n"
    assert [finding.severity for finding in parsed(tmp_path, text).findings] == ["error"]


def test_a_regular_expression_in_code_is_no_note(tmp_path):
    assert parsed(tmp_path, "Use `[^a]` here.\n\n    [^b]\n").findings == ()


# -- front matter ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("title: One\nauthor: [a, b\ndate: 3\n", 4),
        ("title: A: B: C\n", 2),
        ("title: One\n\tdate: two\n", 3),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(yaml, line, tmp_path):
    error = refused(tmp_path, f"---\n{yaml}---\n\nText.\n")
    assert error.status == 2
    assert error.where == f"paper.md:{line}"


def test_a_broken_block_of_metadata_within_the_text_is_refused_with_its_line(tmp_path):
    assert refused(tmp_path, "Text.\n\n---\ntitle: A\ndate: B: C\n---\n").where == "paper.md:5"


def test_a_title_is_text_whatever_yaml_thinks_of_it(tmp_path):
    for given, title in [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on  # a word", "on"),
        ("2024", "2024"),
        ("1.10", "1.10"),
        ("007", "007"),
        ("'**Bold** $x$'", "Bold x"),
        ("null", ""),
    ]:
        meta = parsed(tmp_path, f"---\ntitle: {given}\n---\n\nText.\n").meta
        assert plain(metadata.inlines(meta.get("title"))) == title


def test_keys_in_capitals_count(tmp_path):
    meta = parsed(tmp_path, "---\nTitle: One\nDate: 2024\nOther: x\n---\n\nText.\n").meta
    assert {"title", "date", "Other"} <= set(meta)


def test_metadata_comes_from_all_its_places_and_the_manuscripts_own_wins(tmp_path):
    files = {
        "paperbuild.toml": 'lang = "de"\ntitle = "set"\ndate = "set"\nmetadata-files = "more.yaml"\n',
        "_quarto.yml": "title: quarto\ndate: quarto\nsubtitle: quarto\n",
        "more.yaml": "date: more\nsubtitle: more\n",
    }
    meta = parsed(tmp_path, "---\nsubtitle: own\n---\n\nText.\n", files).meta
    found = {key: plain(metadata.inlines(meta[key])) for key in ("lang", "title", "date", "subtitle")}
    assert found == {"lang": "de", "title": "quarto", "date": "more", "subtitle": "own"}


def test_a_broken_metadata_file_is_named(tmp_path):
    files = {"paperbuild.toml": 'metadata-files = ["more.yaml"]', "more.yaml": "---\na: b\nc: d: e\n...\n"}
    assert refused(tmp_path, "Text.\n", files).where == "more.yaml:3"


# -- parts and other formats -----------------------------------------------------------------------------


def test_parts_are_joined_and_findings_name_the_part_and_its_line(tmp_path):
    put(
        tmp_path,
        {
            "one.md": "# One\n\nText[^a] no line end.",
            "two.md": "# Two\n\n[^a]: A note in another part.\n\n[^b]: Unused.\n",
            "paperbuild.toml": 'parts = ["one.md", "two.md"]',
        },
    )
    document = parse(read(tmp_path))
    assert [plain(n["c"][2]) for n in document.blocks if n["t"] == "Header"] == ["One", "Two"]
    notes = [node for node in ast.iterate(document.blocks) if node["t"] == "Note"]
    assert [plain(note["c"]) for note in notes] == ["A note in another part."]
    (finding,) = document.findings
    assert finding.where == "two.md:5"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tex", "\\section{Head}\nSome \\emph{text}.\n"),
        ("a.org", "* Head\nSome /text/.\n"),
        ("a.rst", "Head\n====\n\nSome *text*.\n"),
        ("a.html", "<h1>Head</h1><p>Some <em>text</em>.</p>"),
        ("a.txt", "# Head\n\nSome *text*.\n"),
    ],
)
def test_other_formats_become_the_same_document(name, text, tmp_path):
    put(tmp_path, {name: text})
    document = parse(read(tmp_path / name))
    found = plain(document.blocks) or plain(metadata.inlines(document.meta.get("title")))
    assert "Some text." in found
    assert len([node for node in ast.iterate(document.blocks) if node["t"] == "Emph"]) == 1


def test_a_line_end_between_chinese_characters_is_no_space(tmp_path):
    assert plain(parsed(tmp_path, "书已经翻开\n但纸页\n").blocks) == "书已经翻开但纸页"


def test_an_unclosed_division_is_told_with_its_line(tmp_path):
    findings = parsed(tmp_path, "Text.\n\n::: note\n\nMore.\n").findings
    assert [(finding.severity, finding.where) for finding in findings] == [("warning", "paper.md:3")]
    assert errors(findings) == []


@pytest.mark.parametrize(
    "text", ["a\x0cb \x08 c \x1b \ufffe d", "a&#12;b &#8; c &#x1b; &#xfffe; d", "a<b>&#12;</b>b c d"]
)
def test_characters_that_no_format_can_hold_become_spaces(text, tmp_path):
    document = parsed(tmp_path, f"---\ntitle: 'a&#12;b &#8; c &#x1b; d'\n---\n\n{text}\n")
    for shown in (document.blocks, metadata.inlines(document.meta["title"])):
        assert plain(shown).replace("\ufffd", "").split() == ["a", "b", "c", "d"]
        assert ast.plain(list(shown)).isprintable()


def test_a_code_cell_is_code_and_said_not_to_be_run(tmp_path):
    text = "Text.\n\n```{r plot, echo=FALSE}\nplot(x)\n```\n\n```{python}\n#| label: a\nx = 1\n```\n"
    document = parsed(tmp_path, text)
    code = [node["c"] for node in document.blocks if node["t"] == "CodeBlock"]
    assert [(attr[1], source) for attr, source in code] == [
        (["r"], "plot(x)"),
        (["python"], "#| label: a\nx = 1"),
    ]
    (finding,) = document.findings
    assert (finding.severity, finding.where) == ("warning", "paper.md:3")


def test_a_code_cell_with_a_blank_line_is_named(tmp_path):
    document = parsed(tmp_path, "Text.\n\n```{r}\nx <- 1\n\n# a comment\n```\n")
    (finding,) = document.findings
    assert (finding.severity, finding.where) == ("warning", "paper.md:3")
    assert "blank line" in finding.message
    assert "{.r}" in finding.hint


@pytest.mark.parametrize(
    "text", ['::: {.callout-tip title="Look"}\nWords.\n:::', "::: callout-note\n# Look\n\nWords.\n:::"]
)
def test_a_callout_keeps_its_title_and_makes_no_section(text, tmp_path):
    document = parsed(tmp_path, text)
    assert plain(document.blocks) == "Look Words."
    assert not any(node["t"] == "Header" for node in ast.iterate(document.blocks))


def test_dollar_signs_around_nothing_are_no_formula(tmp_path):
    document = parsed(tmp_path, "Text $$ $$ end.\n")
    assert not any(node["t"] == "Math" for node in ast.iterate(document.blocks))


def test_a_citation_of_latex_is_no_raw_tex(tmp_path):
    document = parsed(tmp_path, "A \\citep{eco2015}.\\footnote{B \\cite[p.~3]{eco2015}}\n")
    assert document.findings == ()
    assert sum(node["t"] == "Cite" for node in ast.iterate(document.blocks)) == 2
