"""The preview's cut: near the share asked for, between blocks, and nothing of the rest is left."""

from __future__ import annotations

import pytest
from tests.helpers import CITING, picture, plain, resolved, texts

from paperbuild.formats.preview.cut import cut
from paperbuild.inventory import promise, words
from paperbuild.pandoc import ast

TEN = " ".join(["word"] * 10)


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """A document of 40 paragraphs of ten words, in eight sections of five, with one word to each heading."""
    text = "\n\n".join(f"# Head{n}\n\n" + "\n\n".join([TEN] * 5) for n in range(8))
    return resolved(tmp_path_factory.mktemp("known"), text + "\n")


def parts(document, share, where="paragraph", references="visible"):
    return cut(document, share, where, references)


@pytest.mark.parametrize("percent", range(10, 100, 10))
@pytest.mark.parametrize("where", ["paragraph", "section"])
def test_the_share_shown_is_as_near_as_a_paragraph_or_section_allows(percent, where, known):
    found = parts(known, percent / 100, where)
    step = {"paragraph": 20 / 408, "section": 51 / 408}[where]
    assert abs(found.cut.share - percent / 100) <= step / 2 + 0.001
    assert found.cut.share == pytest.approx(words(found.shown.blocks) / 408)


@pytest.mark.parametrize("percent", range(3, 100, 7))
@pytest.mark.parametrize("where", ["paragraph", "section"])
def test_nothing_is_lost_and_nothing_is_in_both_parts(percent, where, known):
    found = parts(known, percent / 100, where)
    assert (*found.shown.blocks, *found.withheld.blocks) == known.blocks


@pytest.mark.parametrize("percent", range(1, 100, 3))
def test_a_heading_is_never_the_last_thing_shown(percent, known):
    found = parts(known, percent / 100)
    assert found.shown.blocks[-1]["t"] == "Para"
    assert found.withheld.blocks


@pytest.mark.parametrize(
    ("share", "where", "sections"),
    [
        (0.25, "section", 6),  # two of eight are shown whole
        (0.5, "section", 4),
        (0.30, "paragraph", 6),  # two are shown whole, the third in part: six can be read on
        (0.55, "paragraph", 4),
        (0.01, "paragraph", 8),
        (0.97, "paragraph", 1),
    ],
)
def test_the_sections_that_remain_are_counted(share, where, sections, known):
    assert parts(known, share, where).cut.sections == sections


def test_subsections_are_not_counted(tmp_path):
    text = "\n\n".join(f"# A{n}\n\n{TEN}\n\n## B{n}\n\n{TEN}" for n in range(4))
    assert parts(resolved(tmp_path, text), 0.5, "section").cut.sections == 2


@pytest.mark.parametrize("where", ["paragraph", "section"])
def test_everything_is_shown_where_everything_is_asked_for(where, known):
    found = parts(known, 1.0, where)
    assert found.shown == known
    assert found.withheld.blocks == ()
    assert (found.cut.share, found.cut.sections) == (1.0, 0)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99, 1.0])
@pytest.mark.parametrize("text", [TEN, f"# Head\n\n{TEN}", "", "# Head\n", f"# A\n\n# B\n\n{TEN}"])
def test_what_cannot_be_divided_is_shown_whole(text, share, tmp_path):
    document = resolved(tmp_path, (text or "<!-- nothing -->") + "\n")
    found = parts(document, share)
    assert found.shown.blocks == document.blocks
    assert found.withheld.blocks == ()
    assert found.cut.share == 1.0


def test_two_paragraphs_are_divided(tmp_path):
    found = parts(resolved(tmp_path, f"{TEN}\n\n{TEN}\n"), 0.1)
    assert len(found.shown.blocks) == 1
    assert found.cut.share == 0.5


def test_a_division_is_cut_within(tmp_path):
    inner = "\n\n".join(f"{TEN} {n}" for n in range(10))
    document = resolved(tmp_path, f"::: {{#all .chapter}}\n\n# Head\n\n{inner}\n\n:::\n")
    found = parts(document, 0.5)
    assert found.cut.share == pytest.approx(0.5, abs=0.06)
    assert {"all"} == {ast.identifier(node) for node in found.shown.blocks}
    assert texts(found.shown) + texts(found.withheld) == texts(document)


# -- references ------------------------------------------------------------------------------------------

CITED = f"{CITING}# One\n\n{TEN} [@kelsen1957].\n\n# Two\n\n{TEN} [@eco2015] [@price1965].\n\n# References\n"


@pytest.mark.parametrize(
    ("references", "shown"),
    [("visible", ["kelsen1957"]), ("all", ["eco2015", "kelsen1957", "price1965"]), ("count", [])],
)
def test_references_are_shown_as_asked(references, shown, tmp_path):
    document = resolved(tmp_path, CITED)
    found = parts(document, 0.5, "section", references)
    assert [reference.key for reference in found.shown.references] == shown
    assert [item.target for item in promise(found.shown).of("reference")] == [f"ref-{key}" for key in shown]
    held = {reference.key for reference in found.withheld.references}
    assert held == {"eco2015", "kelsen1957", "price1965"} - set(shown)
    headings = texts(found.shown, "section")
    assert headings == (["One", "References"] if shown else ["One"])


def test_a_reference_cited_in_the_abstract_a_note_or_a_caption_is_visible(tmp_path):
    front = CITING.replace("---\n\n", "abstract: From [@doe2001].\n---\n\n")
    text = f"{front}![Cat, see [@price1965]](cat.png)\n\n{TEN}^[See @kelsen1957.]\n\n{TEN} {TEN} [@eco2015]\n"
    found = parts(resolved(tmp_path, text, files={"cat.png": picture()}), 0.4)
    assert {reference.key for reference in found.shown.references} == {"doe2001", "price1965", "kelsen1957"}


def test_the_list_in_the_middle_is_no_part_of_the_count(tmp_path):
    text = f"{CITING}# One\n\n{TEN} [@kelsen1957].\n\n# Refs\n\n::: {{#refs}}\n:::\n\n# Appendix\n\n{TEN}\n"
    found = parts(resolved(tmp_path, text), 0.5, "section")
    assert texts(found.shown, "section") == ["One", "Refs"]
    assert texts(found.withheld, "section") == ["Appendix"]


# -- links -----------------------------------------------------------------------------------------------


def test_a_link_to_what_is_withheld_becomes_its_words(tmp_path):
    shown = f"# One {{#one}}\n\nSee [the end](#end), [here](#one) and [there](https://x.org).\n\n{TEN}"
    text = f"{shown}\n\n# End {{#end}}\n\n{TEN}\n"
    found = parts(resolved(tmp_path, text), 0.5)
    assert [item.target for item in promise(found.shown).of("link")] == ["#one", "https://x.org"]
    assert "See the end, here and there." in plain(found.shown.blocks)


def test_numbers_stay_those_of_the_whole_paper(tmp_path):
    figures = "\n\n".join(f"![Cat {n}](cat.png){{#fig:{n}}}\n\n{TEN}" for n in range(4))
    document = resolved(tmp_path, f"See @fig:3.\n\n{figures}\n", files={"cat.png": picture()})
    found = parts(document, 0.4)
    assert texts(found.shown)[0] == "See Figure 4."
    assert promise(found.shown).of("link") == ()
