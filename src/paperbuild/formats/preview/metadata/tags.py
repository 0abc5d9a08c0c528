"""A paper's facts as ``meta`` and ``link`` elements, in the vocabularies that are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from paperbuild.formats.preview.about import iso, slashed
from paperbuild.formats.preview.metadata.facts import Facts


class Meta(NamedTuple):
    """A ``meta`` element."""

    attribute: Literal["name", "property"]
    name: str
    content: str


class Link(NamedTuple):
    """A ``link`` element. None of these makes a browser fetch anything."""

    rel: str
    href: str


def metas(facts: Facts) -> list[Meta]:
    """The ``meta`` elements, those of a vocabulary together; one that would say nothing is left out."""
    named = [*_html(facts), *_highwire(facts), *_dublin_core(facts), *_twitter(facts)]
    return [
        *(Meta("name", name, content) for name, content in named if content),
        *(Meta("property", name, content) for name, content in _open_graph(facts) if content),
    ]


def links(facts: Facts) -> list[Link]:
    """The canonical address, the same on the members' page, and the namespace of Dublin Core's names."""
    canonical = [Link("canonical", facts.canonical)] if facts.canonical else []
    return [*canonical, Link("schema.DC", "http://purl.org/dc/elements/1.1/")]


_Named = Iterator[tuple[str, str]]


def _html(facts: Facts) -> _Named:
    """HTML, "Standard metadata names"; Google's "Robots meta tag" specifications."""
    yield from (("author", person.name) for person in facts.people)
    yield "description", facts.description
    yield "keywords", ", ".join(facts.keywords)
    if facts.members:
        yield "robots", "noindex"
    elif facts.image:
        yield "robots", "max-image-preview:large"


def _highwire(facts: Facts) -> _Named:
    """Google Scholar, "Inclusion Guidelines for Webmasters": the tags of Highwire Press.

    An author's institutions and ORCID follow the author. There is no ``citation_pdf_url``: it would lead to
    the whole paper.
    """
    yield "citation_title", facts.title
    for person in facts.people:
        yield "citation_author", person.inverted
        yield from (("citation_author_institution", place) for place in person.affiliations)
        yield "citation_author_orcid", person.orcid and f"https://orcid.org/{person.orcid}"
    yield "citation_publication_date", slashed(facts.date) if facts.date else ""
    yield "citation_language", facts.lang
    yield "citation_publisher", facts.publisher
    yield from (("citation_keywords", keyword) for keyword in facts.keywords)
    yield "citation_abstract_html_url", facts.url


def _dublin_core(facts: Facts) -> _Named:
    """DCMI, "Expressing Dublin Core metadata using HTML/XHTML meta and link elements"."""
    yield "DC.title", facts.title
    yield from (("DC.creator", person.inverted) for person in facts.people)
    yield "DC.date", iso(facts.date) if facts.date else ""
    yield "DC.language", facts.lang
    yield from (("DC.subject", keyword) for keyword in facts.keywords)
    yield "DC.description", facts.description
    yield "DC.type", "Text"
    yield "DC.identifier", facts.url
    yield "DC.publisher", facts.publisher


def _twitter(facts: Facts) -> _Named:
    """The card's kind; its words and picture are OpenGraph's."""
    yield "twitter:card", "summary_large_image" if facts.image else "summary"


def _open_graph(facts: Facts) -> _Named:
    """The Open Graph protocol, type ``article``. Its authors are addresses of profiles."""
    yield "og:type", "article"
    yield "og:title", facts.title
    yield "og:description", facts.description
    yield "og:url", facts.url
    yield "og:site_name", facts.publisher
    yield "og:locale", facts.locale
    yield "og:image", facts.image
    for person in facts.people:
        yield "article:author", person.orcid and f"https://orcid.org/{person.orcid}"
    yield "article:published_time", iso(facts.date) if facts.date else ""
    yield from (("article:tag", keyword) for keyword in facts.keywords)
