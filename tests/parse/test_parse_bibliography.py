"""Bibliographies: every kind gives the same entries, and what is wrong with one is told with its place."""

from __future__ import annotations

import json

import pytest
from tests.helpers import BIB, errors, only, parsed

from paperbuild.model import PaperbuildError

CSL = [
    {
        "id": "kelsen1957",
        "type": "book",
        "title": "Reine Rechtslehre",
        "author": [{"family": "Kelsen", "given": "Hans"}],
        "issued": {"date-parts": [[1957]]},
    }
]
YAML = """\
references:
- id: kelsen1957
  type: book
  title: Reine Rechtslehre
  author: [{family: Kelsen, given: Hans}]
  issued: 1957
"""
RIS = "TY  - BOOK\nID  - kelsen1957\nTI  - Reine Rechtslehre\nAU  - Kelsen, Hans\nPY  - 1957\nER  - \n"


def summary(document):
    return [(i["id"], i["type"], i["title"], i["author"][0]["family"]) for i in document.references]


def refused(folder, bibliography, files=None):
    with pytest.raises(PaperbuildError) as caught:
        parsed(folder, f"---\nbibliography: {bibliography}\n---\n\nText.\n", files)
    return caught.value


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("b.bib", BIB[: BIB.index("@book{eco")]),
        ("b.bibtex", BIB[: BIB.index("@book{eco")]),
        ("b.json", json.dumps(CSL)),
        ("b.yaml", YAML),
        ("b.yml", f"---\n{YAML}...\n"),
        ("b.ris", RIS),
        ("deep/er/b.bib", BIB[: BIB.index("@book{eco")].replace("\n", "\r\n")),
    ],
)
def test_every_kind_of_file_gives_the_entry(name, content, tmp_path):
    document = parsed(tmp_path, f"---\nbibliography: {name}\n---\n\nText.\n", {name: content})
    assert summary(document) == [("kelsen1957", "book", "Reine Rechtslehre", "Kelsen")]
    assert document.findings == ()


def test_the_front_matters_own_entries_count(tmp_path):
    document = parsed(tmp_path, f"---\n{YAML}---\n\nText.\n")
    assert summary(document) == [("kelsen1957", "book", "Reine Rechtslehre", "Kelsen")]


def test_several_files_are_one_bibliography_and_the_first_has_the_say(tmp_path):
    other = [{**CSL[0], "title": "Another"}, {**CSL[0], "id": "new"}]
    document = parsed(
        tmp_path, "---\nbibliography: [refs.bib, more.json]\n---\n\nText.\n", {"more.json": json.dumps(other)}
    )
    titles = {item["id"]: item["title"] for item in document.references}
    assert titles["kelsen1957"] == "Reine Rechtslehre"
    assert list(titles) == ["kelsen1957", "eco2015", "price1965", "doe2001", "new"]
    finding = only(document.findings, "bibliography")
    assert (finding.severity, finding.where) == ("warning", "more.json")
    assert "kelsen1957" in finding.message
    assert "refs.bib" in finding.message


def test_a_key_that_stands_twice_in_a_file_is_told_with_both_lines(tmp_path):
    twice = "@book{a, title={One}}\n\n@comment{a, x}\n@misc{a,\n title={Two}}\n"
    document = parsed(tmp_path, "---\nbibliography: b.bib\n---\n\nText.\n", {"b.bib": twice})
    finding = document.findings[0]
    assert "lines 1 and 4" in finding.message
    assert finding.where == "b.bib:4"


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("b.bib", "@book{a, title={One}}\n\n@book{b,\n  title={Two\n  year=1\n}\n", "b.bib:"),
        ("b.json", '[{"id": "a",\n "title": }]', "b.json"),
        ("b.yaml", "references:\n- id: [a\n  b: c\n", "b.yaml"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(name, content, where, tmp_path):
    error = refused(tmp_path, name, {name: content})
    assert error.where.startswith(where)
    assert name in error.message
    assert error.status == 2


def test_the_line_of_a_broken_entry_is_the_files_own(tmp_path):
    error = refused(
        tmp_path, "b.bib", {"b.bib": "@book{a, title={One}}\n\n@book{b,\n  title = Two Three,\n}\n"}
    )
    assert error.where == "b.bib:4"


def test_a_file_in_latin_1_is_refused_with_its_line(tmp_path):
    error = refused(tmp_path, "b.bib", {"b.bib": "@book{a,\n title={Caf\xe9}}\n".encode("latin-1")})
    assert error.where == "b.bib:2"


def test_a_file_that_is_not_there_is_an_error_with_what_is(tmp_path):
    document = parsed(tmp_path, "---\ntitle: T\nbibliography: reffs.bib\n---\n\nText.\n")
    finding = only(document.findings, "bibliography")
    assert errors([finding]) == ["the bibliography reffs.bib is not there"]
    assert finding.where == "paper.md:3"
    assert "refs.bib" in finding.hint


def test_another_kind_of_file_is_refused_with_the_kinds_there_are(tmp_path):
    assert ".bib" in refused(tmp_path, "b.csv", {"b.csv": "x"}).hint


def test_a_bibliography_outside_the_folder_is_refused(tmp_path):
    (tmp_path / "secret.bib").write_text(BIB)
    (tmp_path / "work").mkdir()
    assert "outside" in refused(tmp_path / "work", "../secret.bib").message


def test_an_empty_file_is_a_warning(tmp_path):
    document = parsed(tmp_path, "---\nbibliography: b.bib\n---\n\nText.\n", {"b.bib": "\n"})
    assert [(f.severity, f.message) for f in document.findings] == [("warning", "b.bib is empty")]
