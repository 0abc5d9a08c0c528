"""What there is to tell of a paper, gathered once for all vocabularies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import icu

from paperbuild.config import Options
from paperbuild.csl.items.item import DateParts
from paperbuild.formats.base import Prepared
from paperbuild.formats.preview.about import Person, people, published
from paperbuild.formats.preview.paid import is_marked
from paperbuild.pandoc import ast

_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_BCP47 = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
_SENTENCE_END = re.compile(r"[.!?…](?=[\s”’»\"'])|[。！？]")
_SHORTEST, _LONGEST = 160, 300
"""Letters of a description: search engines show some 160, and social sites at most 300."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page's head says. Empty is what the paper does not say."""

    title: str
    subtitle: str
    people: tuple[Person, ...]
    date: DateParts | None
    lang: str
    """BCP 47; empty for what is no language tag."""
    locale: str
    """``en_GB``: the language with its territory, the likeliest where none is said (CLDR)."""
    keywords: tuple[str, ...]
    abstract: str
    description: str
    url: str
    """The page's address, absolute; empty where it is not known."""
    canonical: str
    """The address as the front matter has it."""
    image: str
    """The picture's address, absolute."""
    publisher: str
    scholarly: bool
    """True where the paper has references."""
    free: bool
    """True where nothing of the paper is withheld from anybody."""
    members: bool
    """True for the members' page."""


def facts(prepared: Prepared, options: Options, *, members: bool) -> Facts:
    """The facts of the document that is shown; from what is withheld comes whether there is any."""
    document, wanted = prepared.document, options.preview
    abstract = _line(ast.plain(document.front.abstract))
    canonical = wanted.canonical or ""
    lang = document.lang if _BCP47.match(document.lang) else ""
    return Facts(
        title=_line(ast.plain(document.front.title)) or document.slug,
        subtitle=_line(ast.plain(document.front.subtitle)),
        people=people(document),
        date=published(document),
        lang=lang,
        locale=_locale(lang),
        keywords=tuple(word for keyword in document.front.keywords if (word := _line(keyword))),
        abstract=abstract,
        description=shortened(abstract or _line(options.study.summary)),
        url=canonical if _ABSOLUTE.match(canonical) else "",
        canonical=canonical,
        image=_absolute(wanted.image or "", canonical),
        publisher=_line(wanted.publisher),
        scholarly=bool(document.references) or _counted(prepared, options),
        free=not is_marked(document) and (prepared.cut is None or prepared.cut.share >= 1),
        members=members,
    )


def shortened(text: str) -> str:
    """The text, cut where a sentence ends after 160 to 300 letters; at a word's end where none does."""
    if len(text) <= _LONGEST:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, _LONGEST)]
    if ends and ends[-1] >= _SHORTEST:
        return text[: ends[-1]]
    start = text[: _LONGEST - 1]
    at_space = start.rfind(" ")
    return (start[:at_space] if at_space >= _SHORTEST else start).rstrip(" ,;:–—-") + "…"


def _counted(prepared: Prepared, options: Options) -> bool:
    """Whether the page tells how many references the paper has."""
    return options.preview.references == "count" and bool(prepared.cut and prepared.cut.references)


def _locale(lang: str) -> str:
    """OpenGraph's ``language_TERRITORY``; empty for a language of no known territory."""
    if not lang:
        return ""
    locale = icu.Locale.forLanguageTag(lang)
    locale.addLikelySubtags()
    language, territory = locale.getLanguage(), locale.getCountry()
    return f"{language}_{territory}" if language and territory else ""


def _absolute(address: str, base: str) -> str:
    """The address joined to the page's; empty where that makes no absolute one."""
    joined = urljoin(base, address) if address else ""
    return joined if _ABSOLUTE.match(joined) else ""


def _line(text: str) -> str:
    return " ".join(text.split())
