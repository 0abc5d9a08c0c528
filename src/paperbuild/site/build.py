"""All files of a site, made of its papers; and what must not be in any of them, looked for in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace

from paperbuild.leak import Withheld, leaks
from paperbuild.model import Finding
from paperbuild.site import feeds
from paperbuild.site.addresses import INDEX, address
from paperbuild.site.pages import beginning, pages, texts
from paperbuild.site.papers import Paper
from paperbuild.site.settings import Settings
from paperbuild.site.subjects import subjects


def build(papers: Sequence[Paper], settings: Settings) -> dict[str, bytes]:
    """The site's own files by their paths in its folder. The papers' pages are not among them."""
    found = subjects(papers, settings.lang)
    files = dict(pages(papers, found, settings))
    files["search.json"] = feeds.search(papers, settings)
    if feed := feeds.feed(papers, settings):
        files["feed.xml"] = feed
    files |= feeds.sitemaps([*_addresses(files, papers, settings)], settings)
    if settings.url.count("/") == 3:  # elsewhere than at a host's root nobody reads it (RFC 9309, 2.3)
        files["robots.txt"] = f"User-agent: *\nDisallow:\n\nSitemap: {settings.url}sitemap.xml\n".encode()
    return files


def page_path(paper: Paper) -> str:
    """Where a paper's page lies."""
    return f"{paper.slug}/{INDEX}"


def _addresses(
    files: Iterable[str], papers: Sequence[Paper], settings: Settings
) -> Iterator[tuple[str, str]]:
    """Every page's address with the date of what is on it.

    A paper whose page names another address as its own is left out: a sitemap lists canonical ones alone.
    """
    newest = max((paper.date for paper in papers), default="")
    for path in files:
        if path.endswith(INDEX):
            yield settings.url + address(path), newest if path == INDEX else ""
    for paper in papers:
        own = settings.url + address(page_path(paper))
        if not paper.canonical or address_of(paper.canonical) == own:
            yield own, paper.date


def address_of(canonical: str) -> str:
    """A page's own address as we would write it: letters beyond ASCII percent-encoded."""
    return "".join(letter if letter.isascii() else address(letter) for letter in canonical)


def leaking(
    files: Mapping[str, bytes], papers: Sequence[Paper], withheld: Iterable[Withheld], settings: Settings
) -> dict[str, list[Finding]]:
    """For each file in which something can be had that one of the papers withholds: what was found.

    Every file is searched once, for what all the papers withhold together. What any paper's record says is
    public, whoever else withholds the same words, and so is what every site says by itself.
    """
    every = list(withheld)
    if not every:
        return {}
    public = [*_public(papers, settings), *(place for place, _ in _addresses(files, papers, settings))]
    # Attributes hold the pages' words as well, and an id may be a word of a title.
    named = {word for text in public for word in text.lower().split()}
    sought = together(every).but(public)
    sought = replace(sought, names=sought.names - named)
    found = {name: leaks(name, data, sought) for name, data in files.items()}
    return {name: findings for name, findings in found.items() if findings}


def together(withheld: Sequence[Withheld]) -> Withheld:
    """All that any of them withholds: each field of ``Withheld`` is a set of marks."""
    names = [field.name for field in fields(Withheld)]
    return Withheld(
        **{name: frozenset().union(*(getattr(each, name) for each in withheld)) for name in names}
    )


def _public(papers: Sequence[Paper], settings: Settings) -> Iterator[str]:
    """What the site's files may say, each text as it stands in them."""
    yield from texts(settings)
    for paper in papers:
        yield from (paper.slug, *paper.texts(), paper.date, settings.day(paper.date))
        yield beginning(paper.abstract)
