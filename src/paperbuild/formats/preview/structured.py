"""What a page tells machines, read back: whether it agrees with itself, the page, and the readers' rules."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from typing import Any

from lxml.etree import _Element

from paperbuild import lens
from paperbuild.model import Finding

_CLASS = re.compile(r"\.[A-Za-z_-][\w-]*")
"""The one kind of selector that may mark a paywalled part."""
_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_LOCALE = re.compile(r"[a-z]{2,3}_(?:[A-Z]{2}|\d{3})")
_WHOLE = re.compile(r"citation_(?:pdf|fulltext|xml|springer_api|full_html)\w*", re.IGNORECASE)
"""Names of Highwire Press's tags whose addresses lead to a whole paper."""
_LONGEST = 300
"""Letters of a description."""


def faults(root: _Element) -> Iterator[Finding]:
    """An error of the check ``metadata`` for each rule that the page's metadata break.

    The rules are Google's ("Structured data for subscription and paywalled content", "Article"), Google
    Scholar's ("Inclusion Guidelines for Webmasters"), and that all vocabularies of a page say the same. Of a
    page without a head is told elsewhere.
    """
    if root.find("head/title") is None and root.find("head/meta") is None:
        return
    scripts = root.xpath("//script[@type='application/ld+json']")
    if len(scripts) != 1:
        yield _error(f"the page has {len(scripts)} blocks of structured data instead of one")
        return
    try:
        values = json.loads(scripts[0].text or "")
    except ValueError as error:
        yield _error(f"the structured data can't be read: {error}")
        return
    if not isinstance(values, dict):
        yield _error("the structured data are not one object")
        return
    for said in _broken(values, root):
        yield _error(said)


def _broken(values: dict[str, Any], root: _Element) -> Iterator[str]:
    for rule in (_kind, _access, _titles, _authors, _addresses, _dates, _languages, _descriptions):
        yield from rule(values, root)


def _kind(values: dict[str, Any], root: _Element) -> Iterator[str]:
    del root
    if values.get("@context") != "https://schema.org":
        yield f"the structured data's @context is {values.get('@context')!r} instead of https://schema.org"
    if values.get("@type") not in ("ScholarlyArticle", "Article"):
        yield f"the structured data's @type is {values.get('@type')!r} instead of ScholarlyArticle or Article"


# -- what is free and what is not


def _access(values: dict[str, Any], root: _Element) -> Iterator[str]:
    free = values.get("isAccessibleForFree")
    if not isinstance(free, bool):
        yield f"isAccessibleForFree is {free!r}: it must be true or false, and no text"
    parts = values.get("hasPart", [])
    paid: list[_Element] = []
    for part in parts if isinstance(parts, list) else [parts]:
        paid += yield from _part(part, root)
    if any(other in set(one.iterancestors()) for one in paid for other in paid):
        yield "a paywalled part of the page stands in another"
    if paid and free is not False:
        yield "the page says that it is free, and that a part of it is paywalled"
    if paid and "noindex" not in " ".join(_metas(root, "robots")):
        yield "the page holds the paywalled part, and does not ask search engines to leave it out (noindex)"
    if free is True and root.xpath("//*[@data-statement='percent']"):
        yield "the page says that it is free, and that a part of it is not shown"


def _part(part: Any, root: _Element) -> Generator[str, None, list[_Element]]:
    """Told are the faults of a part that is said to be paywalled; what comes back are its elements."""
    if not isinstance(part, dict) or part.get("@type") != "WebPageElement":
        yield "a part of the page in the structured data is no WebPageElement"
        return []
    if part.get("isAccessibleForFree") is not False:
        yield f"isAccessibleForFree of a part is {part.get('isAccessibleForFree')!r} instead of false"
    selector = part.get("cssSelector")
    if not isinstance(selector, str) or not _CLASS.fullmatch(selector):
        yield f"the cssSelector {selector!r} is not one class"
        return []
    found = root.xpath(
        "//body//*[contains(concat(' ', normalize-space(@class), ' '), $name)]", name=f" {selector[1:]} "
    )
    if not found:
        yield f"no element of the page is what the cssSelector {selector} marks as paywalled"
    return list(found)


# -- whether all say the same


def _titles(values: dict[str, Any], root: _Element) -> Iterator[str]:
    headline = _text(values, "headline")
    shown = root.findtext("head/title") or ""
    yield from _differing("title", headline, "the page's", [shown])
    (heading,) = root.xpath("//header//h1[1]")[:1] or [None]
    if heading is not None and not heading.xpath(".//math | .//img"):
        words = "".join(heading.xpath(".//text()[not(ancestor::*[@role='doc-noteref'])]"))
        yield from _differing("title", headline, "the heading's", [words] if words.strip() else [])
    for name in ("citation_title", "DC.title", "og:title"):
        yield from _differing("title", headline, name, _metas(root, name), needed=True)


