"""Sentence ends of a paragraph: Unicode's rules by ICU, and what they do not know of scholarly writing.

ICU's break iterator follows UAX #29 ("Sentence Boundaries") with the abbreviations that CLDR has for some
languages. It still ends a sentence after "z. B." or before the number in "p. 5". A cut needs no list of
every end, only ends that are sure: what is in doubt is none.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import icu

from paperbuild.model import OBJECT
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_SPACES = frozenset({"Space", "SoftBreak", "LineBreak"})
_SIMPLE = _SPACES | {"Str"}
_NEAR = 64
"""Characters before an end that are looked at."""
_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")
"""Characters that count twice in ICU's offsets."""
_CLOSERS = re.compile(r"[\s\])}\"'’”»›“‘«」』】）〉》\u2060\u200e\u200f]+$")
_OPENERS = re.compile(r"[(\[{「『【（〈《“„‚«‹¿¡]+$")
_BRACKETS = {**dict.fromkeys("([（「『《〈【", 1), **dict.fromkeys(")]）」』》〉】", -1)}
_QUOTES = frozenset('«»„“”"')
"""Which open and which close differs by language: outside of a quotation, an even number went before."""
_SIGNS = re.compile(f"[{re.escape(''.join([*_BRACKETS, *sorted(_QUOTES)]))}]")
_LAST = re.compile(r"[^\s\u00a0\u202f(\[{«»„“”‚‘\"'/–—-]+$")
_NO_VOWEL = re.compile(r"[b-df-hj-np-tv-xzßб-джзй-нп-тф-щъьґђћ]+")
_NUMERAL = re.compile(r"\d{1,2}|[IVXLC]{1,5}")
"""In many languages a number and a full stop is an ordinal; in all of them it may be that of a list."""
_SHORT = 5
_ABBREVIATIONS = frozenset(
    "abb abs abt al allg anm art aufl aug ausg avg bearb ca cap cit co col cols cor dec dept dies diss "
    "ebd ed eds eg einschl eq eqs esp etc evtl ex feb fig figs fol hist ibid ie impr inc inkl insb jan "
    "jul jun kap lit loc max min misc no nos nov obs oct okt op orig pag par para paras phil prob prof "
    "prop resp rev ris röm sec sect sep sept ser sez sog spec sup suppl tab tav tit trad trans univ usw "
    "ver verf viz vol vols vorw zit éd übers гл изд им напр ред рис табл".split()
)
"""Abbreviations with a vowel after which writing mostly goes on; those without one need no list."""


@dataclass(frozen=True, slots=True)
class End:
    """A sentence's end within a paragraph, the paragraph's own left out."""

    path: tuple[int, ...]
    """The inline before which the cut falls; with a second number, the character of that Str."""
    text: str
    """What a reader has read of the paragraph since the end before this one, notes left out."""


def breaker(lang: str) -> icu.BreakIterator:
    """ICU's sentence iterator for a BCP 47 language. It holds the text it is at: not for two threads."""
    return icu.BreakIterator.createSentenceInstance(icu.Locale(f"{lang.replace('-', '_')}@ss=standard"))


def ends(inlines: Sequence[Node], breaks: icu.BreakIterator) -> Iterator[End]:
    """The ends at which a paragraph may be cut, in order: none lies within an emphasis, quotation, link,
    citation, note or formula. A note belongs to the sentence whose mark it follows."""
    pieces = [_piece(node) for node in inlines]
    said = [
        piece if node["t"] in _SIMPLE else _said(node) for node, piece in zip(inlines, pieces, strict=True)
    ]
    starts = [0, *accumulate(map(len, pieces))][: len(pieces)]
    done: tuple[int, ...] = (0,)
    for offset in _sure("".join(pieces), breaks):
        path = _path(inlines, pieces, starts, offset)
        if path:
            yield End(path, _from(said, done, path))
            done = path


def _from(said: Sequence[str], start: tuple[int, ...], end: tuple[int, ...]) -> str:
    """What is said from one end to another."""
    (first, skipped), (last, taken) = ((*path, 0)[:2] for path in (start, end))
    if first == last:
        return said[first][skipped:taken]
    return "".join([said[first][skipped:], *said[first + 1 : last], said[last][:taken]])


