"""What labels stand for, and the numbers that are given on the way through a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import icu

from paperbuild.locate import Locator
from paperbuild.model import Finding
from paperbuild.pandoc.ast import Node

KINDS: Mapping[str, str] = {
    "fig": "figure", "tbl": "table", "tab": "table", "eq": "equation", "eqn": "equation", "sec": "section",
    "lst": "listing", "thm": "theorem", "lem": "lemma", "cor": "corollary", "prp": "proposition",
    "cnj": "conjecture", "def": "definition", "exm": "example", "exr": "exercise", "alg": "algorithm",
}  # fmt: skip
"""Kinds by the beginning of their labels, as pandoc-crossref, pandoc-xnos and Quarto write them."""
KEY = re.compile(rf"^({'|'.join(KINDS)})[:-].", re.IGNORECASE)
NO_BREAK = "\u00a0"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_RUN = 3
"""So many numbers in a row are shown as the first and the last."""


def kind_of(name: str) -> str:
    """The kind that a label's beginning tells of; empty where it tells of none."""
    match = KEY.match(name)
    return KINDS[match[1].lower()] if match else ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a label stands for."""

    kind: str
    """figure, table, equation, listing, section, item, or the kind of a theorem."""
    number: str
    """The number as shown; empty for a section without one."""
    anchor: str
    title: tuple[Node, ...] = ()
    """A section's title."""


@dataclass
class Numbering:
    """Knows what has been numbered so far; made once for a document."""

    terms: Mapping[str, str]
    """What each kind is called."""
    plurals: Mapping[str, str]
    lang: str
    number_sections: bool
    locator: Locator
    wanted: frozenset[str] = frozenset()
    """The labels that are referred to."""
    top: int = 1
    """The level of the highest heading."""
    targets: dict[str, Target] = field(default_factory=dict)
    counters: Counter[str] = field(default_factory=Counter)
    sections: list[int] = field(default_factory=list)
    here: Target | None = None
    """The section that has begun."""
    findings: list[Finding] = field(default_factory=list)

    def next(self, kind: str, tag: str = "") -> str:
        """The next number of a kind, unless it is given as a tag."""
        if tag:
            return tag
        self.counters[kind] += 1
        return str(self.counters[kind])

    def define(self, name: str, target: Target) -> bool:
        """Note what a label stands for. False, and a finding, where something else has it already."""
        if not name:
            return True
        before = self.targets.setdefault(name, target)
        if before is target or before == target:
            return True
        self.tell(
            "warning",
            f"the label {name} stands twice: references to it lead to the first place",
            self.locator.label(name, 1),
            "give one of them another label",
        )
        return False

    def target(self, name: str) -> Target | None:
        """What a label stands for; ``@Fig:x`` begins a sentence and means ``fig:x``."""
        return self.targets.get(name) or self.targets.get(name[:1].lower() + name[1:])

    def section(self, level: int) -> str:
        """The number of the section that begins here."""
        depth = max(level - self.top, 0)
        self.sections = (self.sections + [0] * (depth + 1))[: depth + 1]
        self.sections[depth] += 1
        return ".".join(str(number) for number in self.sections)

    def tell(self, severity: str, said: str, where: str, hint: str = "") -> None:
        """Add a finding about cross-references."""
        self.findings.append(Finding(severity, "cross-references", said, where, hint))  # type: ignore[arg-type]


def letter(index: int) -> str:
    """a, b, … for the parts of a figure, counted from 0; empty after z."""
    return _ALPHABET[index] if index < len(_ALPHABET) else ""


def runs(numbers: list[str]) -> list[tuple[int, int]]:
    """The first and last index of each piece of a list of numbers; three or more in a row are one piece."""
    pieces: list[list[int]] = []
    for index, (before, number) in enumerate(pairwise(["", *numbers])):
        follows = before.isdecimal() and number.isdecimal() and int(number) == int(before) + 1
        if follows:
            pieces[-1].append(index)
        else:
            pieces.append([index])
    return [
        pair
        for piece in pieces
        for pair in ([(piece[0], piece[-1])] if len(piece) >= _RUN else [(one, one) for one in piece])
    ]


def listed(parts: list[list[Node]], lang: str) -> list[Node]:
    """The parts as the language lists things: «1 and 2», «1, 2 und 3» (CLDR, list patterns)."""
    marks = [chr(0xE000 + index) for index in range(len(parts))]
    said = str(icu.ListFormatter.createInstance(icu.Locale(lang)).format(marks))
    result: list[Node] = []
    for piece in re.split("([\ue000-\uf8ff])", said):
        if piece in marks:
            result += parts[marks.index(piece)]
        elif piece:
            result += _spaced(piece)
    return result


def _spaced(words: str) -> list[Node]:
    pieces = (piece for piece in re.split("( )", words) if piece)
    return [{"t": "Space"} if piece == " " else {"t": "Str", "c": piece} for piece in pieces]
