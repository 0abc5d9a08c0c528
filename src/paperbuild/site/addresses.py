"""Where the site's pages are: paths of its folder as addresses."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from paperbuild.model import PaperbuildError

INDEX = "index.html"
SUBJECTS = "subjects"
RESERVED = frozenset({SUBJECTS, "page", INDEX, "search.json", "sitemap.xml", "feed.xml", "robots.txt"})
"""Names in the site's folder that no paper can have."""
_SITEMAP = re.compile(r"sitemap-\d+\.xml")


def checked(url: str) -> str:
    """The site's address, ending in ``/``. Raises PaperbuildError where it is no absolute one (RFC 3986)."""
    hint = "give the address under which readers will find the site: --url https://papers.example.org"
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port)
    except ValueError:  # a port that is no number, a bracket that is not closed
        usable = False
    if not usable or re.search(r"[\s<>\"'\\^`{|}]", url):
        raise PaperbuildError(f"--url {url} is no address that begins with https:// or http://", hint=hint)
    if "?" in url or "#" in url:
        raise PaperbuildError(f"--url {url} has a query or a fragment: pages can't lie below it", hint=hint)
    return f"{url.rstrip('/')}/"


def is_reserved(slug: str) -> bool:
    """True for a paper's name that the site needs for itself, on file systems that ignore case as well."""
    name = slug.casefold()
    return name in RESERVED or bool(_SITEMAP.fullmatch(name))


def address(path: str) -> str:
    """A file's address relative to the site's: percent-encoded UTF-8, an index as its folder."""
    return quote(path.removesuffix(INDEX))


def up(path: str) -> str:
    """How the page at a path writes the site's root: ``../`` for each folder it is in."""
    return "../" * path.count("/") or "./"
