"""Words of the Markdown source that pandoc's reader has swallowed: no part of the document holds them.

The source is compared, line by line, with every string of pandoc's AST: text, code, TeX, raw content,
attributes, addresses and metadata. What is no text of a source (``source.py``) is left out, and so are
the places whose words are meant to go: keys of notes and links, tags, attributes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import get_close_matches
from html import unescape
from typing import Any
from urllib.parse import unquote

from paperbuild.locate import letters
from paperbuild.model import Finding
from paperbuild.pandoc import ast
from paperbuild.pandoc.metadata import KNOWN
from paperbuild.parse.source import Text
from paperbuild.paywall import PAYWALL

_FIRST = re.compile(r"<!--\s*([^\W\d_]+)")
"""The first word of a comment."""
_FEW = 3
"""A run of so many words is told; fewer may be a key, a number or a mark."""
_FAR = 4000
"""Letters within which the next words are looked for before everywhere."""
_NEAR = 2
"""Lines that stand no further apart are told as one group."""
_PROBE = 48
_SURE = 24
"""Letters that are found by chance nowhere."""
_LONG = 100
_WORD = re.compile(r"[^\W_]+")
_CELL = re.compile(r"[|\[\]\t]| {2,}")
_LINK = re.compile(
    r"^ {0,3}\[(?!\^)((?:[^\]\[\n\\]|\\.)+)\]:[ \t]*(?:\n[ \t]+)?(?=\S)"
    r"(?P<rest>(?P<address><[^<>\n]*>|[^\s<]\S*)[ \t]*"
    r"(?P<title>(?:\n[ \t]+)?(?:\"[^\n]*\"|'[^\n]*'|\([^\n]*\)))?[ \t]*(?:\{[^}\n]*\})?(?P<more>[^\n]*))$",
    re.MULTILINE,
)
_KEYS = re.compile(
    r"\[\^[^\]\s]+\]:?"  # a note's key
    r"|(?<=\])\[[^\]\n]*\]"  # a link's key
    r"|</?[A-Za-z][^<>]*>"  # a tag
    r"|\{[#.\-=][^{}]*\}|\{[\w-]+=[^{}]*\}"  # attributes
    r"|^[ \t>]*(?:`{3,}|~{3,}|:{3,})[^\n]*$"  # a fence
    r"|^[ \t>]*(?:[-*+][ \t]+)*\(?\w{1,5}[.)](?=[ \t])|^[ \t]*[Tt]able:"  # a number in a list
    r"|\\[A-Za-z]+|@\{[^{}\s]+\}|@[\w:.#$%&+?<>~/-]+",  # a command of TeX, a key of a citation
    re.MULTILINE,
)
_NOTE = re.compile(r" {0,3}(\[\^[^\]\s]+\]):")
_SIGN = re.compile(r"[^\n]")
_YAML_KEY = re.compile(
    r"^(\w[\w -]{0,60}?)[ \t]{0,9}:[ \t]+(?:[^\W\d_][^\s`{}\[\]:]*(?:[ \t]+|$)){3,}", re.MULTILINE
)
"""A line of metadata that may be a sentence."""


def haystack(document: Any) -> str:
    """The letters of every string in pandoc's JSON, in its order: what a search looks through."""
    strings: list[str] = []
    _gather(document, strings)
    return letters("".join(strings))


