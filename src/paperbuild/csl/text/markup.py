"""Markup inside the fields of an item: HTML-like tags, quotation marks and apostrophes.

CSL-JSON allows ``<i>``, ``<b>``, ``<sup>``, ``<sub>``, ``<sc>`` and two kinds of ``<span>`` in a field
("HTML-like formatting tags" of the CSL-JSON description). Quotation marks are found as citeproc-js finds
them, so that they can change places with those a style puts around the field.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from paperbuild.csl.text.seams import ENGLISH, QuoteMarks
from paperbuild.csl.text.tree import PLAIN, Child, Format, Rich

_TAGS = {
    "i": Format(font_style="italic", flip=True),
    "b": Format(font_weight="bold", flip=True),
    "sup": Format(vertical_align="sup", flip=True),
    "sub": Format(vertical_align="sub", flip=True),
    "sc": Format(font_variant="small-caps", flip=True),
}
_QUOTED = Format(quotes=True, flip=True)
_UNDECORATED = Format(font_style="normal", font_variant="normal", font_weight="normal", flip=True)
_APOSTROPHE = "’"

_SPANS = (
    (re.compile(r"""font-variant:\s*small-caps""", re.IGNORECASE), _TAGS["sc"], ""),
    (re.compile(r"""class\s*=\s*["']?nocase\b""", re.IGNORECASE), PLAIN, "nocase"),
    (re.compile(r"""class\s*=\s*["']?nodecor\b""", re.IGNORECASE), _UNDECORATED, "nodecor"),
)
_TAG = r"</?(?:i|b|su[bp]|sc)\s*>|<span\s[^<>]*>|</span\s*>"
_NARROW = re.compile(" (?=[:;?!»])|(?<=«) ")
_STRAIGHT = frozenset("\"'")
# Before a straight quotation mark that opens: nothing, a space, a bracket, a dash, another opening mark.
_OPENS_AFTER = frozenset(" \t\n\u00a0\u2002\u2003\u2009\u202f([{–—/¿¡")


class _Grammar(NamedTuple):
    """What is special in a field, given the locale's quotation marks."""

    special: re.Pattern[str]
    token: re.Pattern[str]
    closing: dict[str, str]
    """The locale's opening marks, with the closing ones."""
    inner: str
    """The locale's opening inner mark"""


class _Frame:
    """A tag or quotation mark that is open: it is a node once it is closed, and text if it never is."""

    __slots__ = ("children", "closer", "look", "source", "tag")

    def __init__(self, source: str, closer: str, look: Format, tag: str = "") -> None:
        self.source = source
        self.closer = closer
        self.look = look
        self.tag = tag
        self.children: list[Child] = []

    def add(self, text: str) -> None:
        """Add a text, in one piece with the one before it."""
        if not text:
            return
        if self.children and isinstance(self.children[-1], str):
            self.children[-1] += text
        else:
            self.children.append(text)


def parse(value: str, quotes: QuoteMarks = ENGLISH) -> tuple[Child, ...]:
    """The field's texts and nodes, none of them empty. No input is an error: what is not markup is text.

    A tag is a node that flips (``Format.flip``), ``nocase`` one with that tag, a quotation a node with
    ``Format.quotes``; one that stands in inner marks even outside another has the tag ``inner``. An
    apostrophe is typographic, a space before ``: ; ? ! »`` and after ``«`` narrow and unbreakable.
    """
    if not value:
        return ()
    if _grammar(quotes).special.search(value) is None:
        return (value,)
    return _parsed(value, quotes)


@lru_cache(maxsize=64)
def _grammar(quotes: QuoteMarks) -> _Grammar:
    pairs = [pair for pair in (quotes.outer, quotes.inner) if all(pair) and not _STRAIGHT & set(pair[0])]
    marks = sorted({mark for pair in pairs for mark in pair} | {'"', "'", _APOSTROPHE}, key=len, reverse=True)
    literal = "|".join(map(re.escape, marks))
    return _Grammar(
        re.compile(rf"<|{literal}|{_NARROW.pattern}"),
        re.compile(rf"{_TAG}|{literal}", re.IGNORECASE),
        dict(pairs),
        quotes.inner[0],
    )


@lru_cache(maxsize=4096)
def _parsed(value: str, quotes: QuoteMarks) -> tuple[Child, ...]:
    return _Parser(_NARROW.sub("\u202f", value), _grammar(quotes)).parse()


