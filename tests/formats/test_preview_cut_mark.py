"""The author's mark: it wins over every amount, nothing behind it is shown, and nothing of it is anywhere."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.helpers import CITING, errors, exported, only, parsed, picture, plain, resolved, texts

from paperbuild.config import FORMATS, Amount
from paperbuild.formats.preview.cut import cut
from paperbuild.inventory import promise
from paperbuild.pandoc import ast
from paperbuild.paywall import is_mark, unmarked, without_marks

MARK = "<!-- paywall -->"
TEN = " ".join(["word"] * 9) + " end."


MOST = Amount(0.9)


def marked(tmp_path, text, amount=MOST, where="paragraph", files=None):
    document = resolved(tmp_path, text + "\n", files=files)
    found = cut(document, amount, where, "visible")
    assert not [node for node in ast.iterate([found.shown.blocks, found.withheld.blocks]) if is_mark(node)]
    return found


@pytest.mark.parametrize("amount", [Amount(1.0), Amount(0.01), Amount(1, "words"), Amount(9, "sections")])
@pytest.mark.parametrize("where", ["section", "paragraph", "sentence"])
@pytest.mark.parametrize(
    "text",
    [
        f"# A\n\nOne is here. Two.\n\n{MARK}\n\nThree.\n\n# B\n\nFour.",
        "# A\n\nOne is here. Two.\n\n::: paywall\nThree.\n\n# B\n\nFour.\n:::",
        "# A\n\nOne is here. Two.\n\n::: {.paywall #members}\nThree.\n:::\n\n# B\n\nFour.",
        f"# A\n\nOne is here. Two. {MARK}\n\nThree.\n\n# B\n\nFour.",
        f"# A\n\nOne is here. Two.\n\n{MARK} Three.\n\n# B\n\nFour.",
        f"::: chapter\n# A\n\nOne is here. Two.\n\n{MARK}\n\nThree.\n\n# B\n:::\n\nFour.",
        f"::: one\n# A\n\nOne is here. Two.\n:::\n\n***\n\n{MARK}\n\n::: two\nThree.\n\n# B\n\nFour.\n:::",
    ],
)
def test_the_cut_falls_at_the_mark(text, amount, where, tmp_path):
    found = marked(tmp_path, text, amount, where)
    assert plain(found.shown.blocks) == "A One is here. Two."
    assert plain(found.withheld.blocks) == "Three. B Four."
    assert found.findings == ()
    assert found.cut.share == pytest.approx(5 / 8)
    assert (found.cut.sections, found.cut.outline) == (2, ((1, "B"),))


def test_within_a_paragraph_the_cut_falls_where_the_mark_is(tmp_path):
    found = marked(tmp_path, f"# A\n\nThe murderer was {MARK} the butler.\n\n{TEN}")
    assert texts(found.shown) == ["The murderer was"]
    assert texts(found.withheld)[0] == "the butler."
    assert found.findings == ()
    assert found.cut.sections == 1


@pytest.mark.parametrize(
    ("text", "shown", "inside"),
    [
        (f"A is here. B is.^[A note {MARK} here.] C is.", "First. A is here.", "in a note"),
        (f"A is here. B *is {MARK} C* is.", "First. A is here.", "in other markup"),
        (f"A is here. [B {MARK} is](https://x.org) C is.", "First. A is here.", "in a link"),
        (f'A is here. "B is {MARK} here." C is.', "First. A is here.", "in a quotation"),
        (f"A is *in {MARK} here*. B is.", "First.", "in other markup"),
        (f"- one\n- two\n\n  {MARK}\n\n  three", "First.", "in a list"),
        (f"1. one {MARK} two", "First.", "in a list"),
        (f"Term\n\n:   one {MARK} two", "First.", "in a list"),
        (f"> one\n>\n> {MARK}\n>\n> two", "First.", "in a quotation"),
        (f"| a | b |\n|---|---|\n| c {MARK} | d |", "First.", "in a table"),
        (f"<table><tr><td>a {MARK} b</td></tr></table>", "First.", "in a table"),
        (f"![A cat {MARK} sits](cat.png)", "First.", "in a figure"),
        (f"| one {MARK} two\n| three", "First.", "in verses"),
        (f"::: callout-note\none\n\n{MARK}\n\ntwo\n:::", "First.", "in a box"),
        (f"# Head {MARK} ing\n\nText.", "First.", "in a heading"),
        (f"# Heading\n\n{MARK}\n\nText.", "First.", "directly after a heading"),
        ("# Heading\n\n***\n\n## Second\n\n::: paywall\nText.\n:::", "First.", "directly after a heading"),
    ],
)
def test_a_mark_where_no_cut_may_fall_goes_before(text, shown, inside, tmp_path):
    found = marked(tmp_path, f"First.\n\n{text}\n\nLast.", files={"cat.png": picture()})
    assert plain(found.shown.blocks) == shown
    assert plain(found.withheld.blocks).endswith("Last.")
    warning = only(found.findings, "preview")
    assert (warning.severity, warning.format) == ("warning", "preview")
    assert f"stands {inside}, where no cut may fall: the preview ends before it" in warning.message
    line = f"First.\n\n{text}".split(MARK if MARK in text else "::: paywall")[0].count("\n") + 1
    assert warning.where == f"paper.md:{line}"


@pytest.mark.parametrize(
    "text", [f"{MARK}\n\n{TEN}", f"# Head\n\n{MARK}\n\n{TEN}", f"- a {MARK}\n\n{TEN}", f"*a {MARK} b* {TEN}"]
)
def test_nothing_is_shown_where_the_mark_is_before_all(text, tmp_path):
    found = marked(tmp_path, text)
    assert found.shown.blocks == ()
    assert plain(found.withheld.blocks).endswith("end.")
    assert "nothing of the text is shown" in only(found.findings, "preview").message
    assert found.cut.percent == 0


@pytest.mark.parametrize("label", ["", "{#fig:x}"])
@pytest.mark.parametrize("before", ["", "Words. "])
def test_a_mark_in_the_description_of_a_missing_picture_shows_nothing_of_it(before, label, tmp_path):
    found = marked(tmp_path, f"First.\n\n{before}![It is {MARK} zirconium](none.png){label}\n\nLast.")
    assert "zirconium" not in plain(found.shown.blocks)
    assert plain(found.withheld.blocks).endswith("Last.")
    assert not [finding for finding in found.findings if "there are" in finding.message]


@pytest.mark.parametrize(
    "place", ["title: A <!-- paywall --> title", "abstract: An <!-- paywall --> abstract"]
)
def test_a_mark_in_the_front_withholds_all_of_the_body(place, tmp_path):
    found = marked(tmp_path, f"---\n{place}\n---\n\n{TEN}\n\n{TEN}")
    assert found.shown.blocks == ()
    assert plain([*found.shown.front.title, *found.shown.front.abstract]) in {"A title", "An abstract"}
    assert "in the title or abstract" in only(found.findings, "preview").message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"One is.\n\nTwo is. Three is.\n\n{MARK}", "One is."),
        (f"One is.\n\nTwo is. Three is. {MARK}", "One is."),
        (f"One is. Two is. Three is.\n\n{MARK}", "One is. Two is."),
        (f"One is.\n\nTwo is.\n\n{MARK}\n\n# References\n\n::: {{#refs}}\n:::", "One is."),
        (f"One is.\n\nTwo is.\n\n# References {MARK}\n\n::: {{#refs}}\n:::", "One is."),
    ],
)
def test_something_is_withheld_where_nothing_follows_the_mark(text, shown, tmp_path):
    found = marked(tmp_path, text)
    assert plain(found.shown.blocks) == shown
    assert "at the end of the text" in only(found.findings, "preview").message


def test_one_sentence_with_a_mark_at_its_end_is_shown_and_told(tmp_path):
    found = marked(tmp_path, f"{TEN}\n\n{MARK}")
    assert plain(found.shown.blocks) == TEN
    assert "all of it is shown" in only(found.findings, "preview").message


def test_of_several_marks_the_first_counts(tmp_path):
    found = marked(tmp_path, f"One.\n\n{MARK}\n\nTwo.\n\n::: paywall\nThree.\n:::\n\nFour {MARK} five.")
    assert plain(found.shown.blocks) == "One."
    assert plain(found.withheld.blocks) == "Two. Three. Four five."
    told = only(found.findings, "preview")
    assert (told.severity, told.where) == ("warning", "paper.md:3")
    assert "3 paywall marks" in told.message
    assert "paper.md:7, paper.md:11" in told.message


def test_what_only_looks_like_a_mark_is_none(tmp_path):
    document = resolved(
        tmp_path, f"One.\n\n```\n{MARK}\n```\n\n`{MARK}` <!-- no paywall -->\n\n::: paywalled\nTwo.\n:::\n"
    )
    assert without_marks(document) is document
    assert len(cut(document, Amount(0.01), "paragraph", "visible").shown.blocks) == 1


# -- nothing of the mark is anywhere ---------------------------------------------------------------------

PARAGRAPHS = (
    "One is here.\n\n{}\n\nTwo is {} here.\n\n- item {}\n\n# Head {}\n\n| a {} | b |\n|---|---|\n| c | d |"
)


def test_nodes_without_marks_are_as_if_nobody_had_marked_them(tmp_path):
    marks = [PARAGRAPHS.replace("{}", mark) for mark in (MARK, "")]
    one, other = (parsed(tmp_path, text + "\n").blocks for text in marks)
    assert unmarked(one) == list(other)


@pytest.mark.slow
def test_no_format_shows_anything_of_a_mark(tmp_path):
    """The same paper, marked and not marked: the same pages, the same Word document."""
    front = CITING.replace("---\n\n", "title: Paper\n---\n\n")
    body = f"{front}{PARAGRAPHS}\n\n::: paywall\nThree is here [@eco2015].\n:::\n"
    bare = f"{front}{PARAGRAPHS.replace('{}', '')}\n\nThree is here [@eco2015].\n"
    one = exported(tmp_path / "one", body.replace("{}", MARK), FORMATS)
    other = exported(tmp_path / "other", bare, FORMATS)
    assert errors(one.report.findings) == []
    assert [line for line in one.report.comparisons if line.found != line.promised] == []
    for name in ("pdf", "docx", "page"):
        assert one.observed(name).items == other.observed(name).items
    words = [
        zipfile.ZipFile(io.BytesIO(each.data("docx"))).read("word/document.xml") for each in (one, other)
    ]
    assert words[0] == words[1]
    assert b'class="paywall"' not in one.data("page") + one.data("preview")
    assert promise(one.plan.document).count("paragraph") == promise(other.plan.document).count("paragraph")
    assert "Two is" not in one.data("preview").decode()
