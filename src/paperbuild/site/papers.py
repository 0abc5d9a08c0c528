"""A paper as its site knows it: what its record says, and its page as it was made."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paperbuild.model import PaperbuildError

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 can't hold (section 2.2), and that nobody would miss in a line of text."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the library, by what its preview makes public."""

    slug: str
    page: bytes
    """The preview, as it was made."""
    title: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    """``2025-03-14``, ``2025-03`` or ``2025``; empty where the paper has none."""
    lang: str = "en"
    rtl: bool = False
    abstract: str = ""
    """Of a paper without one, what the study notes say that it examines."""
    keywords: tuple[str, ...] = ()
    percent: int | None = None
    """How much of the paper its preview shows; None where the record does not say."""
    canonical: str = ""
    """The address that the page itself names as its own."""

    @property
    def full_title(self) -> str:
        """Title and subtitle in one line."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title

    def texts(self) -> Iterator[str]:
        """All that the pages of the site may say about it."""
        yield from (self.title, self.subtitle, self.full_title, self.abstract, *self.authors, *self.keywords)
        yield from (", ".join(self.authors), ", ".join(self.keywords))


def paper(slug: str, record: bytes, page: bytes) -> Paper:
    """The paper that a preview's record (``SLUG.preview.json``) describes, with its page.

    Raises PaperbuildError where the record is none.
    """
    try:
        values = json.loads(record)
    except ValueError as error:
        raise PaperbuildError(f"the record of {slug} can't be read: {error}") from error
    if not isinstance(values, dict):
        raise PaperbuildError(f"the record of {slug} is no JSON object")
    lang = _text(values.get("lang")) or "en"
    abstract, study, date, shown = (
        _object(values.get(name)) for name in ("abstract", "study", "date", "shown")
    )
    return Paper(
        slug=slug,
        page=page,
        title=_text(values.get("title")) or slug,
        subtitle=_text(values.get("subtitle")),
        authors=tuple(_names(values.get("authors"))),
        date=_date(date.get("iso")),
        lang=lang,
        rtl=values.get("dir") == "rtl",
        abstract=_text(abstract.get("text")) or _text(study.get("summary")),
        keywords=tuple(_keywords(values.get("keywords"))),
        percent=_percent(shown.get("percent")),
        canonical=_text(_object(values.get("addresses")).get("canonical")),
    )


def in_order(papers: Mapping[str, Paper]) -> tuple[Paper, ...]:
    """The papers, the newest first, those without a date last; of one date by their titles."""
    by_title = sorted(papers.values(), key=lambda each: (each.title.casefold(), each.slug))
    return tuple(sorted(by_title, key=lambda each: each.date, reverse=True))


def _text(given: Any) -> str:
    """A value as one line of text, as XML and JSON can hold it."""
    given = given if isinstance(given, str) else ""
    return unicodedata.normalize("NFC", " ".join(_NOT_XML.sub("", given).split()))


def _object(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _names(given: Any) -> Iterator[str]:
    """The names of authors, each an object with a ``name``."""
    for each in _list(given):
        if name := _text(_object(each).get("name")):
            yield name


def _keywords(given: Any) -> Iterator[str]:
    """The keywords, each once, whatever the case in which it is repeated."""
    seen: dict[str, str] = {}
    for each in _list(given):
        if text := _text(each):
            seen.setdefault(text.casefold(), text)
    yield from seen.values()


def _date(given: Any) -> str:
    found = _DATE.fullmatch(_text(given))
    return found[0] if found else ""


def _percent(given: Any) -> int | None:
    return round(given) if isinstance(given, int | float) else None
