"""The rules of the style manuals, read back from finished files; docs/layouts.md lists them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.layouts import paper, rules_apa7, rules_chicago, rules_mla9
from tests.layouts.pages import Pages
from tests.layouts.rule import Paper, Rule
from tests.layouts.words import Words

RULES = (*rules_apa7.RULES, *rules_mla9.RULES, *rules_chicago.RULES)
DOCUMENTED = Path(__file__).parents[2] / "docs" / "layouts.md"
by_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.identifier)


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> Callable[[str], Paper]:
    """The test paper in a layout, made once."""

    @cache
    def made(layout: str) -> Paper:
        done = paper.exported(tmp_path_factory.mktemp("paper"), layout)
        return Paper(Pages(done.data("pdf")), Words(done.data("docx")))

    return made


@by_rule
def test_the_pdf_follows(rule, papers):
    seen, wanted = rule.pdf(papers(rule.layout))
    assert seen == wanted, rule.requirement


@by_rule
def test_the_word_document_follows(rule, papers):
    seen, wanted = rule.word(papers(rule.layout))
    assert seen == wanted, rule.requirement


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
