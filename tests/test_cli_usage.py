"""Wrong usage is answered with a sentence, a hint and the status 2; help is there for everything."""

from __future__ import annotations

import errno
import json
import signal
import sys

import pytest
from click.testing import CliRunner

from paperbuild import cli, pipeline
from paperbuild.commands import group, run
from paperbuild.commands.styles import Named, matching, nearest
from paperbuild.model import PaperbuildError
from paperbuild.pipeline import Job

COMMANDS = list(group.command.commands)


@pytest.fixture
def call(monkeypatch, capsys, tmp_path):
    """Runs the command in this process, in an empty folder; gives its status and what it printed."""
    monkeypatch.chdir(tmp_path)
    handler = signal.getsignal(signal.SIGTERM)

    def run_it(*args):
        monkeypatch.setattr(sys, "argv", ["paperbuild", *args])
        try:
            cli.main()
        except SystemExit as end:
            return end.code, *capsys.readouterr()
        return 0, *capsys.readouterr()

    yield run_it
    signal.signal(signal.SIGTERM, handler)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["export", "--to", "odt"], "there is no format odt; there are pdf, docx, preview"),
        (["export", "--to", ","], "there is no format"),
        (["export", "--jobs", "0"], "0 is not in the range"),
        (["export", "--jbs", "2"], "Did you mean"),
        (["serve", "--port", "x"], "'x' is not a valid integer"),
        (["exprot"], "Did you mean 'export'?"),
        (["new"], "Missing argument 'NAME'"),
    ],
)
def test_a_wrong_word_is_named_with_where_help_is(args, said, call):
    status, out, err = call(*args)
    assert status == 2
    assert out == ""
    assert said in err
    assert "--help' for help" in err


@pytest.mark.parametrize(
    ("args", "said", "hint"),
    [
        (["export"], "there is no folder manuscripts/", "paperbuild new"),
        (["export", "nothing.md"], "nothing.md", "check the path"),
        (["verify", "no*.md"], "nothing matches no*.md", "check the pattern"),
        (["watch", "nothing.md"], "nothing.md", "check the path"),
    ],
)
def test_a_manuscript_that_is_not_there_is_wrong_usage(args, said, hint, call):
    status, out, err = call(*args)
    assert status == 2
    assert out == ""
    assert err.startswith("error: ")
    assert said in err
    assert f"→ {hint}" in err.replace("name a manuscript, or type: ", "")


def test_the_command_alone_shows_its_help(call):
    status, out, err = call()
    assert (status, err) == (0, "")
    assert out == call("--help")[1]
    assert out.index("export") < out.index("doctor")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name, call):
    status, out, _ = call(name, "-h")
    assert status == 0
    assert f"Example:\n    paperbuild {name}" in out


@pytest.mark.parametrize(
    ("raised", "status", "said"),
    [
        (KeyboardInterrupt(), 130, "stopped\n"),
        (PaperbuildError("no", where="a.md:3", hint="do"), 2, "error: a.md:3: no\n    → do\n"),
        (OSError(errno.ENOSPC, "No space left on device"), 2, "error: No space left on device\n"),
        (ZeroDivisionError("oh"), 2, "error: paperbuild itself failed here: ZeroDivisionError: oh"),
    ],
)
def test_whatever_is_raised_is_told_in_a_sentence(raised, status, said, call, monkeypatch):
    def fail(*_, **__):
        raise raised

    monkeypatch.setattr(run, "jobs_for", fail)
    result = call("export", "x.md")
    assert result[0] == status
    assert said in result[2]
    assert "Traceback" not in result[2]


def test_being_told_to_end_is_an_orderly_end(call, monkeypatch):
    monkeypatch.setattr(run, "jobs_for", lambda *_: signal.raise_signal(signal.SIGTERM))
    assert call("export", "x.md")[0] == 128 + signal.SIGTERM


