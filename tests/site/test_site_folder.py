"""The site's folder: what is written, what is left alone, and what is removed."""

from __future__ import annotations

import json

import pytest

from paperbuild import site, store
from paperbuild.model import PaperbuildError

NONE: frozenset[str] = frozenset()


def put(out, kept=NONE, force=False, **files):
    """Put files whose names are written with __ for / and _ for a dot."""
    named = {name.replace("__", "/").replace("_", "."): data for name, data in files.items()}
    return site.put(out, named, kept=kept, force=force)


def there(out):
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def test_pages_that_the_site_no_longer_has_are_removed_and_told(tmp_path):
    out = tmp_path / "site"
    put(out, index_html=b"1", old__index_html=b"2", new__index_html=b"3")
    (out / "old/note.txt").write_text("mine")
    done = put(out, index_html=b"1", newest__page__index_html=b"4")
    assert done.removed == ("new/index.html", "old/index.html")
    assert there(out) == {"index.html", "newest/page/index.html", "old/note.txt"}
    assert not (out / "new").exists()
    assert done.files == ("index.html", "newest/page/index.html")
    assert not done.findings


def test_a_page_that_could_not_be_made_this_time_stays_and_is_still_known(tmp_path):
    out = tmp_path / "site"
    put(out, a__index_html=b"1", index_html=b"1")
    assert not put(out, kept=frozenset({"a/index.html"}), index_html=b"2").removed
    assert (out / "a/index.html").read_bytes() == b"1"
    assert put(out, index_html=b"2").removed == ("a/index.html",)


def test_files_that_the_site_did_not_write_are_left_alone(tmp_path):
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_text("mine")
    (out / "about.html").write_text("mine too")
    done = put(out, index_html=b"theirs", feed_xml=b"f")
    assert (out / "index.html").read_text() == "mine"
    assert done.files == ("feed.xml",)
    assert [finding.severity for finding in done.findings] == ["error"]
    assert "--force" in done.findings[0].hint
    assert not put(out, force=True, index_html=b"theirs").findings
    assert (out / "index.html").read_bytes() == b"theirs"
    assert there(out) == {"index.html", "about.html"}


def test_a_page_that_somebody_edited_is_neither_replaced_nor_removed(tmp_path):
    out = tmp_path / "site"
    put(out, index_html=b"1", a__index_html=b"1")
    (out / "index.html").write_text("edited")
    (out / "a/index.html").write_text("edited")
    done = put(out, index_html=b"2")
    assert sorted(finding.severity for finding in done.findings) == ["error", "warning"]
    assert there(out) == {"index.html", "a/index.html"}
    assert {path.read_text() for path in out.rglob("*.html")} == {"edited"}


def test_what_is_the_same_is_not_written_again(tmp_path):
    out = tmp_path / "site"
    put(out, index_html=b"1", b_html=b"1")
    before = (out / "index.html").stat().st_mtime_ns, (out / "index.html").stat().st_ino
    put(out, index_html=b"1", b_html=b"2")
    assert ((out / "index.html").stat().st_mtime_ns, (out / "index.html").stat().st_ino) == before
    assert (out / "b.html").read_bytes() == b"2"


def test_a_run_that_was_stopped_in_the_middle_does_not_make_its_files_foreign(tmp_path, monkeypatch):
    out = tmp_path / "site"
    put(out, a_html=b"1", b_html=b"1")
    write = store.write

    def stopping(path, data):
        if path.name == "b.html":
            raise KeyboardInterrupt
        write(path, data)

    monkeypatch.setattr(store, "write", stopping)
    with pytest.raises(KeyboardInterrupt):
        put(out, a_html=b"2", b_html=b"2", c_html=b"2")
    monkeypatch.undo()
    assert (out / "a.html").read_bytes() == b"2"
    done = put(out, a_html=b"3", b_html=b"3")
    assert not done.findings
    assert there(out) == {"a.html", "b.html"}
    assert (out / "a.html").read_bytes() == (out / "b.html").read_bytes() == b"3"


def test_nothing_outside_the_folder_is_removed_whatever_the_list_says(tmp_path):
    out = tmp_path / "site"
    put(out, index_html=b"1")
    (listed,) = (tmp_path / ".written").iterdir()
    victim = tmp_path / "victim"
    victim.write_bytes(b"1")
    digest = json.loads(listed.read_text())["index.html"]
    (out / "link").symlink_to(tmp_path)
    names = ["../victim", str(victim), "link/victim", "index.html"]
    listed.write_text(json.dumps(dict.fromkeys(names, digest)))
    put(out, index_html=b"1")
    assert victim.exists()


@pytest.mark.parametrize("broken", ["", "[]", "{", '{"index.html": 1}'])
def test_a_list_that_cannot_be_understood_makes_every_file_a_foreign_one(tmp_path, broken):
    out = tmp_path / "site"
    put(out, index_html=b"1")
    (listed,) = (tmp_path / ".written").iterdir()
    listed.write_text(broken)
    assert not put(out, index_html=b"1").findings  # it is what would be written
    listed.write_text(broken)
    assert len(put(out, index_html=b"2").findings) == 1
    assert (out / "index.html").read_bytes() == b"1"


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "site").write_text("a file")
    with pytest.raises(PaperbuildError, match="can't be written"):
        put(tmp_path / "site", index_html=b"1")


def test_files_of_an_export_in_the_sites_folder_are_told(tmp_path):
    for name in (
        "essay/essay.pdf",
        "essay/report.html",
        "essay/essay.preview.html",
        "essay.docx",
        "terms.pdf",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = site.whole_papers(tmp_path, ["essay"])
    assert [finding.where for finding in found] == [
        str(tmp_path / name) for name in ("essay/essay.pdf", "essay/report.html", "essay.docx")
    ]
    assert {(finding.severity, finding.check) for finding in found} == {("error", "paywall")}
