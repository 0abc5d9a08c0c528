"""Brackets and bars of equations as delimiter objects (ECMA-376 part 1, 22.1.2.24), as Word builds them.

pandoc writes one that TeX doesn't stretch as a letter: the exponent of (a + b)² then belongs to the bracket
alone, and LibreOffice, which takes ``|`` for “or”, draws neither. Objects are made of brackets whose closing
one bears a script, half-open intervals, brackets around a bar that divides (P(A|B), sets), and pairs of bars.
Other brackets stay letters, since Word breaks no line within a delimiter object. A bar in doubt stays, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from paperbuild.formats.docx.ooxml import make, name, remove

ARGUMENTS = tuple(name(f"m:{tag}") for tag in "oMath e num den sub sup deg lim fName".split())
"""What holds a row of mathematics (22.1.2.32 and others)."""
SCRIPTS = frozenset(name(f"m:{tag}") for tag in ("sSup", "sSub", "sSubSup"))
OPENING, CLOSING = "([{⟨⌊⌈", ")]}⟩⌋⌉"
BARS = {"|": "|", "∣": "|", "∥": "‖", "‖": "‖"}
"""Bars, and the delimiter for each: U+2223 and U+2225 are relations (*divides*, *parallel*)."""
_PROPERTIES = frozenset(name(f"m:{tag}") for tag in ("argPr", "ctrlPr"))
_NO_OPERANDS = frozenset("+-−±∓=<>≤≥≠≈∼≡∈∉⊂⊆∪∩×⋅*∗/∕,;:→⇒⇔↦¬∀∃∑∏∫∂∇")
_DIVIDING = frozenset("=<>≤≥≠≈∼≡∈∉⊂⊆,;:→⇒⇔↦")
"""What is hardly found in a pair of bars that might as well be two bars between things."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A delimiter object to be: what opens it, what closes it, and the bars that divide what is within."""

    opening: etree._Element
    closing: etree._Element
    bars: tuple[etree._Element, ...] = ()


@dataclass(slots=True)
class _Level:
    """What stands between two brackets, or in the whole argument: bars that are open, and those in doubt."""

    opening: etree._Element | None = None
    open: list[etree._Element] = field(default_factory=list)
    doubtful: list[etree._Element] = field(default_factory=list)


def build(root: etree._Element) -> None:
    """Delimiter objects of all that surely are delimiters."""
    for argument in list(root.iter(*ARGUMENTS)):
        row = _Row(argument)
        for pair in row.pairs():
            _wrap(pair)
        _divide(argument, _dividing(row.level.doubtful))
    for mark in root.iter(name("m:begChr"), name("m:endChr")):
        value = mark.get(name("m:val"), "")
        mark.set(name("m:val"), BARS.get(value, value))


def letters(element: etree._Element) -> str:
    """The text of a run of mathematics that is not set as text, else nothing."""
    if element.tag != name("m:r") or element.find(f"{name('m:rPr')}/{name('m:nor')}") is not None:
        return ""
    return "".join(text.text or "" for text in element.iter(name("m:t")))


def content(argument: etree._Element) -> list[etree._Element]:
    """The children of an argument without its properties."""
    return [child for child in argument if child.tag not in _PROPERTIES]


def _sign(element: etree._Element) -> tuple[str, bool]:
    """The letters of a run, or of a script's base; and whether it bears a script."""
    if element.tag not in SCRIPTS:
        return letters(element), False
    base = content(next(element.iterchildren(name("m:e"))))
    return (letters(base[0]), True) if len(base) == 1 else ("", True)


