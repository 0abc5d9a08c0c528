"""Attributes of CSL elements, read into the records of a compiled style."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast, get_args

from paperbuild.csl.text.tree import PLAIN, Format

from .nodes import DatePart, TextCase

CSL = "{http://purl.org/net/xbiblio/csl}"
_CASES = frozenset(get_args(TextCase))


def format_of(element: Any, *, delimiter: str = "", layout: bool = False) -> Format:
    """The look of an element: formatting, affixes, quotes, display, and the delimiter given or its own."""
    get = element.get
    return _format(
        get("font-style", ""),
        get("font-variant", ""),
        get("font-weight", ""),
        get("text-decoration", ""),
        get("vertical-align", ""),
        get("display", ""),
        get("quotes") == "true",
        get("prefix", ""),
        get("suffix", ""),
        get("delimiter", delimiter),
        layout,
    )


@lru_cache(maxsize=2048)
def _format(*values: Any) -> Format:
    """Equal formats are one object, and the plain one is PLAIN: a style repeats the same few."""
    made = Format(*values)
    return PLAIN if made == PLAIN else made


def text_case(element: Any) -> TextCase:
    """The ``text-case``, empty where there is none or an unknown one."""
    case = element.get("text-case", "")
    return cast("TextCase", case) if case in _CASES else ""


def flag(element: Any, name: str) -> bool:
    """Whether an attribute is ``true``."""
    return bool(element.get(name) == "true")


def number(element: Any, name: str, default: int) -> int:
    """A whole number, the default where it is missing or none."""
    value = element.get(name, "").strip()
    return int(value) if value.isdecimal() else default


def local(element: Any) -> str:
    """The element's name without its namespace; empty for a comment or a processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def date_part(element: Any) -> DatePart:
    """``cs:date-part``"""
    return DatePart(
        name=element.get("name", ""),
        form=element.get("form", ""),
        format=format_of(element),
        text_case=text_case(element),
        strip_periods=flag(element, "strip-periods"),
        range_delimiter=element.get("range-delimiter", "–"),
    )
