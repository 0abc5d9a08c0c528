"""What programs read of a site: feed, sitemaps, and the words of the search."""

from __future__ import annotations

import json
from datetime import datetime

from lxml import etree
from tests.site.library import URL, files, paper, settings

from paperbuild.site.feeds import sitemaps

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_the_feed_has_all_that_atom_asks_for():
    made = files(
        paper(
            "new",
            title="A & B",
            date="2025-03",
            authors=["Ada"],
            abstract="What it says.",
            keywords=["x"],
            lang="de",
        ),
        paper("old", date="1999", canonical="https://elsewhere.example.com/"),
        paper("undated", date=""),
        title="Essays",
    )
    feed = etree.fromstring(made["feed.xml"])
    assert feed.tag == f"{{{ATOM['a']}}}feed"
    assert [feed.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "title", "updated")] == [
        URL, "Essays", "2025-03-01T00:00:00Z",
    ]  # fmt: skip
    assert feed.xpath("string(a:link[@rel='self']/@href)", namespaces=ATOM) == f"{URL}feed.xml"
    assert feed.findtext("a:author/a:name", namespaces=ATOM)
    first, second = feed.findall("a:entry", ATOM)
    for entry in (first, second):
        for name in ("id", "title", "updated", "summary"):
            assert len(entry.findall(f"a:{name}", ATOM)) == 1
        assert entry.findtext("a:id", namespaces=ATOM) == entry.xpath("string(a:link/@href)", namespaces=ATOM)
        datetime.fromisoformat(entry.findtext("a:updated", "", ATOM))
    assert first.findtext("a:title", namespaces=ATOM) == "A & B"
    assert first.findtext("a:summary", namespaces=ATOM) == "What it says."
    assert first.xpath("string(a:category/@term)", namespaces=ATOM) == "x"
    assert first.findtext("a:author/a:name", namespaces=ATOM) == "Ada"
    assert first.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert second.findtext("a:updated", namespaces=ATOM) == "1999-01-01T00:00:00Z"


def test_the_feed_holds_the_newest_fifty_and_there_is_none_without_dates():
    many = [paper(f"p{number}", date=f"{1900 + number}") for number in range(60)]
    entries = etree.fromstring(files(*many)["feed.xml"]).findall("a:entry", ATOM)
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert ids == [f"{URL}p{number}/" for number in range(59, 9, -1)]
    undated = files(paper(date=""))
    assert "feed.xml" not in undated
    assert b"feed.xml" not in undated["index.html"]


def test_the_sitemap_lists_every_page_once_by_its_own_address():
    made = files(
        paper("one", date="2025-03", keywords=["τέχνη & co"]),
        paper("two", date="", canonical=f"{URL}two/"),
        paper("ö", date="2024", canonical=f"{URL}ö/"),
        paper("guest", canonical="https://elsewhere.example.com/guest/"),
    )
    root = etree.fromstring(made["sitemap.xml"])
    listed = {
        url.findtext("s:loc", namespaces=MAPS): url.findtext("s:lastmod", namespaces=MAPS) for url in root
    }
    assert listed == {
        URL: "2025-03",
        f"{URL}subjects/": None,
        f"{URL}subjects/%CF%84%CE%AD%CF%87%CE%BD%CE%B7-co/": None,
        f"{URL}one/": "2025-03",
        f"{URL}two/": None,
        f"{URL}%C3%B6/": "2024",
    }
    assert len(root) == len(listed)


def test_more_addresses_than_a_sitemap_may_hold_are_in_several():
    made = sitemaps([(f"{URL}{number}/", "") for number in range(25)], settings(), most=10)
    assert made.keys() == {"sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"}
    index = etree.fromstring(made["sitemap.xml"])
    assert index.tag == f"{{{MAPS['s']}}}sitemapindex"
    assert [each.findtext("s:loc", namespaces=MAPS) for each in index] == [
        f"{URL}sitemap-{number}.xml" for number in (1, 2, 3)
    ]
    parts = [etree.fromstring(made[f"sitemap-{number}.xml"]) for number in (1, 2, 3)]
    assert [len(part) for part in parts] == [10, 10, 5]


def test_characters_that_xml_lacks_are_no_reason_to_fail():
    made = files(paper(title="Bell\x07 and \ud800 half", abstract="a\x00b\ufffe"))
    assert etree.fromstring(made["feed.xml"]).findtext("a:entry/a:title", namespaces=ATOM) == "Bell and half"
    assert json.loads(made["search.json"])[0]["abstract"] == "ab"


def test_the_search_has_what_it_looks_through_and_nothing_else():
    one = paper("one", title="A", authors=["Ada"], keywords=["x"], abstract="y", subtitle="B", percent=40)
    rows = json.loads(files(one, paper("two", date=""))["search.json"])
    assert rows[0] == {
        "url": "one/", "title": "A: B", "authors": ["Ada"], "keywords": ["x"], "abstract": "y", "lang": "en",
        "date": "2025-01-02", "day": "January 2, 2025",
    }  # fmt: skip
    assert rows[1] == {"url": "two/", "title": "On two", "lang": "en"}
