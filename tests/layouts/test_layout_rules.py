"""The rules of the style manuals, read back from finished files; docs/layouts.md lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests import helpers
from tests.layouts import breach, paper, rules_apa7, rules_chicago, rules_mla9
from tests.layouts.pages import Pages
from tests.layouts.rule import Paper, Rule
from tests.layouts.words import Words

RULES = (*rules_apa7.RULES, *rules_mla9.RULES, *rules_chicago.RULES)
REPLACED = {**rules_apa7.REPLACED, **rules_chicago.REPLACED}
REPLACED |= {f"{name}+a4": ("paper",) for name in ("apa7", "mla9", "chicago", *REPLACED)}
STRAYED = {
    ("apa7+a4", "footnotes"),
    ("apa7+professional+a4", "footnotes"),
    ("chicago+a4", "notes apart"),
    ("chicago+a4", "notes on their page"),
    ("chicago+first-page-title", "notes on their page"),
    ("chicago+first-page-title+a4", "headings apart"),
    ("chicago+first-page-title+a4", "headings with text"),
    ("chicago+first-page-title+a4", "notes apart"),
    ("chicago+first-page-title+a4", "notes on their page"),
}
"""Known failures: notes that WeasyPrint puts on a later page than their mark, and a heading that a page break
made for their sake parts from its paragraph. A row that starts to pass must leave this list."""


def holding(layout: str) -> list[Rule]:
    """The rules of a layout: those of a variant, and what they do not replace."""
    below = kept(layout) if "+" in layout else []
    return [*below, *(rule for rule in RULES if rule.layout == layout)]


def kept(layout: str) -> list[Rule]:
    """The rules that a variant takes over from what it is laid over."""
    return [rule for rule in holding(layout.rpartition("+")[0]) if rule.name not in REPLACED[layout]]


def beside() -> Iterator[Any]:
    """Each variant with each rule that holds beside it."""
    for layout in REPLACED:
        for rule in kept(layout):
            known = [pytest.mark.xfail(strict=True)] if (layout, rule.name) in STRAYED else []
            yield pytest.param(layout, rule, marks=known, id=f"{layout}: {rule.name}")


DOCUMENTED = Path(__file__).parents[2] / "docs" / "layouts.md"
by_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.identifier)


def opened(done: helpers.Exported) -> Paper:
    """What an export made, opened."""
    return Paper(Pages(done.data("pdf")), Words(done.data("docx")), done.data("docx"))


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> Callable[[str], Paper]:
    """The test paper in a layout, made once."""

    @cache
    def made(layout: str) -> Paper:
        return opened(helpers.export(paper.job(tmp_path_factory.mktemp("paper"), layout)))

    return made


@pytest.fixture(scope="module")
def broken(tmp_path_factory, papers) -> Callable[[Rule], Paper]:
    """The test paper as it breaks a rule, made once for all rules that are broken together."""

    @cache
    def made(layout: str, build: int) -> Paper:
        together = [one.breach for one in RULES if (one.layout, one.breach.build) == (layout, build)]
        return opened(breach.broken(paper.job(tmp_path_factory.mktemp("broken"), layout), together))

    def get(rule: Rule) -> Paper:
        done, change = made(rule.layout, rule.breach.build), rule.breach.word
        if change is None:
            return done
        return replace(done, word=Words(breach.changed(papers(rule.layout).docx, change)))

    return get


@by_rule
def test_the_pdf_follows(rule, papers):
    seen, wanted = rule.pdf(papers(rule.layout))
    assert seen == wanted, rule.requirement


@by_rule
def test_the_word_document_follows(rule, papers):
    seen, wanted = rule.word(papers(rule.layout))
    assert seen == wanted, rule.requirement


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "rule"), beside())
def test_a_rule_holds_beside_a_variant(layout, rule, papers):
    for check in (rule.pdf, rule.word):
        seen, wanted = check(papers(layout))
        assert seen == wanted, rule.requirement


@pytest.mark.parametrize("layout", [name for name in REPLACED if name.endswith("+a4")])
def test_the_european_sheet_is_a4(layout, papers):
    made = papers(layout)
    width, height = made.pdf.sizes[0]
    assert (round(width), round(height)) == (595, 842)
    assert (round(made.word.section("pgSz", "w")), round(made.word.section("pgSz", "h"))) == (595, 842)


@pytest.mark.slow
@by_rule
def test_a_breach_is_noticed_in_the_pdf(rule, broken):
    seen, wanted = rule.pdf(broken(rule))
    assert seen != wanted, f"the check of {rule.requirement!r} can't fail"


@pytest.mark.slow
@by_rule
def test_a_breach_is_noticed_in_the_word_document(rule, broken):
    seen, wanted = rule.word(broken(rule))
    assert seen != wanted, f"the check of {rule.requirement!r} can't fail"


def row(rule: Rule) -> str:
    """A rule's row in the documentation."""
    return f"| {rule.name} | {rule.requirement} | {rule.source} |"


@pytest.mark.parametrize("layout", sorted({rule.layout for rule in RULES}))
def test_the_documentation_lists_each_rule_and_no_other(layout):
    _, _, below = DOCUMENTED.read_text("utf-8").partition(f"## Rules of {layout}\n")
    listed = below.partition("\n## ")[0].splitlines()
    rows = [line for line in listed if line.startswith("| ") and not line.startswith("| rule |")]
    assert rows == [row(rule) for rule in RULES if rule.layout == layout]


def test_no_two_rules_have_one_name():
    names = [rule.identifier for rule in RULES]
    assert len(names) == len(set(names))
