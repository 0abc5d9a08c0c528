"""Affixes, delimiters and quotation marks become text, and punctuation is merged where pieces meet.

``finish`` walks a tree once and gives back a flat list for the back ends: texts, and ``Mark`` objects that
open and close a setting. CSL 1.0.2, "Affixes", "Delimiter", "Quotes", "Locale Options" and "Formatting". What
the specification leaves open (which of two punctuation marks survives, markup in a field that flips) follows
citeproc-js, the reference of the CSL test-suite.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from paperbuild.csl.text.tree import PLAIN, Child, Format, Rich


@dataclass(frozen=True, slots=True)
class QuoteMarks:
    """A locale's quotation marks, each pair as (opening, closing)."""

    outer: tuple[str, str]
    inner: tuple[str, str]


ENGLISH = QuoteMarks(("“", "”"), ("‘", "’"))


class Mark(NamedTuple):
    """Opens a setting; ``CLOSE`` ends the one opened last."""

    name: str
    """``font_style``, ``font_variant``, …, ``display``, ``cite``, ``link`` or ``inline``"""
    value: str
    data: Any = None


CLOSE = Mark("", "")
Piece: TypeAlias = "str | Mark"


class _Look(NamedTuple):
    """What surrounds a node, as far as markup in a field must know it."""

    font_style: str = ""
    font_variant: str = ""
    font_weight: str = ""


_NOWHERE = _Look()
_MARKED = frozenset(("cite", "link", "inline"))
"""Tags that a back end must see: one cite, an address, a node that the host's document brought along."""
_SEAM = frozenset(".,:;!? ")
_LETTERS = re.compile(
    "[-0-9a-zA-Z\u00c0-\u017f\u0218-\u021b\u0370-\u052f\u0590-\u06ff\u0e00-\u0e5f\u1f00-\u1fff]"
)

# What stands before the seam, then what stands after it: one of the two goes. All other pairs stay.
_FIRST_STAYS = frozenset(
    ("!.", "!:", "?.", "?:", ":.", ";:", ";.", "..", ",,", "::", ";;", "!!", "??", "  ", "\u00a0 ", "\u202f ")
)
_SECOND_STAYS = frozenset((":!", ":?", ";!", ";?"))
_GOES_INTO_QUOTES = frozenset(".,!?")
_GOES_OUT_OF_QUOTES = frozenset(",:;")


def finish(child: Child, quotes: QuoteMarks = ENGLISH, punctuation_in_quote: bool = True) -> list[Piece]:
    """Texts and marks in reading order; some texts may be empty, and every mark has its ``CLOSE``.

    A node's own affixes lie outside its setting and inside that of the nodes around it. From the outside
    in, a node has its display, affixes, link, quotation marks, and then its setting.
    """
    joiner = _Joiner(quotes, punctuation_in_quote)
    joiner.child(child, _NOWHERE, 0)
    _bare_ends(joiner.out)
    return joiner.out


