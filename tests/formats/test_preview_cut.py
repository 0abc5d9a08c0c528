"""The preview's cut: near the share asked for, between blocks, and nothing of the rest is left."""

from __future__ import annotations

import pytest
from tests.helpers import CITING, only, picture, plain, resolved, texts

from paperbuild.config import Amount
from paperbuild.formats.preview.cut import cut
from paperbuild.inventory import promise, words
from paperbuild.pandoc import ast

TEN = " ".join(["word"] * 10)


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """A document of 40 paragraphs of ten words, in eight sections of five, with one word to each heading."""
    text = "\n\n".join(f"# Head{n}\n\n" + "\n\n".join([TEN] * 5) for n in range(8))
    return resolved(tmp_path_factory.mktemp("known"), text + "\n")


def amounted(document, number, unit, where="paragraph"):
    return cut(document, Amount(number, unit), where, "visible")


def parts(document, share, where="paragraph", references="visible"):
    return cut(document, Amount(share), where, references)


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
    warned = [(finding.severity, "shows all of it" in finding.message) for finding in found.findings]
    assert warned == ([("warning", True)] if share < 1 and TEN in text else [])


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


@pytest.mark.parametrize("kind", [".callout-note", "#fig-box", "#tbl:box", ".listing"])
def test_a_box_is_not_cut_within(kind, tmp_path):
    inner = "\n\n".join([TEN] * 6)
    document = resolved(tmp_path, f"{TEN}\n\n::: {{{kind}}}\n\n{inner}\n\n:::\n\n{TEN}\n\n{TEN}\n")
    assert {len(parts(document, share / 10).shown.blocks) for share in range(1, 10)} == {1, 2, 3}


def test_sections_in_divisions_end_with_them(tmp_path):
    text = "\n\n".join(f"::: {{.chapter}}\n\n# Head {n}\n\n{TEN}\n\n{TEN}\n\n:::" for n in range(4))
    found = parts(resolved(tmp_path, text + "\n"), 0.5, "section")
    assert texts(found.shown, "section") == ["Head 0", "Head 1"]
    assert found.cut.sections == 2
    assert not [node for node in found.shown.blocks if not node["c"][1]]  # no empty Div is left


def test_a_rule_or_page_break_before_the_cut_is_not_shown(tmp_path):
    text = f"# A\n\n***\n\n{TEN}\n\n***\n\n\\newpage\n\n# B\n\n{TEN}\n"
    found = parts(resolved(tmp_path, text), 0.5)
    assert found.shown.blocks[-1]["t"] == "Para"
    assert found.cut.sections == 1
    assert len(parts(resolved(tmp_path, text), 0.01).shown.blocks) == 3  # not after the rule below a heading


# -- counts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "shown"), [(1, 11), (15, 11), (24, 21), (100, 102), (402, 398)])
def test_words_are_shown_to_the_nearest_place(number, shown, known):
    assert len(plain(amounted(known, number, "words").shown.blocks).split()) == shown


@pytest.mark.parametrize("number", [1, 2, 7, 39])
def test_paragraphs_are_counted(number, known):
    found = amounted(known, number, "paragraphs", "section")
    assert len(promise(found.shown).of("paragraph")) == number
    assert found.shown.blocks[-1]["t"] == "Para"
    assert found.findings == ()


def test_a_list_table_figure_or_quotation_is_no_paragraph(tmp_path):
    table = "| a | b |\n|---|---|\n| c | d |"
    others = f"- item\n\n{table}\n\n> quoted\n\n![Cat](cat.png)\n\n$$x$$\n\n```\ncode\n```"
    text = f"One.\n\n{others}\n\nTwo.\n\n- more\n\nThree.\n"
    document = resolved(tmp_path, text, files={"cat.png": picture()})
    found = amounted(document, 2, "paragraphs")
    assert plain(found.shown.blocks).endswith("Two.")
    assert plain(found.withheld.blocks).startswith("more")


