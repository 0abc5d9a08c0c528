"""The report as a web page: complete in itself, safe whatever a manuscript holds, and shown by a browser."""

from __future__ import annotations

import html as htmllib
import re
import shutil
import subprocess
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html
from tests import reports

from paperbuild import report
from paperbuild.model import Evidence, Finding, Report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def page(of, slug="paper"):
    """The page, parsed."""
    return html.document_fromstring(report.as_page(of, slug))


def text(node):
    return " ".join(node.text_content().split())


def cards(of):
    return page(of).cssselect("article.card")


def test_a_finding_is_shown_beside_the_lines_that_it_speaks_of(tmp_path):
    (card,) = cards(reports.report(reports.changed(), folder=reports.source(tmp_path)))
    manuscript, word = card.cssselect(".pane")
    assert text(manuscript.cssselect("h5")[0]) == "In the manuscript: paper.md:5"
    lines = manuscript.cssselect("li")
    assert [line.get("value") for line in lines] == ["3", "4", "5", "6", "7"]
    assert [line.get("class") for line in lines] == [None, None, "here", None, None]
    assert lines[0].text_content() == "Before it."
    assert "<script>alert('x')</script>" in lines[2].text_content()
    assert text(word.cssselect("h5")[0]) == "In the Word document on page 3"
    assert [each.text for each in word.cssselect("del")] == ["red"]
    assert [each.text for each in word.cssselect("ins")] == ["blue"]
    assert [text(each) for each in word.cssselect(".around")] == ["Before it.", "After it."]
    assert "changed while the Word document was written, or edited since" in text(card)
    assert f"What to do{reports.HINT}" in text(card)
    assert "error" in text(card)  # in words, not by colour alone


def test_a_difference_far_down_in_a_paragraph_is_shown_with_its_own_line(tmp_path):
    words = [f"line {number} of it says something" for number in range(12)]
    folder = reports.source(tmp_path, "# Title\n\n" + "\n".join(words) + "\n\nAfter it.\n")
    promised = " ".join(words)
    evidence = Evidence(promised, promised.replace("9 of", "9 off"))
    (card,) = cards(reports.report(reports.changed(where="paper.md:3", evidence=evidence), folder=folder))
    assert [line.get("value") for line in card.cssselect("li.here")] == ["3", "12"]


def test_a_long_line_is_shown_around_the_difference(tmp_path):
    words = [f"word{number}" for number in range(900)]
    folder = reports.source(tmp_path, "# Title\n\n" + " ".join(words) + "\n")
    evidence = Evidence(" ".join(words), " ".join(words).replace("word500 ", ""))
    (card,) = cards(reports.report(reports.changed(where="paper.md:3", evidence=evidence), folder=folder))
    assert "word500 " in text(card.cssselect("li.here")[0])
    assert len(text(card)) < 1500


@pytest.mark.parametrize(
    "where", ["none.md:3", "../paper.md:1", "/etc/passwd:1", "paper.md:99", "paper.md:0", "x:y", ""]
)
def test_what_is_not_in_the_manuscripts_folder_is_not_shown(where, tmp_path):
    reports.source(tmp_path)
    folder = reports.source(tmp_path / "in")
    (card,) = cards(reports.report(reports.changed(where=where), folder=folder))
    assert card.cssselect(".lines") == []
    assert len(card.cssselect(".pane")) == 1


def test_lines_of_a_bibliography_and_of_an_included_file_are_shown(tmp_path):
    reports.source(tmp_path, "# Title\n\n{{< include part.md >}}\n\nThe end.\n")
    (tmp_path / "part.md").write_text("One.\n\nTwo.\n")
    (tmp_path / "refs.bib").write_text("@book{a,\n title={B}}\n")
    findings = [
        Finding("warning", "bibliography", "no year", "refs.bib:2"),
        Finding("info", "x", "y", "paper.md:7"),
    ]
    found = cards(reports.report(*findings, folder=tmp_path))
    assert [card.cssselect("li.here")[0].text_content() for card in found] == [" title={B}}", "The end."]


def test_nothing_of_a_manuscript_becomes_markup(tmp_path):
    folder = reports.source(tmp_path / "<b>&amp;")
    given = reports.changed(hint="<img src=x onerror=alert(1)>")
    tree = page(reports.report(given, reports.changed("<i>"), folder=folder), slug="<u>'\"")
    assert not tree.xpath("//script|//img|//b|//i|//u|//*[@onerror]|//iframe|//form")
    source = report.as_page(reports.report(given, folder=folder), "x")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", source)
    assert report.as_page(Report("pap\udce9r.md", "", ""), "x").encode()