class _Row:
    """Reads an argument from left to right and pairs its delimiters."""

    def __init__(self, argument: etree._Element) -> None:
        self.children = [one for one in content(argument) if not letters(one).isspace()]
        self.level = _Level()
        self._outer: list[_Level] = []
        self._inner_bars: set[etree._Element] = set()
        """Bars that open something: what follows them has nothing on its left."""

    def pairs(self) -> Iterator[Pair]:
        """Pairs, those within others first."""
        for index, child in enumerate(self.children):
            sign, scripted = _sign(child)
            if sign == "&":  # an alignment mark of an equation array, which no object may swallow
                self._outer, self.level = [], _Level()
            elif sign and sign in OPENING and not scripted:
                self._outer.append(self.level)
                self.level = _Level(child)
            elif sign and sign in CLOSING:
                yield from self._closed(child, sign, scripted=scripted)
            elif sign in BARS and sign != "∣":
                yield from self._bar(index, sign, scripted=scripted)
        self.level = self._outer[0] if self._outer else self.level

    def _closed(self, child: etree._Element, sign: str, *, scripted: bool) -> Iterator[Pair]:
        """A closing bracket ends the level of its opening one; a ket is opened by a bar."""
        opening = self.level.opening
        begun = "" if opening is None else letters(opening)
        same = begun and OPENING.index(begun) == CLOSING.index(sign)
        if not same and sign == "⟩" and self.level.open:
            yield Pair(self.level.open.pop(), child)
            return
        half_open = (
            not same and begun in {"(", "["} and sign in {")", "]"} and self._has_comma(opening, child)
        )
        if opening is None or not (same or half_open):
            return
        bars = () if self.level.open else _dividing(self.level.doubtful)
        self.level = self._outer.pop()
        if scripted or half_open or bars:
            yield Pair(opening, child, bars)

    def _bar(self, index: int, sign: str, *, scripted: bool) -> Iterator[Pair]:
        """A bar opens where nothing is on its left, closes where nothing is on its right; between two things
        it closes what is open, else it is in doubt."""
        child, level = self.children[index], self.level
        after_something, before_something = self._operand(index - 1), self._operand(index + 1, ahead=True)
        opened = [one for one in level.open if letters(one) == sign]
        if not after_something and not scripted:
            level.open.append(child)
            self._inner_bars.add(child)
        elif opened and opened[-1] is level.open[-1]:
            yield Pair(level.open.pop(), child)
        elif scripted or not before_something:
            yield from self._closing(child, sign)
        else:
            level.doubtful.append(child)
            self._inner_bars.add(child)

    def _closing(self, child: etree._Element, sign: str) -> Iterator[Pair]:
        """The end of 2|x| or of ⟨x|, whose beginning was in doubt."""
        level = self.level
        if level.doubtful and letters(level.doubtful[-1]) == sign:
            inner = self._between(level.doubtful[-1], child)
            if not any(_sign(one)[0] in _DIVIDING for one in inner):
                yield Pair(level.doubtful.pop(), child)
        elif level.opening is not None and letters(level.opening) == "⟨" and not level.open:
            opening, self.level = level.opening, self._outer.pop()
            yield Pair(opening, child)

    def _operand(self, index: int, *, ahead: bool = False) -> bool:
        """Whether something that isn't a sign stands there; when looking ahead, its beginning."""
        if not 0 <= index < len(self.children):
            return False
        child = self.children[index]
        sign, scripted = _sign(child)
        if scripted:
            return not (ahead and sign in {*CLOSING, *BARS})
        if child.tag == name("m:r") and not sign:
            return False
        if sign in BARS:
            return ahead or child not in self._inner_bars
        return sign not in _NO_OPERANDS | set(CLOSING if ahead else OPENING) and sign != "&"

    def _between(self, first: etree._Element, last: etree._Element) -> list[etree._Element]:
        return self.children[self.children.index(first) + 1 : self.children.index(last)]

    def _has_comma(self, first: etree._Element | None, last: etree._Element) -> bool:
        inner = [] if first is None else self._between(first, last)
        return any(letters(one) in {",", ";"} for one in inner)


def _dividing(bars: list[etree._Element]) -> tuple[etree._Element, ...]:
    """The bars, unless there are others than U+007C among them."""
    return tuple(bars) if all(letters(one) == "|" for one in bars) else ()


def _wrap(pair: Pair) -> None:
    """Puts what stands between both into a delimiter object, in the place of what opens it, or within the
    script that the closing one bears."""
    (begin, _), (end, scripted) = _sign(pair.opening), _sign(pair.closing)
    between = []
    following = pair.opening.getnext()
    while following is not None and following is not pair.closing:
        between.append(following)
        following = following.getnext()
    delimiter = make("m:d", [_properties(BARS.get(begin, begin), BARS.get(end, end))])
    delimiter.extend(_divided(between, pair.bars))
    if scripted:
        base = next(pair.closing.iterchildren(name("m:e")))
        base.replace(content(base)[0], delimiter)
        remove(pair.opening)
    else:
        pair.opening.addprevious(delimiter)
        remove(pair.opening)
        remove(pair.closing)


def _properties(begin: str, end: str) -> etree._Element:
    """The signs of a delimiter object that grows with what is in it."""
    signs = [
        make(f"m:{tag}", val=sign) for tag, sign in (("begChr", begin), ("sepChr", "|"), ("endChr", end))
    ]
    return make("m:dPr", [*signs, make("m:grow")])


def _divided(row: list[etree._Element], bars: tuple[etree._Element, ...]) -> list[etree._Element]:
    """One argument for each piece between bars (22.1.2.32)."""
    pieces = [make("m:e")]
    for one in row:
        if one in bars:
            remove(one)
            pieces.append(make("m:e"))
        else:
            pieces[-1].append(one)
    return pieces


def _divide(argument: etree._Element, bars: tuple[etree._Element, ...]) -> None:
    """Bars in doubt divide what a delimiter object holds, unless its own are bars, or one is missing."""
    delimiter = argument.getparent()
    if (
        not bars
        or delimiter is None
        or delimiter.tag != name("m:d")
        or len(delimiter.findall(name("m:e"))) != 1
    ):
        return
    signs = {
        mark.tag: mark.get(name("m:val"), "") for mark in next(delimiter.iterchildren(name("m:dPr")), ())
    }
    begin, end = signs.get(name("m:begChr"), ""), signs.get(name("m:endChr"), "")
    if begin and end and not {begin, end} & set(BARS):
        delimiter[:] = [_properties(begin, end), *_divided(content(argument), bars)]
