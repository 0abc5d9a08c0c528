"""Front matter, in the shapes in which people write it, gives the same authors, places and words."""

from __future__ import annotations

import pytest
from tests.helpers import plain, resolved

ONE, TWO = ("Ana Silva", ("University of Porto",)), ("Bo Li", ("Peking University", "University of Porto"))

PANDOC = """
author:
  - name: Ana Silva
    affiliation: University of Porto
  - name: Bo Li
    affiliation: [Peking University, University of Porto]
"""
JOSS = """
authors:
  - name: Ana Silva
    orcid: 0000-0001-2345-6789
    affiliation: 1
  - name: Bo Li
    affiliation: "2, 1"
affiliations:
  - name: University of Porto
    index: 1
  - name: Peking University
    index: 2
"""
QUARTO = """
author:
  - name: [{given: Ana, family: Silva}]
    orcid: 0000-0001-2345-6789
    affiliations:
      - {id: up, name: University of Porto}
  - name: Bo Li
    affiliations:
      - name: Peking University
      - ref: up
affiliations:
  - {id: up, name: University of Porto}
"""
MANUBOT = """
authors:
  - github: ana
    name: Ana Silva
    initials: AS
    affiliations: [University of Porto]
  - name: Bo Li
    affiliations:
      - Peking University
      - University of Porto
"""
SURNAMES = """
author:
  - given-names: Ana
    surname: Silva
    affiliation: University of Porto
  - {given: Bo, family: Li, affiliation: [Peking University, University of Porto]}
"""
SCHOLARLY = """
author:
  - Ana Silva:
      institute: up
  - Bo Li:
      institute: [pk, up]
institute:
  - up: University of Porto
  - pk: Peking University
"""


def front(folder, yaml):
    return resolved(folder, f"---\n{yaml.strip()}\n---\n\nText.\n").front


@pytest.mark.parametrize(
    "yaml",
    [PANDOC, JOSS, QUARTO, MANUBOT, SURNAMES, SCHOLARLY],
    ids=["pandoc", "JOSS", "Quarto", "Manubot", "surnames", "scholarly-metadata"],
)
def test_every_shape_gives_the_same_authors_and_places(yaml, tmp_path):
    found = front(tmp_path, yaml)
    assert [(author.name, author.affiliations) for author in found.authors] == [ONE, TWO]


@pytest.mark.parametrize("yaml", [JOSS, QUARTO])
def test_an_orcid_is_kept(yaml, tmp_path):
    assert [author.orcid for author in front(tmp_path, yaml).authors] == ["0000-0001-2345-6789", ""]


@pytest.mark.parametrize(
    ("yaml", "names"),
    [
        ("author: Ana Silva", ["Ana Silva"]),
        ("author: [Ana Silva, Bo Li]", ["Ana Silva", "Bo Li"]),
        ("author: '*Ana* Silva'", ["Ana Silva"]),
        ("author: {name: Ana Silva}", ["Ana Silva"]),
        ("author: []", []),
        ("author: ''", []),
        ("author: [{email: a@b.org}]", []),
        ("title: x", []),
    ],
)
def test_short_shapes(yaml, names, tmp_path):
    assert [author.name for author in front(tmp_path, yaml).authors] == names


def test_title_subtitle_date_abstract_keywords_and_thanks(tmp_path):
    found = front(
        tmp_path,
        "title: On *so* and $x$\nsubtitle: A study\ndate: 2024-05-01\nthanks: To all.\n"
        "keywords: [one, two words]\nabstract: |\n  First.\n\n  Second.\n",
    )
    assert plain(found.title) == "On so and x"
    assert plain(found.subtitle) == "A study"
    assert plain(found.date) == "2024-05-01"
    assert found.title[-1]["t"] == "Note"
    assert plain(found.title[-1]["c"]) == "To all."
    assert found.keywords == ("one", "two words")
    assert [plain([block]) for block in found.abstract] == ["First.", "Second."]


@pytest.mark.parametrize(
    ("yaml", "keywords"),
    [
        ("keywords: one, two words", ("one", "two words")),
        ("keywords: one; two, three", ("one", "two, three")),
        ("tags: [one, two]", ("one", "two")),
        ("keywords: []", ()),
    ],
)
def test_keywords(yaml, keywords, tmp_path):
    assert front(tmp_path, yaml).keywords == keywords


@pytest.mark.parametrize(
    ("yaml", "lang", "rtl"),
    [
        ("title: x", "en-US", False),
        ("lang: de_AT", "de-AT", False),
        ("lang: ar", "ar", True),
        ("dir: rtl", "en-US", True),
    ],
)
def test_language_and_direction(yaml, lang, rtl, tmp_path):
    document = resolved(tmp_path, f"---\n{yaml}\n---\n\nText.\n")
    assert (document.lang, document.rtl) == (lang, rtl)


@pytest.mark.parametrize(
    ("yaml", "toc", "depth"),
    [("title: x", False, 3), ("toc: true\ntoc-depth: 2", True, 2), ("toc: true\ntoc-depth: 9", True, 6)],
)
def test_contents(yaml, toc, depth, tmp_path):
    document = resolved(tmp_path, f"---\n{yaml}\n---\n\nText.\n")
    assert (document.toc, document.toc_depth) == (toc, depth)
