"""The records that go into and come out of the citation processor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from paperbuild.model import PaperbuildError
from paperbuild.pandoc.ast import Node

Mode = Literal["normal", "suppress-author", "author-in-text"]


@dataclass(frozen=True, slots=True)
class Cite:
    """One reference to one key inside a citation."""

    key: str
    prefix: tuple[Node, ...] = ()
    """Inlines before it: ``see``."""
    locator: str = ""
    """``39-42``"""
    label: str = "page"
    """The CSL name of what the locator counts: page, chapter, section, …"""
    suffix: tuple[Node, ...] = ()
    mode: Mode = "normal"


@dataclass(frozen=True, slots=True)
class Citation:
    """One or more cites that stand together."""

    cites: tuple[Cite, ...]
    note_number: int = 0
    """The note it stands in, or will become in a note style; 0 in the text."""
    inside_note: bool = False
    """True inside a note that holds other text, too: a note style adds no capital and no final stop then."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a citation's text."""

    inlines: tuple[Node, ...]
    key: str = ""
    """The key whose entry this piece should link to; empty for what stands between cites."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A citation as it is printed."""

    text: tuple[Segment, ...]
    """What stands in the running text."""
    note: tuple[Segment, ...] = ()
    """What stands in the note; only in note styles."""
    author: int = 0
    """How many segments of ``text``, from its beginning, name an author who is part of the sentence; the
    space behind the name is one of them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the reference list."""

    key: str
    inlines: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be set as the style wants it; a plain text stands in its place."""

    key: str
    message: str


@dataclass(frozen=True, slots=True)
class Processed:
    """Everything that citations and reference list became."""

    citations: tuple[Rendered, ...]
    """One for each citation, in order."""
    bibliography: tuple[Entry, ...]
    """In the style's order."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """A CSL style that was found, and what the rest of the program asks about it."""

    name: str
    """``apa``: what the style is called in ``--style`` and in reports."""
    identifier: str
    """What the style's own file calls it, mostly an address: ``http://www.zotero.org/styles/apa``."""
    path: Path
    """The independent style's file."""
    title: str
    note: bool
    """True where citations stand in notes."""
    has_bibliography: bool
    hanging_indent: bool
    default_locale: str
    """``de-DE``, or empty where the style leaves the language to the document."""
    complaints: tuple[str, ...] = ()
    """What CSL's schema finds wrong with a file that was not installed with the program."""
    substituted: bool = False
    """True where a missing file ``X.csl`` was answered with the installed style X."""


class StyleError(PaperbuildError):
    """A style that is not there, or is not a CSL style."""
