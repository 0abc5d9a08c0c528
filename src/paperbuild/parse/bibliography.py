"""Bibliographies through pandoc's readers: BibTeX, BibLaTeX, CSL-JSON, CSL-YAML, RIS and EndNote XML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from paperbuild.files import decode
from paperbuild.model import Finding, PaperbuildError
from paperbuild.pandoc import ast
from paperbuild.pandoc.run import PandocError, run
from paperbuild.parse.yaml import as_front_matter, yaml_line

READERS = {
    ".bib": "biblatex",
    ".bibtex": "bibtex",
    ".json": "csljson",
    ".csljson": "csljson",
    ".yaml": "markdown",
    ".yml": "markdown",
    ".ris": "ris",
    ".xml": "endnotexml",
}
"""pandoc's reader for each suffix; ``.bib`` is read as BibLaTeX, of which BibTeX is a part."""

Item = Mapping[str, Any]
_BIB_KEY = re.compile(r"^[ \t]*@(\w+)\s*[{(]\s*([^\s,]+)\s*,", re.MULTILINE)
_BIB = (".bib", ".bibtex")
"""Files whose repeated keys are reported with their lines."""
_LINE = re.compile(r"line (\d+)")


def load(file: Path, name: str) -> tuple[tuple[Item, ...], tuple[Finding, ...]]:
    """The CSL-JSON items of a bibliography file, and what is odd about it.

    Raises PaperbuildError where the file is not there, not UTF-8, or not what its suffix says.
    """
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise PaperbuildError(
            f"{name} is not a kind of bibliography that paperbuild reads",
            hint=f"it reads {', '.join(READERS)}",
        )
    text = decode(file.read_bytes(), name)
    if not text.strip():
        return (), (Finding("warning", "bibliography", f"{name} is empty", name),)
    try:
        result = run(["-f", reader, "-t", "csljson"], as_front_matter(text) if reader == "markdown" else text)
    except PandocError as error:
        line = yaml_line(error.message, text) if reader == "markdown" else _line(error.message)
        raise PaperbuildError(
            f"{name} can't be read as {'YAML' if reader == 'markdown' else reader}: {_short(error.message)}",
            where=f"{name}:{line}" if line else name,
            hint="mend the entry at this line: a brace, a quote or a comma is missing",
        ) from error
    items = tuple(_with_id(item) for item in result.json())
    findings = [
        Finding("warning", "bibliography", message.text, f"{name}:{message.line}" if message.line else name)
        for message in result.messages
        if message.severity == "WARNING"
    ]
    if reader in {"biblatex", "bibtex"}:
        findings += _duplicates_in_bib(text, name)
    return items, tuple(findings)


def from_metadata(references: ast.Node) -> tuple[Item, ...]:
    """The CSL-JSON items of a ``references:`` key in the front matter (a MetaList)."""
    document = ast.pandoc([], {"references": references})
    result = run(["-f", "json", "-t", "csljson"], json.dumps(document))
    return tuple(_with_id(item) for item in result.json())


def merge(groups: Sequence[tuple[str, Sequence[Item]]]) -> tuple[tuple[Item, ...], tuple[Finding, ...]]:
    """All items, one for each key: the first file that has a key wins, as in pandoc.

    A key that stands in two places with different contents is a finding.
    """
    merged: dict[str, Item] = {}
    origin: dict[str, str] = {}
    findings: list[Finding] = []
    for name, items in groups:
        for item in items:
            key = str(item["id"])
            if key in merged and item != merged[key] and not (origin[key] == name and name.endswith(_BIB)):
                findings.append(
                    Finding(
                        "warning",
                        "bibliography",
                        f"the key {key} has two different entries; the first, in {origin[key]}, is used",
                        name,
                        "give one of them another key",
                    )
                )
            elif key not in merged:
                merged[key], origin[key] = item, name
    return tuple(merged.values()), tuple(findings)


def _with_id(item: dict[str, Any]) -> Item:
    return {**item, "id": str(item.get("id", ""))}


def _duplicates_in_bib(text: str, name: str) -> list[Finding]:
    seen: dict[str, int] = {}
    findings = []
    for match in _BIB_KEY.finditer(text):
        if match.group(1).lower() in {"comment", "string", "preamble"}:
            continue
        key, line = match.group(2), text[: match.start()].count("\n") + 1
        if key in seen:
            findings.append(
                Finding(
                    "warning",
                    "bibliography",
                    f"the key {key} stands twice in {name} (lines {seen[key]} and {line})",
                    f"{name}:{line}",
                    "remove one of them, or give it another key",
                )
            )
        seen.setdefault(key, line)
    return findings


def _line(message: str) -> int:
    line = _LINE.search(message)
    return int(line.group(1)) if line else 0


def _short(message: str) -> str:
    return " ".join(message.split())[:300]
