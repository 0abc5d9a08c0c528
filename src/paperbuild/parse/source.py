"""What the Markdown source says where it is text: without code, comments and metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperbuild.model import Source

_OPENER = re.compile(
    r"(?P<metadata>(?:\A|(?<=\n\n))---[ \t]*$(?!\n[ \t]*(?:\n|\Z)))"
    r"|(?P<code>^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?P<fence>`{3,}|~{3,})[^`\n]*$)"
    r"|(?P<comment><!--)"
    r"|(?P<inline>(?<![`\\])(?P<ticks>`+)(?!`))",
    re.MULTILINE,
)
_METADATA_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_SIGN = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a source that is no text."""

    kind: str
    """metadata, code, comment or inline (code in a line)."""
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """A source with what is no text blanked; every character stands where it stood."""

    name: str
    source: str
    masked: str
    pieces: tuple[Piece, ...]

    def where(self, offset: int) -> str:
        """``file:line`` of a place."""
        return f"{self.name}:{self.line(offset)}"

    def line(self, offset: int) -> int:
        """The line of a place, from 1."""
        return self.source.count("\n", 0, offset) + 1


def texts(parts: Sequence[Source]) -> tuple[Text, ...]:
    """The parts with what is no text blanked."""
    return tuple(_text(part) for part in parts)


def _text(part: Source) -> Text:
    pieces = tuple(_pieces(part.text))
    shown, last = [], 0
    for piece in pieces:
        shown += [part.text[last : piece.start], _SIGN.sub(" ", piece.words)]
        last = piece.end
    return Text(part.name, part.text, "".join([*shown, part.text[last:]]), pieces)


def _pieces(text: str) -> Iterator[Piece]:
    """The stretches in their order; what nothing closes is text, and is looked for only once."""
    place = 0
    unclosed: set[str] = set()
    while opener := _OPENER.search(text, place):
        kind = next(name for name in ("metadata", "code", "comment", "inline") if opener[name] is not None)
        sign = opener["fence"] or kind
        end = -1 if sign in unclosed else _end(text, kind, opener)
        if end < 0 and kind != "inline":
            unclosed.add(sign)
        if end >= 0:
            yield Piece(kind, opener.start(), end, text[opener.start() : end])
        place = end if end >= 0 else opener.end()


def _end(text: str, kind: str, opener: re.Match[str]) -> int:
    """Where what begins here ends; -1 where nothing closes it."""
    start = opener.end()
    match kind:
        case "metadata":
            closer = _METADATA_END.search(text, start + 1)
        case "code":
            sign = opener["fence"]
            closer = re.compile(rf"^[ \t>]*{sign}{sign[0]}*[ \t]*$", re.MULTILINE).search(text, start + 1)
        case "comment":
            closer = re.compile("-->").search(text, start)
        case _:
            limit = _EMPTY_LINE.search(text, start)
            last = limit.start() if limit else len(text)
            closer = re.compile(rf"(?<!`){opener['ticks']}(?!`)").search(text, start, last)
    return closer.end() if closer else -1
