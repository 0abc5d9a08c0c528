"""Marked strings: text whose formatting is written with single characters inside the text.

A processor only ever joins and cuts strings, so formatting must survive as characters that no
text contains: Unicode's noncharacters U+FDD0 to U+FDEF. Nothing has to be escaped, and a ``<`` of a
title is a ``<`` all the way. ``inlines`` turns a finished string into pandoc's inlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

PAIRS = {
    "italic": ("\ufdd0", "\ufdd1"),
    "bold": ("\ufdd2", "\ufdd3"),
    "small-caps": ("\ufdd4", "\ufdd5"),
    "superscript": ("\ufdd6", "\ufdd7"),
    "subscript": ("\ufdd8", "\ufdd9"),
    "underline": ("\ufdda", "\ufddb"),
    "no-case": ("\ufddc", "\ufddd"),
    "quote": ("\ufdde", "\ufddf"),
    "author": ("\ufde0", "\ufde1"),
    "margin": ("\ufde2", "\ufde3"),
    "names": ("\ufde5", "\ufde6"),
    "guard": ("\ufde7", "\ufde8"),
}
"""What can be on or off, with the character that begins and the one that ends it."""
YEAR = "\ufde4"
"""Stands after a year, where a style without a place of its own for it puts the year's letter."""

MARKS = re.compile("[\ufdd0-\ufdef\uffff]")
_GUARDED = re.compile("{}.*?{}".format(*PAIRS["guard"]), re.DOTALL)
_SOME = "[\ufdd0-\ufdef]*"
_QUOTE_ON, _QUOTE_OFF = PAIRS["quote"]
_CASE_ON, _CASE_OFF = PAIRS["no-case"]
_NODES = {
    "superscript": "Superscript",
    "subscript": "Subscript",
    "italic": "Emph",
    "bold": "Strong",
    "small-caps": "SmallCaps",
    "underline": "Underline",
}
_TAGS = {
    "i": "italic",
    "b": "bold",
    "sup": "superscript",
    "sub": "subscript",
    "sc": "small-caps",
    "u": "underline",
}
_TAG = re.compile(r"<(/?)(i|b|sup|sub|sc|u|span)(\s[^<>]*)?>")
_BALANCED = re.compile('“([^“”]*)”|"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Quotes:
    """A language's quotation marks, and whether a full stop goes inside them."""

    outer: tuple[str, str] = ("“", "”")
    inner: tuple[str, str] = ("‘", "’")
    punctuation_inside: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one formatting."""

    text: str
    flags: frozenset[str] = frozenset()
    target: str = ""
    """The address it links to."""


def mark(kind: str, value: str) -> str:
    """The string with this formatting; an empty one stays empty."""
    begin, end = PAIRS[kind]
    return f"{begin}{value}{end}" if value else value


def strip(value: str) -> str:
    """The string without any marks."""
    return MARKS.sub("", value)


def from_markup(value: str) -> str:
    """A marked string from a CSL-JSON field with its HTML-like markup.

    A tag that is never closed, or one that CSL does not know, is text.
    """
    value = MARKS.sub("", value)
    pieces: list[str] = []
    opened: list[tuple[int, str, str]] = []
    end = 0
    for found in _TAG.finditer(value):
        pieces.append(value[end : found.start()])
        end = found.end()
        closing, tag, extra = found[1], found[2], found[3] or ""
        if not closing:
            opened.append((len(pieces), tag, _TAGS.get(tag) or _span(extra)))
        elif opened and opened[-1][1] == tag:
            at, _, kind = opened.pop()
            pieces[at], close = PAIRS[kind] if kind else ("", "")
            pieces.append(close)
            continue
        pieces.append(found[0])
    pieces.append(value[end:])
    return _typography("".join(pieces))


def _span(attributes: str) -> str:
    if "nocase" in attributes:
        return "no-case"
    return "small-caps" if "small-caps" in attributes else ""


def _typography(value: str) -> str:
    value = re.sub(r"(?<=\w)'(?=\w)", "’", value)
    if value.count('"') % 2:
        return value
    return _BALANCED.sub(lambda found: mark("quote", found[1] or found[2] or ""), value)


def guarded(value: str) -> str:
    """The string, marked so that ``tidy`` leaves its inside alone (all but its last character)."""
    return mark("guard", value[:-1]) + value[-1:] if tidy(value) != value else value


def tidy(value: str, quotes: Quotes = Quotes()) -> str:
    """The string without doubled spaces and stops where pieces of a style meet."""
    kept = iter(_GUARDED.findall(value))
    value = _GUARDED.sub("\uffff", value)
    value = re.sub(f" ({_SOME}) +", r" \1", value)
    value = re.sub(f" +({_SOME}[.,])(?!{_SOME}[\\w.])", r"\1", value)
    value = re.sub(f"([,;:])({_SOME})\\1+", r"\1\2", value)
    value = re.sub(f"(?<!\\.)\\.({_SOME})\\.(?!{_SOME}\\.)", r".\1", value)
    value = re.sub(f"([!?])({_SOME})\\.", r"\1\2", value)
    value = re.sub(f"([,;])({_SOME})\\.(?=$|{_SOME} |{_SOME}$)", r"\2.", value)
    if quotes.punctuation_inside:
        value = re.sub(f"({_QUOTE_OFF})({_SOME})([.,])", r"\3\1\2", value)
        value = re.sub(f"([.!?])({_SOME})[.,]({_SOME}{_QUOTE_OFF})", r"\1\2\3", value)
    return re.sub("\uffff", lambda _: next(kept), value)


def runs(value: str, quotes: Quotes = Quotes()) -> list[Run]:
    """The string cut where its formatting changes. Italics inside italics are upright."""
    begins = {begin: kind for kind, (begin, _) in PAIRS.items()}
    ends = {end: kind for kind, (_, end) in PAIRS.items()}
    depth = dict.fromkeys(PAIRS, 0)
    result: list[Run] = []
    for piece in re.split("([\ufdd0-\ufdef])", value):
        if piece in begins:
            kind = begins[piece]
            if kind == "quote":
                result.append(Run((quotes.outer, quotes.inner)[depth[kind] % 2][0], _flags(depth)))
            depth[kind] += 1
        elif piece in ends:
            kind = ends[piece]
            depth[kind] = max(0, depth[kind] - 1)
            if kind == "quote":
                result.append(Run((quotes.outer, quotes.inner)[depth[kind] % 2][1], _flags(depth)))
        elif piece and piece != YEAR:
            result.append(Run(piece, _flags(depth)))
    return [
        Run("".join(run.text for run in same), flags) for flags, same in groupby(result, lambda r: r.flags)
    ]


def _flags(depth: dict[str, int]) -> frozenset[str]:
    toggled = {"italic", "bold"}
    kinds = (*_NODES, "margin")
    return frozenset(kind for kind in kinds if (depth[kind] % 2 if kind in toggled else depth[kind]))


def inlines(pieces: Iterable[Run]) -> list[Node]:
    """pandoc's inlines; neighbours of the same formatting share a node."""
    result: list[Node] = []
    for target, same in groupby(pieces, lambda run: run.target):
        content = _nest(list(same), list(_NODES))
        result.extend([ast.link(content, target)] if target else content)
    return result


def _nest(pieces: Sequence[Run], kinds: Sequence[str]) -> list[Node]:
    if not kinds:
        return ast.text("".join(run.text for run in pieces))
    result: list[Node] = []
    for inside, same in groupby(pieces, lambda run: kinds[0] in run.flags):
        content = _nest(list(same), kinds[1:])
        result.extend([{"t": _NODES[kinds[0]], "c": content}] if inside else content)
    return result


def linked(pieces: Sequence[Run], targets: Sequence[tuple[str, str]]) -> list[Run]:
    """The runs with a target on every address: first the known (text, address), then any URL."""
    text = "".join(run.text for run in pieces)
    taken: list[tuple[int, int, str]] = []
    known = [(f"(?<![\\w/]){re.escape(shown)}(?!\\w)", address) for shown, address in targets]
    for pattern, address in [*known, (r"https?://[^\s<>“”«»]+", "")]:
        for found in re.finditer(pattern, text):
            begin, end = found.start(), found.end()
            if not address:
                end = begin + len(_trimmed(found[0]))
            if not any(begin < stop and start < end for start, stop, _ in taken):
                taken.append((begin, end, address or text[begin:end]))
    return _cut(pieces, sorted(taken))


def _trimmed(url: str) -> str:
    """The URL without the punctuation of the sentence around it."""
    while url and (
        url[-1] in ".,;:!?'’" or (url[-1] in ")]" and url.count(url[-1]) > url.count("(["[url[-1] == "]"]))
    ):
        url = url[:-1]
    return url


def _cut(pieces: Sequence[Run], spans: Sequence[tuple[int, int, str]]) -> list[Run]:
    result: list[Run] = []
    offset = 0
    for run in pieces:
        at, stop = offset, offset + len(run.text)
        for first, last, address in spans:
            begin, end = max(first, at), min(last, stop)
            if begin < end:
                if at < begin:
                    result.append(Run(run.text[at - offset : begin - offset], run.flags))
                result.append(Run(run.text[begin - offset : end - offset], run.flags, address))
                at = end
        if at < stop:
            result.append(Run(run.text[at - offset :], run.flags))
        offset = stop
    return result


_STOP_WORDS = frozenset(
    "a an and as at but by d de down for from in into nor of on onto or over so the till to up van von via "
    "with yet".split()
)
"""Words that stay small in a title, as CSL lists them, with the particles of names."""


def change_case(value: str, case: str) -> str:
    """The string in the case that CSL calls lowercase, uppercase, capitalize-first, …

    What is marked as no-case stays as it is.
    """
    if case in {"title", "sentence", "capitalize-all"}:
        return _words(value, case)
    if case == "capitalize-first":
        return _capital(value)
    change = str.lower if case == "lowercase" else str.upper if case == "uppercase" else str
    return "".join(piece if kept else change(piece) for piece, kept in _protected(value))


def _protected(value: str) -> list[tuple[str, bool]]:
    pieces = re.split(f"({_CASE_ON}.*?{_CASE_OFF})", value, flags=re.DOTALL)
    return [(piece, piece.startswith(_CASE_ON)) for piece in pieces if piece]


def _capital(value: str) -> str:
    """The string with its first letter as a capital, unless it is protected."""
    found = re.match("[\ufdd0-\ufddb\ufdde-\ufdef\\W]*", value)
    at = found.end() if found else 0
    if value.startswith(_CASE_ON) or _CASE_ON in value[:at]:
        return value
    return value[:at] + value[at : at + 1].upper() + value[at + 1 :]


def _words(value: str, case: str) -> str:
    shout = strip(value).isupper()
    words = re.findall(f"{_CASE_ON}.*?{_CASE_OFF}|[^\\s{_CASE_ON}]+|\\s+", value, flags=re.DOTALL)
    last = max((i for i, word in enumerate(words) if not word.isspace()), default=0)
    result: list[str] = []
    first = True
    for index, word in enumerate(words):
        if word.isspace() or word.startswith(_CASE_ON):
            result.append(word)
            first = first and word.isspace()
            continue
        if case == "sentence":
            result.append(_sentence_word(word, shout=shout, first=first))
        elif result and not result[-1].isspace():
            result.append(word)
        else:
            always = first or index == last or case == "capitalize-all"
            result.append(_title_word(word, always=always))
        first = case != "sentence" and strip(word).endswith((":", ".", "?", "!"))
    return "".join(result)


def _title_word(word: str, *, always: bool) -> str:
    """The word and each part after a hyphen with a capital, unless it is a small one."""
    parts = re.split("([-‐–—/])", word)
    for index, part in enumerate(parts):
        bare = strip(part).strip("“”‘’\"'([{.,:;!?)]}")
        if bare.islower() and ((always and not index) or bare not in _STOP_WORDS):
            parts[index] = _capital(part)
    return "".join(parts)


def _sentence_word(word: str, *, shout: bool, first: bool) -> str:
    if shout:
        word = word.lower()
    return _capital(word) if first else word
