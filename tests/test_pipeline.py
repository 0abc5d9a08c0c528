"""From a manuscript to its files and its report, in the order of the stages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.helpers import CITING, errors, export, exported, manuscript, only, picture, put

from paperbuild import pipeline
from paperbuild.config import FORMATS
from paperbuild.formats.preview import format as preview
from paperbuild.model import PaperbuildError
from paperbuild.pipeline import Job

TEXT = f"{CITING}# One\n\nA claim [@kelsen1957].^[A note.]\n\n![A cat](cat.png)\n\n# Two\n\nThe end of it.\n"
FILES = {"cat.png": picture()}


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    return exported(tmp_path_factory.mktemp("paper"), TEXT, FORMATS, "apa", FILES)


def test_every_format_is_written_where_its_name_says(done):
    names = {artefact.path.relative_to(done.out).as_posix() for artefact in done.report.artefacts}
    made = {"pdf", "docx", "preview.html", "preview.json", "page.html"}
    assert names == {f"paper/paper.{suffix}" for suffix in made}
    for artefact in done.report.artefacts:
        assert artefact.path.stat().st_size == artefact.bytes


def test_the_report_tells_what_was_promised_and_found(done):
    assert errors(done.report.findings) == []
    assert (done.report.status, done.report.ok, done.report.style) == (0, True, "apa")
    assert done.report.counts == {
        "sections": 3,
        "paragraphs": 2,
        "citations": 1,
        "references": 1,
        "notes": 1,
        "tables": 0,
        "figures": 1,
        "equations": 0,
    }
    found = {(line.format, line.kind): (line.promised, line.found) for line in done.report.comparisons}
    assert found["pdf", "section"] == found["docx", "section"] == (3, 3)
    assert found["preview", "section"][0] < 3


@pytest.mark.parametrize("name", FORMATS)
def test_verifying_again_finds_the_same(name, done):
    outcome = pipeline.inspect(done.plan, name)
    assert errors(outcome.findings) == []
    assert outcome.comparisons == tuple(c for c in done.report.comparisons if c.format == name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_manuscript_that_went_on_is_not_what_the_files_hold(name, done, tmp_path):
    path = manuscript(tmp_path, TEXT.replace("A claim", "Another claim"), FILES)
    plan = pipeline.plan(replace(done.plan.job, path=path))
    assert any("Another claim" in message for message in errors(pipeline.inspect(plan, name).findings))


def test_verifying_what_was_never_exported_names_the_command(done, tmp_path):
    plan = replace(done.plan, job=replace(done.plan.job, out=tmp_path))
    with pytest.raises(PaperbuildError) as caught:
        pipeline.inspect(plan, "pdf")
    assert "paperbuild export" in caught.value.hint


def test_an_error_in_the_manuscript_makes_the_status_1_and_the_files_are_written(tmp_path):
    done = exported(tmp_path, f"{CITING}A claim [@kelsen1975].\n", ["preview"])
    assert done.report.status == 1
    assert b"[@kelsen1975?]" in done.data("preview")


def test_without_verifying_nothing_is_read_back(tmp_path):
    job = Job(manuscript(tmp_path, TEXT, FILES), formats=("preview",), out=tmp_path / "dist", verify=False)
    done = export(job)
    assert done.report.comparisons == ()
    assert done.path("preview").exists()


# -- a file that somebody edited -------------------------------------------------------------------------


def test_an_edited_file_is_left_alone_unless_forced(tmp_path):
    job = Job(manuscript(tmp_path, TEXT, FILES), formats=("preview",), out=tmp_path / "dist")
    done = export(job)
    done.path("preview").write_text("edited by hand")
    again = export(job)
    assert again.report.status == 1
    assert again.data("preview") == b"edited by hand"
    assert "--force" in next(finding.hint for finding in again.report.findings if finding.check == "store")
    forced = export(replace(job, force=True))
    assert forced.report.status == 0
    assert forced.data("preview") == done.data("preview") != b"edited by hand"


# -- styles and layouts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "asked", "used"),
    [
        ("", "", "chicago-author-date"),
        ("csl: apa\n", "", "apa"),
        ("paperbuild:\n  style: ieee\ncsl: apa\n", "", "ieee"),
        ("csl: apa\n", "nature", "nature"),
        ("paperbuild:\n  style: ieee\n", "nature", "nature"),
    ],
)
def test_the_flag_wins_over_the_front_matter(front, asked, used, tmp_path):
    path = manuscript(tmp_path, f"---\n{front}title: T\n---\n\nText.\n")
    assert pipeline.plan(Job(path, style=asked)).style == used


def test_a_style_file_that_is_not_there_is_told(tmp_path):
    plan = pipeline.plan(Job(manuscript(tmp_path, "---\ncsl: styles/apa.csl\n---\n\nText.\n")))
    assert plan.style == "apa"
    assert any("styles/apa.csl is not there" in finding.message for finding in plan.document.findings)


@pytest.mark.parametrize("front", ["csl: nosuchstyle\n", "paperbuild:\n  layout: nosuchlayout\n"])
def test_an_unknown_style_or_layout_stops_with_a_hint(front, tmp_path):
    with pytest.raises(PaperbuildError) as caught:
        pipeline.plan(Job(manuscript(tmp_path, f"---\n{front}---\n\nText.\n")))
    assert caught.value.status == 2
    assert "nosuch" in caught.value.message
    assert caught.value.hint


def test_a_refusal_is_a_report(tmp_path):
    job = Job(tmp_path / "paper.md")
    report = pipeline.refusal(job, PaperbuildError("it is empty", where="paper.md", hint="write"))
    assert (report.status, report.ok) == (2, False)
    assert errors(report.findings) == ["it is empty"]


def test_parts_and_a_slug_of_a_folder(tmp_path):
    settings = 'parts = ["a.md", "b.md"]\nslug = "whole"\ntitle = "Whole"\nlang = "de"\n'
    put(tmp_path / "work", {"a.md": "# A\n\nEins.\n", "b.md": "# B\n\nZwei.\n", "paperbuild.toml": settings})
    done = export(Job(tmp_path / "work", formats=("preview",), out=tmp_path / "dist"))
    assert done.path("preview") == tmp_path / "dist/whole/whole.preview.html"
    assert b'<html lang="de">' in done.data("preview")
    assert errors(done.report.findings) == []


def test_a_file_that_was_changed_or_comes_from_elsewhere_is_said_to_be_so(tmp_path):
    done = exported(tmp_path, "# One\n\nText.\n", ["docx"])
    assert [f for f in pipeline.inspect(done.plan, "docx").findings if f.check == "store"] == []
    path = done.path("docx")
    path.write_bytes(path.read_bytes() + b"\0")
    assert "was changed since" in only(pipeline.inspect(done.plan, "docx").findings, "store").message
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "paper").mkdir(parents=True)
    (elsewhere / "paper" / "paper.docx").write_bytes(path.read_bytes())
    plan = replace(done.plan, job=replace(done.plan.job, out=elsewhere))
    assert "was not written by paperbuild" in only(pipeline.inspect(plan, "docx").findings, "store").message


def test_each_finding_says_in_which_stage_it_was_met(tmp_path):
    done = exported(tmp_path, "# One\n\n[^n]: never used\n\nSee [it](./x.md).\n", ["docx"])
    stages = {finding.check: finding.stage for finding in done.report.findings}
    assert set(stages.values()) <= {"parse", "resolve", "write"}
    assert stages["links"] == "resolve"


# -- what is withheld ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("formats", "written"), [(("preview",), False), (("preview", "page"), True)])
def test_a_record_lies_beside_the_preview_of_a_site(formats, written, tmp_path):
    done = exported(tmp_path, TEXT, formats)
    assert (done.out / "paper/paper.preview.json").exists() is written


def test_a_record_that_is_gone_is_told_when_verifying(tmp_path):
    done = exported(tmp_path, TEXT, ("preview", "page"))
    (done.out / "paper/paper.preview.json").unlink()
    outcome = pipeline.inspect(done.plan, "preview")
    (gone,) = [finding for finding in outcome.findings if finding.check == "store"]
    assert (gone.severity, gone.message) == ("error", "paper.preview.json is not there")
    assert outcome.comparisons


def _leaky(monkeypatch, place):
    """Let the preview's writer say, in its page or its record, a sentence that is withheld."""
    whole = preview.FORMAT.write

    def write(prepared, options, layout):
        written = whole(prepared, options, layout)
        leaked = b"<!-- Nobody may know that the gardener did it. -->"
        if place == "page":
            return replace(written, data=written.data + leaked)
        return replace(written, besides={name: data + leaked for name, data in written.besides.items()})

    monkeypatch.setattr(preview, "FORMAT", replace(preview.FORMAT, write=write))