class _Joiner:
    """The list so far, and the place where the next text meets what stands before it."""

    __slots__ = ("edge", "gate", "inside", "out", "prior", "quotes", "sealed")

    def __init__(self, quotes: QuoteMarks, inside: bool) -> None:
        self.out: list[Piece] = []
        self.quotes = quotes
        self.inside = inside
        self.edge = -1
        """Where the last text is; -1 where nothing merges: at the start and behind an opening quote."""
        self.gate = -1
        """Where punctuation that goes into a quotation has its place, if one has closed behind the edge."""
        self.prior = (-1, -1)
        """Edge and gate as they were before the last text."""
        self.sealed = False
        """True where the next text belongs to the same field: it stays as it was typed."""

    def child(self, child: Child, look: _Look, depth: int) -> None:
        """Add a text or a node. ``depth`` is 0 outside quotation marks, 1 in outer, 2 in inner ones."""
        if isinstance(child, str):
            self.join(child)
        elif child.format is PLAIN and child.tag not in _MARKED:
            self.children(child, look, depth)
        else:
            self.node(child, look, depth)

    def children(self, node: Rich, look: _Look, depth: int) -> None:
        """Add what is in a node, with its delimiters."""
        delimiter = node.format.delimiter
        before: Child | None = None
        for child in node.children:
            if before is not None:
                if delimiter:
                    self.join(delimiter)
                elif _is_markup(child) or _is_markup(before):
                    self.sealed = _of_one_field(before, child)
            self.child(child, look, depth)
            before = child

    def node(self, node: Rich, look: _Look, depth: int) -> None:
        """Add a node with a format or a link."""
        look_of = node.format
        if look_of.display:
            self.out.append(Mark("display", look_of.display))
        if look_of.prefix and not look_of.affixes_inside:
            self.join(look_of.prefix)
        if node.tag in _MARKED:
            self.out.append(Mark(node.tag, "", node.data))
        if look_of.quotes:
            self.quoted(node, look, depth)
        else:
            self.close(self.content(node, look, depth))
        if node.tag in _MARKED:
            self.close(1)
        if look_of.suffix and not look_of.affixes_inside:
            self.join(look_of.suffix)
        if look_of.display:
            self.close(1)

    def quoted(self, node: Rich, look: _Look, depth: int) -> None:
        """Add a node in quotation marks: outer ones, inside which inner ones, and so on in turn."""
        level = 2 if depth == 1 or (depth == 0 and node.tag == "inner") else 1
        opening, closing = self.quotes.inner if level == 2 else self.quotes.outer
        before = (self.edge, self.gate, self.prior)
        start = len(self.out)
        self.out.append(opening)
        self.edge, self.gate, self.sealed = -1, -1, False
        marks = self.content(node, look, level)
        inner = len(self.out)
        self.close(marks)
        if len(self.out) == start + 1:  # nothing in it
            del self.out[start:]
            self.edge, self.gate, self.prior = before
            return
        moved = "" if self.inside else self.taken_out(inner)
        if self.gate < 0:
            self.gate = inner
        self.out.append(closing)
        if moved:
            self.add(moved)

    def taken_out(self, inner: int) -> str:
        """The comma, colon or semicolon that ends a quotation and belongs behind it; else nothing."""
        last = self.out[inner - 1]
        if self.edge != inner - 1 or not isinstance(last, str) or len(last) < 2:
            return ""
        if last[-1] not in _GOES_OUT_OF_QUOTES:
            return ""
        self.out[inner - 1] = last[:-1]
        return last[-1]

    def content(self, node: Rich, look: _Look, depth: int) -> int:
        """Add what is in a node in the node's setting; how many marks are open behind it."""
        look_of = node.format
        marks = _marks(node, look)
        if marks:
            self.out += marks
            look = _look(look, marks)
        if look_of.affixes_inside and look_of.prefix:
            self.join(look_of.prefix)
        self.children(node, look, depth)
        if look_of.affixes_inside and look_of.suffix:
            self.join(look_of.suffix)
        return len(marks)

    def close(self, count: int) -> None:
        """Close marks; one with nothing in it goes."""
        out = self.out
        for _ in range(count):
            if isinstance(out[-1], Mark) and out[-1] is not CLOSE:
                out.pop()
            else:
                out.append(CLOSE)

    def join(self, text: str) -> None:
        """Add a text that meets another."""
        again = not self.sealed
        while again and text and text[0] in _SEAM and self.edge >= 0:
            text, again = self.meet(text)
        if text:
            self.add(text)

    def add(self, text: str) -> None:
        """Add a text as it is."""
        self.prior = (self.edge, self.gate)
        self.edge = len(self.out)
        self.gate = -1
        self.sealed = False
        self.out.append(text)

    def meet(self, text: str) -> tuple[str, bool]:
        """What is left of a text behind the edge, and whether it must be looked at once more."""
        head, tail = text[0], str(self.out[self.edge][-1])
        pair = tail + head
        if self.gate < 0:
            if pair in _FIRST_STAYS:
                return text[1:], False
            if pair in _SECOND_STAYS:
                self.chop()
                return text, True
            return text, False
        if head == " ":
            return text, False
        if self.inside:
            return self.tuck(text, pair)
        return (text[1:] if pair in _FIRST_STAYS else text), False

    def tuck(self, text: str, pair: str) -> tuple[str, bool]:
        """Put punctuation into the quotation that has just closed (``punctuation-in-quote``)."""
        if pair in _FIRST_STAYS:
            return text[1:], True
        if pair[1] not in _GOES_INTO_QUOTES:
            return text, False
        if pair in _SECOND_STAYS:
            self.chop()
        last = self.out[self.edge]
        if self.edge == self.gate - 1 and isinstance(last, str):
            self.out[self.edge] = last + pair[1]
        else:  # behind markup that ends the field, not in it
            self.out.insert(self.gate, pair[1])
            self.edge = self.gate
            self.gate += 1
        return text[1:], True

    def chop(self) -> None:
        """Take the last character before the seam away."""
        last = str(self.out[self.edge])
        self.out[self.edge] = last[:-1]
        if len(last) == 1 and self.gate < 0:
            self.edge, self.gate = self.prior
            self.prior = (-1, -1)


