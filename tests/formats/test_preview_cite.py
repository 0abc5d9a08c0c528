"""The paper cites itself: in the styles asked for, and for programs, from what the front matter says."""

from __future__ import annotations

import json
import time

import pytest
from tests.helpers import plain, resolved

from paperbuild.config import Options
from paperbuild.formats.preview import cite
from paperbuild.formats.preview import format as preview
from paperbuild.layouts import load
from paperbuild.model import PaperbuildError
from paperbuild.pandoc import ast
from paperbuild.pandoc.run import run
from paperbuild.verify import compare

FRONT = """\
---
title: On *Reading*
subtitle: A study
author: [Ana Silva, Ludwig van Beethoven]
date: 2024-05-01
lang: en-US
---

Text.
"""
SITE = {"canonical": "https://x.org/p", "publisher": "Essay Library"}


def entries(folder, front=FRONT, **preview):
    found = cite.entries(resolved(folder, front), Options.model_validate({"preview": preview}))
    return {entry.label: entry for entry in found}


def texts(folder, front=FRONT, **preview):
    return {
        label: ast.plain(list(entry.inlines)) for label, entry in entries(folder, front, **preview).items()
    }


def test_the_three_styles_that_students_are_asked_for(tmp_path):
    found = texts(tmp_path, **SITE)
    assert found["APA"] == (
        "Silva, A., & van Beethoven, L. (2024, May 1). On Reading: A study. Essay Library. https://x.org/p"
    )
    assert found["MLA"] == (
        "Silva, Ana, and Ludwig van Beethoven. “On Reading: A Study.” Essay Library, 1 May 2024, "
        "https://x.org/p."
    )
    assert found["Chicago"].startswith("Silva, Ana, and Ludwig van Beethoven. 2024. “On Reading: A Study.”")
    assert list(found) == ["APA", "MLA", "Chicago", "BibTeX", "RIS"]


def test_who_asks_for_no_style_gets_no_citations_and_is_promised_none(tmp_path):
    document = resolved(tmp_path, "---\ntitle: T\n---\n\nOne.\n\nTwo.")
    options = Options.model_validate({"preview": {"cite-as": []}})
    prepared = preview.FORMAT.prepare(document, options)
    page = preview.FORMAT.write(prepared, options, load("article", tmp_path)).data
    assert b'class="cite' not in page
    assert compare("preview", prepared.promised, preview.FORMAT.read(page))[1] == ()


def test_a_title_keeps_its_emphasis_turned_round_where_the_title_is_italic(tmp_path):
    inlines = entries(tmp_path, **SITE)["APA"].inlines
    italic = [plain(node["c"]) for node in inlines if node["t"] == "Emph"]
    assert italic
    assert not any("Reading" in text for text in italic)
    assert "Reading" in plain(inlines)


def test_a_paper_without_a_date_is_told_as_such(tmp_path):
    found = texts(tmp_path, "---\ntitle: T\nauthor: A B\n---\n\nText.\n")
    assert "(n.d.)" in found["APA"]
    assert "n.d." in found["Chicago"]
    assert "year" not in found["BibTeX"]


def test_words_are_in_the_papers_language(tmp_path):
    found = texts(tmp_path, "---\ntitle: T\nauthor: A B\nlang: de\ndate: 1. März 2024\n---\n\nText.\n")
    assert "März" in found["APA"]
    assert "März 2024" in found["MLA"]
    assert "o.\u00a0J." in texts(tmp_path, "---\ntitle: T\nauthor: A B\nlang: de\n---\n\nText.\n")["APA"]


def test_a_title_that_asks_is_not_followed_by_a_colon(tmp_path):
    found = texts(tmp_path, "---\ntitle: Why?\nsubtitle: An essay\n---\n\nText.\n")
    assert "Why? An essay" in found["RIS"]


def test_any_style_is_taken_once_and_is_called_by_its_short_title(tmp_path):
    found = entries(tmp_path, **{"cite-as": ["nature", "apa", "nature", "ieee"]})
    assert [entry.style for entry in found.values()] == ["nature", "apa", "ieee", "bibtex", "ris"]
    assert list(found) == ["Nature", "APA", "IEEE", "BibTeX", "RIS"]


def test_a_style_without_a_list_gives_its_citation(tmp_path):
    style = """<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
      <info><title>Own</title><id>own</id><updated>2024-01-01T00:00:00+00:00</updated></info>
      <citation><layout suffix="."><names variable="author"/>
      <text variable="title" prefix=", "/></layout></citation></style>"""
    (tmp_path / "own.csl").write_text(style, "utf-8")
    found = texts(tmp_path, **{"cite-as": "own.csl"})
    assert "On Reading: A study" in found["Own"]


def test_a_style_that_is_not_there_is_an_error_with_near_names(tmp_path):
    with pytest.raises(PaperbuildError) as told:
        entries(tmp_path, **{"cite-as": ["chicago-autor-date"]})
    assert "chicago-autor-date" in told.value.message
    assert told.value.where == "preview.cite-as"
    assert "chicago-author-date" in told.value.hint


HARD = """\
---
title: '100% of {A} & B_c \\\\ D ~ #1 $5'
author: ['Working Group on Essays', '张三']
date: 2024-05
---

Text.
"""


def test_bibtex_is_read_back_by_another_program(tmp_path):
    """pandoc's reader is not ours."""
    source = texts(tmp_path, HARD, **SITE)["BibTeX"]
    (read,) = json.loads(run(["-f", "bibtex", "-t", "csljson"], source.encode()).output)
    front = resolved(tmp_path, HARD).front
    assert read["title"].replace("\u00a0", " ") == plain(front.title)
    assert [name.get("literal") or name.get("family") for name in read["author"]] == [
        "Working Group on Essays", "张三",
    ]  # fmt: skip
    assert read["issued"]["date-parts"] == [[2024, 5]]
    assert read["URL"] == "https://x.org/p"


def test_ris_is_read_back_by_another_program(tmp_path):
    source = texts(tmp_path, **SITE)["RIS"]
    (read,) = json.loads(run(["-f", "ris", "-t", "csljson"], source.encode()).output)
    assert read["title"] == "On Reading: A study"
    assert read["author"][0]["family"] == "Silva"
    assert read["issued"]["date-parts"][0][0] == 2024
    assert read["URL"] == "https://x.org/p"


def test_three_styles_cost_little_once_they_are_known(tmp_path):
    document, options = resolved(tmp_path, FRONT), Options()
    cite.entries(document, options)
    spent = []
    for _ in range(5):
        start = time.process_time()
        cite.entries(document, options)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.06
