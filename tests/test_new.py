"""A new manuscript can be exported as it is, overwrites nothing, and its name is one that works."""

from __future__ import annotations

import pytest
from tests import helpers

from paperbuild import csl
from paperbuild.commands.new import STARTER, begin
from paperbuild.model import PaperbuildError
from paperbuild.parse import parse
from paperbuild.pipeline import Job
from paperbuild.read import read


def test_what_it_makes_exports_without_an_error_and_shows_what_it_says(tmp_path):
    folder = begin("my-essay", "handout", "apa", tmp_path)
    assert folder == tmp_path / "manuscripts/my-essay"
    done = helpers.export(Job(folder, formats=("preview", "docx"), out=tmp_path / "dist"))
    assert done.report.ok
    assert [finding.message for finding in done.report.findings if finding.severity != "info"] == []
    assert (done.report.layout, done.report.style) == ("handout", "apa")
    for kind in ("citations", "notes", "figures", "tables", "references"):
        assert done.report.counts[kind], kind
    assert done.observed("docx").title == "My essay"


@pytest.mark.parametrize("name", ["essay", "2024", "ein-Täst", "no", "a.b_c", "yes-1.0"])
def test_a_name_becomes_folder_file_and_title(name, tmp_path):
    folder = begin(name, "article", "apa", tmp_path)
    names = {path.name for path in STARTER.iterdir()} - {"manuscript.md"} | {f"{name}.md"}
    assert {path.name for path in folder.iterdir()} == names
    document = parse(read(folder))
    assert document.slug == name
    assert "$" not in (folder / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "a/b",
        "../x",
        "a b",
        "-x",
        ".x",
        "x.",
        "x.md",
        "notes",
        "README",
        "x" * 101,
        "a\0b",
        "é\n",
    ],
)
def test_a_name_that_would_not_work_is_refused_and_nothing_is_written(name, tmp_path):
    with pytest.raises(PaperbuildError) as caught:
        begin(name, "article", "apa", tmp_path)
    assert repr(name) in caught.value.message
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_overwritten(tmp_path):
    text = begin("essay", "article", "apa", tmp_path) / "essay.md"
    text.write_text("mine")
    with pytest.raises(PaperbuildError) as caught:
        begin("essay", "article", "apa", tmp_path)
    assert "paperbuild export" in caught.value.hint
    assert text.read_text() == "mine"
    (tmp_path / "manuscripts/empty").mkdir()
    assert begin("empty", "article", "apa", tmp_path).is_dir()
    (tmp_path / "manuscripts/file").write_text("mine")
    with pytest.raises(PaperbuildError):
        begin("file", "article", "apa", tmp_path)


@pytest.mark.parametrize(("layout", "style"), [("artcle", "apa"), ("article", "appa")])
def test_a_layout_or_a_style_that_is_not_there_is_told_before_anything_is_written(layout, style, tmp_path):
    with pytest.raises(PaperbuildError):
        begin("essay", layout, style, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_style_is_written_by_its_name_or_as_the_path_that_was_given(tmp_path):
    title = csl.find_style("apa", folder=tmp_path, project=None).title
    text = begin("one", "article", title, tmp_path) / "one.md"
    assert "csl: apa " in text.read_text("utf-8")
    own = tmp_path / "my own.csl"
    own.write_bytes(csl.find_style("apa", folder=tmp_path, project=None).path.read_bytes())
    text = begin("two", "article", str(own), tmp_path) / "two.md"
    assert f'csl: "{own}"' in text.read_text("utf-8")


def test_a_place_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "manuscripts").write_text("a file")
    with pytest.raises(PaperbuildError) as caught:
        begin("essay", "article", "apa", tmp_path)
    assert "can't be written" in caught.value.message
