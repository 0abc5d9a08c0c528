"""The manuscript's lines, for reports that show what a finding speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from pathlib import Path

from paperbuild import files, read
from paperbuild.locate import letters
from paperbuild.model import PaperbuildError
from paperbuild.report.words import clean

_PLACE = re.compile(r"(?P<name>.+):(?P<line>\d{1,9})", re.DOTALL)
_AROUND = 2
"""Lines that are shown before and after the one that is meant."""
_LONGEST_FILE = 20_000_000
_LONGEST_LINE = 120
_LONGEST_MARKED = 320
_LONGEST_PARAGRAPH = 80
_PROBE = 24
_LEAST = 6
"""Letters of a text that are enough to look for it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an excerpt."""

    number: int
    text: str
    here: bool
    """True for the line that the finding names."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some lines of a file."""

    name: str
    lines: tuple[Line, ...]


def place(where: str) -> tuple[str, int]:
    """The file and the line that ``where`` names; an empty name where it names none."""
    match = _PLACE.fullmatch(where)
    return (match["name"], int(match["line"])) if match else ("", 0)


def folder(manuscript: str) -> Path:
    """The folder that the files of a manuscript are named from."""
    path = Path(manuscript)
    return path if path.is_dir() else path.parent


class Sources:
    """The text files of one manuscript, each read once. What can't be read has no lines."""

    def __init__(self, manuscript: str) -> None:
        self._folder = folder(manuscript)
        self._path = Path(manuscript)
        self._parts: Mapping[str, list[str]] | None = None
        self._others: dict[str, list[str]] = {}

    def excerpt(self, where: str, before: str = "", lost: str = "") -> Excerpt | None:
        """The lines around a place, and around the difference within it: ``lost``, which follows ``before``.

        None where there are none.
        """
        name, number = place(where)
        lines = self._lines(name) if name else []
        if not 1 <= number <= len(lines):
            return None
        at = _line_of(lines, number, before, lost)
        near = {*range(number - _AROUND, number + _AROUND + 1), *range(at - 1, at + 2)}
        shown = [
            Line(n, _short(lines[n - 1], before if n in (number, at) else ""), n in (number, at))
            for n in sorted(near)
            if 1 <= n <= len(lines)
        ]
        return Excerpt(name, tuple(shown))

    def _lines(self, name: str) -> list[str]:
        if self._parts is None:
            self._parts = self._read_parts()
        if name in self._parts:
            return self._parts[name]
        if name not in self._others:
            self._others[name] = self._read(name)
        return self._others[name]

    def _read_parts(self) -> dict[str, list[str]]:
        """The manuscript as it is read for an export: with what it includes, whose lines count, too."""
        try:
            manuscript = read.read(self._path)
        except (PaperbuildError, OSError):
            return {}
        return {part.name: part.text.split("\n") for part in (*manuscript.metadata_files, *manuscript.parts)}

    def _read(self, name: str) -> list[str]:
        """Another file: a bibliography, settings, or a manuscript that could not be read whole."""
        try:
            path = files.inside(self._folder, name)
            if not path.is_file() or path.stat().st_size > _LONGEST_FILE:
                return []
            return files.decode(path.read_bytes(), name).split("\n")
        except (PaperbuildError, OSError, ValueError):
            return []


def _line_of(lines: Sequence[str], first: int, before: str, lost: str) -> int:
    """The line of a paragraph in which a difference stands; its first where that can't be told."""
    left, right = letters(before)[-_PROBE:], letters(lost)[:_PROBE]
    paragraph = [
        letters(line) for line in takewhile(str.strip, lines[first - 1 : first + _LONGEST_PARAGRAPH])
    ]
    whole = "".join(paragraph)
    for probe, skipped in ((left + right, len(left)), (left, len(left) - 1), (right, 0)):
        at = whole.find(probe) if len(probe) >= _LEAST else -1
        if at >= 0:
            ends = [*accumulate(map(len, paragraph))]
            return first + min(bisect_right(ends, at + skipped), len(paragraph) - 1)
    return first


def _short(line: str, text: str) -> str:
    """A line as long as can be shown: its beginning, or what stands around a text."""
    line = clean(line)
    most = _LONGEST_MARKED if text else _LONGEST_LINE
    if len(line) <= most:
        return line
    at = max(line.find(text[-_PROBE:]) - most // 2, 0) if text else 0
    end = "…" if at + most < len(line) else ""
    return f"{'…' if at else ''}{line[at : at + most]}{end}"
