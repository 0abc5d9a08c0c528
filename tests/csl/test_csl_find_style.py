"""Finding a style: by name, title, address and path, and what is said where there is none."""

from pathlib import Path

import pytest

from paperbuild.csl import Style, StyleError, find_style, styles

MINIMAL = """<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0" default-locale="de-DE">
<info><title>My Style</title></info>
<citation><layout suffix="."><text variable="title"/></layout></citation></style>"""


def find(name: str, folder: Path, project: Path | None = None) -> Style:
    return find_style(name, folder=folder, project=project)


@pytest.mark.parametrize(
    "name",
    [
        "apa",
        "APA",
        "APA Style 7th edition",
        "apa style 7TH edition",
        "https://www.zotero.org/styles/apa",
        "http://www.zotero.org/styles/apa?source=1",
        "https://example.org/some/where/apa.csl",
    ],
)
def test_one_style_has_many_names(name, tmp_path):
    style = find(name, tmp_path)
    assert (style.name, style.title) == ("apa", "APA Style 7th edition")
    assert style.hanging_indent
    assert style.has_bibliography
    assert not style.note
    assert not style.substituted


def test_a_dependent_style_is_the_style_it_depends_on(tmp_path):
    style = find("nature-digest", tmp_path)
    assert style.path.name == "nature.csl"
    assert style.default_locale == "en-GB"


def test_a_renamed_style_is_found_under_its_old_name(tmp_path):
    assert find("vancouver", tmp_path).name == "nlm-citation-sequence"
    assert find("chicago-fullnote-bibliography.csl", tmp_path).substituted


def test_the_projects_own_style_comes_first(tmp_path):
    (tmp_path / "csl").mkdir()
    (tmp_path / "csl" / "apa.csl").write_text(MINIMAL)
    style = find("apa", tmp_path / "elsewhere", tmp_path)
    assert (style.title, style.note, style.default_locale) == ("My Style", True, "de-DE")
    assert not style.has_bibliography


def test_a_path_is_read_beside_the_manuscript_and_then_here(tmp_path, monkeypatch):
    beside, here = tmp_path / "paper", tmp_path / "here"
    for folder, title in ((beside, "Beside"), (here, "Here")):
        folder.mkdir()
        (folder / "my.csl").write_text(MINIMAL.replace("My Style", title))
    monkeypatch.chdir(here)
    assert find("my.csl", beside).title == "Beside"
    assert find("my.csl", tmp_path).title == "Here"
    assert find(str(beside / "my.csl"), tmp_path).title == "Beside"


def test_a_missing_file_is_answered_with_the_installed_style_of_its_name(tmp_path):
    style = find("styles/ieee.csl", tmp_path)
    assert style.name == "ieee"
    assert style.substituted


def test_a_name_never_leaves_its_folder(tmp_path):
    (tmp_path / "csl").mkdir()
    (tmp_path / "secret.csl").write_text(MINIMAL)
    with pytest.raises(StyleError):
        find("../secret", tmp_path / "csl", tmp_path)


def test_an_unknown_name_gets_the_nearest_as_hint(tmp_path):
    with pytest.raises(StyleError, match="no CSL style 'ieeee'") as caught:
        find("ieeee", tmp_path)
    assert "ieee" in caught.value.hint
    assert caught.value.status == 2


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("<style>\n<info>\n</style>", "not valid XML", 3),
        ("<html/>", "not a CSL style: it begins with <html>", 1),
        ("", "not valid XML", 1),
        ("<style xmlns='http://purl.org/net/xbiblio/csl'/>", "no citation layout", 0),
    ],
)
def test_a_file_that_is_no_style_is_named_with_its_line(text, message, line, tmp_path):
    (tmp_path / "bad.csl").write_text(text)
    with pytest.raises(StyleError, match=message) as caught:
        find("bad.csl", tmp_path)
    assert "bad.csl" in caught.value.where
    assert not line or caught.value.where.endswith(f":{line}")


def test_entities_of_a_style_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    doctype = f'<!DOCTYPE style [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    (tmp_path / "my.csl").write_text(doctype + MINIMAL.replace("My Style", "T &x;"))
    assert "hidden" not in find("my.csl", tmp_path).title


def test_all_styles_are_listed_with_the_projects_first(tmp_path):
    (tmp_path / "csl").mkdir()
    (tmp_path / "csl" / "zzz.csl").write_text(MINIMAL)
    listed = list(styles(tmp_path))
    assert listed[0] == ("zzz", "My Style", "")
    assert ("ieee", "IEEE Reference Guide version 11.29.2023", "numeric") in listed
    assert len(listed) > 2000
