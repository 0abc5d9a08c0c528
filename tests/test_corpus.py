"""Manuscripts that other people wrote: what pandoc finds in them is what we find.

They are no part of the project. PAPERBUILD_CORPUS names their folder; without it, ``../shared/corpus``
beside the project is looked for, and where there is none these tests are left out.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from paperbuild.model import Manuscript, PaperbuildError
from paperbuild.pandoc import ast
from paperbuild.parse import parse
from paperbuild.read import READERS, read
from paperbuild.resolve.citations import cited_keys

PROJECT = Path(__file__).parent.parent
CORPUS = Path(os.environ.get("PAPERBUILD_CORPUS", PROJECT.parent / "shared" / "corpus"))
CASES = sorted(meta.parent for meta in CORPUS.glob("*/meta.json"))

REFUSED = {"rescience-free-water-dti": "bibliography.bib is not UTF-8: byte 0x92 in line 264"}
"""Manuscripts that we refuse where pandoc does not, and the reason that we give."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CASES, reason="no corpus here: PAPERBUILD_CORPUS names no folder that holds one"),
]


def manuscript(case: Path) -> Manuscript:
    """The case's files, joined in its order."""
    meta = json.loads((case / "meta.json").read_text("utf-8"))
    parts = [read(case / path) for path in meta["path"]]
    return Manuscript(
        case.name,
        case,
        READERS[Path(meta["path"][0]).suffix.lower()],
        tuple(source for part in parts for source in part.parts),
        b"".join(part.data for part in parts),
        {"bibliography": []},
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_headings_and_citations_are_those_that_pandoc_finds(case):
    truth = json.loads((case / "truth.json").read_text("utf-8"))
    if case.name in REFUSED:
        with pytest.raises(PaperbuildError, match=re.escape(REFUSED[case.name])):
            parse(manuscript(case))
        return
    document = parse(manuscript(case))
    headers = [node["c"] for node in ast.iterate(document.blocks) if node["t"] == "Header"]
    assert [(level, shown(inlines)) for level, _, inlines in headers] == [
        (heading["level"], " ".join(heading["text"].split())) for heading in truth["headings"]
    ]
    cited = set(cited_keys([*document.meta.values(), *document.blocks]))
    assert cited >= {*truth["cited_keys"], *truth["crossref_keys"]}  # and more: keys behind a comma


def shown(inlines: list[ast.Node]) -> str:
    return re.sub(r"\s+", " ", ast.plain(inlines)).strip()
