"""Damage is noticed: whatever one thing is taken out of a finished file, verifying names it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from tests import damage
from tests.damage import (
    blanked,
    cut,
    gone,
    retyped,
    retyped_in_word,
    shortened,
    unannotated,
    unlinked,
    unwrapped,
)
from tests.helpers import Exported, exported, picture

from paperbuild import pipeline
from paperbuild.config import FORMATS
from paperbuild.formats import registry
from paperbuild.model import Finding
from paperbuild.verify import compare

PAPER = """\
---
title: The Whole of It
author: Ana Silva
lang: en-GB
bibliography: refs.bib
paperbuild: {preview: {show: 100%}}
---

# Beginnings

The opening paragraph is whole and tells of a zebra.

A claim that stands [@kelsen1957], and another [@eco2015, p. 7].[^n]

[^n]: The note tells of walnuts.

It all happened in the year 1848

## Deeper matters

See [the place](https://example.org/place).

![A caption about marmots](cat.png){alt="A sleeping dormouse"}

| Fruit  | Count |
|:-------|------:|
| apples |    12 |
| pears  |     7 |

: Counts of fruit

$$ e = mc^2 $$

```python
def quokka(x):
    return x
```

- an item about lemurs
- another item

> A quotation about ocelots.

### Deepest of all

A last paragraph, about yaks.
"""

CORE = "docProps/core.xml"
HTML = "//div[@class='prose']"
TAKEN: dict[str, tuple[str, str, dict[str, Callable[[bytes], bytes]]]] = {
    "title on the page": ("paragraphs", "The Whole of It", {
        "pdf": lambda d: damage.pdf(d, blanked("The Whole of It", "P")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "The Whole of It")),
        "preview": lambda d: damage.html(d, gone("//h1")),
    }),
    "author": ("metadata", "Ana Silva", {
        "pdf": lambda d: damage.pdf(d, blanked("Ana Silva", "P")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "Ana Silva")),
        "preview": lambda d: damage.html(d, gone("//p[@class='author']")),
    }),
    "section": ("sections", "Deeper matters", {
        "pdf": lambda d: damage.pdf(d, blanked("Deeper matters", "H2")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "Deeper matters")),
        "preview": lambda d: damage.html(d, gone(f"{HTML}//*[text()='Deeper matters']")),
    }),
    "paragraph": ("paragraphs", "zebra", {
        "pdf": lambda d: damage.pdf(d, blanked("zebra", "P")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "zebra")),
        "preview": lambda d: damage.html(d, gone(f"{HTML}//p[contains(., 'zebra')]")),
    }),
    "last paragraph": ("paragraphs", "yaks", {
        "pdf": lambda d: damage.pdf(d, blanked("yaks", "P")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "yaks")),
        "preview": lambda d: damage.html(d, gone(f"{HTML}//p[contains(., 'yaks')]")),
    }),
    "list item": ("paragraphs", "lemurs", {
        "pdf": lambda d: damage.pdf(d, blanked("lemurs", "LBody")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "lemurs")),
        "preview": lambda d: damage.html(d, gone(f"{HTML}//li[contains(., 'lemurs')]")),
    }),
    "quotation": ("paragraphs", "ocelots", {
        "pdf": lambda d: damage.pdf(d, blanked("ocelots", "BlockQuote")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "ocelots")),
        "preview": lambda d: damage.html(d, gone(f"{HTML}//blockquote")),
    }),
    "one digit": ("paragraphs", "1848", {
        "pdf": lambda d: damage.pdf(d, shortened("1848")),
        "docx": lambda d: damage.docx(d, retyped_in_word("1848", "1849")),
        "preview": lambda d: damage.html(d, retyped("1848", "1849")),
    }),
    "reference": ("references", "Reine Rechtslehre", {
        "pdf": lambda d: damage.pdf(d, blanked("Reine Rechtslehre", "P")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "Reine Rechtslehre")),
        "preview": lambda d: damage.html(d, gone("//*[@id='ref-kelsen1957']")),
    }),
    "note": ("notes", "walnuts", {
        "pdf": lambda d: damage.pdf(d, blanked("walnuts", "P")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "walnuts"), "word/footnotes.xml"),
        "preview": lambda d: damage.html(d, gone("//li[@id='fn-1']")),
    }),
    "table row": ("tables", "pears | 7", {
        "pdf": lambda d: damage.pdf(d, blanked("pears", "TR")),
        "docx": lambda d: damage.docx(d, cut("//w:tr", "pears")),
        "preview": lambda d: damage.html(d, gone("//tr[contains(., 'pears')]")),
    }),
    "table caption": ("tables", "its caption", {
        "pdf": lambda d: damage.pdf(d, blanked("Counts", "Caption")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "Counts of fruit")),
        "preview": lambda d: damage.html(d, gone("//caption")),
    }),
    "picture": ("figures", "marmots", {
        "pdf": lambda d: damage.pdf(d, blanked("dormouse", "Figure")),
        "docx": lambda d: damage.docx(d, cut("//w:drawing")),
        "preview": lambda d: damage.html(d, gone("//img[@alt='A sleeping dormouse']")),
    }),
    "figure caption": ("figures", "marmots", {
        "pdf": lambda d: damage.pdf(d, blanked("marmots", "Caption")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "marmots")),
        "preview": lambda d: damage.html(d, gone("//figcaption")),
    }),
    "equation": ("equations", "", {
        "pdf": lambda d: damage.pdf(d, blanked("e = mc^2", "Formula")),
        "docx": lambda d: damage.docx(d, cut("//m:oMath")),
        "preview": lambda d: damage.html(d, gone("//math")),
    }),
    "code": ("code", "quokka", {
        "pdf": lambda d: damage.pdf(d, blanked("quokka", "Div", "Code")),
        "docx": lambda d: damage.docx(d, cut("//w:p", "quokka")),
        "preview": lambda d: damage.html(d, gone("//pre")),
    }),
    "link": ("links", "https://example.org/place", {
        "pdf": lambda d: damage.pdf(d, unannotated("https://example.org/place")),
        "docx": lambda d: damage.docx(d, unlinked("//w:hyperlink[@r:id]")),
        "preview": lambda d: damage.html(d, unwrapped("//a[@href='https://example.org/place']")),
    }),
    "citation's link": ("citations", "#ref-eco2015", {
        "pdf": lambda d: damage.pdf(d, unannotated("ref-eco2015")),
        "docx": lambda d: damage.docx(d, unlinked("//w:hyperlink[@w:anchor='ref-eco2015']")),
        "preview": lambda d: damage.html(d, unwrapped("//a[@href='#ref-eco2015']")),
    }),
    "anchor of a reference": ("references", "ref-eco2015", {
        "pdf": lambda d: damage.pdf(d, _without_destination("ref-eco2015")),
        "docx": lambda d: damage.docx(d, cut("//w:bookmarkStart[@w:name='ref-eco2015']")),
        "preview": lambda d: d.replace(b'id="ref-eco2015"', b""),
    }),
    "title": ("metadata", "The Whole of It", {
        "pdf": lambda d: damage.pdf(d, _without_title),
        "docx": lambda d: damage.docx(damage.docx(d, _emptied, CORE), cut("//w:p", "The Whole")),
        "preview": lambda d: damage.html(d, gone("//title")),
    }),
}  # fmt: skip
"""What is taken: the check that must notice it, the words by which it names it, and how it is done."""

LEVEL_CHANGED: dict[str, Callable[[bytes], bytes]] = {
    "docx": lambda d: damage.docx(d, _promoted),
    "preview": lambda d: d.replace(b"<h4", b"<h3").replace(b"</h4>", b"</h3>"),
    "pdf": lambda d: damage.pdf(d, _promoted_in_pdf),
}


def _without_destination(name: str) -> Callable[[pikepdf.Pdf, bytes], None]:
    def change(opened: pikepdf.Pdf, data: bytes) -> None:
        del data
        names = pikepdf.NameTree(opened.Root.Names.Dests)
        del names[name]

    return change


def _without_title(opened: pikepdf.Pdf, data: bytes) -> None:
    del data
    del opened.docinfo["/Title"]
    if "/Metadata" in opened.Root:
        del opened.Root.Metadata


def _emptied(root) -> None:
    root.clear()


def _promoted(root) -> None:
    (paragraph,) = [p for p in root.iter(f"{damage.W}p") if damage.text_of(p) == "Deepest of all"]
    style = paragraph.find(f"{damage.W}pPr/{damage.W}pStyle")
    style.set(f"{damage.W}val", style.get(f"{damage.W}val").replace("3", "2"))


def _promoted_in_pdf(opened: pikepdf.Pdf, data: bytes) -> None:
    del data
    for element in opened.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/H3":
            element.S = pikepdf.Name.H2


@pytest.fixture(scope="session")
def whole(tmp_path_factory) -> Exported:
    """The paper in every format."""
    folder = tmp_path_factory.mktemp("whole")
    return exported(folder, PAPER, FORMATS, files={"cat.png": picture(400, 300)})


def verified(whole: Exported, name: str, data: bytes) -> list[Finding]:
    """The errors that verifying finds in a file."""
    form = registry.get(name)
    prepared = pipeline.prepare(whole.plan, form)
    _, findings = compare(name, prepared.promised, form.read(data))
    return [finding for finding in findings if finding.severity == "error"]


@pytest.mark.parametrize("name", FORMATS)
def test_the_whole_file_is_without_fault(name, whole):
    assert verified(whole, name, whole.data(name)) == []


WAY = {name: name for name in FORMATS} | {"page": "preview"}
"""The format that each is harmed like: the members' page is built as the preview is."""


def _nothing(*_: object) -> None:
    """Changes nothing."""


@pytest.mark.parametrize(
    ("name", "change"),
    [("pdf", damage.pdf), ("docx", damage.docx), ("preview", damage.html), ("page", damage.html)],
)
def test_opening_and_saving_does_no_damage(name, change, whole):
    assert verified(whole, name, change(whole.data(name), _nothing)) == []


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("thing", TAKEN)
def test_what_is_taken_is_named(thing, name, whole):
    check, words, ways = TAKEN[thing]
    damaged = ways[WAY[name]](whole.data(name))
    assert damaged != whole.data(name)
    found = verified(whole, name, damaged)
    named = [finding for finding in found if finding.check == check and words in finding.message]
    assert named, [(finding.check, finding.message) for finding in found]
    assert {finding.format for finding in found} == {name}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("thing", ["paragraph", "table row", "equation", "code", "list item", "one digit"])
def test_nothing_else_is_blamed(thing, name, whole):
    check, _, ways = TAKEN[thing]
    assert {finding.check for finding in verified(whole, name, ways[WAY[name]](whole.data(name)))} <= {
        check,
        name,
    }


@pytest.mark.parametrize("name", FORMATS)
def test_a_heading_at_another_level_is_named(name, whole):
    found = verified(whole, name, LEVEL_CHANGED[WAY[name]](whole.data(name)))
    assert any(
        f.check == "sections" and "Deepest of all" in f.message and "level 2" in f.message for f in found
    )


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "data", [b"", b"nothing of the kind", None], ids=["empty", "another file", "half of it"]
)
def test_a_file_that_is_none_is_full_of_errors(data, name, whole):
    if data is None:
        data = whole.data(name)[: len(whole.data(name)) // 2]
    assert len(verified(whole, name, data)) > 3


def test_a_page_that_was_taken_out_is_missed(tmp_path):
    text = "\n\n".join(f"The paragraph that is number {n} of many." for n in range(90))
    done = exported(tmp_path, text + "\n", ["pdf"])
    with pikepdf.open(io.BytesIO(done.data("pdf"))) as opened:
        assert len(opened.pages) > 1
        del opened.pages[1]
        out = io.BytesIO()
        opened.save(out)
    assert len([f for f in verified(done, "pdf", out.getvalue()) if f.check == "paragraphs"]) > 10
