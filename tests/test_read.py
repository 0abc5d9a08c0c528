"""Reading: text comes in whole, and what is no text is refused with its reason, its line and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import put

from paperbuild.files import decode
from paperbuild.model import PaperbuildError
from paperbuild.read import discover, read, slug


def refused(path: Path) -> PaperbuildError:
    with pytest.raises(PaperbuildError) as caught:
        read(path)
    return caught.value


def text_of(path: Path) -> list[str]:
    return [part.text for part in read(path).parts]


# -- encodings -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"Caf\xc3\xa9\nline\n", b"\xef\xbb\xbfCaf\xc3\xa9\nline\n", b"Caf\xc3\xa9\r\nline\r\n"],
    ids=["plain", "byte order mark", "CRLF"],
)
def test_utf8_comes_in_the_same_however_it_was_saved(data, tmp_path):
    put(tmp_path, {"paper.md": data})
    assert text_of(tmp_path / "paper.md") == ["Café\nline\n"]


@pytest.mark.parametrize(
    ("data", "said", "line", "remedy"),
    [
        (b"one\ntwo\ncaf\xe9\n", "byte 0xe9 in line 3", "paper.md:3", "iconv -f WINDOWS-1252"),
        ("Café\n".encode("utf-16"), "UTF-16", "", "iconv -f UTF-16"),
        (b"\xfe\xff" + "Café\n".encode("utf-16-be"), "UTF-16", "", "iconv -f UTF-16"),
        ("ab\nc".encode("utf-16-le"), "NUL", "paper.md:1", "iconv -f UTF-16LE"),
        (b"one\ntwo \0 three\n", "NUL", "paper.md:2", "iconv"),
        (b"# One\rtwo\rthree\r", "CR alone", "", "tr '\\r' '\\n'"),
    ],
    ids=["Latin-1", "UTF-16 LE", "UTF-16 BE", "UTF-16 without mark", "NUL", "CR only"],
)
def test_what_is_not_utf8_is_refused_with_its_line_and_a_command(data, said, line, remedy, tmp_path):
    put(tmp_path, {"paper.md": data})
    error = refused(tmp_path / "paper.md")
    assert said in error.message
    assert error.where == line
    assert remedy in error.hint
    assert error.status == 2


def test_a_lone_cr_among_line_ends_is_a_line_end():
    assert decode(b"a\rb\nc\r\n", "x.md") == "a\nb\nc\n"


@pytest.mark.parametrize("data", [b"", b"\n \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data, tmp_path):
    put(tmp_path, {"paper.md": data})
    assert refused(tmp_path / "paper.md").message == "paper.md is empty"


def test_a_word_manuscript_is_read_as_bytes(tmp_path):
    put(tmp_path, {"paper.docx": b"PK\x03\x04\xff"})
    found = read(tmp_path / "paper.docx")
    assert (found.reader, found.data, found.parts) == ("docx", b"PK\x03\x04\xff", ())


def test_another_kind_of_file_is_refused_with_the_kinds_there_are(tmp_path):
    put(tmp_path, {"paper.xyz": "text"})
    error = refused(tmp_path / "paper.xyz")
    assert "paper.xyz" in error.message
    assert ".md" in error.hint


# -- folders ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["any.md"], "any.md"),
        (["thesis-of-mine.md", "other.md"], "thesis-of-mine.md"),  # the folder's own name
        (["paper.md", "appendix.md"], "paper.md"),
        (["paper.md", "paper.docx", "paper.tex"], "paper.md"),
        (["text.md", "README.md", "LICENSE.txt", "notes.txt", "refs.bib"], "text.md"),
        (["Upper.MD"], "Upper.MD"),
    ],
)
def test_a_folders_manuscript_is_found(names, chosen, tmp_path):
    folder = tmp_path / "thesis-of-mine"
    put(folder, dict.fromkeys(names, "text"))
    assert [part.name for part in read(folder).parts] == [chosen]


def test_a_folder_with_several_candidates_asks_which(tmp_path):
    put(tmp_path / "work", {"one.md": "1", "two.md": "2"})
    error = refused(tmp_path / "work")
    assert "one.md, two.md" in error.message
    assert 'manuscript = "NAME"' in error.hint


def test_the_settings_name_the_manuscript_among_several(tmp_path):
    put(tmp_path, {"one.md": "1", "two.md": "2", "paperbuild.toml": 'manuscript = "two.md"\n'})
    assert text_of(tmp_path) == ["2"]


def test_parts_come_in_the_order_of_the_settings(tmp_path):
    settings = 'parts = ["b/two.md", "one.md"]\nslug = "the whole"\n'
    put(tmp_path, {"one.md": "1\n", "b/two.md": "2\n", "paperbuild.toml": settings})
    found = read(tmp_path)
    assert [(part.name, part.text) for part in found.parts] == [("b/two.md", "2\n"), ("one.md", "1\n")]
    assert found.slug == "the-whole"


def test_a_part_that_is_not_there_is_named(tmp_path):
    put(tmp_path, {"one.md": "1", "paperbuild.toml": 'parts = ["one.md", "three.md"]\n'})
    assert "three.md" in refused(tmp_path).message


@pytest.mark.parametrize("key", ["parts", "manuscript", "metadata-files"])
@pytest.mark.parametrize("outside", ["../secret.md", "link.md"])
def test_no_name_leads_out_of_the_folder(key, outside, tmp_path):
    put(
        tmp_path,
        {"secret.md": "secret", "work/paper.md": "x", "work/paperbuild.toml": f'{key} = "{outside}"\n'},
    )
    (tmp_path / "work/link.md").symlink_to(tmp_path / "secret.md")
    error = refused(tmp_path / "work")
    assert "outside" in error.message
    assert outside in error.message


def test_broken_settings_name_the_line(tmp_path):
    put(tmp_path, {"paper.md": "x", "paperbuild.toml": 'lang = "en"\ntitle = \n'})
    error = refused(tmp_path)
    assert "paperbuild.toml is not valid TOML" in error.message
    assert "line 2" in error.message


@pytest.mark.parametrize("settings", ['parts = ["a.md", 3]\n', "parts = 3\n", "metadata-files = 3\n"])
def test_settings_of_the_wrong_kind_are_an_error_that_names_the_key(settings, tmp_path):
    put(tmp_path, {"a.md": "x", "paperbuild.toml": settings})
    assert settings.split(" ", 1)[0] in refused(tmp_path).message


@pytest.mark.parametrize(
    ("name", "expected"),
    [("My paper (2).md", "My-paper-2"), ("élan.md", "élan"), ("a.b.md", "a.b"), ("….md", "manuscript")],
)
def test_a_slug_is_a_file_name(name, expected, tmp_path):
    assert slug(tmp_path / name) == expected


# -- includes --------------------------------------------------------------------------------------------


def test_included_files_stand_where_they_are_named(tmp_path):
    put(
        tmp_path,
        {
            "paper.qmd": "one\n\n{{< include parts/two.md >}}\n\nfour\n",
            "parts/two.md": "two\n\n{{< include three.md >}}",
            "parts/three.md": "three",
        },
    )
    assert text_of(tmp_path / "paper.qmd")[0].split() == ["one", "two", "three", "four"]


@pytest.mark.parametrize("name", ["nowhere.md", "../secret.md"])
def test_an_include_that_cannot_be_had_is_an_error_with_its_line(name, tmp_path):
    put(tmp_path, {"secret.md": "secret", "work/paper.md": f"one\n\n{{{{< include {name} >}}}}\n"})
    found = read(tmp_path / "work/paper.md")
    assert "secret\n" not in found.parts[0].text
    (finding,) = found.findings
    assert (finding.severity, finding.where) == ("error", "paper.md:3")
    assert name in finding.message


def test_files_that_include_each_other_end(tmp_path):
    put(tmp_path, {"a.md": "A\n{{< include b.md >}}\n", "b.md": "B\n{{< include a.md >}}\n"})
    assert len(read(tmp_path / "a.md").findings) == 1


# -- what the command line names -------------------------------------------------------------------------


@pytest.fixture
def shelf(tmp_path):
    put(
        tmp_path,
        {
            "manuscripts/one/one.md": "1",
            "manuscripts/two/paperbuild.toml": 'parts = ["x.md"]',
            "manuscripts/two/x.md": "2",
            "manuscripts/empty/data.csv": "",
            "loose.md": "3",
        },
    )
    return tmp_path


def found(shelf, *names):
    return [path.relative_to(shelf).as_posix() for path in discover(names, start=shelf)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ["manuscripts/one", "manuscripts/two"]),
        (["manuscripts"], ["manuscripts/one", "manuscripts/two"]),
        (["manuscripts/one"], ["manuscripts/one"]),
        (["loose.md"], ["loose.md"]),
        (["*.md", "loose.md"], ["loose.md"]),
        (["manuscripts/t*"], ["manuscripts/two"]),
        (["manuscripts/**/*.md"], ["manuscripts/one/one.md", "manuscripts/two/x.md"]),
    ],
)
def test_files_folders_and_patterns_name_manuscripts(names, expected, shelf):
    assert found(shelf, *names) == expected


@pytest.mark.parametrize(
    ("name", "said", "hint"),
    [
        ("lose.md", "no file or folder lose.md", "loose.md"),
        ("nowhere/*.md", "nothing matches", "pattern"),
        ("manuscripts/empty", "no manuscript in empty/", ".md"),
    ],
)
def test_a_name_that_leads_nowhere_is_an_error_with_a_hint(name, said, hint, shelf):
    with pytest.raises(PaperbuildError) as caught:
        discover([name], start=shelf)
    assert said in caught.value.message
    assert hint in caught.value.hint


def test_without_a_folder_of_manuscripts_the_way_to_one_is_told(tmp_path):
    with pytest.raises(PaperbuildError) as caught:
        discover([], start=tmp_path)
    assert "paperbuild new" in caught.value.hint
