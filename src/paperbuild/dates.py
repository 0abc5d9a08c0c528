"""Dates as people write them: what stands in digits (ISO 8601), in the words of a language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

import icu

_ISO = re.compile(r"\d{4}(-\d{2}){0,2}")
_SKELETONS = ("y", "yMMMM", "yMMMMd")
"""ICU's skeletons of a year, a month and a day, by the hyphens that the ISO form has."""


def written(date: str, lang: str, *, day_first: bool = False) -> str:
    """``2025``, ``2025-03`` or ``2025-03-14`` as it is written in a language; anything else as it is.

    ``day_first`` is for English, which has both orders: 14 March 2025.
    """
    if day_first and lang.partition("-")[0].lower() == "en":
        lang = "en-GB"
    if not _ISO.fullmatch(date):
        return date
    year, month, day = (int(part) for part in (*date.split("-"), "1", "1")[:3])
    try:
        moment = datetime(year, month, day, tzinfo=UTC)
    except ValueError:  # the 31st of February, the year 0
        return date
    return str(_dates(lang, _SKELETONS[date.count("-")]).format(moment.timestamp()))


@cache
def _dates(lang: str, skeleton: str) -> Any:
    """ICU's format of dates of the Gregorian calendar in a language."""
    locale = icu.Locale.createFromName(f"{icu.Locale(lang).getName()}@calendar=gregorian")
    pattern = icu.DateTimePatternGenerator.createInstance(locale).getBestPattern(skeleton)
    dates = icu.SimpleDateFormat(pattern, locale)
    dates.setTimeZone(icu.TimeZone.createTimeZone("UTC"))
    return dates
