"""Looks for references that were not resolved in the finished files of a folder of real manuscripts.

    python -m tests.references.corpus [--corpus DIR] [--only NAME ...]

DIR (or PAPERBUILD_CORPUS) holds manuscripts as ``make corpus`` takes them. What is looked at is text that
other programs get from the files: pandoc from the Word file and the page, pdftotext from the PDF; nothing of
the resolver is used. A reference that is left must be named by an error or a warning. The exit status is 1
where one is not.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import prepare
from tests.helpers import Exported, export

from paperbuild.model import PaperbuildError
from paperbuild.pandoc import ast
from paperbuild.pandoc.run import run
from paperbuild.pipeline import Job

FORMATS = ("pdf", "docx", "page")
_LEFT = re.compile(
    r"\\(?:[A-Za-z]*ref|label)\*?\s*\{(?P<tex>[^{}]*)\}"
    r"|@(?P<key>(?:fig|tbl|tab|eqn?|sec|lst|thm|lem)[:-][\w:-]*\w)"
    r"|\{#(?P<label>(?:fig|tbl|tab|eqn?|sec|lst|thm|lem)[:-][^\s}]+)"
    r"|@ref\((?P<down>[^()]+)\)"
    r"|\{(?:numref|eq|ref)\}\s?(?P<myst>[\w:.-]+)"
    r"|(?P<tofu>\?\?)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Left:
    """A reference, or a label, that a reader meets as it was typed."""

    format: str
    text: str
    name: str
    told: bool
    """True where an error or a warning names it."""


def left(done: Exported) -> Iterator[Left]:
    """What is left in each of the files of an export, code left out; in a PDF, what is code in Word."""
    sources = " ".join(source.text for source in done.plan.document.sources)
    said = [_even(one.message) for one in done.report.findings if one.severity in {"error", "warning"}]
    code = " ".join(_text(_pandoc(done, "docx"), code=True))
    for name in done.report.artefacts:
        if name.format not in FORMATS:
            continue
        for match in _LEFT.finditer(_shown(done, name.format)):
            label = next((value for key, value in match.groupdict().items() if value), "")
            typed = match["tofu"] and match["tofu"] in sources
            if not typed and not (name.format == "pdf" and match[0].split("{")[0] in code):
                yield Left(name.format, match[0], label, any(_even(label) in one for one in said))


def _even(text: str) -> str:
    """A text without hyphens, which a line's end takes from a label in a PDF."""
    return text.replace("-", "")


def _shown(done: Exported, name: str) -> str:
    """The text of a file as another program reads it, on one line."""
    if name == "pdf":
        command = ["pdftotext", "-enc", "UTF-8", str(done.path("pdf")), "-"]
        text = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
    else:
        text = " ".join(_text(_pandoc(done, name), code=False))
    return _SPACE.sub(" ", text)


def _pandoc(done: Exported, name: str) -> Any:
    data = done.data(name)
    if name == "page":
        data = data[data.index(b"<main") : data.index(b"</main>")]
    return json.loads(run(["-f", "docx" if name == "docx" else "html", "-t", "json"], data).output)


def _text(tree: Any, *, code: bool) -> Iterator[str]:
    """The words of pandoc's tree, or of the code in it alone."""
    for node in ast.iterate([tree["meta"], tree["blocks"]]):
        if node["t"] in {"Code", "CodeBlock"} and code:
            yield node["c"][1]
        elif node["t"] == "Str" and not code:
            yield node["c"]
        elif node["t"] == "Math" and not code:
            yield node["c"][1]


def exported(folder: Path, work: Path) -> Exported:
    """The manuscript in every format, not verified. Raises PaperbuildError."""
    path = prepare(folder, work / "work")
    return export(Job(path, formats=FORMATS, out=work / "dist", verify=False))


def main() -> int:
    """Looks through the corpus and prints a row for each manuscript; the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--corpus", type=Path, default=os.environ.get("PAPERBUILD_CORPUS", "../shared/corpus")
    )
    parser.add_argument("--only", nargs="*", default=())
    args = parser.parse_args()
    bad = 0
    work = Path(tempfile.mkdtemp(prefix="paperbuild-references-"))
    for folder in sorted(path.parent for path in Path(args.corpus).glob("*/meta.json")):
        if args.only and folder.name not in args.only:
            continue
        try:
            found = list(left(exported(folder, work)))
        except PaperbuildError as error:
            sys.stdout.write(f"{folder.name:32} refused: {error.message[:70]}\n")
            continue
        silent = [one for one in found if not one.told]
        bad += bool(silent)
        told = sorted({one.name for one in found if one.told})
        sys.stdout.write(f"{folder.name:32} told: {', '.join(told) or '-'}\n")
        sys.stdout.writelines(f"    {one}\n" for one in silent)
        sys.stdout.flush()
    shutil.rmtree(work)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
