"""The site's own pages: the list of all papers, the subjects, and the papers of each subject."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tinycss2
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from paperbuild.formats.preview import theme
from paperbuild.site.addresses import INDEX, SUBJECTS, address, up
from paperbuild.site.papers import Paper
from paperbuild.site.settings import Settings
from paperbuild.site.subjects import Subject, key
from paperbuild.site.words import right_to_left, words
from paperbuild.site.words import texts as own_words

_HERE = Path(__file__).parent
PER_PAGE = 50
_BEGINNING = 320
"""Letters of an abstract that the list shows at most."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list of papers that may have several."""

    papers: tuple[Paper, ...]
    number: int
    count: int
    said: str
    """«Page 2 of 3»"""
    newer: str
    older: str
    """Where the pages before and after it are, seen from this one."""

    @property
    def first(self) -> int:
        """The number of its first paper, from 1."""
        return (self.number - 1) * PER_PAGE + 1


def pages(
    papers: Sequence[Paper], subjects: Sequence[Subject], settings: Settings
) -> Iterator[tuple[str, bytes]]:
    """Each page of the site but the papers' own: its path in the site's folder, and its bytes (UTF-8)."""
    known = {key(subject.name): subject.slug for subject in subjects}
    shared = {
        "site": settings,
        "has_feed": any(paper.date for paper in papers),
        "has_subjects": bool(subjects),
        "slugs": {keyword: known[key(keyword)] for paper in papers for keyword in paper.keywords},
    }
    yield from _list(papers, "", settings, shared | {"heading": settings.title, "searched": True})
    if subjects:
        values = shared | {"heading": words(settings.lang)["subjects"], "subjects": subjects}
        page = _page((), 1, 1, settings)
        yield _rendered("subjects.html.j2", f"{SUBJECTS}/{INDEX}", settings, values | {"page": page})
    for subject in subjects:
        values = shared | {"heading": subject.name, "searched": False}
        yield from _list(subject.papers, f"{SUBJECTS}/{subject.slug}/", settings, values)


def texts(settings: Settings) -> tuple[str, ...]:
    """All that any page of the site says by itself, whatever the papers."""
    sources = (path for path in _HERE.iterdir() if path.suffix in {".css", ".js", ".j2"})
    return (
        *own_words(),
        settings.title,
        settings.url,
        _style(settings.theme),
        *(path.read_text(encoding="utf-8") for path in sources),
    )


def _list(
    papers: Sequence[Paper], place: str, settings: Settings, values: Mapping[str, Any]
) -> Iterator[tuple[str, bytes]]:
    """A list of papers, in as many pages as it takes; the first is the index of the folder ``place``."""
    count = max(-(-len(papers) // PER_PAGE), 1)
    for number in range(1, count + 1):
        chosen = tuple(papers[(number - 1) * PER_PAGE : number * PER_PAGE])
        path = f"{place}page/{number}/{INDEX}" if number > 1 else f"{place}{INDEX}"
        page = _page(chosen, number, count, settings)
        yield _rendered("papers.html.j2", path, settings, {**values, "page": page})


def _page(papers: tuple[Paper, ...], number: int, count: int, settings: Settings) -> Page:
    said = words(settings.lang)["page"].format(number=number, count=count)
    newer = f"../{number - 1}/" if number > 2 else "../../"
    older = f"../{number + 1}/" if number > 1 else "page/2/"
    return Page(papers, number, count, said, newer, older)


def _rendered(name: str, path: str, settings: Settings, values: Mapping[str, Any]) -> tuple[str, bytes]:
    text = (
        _environment()
        .get_template(name)
        .render(
            **values,
            here=address(path),
            root=up(path),
            canonical=settings.url + address(path),
            rtl=right_to_left(settings.lang),
            words=words(settings.lang),
            policy=_policy(settings.theme),
            style=Markup(_style(settings.theme)),  # noqa: S704 - without any «</»
            script=Markup(_script()),  # noqa: S704
        )
    )
    return path, text.encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["address"] = address
    environment.filters["beginning"] = beginning
    return environment


def beginning(text: str) -> str:
    """The text, or if it is long as many of its words as fit, and an ellipsis."""
    if len(text) <= _BEGINNING:
        return text
    cut = text[:_BEGINNING]
    return f"{cut.rpartition(' ')[0] or cut} …"


@cache
def _script() -> str:
    return (_HERE / "search.js").read_text(encoding="utf-8")


@cache
def _style(theme_name: str) -> str:
    """The theme's colours and fonts, and the rules of these pages."""
    own = (_HERE / "site.css").read_text(encoding="utf-8")
    sheet = f"{properties(theme.load(theme_name, Path()).css)}\n{own}"
    return sheet.replace("</", "<\\/")


def properties(css: str) -> str:
    """Of a style sheet the rules of ``:root``, also those in media queries: the theme's custom properties."""
    kept = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip().startswith(":root"):
            kept.append(rule.serialize())
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            inner = properties(tinycss2.serialize(rule.content))
            kept += [f"@media{tinycss2.serialize(rule.prelude)}{{{inner}}}"] if inner else []
    return "\n".join(kept)


@cache
def _policy(theme_name: str) -> str:
    """What a page may load and run: its own style and script, and the words for the search."""
    return (
        f"default-src 'none'; style-src {_hash(_style(theme_name))}; script-src {_hash(_script())}; "
        "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'"
    )


def _hash(source: str) -> str:
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    return f"'sha256-{digest}'"
