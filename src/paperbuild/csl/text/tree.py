"""The rich text that a style's elements become: a tree that keeps its structure until the very end.

A style's ``prefix``, ``delimiter`` and quotation marks stay properties of a node, so that a pass can take
a node away, and what joined it to its neighbours goes with it. ``seams`` turns them into text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Format:
    """How a node is set. Empty strings leave things as they are around the node."""

    font_style: str = ""
    """``italic``, ``oblique`` or ``normal``"""
    font_variant: str = ""
    """``small-caps`` or ``normal``"""
    font_weight: str = ""
    """``bold``, ``light`` or ``normal``"""
    text_decoration: str = ""
    """``underline`` or ``none``"""
    vertical_align: str = ""
    """``sup``, ``sub`` or ``baseline``"""
    display: str = ""
    """``block``, ``left-margin``, ``right-inline`` or ``indent``"""
    quotes: bool = False
    """True where quotation marks stand around the content, inside the affixes."""
    prefix: str = ""
    suffix: str = ""
    delimiter: str = ""
    """What stands between the children."""
    affixes_inside: bool = False
    """True where the affixes are set in the node's own formatting: only those of ``cs:layout``."""
    flip: bool = False
    """True for markup inside a field, which flips to its opposite where the surroundings are set that way."""


PLAIN = Format()


class Rich:
    """A node: children in a format. Nothing changes a node once it is in a tree."""

    __slots__ = ("children", "data", "format", "tag")

    def __init__(
        self,
        children: tuple[Child, ...],
        format: Format = PLAIN,  # noqa: A002 - the word of the specification
        tag: str = "",
        data: Any = None,
    ) -> None:
        self.children = children
        """Texts and nodes, none of them empty."""
        self.format = format
        self.tag = tag
        """What the node is: names, name, date, year, title, locator, citation-number, nocase, …"""
        self.data = data
        """What belongs to the tag: for ``names`` the persons shown, for ``link`` an address."""

    def __repr__(self) -> str:
        tag = f" {self.tag}" if self.tag else ""
        return f"<Rich{tag} {self.children!r}>"


Child: TypeAlias = "str | Rich"


def plain(node: Child) -> str:
    """The node's text with affixes and delimiters, without quotation marks."""
    if isinstance(node, str):
        return node
    look = node.format
    return look.prefix + look.delimiter.join([plain(child) for child in node.children]) + look.suffix