def _piece(node: Node) -> str:
    """What ICU is given of an inline: nothing of a note's mark, so that it parts no sentence from its end."""
    if node["t"] == "Str":
        return str(node["c"])
    if node["t"] in _SPACES:
        return " "
    return "" if _is_raised(node) else _said(node, OBJECT)


def _said(node: Node, stand_in: str = "") -> str:
    return ast.plain(node, stand_in=stand_in).replace("\n", " ")


def _is_raised(node: Node) -> bool:
    """A note, or a citation that stands as a raised number."""
    if node["t"] in {"Note", "Superscript"}:
        return True
    inner = node["c"][1] if node["t"] in {"Cite", "Span", "Link"} else []
    return bool(inner) and all(map(_is_raised, inner))


def _sure(text: str, breaks: icu.BreakIterator) -> Iterator[int]:
    """The offsets of ends in a text that are beyond doubt, outside of brackets and quotations."""
    breaks.setText(_ASTRAL.sub(OBJECT, text))
    start = depth = quotes = 0
    for end in breaks:
        # after a full stop, ICU takes an opening bracket for a closing one where no space parts them
        opening = _OPENERS.search(text, start, end)
        at = opening.start() if opening else end
        signs = _SIGNS.findall(text, start, at)
        depth += sum(_BRACKETS.get(sign, 0) for sign in signs)
        quotes += sum(sign in _QUOTES for sign in signs)
        if depth == 0 and quotes % 2 == 0 and _ends(text, at):
            yield at
        start = at


def _ends(text: str, at: int) -> bool:
    """True where a sentence surely ends before this offset, and another begins there."""
    before = _CLOSERS.sub("", text[max(at - _NEAR, 0) : at])
    after = text[at : at + _NEAR].lstrip()
    if not before or not after or not icu.Char.hasBinaryProperty(before[-1], icu.UProperty.S_TERM):
        return False
    return _begins(after) and not (before[-1] == "." and _is_abbreviated(before, after))


def _begins(after: str) -> bool:
    """True for what a sentence can begin with: no small letter, dash or closing bracket."""
    sign = after[0]
    if sign in _QUOTES or unicodedata.category(sign) in {"Ps", "Pi"} or sign in "'‘¿¡":
        return (
            len(after) > 1
            and (after[1].isalnum() or after[1] in "¿¡ \u00a0\u202f")
            and not after[1].islower()
        )
    return sign == OBJECT or (sign.isalnum() and not sign.islower())


def _is_abbreviated(before: str, after: str) -> bool:
    """True where a full stop may be that of an abbreviation, an initial or an ordinal."""
    found = _LAST.search(before.rstrip("."))
    if not found:
        return True
    word = found.group()
    small = word.lower()
    return (
        (len(word) == 1 and word.isalpha() and not _is_ideograph(word))
        or bool(_NUMERAL.fullmatch(word))
        or ("." in word and not word[-1].isdigit())
        or bool(_NO_VOWEL.fullmatch(unicodedata.normalize("NFD", small)))
        or small in _ABBREVIATIONS
        or (after[0].isdigit() and len(word) <= _SHORT and word.isalpha())
    )


def _is_ideograph(char: str) -> bool:
    return unicodedata.category(char) == "Lo"


def _path(
    inlines: Sequence[Node], pieces: Sequence[str], starts: Sequence[int], offset: int
) -> tuple[int, ...]:
    """Where an offset lies among the inlines; empty where it lies within one that is not to be parted."""
    index = bisect_right(starts, offset) - 1
    if starts[index] == offset:
        while index and not pieces[index - 1] and not _is_raised(inlines[index - 1]):
            index -= 1  # an empty anchor belongs to what follows
        return () if inlines[index]["t"] == "Cite" and pieces[index][:1] in {"(", "["} else (index,)
    if inlines[index]["t"] != "Str":
        return ()
    cut = offset - starts[index]
    closed = _CLOSERS.sub("", pieces[index][:cut])
    wide = bool(closed) and unicodedata.east_asian_width(closed[-1]) in {"W", "F", "H"}
    return (index, cut) if wide else ()
