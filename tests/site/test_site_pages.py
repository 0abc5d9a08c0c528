"""The site's pages: what they list, in which order, in which language, and where their links lead."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from tests.site.library import URL, files, page, paper, settings, titles

from paperbuild import site
from paperbuild.model import PaperbuildError
from paperbuild.site import subjects, words
from paperbuild.site.pages import beginning, properties


def test_papers_are_listed_newest_first_then_by_title_and_undated_ones_last():
    listed = files(
        paper("a", title="Zeta", date="2024-05"),
        paper("b", title="undated", date=""),
        paper("c", title="Old", date="1999"),
        paper("d", title="alpha", date="2024-05"),
        paper("e", title="New", date="2025-01-01"),
    )
    assert titles(listed["index.html"]) == ["New", "alpha", "Zeta", "Old", "undated"]


def test_an_entry_says_what_the_record_says():
    made = files(
        paper(
            title="On <b>Law</b> & Order",
            subtitle="A view",
            authors=["Ada Example", "Ben <i>Sample</i>"],
            date="2025-03-14",
            abstract="It is said. " * 60,
            keywords=["Law", "<script>alert(1)</script>"],
            percent=64,
        ),
        lang="de",
    )
    index = page(made["index.html"])
    (link,) = index.cssselect("h2 a")
    assert (link.get("href"), link.text_content()) == ("./paper/", "On <b>Law</b> & Order: A view")
    assert index.cssselect(".by")[0].text_content() == "Ada Example, Ben <i>Sample</i> · 14. März 2025"
    assert index.cssselect("time")[0].get("datetime") == "2025-03-14"
    abstract = index.cssselect(".abstract")[0].text_content()
    assert abstract.startswith("It is said. It is said.")
    assert abstract.endswith(" …")
    assert len(abstract) <= 322
    assert index.cssselect(".shown")[0].text_content() == "64 % frei lesbar"
    assert [each.text_content() for each in index.cssselect(".keywords a")] == [
        "Law",
        "<script>alert(1)</script>",
    ]
    assert len(index.cssselect("script")) == 1


def test_a_paper_with_nothing_but_a_name_is_listed():
    bare = site.paper("bare", b'{"title": "", "authors": [], "date": {"iso": ""}}', b"")
    index = page(files(bare)["index.html"])
    assert titles(files(bare)["index.html"]) == ["bare"]
    assert not index.cssselect(".by, .abstract, .keywords, .shown, footer")
    assert "subjects/" not in {link.get("href") for link in index.cssselect("nav a")}


@pytest.mark.parametrize("record", [b"no JSON", b"[]", b"\xff"])
def test_a_record_that_is_none_is_refused(record):
    with pytest.raises(PaperbuildError, match="record"):
        site.paper("x", record, b"")


def test_long_lists_have_several_pages_that_lead_to_each_other():
    many = [paper(f"p{number:03}", title=f"Paper {number:03}", keywords=["all"]) for number in range(120)]
    made = files(*many)
    names = ["index.html", "page/2/index.html", "page/3/index.html"]
    assert [len(titles(made[name])) for name in names] == [50, 50, 20]
    assert [title for name in names for title in titles(made[name])] == [
        f"Paper {number:03}" for number in range(120)
    ]
    second = page(made["page/2/index.html"])
    turns = {link.get("rel"): link.get("href") for link in second.cssselect(".turn a")}
    assert turns == {"prev": "../../", "next": "../3/"}
    assert "Page 2 of 3" in second.cssselect(".turn")[0].text_content()
    assert second.cssselect("ol.papers")[-1].get("start") == "51"
    assert len(titles(made["subjects/all/page/3/index.html"])) == 20
    assert "page/4/index.html" not in made


def test_every_link_within_the_site_leads_to_a_file():
    many = [paper(f"p{number}", keywords=["τέχνη", "C++", f"k {number % 3}"]) for number in range(101)]
    made = files(*many, paper("ölpreis", keywords=["علوم"]))
    there = {*made, *(f"{each.slug}/index.html" for each in many), "ölpreis/index.html"}
    seen = 0
    for name, data in made.items():
        if not name.endswith(".html"):
            continue
        for href in page(data).xpath("//@href"):
            address = urljoin(URL + name, href)
            if href.startswith(("data:", "#")):
                continue
            assert address.startswith(URL), (name, href)
            assert href.isascii()
            path = unquote(urlsplit(address).path)[1:]
            assert posixpath.join(path, "index.html") in there or path in there, (name, href)
            seen += 1
    assert seen > 500


def test_one_keyword_in_several_spellings_is_one_subject():
    found = subjects.subjects(
        [
            paper("a", keywords=["human rights", "Éthique"]),
            paper("b", keywords=["Human  Rights", "E\u0301thique", "ethics"]),
            paper("c", keywords=["HUMAN RIGHTS", "human rights", "STRASSE"]),
            paper("d", keywords=["Straße", "ｅｔｈｉｃｓ"]),
        ],
        "en",
    )
    assert {each.name: [p.slug for p in each.papers] for each in found} == {
        "ethics": ["b", "d"],
        "Éthique": ["a", "b"],
        "human rights": ["a", "b", "c"],
        "Straße": ["c", "d"],
    }
    assert [each.slug for each in found] == ["ethics", "éthique", "human-rights", "strasse"]


def test_subjects_have_slugs_in_any_script_and_never_the_same():
    keywords = ["C", "C++", "C#", "c-2", "!!!", "تاريخ العلم", "论语", "ไทย", "हिन्दी", "../etc", "x" * 300]
    found = subjects.subjects([paper(keywords=keywords)], "en")
    slugs = {each.name: each.slug for each in found}
    assert len({*slugs.values()}) == len(keywords)
    assert {slugs["C"], slugs["C++"], slugs["C#"]} == {"c", "c-3", "c-4"}
    assert (slugs["c-2"], slugs["!!!"], slugs["../etc"]) == ("c-2", "subject", "etc")
    assert (slugs["تاريخ العلم"], slugs["论语"], slugs["हिन्दी"]) == ("تاريخ-العلم", "论语", "हिन्दी")
    assert max(len(slug.encode()) for slug in slugs.values()) <= 120


def test_entries_have_the_language_of_their_papers_and_the_page_that_of_most():
    made = files(
        paper("one", lang="ar", dir="rtl", title="مقدمة", keywords=["تاريخ"]),
        paper("two", lang="ar", dir="rtl", title="خاتمة", date=""),
        paper("three", lang="de", title="Über das Wollen"),
    )
    index = page(made["index.html"])
    assert (index.get("lang"), index.get("dir")) == ("ar", "rtl")
    assert [(a.get("lang"), a.get("dir")) for a in index.cssselect("article")] == [
        ("de", "ltr"), ("ar", "rtl"), ("ar", "rtl"),
    ]  # fmt: skip
    assert page(made["subjects/تاريخ/index.html"]).cssselect("h2 a")[0].get("href") == "../../one/"


def test_the_pages_speak_the_languages_they_have_and_english_otherwise():
    assert settings(lang="pt-BR").title == "Biblioteca"
    assert (settings(lang="tlh").title, settings(lang="tlh").lang) == ("Paper library", "en")
    keys = words.words("en").keys()
    for lang in ("de", "fr", "es", "it", "pt", "ar", "zh"):
        said = words.words(lang)
        assert said["library"] != "Paper library"
        assert said.keys() == keys
        assert "{count}" in said["found"]
        assert said["shown"].format(percent=64) != said["shown"]
        assert "2" in said["page"].format(number=2, count=3)
    assert words.right_to_left("fa-IR")
    assert not words.right_to_left("ku-Latn")
    assert words.right_to_left("pa-Arab-PK")


def test_dates_are_written_as_the_language_does():
    site_of = settings(lang="en-GB")
    assert [site_of.day(date) for date in ("2025", "2025-03", "2025-03-14", "2025-02-31", "")] == [
        "2025", "March 2025", "14 March 2025", "2025-02-31", "",
    ]  # fmt: skip
    assert settings(lang="zh-Hans").day("2025-03-14") == "2025年3月14日"


@pytest.mark.parametrize(
    "url",
    ["papers.example.org", "/papers", "ftp://example.org", "https://", "https://a b.org", "https://x.org:port",
     "https://x.org/?page=1", "https://x.org/#top", "https://[::1", 'https://x.org/"onload=', "javascript:1"],
)  # fmt: skip
def test_an_address_that_pages_cannot_lie_below_is_refused(url):
    with pytest.raises(PaperbuildError, match="--url"):
        settings(url=url)


def test_a_site_below_a_folder_has_its_addresses_there():
    made = files(paper(keywords=["x"]), url="http://localhost:8000/library")
    assert (
        b'<link rel="canonical" href="http://localhost:8000/library/subjects/x/">'
        in made["subjects/x/index.html"]
    )
    assert b"<loc>http://localhost:8000/library/paper/</loc>" in made["sitemap.xml"]
    assert "robots.txt" not in made  # nobody looks for one there
    assert made.keys() > {"index.html", "search.json", "feed.xml"}
    assert (
        files(paper())["robots.txt"]
        == b"User-agent: *\nDisallow:\n\nSitemap: https://papers.example.org/sitemap.xml\n"
    )


@pytest.mark.parametrize("slug", ["subjects", "Page", "index.html", "search.json", "sitemap-12.xml"])
def test_names_that_the_site_needs_are_reserved(slug):
    assert site.is_reserved(slug)
    assert not site.is_reserved(f"my-{slug}")


def test_long_texts_end_at_a_word_and_texts_without_spaces_anywhere():
    assert beginning("word " * 100) == ("word " * 64).strip() + " …"
    assert beginning("论" * 400) == "论" * 320 + " …"
    assert beginning("short") == "short"


def test_the_pages_have_the_colours_of_the_theme():
    css = (
        ":root { --ink: #000 } p { color: red } @media (prefers-color-scheme: dark) { :root{--ink:#fff} a{} }"
    )
    kept = properties(css)
    assert "--ink: #000" in kept
    assert "--ink:#fff" in kept
    assert "red" not in kept
    style = page(files(paper())["index.html"]).cssselect("style")[0].text_content()
    names = {part.split(")")[0].split(",")[0] for part in style.split("var(")[1:]}
    assert names
    assert not [name for name in names if f"{name}:" not in style]
