"""Styles that are often asked for set ordinary works without a problem, and show every one of them."""

from pathlib import Path
from typing import Any, Literal

import pytest

from paperbuild.csl import Citation, Cite, find_style, process
from paperbuild.pandoc import ast

COMMON = """
acm-sig-proceedings american-anthropological-association american-chemical-society
american-institute-of-physics american-medical-association american-physics-society
american-political-science-association american-sociological-association apa
associacao-brasileira-de-normas-tecnicas association-for-computing-machinery bluebook-law-review bmj cell
chicago-author-date chicago-notes-bibliography china-national-standard-gb-t-7714-2015-numeric
deutsche-gesellschaft-fur-psychologie din-1505-2 elsevier-harvard gost-r-7-0-5-2008-numeric
harvard-cite-them-right ieee iso690-author-date-en mhra-notes modern-language-association nature
nlm-citation-sequence oscola plos springer-lecture-notes-in-computer-science
""".split()

MODES: tuple[Literal["normal", "author-in-text", "suppress-author"], ...] = (
    "normal",
    "author-in-text",
    "suppress-author",
)

WORKS: dict[str, dict[str, Any]] = {
    "article": {
        "type": "article-journal",
        "title": "A quiet article",
        "author": [{"family": "Öst", "given": "Ada B."}, {"family": "Berg", "given": "Jan", "suffix": "Jr."}],
        "container-title": "Journal of Trees",
        "volume": "12",
        "issue": "3",
        "page": "123-131",
        "issued": {"date-parts": [[2019, 4, 2]]},
        "DOI": "10.1000/abc",
    },
    "book": {
        "type": "book",
        "title": "A loud book",
        "editor": [{"family": "Ek", "given": "Eva"}],
        "publisher": "Oak Press",
        "publisher-place": "Oslo",
        "edition": "2",
        "issued": {"date-parts": [[1999]]},
    },
    "chapter": {
        "type": "chapter",
        "title": "A short chapter",
        "author": [{"family": "Fir", "given": "Finn"}],
        "editor": [{"family": "Ek", "given": "Eva"}],
        "container-title": "Trees and people",
        "page": "7-9",
        "issued": {"date-parts": [[2001], [2003]]},
    },
    "thesis": {
        "type": "thesis",
        "title": "A long thesis",
        "author": [{"literal": "The Forest Group"}],
        "genre": "PhD thesis",
        "publisher": "University of Oslo",
        "issued": {"date-parts": [[2010]]},
    },
}


def test_there_are_31_of_them():
    assert len(set(COMMON)) == 31


@pytest.mark.parametrize("name", COMMON)
def test_a_common_style_sets_ordinary_works(name):
    style = find_style(name, folder=Path(), project=None)
    kinds = [Cite(key, locator="4", mode=mode) for key in WORKS for mode in MODES]
    citations = [Citation((cite,), number) for number, cite in enumerate(kinds, 1)]
    done = process(style, WORKS, citations)
    assert done.problems == ()
    for rendered in done.citations[::3]:
        assert ast.plain([n for s in (*rendered.text, *rendered.note) if s.key for n in s.inlines]).strip()
    assert {entry.key for entry in done.bibliography} == (set(WORKS) if style.has_bibliography else set())
    for entry in done.bibliography:
        assert str(WORKS[entry.key]["title"]).casefold() in ast.plain(list(entry.inlines)).casefold()
