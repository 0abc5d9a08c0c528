"""The page's own words, by language, with plurals and numbers as each language has them (ICU)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import icu

from paperbuild import labels

_FILE = Path(__file__).with_name("words.toml")
_ALIASES = {"no": "nb", "nn": "nb", "iw": "he"}
_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa"})
_FALLBACK = "en"
_BEGIN, _END = "\ufdd0", "\ufdd1"
"""Stand around a number while a message is put together; Unicode has them for such use."""
_MARKED = re.compile(f"{_BEGIN}(percent|sections):([^{_END}]*){_END}")
_NAMED = re.compile(r"\{(percent|sections)\}")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the line that asks a reader to sign up."""

    text: str
    name: str = ""
    """``percent`` or ``sections`` for a number; empty for the words around them."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says in one language."""

    lang: str
    """The language it is in: that of ``words.toml``, or ``en`` for one that isn't there."""
    dir: str
    """``ltr`` or ``rtl``."""
    table: Mapping[str, str]
    locale: str
    """The document's language, for its numbers."""

    def __getitem__(self, name: str) -> str:
        """The words of this name. Raises KeyError."""
        return self.table[name]

    def back_to_note(self, number: int) -> str:
        """What is said of the link back from a note to its mark."""
        return self._message("back_to_note", {"count": self.number(number)})

    def line(self, percent: int, sections: int) -> tuple[Part, ...]:
        """The line of the gate, in pieces. ``percent`` is from 0 to 100."""
        text = self._message(
            "line",
            {
                "percent": f"{_BEGIN}percent:{self.percent(percent)}{_END}",
                "sections": sections,
                "count": f"{_BEGIN}sections:{self.number(sections)}{_END}",
            },
        )
        return tuple(_parts(text, _MARKED))

    def own_line(self, line: str, percent: int, sections: int) -> tuple[Part, ...]:
        """A line that a manuscript gives itself: ``{percent}`` and ``{sections}`` stand for the numbers."""
        shown = {"percent": self.percent(percent), "sections": self.number(sections)}
        parts = _parts(line, _NAMED)
        return tuple(Part(shown[part.name], part.name) if part.name else part for part in parts)

    def percent(self, percent: int) -> str:
        """``65%`` as the language writes it."""
        return str(icu.NumberFormat.createPercentInstance(icu.Locale(self.locale)).format(percent / 100))

    def number(self, number: int) -> str:
        """A number in the language's digits."""
        return str(icu.NumberFormat.createInstance(icu.Locale(self.locale)).format(number))

    def texts(self) -> Iterator[str]:
        """All that a page may say in this language, whatever the paper."""
        yield from self.table.values()
        yield from ("".join(part.text for part in self.line(65, number)) for number in (0, 1, 2, 5, 11, 100))

    def _message(self, name: str, given: Mapping[str, str | int]) -> str:
        message = icu.MessageFormat(self.table[name], icu.Locale(self.lang))
        return str(message.format(list(given), [icu.Formattable(value) for value in given.values()]))


@lru_cache(maxsize=64)
def words(lang: str) -> Words:
    """The page's words in a BCP 47 language; in English where the language is not known."""
    base = lang.replace("_", "-").split("-")[0].lower()
    base = _ALIASES.get(base, base)
    known = base in _tables()
    own = base if known else _FALLBACK
    direction = "rtl" if own in _RIGHT_TO_LEFT else "ltr"
    return Words(own, direction, _tables()[own], lang if known else _FALLBACK)


def languages() -> tuple[str, ...]:
    """The languages that pages can speak."""
    return tuple(_tables())


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, str]]:
    tables = tomllib.loads(_FILE.read_text("utf-8"))
    return {lang: {**labels.headings(lang), **table} for lang, table in tables.items()}


def _parts(text: str, pattern: re.Pattern[str]) -> Iterator[Part]:
    """The text taken apart at what the pattern finds: the name, and what is shown if it says so."""
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            yield Part(text[end : match.start()])
        yield Part(match[2] if pattern.groups > 1 else match[0], match[1])
        end = match.end()
    if end < len(text):
        yield Part(text[end:])
