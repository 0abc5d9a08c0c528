"""What a page tells machines: each fact in each vocabulary, and every broken rule named."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parser
from tests.helpers import errors, resolved

from paperbuild.config import Options, Preview, Study
from paperbuild.formats.base import Cut, Prepared
from paperbuild.formats.preview.about import iso, people, published, slashed
from paperbuild.formats.preview.metadata import head, texts
from paperbuild.formats.preview.metadata.facts import shortened
from paperbuild.formats.preview.paid import CLASS, marked
from paperbuild.formats.preview.structured import faults
from paperbuild.inventory import promise
from paperbuild.model import Author, FrontMatter, ResolvedDocument

ADDRESS = "https://example.org/papers/norms/"
FRONT = """\
---
title: Norms & *Facts*^[Thanks.]
subtitle: An essay
author:
- name: Ana de Silva
  orcid: 0000-0002-1825-0097
  affiliation: [University of Graz, Institute of Law]
- The Law Society
date: 12 May 2024
lang: en-GB
keywords: [norms, R&D]
abstract: The abstract says *so*, as [@kelsen1957] does.
bibliography: refs.bib
---
"""
BODY = """
# Opening

The opening is there for everybody [@kelsen1957].

# Rest

The rest is for members.
"""
ASKED: Any = {"canonical": ADDRESS, "publisher": "The Press", "image": "/cover.png"}


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    return resolved(tmp_path_factory.mktemp("paper"), FRONT + BODY)


def options(study: Study | None = None, **preview: Any) -> Options:
    return Options(preview=Preview.model_validate(preview), study=study or Study())


HALF = Cut(0.5, 1)


def prepared(document, cut: Cut | None = HALF) -> Prepared:
    return Prepared(document, promise(document), cut=cut)


def members(document) -> Prepared:
    """The members' page of a paper that is cut before its second section."""
    return prepared(marked(document, document.blocks[2:]), None)


def page(document, asked: Options | None = None, *, of_members: bool = False):
    """The tree of a page with this head and a short body."""
    given = members(document) if of_members else prepared(document)
    elements = head(given, asked or options(**ASKED), members=of_members)
    part = f'<div class="{CLASS}"><p>The rest.</p></div>' if of_members else ""
    text = (
        f'<html lang="en-GB"><head><title>Norms &amp; Facts</title>{elements}</head><body><header>'
        '<h1>Norms &amp; <em>Facts</em><a role="doc-noteref" href="#fn-1">1</a></h1></header>'
        f"<main>{part}</main></body></html>"
    )
    return parser.document_fromstring(text)


def nothing_but(front, lang="en"):
    """A document that has nothing but front matter."""
    return ResolvedDocument("paper", Path(), front, (), (), lang, False, False, {}, {}, {})


def told(root, name):
    """What the meta elements of this name say."""
    return root.xpath("//meta[@name=$name or @property=$name]/@content", name=name)


def structured(root):
    """The structured data."""
    (script,) = root.xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


# -- what is told


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("author", ["Ana de Silva", "The Law Society"]),
        ("description", ["The abstract says so, as (Kelsen 1957) does."]),
        ("keywords", ["norms, R&D"]),
        ("robots", ["max-image-preview:large"]),
        ("citation_title", ["Norms & Facts"]),
        ("citation_author", ["de Silva, Ana", "The Law Society"]),
        ("citation_author_institution", ["University of Graz", "Institute of Law"]),
        ("citation_author_orcid", ["https://orcid.org/0000-0002-1825-0097"]),
        ("citation_publication_date", ["2024/05/12"]),
        ("citation_language", ["en-GB"]),
        ("citation_publisher", ["The Press"]),
        ("citation_keywords", ["norms", "R&D"]),
        ("citation_abstract_html_url", [ADDRESS]),
        ("citation_pdf_url", []),
        ("DC.title", ["Norms & Facts"]),
        ("DC.creator", ["de Silva, Ana", "The Law Society"]),
        ("DC.date", ["2024-05-12"]),
        ("DC.subject", ["norms", "R&D"]),
        ("DC.type", ["Text"]),
        ("DC.identifier", [ADDRESS]),
        ("twitter:card", ["summary_large_image"]),
        ("og:type", ["article"]),
        ("og:url", [ADDRESS]),
        ("og:site_name", ["The Press"]),
        ("og:locale", ["en_GB"]),
        ("og:image", ["https://example.org/cover.png"]),
        ("article:author", ["https://orcid.org/0000-0002-1825-0097"]),
        ("article:published_time", ["2024-05-12"]),
        ("article:tag", ["norms", "R&D"]),
    ],
)
def test_each_vocabulary_tells_the_papers_facts(name, said, document):
    assert told(page(document), name) == said


