"""What is lost between parsing and the promise is told, with its line; what resolving changes is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.helpers import CITING, parsed

from paperbuild import csl
from paperbuild.resolve import resolve
from paperbuild.trace import lost_in_resolving

TEXT = f"""{CITING}# Beginnings {{#sec:one}}

A claim that stands [@kelsen1957, p. 3], in Section @sec:one.[^n]

[^n]: The note tells of walnuts.

$$ e = mc^2 $$ {{#eq:one}}

See \\ref{{tab:x}} and [](#sec:one), and Table @tbl:x.

| a | b |
|---|---|
| 1 | 2 |

: Numbers {{#tbl:x}}
"""


@pytest.fixture
def stages(tmp_path):
    document = parsed(tmp_path, TEXT)
    return document, resolve(document, csl.find_style("apa", folder=tmp_path, project=None))


def test_a_document_that_was_resolved_has_lost_nothing(stages):
    assert lost_in_resolving(*stages) == []


def test_words_that_the_resolved_document_lacks_are_told_with_their_line(stages):
    document, resolved = stages
    blocks = tuple(block for block in resolved.blocks if "walnuts" not in str(block))
    (finding,) = lost_in_resolving(document, replace(resolved, blocks=blocks))
    assert (finding.severity, finding.check, finding.stage) == ("error", "resolve", "resolve")
    assert "claim that stands" in finding.message
    assert "walnuts" in finding.message
    assert finding.where == "paper.md:7"


@pytest.mark.parametrize("lost", ["walnuts", "Numbers", "Beginnings", "mc"])
def test_a_word_is_missed_wherever_it_stood(lost, stages):
    document, resolved = stages
    blocks = eval(str(list(resolved.blocks)).replace(lost, ""))  # noqa: S307 - our own text
    (finding,) = lost_in_resolving(document, replace(resolved, blocks=tuple(blocks)))
    assert lost in finding.message
