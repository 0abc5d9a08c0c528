"""The command itself, from typing it to its exit status: what is made, said, refused and left alone."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import subprocess
import sys

import pytest
from tests.commands import PAPERBUILD, SECONDS, TINY, environment, paperbuild, running, tiny

from paperbuild import store

FILES = {"tiny.pdf", "tiny.docx", "tiny.preview.html", *store.REPORTS}


def preview_of(folder, text, *args, name="paper.md", **env):
    """The quickest export there is: one format, in one process."""
    tiny(folder, text, name=name)
    return paperbuild("export", name, "--to", "preview", *args, cwd=folder, **env)


@pytest.mark.slow
def test_every_format_is_made_and_told_in_json_of_a_fixed_shape(tmp_path):
    tiny(tmp_path, name="tiny.md")
    said = paperbuild("export", "tiny.md", "--json", cwd=tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    assert {path.name for path in (tmp_path / "dist/tiny").iterdir()} == FILES
    assert (tmp_path / "dist/tiny/tiny.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "dist/tiny/tiny.docx").read_bytes().startswith(b"PK")
    (report,) = json.loads(said.stdout)
    assert {"manuscript", "style", "layout", "artefacts", "counts", "findings", "ok"} <= report.keys()
    assert (report["manuscript"], report["layout"], report["ok"]) == ("tiny.md", "article", True)
    counts = report["counts"]
    assert counts.pop("paragraphs") >= 2
    assert counts == {
        "sections": 3, "citations": 2, "references": 2, "notes": 1, "tables": 0, "figures": 0, "equations": 0
    }  # fmt: skip
    for artefact in report["artefacts"]:
        data = (tmp_path / artefact["path"]).read_bytes()
        assert artefact["bytes"] == len(data)
        assert artefact["sha256"] == hashlib.sha256(data).hexdigest()
    assert [artefact["format"] for artefact in report["artefacts"]] == ["pdf", "docx", "preview"]
    kept = json.loads((tmp_path / "dist/tiny/report.json").read_bytes())
    assert kept == json.loads(said.stdout)[0]


@pytest.mark.slow
def test_verify_finds_what_was_made_and_notices_a_file_that_is_damaged(tmp_path):
    tiny(tmp_path)
    args = ("paper.md", "--to", "docx,preview", "--jobs", "1")
    assert paperbuild("export", *args, cwd=tmp_path).returncode == 0
    assert paperbuild("verify", *args, cwd=tmp_path).returncode == 0
    preview = tmp_path / "dist/paper/paper.preview.html"
    preview.write_text(preview.read_text("utf-8").replace("Law is a system of norms", "Law is"), "utf-8")
    docx = tmp_path / "dist/paper/paper.docx"
    docx.write_bytes(docx.read_bytes()[:-200])
    said = paperbuild("verify", *args, cwd=tmp_path)
    assert said.returncode == 1
    assert "[docx]" in said.stderr
    assert "[preview]" in said.stderr
    assert "Traceback" not in said.stderr
    kept = tmp_path / "dist/paper"
    assert not json.loads((kept / "report.json").read_bytes())["ok"]
    assert b"is a system of norms" in (kept / "report.html").read_bytes()
    assert b"<failure" in (kept / "report.junit.xml").read_bytes()


@pytest.mark.slow
def test_verifying_where_no_report_can_be_kept_says_so_in_a_line_and_goes_on(tmp_path):
    assert preview_of(tmp_path, TINY).returncode == 0
    kept = tmp_path / "dist/paper/report.json"
    kept.unlink()
    (kept / "in the way").mkdir(parents=True)
    said = paperbuild("verify", "paper.md", "--to", "preview", cwd=tmp_path)
    assert said.returncode == 0
    assert re.fullmatch(r"no report is kept: dist/paper/report.json can't be written: .+\n", said.stderr)
    assert "report.html" not in said.stdout  # it would be an older one
    assert preview_of(tmp_path, TINY).returncode == 2


@pytest.mark.slow
def test_in_a_pipe_the_table_and_the_findings_are_lines_of_their_own(tmp_path):
    text = TINY.replace("@eco2015", "@eco2051")
    said = preview_of(tmp_path, text)
    assert [line.split() for line in said.stdout.splitlines()[1:4]] == [
        ["Preview"],
        ["promised", "found", "lost"],
        ["sections", "2", "2", "0"],
    ]
    assert said.stdout.splitlines()[-1].strip().startswith("dist/paper/ paper.preview.html (")
    assert said.stderr.splitlines()[0] == "paper.md: 1 error, 1 info"
    assert all(cell in said.stderr for cell in ("error: paper.md:14: eco2051", "    → "))


@pytest.mark.slow
def test_an_edited_file_is_left_alone_however_often_until_it_is_forced(tmp_path):
    assert preview_of(tmp_path, TINY).returncode == 0
    preview = tmp_path / "dist/paper/paper.preview.html"
    preview.write_text("my own words", "utf-8")
    for formats in ("preview,docx", "preview"):
        said = paperbuild("export", "paper.md", "--to", formats, "--jobs", "1", cwd=tmp_path)
        assert said.returncode == 1
        assert "paper.preview.html was changed" in said.stderr
        assert "--force" in said.stderr
        assert preview.read_text("utf-8") == "my own words"
    assert preview_of(tmp_path, TINY, "--force").returncode == 0
    assert "Law is a system" in preview.read_text("utf-8")


def test_a_key_that_is_not_in_the_bibliography_is_named_with_its_line_and_the_nearest_one(tmp_path):
    said = preview_of(tmp_path, TINY.replace("@eco2015", "@eco2051"))
    assert said.returncode == 1
    assert "paper.md:14" in said.stderr
    assert "eco2051" in said.stderr
    assert "eco2015" in said.stderr


def test_a_file_in_another_encoding_is_refused_with_the_line_that_converts_it(tmp_path):
    said = preview_of(tmp_path, TINY.encode("utf-16"))
    assert said.returncode == 2
    assert "UTF-16" in said.stderr
    assert "iconv -f UTF-16 -t UTF-8" in said.stderr
    assert not (tmp_path / "dist").exists()


def test_what_can_no_longer_be_made_replaces_the_report_of_what_could(tmp_path):
    assert preview_of(tmp_path, TINY).returncode == 0
    assert preview_of(tmp_path, TINY.encode("utf-16")).returncode == 2
    assert not json.loads((tmp_path / "dist/paper/report.json").read_bytes())["ok"]


@pytest.mark.slow
def test_two_manuscripts_of_one_name_do_not_overwrite_each_other(tmp_path):
    for folder in ("one", "two"):
        tiny(tmp_path / folder, TINY.replace("Tiny", folder.title()))
    said = paperbuild("export", "*/paper.md", "--to", "preview", "--jobs", "2", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    for folder in ("one", "two"):
        slug = f"{folder}-paper"
        made = (tmp_path / "dist" / slug / f"{slug}.preview.html").read_text("utf-8")
        assert f"A {folder.title()} Paper" in made


@pytest.mark.slow
def test_one_broken_manuscript_does_not_keep_the_others_from_being_made(tmp_path):
    tiny(tmp_path / "good")
    tiny(tmp_path / "bad", b"\xff\xfe\x00")
    said = paperbuild("export", "good", "bad", "--to", "preview", "--json", "--jobs", "2", cwd=tmp_path)
    assert said.returncode == 2
    assert [report["ok"] for report in json.loads(said.stdout)] == [True, False]
    assert (tmp_path / "dist/good/good.preview.html").exists()


@pytest.mark.parametrize("place", ["refs.bib/below", "refs.bib/far/below"])
def test_a_folder_that_cannot_be_written_is_known_before_anything_is_made(place, tmp_path):
    said = preview_of(tmp_path, TINY, "--out", place)
    assert said.returncode == 2
    assert "refs.bib is not a folder" in said.stderr
    assert "--out" in said.stderr


@pytest.mark.slow
def test_ctrl_c_ends_every_process_with_one_word(tmp_path):
    for number in range(12):
        tiny(tmp_path / f"manuscripts/paper{number}")
    with running("export", "--to", "preview,docx", "--jobs", "2", cwd=tmp_path) as command:
        assert "✓ manuscripts/paper0" in command.line()
        assert command.interrupt() == 130
        assert command.is_gone()
        assert command.rest("err") == ["stopped"]
    assert not list(tmp_path.glob("dist/*/.*.html.*"))  # no half of a file


@pytest.mark.slow
@pytest.mark.parametrize("module", ["click.core", "paperbuild.commands.export", "multiprocessing.connection"])
def test_ctrl_c_while_commands_are_imported_or_processes_start_is_as_quiet(module, tmp_path):
    tiny(tmp_path)
    arguments = ("export", "paper.md", "--to", "preview,docx", "--jobs", "2")
    with running(*arguments, cwd=tmp_path, PYTHONPROFILEIMPORTTIME="1") as command:
        while not command.line("err").endswith(f" {module}"):
            pass
        assert command.interrupt() == 130
        assert command.is_gone()
        assert [line for line in command.rest("err") if not line.startswith("import time:")] == ["stopped"]


@pytest.mark.parametrize("args", [["styles"], ["export", "paper.md", "--to", "preview"]])
def test_whoever_stops_reading_gets_no_traceback_and_the_status_stays(args, tmp_path):
    tiny(tmp_path)
    command = subprocess.Popen(
        [*PAPERBUILD, *args], cwd=tmp_path, env=environment(), encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with command:
        assert command.stdout and command.stderr  # noqa: PT018 - for the type checker
        command.stdout.close()
        assert command.stderr.read() == ""
        assert command.wait(SECONDS) == 0
    assert (tmp_path / "dist/paper/report.json").exists() == ("export" in args)


def with_closed_streams(*args, cwd):
    """The exit status of a command that gets no standard streams at all."""
    closed = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *args]
    return subprocess.run(closed, cwd=cwd, timeout=SECONDS, check=False).returncode


def test_closed_streams_are_no_trouble(tmp_path):
    tiny(tmp_path)
    assert with_closed_streams(*PAPERBUILD, "export", "paper.md", "--to", "preview", cwd=tmp_path) == 0
    assert b"</html>" in (tmp_path / "dist/paper/paper.preview.html").read_bytes()


def test_no_file_is_opened_in_the_place_of_a_closed_stream(tmp_path):
    code = (
        "import os, sys; from paperbuild import terminal; terminal.prepare_streams();"
        "sys.exit(os.open('.', os.O_RDONLY))"
    )
    assert with_closed_streams(sys.executable, "-c", code, cwd=tmp_path) > 2


def test_a_terminal_without_unicode_gets_words_for_our_signs(tmp_path):
    said = preview_of(tmp_path, TINY, name="naïve.md", PYTHONIOENCODING="ascii")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("ok na?ve.md")
    said = preview_of(tmp_path, TINY, "--json", name="naïve.md", PYTHONIOENCODING="ascii")
    assert json.loads(said.stdout)[0]["manuscript"] == "naïve.md"
    said = paperbuild("export", "nothing.md", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert "    -> " in said.stderr


def on_a_terminal(folder, *args, **env):
    """What the command prints on a terminal, and its exit status."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PAPERBUILD, *args], cwd=folder, env=environment(**env), stdin=theirs, stdout=theirs, stderr=theirs
    ) as command:
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 65536):
                shown += data
        except OSError:  # Linux says so when the other side is closed
            pass
        finally:
            os.close(ours)
        return shown.decode(), command.wait(SECONDS)


@pytest.mark.slow
def test_colour_and_progress_are_for_terminals_and_no_color_is_respected(tmp_path):
    name = "a[bold][b].md"  # which is no markup
    tiny(tmp_path, name=name)
    args = ("export", name, "--to", "preview")
    shown, status = on_a_terminal(tmp_path, *args)
    assert status == 0
    assert "\x1b[32m✓" in shown
    assert f"{name}: preview" in shown
    shown, _ = on_a_terminal(tmp_path, *args, NO_COLOR="1")
    assert f"{name}: preview" in shown
    assert not re.search(r"\x1b\[[0-9;]*3[0-8]", shown)
    piped = paperbuild(*args, cwd=tmp_path)
    assert "\x1b" not in piped.stdout + piped.stderr
    assert ": preview" not in piped.stdout + piped.stderr