SECRET = TEXT.replace("The end of it.", "The end of it.\n\nNobody may know that the gardener did it.")


@pytest.mark.parametrize("place", ["page", "record"])
@pytest.mark.parametrize("verify", [True, False])
def test_a_preview_that_leaks_is_not_written_and_an_earlier_one_stays(place, verify, tmp_path, monkeypatch):
    formats = ("preview", "page")
    whole = exported(tmp_path, SECRET.replace("A claim", "An early claim"), formats)
    before = whole.data("preview")
    _leaky(monkeypatch, place)
    path = manuscript(tmp_path, SECRET, FILES)
    done = export(Job(path, formats=formats, out=whole.out, verify=verify))
    assert done.report.status == 1
    found = {finding.check for finding in done.report.findings if finding.severity == "error"}
    assert found - {"record"} == {"paywall"}  # a record that says more than its page is told of as well
    assert done.data("preview") == before
    assert {artefact.format for artefact in done.report.artefacts} == {"page"}


@pytest.mark.parametrize("suffix", [".preview.html", ".preview.json"])
def test_a_leak_in_a_file_that_is_there_is_told(suffix, tmp_path):
    done = exported(tmp_path, SECRET, ("preview", "page"))
    assert errors(pipeline.inspect(done.plan, "preview").findings) == []
    path = done.path("preview").with_name(f"paper{suffix}")
    path.write_bytes(path.read_bytes() + b"<!-- Nobody may know that the gardener did it. -->")
    found = [f for f in pipeline.inspect(done.plan, "preview").findings if f.check == "paywall"]
    assert found
    assert all(path.name in finding.message and finding.severity == "error" for finding in found)


def test_the_address_on_a_site_is_the_previews_own_unless_it_names_one(tmp_path):
    path = manuscript(tmp_path, TEXT, FILES)
    assert pipeline.plan(Job(path)).options.preview.canonical is None
    on_site = pipeline.plan(Job(path, site="https://example.org/papers/"))
    assert on_site.options.preview.canonical == "https://example.org/papers/paper/"
    own = "---\npaperbuild: {preview: {canonical: https://example.org/mine}}\n---\n\nText.\n"
    named = pipeline.plan(Job(manuscript(tmp_path, own), site="https://example.org/papers"))
    assert named.options.preview.canonical == "https://example.org/mine"
