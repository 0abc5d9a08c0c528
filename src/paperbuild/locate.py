"""Where in the source something stands. pandoc's Markdown reader keeps no positions: they are found again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from paperbuild.model import Source

_OTHERS = re.compile(r"[\W_]+")
_PROBE = 48
"""How many letters of a text are enough to find it again."""


class Locator:
    """Finds lines in the sources of one manuscript; made once for each stage that needs it."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)
        self._letters: list[str] = []
        self._lines: list[list[int]] = []
        for source in self._sources:
            letters, starts = _index(source.text)
            self._letters.append(letters)
            self._lines.append(starts)
        self._part = 0
        self._offset = 0

    def key(self, key: str) -> str:
        """``file:line`` of the first citation of a key, or an empty string."""
        pattern = re.compile(rf"@\{{?{re.escape(key)}(?![\w])|\{{[^}}]*\b{re.escape(key)}\b[^}}]*\}}")
        return self._search(pattern)

    def label(self, name: str, place: int = 0) -> str:
        """``file:line`` where a label is given: the first place, or a later one counted from 0. An empty
        string where there is none."""
        label = re.escape(name)
        given = re.compile(rf"#{label}(?![\w:.-])(?!\))|\\label\{{{label}\}}|\bid=[\"']?{label}\b")
        found = [
            f"{source.name}:{source.text[: match.start()].count(chr(10)) + 1}"
            for source in self._sources
            for match in given.finditer(source.text)
        ]
        return found[place] if place < len(found) else ""

    def literal(self, text: str) -> str:
        """``file:line`` of the first place where this very text stands, or an empty string."""
        first = next((line for line in text.splitlines() if line.strip()), "")
        return self._search(re.compile(re.escape(first.strip()))) if first else ""

    def _search(self, pattern: re.Pattern[str]) -> str:
        for source in self._sources:
            if match := pattern.search(source.text):
                return f"{source.name}:{source.text[: match.start()].count(chr(10)) + 1}"
        return ""

    def text(self, text: str) -> str:
        """``file:line`` of a text without its markup, looked for from the last place on, then from the start.

        An empty string where it can't be told (the text is too short, or markup divides it).
        """
        probe = letters(text)[:_PROBE]
        if not probe:
            return ""
        for part, start in self._starts():
            at = self._letters[part].find(probe, start)
            if at >= 0:
                self._part, self._offset = part, at
                line = bisect_right(self._lines[part], at)
                return f"{self._sources[part].name}:{line}"
        return ""

    def _starts(self) -> Iterable[tuple[int, int]]:
        if not self._sources:
            return
        yield self._part, self._offset
        for part in range(self._part + 1, len(self._sources)):
            yield part, 0
        for part in range(self._part + 1):
            yield part, 0


def letters(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return _OTHERS.sub("", text.casefold())


def _index(text: str) -> tuple[str, list[int]]:
    """All letters of a text, and for each line how many letters stand before it."""
    pieces: list[str] = []
    starts: list[int] = []
    count = 0
    for line in text.split("\n"):
        starts.append(count)
        piece = letters(line)
        pieces.append(piece)
        count += len(piece)
    return "".join(pieces), starts
