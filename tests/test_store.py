"""Finished files appear whole, are known by their digest, and are not replaced after an edit."""

from __future__ import annotations

import hashlib

import pytest

from paperbuild import store
from paperbuild.model import PaperbuildError


def test_a_file_is_written_whole_with_nothing_left_beside_it(tmp_path):
    path = tmp_path / "deep/er/a.pdf"
    artefact = store.put("pdf", path, b"one")
    assert path.read_bytes() == b"one"
    assert (artefact.format, artefact.path, artefact.bytes) == ("pdf", path, 3)
    assert artefact.sha256 == hashlib.sha256(b"one").hexdigest()
    assert [file.name for file in path.parent.iterdir()] == ["a.pdf"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_what_stood_there_is_replaced(tmp_path):
    store.put("pdf", tmp_path / "a.pdf", b"one")
    store.put("pdf", tmp_path / "a.pdf", b"two")
    assert store.get("pdf", tmp_path / "a.pdf")[1] == b"two"


def test_a_folder_that_cannot_be_written_is_an_error_and_changes_nothing(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(PaperbuildError) as caught:
        store.put("pdf", tmp_path / "file/a.pdf", b"one")
    assert "--out" in caught.value.hint
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(PaperbuildError):
        store.put("pdf", tmp_path / "a.pdf", b"one")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.pdf", "file"]


def test_a_file_that_is_not_there_names_the_command_that_makes_it(tmp_path):
    with pytest.raises(PaperbuildError) as caught:
        store.get("pdf", tmp_path / "a.pdf")
    assert "paperbuild export" in caught.value.hint


def test_a_file_is_edited_where_it_is_not_what_was_written(tmp_path):
    path = tmp_path / "x/a.pdf"
    path.parent.mkdir()
    path.write_bytes(b"one")
    assert not store.edited(path)  # nothing is known of it
    store.put("pdf", path, b"one")
    store.put("docx", tmp_path / "x/a.docx", b"other")
    assert not store.edited(path)
    path.write_bytes(b"two")
    assert store.edited(path)
    store.put_reports(path.parent, {store.REPORT: b"{}", store.PAGE: b"<html>"})
    store.put("docx", tmp_path / "x/a.docx", b"another")
    assert store.edited(path)  # also after other files were made
    path.unlink()
    assert not store.edited(path)


def test_a_file_is_not_edited_where_writing_it_was_interrupted(tmp_path, monkeypatch):
    path = tmp_path / "x/a.pdf"
    store.put("pdf", path, b"one")
    replace = type(path).replace

    def interrupted(self, target):
        if target == path:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(type(path), "replace", interrupted)
    for data in (b"two", b"three"):
        with pytest.raises(KeyboardInterrupt):
            store.put("pdf", path, data)
    assert path.read_bytes() == b"one"
    assert not store.edited(path)
    monkeypatch.undo()
    store.put("pdf", path, b"two")
    assert not store.edited(path)


@pytest.mark.parametrize("note", [b"", b"\xff\xfe", b" \n"])
def test_a_damaged_note_is_no_note(note, tmp_path):
    path = tmp_path / "x/a.pdf"
    store.put("pdf", path, b"one")
    (tmp_path / store.NOTES / "x/a.pdf").write_bytes(note)
    path.write_bytes(b"two")
    assert not store.edited(path)


def test_what_can_be_written_to_is_known_before_anything_is_made(tmp_path):
    (tmp_path / "file").write_text("x")
    store.require_writable(tmp_path / "still/to/be/made")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    for folder in ("file", "file/below"):
        with pytest.raises(PaperbuildError) as caught:
            store.require_writable(tmp_path / folder)
        assert "--out" in caught.value.hint
