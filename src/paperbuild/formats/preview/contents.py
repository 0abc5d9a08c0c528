"""The contents list of a page: what is shown, and, where the publisher wants it, the titles of what isn't."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from paperbuild.config import Options
from paperbuild.formats.base import Cut
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast

_FEWEST = 3
"""Sections from which on a page has a list of them without being asked."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list."""

    level: int
    """1 for the highest level of the paper's sections."""
    title: str
    id: str = ""
    """What it leads to; empty for what is withheld."""


def with_contents(document: ResolvedDocument, withheld: Sequence[tuple[int, str]] = ()) -> ResolvedDocument:
    """The document with a contents list if there are sections enough: on a page that costs nothing.

    ``withheld`` are level and title of the sections that are listed without being shown.
    """
    levels = [*(level for level, _, _ in _headings(document)), *(level for level, _ in withheld)]
    listed = sum(level <= document.toc_depth for level in levels)
    return replace(document, toc=True) if listed >= _FEWEST else document


def contents(document: ResolvedDocument) -> tuple[Entry, ...]:
    """An entry for each section of the document, to the depth asked for; none where no list is wanted."""
    if not document.toc:
        return ()
    headings = list(_headings(document))
    top = _top(level for level, _, _ in headings)
    return tuple(
        Entry(level - top + 1, ast.plain(inlines), attr[0])
        for level, attr, inlines in headings
        if level <= document.toc_depth
    )


def locked(document: ResolvedDocument, cut: Cut | None, options: Options) -> tuple[Entry, ...]:
    """An entry for each section that is withheld, where ``preview.outline`` asks for their titles."""
    if cut is None or options.preview.outline != "titles" or not document.toc:
        return ()
    top = _top([*(level for level, _, _ in _headings(document)), *(level for level, _ in cut.outline)])
    return tuple(
        Entry(level - top + 1, title) for level, title in cut.outline if title and level <= document.toc_depth
    )


def _headings(document: ResolvedDocument) -> Iterator[Any]:
    return (node["c"] for node in ast.headers(document.blocks))


def _top(levels: Iterable[int]) -> int:
    return min(levels, default=1)
