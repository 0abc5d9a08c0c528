"""``text-case`` and ``strip-periods`` (CSL 1.0.2, "Text-case", "Title Case Conversion", "Strip-periods").

Both work on the texts of a tree in reading order, across its nodes: a title with a word in italics is one
title. Where the specification and citeproc-js differ the test-suite decides: stop words keep the case they
have, and words that hold a capital stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from paperbuild.csl.style.nodes import TextCase
from paperbuild.csl.text.tree import Child, Rich

_STOP_WORDS = frozenset(
    "a about above across afore after against al along alongside amid amidst among amongst an and anenst "
    "apropos apud around as aside astride at athwart atop barring before behind below beneath beside besides "
    "between beyond but by c ca circa d de despite down during et except for forenenst from given in inside "
    "into lest like modulo near next nor notwithstanding of off on onto or out over per plus pro qua sans "
    "since so than the through throughout thru thruout till to toward towards under underneath until unto up "
    "upon v van versus via von vs with within without yet".split()
)
_STOP_PHRASES = frozenset(
    (first, second)
    for first, second in map(
        str.split,
        (
            "according to|ahead of|apart from|as for|as of|as per|as regards|aside from|back to|because of|"
            "close to|due to|except for|far from|inside of|instead of|near to|next to|on to|out from|out of|"
            "outside of|prior to|pursuant to|rather than|regardless of|such as|that of|up to|where as"
        ).split("|"),
    )
)
"""Stop words of two words; of most, the second is a stop word by itself."""

_WORD = re.compile("[^\\s\\-‐‑–—/.,;:?!()\\[\\]“”‘’\"'«»]+")
_PERIOD = re.compile(r"\.(?![a-z])")
_APOSTROPHES = frozenset("’'")
_PROTECTING = frozenset(("nocase", "nodecor"))
_GREEK = re.compile("[\u0370-\u03ff]")


class _Leaf:
    """A text of the tree, on the way to its new case."""

    __slots__ = ("fixed", "text")

    def __init__(self, text: str, fixed: bool) -> None:
        self.text = text
        self.fixed = fixed
        """True where no case may change"""


def change(child: Child, case: TextCase, lang: str) -> Child:
    """The tree in another case; its outermost affixes, which are not part of the text, stay.

    ``lang`` is the language of the text: ``title`` needs English, and Turkish has letters of its own.
    """
    if not case or (case == "title" and not lang.lower().startswith("en")):
        return child
    leaves = list(_leaves(child, False, True))
    _CASES[case](leaves, lang)
    return _rebuilt(child, iter(leaves), True)


def strip_periods(child: Child) -> Child:
    """The tree without periods in its texts; one before a small letter stays, and so do affixes."""
    if isinstance(child, str):
        return _PERIOD.sub("", child) if "." in child else child
    children = tuple([new for new in map(strip_periods, child.children) if new != ""])
    return Rich(children, child.format, child.tag, child.data)


def _leaves(child: Child, fixed: bool, top: bool) -> Iterator[_Leaf]:
    """All texts in reading order: prefix, first child, delimiter (once), other children, suffix."""
    if isinstance(child, str):
        yield _Leaf(child, fixed)
        return
    look = child.format
    if look.prefix and not top:
        yield _Leaf(look.prefix, fixed)
    inside = fixed or _protects(child)
    for index, inner in enumerate(child.children):
        if index and look.delimiter:
            yield _Leaf(look.delimiter, inside)
        yield from _leaves(inner, inside, False)
    if look.suffix and not top:
        yield _Leaf(look.suffix, fixed)


def _protects(node: Rich) -> bool:
    """Whether the markup of a field keeps its text as it is."""
    look = node.format
    return node.tag in _PROTECTING or (
        look.flip and (look.font_variant == "small-caps" or look.vertical_align in {"sup", "sub"})
    )


def _rebuilt(child: Child, leaves: Iterator[_Leaf], top: bool) -> Child:
    """The tree with new texts, which come in the order of ``_leaves``."""
    if isinstance(child, str):
        return next(leaves).text
    look = child.format
    prefix = next(leaves).text if look.prefix and not top else look.prefix
    delimiter = ""
    children = []
    for index, inner in enumerate(child.children):
        if index and look.delimiter:
            found = next(leaves).text
            delimiter = delimiter or found
        children.append(_rebuilt(inner, leaves, False))
    suffix = next(leaves).text if look.suffix and not top else look.suffix
    affixes = (prefix, delimiter or look.delimiter, suffix)
    if affixes != (look.prefix, look.delimiter, look.suffix):
        look = replace(look, prefix=prefix, delimiter=affixes[1], suffix=suffix)
    return Rich(tuple(children), look, child.tag, child.data)


def _upper(text: str, lang: str) -> str:
    if lang.lower().startswith(("tr", "az")):
        text = text.replace("i", "İ")
    return text.upper()


def _lower(text: str, lang: str) -> str:
    if lang.lower().startswith(("tr", "az")):
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower()


def _capitalized(word: str, lang: str) -> str:
    """The word with a capital; a Greek letter by itself is a symbol."""
    if len(word) == 1 and _GREEK.match(word):
        return word
    return _upper(word[0], lang) + word[1:]


def _each(turn: Callable[[str, str], str]) -> Callable[[list[_Leaf], str], None]:
    def all_of_them(leaves: list[_Leaf], lang: str) -> None:
        for leaf in leaves:
            if not leaf.fixed:
                leaf.text = turn(leaf.text, lang)

    return all_of_them


class _Word:
    """A word in a leaf, with what stands around it in the whole text."""

    __slots__ = ("after", "before", "end", "leaf", "start", "text")

    def __init__(self, leaf: _Leaf, start: int, end: int) -> None:
        self.leaf = leaf
        self.start = start
        self.end = end
        self.text = leaf.text[start:end]
        self.before = ""
        """All that stands between this word and the one before it"""
        self.after = ""

    def put(self, text: str) -> None:
        """Change the word in its leaf. It keeps its length, or is the leaf's last to be changed."""
        if not self.leaf.fixed:
            self.leaf.text = self.leaf.text[: self.start] + text + self.leaf.text[self.end :]


