"""The reference list stands where the manuscript wants it, with a heading, once; or not at all."""

from __future__ import annotations

import pytest
from tests.helpers import CITING, errors, items, resolved

from paperbuild.pandoc import ast


def outline(document):
    """Headings, paragraphs and references in order, shortened."""
    return [
        f"{'#' * item.level}{item.text}" if item.kind == "section" else item.text.split(".")[0]
        for item in items(document, "section", "paragraph", "reference")
    ]


LIST = ["Eco, Umberto", "Kelsen, Hans"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# One\n\nSo [@eco2015; @kelsen1957].\n",
            ["#One", "So (Eco 2015; Kelsen 1957)", "#References", *LIST],
        ),
        (
            "# One\n\nSo @kelsen1957 and @eco2015.\n\n# Sources\n\n::: {#refs}\n:::\n\n# After\n\nEnd.\n",
            ["#One", "So Kelsen (1957) and Eco (2015)", "#Sources", *LIST, "#After", "End"],
        ),
        (
            "## One\n\nSo @kelsen1957 and @eco2015.\n\n## Works cited\n",
            ["##One", "So Kelsen (1957) and Eco (2015)", "##Works cited", *LIST],
        ),
        (
            "## One\n\nSo @kelsen1957 and @eco2015.\n",
            ["##One", "So Kelsen (1957) and Eco (2015)", "##References", *LIST],
        ),
        (
            "So @kelsen1957 and @eco2015.\n\n::: {.appendix}\n\n::: {#refs}\nold\n:::\n\n:::\n",
            ["So Kelsen (1957) and Eco (2015)", *LIST],
        ),
        ("# One\n\nText.\n", ["#One", "Text"]),
        ("# One\n\nText.\n\n# References\n\n::: {#refs}\n:::\n", ["#One", "Text", "#References"]),
    ],
    ids=[
        "at the end",
        "at #refs",
        "after a last heading",
        "level of the others",
        "deep #refs",
        "none",
        "empty",
    ],
)
def test_where_the_list_stands(text, expected, tmp_path):
    assert outline(resolved(tmp_path, CITING + text)) == expected


def test_its_title_is_the_manuscripts_or_the_languages(tmp_path):
    front = "---\nbibliography: refs.bib\n{}\n---\n\nSo [@kelsen1957].\n"
    assert "#Works Cited" in outline(resolved(tmp_path, front.format("reference-section-title: Works Cited")))
    assert "#Literatur" in outline(resolved(tmp_path, front.format("lang: de-AT")))
    assert "#Références" in outline(resolved(tmp_path, front.format("lang: fr")))


def test_no_list_where_none_is_wanted(tmp_path):
    text = "---\nbibliography: refs.bib\nsuppress-bibliography: true\n---\n\nSo [@kelsen1957].\n"
    document = resolved(tmp_path, text)
    assert outline(document) == ["So (Kelsen 1957)"]
    assert document.references == ()
    assert items(document, "citation", "link") == []
    assert [finding for finding in document.findings if finding.severity != "info"] == []


def test_each_entry_stands_once_in_a_division_with_its_anchor(tmp_path):
    document = resolved(tmp_path, CITING + "[@kelsen1957] [@kelsen1957] [@eco2015]\n")
    entries = [node for node in ast.iterate(document.blocks) if "csl-entry" in ast.classes(node)]
    assert [ast.identifier(entry) for entry in entries] == ["ref-eco2015", "ref-kelsen1957"]
    assert [reference.key for reference in document.references] == ["eco2015", "kelsen1957"]


def test_a_doi_in_an_entry_is_a_link(tmp_path):
    document = resolved(tmp_path, CITING + "[@price1965]\n", "apa")
    assert [item.target for item in items(document, "link")] == [
        "https://doi.org/10.1126/science.149.3683.510"
    ]


def test_titles_are_set_in_italics(tmp_path):
    document = resolved(tmp_path, CITING + "[@kelsen1957]\n")
    (entry,) = [node for node in ast.iterate(document.blocks) if "csl-entry" in ast.classes(node)]
    assert ast.plain([n for n in ast.iterate(entry) if n["t"] == "Emph"]) == "Reine Rechtslehre"


def test_odd_entries_are_told(tmp_path):
    bib = "@book{none, author={A B}, year={2001}}\n@book{undated, title={Undated}, author={C D}}\n"
    text = "---\nbibliography: b.bib\n---\n\n[@none] [@undated]\n"
    document = resolved(tmp_path, text, files={"b.bib": bib})
    found = {(finding.severity, finding.message) for finding in document.findings}
    assert ("warning", "the entry none has no title") in found
    assert ("info", "the entry undated has no date") in found
    assert errors(document.findings) == []


def test_what_is_never_cited_is_told_in_one_line(tmp_path):
    document = resolved(tmp_path, CITING + "[@kelsen1957]\n")
    assert [finding.message for finding in document.findings] == [
        "3 entries of the bibliography are never cited: eco2015, price1965, doe2001"
    ]


def test_a_latin_entry_in_a_paper_from_right_to_left_runs_from_left_to_right(tmp_path):
    for lang, count in (("he", 1), ("en", 0)):
        text = f"---\nbibliography: refs.bib\nlang: {lang}\n---\n\n[@eco2015]\n"
        entries = [n for n in ast.iterate(resolved(tmp_path, text).blocks) if "csl-entry" in ast.classes(n)]
        assert sum(ast.pairs(entry).get("dir") == "ltr" for entry in entries) == count