def test_the_structured_data_tell_the_papers_facts(document):
    assert structured(page(document)) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": "Norms & Facts",
        "name": "Norms & Facts",
        "alternativeHeadline": "An essay",
        "author": [
            {
                "@type": "Person",
                "name": "Ana de Silva",
                "familyName": "de Silva",
                "givenName": "Ana",
                "affiliation": [
                    {"@type": "Organization", "name": "University of Graz"},
                    {"@type": "Organization", "name": "Institute of Law"},
                ],
                "identifier": "https://orcid.org/0000-0002-1825-0097",
            },
            {"@type": "Organization", "name": "The Law Society"},
        ],
        "datePublished": "2024-05-12",
        "inLanguage": "en-GB",
        "keywords": ["norms", "R&D"],
        "abstract": "The abstract says so, as (Kelsen 1957) does.",
        "description": "The abstract says so, as (Kelsen 1957) does.",
        "url": ADDRESS,
        "mainEntityOfPage": {"@type": "WebPage", "@id": ADDRESS},
        "image": "https://example.org/cover.png",
        "publisher": {"@type": "Organization", "name": "The Press"},
        "isAccessibleForFree": False,
    }


def test_a_paper_that_says_little_is_told_of_briefly(tmp_path):
    bare = resolved(tmp_path, "Only words.\n")
    elements = head(prepared(bare, None), options(), members=False)
    root = parser.document_fromstring(
        f'<html lang="{bare.lang}"><head><title>paper</title>{elements}</head></html>'
    )
    assert set(structured(root)) == {
        "@context", "@type", "headline", "name", "inLanguage", "isAccessibleForFree",
    }  # fmt: skip
    assert structured(root)["@type"] == "Article"
    assert structured(root)["isAccessibleForFree"] is True
    assert "" not in root.xpath("//meta/@content")
    assert not root.xpath("//link[@rel='canonical']")
    assert not list(faults(root))


def test_the_members_page_is_not_indexed_and_names_its_part(document):
    root = page(document, of_members=True)
    assert told(root, "robots") == ["noindex"]
    assert structured(root)["isAccessibleForFree"] is False
    assert structured(root)["hasPart"] == {
        "@type": "WebPageElement",
        "isAccessibleForFree": False,
        "cssSelector": f".{CLASS}",
    }
    assert root.xpath("//link[@rel='canonical']/@href") == [ADDRESS]


def test_a_paper_that_is_shown_whole_is_free_on_both_pages(document):
    for given, of_members in ((prepared(document, Cut(1.0, 0)), False), (prepared(document, None), True)):
        said = str(head(given, options(), members=of_members))
        assert '"isAccessibleForFree": true' in said
        assert "hasPart" not in said


def test_without_an_abstract_the_study_notes_describe_the_paper(document):
    bare = replace(document, front=replace(document.front, abstract=()))
    summary = Study(summary="What norms are.")
    assert told(page(bare, options(summary)), "description") == ["What norms are."]
    assert "abstract" not in structured(page(bare, options(summary)))
    assert told(page(bare, options()), "description") == []
    assert "for everybody" not in str(head(prepared(bare), options(), members=False))


def test_relative_addresses_are_told_to_nobody_who_needs_whole_ones(document):
    root = page(document, options(canonical="/papers/norms/", image="/cover.png"))
    assert root.xpath("//link[@rel='canonical']/@href") == ["/papers/norms/"]
    assert told(root, "og:url") == told(root, "og:image") == []
    assert "url" not in structured(root)


def test_no_text_of_the_paper_is_markup(document):
    hostile = "</script><script>alert(1)</script>\u2028<!--\"'"
    front = FrontMatter(
        title=({"t": "Str", "c": hostile},), authors=(Author(hostile, (hostile,)),), keywords=(hostile,)
    )
    given = prepared(replace(document, front=front))
    elements = str(head(given, options(publisher=hostile), members=False))
    assert elements.count("<script") == elements.count("</script>") == 1
    assert "\u2028" not in elements.split("<script", 1)[1]
    root = parser.document_fromstring(f"<html><head>{elements}</head></html>")
    assert structured(root)["publisher"]["name"] == " ".join(hostile.split())
    assert told(root, "citation_title") == [" ".join(hostile.split())]


