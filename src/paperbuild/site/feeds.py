"""What programs read of a site: the Atom feed, the sitemap, the words that the search looks through."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from paperbuild.site.addresses import address
from paperbuild.site.papers import Paper
from paperbuild.site.settings import Settings

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NEWEST = 50
MOST_ADDRESSES = 50_000
MOST_BYTES = 50 * 1024 * 1024
"""What one sitemap may hold, by sitemaps.org."""


def feed(papers: Sequence[Paper], settings: Settings) -> bytes | None:
    """The newest papers as an Atom feed (RFC 4287); None where no paper has a date.

    A paper without a date is in no feed: an entry must say when it was last changed (section 4.1.2).
    """
    dated = [paper for paper in papers if paper.date][:_NEWEST]
    if not dated:
        return None
    root = etree.Element(f"{{{_ATOM}}}feed", {_XML_LANG: settings.lang}, nsmap={None: _ATOM})
    _add(root, "title", settings.title)
    _add(root, "id", settings.url)
    _add(root, "updated", _moment(dated[0].date))
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{settings.url}feed.xml")
    _add(root, "link", rel="alternate", type="text/html", href=settings.url)
    # Entries without an author of their own have the feed's (section 4.1.1).
    _add(_add(root, "author"), "name", settings.title)
    for paper in dated:
        _entry(root, paper, settings)
    return _written(root)


def _entry(root: etree._Element, paper: Paper, settings: Settings) -> None:
    entry = _add(root, "entry", **{_XML_LANG: paper.lang})
    own = f"{settings.url}{address(paper.slug)}/"
    _add(entry, "title", paper.full_title)
    _add(entry, "id", own)
    _add(entry, "updated", _moment(paper.date))
    _add(entry, "published", _moment(paper.date))
    _add(entry, "link", rel="alternate", type="text/html", href=own)
    for name in paper.authors:
        _add(_add(entry, "author"), "name", name)
    for keyword in paper.keywords:
        _add(entry, "category", term=keyword)
    # Without content, a summary is all there is (section 4.1.3), though it may be empty.
    _add(entry, "summary", paper.abstract)


def _moment(date: str) -> str:
    """The beginning of a day, month or year as RFC 3339 writes it."""
    return f"{date}{'-01' * (2 - date.count('-'))}T00:00:00Z"


def sitemaps(
    addresses: Sequence[tuple[str, str]], settings: Settings, most: int = MOST_ADDRESSES
) -> dict[str, bytes]:
    """``sitemap.xml`` for addresses, each with the date of its last change or an empty text.

    Where there are more than ``most``, or more bytes than allowed, it lists the sitemaps made beside it.
    """
    whole = _sitemap(addresses)
    if len(addresses) <= most and len(whole) <= MOST_BYTES:
        return {"sitemap.xml": whole}
    # An address has some 2,000 letters at most (a name of 255 bytes, percent-encoded): 20,000 fit in 50 MB.
    most = min(most, 20_000) if len(whole) > MOST_BYTES else most
    parts = [addresses[start : start + most] for start in range(0, len(addresses), most)]
    files = {f"sitemap-{number}.xml": _sitemap(part) for number, part in enumerate(parts, 1)}
    root = etree.Element(f"{{{_SITEMAPS}}}sitemapindex", nsmap={None: _SITEMAPS})
    for name in files:
        _add(_add(root, "sitemap"), "loc", settings.url + name)
    return {"sitemap.xml": _written(root), **files}


def _sitemap(addresses: Sequence[tuple[str, str]]) -> bytes:
    root = etree.Element(f"{{{_SITEMAPS}}}urlset", nsmap={None: _SITEMAPS})
    for place, changed in addresses:
        entry = _add(root, "url")
        _add(entry, "loc", place)
        if changed:
            _add(entry, "lastmod", changed)  # a W3C date, which may be a year or a month alone
    return _written(root)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)
    element.text = text
    return element


def _written(root: etree._Element) -> bytes:
    etree.indent(root, space=" ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def search(papers: Sequence[Paper], settings: Settings) -> bytes:
    """What the search looks through and shows, as JSON: never a word of a paper's body."""
    rows = [dict(_row(paper, settings)) for paper in papers]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _row(paper: Paper, settings: Settings) -> Iterator[tuple[str, object]]:
    values: Mapping[str, object] = {
        "url": f"{address(paper.slug)}/",
        "title": paper.full_title,
        "authors": list(paper.authors),
        "keywords": list(paper.keywords),
        "abstract": paper.abstract,
        "lang": paper.lang,
        "rtl": paper.rtl,
        "date": paper.date,
        "day": settings.day(paper.date),
    }
    yield from ((name, value) for name, value in values.items() if value)
