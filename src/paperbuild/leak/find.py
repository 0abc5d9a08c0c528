"""Finding: anything withheld in the bytes of a file that is made public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from paperbuild.leak import pictures
from paperbuild.leak.counts import counted
from paperbuild.leak.fold import fold
from paperbuild.leak.layers import Layer, layers
from paperbuild.leak.marks import (
    CHAIN,
    END,
    FILE_STEP,
    LETTERS,
    WITHHELD_STEP,
    Shingle,
    addresses,
    close_signs,
    fragments,
    letters,
    phrases,
    runs,
    shingles,
    words,
)
from paperbuild.leak.markup import apart, plain
from paperbuild.leak.withheld import Withheld, is_distinct
from paperbuild.model import Finding

_MOST = 10
_QUOTE = 80
_DISTINCT = 6
"""Letters that differ in a run that tells something."""

_NAMED = re.compile(
    r"""\b(?:id|for|headers|class|itemref|aria-[a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
    r"""|"(?:id|anchor|slug|key)"\s*:\s*"([^"]*)\""""
)
_SPELLED = re.compile(r"(?<![^\W_])(?:[^\W\d_][\W_]+){5,}[^\W\d_](?![^\W_])")
_ROT13 = str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm")
_BACKWARDS = 3
"""Shingles near each other that tell something backwards: ``of x and`` stands in either order by chance."""
_SPELLED_LETTERS = 20_000

Hit = tuple[str, str]
"""What was found, as a reader would say it, and how it reads."""


def leaks(name: str, data: bytes, withheld: Withheld) -> list[Finding]:
    """A finding (error, check ``paywall``) for what can be had from the file ``name`` holding ``data``.

    There are ten at most, and one that says how many more there are. An empty list means: nothing.
    """
    if withheld == Withheld():
        return []
    told: dict[Hit, Finding] = {}
    for layer in layers(data, withheld.shown):
        for hit, place in _hits(layer, withheld):
            if hit not in told:
                told[hit] = _finding(name, hit, [*layer.how, *place])
    findings = list(told.values())
    if len(findings) <= _MOST:
        return findings
    more = Finding("error", "paywall", f"and {len(findings) - _MOST} more of what is withheld is in {name}")
    return [*findings[:_MOST], more]


def _finding(name: str, hit: Hit, how: Iterable[str]) -> Finding:
    what, quote = hit
    short = " ".join(quote.split())
    short = short if len(short) <= _QUOTE else f"{short[:_QUOTE]}…"
    way = ", in ".join(how)
    said = f"{what} can be had from {name}" + (f" (in {way})" if way else "") + f": «{short}»"
    return Finding(
        "error",
        "paywall",
        said,
        hint="take it out of the theme or the shown part; if it may be public, show more of the paper",
    )


def _hits(layer: Layer, withheld: Withheld) -> Iterator[tuple[Hit, list[str]]]:
    """What is found in a layer, and in what further disguise."""
    if layer.picture:
        yield from ((hit, []) for hit in _picture(layer.picture, withheld))
        return
    body, attributes = plain(layer.text)
    for text, place in ((body, []), (attributes, ["an attribute"])):
        if text:
            yield from ((hit, [*more, *place]) for hit, more in _text(text, withheld, layer.faint))
    if layer.faint:
        return
    if loose := apart(layer.text):
        found = withheld.rare.intersection(words(fold(loose)))
        yield from ((("a withheld word", word), ["words apart"]) for word in sorted(found))
    headings = withheld.headings & phrases(fold(body))
    yield from ((("the title of a withheld section", heading), []) for heading in sorted(headings))
    yield from ((hit, []) for hit in _technical(layer.text, withheld))


def _picture(data: bytes, withheld: Withheld) -> Iterator[Hit]:
    """A withheld picture: its bytes, its pixels in another file, or what looks like it."""
    if not withheld.pictures:
        return
    if pictures.digest(data) in withheld.pictures:
        yield "a withheld picture", "the same file"
        return
    exact, look = pictures.look(data)
    if exact in withheld.pictures:
        yield "a withheld picture", "the same pixels in another file"
    elif any(pictures.alike(look, other) for other in withheld.looks):
        yield "a withheld picture", "a copy that looks the same"


def _text(text: str, withheld: Withheld, faint: bool) -> Iterator[tuple[Hit, list[str]]]:
    folded = fold(text)
    listed = words(folded)
    for quote in _passages(listed, withheld.shingles):
        yield ("withheld text", quote), []
    if not faint:
        for word in sorted(withheld.rare.intersection(listed)):
            yield ("a withheld word", word), []
        for phrase in sorted(withheld.phrases & phrases(folded)):
            yield ("a withheld heading, cell, line or formula", phrase), []
        for title in sorted(withheld.titles.intersection(pairwise(listed)) if withheld.titles else ()):
            yield ("the title of a withheld section", " ".join(title)), []
    row = letters(listed)
    for quote in _letters(row, withheld):
        yield ("withheld text", quote), ["pieces"]
    for quote in sorted(close_signs(folded) & withheld.signs):
        yield ("withheld text", quote), []
    yield from _turned(listed, withheld)
    for quote in _spelled(folded, withheld):
        yield ("a withheld word", quote), ["letters apart"]


def _letters(row: str, withheld: Withheld) -> Iterator[str]:
    """The chains of withheld runs in a row of letters."""
    found = withheld.letters.intersection(runs(row, FILE_STEP))
    if len(found) < CHAIN:
        return
    last = len(row) - LETTERS + 1
    at = {start for start in range(0, last, FILE_STEP) if row[start : start + LETTERS] in found}
    apart = WITHHELD_STEP * FILE_STEP
    for start in sorted(at):
        end = start
        while end in at:
            end += apart
        if start - apart not in at and end - start >= CHAIN * apart:
            passage = row[start : end - apart + LETTERS]
            if len(set(passage)) >= _DISTINCT:
                yield passage


def _passages(
    listed: list[str], secret: frozenset[Shingle], least: int = 1, but: frozenset[Shingle] = frozenset()
) -> Iterator[str]:
    """The withheld passages of the words that hold ``least`` shingles, each as long as it goes on; ``but``
    are shingles that tell nothing."""
    found = secret.intersection(shingles(listed)) - but
    if len(found) < least:
        return
    passages: list[list[int]] = []
    for number, shingle in enumerate(shingles(listed)):
        if shingle in found:
            if passages and number - passages[-1][-1] <= 3:
                passages[-1].append(number)
            else:
                passages.append([number])
    for numbers in passages:
        if len(numbers) >= least and not (len(numbers) == 1 and _is_end(listed, numbers[0])):
            yield " ".join(listed[numbers[0] : numbers[-1] + 3])


def _is_end(listed: list[str], number: int) -> bool:
    """True for the last three words of a longer text: a page may cut a text short within its last word."""
    ends = number + 3 >= len(listed) or listed[number + 3] == END
    return ends and number > 0 and listed[number - 1] != END


def _turned(listed: list[str], withheld: Withheld) -> Iterator[tuple[Hit, list[str]]]:
    """Passages that read backwards, by letters or by words, or are in ROT13."""
    backwards = listed[::-1]
    for quote in _passages(backwards, withheld.shingles, _BACKWARDS, withheld.mirrored):
        yield ("withheld text", quote), ["words in reverse order"]
    known = _vocabulary(withheld.shingles)
    turns: tuple[tuple[str, list[str], Callable[[str], str]], ...] = (
        ("letters in reverse order", backwards, _reversed),
        ("ROT13", listed, lambda text: text.translate(_ROT13)),
    )
    for name, row, turn in turns:
        different = list(set(row))
        new_words = turn(" ".join(different)).split(" ")
        turned = {word: new for word, new in zip(different, new_words, strict=False) if new in known}
        if sum(len(new) >= 3 for new in turned.values()) < 2:
            continue
        for quote in _passages([turned.get(word, END) for word in row], withheld.shingles):
            yield ("withheld text", quote), [name]
        rare = withheld.rare.intersection(turned.values())
        if len(rare) > 1:
            yield ("withheld words", " ".join(sorted(rare))), [name]


def _reversed(text: str) -> str:
    """The words of a text in their order, each backwards."""
    return " ".join(text[::-1].split(" ")[::-1])


@lru_cache(maxsize=4)
def _vocabulary(secret: frozenset[Shingle]) -> frozenset[str]:
    return frozenset(word for shingle in secret for word in shingle)


def _spelled(folded: str, withheld: Withheld) -> Iterator[str]:
    """Withheld words of which each letter stands alone: with spaces, or in an element of its own."""
    rows = [letters(words(match[0])) for match in _SPELLED.finditer(folded)]
    row = END.join(rows)[:_SPELLED_LETTERS]
    if not row:
        return
    yield from sorted(word for word in withheld.rare if word in row)
    yield from sorted(" ".join(each) for each in withheld.shingles if "".join(each) in row)


def _technical(text: str, withheld: Withheld) -> Iterator[Hit]:
    """Names, addresses, files and counts, wherever a file holds such things."""
    low = text.lower()
    named = {word for match in _NAMED.findall(low) for value in match for word in value.split()}
    named.update(fragments(low))
    for each in sorted(withheld.names & named):
        yield "a withheld id or name", each
    for each in sorted(withheld.names - named):
        if is_distinct(each) and each in low and _stands(each, low):
            yield "a withheld id or name", each
    for each in sorted(withheld.addresses & addresses(low)):
        yield "a withheld address", each
    for each in sorted(withheld.files):
        if each in low and _stands(each, low):
            yield "the name of a withheld file", each
    for _, quote in counted(text, withheld.counts):
        yield "the number of withheld words", quote


def _stands(name: str, text: str) -> bool:
    """True where ``name`` is not a part of a longer one."""
    return bool(re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text))
