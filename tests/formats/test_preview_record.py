"""The record beside a preview: all that a CMS needs, nothing that is withheld, and held against its page."""

from __future__ import annotations

import json

import pytest
from lxml import html as parser
from tests.helpers import errors, exported, resolved

from paperbuild import pipeline
from paperbuild.config import Options, Preview, Study
from paperbuild.formats.preview.format import FORMAT
from paperbuild.formats.preview.record_read import faults
from paperbuild.layouts import load
from paperbuild.leak import leaks

PAPER = """\
---
title: Norms & *Facts*^[Thanks to all.]
subtitle: An essay
author:
- name: Ana de Silva
  orcid: 0000-0002-1825-0097
  affiliation: University of Graz
- Bo Li
date: 12 May 2024
lang: en-GB
keywords: [norms, facts]
abstract: The abstract says $x<1$, as [@kelsen1957] does.^[A note of the abstract.]
bibliography: refs.bib
paperbuild:
  study:
    summary: What norms are.
    questions: [Why?]
    terms: {norm: an ought}
  preview:
    show: 50%
    cut: section
    canonical: https://example.org/papers/norms/
    publisher: The Press
---

# Opening

The opening sentence is there for everybody, and it is as long as the rest is [@kelsen1957].

# Vaulted conclusions

The butler did it, says de Silva, Ana of the University of Graz, at length, and so does Eco [@eco2015].
"""
BOTH = ("preview", "page")
"""The record is made where the members' page is."""
KEYS = [
    "schema", "generator", "slug", "title", "subtitle", "authors", "date", "lang", "dir", "abstract",
    "keywords", "study", "shown", "remaining", "references", "citations", "addresses", "head", "html",
]  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    return exported(tmp_path_factory.mktemp("record"), PAPER, BOTH)


@pytest.fixture(scope="module")
def data(done):
    return (done.out / "paper" / "paper.preview.json").read_bytes()


@pytest.fixture(scope="module")
def values(data):
    return json.loads(data)


def made(document, folder, **preview) -> tuple[bytes, bytes]:
    """A page and its record."""
    asked = Options(preview=Preview.model_validate(preview), study=Study())
    written = FORMAT.write(FORMAT.prepare(document, asked), asked, load("article", folder))
    return written.data, written.besides[".preview.json"]


def test_a_preview_is_stored_with_its_record_and_both_are_in_order(done, values):
    assert errors(done.report.findings) == []
    assert list(values) == KEYS
    assert values["schema"] == "paperbuild-preview/1"


def test_the_record_says_what_the_paper_says_of_itself(values):
    told = {key: values[key] for key in ("slug", "title", "subtitle", "date", "lang", "dir", "keywords")}
    assert told == {
        "slug": "paper",
        "title": "Norms & Facts",
        "subtitle": "An essay",
        "date": {"text": "12 May 2024", "iso": "2024-05-12"},
        "lang": "en-GB",
        "dir": "ltr",
        "keywords": ["norms", "facts"],
    }
    assert values["authors"][0] == {
        "name": "Ana de Silva",
        "family": "de Silva",
        "given": "Ana",
        "suffix": "",
        "affiliations": ["University of Graz"],
        "orcid": "0000-0002-1825-0097",
    }
    assert values["study"] == {
        "summary": "What norms are.",
        "technique": "",
        "structure": "",
        "questions": ["Why?"],
        "terms": [{"term": "norm", "meaning": "an ought"}],
    }
    assert values["addresses"] == {
        "canonical": "https://example.org/papers/norms/",
        "sign_up": "#sign-up",
        "log_in": "#log-in",
    }


def test_the_abstract_stands_alone(values):
    assert values["abstract"]["text"] == "The abstract says x<1, as (Kelsen 1957) does."
    root = parser.fragment_fromstring(values["abstract"]["html"], create_parent=True)
    assert root.xpath("//math")
    assert not root.xpath("//a | //@id")
    assert "A note of the abstract" not in root.text_content()


def test_what_is_shown_and_what_remains_is_told_in_numbers_alone(values):
    assert 0 < values["shown"]["percent"] < 100
    assert [section["title"] for section in values["shown"]["sections"]] == ["Opening", "References"]
    assert values["remaining"] == {"sections": 1, "titles": []}
    assert [reference["key"] for reference in values["references"]] == ["kelsen1957"]


def test_nothing_withheld_is_in_the_record(data):
    for secret in (b"butler", b"Vaulted", b"vaulted", b"eco2015", b"How to Write"):
        assert secret not in data


def test_titles_that_remain_are_told_where_the_page_tells_them(tmp_path):
    text = PAPER.replace("    cut: section\n", "    cut: section\n    outline: titles\n")
    asked = exported(tmp_path, text, BOTH)
    record = json.loads((asked.out / "paper" / "paper.preview.json").read_bytes())
    assert record["remaining"] == {"sections": 1, "titles": [{"level": 1, "title": "Vaulted conclusions"}]}


