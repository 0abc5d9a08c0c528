"""Locators: what pandoc leaves in a cite's suffix, split into label, locator and the rest.

The rules are those of the pandoc manual, "Citation syntax": a locator begins with a term (in
short or long form) or with a digit or roman numeral after a comma, or stands in braces; ``{}``
says that there is none.
"""

from __future__ import annotations

import re
from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_TERMS = {
    "book": ("book", "books", "bk.", "bks."),
    "chapter": ("chapter", "chapters", "chap.", "chaps.", "ch.", "chs.", "kap.", "kapitel", "chapitre"),
    "column": ("column", "columns", "col.", "cols.", "sp.", "spalte"),
    "figure": ("figure", "figures", "fig.", "figs.", "abb."),
    "folio": ("folio", "folios", "fol.", "fols.", "bl."),
    "issue": ("issue", "issues", "number", "numbers", "no.", "nos.", "nr."),
    "line": ("line", "lines", "l.", "ll.", "z."),
    "note": ("note", "notes", "n.", "nn."),
    "opus": ("opus", "opera", "op.", "opp."),
    "page": ("page", "pages", "p.", "pp.", "p", "pp", "s.", "seite", "seiten", "str.", "pág.", "стр.", "с."),
    "paragraph": ("paragraph", "paragraphs", "para.", "paras.", "¶", "¶¶", "abs."),
    "part": ("part", "parts", "pt.", "pts.", "teil"),
    "section": ("section", "sections", "sec.", "secs.", "sect.", "§", "§§", "abschn.", "abschnitt"),
    "sub-verbo": ("sub verbo", "sub verbis", "s.v.", "s.vv."),
    "verse": ("verse", "verses", "v.", "vv.", "vers"),
    "volume": ("volume", "volumes", "vol.", "vols.", "bd.", "band"),
    "table": ("table", "tables", "tab."),
    "appendix": ("appendix", "app."),
    "article-locator": ("article", "articles", "art.", "arts."),
}  # fmt: skip
_LABELS = {term: label for label, terms in _TERMS.items() for term in terms}
_TERM = re.compile(
    "(?:"
    + "|".join(re.escape(term) for term in sorted(_LABELS, key=len, reverse=True))
    + r")(?=[\s\u00a0\d{]|$)",
    re.IGNORECASE,
)
_WORD = r"(?:[\dA-Za-z]*\d[\w.:–-]*(?:\([^)]*\))?|[ivxlcdmIVXLCDM]+(?:[–-]+[ivxlcdmIVXLCDM]+)?(?![\w.]))"
_VALUE = re.compile(rf"{_WORD}(?:\s*(?:[,;&–-]|and|und|et)+\s*{_WORD})*")
_BRACED = re.compile(r"^[,\s\u00a0]*\{([^{}]*)\}")
_START = re.compile(r"^(,?)[\s\u00a0]*")


def split(suffix: list[Node]) -> tuple[str, str, tuple[Node, ...]]:
    """The label (a CSL locator term), the locator, and the inlines that are left of the suffix.

    Without a locator, the label is ``page`` and the locator empty.
    """
    lead, rest = _leading_text(suffix)
    if braced := _BRACED.match(lead):
        label, locator = _labelled(braced.group(1).strip())
        return label, locator, _remaining(lead[braced.end() :], rest)
    start = _START.match(lead)
    at = start.end() if start else 0
    comma = bool(start and start.group(1))
    term = _TERM.match(lead, at)
    if term:
        after = re.compile(r"[\s\u00a0]*").match(lead, term.end())
        value = _VALUE.match(lead, after.end() if after else term.end())
        if value:
            return _LABELS[term.group().lower()], _tidy(value.group()), _remaining(lead[value.end() :], rest)
        return "page", "", tuple(suffix)
    value = _VALUE.match(lead, at)
    if value and (comma or value.group()[0].isdigit()) and any(c.isdigit() for c in value.group()):
        return "page", _tidy(value.group()), _remaining(lead[value.end() :], rest)
    return "page", "", tuple(suffix)


def _labelled(text: str) -> tuple[str, str]:
    term = _TERM.match(text)
    if term:
        return _LABELS[term.group().lower()], _tidy(text[term.end() :])
    return "page", _tidy(text)


def _tidy(locator: str) -> str:
    return locator.strip(" \u00a0,;")


def _leading_text(inlines: list[Node]) -> tuple[str, list[Node]]:
    """The text of the plain inlines that the suffix begins with, and the others."""
    text = ""
    for index, node in enumerate(inlines):
        if node["t"] == "Str":
            text += node["c"]
        elif node["t"] in {"Space", "SoftBreak"}:
            text += " "
        else:
            return text, inlines[index:]
    return text, []


def _remaining(lead: str, rest: list[Any]) -> tuple[Node, ...]:
    return (*ast.text(lead), *rest) if lead.strip(" \u00a0") or rest else ()
