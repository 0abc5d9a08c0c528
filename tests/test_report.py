"""What reports say: the fixed keys of JSON, the order of findings, and what a terminal shows."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from tests import reports

from paperbuild import report
from paperbuild.model import Evidence, Finding, Report
from paperbuild.report.difference import pieces
from paperbuild.report.order import causes
from paperbuild.report.values import as_file

PAGE = Path("dist/paper/report.html")


def shown(of, width=80, page=PAGE, **console):
    """What is printed of a report: on standard output, on standard error."""
    out, err = io.StringIO(), io.StringIO()
    first, second = (
        Console(file=file, width=width, highlight=False, emoji=False, **console) for file in (out, err)
    )
    report.show(of, first, second, page)
    return out.getvalue(), err.getvalue()


# -- JSON -------------------------------------------------------------------------------------------------


def test_the_keys_of_json_are_fixed():
    values = report.as_dict(reports.report(reports.changed(), Finding("info", "references", "nothing")))
    assert list(values) == [
        "manuscript", "style", "layout", "artefacts", "counts", "comparisons", "findings", "ok"
    ]  # fmt: skip
    assert set(values["artefacts"][0]) == {"format", "path", "bytes", "sha256"}
    assert set(values["comparisons"][0]) == {"format", "kind", "promised", "found", "lost"}
    keys = {"severity", "check", "format", "where", "message", "hint", "stage"}
    assert set(values["findings"][0]) == keys | {"evidence"}
    assert set(values["findings"][0]["evidence"]) == {"promised", "found", "before", "after", "place"}
    assert set(values["findings"][1]) == keys
    assert [line["lost"] for line in values["comparisons"]] == [0, 0, 0, 0, 1, 0]


def test_json_keeps_every_character_even_of_a_name_that_is_no_utf8():
    of = Report("pap\udce9r.md", "", "", findings=(Finding("info", "x", reports.HOSTILE),))
    values = json.loads(as_file(of).decode("utf-8"))
    assert values["manuscript"] == "pap\udce9r.md"
    assert values["findings"][0]["message"] == reports.HOSTILE


# -- order ------------------------------------------------------------------------------------------------


def test_the_same_finding_in_several_formats_is_told_once_with_each_place():
    pdf, docx = reports.changed("pdf"), reports.changed("docx")
    assert docx.evidence
    docx = replace(docx, evidence=replace(docx.evidence, place="Method"))
    (cause,) = causes([pdf, docx])
    assert cause.merged.format == "pdf, docx"
    (sight,) = cause.sights
    assert [(name, evidence.place) for name, evidence in sight.places] == [
        ("pdf", "page 3"),
        ("docx", "Method"),
    ]
    assert report.tally([pdf, docx]) == "1 error"


def test_errors_stand_first_and_those_of_one_check_together():
    given = [
        Finding("info", "a", "1"),
        Finding("error", "b", "2"),
        Finding("error", "c", "3"),
        Finding("warning", "a", "4"),
        Finding("error", "b", "5"),
    ]
    assert [finding.message for finding in report.ordered(given)] == ["2", "5", "3", "4", "1"]


def test_a_citation_that_was_lost_with_its_paragraph_is_told_with_it():
    paragraph = reports.lost("As was said (Eco 2015), and again by others.")
    inner, elsewhere = (reports.lost("Eco 2015", "citations") for _ in range(2))
    elsewhere = replace(elsewhere, where="paper.md:90")
    other = reports.lost("Bee 2016", "citations")
    found = causes([paragraph, inner, elsewhere, other])
    assert [len(cause.consequences) for cause in found] == [1, 0, 0]  # it stands there once
    assert found[0].consequences[0].where == "paper.md:3"
    in_pdf = reports.lost("Eco 2015", "citations", "pdf")
    assert len(causes([paragraph, in_pdf])) == 2


# -- differences ------------------------------------------------------------------------------------------


def marked(promised, found, length=400):
    signs = {"same": "{}", "lost": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(signs[each.how].format(each.text) for each in pieces(Evidence(promised, found), length))


@pytest.mark.parametrize(
    ("promised", "found", "expected"),
    [
        ("one two three", "one three", "one [-two -]three"),
        ("one two three", "one 2 three", "one [-two-]{+2+} three"),
        ("one", "", "[-one-]"),
        ("", "one", "{+one+}"),
        ("same", "same", "same"),
        ("“so” – it's", '"so" - it\'s', "“so” – it's"),  # the lens makes them equal
        ("日本語の文章", "日本の文章", "日本[-語-]の文章"),
        ("a\ufffcb", "a\ufffcc", "[-a▢b-]{+a▢c+}"),
        ("a" * 50 + "b", "a" * 50 + "c", "a" * 50 + "[-b-]{+c+}"),
    ],
)
def test_what_differs_is_marked_by_words(promised, found, expected):
    assert marked(promised, found) == expected


def test_long_texts_are_shortened_around_their_differences():
    words = [f"word{number}" for number in range(900)]
    changed = [*words]
    changed[400] = "other"
    said = marked(" ".join(words), " ".join(changed))
    assert "[-word400-]{+other+}" in said
    assert len(said) < 200
    assert said.startswith("…")
    assert said.endswith("…")
    assert len(marked(" ".join(words), " ".join(reversed(words)))) < 900
    assert len(marked(" ".join(words), "")) < 420


# -- terminal ---------------------------------------------------------------------------------------------


def test_the_table_has_promised_found_and_lost_for_each_format_and_a_total():
    out, err = shown(reports.report(reports.changed()))
    assert err.startswith("paper.md: 1 error\n")
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["✗", "paper.md", "apa,", "article"]
    assert lines[1] == ["PDF", "Word"]
    assert lines[2] == ["promised", "found", "lost"] * 2
    assert lines[3:6] == [
        ["sections", "3", "3", "0", "3", "3", "0"],
        ["paragraphs", "1200", "1200", "0", "1200", "1199", "1"],
        ["total", "1203", "1203", "0", "1203", "1202", "1"],
    ]
    assert "dist/paper/ paper.pdf (20 kB), paper.docx (20 kB), report.html" in out


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_nothing_is_wider_than_the_terminal(width):
    findings = [
        reports.changed(),
        reports.lost("gone " * 60),
        Finding("info", "x", "words " * 60, hint="h " * 90),
    ]
    out, err = shown(reports.report(*findings), width, force_terminal=True, color_system=None)
    assert max(cell_len(line) for line in (out + err).splitlines()) <= width
    plain, piped = shown(reports.report(*findings), width)
    assert f"info: {'words ' * 60}".strip() in piped  # one line, for grep
    assert "\x1b" not in plain + piped


def test_a_finding_shows_where_what_was_promised_what_stands_there_and_what_to_do():
    lines = shown(reports.report(reports.changed(), reports.lost("gone")))[1].splitlines()[1:]
    assert lines[0].startswith("error: paper.md:5: the paragraph «Line <script>")
    assert lines[0].endswith(" has changed [docx]")  # the differing words stand below
    assert lines[1].startswith("    - ")
    assert "[-red-]" in lines[1]
    assert "{+blue+}" in lines[2]
    assert lines[3] == "      on page 3"
    assert lines[5:7] == ["    - [-gone-]", "    + nothing between «what is before» and «what is after»"]
    assert lines[7:] == ["      under «Method»", f"    → {reports.HINT}"]  # once for both


def test_what_steers_a_terminal_does_not_reach_it():
    out, err = shown(reports.report(reports.changed(), folder=Path("a\x1b[2Jb")), color_system=None)
    assert "\x1b" not in out + err
    assert "\x07" not in out + err


def test_colour_marks_what_is_lost():
    out, err = shown(reports.report(reports.changed()), force_terminal=True, color_system="standard")
    assert "\x1b[1;31m    1\x1b[0m" in out
    assert "\x1b[1;4;31mred\x1b[0m" in err
    assert "[-red-]" not in err


def test_of_many_findings_the_first_are_shown_and_where_all_are():
    many = [reports.lost(f"paragraph number {number}.") for number in range(500)]
    other = Finding("warning", "raw", "also this")
    err = shown(reports.report(*many, other))[1]
    assert err.count("error: ") == 10
    assert "… and 490 more errors of paragraphs [docx]: all of them are in dist/paper/report.html" in err
    assert "warning: also this" in err
    assert "--json" in shown(reports.report(*many), page=None)[1]
    assert shown(reports.report(*many[:20]))[1].count("error: ") == 20


def test_a_refusal_and_a_report_of_nothing_are_short():
    out, err = shown(reports.refused())
    assert out == "✗ paper.md  not made\n"
    assert err.splitlines() == [
        "paper.md: 1 error",
        "error: paper.md:5: paper.md is not UTF-8",
        "    → save it as UTF-8",
    ]
    assert shown(Report("paper.md", "apa", "article")) == ("✓ paper.md  apa, article\n", "")
