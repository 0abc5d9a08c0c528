"""The promise: everything that a reader would miss is in the inventory, once, in order, with its place."""

from __future__ import annotations

import pytest
from tests.helpers import CITING, items, picture, resolved

from paperbuild import inventory
from paperbuild.model import OBJECT
from paperbuild.pandoc import ast

PAPER = (
    CITING
    + """\
# First *head* {#one}

See [@kelsen1957, p. 3]^[A note, with [a link](https://example.org/n).] and $x$.

- tight
- loose

  second

Term
:   meaning

> Quoted.

## Deeper

![A *cat*](cat.png){alt="It sleeps"}

An inline ![icon](cat.png) here.

| a | b |
|---|---|
| 1 | [@eco2015] |

: Numbers

```python
def f(x):
    return x
```

$$ y $$ {#eq:y}

[there](https://example.org) and [up](#one).
"""
)


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    return resolved(tmp_path_factory.mktemp("paper"), PAPER, "apa", {"cat.png": picture()})


def test_everything_is_told_once_and_in_order(paper):
    assert [(i.kind, i.text.replace("\u00a0", " ")) for i in inventory.promise(paper).items] == [
        ("section", "First head"),
        ("paragraph", f"See (Kelsen, 1957, p. 3) and {OBJECT}."),
        ("citation", "Kelsen, 1957, p. 3"),
        ("mark", "See (Kelsen, 1957, p. 3)"),
        ("note", "A note, with a link."),
        ("link", "a link"),
        ("equation", "x"),
        ("paragraph", "tight"),
        ("paragraph", "loose"),
        ("paragraph", "second"),
        ("paragraph", "Term"),
        ("paragraph", "meaning"),
        ("paragraph", "Quoted."),
        ("section", "Deeper"),
        ("figure", "Figure 1: A cat"),
        ("paragraph", f"An inline {OBJECT} here."),
        ("figure", ""),
        ("table", "Table 1: Numbers"),
        ("citation", "Eco, 2015"),
        ("code", "def f(x):\n    return x"),
        ("equation", "y"),
        ("paragraph", "there and up."),
        ("link", "there"),
        ("link", "up"),
        ("section", "References"),
        ("reference", "Eco, U. (2015). How to write a thesis. MIT Press."),
        ("reference", "Kelsen, H. (1957). Reine Rechtslehre. Deuticke."),
    ]


def test_places_sections_and_targets(paper):
    promised = inventory.promise(paper)
    places = [item.where for item in promised.of("section", "note", "table", "figure")]
    assert places[:4] == ["paper.md:5", "paper.md:7", "paper.md:19", "paper.md:21"]
    assert places[5] == "paper.md:29"
    assert [item.level for item in promised.of("section")] == [1, 2, 1]
    assert {item.section for item in promised.of("table", "code")} == {"Deeper"}
    assert [item.target for item in promised.of("figure")] == ["It sleeps", "icon"]
    assert [item.target for item in promised.of("equation")] == ["x", "y"]
    assert [item.rows for item in promised.of("table")] == [(("a", "b"), ("1", "(Eco, 2015)"))]


def test_every_place_that_a_link_can_reach_is_an_anchor(paper):
    anchors = inventory.promise(paper).anchors
    assert {"one", "deeper", "ref-kelsen1957", "ref-eco2015", "eq:y", "refs", "bibliography"} <= set(anchors)
    assert anchors["one"] == "First head"
    assert anchors["ref-eco2015"].startswith("Eco")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A paragraph with *markup* in it.", 3),
        ("A paragraph\nover two lines.", 3),
        ("# A heading of note", 3),
        ("A sentence.^[It has a note that says more.]", 3),
    ],
)
def test_an_item_is_found_again_in_the_source(text, line, tmp_path):
    document = resolved(tmp_path, f"First words.\n\n{text}\n")
    assert items(document, "paragraph", "section", "note")[-1].where == f"paper.md:{line}"


def test_the_second_of_two_equal_paragraphs_is_not_given_a_later_line_than_its_own(tmp_path):
    document = resolved(tmp_path, "The same.\n\nOther.\n\nThe same.\n")
    assert [item.where for item in items(document, "paragraph")][:2] == ["paper.md:1", "paper.md:3"]


def test_a_picture_that_is_missing_is_no_figure_but_its_caption_stays(tmp_path):
    document = resolved(tmp_path, "![A caption](none.png)\n")
    assert items(document, "figure") == []
    assert any("A caption" in item.text for item in items(document, "paragraph"))


def test_title_authors_and_language(tmp_path):
    document = resolved(
        tmp_path, "---\ntitle: A *title*\nauthor: [A, B]\nlang: fr\nabstract: Words.\n---\n\nText.\n"
    )
    promised = inventory.promise(document)
    assert (promised.title, promised.authors, promised.lang) == ("A title", ("A", "B"), "fr")
    assert [item.text for item in promised.items] == ["A title", "Words.", "Text."]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("one two three", 3),
        ("one^[not these words] two", 2),
        ("*one* `two` [three](https://x.org)", 3),
        ("- one\n- two\n- three", 3),
        ("| one | two |\n|---|---|\n| three | four |", 4),
        ("# one\n\ntwo", 2),
        ("书已经翻开", 5),
        ("", 0),
    ],
)
def test_words_are_counted_as_a_reader_counts_them(text, count, tmp_path):
    blocks = resolved(tmp_path, text + "\n\n***\n").blocks
    assert inventory.words(blocks) == count


def test_nothing_of_the_ast_is_forgotten(paper):
    told = " ".join(
        " ".join([item.text, *(cell for row in item.rows for cell in row), item.target])
        for item in inventory.promise(paper).items
    )
    strings = {node["c"] for node in ast.iterate(paper.blocks) if node["t"] == "Str"}
    # the equation's number, and the locator as it was typed, which stands in the citation beside its text
    assert {text for text in strings if text not in told} == {"(1)", "p.\u00a03"}


def test_a_heading_without_words_is_not_promised(tmp_path):
    assert [item.text for item in items(resolved(tmp_path, "# One\n\n#\n\nText.\n"), "section")] == ["One"]
