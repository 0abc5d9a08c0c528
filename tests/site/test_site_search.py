"""The search as a browser runs it: over a server of this machine, with the page's own policy."""

from __future__ import annotations

import json
import random

import pytest
from tests.site.library import CHROMIUM, files, page, paper, served, shown, write

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")]

PAPERS = [
    paper("title", title="Élan vital and the <i>law</i>", date="2001", authors=["Ada Example"]),
    paper("author", title="Other things", date="2005", authors=["Jean Elan"], abstract="of Law"),
    paper("keyword", title="Yet others", date="2006", keywords=["ÉLANS", "law"]),
    paper(
        "abstract", title="The last", date="2007", abstract="An introduction. " * 30 + "The elan of a lawyer."
    ),
    paper("none", title="Neither", date="2008", abstract="melange, outlaw"),
    paper("zh", title="论语研究", lang="zh", date="", abstract="学而时习之，不亦说乎"),
    paper("ar", title="مُقَدِّمة", lang="ar", dir="rtl", authors=["ابن خلدون"]),
    paper("de", title="Die Straße", lang="de", date=""),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    write(folder, files(*PAPERS))
    with served(folder) as url:
        yield lambda query="", path="": shown(url + path + query, tmp_path_factory.mktemp("profile"))


def found(seen):
    return [link.get("href") for link in seen.cssselect("#site-results h2 a")]


def hidden(seen, name):
    return seen.get_element_by_id(name).get("hidden") is not None


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("elan", ["title", "author", "keyword", "abstract"]),
        ("%C3%A9l%C3%A1", ["title", "author", "keyword", "abstract"]),
        ("law%20ELAN", ["title", "author", "keyword", "abstract"]),
        ("example+law", ["title"]),
        ("习", ["zh"]),
        ("مقدمة", ["ar"]),
        ("strasse", ["de"]),
        ("lange", []),
    ],
)
def test_all_words_are_found_at_the_beginning_of_words_and_titles_come_first(library, query, slugs):
    seen = library(f"?q={query}")
    assert found(seen) == [f"./{slug}/" for slug in slugs]
    assert hidden(seen, "site-list")
    said = seen.get_element_by_id("site-count").text_content()
    assert said == (f"Papers found: {len(slugs)}" if slugs else "No paper has all of these words.")


def test_what_matches_is_marked_and_nothing_of_the_data_becomes_markup(library):
    seen = library("?q=elan+law")
    first, *_, last = seen.cssselect("#site-results article")
    assert [mark.text_content() for mark in first.cssselect("mark")] == ["Élan", "law"]
    assert first.cssselect("h2")[0].text_content() == "Élan vital and the <i>law</i>"
    assert not first.cssselect("i")
    excerpt = last.cssselect(".abstract")[0].text_content()
    assert excerpt.startswith("… ")
    assert len(excerpt) < 300
    assert [mark.text_content() for mark in last.cssselect("mark")] == ["elan", "law"]
    arabic = library("?q=مقد").cssselect("#site-results article")[0]
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert arabic.cssselect("mark")[0].text_content() == "مُقَدِّ"


def test_without_a_query_the_list_is_there_and_the_form_too(library):
    seen = library()
    assert not hidden(seen, "site-list")
    assert not hidden(seen, "site-search")
    assert hidden(seen, "site-results")


def test_without_a_script_the_list_is_complete_and_no_search_is_offered():
    index = page(files(*PAPERS)["index.html"])
    assert hidden(index, "site-search")
    assert hidden(index, "site-results")
    assert len(index.cssselect("#site-list article")) == len(PAPERS)


def test_where_the_words_cannot_be_had_it_is_said_and_the_list_stays(tmp_path):
    made = files(*PAPERS)
    del made["search.json"]
    write(tmp_path / "site", made)
    with served(tmp_path / "site") as url:
        seen = shown(f"{url}?q=elan", tmp_path / "profile")
    assert "can’t be loaded" in seen.get_element_by_id("site-count").text_content()
    assert not hidden(seen, "site-list")
    assert hidden(seen, "site-results")


def test_five_thousand_papers_are_searched_in_a_tenth_of_a_second(tmp_path):
    chosen = random.Random(5)
    stems = [
        f"{a}{b}{c}" for a in ("law", "norm", "elan", "peace") for b in ("ful", "er", "") for c in "abcdefgh"
    ]
    papers = [
        {
            "title": " ".join(chosen.sample(stems, 8)),
            "authors": [" ".join(chosen.sample(stems, 2))],
            "keywords": chosen.sample(stems, 5),
            "abstract": " ".join(chosen.choices(stems, k=170)),
        }
        for _ in range(5000)
    ]
    script = page(files(paper())["index.html"]).cssselect("script")[0].text_content()
    timing = f"""
        const prepared = prepare({json.dumps(papers)});
        const times = ["e", "law", "peacefula normb", "lawe elanf normerc"].map((query) => {{
          const number = find(prepared, query).length;
          const seconds = Array.from({{ length: 7 }}, () => {{
            const began = performance.now();
            find(prepared, query);
            return performance.now() - began;
          }});
          return [number, Math.min(...seconds)];  // what it takes where nothing else is done
        }});
        document.body.textContent = JSON.stringify(times);
    """
    html = f'<!DOCTYPE html><meta charset="utf-8"><body><script>{script}</script><script>{timing}</script>'
    write(tmp_path / "page", {"index.html": html.encode()})
    with served(tmp_path / "page") as url:
        times = json.loads(shown(url, tmp_path / "profile").text_content())
    assert all(number > 0 for number, _ in times)
    assert max(milliseconds for _, milliseconds in times) < 100
