"""Each kind of fault can be done to a Word document and a web page, and leaves a file that opens."""

from __future__ import annotations

import io
import zipfile
from random import Random

import pytest
from lxml import etree
from lxml import html as parser
from tests.helpers import exported, picture
from tests.mutation import docx, docx_zotero, html
from tests.mutation.docx_book import Docx
from tests.mutation.html_book import Html

PAPER = """\
---
title: The Whole of It
author: [Ana Silva, Ben Oduya]
lang: en-GB
bibliography: refs.bib
paperbuild: {preview: {show: 100%}}
---

# Beginnings

The opening paragraph is whole, tells of a zebra, and comes from the year 1848.[^a]

A claim that stands [@kelsen1957], and another [@eco2015, p. 7]; see also [Deeper matters](#deeper).

A third paragraph speaks of [the place](https://example.org/place) and of [@price1965] once more.[^b]

The fourth paragraph says nothing that the others did not say.

[^a]: The first note tells of walnuts.

[^b]: The second note tells of hazelnuts.

## Deeper matters {#deeper}

Energy is $e = mc^2$, and the circle has $a = \\pi r^2$, so @fig:cat and @fig:dog show.

![A caption about marmots](cat.png){#fig:cat alt="A sleeping dormouse"}

![Another about badgers](dog.jpg){#fig:dog alt="A badger that digs"}

| Fruit  | Count |
|:-------|------:|
| apples |    12 |
| pears  |     7 |

: Counts of fruit

The table of animals comes behind this paragraph.

+--------+-------+-------+
| Animal | Legs          |
|        +-------+-------+
|        | front | back  |
+========+=======+=======+
| horse  | two   | both  |
+--------+-------+-------+

: Counts of legs

## Further matters

```python
def quokka(one):
    two = one + one
    return two * one
```

- an item about lemurs
- another item about ibexes

> A quotation about ocelots.

# Endings

A last paragraph, about yaks.
"""
MUTATIONS = {
    **{("docx", kind): mutation for kind, mutation in docx.MUTATIONS.items()},
    **{("preview", kind): mutation for kind, mutation in html.MUTATIONS.items()},
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The paper's files, by format."""
    folder = tmp_path_factory.mktemp("whole")
    files = {"cat.png": picture(400, 300), "dog.jpg": picture(300, 300, "JPEG")}
    done = exported(folder, PAPER, ["docx", "preview"], files=files)
    live = PAPER.replace("paperbuild: {", "paperbuild: {docx: {citations: zotero}, ")
    fields = exported(folder, live, ["docx"], files=files)
    return {"live": fields.data("docx"), **{name: done.data(name) for name in ("docx", "preview")}}


def of(kind: str, name: str) -> str:
    """Which of the files a kind of fault is for: some are for fields that Zotero sets anew."""
    return "live" if kind in docx_zotero.FAULTS else name


def content(name: str, data: bytes) -> list[bytes]:
    """A file's parts, XML in one spelling; raises where it does not open."""
    if name == "preview":
        return [etree.tostring(parser.document_fromstring(data.decode()), method="c14n")]
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts = {one: opened.read(one) for one in sorted(opened.namelist())}
    assert "word/document.xml" in parts
    return [
        etree.tostring(etree.fromstring(part), method="c14n") if one.endswith((".xml", ".rels")) else part
        for one, part in parts.items()
    ]


@pytest.mark.parametrize(("name", "kind"), MUTATIONS)
def test_every_kind_of_fault_harms_a_file_that_still_opens(name, kind, whole):
    intact = whole[of(kind, name)]
    mutant = MUTATIONS[name, kind](intact, Random(7))
    assert mutant is not None
    assert mutant.words
    assert all(word.strip() for word in mutant.words)
    untouched = {"docx": Docx, "preview": Html}[name](intact).saved()
    assert content(name, mutant.data) != content(name, untouched)


@pytest.mark.parametrize(("name", "kind"), MUTATIONS)
def test_the_same_seed_does_the_same_harm(name, kind, whole):
    intact = whole[of(kind, name)]
    assert MUTATIONS[name, kind](intact, Random(3)) == MUTATIONS[name, kind](intact, Random(3))


@pytest.mark.parametrize(("name", "opened"), [("docx", Docx), ("preview", Html)])
def test_opening_and_saving_changes_nothing_that_is_read(name, opened, whole):
    once = opened(whole[name]).saved()
    assert opened(once).saved() == once
    for kind in ("paragraphs", "headings", "items", "notes", "references", "cells", "codes", "captions"):
        before, after = ([thing.words for thing in opened(data).things(kind)] for data in (whole[name], once))
        assert before == after
        assert before