def _authors(values: dict[str, Any], root: _Element) -> Iterator[str]:
    given = values.get("author", [])
    authors = [
        author for author in (given if isinstance(given, list) else [given]) if isinstance(author, dict)
    ]
    if any(
        author.get("@type") not in ("Person", "Organization") or not author.get("name") for author in authors
    ):
        yield "an author in the structured data is no Person or Organization with a name"
    names = [_text(author, "name") for author in authors]
    inverted = [_inverted(author) for author in authors]
    for name, expected in (("author", names), ("citation_author", inverted), ("DC.creator", inverted)):
        found = _metas(root, name)
        if list(map(lens.normal, found)) != list(map(lens.normal, expected)):
            yield f"the authors are {expected} in the structured data, and {found} in {name}"


def _inverted(author: dict[str, Any]) -> str:
    parts = [_text(author, key) for key in ("familyName", "givenName", "honorificSuffix")]
    return ", ".join(filter(None, parts)) if parts[0] else _text(author, "name")


def _addresses(values: dict[str, Any], root: _Element) -> Iterator[str]:
    page = values.get("mainEntityOfPage")
    told = {
        "the canonical address": [
            str(link.get("href")) for link in root.xpath("//head/link[@rel='canonical']")
        ],
        "url": [_text(values, "url")],
        "mainEntityOfPage": [_text(page, "@id") if isinstance(page, dict) else ""],
        **{name: _metas(root, name) for name in ("og:url", "DC.identifier", "citation_abstract_html_url")},
    }
    addresses = {name: [address for address in found if address] for name, found in told.items()}
    different = {address for found in addresses.values() for address in found}
    if len(different) > 1:
        where = "; ".join(f"{name}: {', '.join(found)}" for name, found in addresses.items() if found)
        yield f"the page's address is told differently ({where})"
    for name in root.xpath("//head/meta/@name"):
        if _WHOLE.fullmatch(name):
            yield f"{name} leads to the whole paper"


def _dates(values: dict[str, Any], root: _Element) -> Iterator[str]:
    date = _text(values, "datePublished")
    if date and not _ISO.fullmatch(date):
        yield f"datePublished is «{date}», which is no date of ISO 8601"
    for name in ("DC.date", "article:published_time"):
        yield from _differing("date", date, name, _metas(root, name), needed=bool(date))
    name = "citation_publication_date"
    yield from _differing("date", date.replace("-", "/"), name, _metas(root, name), needed=bool(date))


def _languages(values: dict[str, Any], root: _Element) -> Iterator[str]:
    lang = _text(values, "inLanguage")
    yield from _differing("language", lang, "the page's", [root.get("lang") or ""] if lang else [])
    for name in ("citation_language", "DC.language"):
        yield from _differing("language", lang, name, _metas(root, name), needed=bool(lang))
    for locale in _metas(root, "og:locale"):
        if not _LOCALE.fullmatch(locale):
            yield f"og:locale is «{locale}» instead of a language with a territory (en_GB)"


def _descriptions(values: dict[str, Any], root: _Element) -> Iterator[str]:
    description, abstract = _text(values, "description"), _text(values, "abstract")
    for name in ("description", "DC.description", "og:description"):
        yield from _differing("description", description, name, _metas(root, name), needed=bool(description))
    if len(description) > _LONGEST:
        yield f"the description has {len(description)} letters, and is cut by its readers after {_LONGEST}"
    if abstract and not abstract.startswith(description.removesuffix("…")):
        yield "the description is not how the abstract begins"


def _differing(what: str, told: str, name: str, found: list[str], *, needed: bool = False) -> Iterator[str]:
    """Told is where a tag says something else than the structured data, or nothing though it should."""
    for one in found:
        if lens.normal(one) != lens.normal(told):
            yield f"the {what} is «{told}» in the structured data, and «{one}» is {name}"
    if needed and not found:
        yield f"the {what} is in the structured data, and {name} is missing"


def _metas(root: _Element, name: str) -> list[str]:
    found = root.xpath("//head/meta[@name=$name or @property=$name]/@content", name=name)
    return [str(content) for content in found]


def _text(values: dict[str, Any], key: str) -> str:
    found = values.get(key)
    return found if isinstance(found, str) else ""


def _error(said: str) -> Finding:
    return Finding("error", "metadata", said, format="preview", stage="write")
