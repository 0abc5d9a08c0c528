"""Reads a fixture of the CSL test suite into a frozen record.

A fixture is a text file of sections. A section starts with a line such as ``>>===== MODE =====>>`` and ends
with ``<<===== MODE =====<<``, with two or more signs of equality; what stands outside of the sections is
commentary.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Data = Mapping[str, Any]

_OPENS = re.compile(r">>={2,}\s+(?P<section>[A-Z][A-Z0-9-]*)\s.*=>>")
_CLOSES = re.compile(r"<<={2,}\s+(?P<section>[A-Z][A-Z0-9-]*)\s.*=<<")
_VERSION = re.compile(r"<style\b[^>]*?\bversion\s*=\s*[\"']([^\"']*)")

_REQUIRED = ("MODE", "RESULT", "CSL", "INPUT")
_OPTIONAL = ("CITATION-ITEMS", "CITATIONS", "BIBENTRIES", "DESCRIPTION", "VERSION")
_OUT_OF_SCOPE = {
    "ABBREVIATIONS": "lists of abbreviations by jurisdiction, which CSL leaves to the processor",
    "BIBSECTION": "a part of the bibliography, an option of citeproc-js",
    "INPUT2": "items that change between two runs",
    "LANGPARAMS": "items in several languages, an extension of CSL-M",
    "LANGUAGE": "items in several languages, an extension of CSL-M",
    "MULTIAFFIX": "items in several languages, an extension of CSL-M",
    "OPTIONS": "options of citeproc-js",
    "OPTIONZ": "options of citeproc-js",
}


class FixtureError(Exception):
    """A file that is no fixture, or one that states what cannot be understood."""


@dataclass(frozen=True, slots=True)
class Step:
    """One call of an editor: a citation that is new or changed, and what stands before and after it."""

    citation: Data
    before: tuple[tuple[str, int], ...]
    """The citations before it, by id, each with the number of its note; 0 in the running text."""
    after: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Fixture:
    """One test: data for a processor, and the text that should come of it."""

    name: str
    mode: str
    """citation or bibliography"""
    result: str
    style: str
    """The style's XML."""
    items: tuple[Data, ...]
    """CSL-JSON, each with an id that is a text."""
    citations: tuple[tuple[Data, ...], ...] | None
    """Citations as lists of cites (``CITATION-ITEMS``)."""
    steps: tuple[Step, ...]
    """Citations as calls of an editor (``CITATIONS``)."""
    listed: tuple[str, ...]
    """The items of the bibliography, in the order in which they became known."""
    out_of_scope: str
    """Why no processor of CSL 1.0.2 can be held to the result; empty for most."""

    @property
    def category(self) -> str:
        """What the fixture is about: the part of its name before the first ``_``."""
        return self.name.partition("_")[0]


def read_fixture(path: Path) -> Fixture:
    """The fixture in the file; an error names the file and the section."""
    try:
        return parse_fixture(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise FixtureError(f"{path.name}: {error}") from error


def parse_fixture(name: str, text: str) -> Fixture:
    """The fixture that the text states."""
    sections = _sections(name, text)
    source = _Source(name, sections)
    items = tuple(_item(number, item) for number, item in enumerate(source.lists("INPUT"), 1))
    citations = source.lists("CITATION-ITEMS") if "CITATION-ITEMS" in sections else None
    entries = source.lists("BIBENTRIES")
    mode, _, rest = sections["MODE"].strip().partition("-")
    return Fixture(
        name=name,
        mode=mode,
        result=sections["RESULT"],
        style=sections["CSL"],
        items=items,
        citations=None if citations is None else tuple(source.cites(citation) for citation in citations),
        steps=tuple(source.step(step) for step in source.lists("CITATIONS")),
        listed=_unique(entries[-1] if entries else [item["id"] for item in items]),
        out_of_scope=_out_of_scope(sections, mode, rest),
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """The sections of a fixture, read with errors that name the fixture and the section."""

    name: str
    sections: Mapping[str, str]

    def lists(self, section: str) -> list[Any]:
        """The list that the section states; an empty one where there is no such section."""
        try:
            data = json.loads(self.sections.get(section, "[]"))
        except ValueError as error:
            raise FixtureError(f"{self.name}: {section}: {error}") from error
        if not isinstance(data, list):
            raise FixtureError(f"{self.name}: {section}: a list is expected")
        return data

    def cites(self, citation: Any) -> tuple[Data, ...]:
        """The cites of one citation of ``CITATION-ITEMS``."""
        if not isinstance(citation, list) or not all(isinstance(cite, dict) for cite in citation):
            raise FixtureError(f"{self.name}: CITATION-ITEMS: a citation is a list of objects")
        return tuple(citation)

    def step(self, step: Any) -> Step:
        """One call of ``CITATIONS``: [citation, before, after]."""
        try:
            citation, before, after = step
            return Step(dict(citation), _places(before), _places(after))
        except (TypeError, ValueError) as error:
            raise FixtureError(f"{self.name}: CITATIONS: [citation, before, after] is expected") from error


def _sections(name: str, text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    section, lines = "", list[str]()
    for line in text.split("\n"):
        opens, closes = _OPENS.search(line), _CLOSES.search(line)
        if opens:
            _must(not section, f"{name}: {opens['section']} starts inside {section}")
            section, lines = opens["section"], []
        elif closes:
            _must(closes["section"] == section, f"{name}: {closes['section']} ends, but did not start")
            _must(section not in found, f"{name}: {section} stands there twice")
            found[section] = "\n".join(lines)
            section = ""
        else:
            lines.append(line)
    _must(not section, f"{name}: {section} does not end")
    _check_names(name, found)
    return found


def _check_names(name: str, found: Mapping[str, str]) -> None:
    for section in _REQUIRED:
        _must(section in found, f"{name}: there is no {section}")
    for section in found:
        known = section in _REQUIRED or section in _OPTIONAL or section in _OUT_OF_SCOPE
        _must(known, f"{name}: {section} is no section of the suite")


def _must(holds: bool, message: str) -> None:
    if not holds:
        raise FixtureError(message)


def _item(number: int, item: Any) -> Data:
    """The item with an id that is a text; an item that nobody can cite by an id gets its number."""
    return {**item, "id": str(item.get("id", f"item {number}"))}


def _places(places: Any) -> tuple[tuple[str, int], ...]:
    return tuple((str(key), int(note)) for key, note in places)


def _unique(keys: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(key) for key in keys))


def _out_of_scope(sections: Mapping[str, str], mode: str, rest: str) -> str:
    """Why the fixture is out of scope, from what it states that it needs."""
    version = _VERSION.search(sections["CSL"])
    if version and "mlz" in version[1]:
        return f"a style in CSL-M, version {version[1]}"
    if mode not in {"citation", "bibliography"} or rest:
        return f"mode {sections['MODE'].strip()}, an option of citeproc-js"
    return next((why for section, why in _OUT_OF_SCOPE.items() if section in sections), "")
