"""When a file says it was made: never by the clock, so that the same manuscript gives the same bytes."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime

from paperbuild.model import FrontMatter, PaperbuildError
from paperbuild.pandoc import ast

VARIABLE = "SOURCE_DATE_EPOCH"
"""Whoever builds says the time with it, in seconds since 1970 (specification of reproducible-builds.org)."""

_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")


def made(front: FrontMatter) -> datetime | None:
    """The time that a file of this manuscript gives as its own, in UTC; None where it is to give none.

    SOURCE_DATE_EPOCH wins; then the manuscript's date where that is in digits (ISO 8601): the midnight that
    it begins with, of a month or a year that of the first day. Raises PaperbuildError where the variable is
    no time.
    """
    said = os.environ.get(VARIABLE, "").strip()
    return _seconds(said) if said else _midnight(ast.plain(front.date).strip())


def _seconds(said: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise PaperbuildError(
            f"{VARIABLE} is {said!r}, which is no time",
            hint="give it a number of seconds since 1970, or unset it",
        ) from error


def _midnight(date: str) -> datetime | None:
    if not _DAY.fullmatch(date):
        return None
    year, month, day = (int(part) for part in (*date.split("-"), "1", "1")[:3])
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:  # the 31st of February, the year 0
        return None