@pytest.mark.parametrize("number", [1, 3, 7])
def test_sections_are_counted(number, known):
    found = amounted(known, number, "sections")
    assert texts(found.shown, "section") == [f"Head{n}" for n in range(number)]
    assert len(promise(found.shown).of("paragraph")) == 5 * number
    assert (found.cut.sections, found.findings) == (8 - number, ())


def test_what_stands_before_the_first_section_is_shown_with_it(tmp_path):
    found = amounted(resolved(tmp_path, f"{TEN}\n\n# A\n\n{TEN}\n\n# B\n\n{TEN}\n"), 1, "sections")
    assert (texts(found.shown), texts(found.shown, "section")) == ([TEN, TEN], ["A"])


def test_a_title_as_the_only_first_heading_is_no_section(tmp_path):
    text = f"# Title\n\n{TEN}\n\n" + "\n\n".join(f"## S{n}\n\n{TEN}" for n in range(4))
    found = amounted(resolved(tmp_path, text), 2, "sections")
    assert texts(found.shown, "section") == ["Title", "S0", "S1"]
    assert found.cut.sections == 2


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (8, "sections", "was to show 8 sections, and the paper has 8: it shows 7 of them"),
        (99, "sections", "has 8"),
        (40, "paragraphs", "was to show 40 paragraphs, and the paper has 40: it shows 39 of them"),
        (408, "words", "was to show 408 words, and the paper has 408: it shows 398 of them"),
        (9000, "words", "has 408"),
    ],
)
def test_a_count_that_is_too_high_leaves_something(number, unit, said, known):
    found = amounted(known, number, unit)
    assert found.cut.sections == 1
    assert found.withheld.blocks
    warning = only(found.findings, "preview")
    assert (warning.severity, warning.format) == ("warning", "preview")
    assert said in warning.message


@pytest.mark.parametrize("unit", ["sections", "paragraphs", "words"])
def test_a_count_too_high_leaves_a_sentence_of_a_paragraph(unit, tmp_path):
    found = amounted(resolved(tmp_path, "One is here. Two is here. Three is here.\n"), 500, unit)
    assert texts(found.shown) == ["One is here. Two is here."]
    assert [finding.severity for finding in found.findings if "was to show" in finding.message] == ["warning"]


@pytest.mark.parametrize("unit", ["share", "words", "paragraphs", "sections"])
def test_nothing_is_shown_where_nothing_is_asked_for(unit, known):
    found = amounted(known, 0, unit)
    assert found.shown.blocks == ()
    assert found.withheld.blocks == known.blocks
    assert (found.cut.share, found.cut.sections) == (0, 8)


# -- what is said of a cut -------------------------------------------------------------------------------

LONG = " ".join(["word"] * 100)


@pytest.mark.parametrize(
    ("share", "severity"), [(0.5, None), (0.46, None), (0.42, "info"), (0.36, "info"), (0.3, "warning")]
)
def test_a_cut_far_from_the_share_is_told(share, severity, tmp_path):
    found = parts(resolved(tmp_path, f"{LONG}\n\n{LONG}\n"), share)
    assert found.cut.share == 0.5
    assert [finding.severity for finding in found.findings] == ([severity] if severity else [])


def test_the_nearest_places_are_told(tmp_path):
    sentences = " ".join(["This is a sentence of seven words."] * 20)
    text = f"# A\n\n{sentences}\n\nEnd.\n\n# B\n\n{sentences}\n\n# C\n\n{sentences}\n"
    found = parts(resolved(tmp_path, text), 0.49, "section")
    told = only(found.findings, "preview")
    assert "shows 33% of the text instead of 49%" in told.message
    assert "after 33% of the text and after 67% of the text" in told.hint
    assert "with preview.cut: sentence the preview would show 49% of the text" in told.hint
    assert told.where == "paper.md:5"


