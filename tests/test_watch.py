"""A change is answered by making what it concerns and nothing else; what is broken ends no watch."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.commands import BIB, TINY, running, tiny

from paperbuild import store
from paperbuild.commands import watch
from paperbuild.commands.run import jobs_for
from paperbuild.pipeline import Job


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Two manuscripts in folders of their own, two in one folder."""
    monkeypatch.chdir(tmp_path)
    tiny(tmp_path / "manuscripts/one")
    tiny(tmp_path / "manuscripts/two")
    tiny(tmp_path / "flat", name="a.md")
    tiny(tmp_path / "flat", name="b.md")
    return tmp_path.resolve()


def jobs_in(out="dist"):
    paths = ["manuscripts/one", "manuscripts/two", "flat/a.md", "flat/b.md"]
    return [Job(Path(path), out=Path(out)) for path in paths]


@pytest.mark.parametrize(
    ("changed", "made"),
    [
        ("manuscripts/one/paper.md", ["one"]),
        ("manuscripts/one/deep/figure.png", ["one"]),
        ("manuscripts/two/refs.bib", ["two"]),
        ("flat/a.md", ["a.md"]),
        ("flat/refs.bib", ["a.md", "b.md"]),
        ("csl/own.csl", ["one", "two", "a.md", "b.md"]),
        ("manuscripts/one/.paper.md.swp", []),
        ("manuscripts/one/.git/index", []),
        ("manuscripts/one/paper.md~", []),
        ("dist/one/one.pdf", []),
        ("elsewhere/paper.md", []),
    ],
)
@pytest.mark.usefixtures("folders")
def test_a_change_concerns_the_manuscripts_that_may_use_the_file(changed, made):
    jobs = jobs_in()
    path = Path(changed).resolve()
    assert [job.path.name for job in jobs if watch.concerns(path, job, jobs)] == made


@pytest.mark.usefixtures("folders")
def test_what_is_made_beside_the_manuscript_is_no_change_of_it():
    jobs = jobs_in(out="manuscripts")
    for name in ("one.pdf", "one.docx", "one.preview.html", *store.REPORTS):
        path = Path("manuscripts/one", name).resolve()
        assert not any(watch.concerns(path, job, jobs) for job in jobs), name
    assert watch.concerns(Path("manuscripts/one/paper.md").resolve(), jobs[0], jobs)
    below = [Job(Path("flat/a.md"), out=Path("flat/dist"))]
    for name in ("flat/dist", "flat/dist/a", "flat/dist/a/a.pdf"):
        assert not watch.concerns(Path(name).resolve(), below[0], below), name


@pytest.mark.usefixtures("folders")
def test_a_style_that_is_a_file_concerns_those_that_are_set_in_it(tmp_path):
    job = Job(Path("flat/a.md"), style="elsewhere/own.csl")
    assert watch.concerns(Path("elsewhere/own.csl").resolve(), job, [job])
    assert not watch.concerns(Path("elsewhere").resolve(), Job(Path("flat/a.md")), [job])


@pytest.mark.parametrize(
    ("names", "style", "watched"),
    [
        ([], "", ["manuscripts"]),
        ([], "apa", ["manuscripts"]),
        (["manuscripts/one", "flat/a.md"], "", ["flat", "manuscripts/one"]),
        (["manuscripts/one"], "flat/own.csl", ["flat/own.csl", "manuscripts/one"]),
    ],
)
def test_no_more_is_watched_than_is_asked_for(names, style, watched, folders):
    (folders / "flat/own.csl").write_text("<style/>")
    template = Job(Path(), style=style)
    jobs = jobs_for(names, template)
    assert watch.places(names, jobs, template) == [folders / name for name in watched]
    (folders / "csl").mkdir()
    assert folders / "csl" in watch.places(names, jobs, template)


@contextmanager
def within(seconds):
    """Fails where something that waits for changes would wait longer."""

    def give_up(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    except KeyboardInterrupt:  # what watchfiles makes of it
        pytest.fail("no change was seen")
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_each_round_is_what_changed_and_new_manuscripts_are_found(folders):
    rounds = watch.rounds([], Job(Path()))
    with within(20):
        assert [job.path.name for job in next(rounds)] == ["one", "two"]
        (folders / "manuscripts/two/refs.bib").write_text(BIB)
        assert [job.path.name for job in next(rounds)] == ["two"]
        tiny(folders / "manuscripts/three")
        assert [job.path.name for job in next(rounds)] == ["three"]


@pytest.mark.slow
def test_the_watch_makes_what_changes_and_survives_what_is_broken(folders):
    with running("watch", "--to", "preview", "--jobs", "1", cwd=folders) as command:
        assert [command.line().split()[1:4] for _ in "12"] == [
            ["✓", "one", "preview"],
            ["✓", "two", "preview"],
        ]
        paper = folders / "manuscripts/two/paper.md"
        paper.write_text(TINY.replace("eco2015", "eco2051"), "utf-8")
        assert command.line().split()[1:6] == ["✗", "two", "preview,", "1", "error"]
        assert "eco2051" in command.line("err")
        assert "→" in command.line("err")
        paper.write_bytes(TINY.encode("utf-16"))
        assert command.line().split()[1:5] == ["✗", "two", "not", "made"]
        assert "UTF-16" in command.line("err")
        assert "→" in command.line("err")
        paper.write_text(TINY.replace("Tiny", "Mended"), "utf-8")
        assert command.line().split()[1:3] == ["✓", "two"]
        assert "A Mended Paper" in (folders / "dist/two/two.preview.html").read_text("utf-8")
        assert command.interrupt() == 0
        assert command.rest("err") == ["no longer watching"]
        assert command.is_gone()
        assert command.rest("out") == []
