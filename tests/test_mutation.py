"""The trial, on a manuscript of the project's own and on real ones: every fault is told, and names the thing.

``make trial ARGS="MANUSCRIPT ..."`` runs it on any others, and prints a table.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from tests.mutation import docx_zotero
from tests.mutation.trial import Whole, kinds, mutations, tried, wholes

from paperbuild.config import USUAL_FORMATS

PROJECT = Path(__file__).parent.parent
CORPUS = Path(os.environ.get("PAPERBUILD_CORPUS", PROJECT.parent / "shared" / "corpus"))
REAL = ("apaquarto-writing", "cagix-thesis-de", "joss-bumbl", "joss-iharm3d", "maehr-academic-template")
"""Manuscripts of the corpus that are short, and have much in them."""

ZOTERO = "docx for Zotero"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def guide() -> dict[str, Whole]:
    """The field guide in every format: it has one of each thing."""
    made = wholes(PROJECT / "manuscripts" / "field-guide", USUAL_FORMATS)
    return {ZOTERO if whole.live else whole.format: whole for whole in made}


@pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for name in USUAL_FORMATS for kind in mutations(name)]
)
def test_a_fault_is_told_and_names_what_it_harmed(name, kind, guide):
    result = tried(guide[name], kind, seed=0)
    assert result is None or result.named, (result.words, result.found)


@pytest.mark.parametrize("kind", docx_zotero.FAULTS)
def test_a_fault_in_a_field_for_zotero_is_told_and_names_its_citation(kind, guide):
    for seed in range(3):
        result = tried(guide[ZOTERO], kind, seed)
        assert result is not None
        assert result.named, (result.words, result.found)


@pytest.mark.parametrize("name", [*USUAL_FORMATS, ZOTERO])
def test_untouched_files_are_without_a_finding(name, guide):
    assert guide[name].findings(guide[name].data) == []


def test_there_are_faults_of_many_kinds():
    assert len({kind for name in USUAL_FORMATS for kind in mutations(name)}) >= 60


@pytest.mark.parametrize("name", REAL)
def test_every_kind_of_fault_is_told_in_a_real_manuscript(name, tmp_path):
    source = CORPUS / name
    if not source.is_dir():
        pytest.skip("no corpus here: PAPERBUILD_CORPUS names no folder that holds one")
    folder = tmp_path / name
    shutil.copytree(source, folder)
    meta = json.loads((source / "meta.json").read_text("utf-8"))
    (folder / "paperbuild.toml").write_text(f"parts = {json.dumps(meta['path'])}\n", "utf-8")
    for whole in wholes(folder, ("docx", "preview")):
        assert whole.findings(whole.data) == []
        results = [tried(whole, kind, seed=0) for kind in kinds(whole)]
        missed = [(one.kind, one.words, one.found) for one in results if one and not one.named]
        assert missed == []