def test_a_paper_without_sections_ends_with_a_paragraph_and_says_so(tmp_path):
    found = parts(resolved(tmp_path, "\n\n".join([TEN] * 10)), 0.5, "section")
    assert len(found.shown.blocks) == 5
    assert "no section ends" in only(found.findings, "preview").message


def test_a_paper_of_one_paragraph_ends_with_a_sentence_and_says_so(tmp_path):
    found = parts(resolved(tmp_path, "One is here. Two is here.\n"), 0.5)
    assert texts(found.shown) == ["One is here."]
    assert "no paragraph ends" in only(found.findings, "preview").message


# -- what each part holds --------------------------------------------------------------------------------


def test_each_part_holds_its_own_pictures_and_formulas(tmp_path):
    one = f"![](a.png) $x^2$ {TEN}^[Note $n$ and ![](note.png).]\n\n![](both.png) $y$ {TEN}"
    two = f"![](b.png) $z^3$ {TEN}^[Note $m$.]\n\n![](both.png) $y$ {TEN}"
    names = {name: picture(10 + n, 10) for n, name in enumerate(["a.png", "b.png", "both.png", "note.png"])}
    found = parts(resolved(tmp_path, f"# A\n\n{one}\n\n# B\n\n{two}\n", files=names), 0.5, "section")
    assert set(found.shown.images) == {"a.png", "both.png", "note.png"}
    assert set(found.withheld.images) == {"b.png"}
    assert {key.split(" ", 1)[1] for key in found.shown.mathml} == {"x^2", "y", "n"}
    assert {key.split(" ", 1)[1] for key in found.withheld.mathml} == {"z^3", "m"}
    assert (found.shown.sources, found.shown.findings) == ((), ())


def test_the_front_keeps_its_pictures_and_loses_dead_links(tmp_path):
    abstract = "As [there](#end), [here](#one), $a$, ![](a.png)."
    front = f"---\ntitle: See [the end](#end)\nabstract: |\n  {abstract}\n---\n\n"
    text = (
        f"{front}# One {{#one}}\n\n{TEN}^[See [the end](#end).]\n\n# End {{#end}}\n\n{TEN} $a$ ![](a.png)\n"
    )
    found = parts(resolved(tmp_path, text, files={"a.png": picture()}), 0.5)
    assert [item.target for item in promise(found.shown).of("link")] == ["#one"]
    assert plain(found.shown.front.title) == "See the end"
    assert texts(found.shown, "note") == ["See the end."]
    assert set(found.shown.images) == {"a.png"}
    assert found.withheld.images == {}
    assert len(found.shown.mathml) == 1


def test_titles_of_withheld_sections_and_the_length_are_told(tmp_path):
    text = "\n\n".join(f"# A{n}\n\n{TEN}\n\n## B *{n}*^[Note.]\n\n{TEN}" for n in range(3))
    found = parts(resolved(tmp_path, text), 0.5)
    assert found.cut.outline == ((2, "B 1"), (1, "A2"), (2, "B 2"))
    assert found.cut.sections == 2


def test_a_list_of_references_within_a_division_is_no_part_of_the_count(tmp_path):
    text = f"{CITING}# One\n\n{TEN} [@eco2015].\n\n::: box\n\n::: {{#refs}}\n:::\n\n:::\n\n# Two\n\n{TEN}\n"
    found = parts(resolved(tmp_path, text), 0.5, references="count")
    assert texts(found.shown) == [f"{TEN} (Eco 2015)."]
    assert promise(found.shown).of("reference") == ()


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


def test_citations_in_notes_decide_what_is_visible(tmp_path):
    text = f"{CITING}# One\n\n{TEN} [@kelsen1957].\n\n# Two\n\n{TEN} [@eco2015].\n"
    document = resolved(tmp_path, text, "chicago-notes-bibliography")
    found = parts(document, 0.5, "section")
    assert len(promise(found.shown).of("note")) == 1
    assert [reference.key for reference in found.shown.references] == ["kelsen1957"]


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
