"""Locales: terms, date formats and options, from several ``cs:locale`` elements into one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .attributes import date_parts, format_of, text_case
from .element import Element
from .nodes import DateFormat, Locale, Term


@dataclass(frozen=True, slots=True)
class LocaleParts:
    """What one ``cs:locale`` element defines."""

    terms: Mapping[tuple[str, str], Term]
    ordinals: Mapping[tuple[str, str], Term]
    dates: Mapping[str, DateFormat]
    options: Mapping[str, str]


def read_parts(element: Element) -> LocaleParts:
    """The definitions of one ``cs:locale`` element, from a locale file or inside a style."""
    terms: dict[tuple[str, str], Term] = {}
    ordinals: dict[tuple[str, str], Term] = {}
    for found in (term for terms in element.all("terms") for term in terms.all("term")):
        name, form, term = found.get("name", ""), found.get("form", "long"), _term(found)
        if name.startswith(("ordinal", "long-ordinal")):
            ordinals[name, term.gender_form] = term
        elif not term.gender_form:
            terms[name, form] = term
    options = element.find("style-options")
    dates = {date.get("form", "text"): _date(date) for date in element.all("date")}
    return LocaleParts(terms, ordinals, dates, {} if options is None else dict(options.attrib))


def _term(element: Element) -> Term:
    single, multiple = element.find("single"), element.find("multiple")
    text = element.text if element.text.strip() else ""
    return Term(
        single=text if single is None else single.text,
        multiple=text if multiple is None else multiple.text,
        gender=element.get("gender", ""),
        gender_form=element.get("gender-form", ""),
        match=element.get("match", ""),
    )


def _date(element: Element) -> DateFormat:
    return DateFormat(
        parts=date_parts(element),
        format=format_of(element),
        text_case=text_case(element),
    )


def merge(lang: str, parts: Sequence[LocaleParts]) -> Locale:
    """One locale of several, a later one over an earlier one.

    Ordinals are replaced as a whole by whoever defines any of them (CSL 1.0.2, "Ordinal Suffixes").
    """
    terms: dict[tuple[str, str], Term] = {}
    dates: dict[str, DateFormat] = {}
    options: dict[str, str] = {}
    suffixes: Mapping[tuple[str, str], Term] = {}
    words: Mapping[tuple[str, str], Term] = {}
    for part in parts:
        terms.update(part.terms)
        dates.update(part.dates)
        options.update(part.options)
        suffixes = _of(part, long=False) or suffixes
        words = _of(part, long=True) or words
    return Locale(
        lang=lang,
        terms=terms,
        ordinals={**suffixes, **words},
        dates=dates,
        punctuation_in_quote=options.get("punctuation-in-quote") == "true",
        limit_day_ordinals_to_day_1=options.get("limit-day-ordinals-to-day-1") == "true",
    )


def _of(part: LocaleParts, *, long: bool) -> dict[tuple[str, str], Term]:
    return {key: term for key, term in part.ordinals.items() if key[0].startswith("long") is long}
