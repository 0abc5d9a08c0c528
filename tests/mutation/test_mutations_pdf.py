"""Mutations of PDFs do what they say, to one thing, and leave a file that opens."""

from __future__ import annotations

import io
from random import Random

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from tests.helpers import exported
from tests.mutation.pdf import MUTATIONS
from tests.mutation.pdf_edit import Edit
from tests.mutation.pdf_paper import bare

PAPER = """\
---
title: The Whole of It
author: Ana Silva
lang: en-GB
toc: true
bibliography: refs.bib
---

# Beginnings

The opening paragraph is whole and tells of a zebra in the year 1848.

A claim that stands [@kelsen1957], and another [@eco2015, p. 7].[^n] See @fig:cat and @tbl:fruit.

[^n]: The note tells of walnuts.

A third paragraph tells of networks [@price1965] and of other things.[^m]

[^m]: Another note tells of hazelnuts.

## Deeper matters

See [the place](https://example.org/place) for more of it, and [the end of it all](#endings).

![A caption about marmots](cat.png){#fig:cat alt="A sleeping dormouse"}

![Another caption about badgers](dog.png){#fig:dog alt="A waking badger"}

## Tables and lists

| Fruit  | Count |
|:-------|------:|
| apples |    12 |
| pears  |     7 |
| plums  |    34 |

: Counts of fruit {#tbl:fruit}

A paragraph after the table tells of voles.

+-------+-------+
| Shared heading |
+=======+=======+
| moths | bees  |
+-------+-------+

$$ e = mc^2 $$

$$ a^2 + b^2 = c^2 $$

- an item about lemurs
- another item about geckos
- a third item about newts

# Endings

```python
def quokka(x):
    y = x + 1
    return y
```

A paragraph after the code tells of moles.

### Deepest of all

A last paragraph, about yaks.
"""


def _drawn(width: int, height: int, colour: str) -> bytes:
    """A picture with a stripe in it."""
    image = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(image).line((0, 0, width, height), "black", 9)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def paper(tmp_path_factory) -> bytes:
    """A paper with something of every kind, as PDF."""
    pictures = {"cat.png": _drawn(240, 120, "teal"), "dog.png": _drawn(200, 150, "orange")}
    return exported(tmp_path_factory.mktemp("paper"), PAPER, ["pdf"], files=pictures).data("pdf")


@pytest.fixture(scope="module")
def saved(paper) -> bytes:
    """The paper opened and saved without harm."""
    return Edit(paper, Random(1)).bytes_after()


def _read(data: bytes) -> str:
    """The letters and digits on all pages."""
    with pypdfium2.PdfDocument(data) as document:
        return bare("".join(page.get_textpage().get_text_bounded() for page in document))


@pytest.mark.parametrize("kind", MUTATIONS)
def test_a_mutation_harms_the_file_and_says_what(kind, paper, saved):
    mutant = MUTATIONS[kind](paper, Random(1))
    assert mutant is not None
    assert mutant.data != saved
    assert any(map(bare, mutant.words))
    with pikepdf.open(io.BytesIO(mutant.data)) as opened:
        pages = len(opened.pages)
    with pypdfium2.PdfDocument(mutant.data) as document:
        assert pages == len(document) > 0
        assert all(page.get_textpage() for page in document)
    assert MUTATIONS[kind](paper, Random(1)) == mutant


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", ["heading", "paragraph", "list item", "note", "reference", "row", "caption"])
def test_what_is_dropped_is_gone_and_what_is_duplicated_stands_twice(kind, seed, paper):
    for change, more in (("drop", -1), ("duplicate", 1)):
        mutant = MUTATIONS[f"{change} {kind}"](paper, Random(seed))
        assert mutant is not None
        said = bare(mutant.words[0])[:14]
        assert _read(mutant.data).count(said) == _read(paper).count(said) + more


@pytest.mark.parametrize("kind", ["paragraph", "heading", "note", "cell", "reference", "list item"])
def test_what_is_cut_short_has_lost_its_end_only(kind, paper):
    mutant = MUTATIONS[f"truncate {kind}"](paper, Random(2))
    assert mutant is not None
    before, after = _read(paper), _read(mutant.data)
    start = next(i for i, (one, two) in enumerate(zip(before, after, strict=False)) if one != two)
    assert after[start:] == before[start + len(before) - len(after) :]
    assert 0 < len(before) - len(after) < 20


@pytest.mark.parametrize("kind", [kind for kind in MUTATIONS if kind.startswith(("move", "swap"))])
def test_what_is_moved_is_still_there(kind, paper):
    mutant = MUTATIONS[kind](paper, Random(4))
    assert mutant is not None
    assert abs(len(_read(mutant.data)) - len(_read(paper))) <= 2  # a letter may lie over another
