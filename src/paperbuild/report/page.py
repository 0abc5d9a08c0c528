"""Reports as a web page that needs nothing but itself: what was lost beside where it stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from paperbuild.model import Artefact, Evidence, Report, Severity
from paperbuild.report import words
from paperbuild.report.difference import Piece, pieces
from paperbuild.report.order import SEVERITIES, Cause, Sight, causes, consequent, tally
from paperbuild.report.sources import Excerpt, Sources
from paperbuild.report.table import table

_HERE = Path(__file__).parent
_QUOTED = re.compile(r"«([^»]*)»")
_PAGE = re.compile(r"page (\d+)")
_MOST_SHOWN = 300
"""Findings that are shown with their texts; the page stays small whatever happened to a file."""
_MOST = 1000
"""Findings that are shown at all."""
_LONGEST = 600
_LONGEST_DIFFERENCE = 420
_LONGEST_AROUND = 140


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a finished file something stands."""

    file: str
    """the PDF"""
    words: str
    """on page 3; under a section's title."""
    link: str
    """To the file, where the format has such links to the page."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands in a finished file: the differences to what was promised, and what surrounds them."""

    places: tuple[Place, ...]
    before: str
    pieces: tuple[Piece, ...]
    after: str
    absent: bool
    """True where nothing stands there."""


@dataclass(frozen=True, slots=True)
class Card:
    """One finding as the page shows it."""

    number: int
    cause: Cause
    formats: str
    stage: str
    excerpt: Excerpt | None
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one severity."""

    severity: Severity
    title: str
    cards: tuple[Card, ...]
    more: int
    """How many there are besides the cards and what follows from them."""


def as_page(report: Report, slug: str) -> str:
    """The page as HTML. Links lead to the files beside it."""
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            report=report,
            slug=slug,
            verdict=verdict(report),
            tally=tally(report.findings),
            groups=_groups(report),
            table=table(report),
            style=Markup((_HERE / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        )
    )


def verdict(report: Report) -> str:
    """What became of a manuscript, in a sentence."""
    if report.status >= 2:
        return "It could not be made."
    if not report.ok:
        return "Something was lost, could not be resolved, or needs your decision."
    if not report.comparisons:
        return "The files were made, and not opened again."
    return "Everything that was promised is in the files."


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_fit,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "size": words.size,
        "label": words.label,
        "number": words.number,
        "isolated": _isolated,
    }
    environment.filters["name"] = lambda artefact: artefact.path.name
    return environment


def _fit(value: Any) -> Any:
    """Every text of the page is fit to be shown, whoever wrote it."""
    return words.clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _isolated(text: str) -> Markup:
    """A sentence in which each quoted text keeps its own direction."""
    parts = _QUOTED.split(words.shorten(words.clean(text), _LONGEST))
    whole = (
        Markup("«<bdi>{}</bdi>»").format(part) if i % 2 else escape(part) for i, part in enumerate(parts)
    )
    return Markup().join(whole)


def _groups(report: Report) -> list[Group]:
    sources = Sources(report.manuscript)
    found = causes(report.findings)
    cards = [_card(number, cause, report, sources) for number, cause in enumerate(found[:_MOST])]
    groups = []
    for severity in SEVERITIES:
        here = tuple(card for card in cards if card.cause.finding.severity == severity)
        causing = [cause for cause in found if cause.finding.severity == severity]
        if causing:
            following = consequent(causing)
            title = words.number(len(causing) + following, severity)
            if following:
                title += f", {following} of which follow{'s' if following == 1 else ''} from others"
            groups.append(Group(severity, title, here, len(causing) - len(here)))
    return groups


def _card(number: int, cause: Cause, report: Report, sources: Sources) -> Card:
    finding = cause.finding
    full = number < _MOST_SHOWN
    excerpt = sources.excerpt(finding.where, *_probe(cause)) if full else None
    seen = tuple(_seen(sight, report.artefacts) for sight in cause.sights if full)
    formats = words.listed(words.label(name) for name in cause.formats)
    return Card(number + 1, cause, formats, words.stage(finding, cause.formats), excerpt, seen)


def _probe(cause: Cause) -> tuple[str, str]:
    """What to look for in the source: the words before the first difference, and those lost there."""
    for sight in cause.sights:
        found = pieces(sight.evidence, _LONGEST_DIFFERENCE)
        before = found[0].text.rsplit("…", 1)[-1].strip() if found and found[0].how == "same" else ""
        lost = next((piece.text for piece in found if piece.how == "lost"), "")
        return before, lost.strip(" …")
    quoted = _QUOTED.search(cause.finding.message)
    return quoted[1].strip("…") if quoted else "", ""


def _seen(sight: Sight, artefacts: Sequence[Artefact]) -> Seen:
    evidence = sight.evidence
    return Seen(
        places=tuple(_place(name, each, artefacts) for name, each in sight.places),
        before=words.shorten_before(words.flat(evidence.before), _LONGEST_AROUND),
        pieces=tuple(pieces(evidence, _LONGEST_DIFFERENCE)),
        after=words.shorten(words.flat(evidence.after), _LONGEST_AROUND),
        absent=not evidence.found.strip(),
    )


def _place(format_name: str, evidence: Evidence, artefacts: Sequence[Artefact]) -> Place:
    page = _PAGE.fullmatch(evidence.place)
    file = next((a.path.name for a in artefacts if a.format == format_name == "pdf"), "")
    link = f"{quote(file)}#page={page[1]}" if page and file else ""
    return Place(words.file_of(format_name) if format_name else "the files", words.position(evidence), link)