def test_the_public_texts_are_all_that_a_head_says(document):
    public = set(texts(document, options(**ASKED)))
    root = page(document)
    assert set(root.xpath("//meta/@content")) - {"max-image-preview:large"} <= public | {
        "summary_large_image"
    }
    assert {"University of Graz", "The Press"} <= public


# -- descriptions


def test_a_description_ends_with_a_sentence_or_a_word():
    sentence = "This sentence has some forty letters in it. "
    cut = shortened(sentence * 20)
    assert 160 <= len(cut) <= 300
    assert cut.endswith("letters in it.")
    words = shortened("word " * 200)
    assert len(words) <= 300
    assert words.endswith(" word…")
    assert len(shortened("漢" * 500)) == 300
    assert shortened("Short.") == "Short."


# -- dates and names


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("12 May 2024", "en", "2024-05-12"),
        ("May 2024", "en", "2024-05"),
        ("2024", "en", "2024"),
        ("2024-05-12T10:00:00Z", "en", "2024-05-12"),
        ("Tuesday, 12 May 2020", "en", "2020-05-12"),
        ("05/12/2020", "en-US", "2020-05-12"),
        ("05/12/2020", "en-GB", "2020-12-05"),
        ("1er août 2021", "fr", "2021-08-01"),
        ("12. März 2020", "de", "2020-03-12"),
        ("12 de mayo de 2020", "es", "2020-05-12"),
        ("12 мая 2020 г.", "ru", "2020-05-12"),
        ("2020年5月12日", "zh", "2020-05-12"),
        ("2020년 5월", "ko", "2020-05"),
        ("1–3 June 2020", "en", "2020-06-01"),
        ("2020-02-31", "en", "2020-02"),
        ("2020-13-40", "en", "2020"),
        ("Spring 2020", "en", "2020"),
        ("undated", "en", ""),
        ("44 BC", "en", ""),
        ("between 2019 and 2021", "en", ""),
        ("", "en", ""),
    ],
)
def test_a_date_is_read_as_it_is_written(text, lang, expected):
    document = nothing_but(FrontMatter(date=({"t": "Str", "c": text},)), lang)
    found = published(document)
    assert (iso(found) if found else "") == expected
    assert (slashed(found) if found else "") == expected.replace("-", "/")


@pytest.mark.parametrize(
    ("name", "inverted"),
    [
        ("Ana Silva", "Silva, Ana"),
        ("Vincent van Gogh", "van Gogh, Vincent"),
        ("Silva, Ana", "Silva, Ana"),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("King, Martin Luther, Jr.", "King, Martin Luther, Jr."),
        ("Martin King, Jr.", "King, Martin, Jr."),
        ("Prof. Dr. Bo Li, PhD", "Li, Bo"),
        ("Plato", "Plato"),
        ("bell hooks", "bell hooks"),
        ("王 小明", "王, 小明"),
        ("王小明", "王小明"),
        ("University of Graz", "University of Graz"),
        ("The Law Society", "The Law Society"),
        ("a, b, c, d", "a, b, c, d"),
    ],
)
def test_a_name_is_taken_apart_as_it_is_written(name, inverted):
    (person,) = people(nothing_but(FrontMatter(authors=(Author(name),))))
    assert person.inverted == inverted
    assert person.name == name


def test_names_that_are_given_in_parts_keep_them(tmp_path):
    front = "---\nauthor: [{given: Gabriel, family: García Márquez}]\n---\n\nText.\n"
    (person,) = people(resolved(tmp_path, front))
    assert person.csl == {"family": "García Márquez", "given": "Gabriel"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", ""),
        ("none", ""),
    ],
)
def test_an_orcid_is_kept_where_its_check_digit_is_right(given, kept):
    (person,) = people(nothing_but(FrontMatter(authors=(Author("A B", orcid=given),))))
    assert person.orcid == kept


# -- reading back: each rule, broken


def test_pages_as_they_are_written_break_no_rule(document):
    assert not list(faults(page(document)))
    assert not list(faults(page(document, of_members=True)))


def set_value(key, value):
    """Puts a value into the structured data, or takes it out."""

    def change(root):
        (script,) = root.xpath("//script")
        values = json.loads(script.text)
        values.update({key: value}) if value is not None else values.pop(key)
        script.text = json.dumps(values)

    return change


def set_meta(name, content):
    def change(root):
        for one in root.xpath("//meta[@name=$name or @property=$name]", name=name):
            one.set("content", content)

    return change


