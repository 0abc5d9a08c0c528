"""The only module of the conformance run that knows the processor under test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from conformance.fixture import Data, Fixture, FixtureError

from paperbuild.csl.items.read import read_item
from paperbuild.csl.processor import CiteRequest, Cluster, Processor
from paperbuild.csl.style.load import load_style_text
from paperbuild.csl.text.html import render

_NOTHING = "[CSL STYLE ERROR: reference with no printed form.]"
"""What the suite states for a cite of which a style prints nothing."""
_CITE_KEYS = {
    "id", "locator", "label", "prefix", "suffix", "suppress-author", "author-only", "position", "near-note",
    "first-reference-note-number",
}  # fmt: skip
_CITATION_KEYS = {"citationID", "citationItems", "properties"}
_PROPERTY_KEYS = {"noteIndex", "mode", "unsorted"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a processor made: HTML for each citation, and for each entry with its item's id."""

    citations: tuple[str, ...]
    entries: tuple[tuple[str, str], ...]


class Engine(Protocol):
    """A processor with a style and items."""

    def render(self, clusters: Sequence[Cluster], listed: Sequence[str] | None) -> Rendered:
        """The clusters and the bibliography; ``listed`` are its items, None for those that are cited."""


@dataclass(frozen=True, slots=True)
class _Paperbuild:
    processor: Processor
    punctuation_in_quote: bool

    def render(self, clusters: Sequence[Cluster], listed: Sequence[str] | None) -> Rendered:
        result = self.processor.run(clusters, listed)
        quotes, inside = self.processor.quotes, self.punctuation_in_quote
        return Rendered(
            tuple(render(citation, quotes, inside) for citation in result.citations),
            tuple((key, render(entry, quotes, inside)) for key, entry in result.bibliography),
        )


def engine(fixture: Fixture) -> Engine:
    """The processor under test with the fixture's style and items."""
    style = load_style_text(fixture.style)
    items = {item["id"]: read_item(item) for item in fixture.items}
    return _Paperbuild(
        Processor(style, items, placeholder=lambda _: _NOTHING), style.locale.punctuation_in_quote
    )


def stated(cites: Sequence[Data]) -> Cluster:
    """A citation that stands for itself: what is not stated of its position is as in a first citation."""
    return Cluster(tuple(_cite({"position": 0, "near-note": False, **cite}) for cite in cites))


def placed(citation: Data, key: str, note: int) -> Cluster:
    """A citation in a document, whose position follows from those before it."""
    properties = citation.get("properties", {})
    _check(citation, _CITATION_KEYS)
    _check(properties, _PROPERTY_KEYS)
    cites = tuple(_cite(cite) for cite in citation["citationItems"])
    return Cluster(
        cites,
        note_number=note,
        id=key,
        mode=properties.get("mode", ""),
        unsorted=bool(properties.get("unsorted")),
    )


def _cite(cite: Data) -> CiteRequest:
    _check(cite, _CITE_KEYS)
    return CiteRequest(
        id=str(cite["id"]),
        locator=str(cite.get("locator", "")),
        label=str(cite.get("label") or "page"),
        prefix=cite.get("prefix", ""),
        suffix=cite.get("suffix", ""),
        suppress_author=bool(cite.get("suppress-author")),
        author_only=bool(cite.get("author-only")),
        position=_number(cite, "position"),
        near_note=cite.get("near-note"),
        first_note=_number(cite, "first-reference-note-number"),
    )


def _number(cite: Data, key: str) -> int | None:
    return int(cite[key]) if key in cite else None


def _check(data: Data, known: set[str]) -> None:
    """Refuses what would not reach the processor."""
    if unknown := sorted(set(data) - known):
        raise FixtureError(f"the runner does not pass on {', '.join(unknown)}")
