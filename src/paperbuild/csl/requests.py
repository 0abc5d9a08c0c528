"""What the processor is asked for: citations, and the cites in them."""

from __future__ import annotations

from dataclasses import dataclass

from paperbuild.csl.text.tree import Child


@dataclass(frozen=True, slots=True)
class CiteRequest:
    """One reference to one item inside a citation."""

    id: str
    locator: str = ""
    label: str = "page"
    """The CSL name of what the locator counts."""
    prefix: Child = ""
    suffix: Child = ""
    suppress_author: bool = False
    author_only: bool = False
    position: int | None = None
    """0 first, 1 subsequent, 2 ibid, 3 ibid with locator; None where it is to be found out."""
    near_note: bool | None = None
    first_note: int | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A citation: one or more cites that stand together."""

    cites: tuple[CiteRequest, ...]
    note_number: int = 0
    """The note it stands in; 0 in the text."""
    id: str = ""
    mode: str = ""
    """``author-only``, ``suppress-author``, ``composite`` or empty: what the first cite shows."""
    unsorted: bool = False
    """True where the cites keep their order."""
    sentence: bool | None = None
    """True for a citation that is a note of its own: it ends with a stop, whatever the style says. False
    inside a note with other text: it neither begins nor ends a sentence there. None for what the style says.
    """
