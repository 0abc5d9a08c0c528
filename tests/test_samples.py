"""The sample papers: everything in them comes through in every format."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import errors, export

from paperbuild.config import FORMATS
from paperbuild.pipeline import Job

PROJECT = Path(__file__).parent.parent
SAMPLES = sorted(path for path in (PROJECT / "manuscripts").iterdir() if path.is_dir())


def test_there_are_samples():
    assert len(SAMPLES) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("folder", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_exported_without_a_loss(folder, tmp_path):
    done = export(Job(folder, formats=FORMATS, out=tmp_path, project=PROJECT))
    assert errors(done.report.findings) == []
    assert done.report.status == 0
    assert {artefact.format for artefact in done.report.artefacts} == {*FORMATS}
    assert [line for line in done.report.comparisons if line.found != line.promised] == []
    assert done.report.counts["references"] > 0