def test_a_whole_paper_has_a_record_as_well(tmp_path):
    _, data = made(resolved(tmp_path, PAPER), tmp_path, show="100%")
    record = json.loads(data)
    assert record["shown"]["percent"] == 100
    assert record["remaining"] == {"sections": 0, "titles": []}
    assert record["head"]["json_ld"]["isAccessibleForFree"] is True
    assert "butler" in record["html"]


def test_the_head_is_the_pages(done, values):
    root = parser.document_fromstring(done.data("preview").decode())
    metas = [dict(meta) for meta in values["head"]["meta"]]
    assert metas
    for meta in metas:
        name = meta.get("name") or meta["property"]
        assert meta["content"] in root.xpath("//meta[@name=$n or @property=$n]/@content", n=name)
    (script,) = root.xpath("//script[@type='application/ld+json']")
    assert values["head"]["json_ld"] == json.loads(script.text)


def test_the_article_needs_nothing_else(values):
    root = parser.fragment_fromstring(values["html"], create_parent=True)
    assert [child.tag for child in root] == ["article"]
    assert not root.xpath("//script | //link | //iframe | //@*[starts-with(name(), 'on')]")
    assert all(source.startswith("data:") for source in root.xpath("//@src"))


def test_how_to_cite_the_paper_is_told_in_each_style(values):
    styles = {entry["style"]: entry for entry in values["citations"]}
    assert {"apa", "modern-language-association", "chicago-author-date"} <= set(styles)
    assert styles["apa"]["text"].startswith("de Silva, A., & Li, B. (2024, May 12).")
    assert "&amp; Li" in styles["apa"]["html"]


def test_records_of_the_same_preview_are_the_same_to_the_byte(tmp_path, data):
    again = exported(tmp_path, PAPER, BOTH)
    assert (again.out / "paper" / "paper.preview.json").read_bytes() == data
    assert data.endswith(b"}\n")
    assert b"\\u20" not in data
    assert "‘Norms".encode() in data


def test_what_is_withheld_is_found_in_a_record(done, data):
    prepared = FORMAT.prepare(done.plan.document, done.plan.options)
    assert prepared.withheld
    assert not leaks("paper.preview.json", data, prepared.withheld)
    leaked = data.replace(b'"subtitle": "An essay"', b'"subtitle": "The butler did it, says"')
    assert leaked != data
    assert leaks("paper.preview.json", leaked, prepared.withheld)


# -- reading back ----------------------------------------------------------------------------------------


def found(done, data: bytes) -> list[str]:
    page = done.data("preview")
    return errors(faults(data, page, FORMAT.read(page)))


def test_a_record_as_it_is_written_agrees_with_its_page(done, data):
    assert found(done, data) == []


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("schema", "paperbuild-preview/2", "does not name its schema"),
        ("title", "Other", "the record's title is «Other»"),
        ("lang", "de", "the record's language"),
        ("authors", [{"name": "Nobody"}], "the record's authors"),
        ("authors", "Ana", "no list authors"),
        ("head", {"title": "Other"}, "title in its head"),
        ("shown", {"percent": 99, "sections": []}, "(percent)"),
        ("shown", None, "no object shown"),
        ("remaining", {"sections": 7, "titles": []}, "(sections)"),
        ("citations", [], "does not tell what the page states (cite-apa)"),
        ("citations", [{"style": "apa", "text": "Other"}], "(cite-apa)"),
        ("html", "", "not the page's article"),
        ("html", "<article>Other</article>", "not the page's article"),
    ],
)
def test_a_record_that_says_something_else_is_told(key, value, said, done, values):
    told = found(done, json.dumps({**values, key: value}).encode())
    assert any(said in message for message in told), told


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("for everybody", "for every", False),
        ("</article>", "</article><p>More.</p>", False),
        ("</article>", "<script>1</script></article>", True),
        ("<article", '<article onload="x()"', True),
        ("for everybody", "for only = everybody", False),
    ],
)
def test_a_record_whose_article_was_changed_is_told(before, after, runs, done, values):
    assert before in values["html"]
    told = found(done, json.dumps({**values, "html": values["html"].replace(before, after)}).encode())
    assert (
        told == ["the record's html is not the page's article"] + ["the record's html holds what runs"] * runs
    )


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"{}"])
def test_what_is_no_record_is_one_error(data, done):
    (finding,) = faults(data, done.data("preview"), FORMAT.read(done.data("preview")))
    assert (finding.severity, finding.check) == ("error", "record")


def test_a_stored_record_that_was_changed_is_told_when_verified(tmp_path):
    done = exported(tmp_path, PAPER, BOTH)
    path = done.out / "paper" / "paper.preview.json"
    path.write_bytes(path.read_bytes().replace(b'"title": "Norms & Facts"', b'"title": "Others"', 1))
    outcome = pipeline.inspect(done.plan, "preview")
    assert any(finding.check == "record" for finding in outcome.findings)
