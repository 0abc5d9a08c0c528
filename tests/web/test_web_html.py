"""The Nu HTML checker finds no error in any page, of the project's manuscripts and of real papers."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from benchmarks.corpus import prepare
from tests.web.browsing import NODE_MODULES
from tests.web.pages import KINDS, NAMES, Pages

from paperbuild import batch, pipeline
from paperbuild.pipeline import Job

CORPUS = Path(os.environ.get("PAPERBUILD_CORPUS") or "../shared/corpus")


NO_FAULTS = (
    "Trailing slash on void elements",  # our HTML is XML too, and always quotes values
    "violates Content Security Policy",  # it knows no hashes; a browser judges in test_web_policy
)
"""What the checker says that is no fault."""


def told(files: Iterable[Path]) -> list[str]:
    """What the checker says of these files, a line for each error and each warning."""
    command = [
        "java",
        "-Xss16m",
        "-jar",
        str(NODE_MODULES / "vnu-jar/build/dist/vnu.jar"),
        "--format",
        "json",
    ]
    done = subprocess.run(
        [*command, "--stdout", "--exit-zero-always", *map(str, files)],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    return [
        f"{Path(each['url']).name}:{each.get('lastLine', 0)}: {each.get('subType', each['type'])}: "
        f"{each['message']} {each.get('extract', '')!r:.200}"
        for each in json.loads(done.stdout)["messages"]
        if not any(words in each["message"] for words in NO_FAULTS)
    ]


def test_pages_are_valid(pages: Pages) -> None:
    found = told(pages.get(*each).path for each in NAMES)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real manuscripts isn't here")
def test_pages_of_real_papers_are_valid(tmp_path: Path) -> None:
    folders = [each for each in sorted(CORPUS.iterdir()) if (each / "meta.json").is_file()]
    jobs = [
        Job(prepare(each, tmp_path / "work"), formats=KINDS, out=tmp_path / "out", verify=False)
        for each in folders
    ]
    reports = list(batch.run(jobs, pipeline.produce, workers=2, tell=lambda *_: None))
    made = [artefact.path for report in reports for artefact in report.artefacts]
    pages = [path for path in made if path.suffix == ".html"]
    assert len(pages) > len(folders)
    found = [line for line in told(pages) if ": error:" in line]
    assert not found, "\n".join(found)


def test_a_fault_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html>\n<html lang="en"><title>A page</title>\n<p id="a"><p id="a">text\n', "utf-8"
    )
    assert [line for line in told([page]) if "Duplicate ID" in line]