def _gather(value: Any, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
        if "%" in value and (typed := unquote(value)) != value:  # pandoc escapes spaces in addresses
            found.append(typed)
    elif isinstance(value, list):
        for item in value:
            _gather(item, found)
    elif isinstance(value, dict):
        if value.get("t") in {"RawInline", "RawBlock"}:
            found.append(value["c"][1])  # and not the name of its format
            return
        for key, item in value.items():
            if key != "t":
                _gather(item, found)


def findings(
    texts: Sequence[Text], blocks: Any, haystack: str, told: Collection[str] = ()
) -> Iterator[Finding]:
    """A finding for each group of lines whose words are nowhere, with the cause where it is known.

    ``blocks`` is pandoc's AST of the text, ``haystack`` the letters of all that it has read; ``told`` are
    the lines (``file:line``) of which it is known already.
    """
    shown: list[str] = []
    for text in texts:
        yield from _metadata(text)
        yield from _comments(text)
        links = list(_LINK.finditer(text.masked))
        if links and not shown:
            shown.append(letters("".join(_shown(blocks))))
        yield from _notes_as_links(text, links, shown)
        places = (where.rpartition(":") for where in told)
        lines = {int(line) for name, _, line in places if name == text.name}
        for line, words in _lost(_blanked(text.masked, links), haystack, lines):
            if line not in lines:
                yield _swallowed(words, text, line)


# -- words that are nowhere ------------------------------------------------------------------------------


def _lost(text: str, haystack: str, told: Collection[int]) -> list[tuple[int, str]]:
    """Each group of lines that holds words that are nowhere: its first line, and the words.

    A line that is ``told`` already begins a group of its own.
    """
    search = _Search(haystack)
    groups: list[tuple[int, str]] = []
    last = 0
    for number, line in enumerate(text.split("\n"), 1):
        words = search.missing(line)
        if not words:
            continue
        if groups and number - last <= _NEAR and number not in told:
            groups[-1] = (groups[-1][0], f"{groups[-1][1]} {words}")
        else:
            groups.append((number, words))
        last = number
    return groups


class _Search:
    """Looks for words where the last ones were found, and only for what is missing there everywhere."""

    def __init__(self, haystack: str) -> None:
        self.haystack = haystack
        self.place = 0

    def missing(self, line: str) -> str:
        """The words of a line's longest run that is nowhere; empty where it is short."""
        probe = letters(line)
        if not probe or self._near(probe):
            return ""
        self._go_to(line)
        cells = [words for cell in _CELL.split(unescape(line)) if (words := _WORD.findall(cell))]
        found = [[False] * len(words) for words in cells]
        for has in (self._near, self._anywhere):
            for words, there in zip(cells, found, strict=True):
                _look(words, there, has)
            lost = _longest_run(cells, found)
            if len(lost) < _FEW:
                return ""
        return " ".join(lost)

    def _go_to(self, line: str) -> None:
        """Be where one of the line's longer stretches stands."""
        for cell in sorted(_CELL.split(line), key=len, reverse=True)[:2]:
            probe = letters(cell)[:_PROBE]
            if len(probe) >= _SURE and (at := self.haystack.find(probe, self.place)) >= 0:
                self.place = at
                return

    def _near(self, probe: str) -> bool:
        at = self.haystack.find(probe, max(self.place - _FAR, 0), self.place + _FAR)
        if at >= 0 and len(probe) >= _SURE:
            self.place = at
        return at >= 0

    def _anywhere(self, probe: str) -> bool:
        return self._near(probe) or probe in self.haystack


def _look(words: list[str], found: list[bool], has: Callable[[str], bool]) -> None:
    """Mark the words of a cell that are found together with those beside them."""
    size = min(_FEW, len(words))
    for start in range(len(words) - size + 1):
        end = start + size
        if not all(found[start:end]) and has("".join(words[start:end]).casefold()):
            found[start:end] = [True] * size


def _longest_run(cells: list[list[str]], found: list[list[bool]]) -> list[str]:
    """The longest run of words that are not found."""
    runs: list[list[str]] = [[]]
    for words, there in zip(cells, found, strict=True):
        for word, seen in zip(words, there, strict=True):
            if seen:
                runs.append([])
            else:
                runs[-1].append(word)
    return max(runs, key=len)


def _swallowed(words: str, text: Text, line: int) -> Finding:
    said = f"these words of the manuscript are in no part of the document: «{_short(words)}»"
    hint = "look for a sign before them that pandoc takes for markup"
    if match := _NOTE.match(text.source.split("\n")[line - 1]):
        hint = f"they are the note {match[1]}, which no mark in the text brings in"
    return Finding("error", "parse", said, f"{text.name}:{line}", hint)


def _blanked(text: str, links: Sequence[re.Match[str]]) -> str:
    """The text without definitions of links, and without words that are meant to go."""
    for match in reversed(links):
        text = text[: match.start()] + _SIGN.sub(" ", match[0]) + text[match.end() :]
    return _KEYS.sub(lambda match: _SIGN.sub(" ", match[0]), text)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONG else f"{flat[:_LONG]}…"


# -- what is taken for something else --------------------------------------------------------------------


def _notes_as_links(text: Text, links: Sequence[re.Match[str]], shown: Sequence[str]) -> Iterator[Finding]:
    """An error for each ``[x]: Words of a note``, which pandoc reads as the address of a link."""
    for match in links:
        words = match["more"].strip()
        if not letters(words) or match["address"].startswith("<") or letters(match["rest"]) in shown[0]:
            continue
        words = _short(match["rest"])
        said = f"[{match[1]}]: gives a link its address, so that its words are nowhere: «{words}»"
        hint = f"write [^{match[1]}]: for a note, \\[{match[1]}]: for text, and an address without spaces"
        yield Finding("error", "parse", said, text.where(match.start()), hint)


def _metadata(text: Text) -> Iterator[Finding]:
    """A warning for each block between ``---`` within the text that says what is no usual metadata."""
    for piece in text.pieces:
        if piece.kind != "metadata" or not text.source[: piece.start].strip():
            continue
        odd = [key for key in _YAML_KEY.findall(piece.words) if key.lower() not in KNOWN]
        if odd:
            said = (
                f"the lines between --- and {piece.words.split()[-1]} are read as metadata and not as text: "
            )
            hint = "write *** for a rule, or leave an empty line after ---, where they are text"
            found = f"{said}«{_short(piece.words.strip('-. '))}»"
            yield Finding("warning", "parse", found, text.where(piece.start), hint)


def _comments(text: Text) -> Iterator[Finding]:
    """A warning for each comment in which another one begins: the first was never closed. And for each that
    is nearly the paywall mark: what its author means to be withheld would be shown."""
    for piece in text.pieces:
        if piece.kind != "comment":
            continue
        if "<!--" in piece.words[4:]:
            held = _short(piece.words)
            said = f"this comment holds the beginning of another, and all words up to its end: «{held}»"
            hint = "close it with --> where it is meant to end"
            yield Finding("warning", "parse", said, text.where(piece.start), hint)
        first = _FIRST.match(piece.words)
        if first and first[1].lower() != PAYWALL and get_close_matches(first[1].lower(), [PAYWALL], 1, 0.75):
            said = f"the comment «{_short(piece.words)}» is no paywall mark, and what follows may be shown"
            yield Finding("warning", "parse", said, text.where(piece.start), f"write <!-- {PAYWALL} -->")


def _shown(value: Any) -> Iterator[str]:
    """The words, code and TeX of an AST; without addresses and attributes."""
    for node in ast.iterate(value):
        if node["t"] == "Str":
            yield node["c"]
        elif node["t"] in {"Code", "CodeBlock", "Math", "RawInline", "RawBlock"}:
            yield node["c"][1]