def _words(leaves: list[_Leaf]) -> list[_Word]:
    """The words of the text. One that goes on in the next leaf, or behind an apostrophe, is two."""
    words: list[_Word] = []
    between = ""
    for leaf in leaves:
        end = 0
        for match in _WORD.finditer(leaf.text):
            between += leaf.text[end : match.start()]
            end = match.end()
            word = _Word(leaf, match.start(), end)
            word.before = between
            if words:
                words[-1].after = between
            words.append(word)
            between = ""
        between += leaf.text[end:]
    if words:
        words[-1].after = between
    return words


def _goes_on(words: list[_Word], index: int) -> bool:
    """Whether a word is the rest of the one before: ``t`` in ``don’t``, ``O`` behind a subscript."""
    before = words[index].before
    return index > 0 and (not before or before in _APOSTROPHES)


def _sentence(leaves: list[_Leaf], lang: str) -> None:
    """The first word gets a capital, all else small letters; an acronym that is the whole text stays."""
    words = _words(leaves)
    if not words:
        return
    shouting = len(words) > 1 and all(leaf.fixed or leaf.text == _upper(leaf.text, lang) for leaf in leaves)
    first = words[0]
    begin = first.text if not shouting else first.text[:1] + _lower(first.text[1:], lang)
    begin = _capitalized(begin, lang)
    for leaf in leaves:
        if leaf.fixed:
            continue
        if leaf is first.leaf:
            leaf.text = leaf.text[: first.start] + begin + _lower(leaf.text[first.end :], lang)
        else:
            leaf.text = _lower(leaf.text, lang)


def _capitalize_first(leaves: list[_Leaf], lang: str) -> None:
    words = _words(leaves)
    if words and words[0].text == _lower(words[0].text, lang):
        words[0].put(_capitalized(words[0].text, lang))


def _capitalize_all(leaves: list[_Leaf], lang: str) -> None:
    words = _words(leaves)
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        if word.text == _lower(word.text, lang) and not _goes_on(words, index):
            word.put(_capitalized(word.text, lang))


def _title(leaves: list[_Leaf], lang: str) -> None:
    """Words get capitals; stop words only as the first or last, behind a colon, or before a hyphen."""
    words = _words(leaves)
    for index in range(len(words) - 1, -1, -1):  # backwards: a capital may be longer than the small letter
        word = words[index]
        if word.text != _lower(word.text, lang) or _goes_on(words, index):
            continue
        if _begins(words, index) or _matters(words, index):
            word.put(_capitalized(word.text, lang))


def _begins(words: list[_Word], index: int) -> bool:
    """Whether a word begins the text or a part of it."""
    return index == 0 or any(sign in words[index].before for sign in "?!:")


def _matters(words: list[_Word], index: int) -> bool:
    """Whether a word has a capital wherever it stands."""
    word = words[index]
    if len(word.text) < 2:  # a letter by itself is a symbol, unless it begins a word: P-type
        return word.text.isascii() and word.before[-1:].isspace() and word.after == "-"
    if not _stops(words, index):
        return True
    if index == len(words) - 1:
        return True
    return word.after == "-" and (not word.before or word.before[-1].isspace())


def _stops(words: list[_Word], index: int) -> bool:
    """Whether a word is a stop word, or half of one."""
    word = words[index]
    if word.text in _STOP_WORDS:
        return True
    beyond = words[index + 1].text if index + 1 < len(words) and word.after.isspace() else ""
    behind = words[index - 1].text.lower() if index and word.before.isspace() else ""
    return (word.text, beyond) in _STOP_PHRASES or (behind, word.text) in _STOP_PHRASES


_CASES: dict[TextCase, Callable[[list[_Leaf], str], None]] = {
    "lowercase": _each(_lower),
    "uppercase": _each(_upper),
    "capitalize-first": _capitalize_first,
    "capitalize-all": _capitalize_all,
    "sentence": _sentence,
    "title": _title,
}
