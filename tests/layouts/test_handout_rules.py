"""The rules of handouts, measured in the finished PDF and the finished Word document;
docs/layouts-handout.md lists them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tests.helpers import export, manuscript
from tests.layouts import breach
from tests.layouts.handouts import PAPER, opened
from tests.layouts.rules_handout import RULES

from paperbuild.pipeline import Job

DOCUMENTED = Path(__file__).parents[2] / "docs" / "layouts-handout.md"
by_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def job(folder, layout):
    """The paper for a class, laid into a folder."""
    return Job(manuscript(folder, PAPER), formats=("pdf", "docx"), layout=layout, out=folder / "dist")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Handouts by their layout, each made once."""

    @cache
    def get(layout):
        result = opened(export(job(tmp_path_factory.mktemp("handout"), layout)))
        assert result.export.report.ok, result.export.report.findings
        return result

    return get


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """Handouts that break the rules of a layout that are broken together."""

    @cache
    def get(layout, build):
        together = [one.breach for one in RULES if (one.layout, one.breach.build) == (layout, build)]
        return opened(breach.broken(job(tmp_path_factory.mktemp("broken"), layout), together))

    return get


@by_rule
def test_the_pdf_follows(rule, made):
    seen, wanted = rule.pdf(made(rule.layout))
    assert seen == wanted, rule.requirement


@by_rule
def test_the_word_document_follows(rule, made):
    seen, wanted = rule.word(made(rule.layout))
    assert seen == wanted, rule.requirement


@pytest.mark.slow
@by_rule
def test_a_breach_is_noticed_in_the_pdf(rule, broken):
    seen, wanted = rule.pdf(broken(rule.layout, rule.breach.build))
    assert seen != wanted, f"the check of {rule.requirement!r} can't fail"


@pytest.mark.slow
@by_rule
def test_a_breach_is_noticed_in_the_word_document(rule, broken):
    seen, wanted = rule.word(broken(rule.layout, rule.breach.build))
    assert seen != wanted, f"the check of {rule.requirement!r} can't fail"


def test_the_documentation_lists_each_rule_and_no_other():
    listed = [line for line in DOCUMENTED.read_text("utf-8").splitlines() if line.startswith("| ")]
    rows = listed[listed.index("| rule | requirement | source |") + 1 :]
    assert rows == [f"| {one.name} | {one.requirement} | {one.source} |" for one in RULES]