def test_the_page_needs_nothing_but_itself(tmp_path):
    tree = page(reports.report(reports.changed(), folder=reports.source(tmp_path)))
    links = {address for _, _, address, _ in tree.iterlinks()}
    assert links == {"data:,", "paper.pdf", "paper.docx", "report.json", "report.junit.xml", "#findings"}
    assert "url(" not in tree.cssselect("style")[0].text
    assert "@import" not in tree.cssselect("style")[0].text
    assert "prefers-color-scheme: dark" in tree.cssselect("style")[0].text


def test_the_page_can_be_heard_and_walked_through():
    tree = page(reports.report(reports.changed("pdf"), reports.lost("gone"), Finding("info", "x", "y")))
    assert tree.get("lang") == "en"
    assert [len(tree.cssselect(name)) for name in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    levels = [
        int(each.tag[1])
        for each in tree.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
    ]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(each.get("scope") for each in tree.cssselect("th"))
    names = [each.get("id") for each in tree.cssselect("[id]")]
    assert len(names) == len(set(names))
    labelled = {each.get("aria-labelledby") for each in tree.cssselect("[aria-labelledby]")}
    assert labelled <= set(names)
    assert {text(each) for each in tree.cssselect(".severity")} == {"error", "info"}
    assert tree.cssselect('a[href="paper.pdf#page=3"]')


def test_the_table_and_the_files_are_the_reports():
    tree = page(reports.report(reports.changed("pdf"), reports.changed("docx")))
    rows = [[text(cell) for cell in row] for row in tree.cssselect("table.numbers tr")]
    assert rows[0] == ["", "PDF", "Word"]
    assert rows[3:] == [
        ["paragraphs", "1200", "1200", "0", "1200", "1199", "1"],
        ["total", "1203", "1203", "0", "1203", "1202", "1"],
    ]
    assert [[text(cell) for cell in row] for row in tree.cssselect("table.files tbody tr")] == [
        ["PDF", "paper.pdf", "20 kB", "ab" * 32],
        ["Word", "paper.docx", "20 kB", "ab" * 32],
    ]
    assert len(tree.cssselect("article")) == 1  # the same in both formats
    assert "PDF and Word" in text(tree.cssselect(".about")[0])


@pytest.mark.parametrize(
    ("of", "verdict"),
    [
        (reports.report(), "Everything that was promised is in the files."),
        (reports.report(comparisons=()), "The files were made, and not opened again."),
        (Report("x.md", "", ""), "The files were made, and not opened again."),
        (
            reports.report(reports.changed()),
            "Something was lost, could not be resolved, or needs your decision.",
        ),
        (reports.refused(), "It could not be made."),
    ],
)
def test_the_verdict_is_one_sentence(of, verdict):
    assert text(page(of).cssselect(".verdict strong")[0]) == verdict


def test_many_findings_make_a_small_page_quickly(tmp_path):
    folder = reports.source(tmp_path, "long & <line> " * 3000)
    words = " ".join(f"wörd{number}&" for number in range(300))
    evidence = [Evidence(words, f"{number} {words[::-1]}", words, words) for number in range(500)]
    many = [
        replace(reports.changed(where="paper.md:1", evidence=each), message=f"{number} {reports.HOSTILE}")
        for number, each in enumerate(evidence)
    ]
    begin = time.monotonic()
    source = report.as_page(reports.report(*many, folder=folder), "paper")
    assert time.monotonic() - begin < 10
    assert len(source.encode()) < 2_000_000
    assert source.count("<article") == 500
    more = [Finding("info", "x", str(number)) for number in range(3000)]
    assert "and 2,000 more infos" in text(page(reports.report(*more)))


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium")
@pytest.mark.parametrize("width", [390, 800, 1280])
def test_a_browser_shows_it_within_its_width_and_runs_nothing(width, tmp_path):
    findings = [reports.changed("pdf"), reports.lost("unbreakable" * 90), reports.lost("gone", "citations")]
    source = report.as_page(reports.report(*findings, folder=reports.source(tmp_path)), "paper" * 30)
    frame = tmp_path / "frame.html"
    style = f"width:{width}px;height:900px;border:0"
    frame.write_text(
        f'<body><iframe style="{style}" srcdoc="{htmllib.escape(source)}"></iframe>'
        "<script>onload = () => { const page = document.querySelector('iframe').contentDocument;"
        "document.body.textContent = JSON.stringify([page.documentElement.scrollWidth,"
        "page.querySelectorAll('article').length, page.scripts.length]); }</script></body>",
        "utf-8",
    )
    assert CHROMIUM
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=3000"]
    said = subprocess.run(
        [CHROMIUM, *flags, "--dump-dom", frame.as_uri()],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    measured = re.search(r"\[(\d+),(\d+),(\d+)\]", said.stdout)
    assert measured, said.stdout
    assert [*map(int, measured.groups())] == [width, 3, 0]
