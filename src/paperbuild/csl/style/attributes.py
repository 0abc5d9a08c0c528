"""Attributes of CSL elements, read into the records of a compiled style."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast, get_args

from paperbuild.csl.text.tree import PLAIN, Format

from .element import Element
from .nodes import DatePart, TextCase

_LOOKS = {
    "font-style": "font_style",
    "font-variant": "font_variant",
    "font-weight": "font_weight",
    "text-decoration": "text_decoration",
    "vertical-align": "vertical_align",
    "display": "display",
    "quotes": "quotes",
    "prefix": "prefix",
    "suffix": "suffix",
    "delimiter": "delimiter",
}
_VALUES = {
    "font-style": ("normal", "italic", "oblique"),
    "font-variant": ("normal", "small-caps"),
    "font-weight": ("normal", "bold", "light"),
    "text-decoration": ("none", "underline"),
    "vertical-align": ("baseline", "sup", "sub"),
    "display": ("block", "left-margin", "right-inline", "indent"),
}
"""What the attributes with fixed values may say (CSL 1.0.2, "Formatting"); all else says nothing."""
_DATE_PARTS = ("year", "month", "day")
_CASES = frozenset(get_args(TextCase))


def format_of(
    element: Element, *, delimiter: str = "", layout: bool = False, delimited: bool = True
) -> Format:
    """The look of an element: formatting, affixes, quotes, display, and the delimiter given or its own.

    Without ``delimited`` the delimiter is left out: that of ``cs:name`` is an option of names.
    """
    given = [(name, value) for name, value in element.attrib.items() if name in _LOOKS and value]
    if not delimited:
        given = [pair for pair in given if pair[0] != "delimiter"]
    if delimiter and "delimiter" not in element.attrib:
        given.append(("delimiter", delimiter))
    return _format(tuple(given), layout) if given or layout else PLAIN


@lru_cache(maxsize=2048)
def _format(given: tuple[tuple[str, str], ...], layout: bool) -> Format:
    """Equal formats are one object, and the plain one is PLAIN: a style repeats the same few."""
    values: dict[str, Any] = {
        _LOOKS[name]: value for name, value in given if value in _VALUES.get(name, (value,))
    }
    values["quotes"] = values.get("quotes") == "true"
    made = Format(**values, affixes_inside=layout)
    return PLAIN if made == PLAIN else made


def text_case(element: Element) -> TextCase:
    """The ``text-case``, empty where there is none or an unknown one."""
    case = element.get("text-case", "")
    return cast("TextCase", case) if case in _CASES else ""


def flag(element: Element, name: str) -> bool:
    """Whether an attribute is ``true``."""
    return bool(element.get(name) == "true")


def number(element: Element, name: str, default: int) -> int:
    """A whole number, the default where it is missing or none."""
    value = element.get(name, "").strip()
    return int(value) if value.isdecimal() else default


def date_parts(element: Element) -> tuple[DatePart, ...]:
    """The ``cs:date-part`` of a ``cs:date``, those that are year, month or day."""
    return tuple([date_part(part) for part in element.all("date-part") if part.get("name") in _DATE_PARTS])


def date_part(element: Element) -> DatePart:
    """``cs:date-part``"""
    return DatePart(
        name=element.get("name", ""),
        form=element.get("form", ""),
        format=format_of(element),
        text_case=text_case(element),
        strip_periods=flag(element, "strip-periods"),
        range_delimiter=element.get("range-delimiter", "–"),
    )
