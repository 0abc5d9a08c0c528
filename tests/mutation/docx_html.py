"""What a Word document and a web page have in common for those who harm them: trees with text in leaves."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Element = Any
"""An element of lxml; its types say less than its XPaths."""
Words = tuple[str, ...]
"""What was harmed, as a reader reads it; empty where nothing was."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be harmed."""

    nodes: tuple[Element, ...]
    """Where it stands: neighbours, in order."""
    words: Words
    """Its text or name, then what else it is known by."""
    level: int = 0
    """A heading's level, 1 for a head row or an equation in a line of its own."""

    @property
    def parent(self) -> Element:
        return self.nodes[0].getparent()


class Passage:
    """A text that is spread over leaves, and can be changed as if it were one."""

    def __init__(self, leaves: Iterable[Element], home: Callable[[Element], Element]) -> None:
        self.text = ""
        """With a line end wherever a block ends."""
        self.places: list[tuple[int, Element]] = []
        block = None
        for leaf in leaves:
            if block is not None and home(leaf) is not block:
                self.text += "\n"
            block = home(leaf)
            self.places.append((len(self.text), leaf))
            self.text += leaf.text or ""

    @property
    def words(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())

    def replace(self, start: int, end: int, new: str) -> None:
        """Puts a text in the place of a part. Only once: places are not counted anew."""
        for at, leaf in self.places:
            text = leaf.text or ""
            low, high = (min(max(edge - at, 0), len(text)) for edge in (start, end))
            last = start == len(self.text) and leaf is self.places[-1][1]
            here = last or at <= start < at + len(text)
            leaf.text = text[:low] + (new if here else "") + text[high:]

    def place(self, offset: int) -> tuple[Element, int]:
        """The leaf that holds the character before, and the place behind that character in it."""
        return next(
            (leaf, offset - at) for at, leaf in self.places if at < offset <= at + len(leaf.text or "")
        )


class Book(ABC):
    """A finished file, opened. A property for each kind of things lists them in the order of the file."""

    link_tag: str

    @abstractmethod
    def saved(self) -> bytes:
        """The file."""

    def things(self, kind: str) -> list[Thing]:
        """What the file holds of a kind, as far as there are words for it."""
        return [thing for thing in getattr(self, kind) if thing.words]

    # -- text ------------------------------------------------------------------------------------------

    @abstractmethod
    def leaves(self, node: Element) -> Iterator[Element]:
        """The elements that hold the text of a node, without equations and the numbers of notes."""

    @abstractmethod
    def symbols(self, equation: Element) -> list[Element]:
        """The elements that hold the text of an equation."""

    @abstractmethod
    def home(self, node: Element) -> Element:
        """The block that a node stands in: a paragraph, a cell, a heading."""

    @abstractmethod
    def is_free(self, leaf: Element) -> bool:
        """True where a link or a mark may be put into the text of a leaf."""

    @abstractmethod
    def insert(self, leaf: Element, at: int, node: Element) -> None:
        """Puts a node into the text of a leaf."""

    def passage(self, *nodes: Element) -> Passage:
        """The text of nodes."""
        return Passage((leaf for node in nodes for leaf in self.leaves(node)), self.home)

    def own(self, block: Element) -> Passage:
        """The text of a block without that of blocks in it."""
        return Passage((leaf for leaf in self.leaves(block) if self.home(leaf) is block), self.home)

    def thing(self, nodes: Iterable[Element], *words: str, level: int = 0) -> Thing:
        """The nodes with their text, where no other words are given."""
        found = tuple(nodes)
        said = words or (self.passage(*found).words,)
        return Thing(found, tuple(word for word in said if word), level)

    # -- nodes -----------------------------------------------------------------------------------------

    @abstractmethod
    def bare(self, copy: Element) -> None:
        """Takes from a copy what may stand in a file only once: names, and marks of notes."""

    @abstractmethod
    def inside(self, node: Element) -> list[Element]:
        """The children of a cell or caption that can change places with those of another."""

    def copied(self, node: Element) -> Element:
        """A copy that can stand beside the node."""
        copy = deepcopy(node)
        self.bare(copy)
        return copy

    def remove(self, node: Element) -> None:
        """Takes out a node."""
        node.getparent().remove(node)

    def unlink(self, link: Element) -> None:
        """Takes off a link; its words stay."""
        for child in list(link):
            link.addprevious(child)
        self.remove(link)

    # -- links, notes and pictures ---------------------------------------------------------------------

    @abstractmethod
    def target(self, link: Element) -> str:
        """Where a link leads: an address, or ``#name``."""

    @abstractmethod
    def lead(self, link: Element, target: str) -> None:
        """Makes a link lead elsewhere."""

    @abstractmethod
    def rename(self, anchor: Thing, name: str) -> None:
        """Gives an anchor another name, or none."""

    @abstractmethod
    def anchor(self, anchor: Thing, block: Element) -> None:
        """Moves an anchor to a block."""

    @abstractmethod
    def note(self, mark: Element) -> Element:
        """The note that a mark leads to, or None."""

    @abstractmethod
    def source(self, picture: Element) -> str:
        """Where a picture's bytes are: an address, or a name in the file."""

    @abstractmethod
    def show(self, picture: Element, source: str) -> None:
        """Gives a picture other bytes."""

    @abstractmethod
    def image(self, source: str) -> bytes:
        """The bytes of a picture."""

    @abstractmethod
    def added(self, data: bytes) -> str:
        """The source of a new picture, a PNG."""

    @abstractmethod
    def alternative(self, picture: Element) -> str:
        """A picture's alternative text."""

    @abstractmethod
    def describe(self, picture: Element, text: str) -> None:
        """Gives a picture another alternative text."""


def says(text: str) -> bool:
    """True where a text has letters by which it can be known."""
    return len(re.findall(r"[^\W\d_]", text)) > 1


def spelled(text: str) -> str:
    """The text with Greek letters by their names, as TeX has them."""
    return "".join(
        unicodedata.name(char, "").split()[-1].lower() if "GREEK" in unicodedata.name(char, "") else char
        for char in unicodedata.normalize("NFKC", text)
    )
