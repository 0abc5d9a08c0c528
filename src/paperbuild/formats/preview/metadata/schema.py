"""A paper's facts in the vocabulary of schema.org, as JSON-LD."""

from __future__ import annotations

from typing import Any

from paperbuild.formats.preview.about import Person, iso
from paperbuild.formats.preview.metadata.facts import Facts
from paperbuild.formats.preview.paid import CLASS


def json_ld(facts: Facts) -> dict[str, Any]:
    """The paper as a ScholarlyArticle, or as an Article where it has no references.

    ``isAccessibleForFree`` is a boolean and always there. ``hasPart`` stands only where the paywalled part is
    on the page, since its selector must match (Google's "Structured data for subscription and paywalled
    content").
    """
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle" if facts.scholarly else "Article",
        "headline": facts.title,
        "name": facts.title,
        "alternativeHeadline": facts.subtitle,
        "author": [_author(person) for person in facts.people],
        "datePublished": iso(facts.date) if facts.date else "",
        "inLanguage": facts.lang,
        "keywords": list(facts.keywords),
        "abstract": facts.abstract,
        "description": facts.description,
        "url": facts.url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": facts.url} if facts.url else "",
        "image": facts.image,
        "publisher": {"@type": "Organization", "name": facts.publisher} if facts.publisher else "",
        "isAccessibleForFree": facts.free,
        "hasPart": _paywalled() if facts.members and not facts.free else "",
    }
    return {key: value for key, value in values.items() if value not in ("", [])}


def _author(person: Person) -> dict[str, Any]:
    values: dict[str, Any] = {
        "@type": "Organization" if person.body else "Person",
        "name": person.name,
        "familyName": person.family,
        "givenName": person.given,
        "honorificSuffix": person.suffix,
        "affiliation": [{"@type": "Organization", "name": place} for place in person.affiliations],
        "identifier": person.orcid and f"https://orcid.org/{person.orcid}",
    }
    return {key: value for key, value in values.items() if value not in ("", [])}


def _paywalled() -> dict[str, Any]:
    return {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": f".{CLASS}"}
