"""The preview as a file: what is shown can be read, and no byte of what is withheld is in it."""

from __future__ import annotations

import base64
import re

import pytest
from lxml import html as parser
from tests.helpers import errors, picture, resolved

from paperbuild.config import Options, Preview, Study
from paperbuild.formats.preview.format import FORMAT
from paperbuild.layouts import load
from paperbuild.leak import leaks
from paperbuild.verify import compare

TITLE = """\
---
title: On \\<Previews\\> & "Cuts"
subtitle: A study
author: [Ana Silva, Bo Li]
date: 2024-05-01
lang: en-GB
abstract: The *abstract* says so.
keywords: [one, two]
bibliography: refs.bib
toc: true
---

"""
SHOWN = """\
# Opening {#opening}

The opening sentence is there for everybody [@kelsen1957], who may see [the vault](#crypt-7) or @fig:hidden.

Here is a formula $a<b$, a note,^[The visible note is readable.] and `code`.

"""
SECRETS = [
    "The butler withheld this conclusion from everybody.",
    "Concealed caption of the figure",
    "Concealed description of the picture",
    "A concealed note says more",
    "concealed cell",
    "concealed_function",
    "How to Write a Thesis",
    "Vaulted heading",
    "crypt-7",
    "hidden-id",
    "zorkify",
    "https://secret.example.org/path",
    "Listed concealment",
    "Quoted concealment",
]
HIDDEN = """\
# Vaulted heading {#crypt-7}

The butler withheld this conclusion from everybody.^[A concealed note says more.] See [@eco2015].

![Concealed caption of the figure](dog.png){#fig:hidden alt="Concealed description of the picture"}

| head | more |
|------|------|
| concealed cell | 1 |

- Listed concealment

> Quoted concealment [link](https://secret.example.org/path).

```python
concealed_function()
```

$$ zorkify = \\alpha $$

::: {#hidden-id .hidden-class}
The butler withheld this conclusion from everybody.
:::
"""
PICTURES = {"cat.png": picture(), "dog.png": picture(50, 50)}


def preview(document, folder, study=None, **options):
    """The page's bytes, what was prepared, and the errors that verifying finds."""
    asked = Options(preview=Preview.model_validate(options), study=study or Study())
    prepared = FORMAT.prepare(document, asked)
    data = FORMAT.write(prepared, asked, load("article", folder)).data
    return data, prepared, errors(found(data, prepared))


def found(data, prepared):
    """What verifying the page finds, and the search for what it withholds."""
    _, findings = compare("preview", prepared.promised, FORMAT.read(data))
    return [*findings, *leaks("page.html", data, prepared.withheld)]


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    return resolved(tmp_path_factory.mktemp("paper"), TITLE + SHOWN + HIDDEN, files=PICTURES)


@pytest.fixture(scope="module")
def page(document, tmp_path_factory):
    data, _, problems = preview(document, tmp_path_factory.mktemp("out"), show="45%", cut="section")
    assert problems == []
    return data.decode()


def test_the_shown_part_can_be_read(page):
    text = " ".join(parser.fromstring(page.encode()).text_content().split())
    for words in (
        "The opening sentence is there for everybody",
        "The visible note is readable.",
        "The abstract says so.",
    ):
        assert words in text
    assert "On <Previews> & “Cuts”" in text
    assert "Ana Silva, Bo Li" in text
    assert "Reine Rechtslehre" in text


@pytest.mark.parametrize("secret", SECRETS)
def test_no_byte_of_what_is_withheld_is_in_the_page(secret, page):
    assert secret not in page
    assert secret.lower() not in re.sub(r"<[^>]+>", "", page).lower()


def test_no_picture_that_is_withheld_is_in_the_page(page):
    assert base64.b64encode(PICTURES["dog.png"]).decode()[:60] not in page


def test_the_whole_paper_holds_all_of_it(document, tmp_path):
    """So that the tests above can fail."""
    data, _, problems = preview(document, tmp_path, show="100%")
    assert problems == []
    for secret in SECRETS:
        assert secret in data.decode()
    assert base64.b64encode(PICTURES["dog.png"]) in data
    assert b'class="gate"' not in data


def test_a_link_to_what_is_withheld_is_words(page):
    tree = parser.fromstring(page.encode())
    assert "see the vault or Figure 1." in " ".join(tree.text_content().split())
    ids = set(tree.xpath("//@id"))
    for href in tree.xpath("//article//a/@href"):
        assert not href.startswith("#") or href[1:] in ids or href in {"#sign-up", "#log-in"}


def test_the_contents_list_shows_no_withheld_heading(page):
    tree = parser.fromstring(page.encode())
    assert [link.text_content() for link in tree.xpath("//nav[@class='contents']//a")] == [
        "Opening",
        "References",
    ]


def test_the_gate_tells_the_share_and_the_sections_that_remain(page):
    gate = re.search(r'<aside class="gate".*?</aside>', page, re.DOTALL)
    assert gate
    words = " ".join(parser.fromstring(gate.group()).text_content().split())
    assert re.search(r"You’re \d\d% through this paper\. Sign up to read the remaining 1 section\.", words)
    assert "Log in" in words


def test_addresses_of_the_front_matter_are_used(document, tmp_path):
    options = {"sign-up": "https://x.org/in", "log-in": "/log", "canonical": "https://x.org/p", "show": "45%"}
    tree = parser.fromstring(preview(document, tmp_path, **options)[0])
    assert tree.xpath("//a[@class='sign-up']/@href") == ["https://x.org/in"]
    assert tree.xpath("//p[@class='log-in']/a/@href") == ["/log"]
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://x.org/p"]