def taken(path):
    def change(root):
        for one in root.xpath(path):
            one.drop_tree()

    return change


def added(markup):
    def change(root):
        root.find("head").append(parser.fragment_fromstring(markup))

    return change


def retyped(text):
    def change(root):
        root.xpath("//script")[0].text = text

    return change


def renamed(path, text):
    def change(root):
        root.xpath(path)[0].text = text

    return change


PART = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".x"}
BROKEN = {
    "none": (taken("//script"), "0 blocks of structured data"),
    "two": (added('<script type="application/ld+json">{}</script>'), "2 blocks of structured data"),
    "no JSON": (retyped("{"), "can't be read"),
    "a list": (retyped("[]"), "not one object"),
    "context": (set_value("@context", "http://schema.org"), "@context"),
    "type": (set_value("@type", "Recipe"), "@type"),
    "access is text": (set_value("isAccessibleForFree", "False"), "no text"),
    "access is missing": (set_value("isAccessibleForFree", None), "no text"),
    "part of another type": (set_value("hasPart", {**PART, "@type": "Thing"}), "no WebPageElement"),
    "part is free": (set_value("hasPart", {**PART, "isAccessibleForFree": "False"}), "instead of false"),
    "selector is no class": (set_value("hasPart", {**PART, "cssSelector": "main"}), "not one class"),
    "selector is two": (set_value("hasPart", [{**PART, "cssSelector": ".a .b"}]), "not one class"),
    "selector matches nothing": (set_value("hasPart", PART), "no element of the page"),
    "headline": (set_value("headline", "Other"), "the page's"),
    "heading": (renamed("//h1", "Other "), "the heading's"),
    "title": (set_meta("citation_title", "Other"), "citation_title"),
    "no title": (taken("//meta[@property='og:title']"), "og:title is missing"),
    "author": (set_meta("citation_author", "Nobody"), "in citation_author"),
    "author gone": (taken("//meta[@name='DC.creator'][2]"), "in DC.creator"),
    "author is a text": (set_value("author", [{"name": ""}]), "no Person or Organization"),
    "address": (set_meta("og:url", "https://example.org/other/"), "told differently"),
    "canonical": (added('<link rel="canonical" href="https://example.org/b/">'), "told differently"),
    "whole paper": (added('<meta name="citation_pdf_url" content="/x.pdf">'), "leads to the whole paper"),
    "date": (set_value("datePublished", "12 May 2024"), "no date of ISO 8601"),
    "scholars' date": (set_meta("citation_publication_date", "2024/05/13"), "citation_publication_date"),
    "no date": (taken("//meta[@name='DC.date']"), "DC.date is missing"),
    "language": (set_value("inLanguage", "de"), "the page's"),
    "locale": (set_meta("og:locale", "en-GB"), "og:locale"),
    "description": (set_meta("og:description", "Other"), "og:description"),
    "no abstract's beginning": (set_value("abstract", "So"), "how the abstract begins"),
    "long description": (set_value("description", "long " * 70), "350 letters"),
}  # fmt: skip


@pytest.mark.parametrize("rule", BROKEN)
def test_each_broken_rule_is_told(rule, document):
    change, said = BROKEN[rule]
    root = page(document)
    change(root)
    found = list(faults(root))
    assert {finding.check for finding in found} == {"metadata"}
    assert any(re.search(re.escape(said), message) for message in errors(found)), errors(found)


BROKEN_FOR_MEMBERS = {
    "nested": (
        lambda root: root.xpath("//main/div")[0].append(
            parser.fragment_fromstring(f'<p class="a {CLASS}">x</p>')
        ),
        "stands in another",
    ),
    "not there": (taken("//main/div"), "no element of the page"),
    "indexed": (taken("//meta[@name='robots']"), "noindex"),
    "free": (set_value("isAccessibleForFree", True), "that it is free, and that a part of it is paywalled"),
}


@pytest.mark.parametrize("rule", BROKEN_FOR_MEMBERS)
def test_each_broken_rule_of_the_members_page_is_told(rule, document):
    change, said = BROKEN_FOR_MEMBERS[rule]
    root = page(document, of_members=True)
    change(root)
    assert any(said in message for message in errors(faults(root)))


def test_a_page_that_withholds_and_says_to_be_free_is_told(document):
    root = page(document)
    set_value("isAccessibleForFree", True)(root)
    root.find("body").append(
        parser.fragment_fromstring('<data data-statement="percent" value="50">50</data>')
    )
    assert any("a part of it is not shown" in message for message in errors(faults(root)))
