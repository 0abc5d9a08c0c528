"""Ranges of pages in the form that a style asks for."""

from __future__ import annotations

import re
from collections.abc import Callable

_ESCAPED = "\ue000"
"""Stands for a hyphen that joins and parts nothing."""
_BETWEEN = re.compile(r"(\s*&\s*|\s*;\s+|\s*,\s+|,?\s+and\s+)")
_RANGE = re.compile(r"([^\s–—-]+)\s*(?:--|[–-])\s*([^\s–—-]+)\Z")
_PAGE = re.compile(r"((?:\d*[A-Za-z]+\.?0*)?)(\d+)((?:[.,]\d+)*)([a-z]*)\Z")
_ROMAN = re.compile(r"[ivxlcdm]+\Z", re.IGNORECASE)


def page_range(value: str, form: str, delimiter: str) -> str:
    """The pages with every range in a form, its numbers joined by the locale's delimiter.

    ``form`` is the style's ``page-range-format``; with none, only the hyphens change
    (CSL 1.0.2, "Page Range Formats"). Numbers with different letters before them, and a hyphen behind
    a backslash, belong to one page each and stay as they are.
    """
    if "-" not in value and "–" not in value:
        return value
    pieces = _BETWEEN.split(value.replace("\\-", _ESCAPED))
    pieces[::2] = [_piece(piece, form, delimiter) for piece in pieces[::2]]
    return "".join(pieces).replace(_ESCAPED, "-")


def _piece(piece: str, form: str, delimiter: str) -> str:
    found = _RANGE.match(piece.strip())
    if found is None:
        return piece
    first, last = found.groups()
    begin, end = _PAGE.match(first), _PAGE.match(last)
    if begin and end and begin[1] == end[1]:
        return first + delimiter + _end(begin, end, form)
    if (_ROMAN.match(first) and _ROMAN.match(last)) or _ESCAPED in first + last:
        return first + delimiter + last
    return f"{first}-{last}"


def _end(begin: re.Match[str], end: re.Match[str], form: str) -> str:
    """The last page as the form wants it."""
    first, last = begin[2], end[2]
    numbers_only = not (begin[3] or begin[4] or end[3] or end[4])
    if not form or not numbers_only:
        return end[0]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    shorten = _FORMS.get(form)
    if shorten is None or int(first) >= int(last):
        return end[1] + last if int(first) < int(last) else end[0]
    # The letters before the number are said once in every form but the expanded one.
    return shorten(first, last)


def _minimal(first: str, last: str, least: int = 1) -> str:
    """The digits that differ, ``least`` of them at the least."""
    if len(first) != len(last):
        return last
    same = 0
    while same < len(last) - least and first[same] == last[same]:
        same += 1
    return last[same:]


def _minimal_two(first: str, last: str) -> str:
    return _minimal(first, last, 2)


def _chicago_15(first: str, last: str) -> str:
    """The table of the 15th edition: all digits up to 100 and for hundreds, else two or those that differ."""
    begin, end = int(first), int(last)
    if begin > 100 and begin % 100 and begin // 100 == end // 100:
        return str(end % 100)
    if begin >= 10000 and begin // 1000 == end // 1000:
        return str(end % 1000)
    return last


def _chicago_16(first: str, last: str) -> str:
    """The 16th edition: as many digits as differ, two at least, where the page is no hundred."""
    begin, end = int(first), int(last)
    if begin > 100 and begin % 100:
        for digits in range(2, len(str(end))):
            unit = 10**digits
            if begin // unit == end // unit:
                return str(end % unit)
    return last


_FORMS: dict[str, Callable[[str, str], str]] = {
    "minimal": _minimal,
    "minimal-two": _minimal_two,
    "chicago": _chicago_15,
    "chicago-15": _chicago_15,
    "chicago-16": _chicago_16,
}