class _Parser:
    """One field, read from left to right."""

    __slots__ = ("frames", "grammar", "opened_at", "outer", "text")

    def __init__(self, text: str, grammar: _Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.frames = [_Frame("", "", PLAIN)]
        self.opened_at = 0
        """Where the last opening tag or mark ends: a quotation mark there opens, too."""
        self.outer = ""
        """The straight mark, single or double, that the field uses first: it is the outer one."""

    def parse(self) -> tuple[Child, ...]:
        """The field's children."""
        end = 0
        for match in self.grammar.token.finditer(self.text):
            self.frames[-1].add(self.text[end : match.start()])
            end = match.end()
            self.token(match[0], match.start(), end)
        self.frames[-1].add(self.text[end:])
        while len(self.frames) > 1:
            self.revert()
        return tuple(self.frames[0].children)

    def token(self, token: str, start: int, end: int) -> None:
        """Read a tag or a quotation mark."""
        if token[0] == "<":
            self.tag(token, end)
        elif token in _STRAIGHT:
            self.straight(token, start, end)
        elif token in self.grammar.closing and not self.closes_itself(token):
            self.open(_Frame(token, self.grammar.closing[token], _QUOTED), end)
        elif token == _APOSTROPHE:
            self.apostrophe(start, end)
        else:
            self.end(token, token)

    def closes_itself(self, token: str) -> bool:
        """Whether an opening mark ends a quotation: in some languages both marks are the same."""
        return any(frame.closer == token for frame in self.frames)

    def tag(self, token: str, end: int) -> None:
        """Read a tag."""
        name = token.strip("</>").split()[0].lower()
        if token[1] == "/":
            self.end(name, token)
        elif name in _TAGS:
            self.open(_Frame(token, name, _TAGS[name]), end)
        else:
            for pattern, format_, tag in _SPANS:
                if pattern.search(token):
                    self.open(_Frame(token, name, format_, tag), end)
                    return
            self.frames[-1].add(token)

    def straight(self, mark: str, start: int, end: int) -> None:
        """Read a straight quotation mark, which may be an apostrophe."""
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        opens = not before or before in _OPENS_AFTER or start == self.opened_at
        if opens and (mark == '"' or not after.isspace()):
            self.open(_Frame(mark, mark, _QUOTED), end)
        elif mark == '"':
            self.end(mark, mark)
        elif opens or after.isalnum() or self.frames[-1].closer != mark:
            self.frames[-1].add(_APOSTROPHE)
        else:
            self.end(mark, mark)

    def apostrophe(self, start: int, end: int) -> None:
        """Read a typographic apostrophe, which may end a quotation."""
        within_word = self.text[start - 1 : start].isalnum() and self.text[end : end + 1].isalnum()
        if within_word or self.frames[-1].closer != _APOSTROPHE:
            self.frames[-1].add(_APOSTROPHE)
        else:
            self.end(_APOSTROPHE, _APOSTROPHE)

    def open(self, frame: _Frame, end: int) -> None:
        """Begin a node."""
        self.frames.append(frame)
        self.opened_at = end

    def end(self, closer: str, source: str) -> None:
        """End the node that ``closer`` ends; those open inside it are text."""
        if all(frame.closer != closer for frame in self.frames):
            self.frames[-1].add(source)
            return
        while self.frames[-1].closer != closer:
            self.revert()
        frame = self.frames.pop()
        if frame.children:
            tag = self.level(frame.source) if frame.look is _QUOTED else frame.tag
            self.frames[-1].children.append(Rich(tuple(frame.children), frame.look, tag))

    def level(self, opener: str) -> str:
        """The tag of a quotation: ``inner`` if its mark is the one the field has for inner ones."""
        if opener not in _STRAIGHT:
            return "inner" if opener == self.grammar.inner else ""
        if not self.outer and not any(frame.look is _QUOTED for frame in self.frames):
            self.outer = opener
        return "inner" if self.outer and self.outer != opener else ""

    def revert(self) -> None:
        """Make the node opened last text."""
        frame = self.frames.pop()
        self.frames[-1].add(_APOSTROPHE if frame.source == "'" else frame.source)
        for child in frame.children:
            if isinstance(child, str):
                self.frames[-1].add(child)
            else:
                self.frames[-1].children.append(child)
