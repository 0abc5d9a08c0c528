"""What a layout proposes or asks of the front matter, and what is said where it can't be had."""

from __future__ import annotations

import pytest
from tests import helpers

from paperbuild import layouts, pipeline
from paperbuild.config import Options
from paperbuild.dress import author_note
from paperbuild.layouts import running
from paperbuild.model import Author
from paperbuild.pipeline import Job

HEAD = "---\ntitle: A Title\nauthor: A. Author\npaperbuild:\n  running-head: {}\n---\n\nText.\n"
PROPOSED = {"apa7": "apa", "mla9": "modern-language-association", "chicago": "chicago-notes-bibliography"}


def planned(folder, text, layout):
    return pipeline.plan(Job(helpers.manuscript(folder, text), layout=layout, out=folder / "dist"))


@pytest.mark.parametrize(("layout", "style"), PROPOSED.items())
def test_a_manuscript_that_names_no_style_gets_the_layouts(layout, style, tmp_path):
    assert planned(tmp_path, "Text.\n", layout).style == style


@pytest.mark.parametrize("layout", PROPOSED)
@pytest.mark.parametrize("key", ["csl: ieee", "paperbuild:\n  style: ieee"])
def test_a_style_that_the_manuscript_names_is_kept(layout, key, tmp_path):
    assert planned(tmp_path, f"---\n{key}\n---\n\nText.\n", layout).style == "ieee"


def test_a_running_head_that_is_too_long_is_told_with_its_key_and_line(tmp_path):
    plan = planned(tmp_path, HEAD.format("x" * 51), "apa7+professional")
    finding = helpers.only(plan.document.findings, "layout")
    assert finding.severity == "warning"
    assert "paperbuild.running-head has 51 characters" in finding.message
    assert finding.where == "paper.md:5"


@pytest.mark.parametrize(("length", "layout"), [(50, "apa7+professional"), (51, "apa7"), (51, "mla9")])
def test_a_running_head_that_fits_or_is_not_shown_is_not_told(length, layout, tmp_path):
    plan = planned(tmp_path, HEAD.format("x" * length), layout)
    assert [one for one in plan.document.findings if one.check == "layout"] == []


def test_a_title_that_stands_as_running_head_is_shortened_to_its_length(tmp_path):
    text = "---\ntitle: Reading Slowly in a Hurried Seminar and Other Essays on Patience\n---\n\nText.\n"
    plan = planned(tmp_path, text, "apa7+professional")
    head = running.words(plan.document.front, Options())["running_head"]
    assert head == "Reading Slowly in a Hurried Seminar and Other…"
    assert len(head) <= running.RUNNING_HEAD


def test_an_author_note_names_each_orcid_and_one_address():
    authors = [
        Author("A. Silva", ("Lisbon",), orcid="https://orcid.org/0000-0001"),
        Author("B. Okri", ("Lagos", "Accra"), email="b@example.org"),
        Author("C. Lind", email="c@example.org"),
    ]
    said = "Correspondence concerning this article should be addressed to B. Okri, Lagos, Accra."
    assert author_note.paragraphs(authors, "en-GB") == [
        "A. Silva https://orcid.org/0000-0001",
        f"{said} Email: b@example.org",
    ]


def test_an_author_note_is_in_the_manuscripts_language():
    authors = [Author("A. Silva", ("Lisboa",), email="a@example.org")]
    assert author_note.title("es-MX") == "Nota de autor"
    (said,) = author_note.paragraphs(authors, "de")
    assert said == "Korrespondenz zu diesem Artikel ist zu richten an A. Silva, Lisboa. E-Mail: a@example.org"


def test_authors_that_cannot_be_reached_have_no_note():
    assert author_note.paragraphs([Author("A. Silva", ("Lisbon",))], "en") == []


def test_variants_change_what_they_name_and_nothing_else(tmp_path):
    plain, short = (layouts.load(name, tmp_path) for name in ("chicago", "chicago+first-page-title"))
    assert (short.title_block.kind, plain.title_block.kind) == ("block", "page")
    assert short.text.reference == plain.text.reference