def test_a_name_that_is_taken_twice_in_folders_of_one_name_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("a/x", "b/x"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "paper.md").write_text("x")
    with pytest.raises(PaperbuildError) as caught:
        run.jobs_for(["a/x/paper.md", "b/x/paper.md"], Job(tmp_path))
    assert "x-paper" in caught.value.message
    assert "slug" in caught.value.hint


def test_options_reach_the_job(monkeypatch, tmp_path):
    given = []

    def look(_, template):
        given.append(template)
        return []

    monkeypatch.setattr(run, "jobs_for", look)
    args = "--to docx,pdf,docx --style apa --layout handout --no-verify --force --json --out".split()
    result = CliRunner().invoke(group.command, ["export", *args, str(tmp_path)])
    assert json.loads(result.stdout) == []
    (template,) = given
    assert (template.formats, template.style, template.layout) == (("docx", "pdf"), "apa", "handout")
    assert (template.out, template.verify, template.force) == (tmp_path, False, True)
    CliRunner().invoke(group.command, ["verify", "--to", "pdf", "--out", str(tmp_path)])
    assert given[1].verify
    assert given[1].formats == ("pdf",)


def test_verify_looks_and_does_not_make(monkeypatch, tmp_path):
    used = []
    monkeypatch.setattr(run, "jobs_for", lambda *_: [])

    def note(_, make, *__, must_keep):
        used.append((make, must_keep))
        return iter(())

    monkeypatch.setattr(run, "reports", note)
    CliRunner().invoke(group.command, ["verify", "--out", str(tmp_path)])
    CliRunner().invoke(group.command, ["export", "--out", str(tmp_path)])
    assert used == [(pipeline.inspect, False), (pipeline.produce, True)]


STYLES = [
    Named("our-notes", "The House Style (notes)", "note"),
    Named("apa", "American Psychological Association 7th edition", "author-date"),
    Named("apa-annotated", "American Psychological Association 7th edition (annotated)", "author-date"),
    Named("nature", "Nature", "numeric"),
]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("apa", ["apa", "apa-annotated"]),
        ("ANNOTATED psychological", ["apa-annotated"]),
        ("house our", ["our-notes"]),
        ("", ["our-notes", "apa", "apa-annotated", "nature"]),
        ("apa nature", []),
    ],
)
def test_a_style_is_found_by_words_of_its_name_or_title_in_any_order(query, names):
    assert [one.name for one in matching(STYLES, query.split())] == names


@pytest.mark.parametrize(
    ("query", "first"), [("natrue", "nature"), ("apa wrong", "apa"), ("Natur", "nature"), ("zzz", None)]
)
def test_the_nearest_style_is_found_for_words_that_match_nothing(query, first):
    assert next(iter(nearest(STYLES, query.split())), None) == first


def test_styles_are_listed_between_tabs_the_projects_own_first(call, tmp_path):
    assert call("styles", "apa")[0] == 0
    own = tmp_path / "csl/zz-own.csl"
    own.parent.mkdir()
    own.write_text("<style><info><title>Apa, but ours</title></info></style>")
    status, out, _ = call("styles", "apa")
    lines = [line.split("\t") for line in out.splitlines()]
    assert status == 0
    assert lines[0] == ["zz-own", "Apa, but ours", ""]
    assert "apa" in [line[0] for line in lines]
    assert {len(line) for line in lines} == {3}
    listed = json.loads(call("styles", "apa", "--json")[1])
    assert listed[0] == {"name": "zz-own", "title": "Apa, but ours", "category": ""}
    assert len(listed) == len(lines)


def test_a_style_that_is_not_there_is_status_1_and_the_nearest_are_named(call):
    status, out, err = call("styles", "chicgo-author-dat")
    assert (status, out) == (1, "")
    assert "chicago-author-date" in err
    status, out, _ = call("styles", "qqqqq", "--json")
    assert (status, json.loads(out)) == (1, [])
