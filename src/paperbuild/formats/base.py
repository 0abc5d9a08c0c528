"""What a format is: how to prepare the document, write the bytes, and read them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from paperbuild.config import Options
from paperbuild.layouts import Layout
from paperbuild.leak import Withheld
from paperbuild.model import Finding, Inventory, ResolvedDocument
from paperbuild.pandoc.ast import Node


@dataclass(frozen=True, slots=True)
class Cut:
    """How much of a paper a preview shows."""

    share: float
    """Of the body's words, from 0 to 1."""
    sections: int
    """How many of the paper's sections are not shown, or not wholly."""
    references: int = 0
    """How many references the whole paper has."""
    outline: tuple[tuple[int, str], ...] = ()
    """Level and title of each heading that is not shown: for the page only where its options allow it."""

    @property
    def percent(self) -> int:
        """The share as a reader is told it: from 1 to 99, and 0 where no word is shown."""
        return min(max(round(self.share * 100), 1), 99) if self.share else 0


@dataclass(frozen=True, slots=True)
class CiteAs:
    """The paper itself as an entry of a reference list in some style."""

    style: str
    """The style's name: ``apa``."""
    label: str
    """What readers call it: ``APA``."""
    inlines: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What one format is going to show of a document, and what it must not show."""

    document: ResolvedDocument
    promised: Inventory
    withheld: Withheld | None = None
    """What must not be in any of the files; None where nothing is withheld."""
    cut: Cut | None = None
    citations: tuple[CiteAs, ...] = ()
    """How the page says to cite the paper."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes of an artefact, and what its writer met."""

    data: bytes
    findings: tuple[Finding, ...] = ()
    besides: Mapping[str, bytes] = field(default_factory=dict)
    """Files that lie beside it, by what follows the slug in their names: ``.preview.json``."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of output."""

    name: str
    prepare: Callable[[ResolvedDocument, Options], Prepared]
    write: Callable[[Prepared, Options, Layout], Written]
    read: Callable[[bytes], Inventory]
    dressed: bool = False
    """Whether it shows the document as the layout dresses it: formats on pages do."""
    beside: Callable[[Mapping[str, bytes], Inventory], list[Finding]] | None = None
    """What the files that lie beside it say otherwise than the file, as it was read back, does."""