def test_the_page_needs_nothing_else(page):
    tree = parser.fromstring(page.encode())
    assert not list(tree.iter("iframe", "object"))
    for source in tree.xpath("//*/@src"):
        assert source.startswith("data:")
    assert not re.search(r"url\((?!data:)", page)
    assert not tree.xpath("//link[@rel='stylesheet']")


def test_language_title_and_author_are_the_documents(page):
    tree = parser.fromstring(page.encode())
    assert tree.getroottree().getroot().get("lang") == "en-GB"
    assert "Previews" in str(tree.findtext(".//title"))
    assert len(tree.xpath("//h1")) == 1


@pytest.mark.parametrize(
    ("references", "listed", "counted"), [("visible", 1, False), ("all", 2, False), ("count", 0, True)]
)
def test_references_are_visible_all_or_a_number(references, listed, counted, document, tmp_path):
    data, _, problems = preview(document, tmp_path, show="45%", references=references)
    tree = parser.fromstring(data)
    assert problems == []
    assert len(tree.xpath("//*[contains(@class, 'csl-entry')]")) == listed
    count = [element.text_content() for element in tree.xpath("//p[@class='reference-count']")]
    assert count == (["References: 2"] if counted else [])
    if references == "count":
        assert not tree.xpath("//a[starts-with(@href, '#ref-')]")


def test_study_notes_are_shown_and_are_no_markup(document, tmp_path):
    notes = {"summary": "About <b>it</b>", "questions": "Why?", "terms": {"norm": "an ought"}}
    study = Study.model_validate(notes)
    data, _, problems = preview(document, tmp_path, study=study)
    assert problems == []
    text = parser.fromstring(data).text_content()
    assert "About <b>it</b>" in text
    assert "Why?" in text
    assert "an ought" in text


@pytest.mark.parametrize(
    "front",
    [
        "title: '</title><script>alert(1)</script>'",
        "author: '\"><script>alert(1)</script>'",
        "lang: '\"><script>'",
        "subtitle: '<script>'",
    ],
)
def test_front_matter_is_no_markup(front, tmp_path):
    document = resolved(tmp_path, f"---\n{front}\n---\n\nText.\n")
    data, _, _ = preview(document, tmp_path)
    kinds = [script.get("type", "") for script in parser.fromstring(data).iter("script")]
    assert sorted(kinds) == ["", "application/ld+json"]
    assert data.count(b"<script") == 2


@pytest.mark.parametrize("lang", ["ar", "he"])
def test_a_paper_from_right_to_left(lang, tmp_path):
    data, _, problems = preview(resolved(tmp_path, f"---\nlang: {lang}\n---\n\nשלום\n"), tmp_path)
    assert f'<html lang="{lang}" dir="rtl">'.encode() in data
    assert problems == []


def test_a_share_that_no_paragraph_meets_is_told(tmp_path):
    _, prepared, _ = preview(resolved(tmp_path, "One " * 50 + "\n\nTwo.\n"), tmp_path, show="30%")
    (finding,) = prepared.findings
    assert finding.severity == "warning"
    assert "instead of 30%" in finding.message


@pytest.mark.parametrize("text", ["<!-- nothing -->", "# Only a heading", "---\ntitle: T\n---\n"])
def test_a_paper_without_a_body_is_a_page(text, tmp_path):
    data, _, problems = preview(resolved(tmp_path, text + "\n"), tmp_path, show="50%")
    assert problems == []
    assert data.rstrip().endswith(b"</html>")


def test_pages_of_the_same_paper_are_the_same_to_the_byte(document, tmp_path):
    assert preview(document, tmp_path)[0] == preview(document, tmp_path)[0]


# -- reading back ----------------------------------------------------------------------------------------


def test_a_page_is_read_back_as_it_was_promised(document, tmp_path):
    data, prepared, _ = preview(document, tmp_path, show="100%")
    observed = FORMAT.read(data)
    for kind in (
        "section",
        "paragraph",
        "citation",
        "note",
        "table",
        "figure",
        "equation",
        "code",
        "reference",
    ):
        assert len(observed.of(kind)) >= prepared.promised.count(kind), kind
    assert observed.title == prepared.promised.title
    assert set(prepared.promised.anchors) - set(observed.anchors) <= {"hidden-id"}


@pytest.mark.parametrize("data", [b"", b"\xff\xfe"])
def test_what_is_no_page_is_one_finding(data):
    found = FORMAT.read(data)
    assert found.items == ()
    assert [finding.severity for finding in found.findings] == ["error"]


def test_a_dead_link_in_the_page_is_told():
    found = FORMAT.read(b"<html><body><article><p><a href='#x'>x</a></p></article></body></html>")
    assert errors(found.findings) == ["the link to #x leads nowhere"]


def test_what_is_withheld_and_hidden_in_the_page_is_found(document, tmp_path):
    data, prepared, _ = preview(document, tmp_path, show="45%", cut="section")
    secret = SECRETS[0].encode()
    for place in (
        b"<p>%s</p>",
        b"<p hidden>%s</p>",
        b'<p style="display:none">%s</p>',
        b"<!-- %s -->",
        b"<script>var x = '%s'</script>",
        b"<template>%s</template>",
        b'<p data-more="%s">x</p>',
        b"<noscript>%s</noscript>",
        b"<nav>%s</nav>",
        b"<aside>%s</aside>",
    ):
        leaked = data.replace(b"</article>", place % secret + b"</article>")
        findings = found(leaked, prepared)
        assert [finding.check for finding in findings if finding.severity == "error"][-1:] == ["paywall"], (
            place
        )
    described = data.replace(
        b'<meta name="generator"', b'<meta name="description" content="%s"><meta name="g"' % secret
    )
    findings = found(described, prepared)
    assert "paywall" in {finding.check for finding in findings}