def _bare_ends(out: list[Piece]) -> None:
    """Move a space that begins or ends the whole out of the display block it is in."""
    if len(out) < 3:
        return
    first = out[1]
    if isinstance(out[0], Mark) and out[0].name == "display" and isinstance(first, str) and first[:1] == " ":
        out[1] = first[1:]
        out.insert(0, " ")
    last = out[-2]
    if out[-1] is CLOSE and isinstance(last, str) and last[-1:] == " " and _opening(out).name == "display":
        out[-2] = last[:-1]
        out.append(" ")


def _opening(out: list[Piece]) -> Mark:
    """The mark that the last CLOSE ends."""
    depth = 0
    for piece in reversed(out):
        if isinstance(piece, Mark):
            depth += 1 if piece is CLOSE else -1
            if not depth:
                return piece
    return CLOSE


def _is_markup(child: Child) -> bool:
    return isinstance(child, Rich) and (child.format.flip or child.tag == "nocase")


def _of_one_field(before: Child, after: Child) -> bool:
    """Whether both come from the text of one field: there is markup in it, and texts beside that."""
    return (isinstance(before, str) or _is_markup(before)) and (isinstance(after, str) or _is_markup(after))


def _marks(node: Rich, look: _Look) -> list[Mark]:
    """The marks a node opens, from the outside in."""
    wish = node.format
    marks = []
    if wish.vertical_align:
        marks.append(Mark("vertical_align", wish.vertical_align))
    if wish.text_decoration:
        marks.append(Mark("text_decoration", wish.text_decoration))
    if wish.font_weight:
        _mark(marks, "font_weight", _flipped(wish, wish.font_weight, look.font_weight), look.font_weight)
    if wish.font_variant:
        _mark(marks, "font_variant", _flipped(wish, wish.font_variant, look.font_variant), look.font_variant)
    if wish.font_style and not _beyond_italics(node):
        _mark(marks, "font_style", _flipped(wish, wish.font_style, look.font_style), look.font_style)
    return marks


def _flipped(wish: Format, value: str, around: str) -> str:
    """Markup in a field stands out: where the surroundings are set that way, it is set upright."""
    return "normal" if wish.flip and around not in {"", "normal", "light"} else value


def _mark(marks: list[Mark], name: str, value: str, around: str) -> None:
    """Add a mark; ``normal`` is only said where something else is around."""
    if value != "normal" or around not in {"", "normal"}:
        marks.append(Mark(name, value))


def _beyond_italics(node: Rich) -> bool:
    """Whether the node is a text in a script that has no italics, such as Chinese."""
    first = node.children[0] if len(node.children) == 1 else None
    return isinstance(first, str) and not _LETTERS.search(first)


def _look(look: _Look, marks: list[Mark]) -> _Look:
    style, variant, weight = look
    for name, value, _ in marks:
        if name == "font_style":
            style = value
        elif name == "font_variant":
            variant = value
        elif name == "font_weight":
            weight = value
    return _Look(style, variant, weight)
