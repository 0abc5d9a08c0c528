"""What a format is: how to prepare the document, write the bytes, and read them back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from paperbuild.config import Options
from paperbuild.layouts import Layout
from paperbuild.model import Finding, Inventory, ResolvedDocument


@dataclass(frozen=True, slots=True)
class Cut:
    """How much of a paper a preview shows."""

    share: float
    """Of the body's words, from 0 to 1."""
    sections: int
    """How many of the paper's sections are not shown, or not wholly."""
    references: int = 0
    """How many references the whole paper has."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What one format is going to show of a document, and what it must not show."""

    document: ResolvedDocument
    promised: Inventory
    withheld: Inventory = field(default_factory=lambda: Inventory(()))
    cut: Cut | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes of an artefact, and what its writer met."""

    data: bytes
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of output."""

    name: str
    prepare: Callable[[ResolvedDocument, Options], Prepared]
    write: Callable[[Prepared, Options, Layout], Written]
    read: Callable[[bytes], Inventory]
