"""No reference stands in a finished file as it was typed, unless a finding names it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.helpers import exported as of_text
from tests.helpers import picture
from tests.references.corpus import FORMATS, exported, left

CORPUS = Path(os.environ.get("PAPERBUILD_CORPUS", Path(__file__).parents[2].parent / "shared" / "corpus"))
FEW = ("tompollard-phd-template", "quarto-acm-template", "apaquarto-writing", "joss-bumbl")
"""Short ones, in four dialects."""

pytestmark = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not there"
)

TEXT = r"""
See [@fig:cat; @fig:dog], \cref{fig:cat}, \pageref{fig:dog}, {numref}`fig:cat`, \@ref(fig:cat).

![A cat](cat.png){#fig:cat}

![A dog](dog.png){#fig:dog}
"""


@pytest.fixture
def pictures() -> dict[str, bytes]:
    return {"cat.png": picture(), "dog.png": picture()}


def test_every_dialect_is_resolved_in_every_format(pictures, tmp_path):
    done = of_text(tmp_path, TEXT, FORMATS, files=pictures)
    assert list(left(done)) == []


def test_what_leads_nowhere_is_left_in_every_format_and_told(pictures, tmp_path):
    done = of_text(tmp_path, TEXT + "\nAnd @fig:none.\n", FORMATS, files=pictures)
    found = list(left(done))
    assert [one.format for one in found] == list(FORMATS)
    assert {(one.name, one.told) for one in found} == {("fig:none", True)}


def test_code_that_shows_how_to_refer_is_no_reference(tmp_path):
    done = of_text(tmp_path, "Type `@fig:x` or `\\ref{fig:x}`.\n\n    \\label{fig:y}\n", FORMATS)
    assert list(left(done)) == []


@pytest.mark.slow
@pytest.mark.skipif(
    not CORPUS.is_dir(), reason="no corpus here: PAPERBUILD_CORPUS names no folder that holds one"
)
@pytest.mark.parametrize("name", FEW)
def test_what_is_left_of_the_references_of_real_manuscripts_is_told(name, tmp_path):
    assert [one for one in left(exported(CORPUS / name, tmp_path)) if not one.told] == []
