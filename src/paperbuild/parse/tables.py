"""Rows of pipe tables that have more cells than the table has columns: pandoc leaves the others out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paperbuild.locate import letters
from paperbuild.model import Finding
from paperbuild.parse.source import Text

_RULE = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_KEPT = re.compile(r"\\.|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\$[^$\s](?:[^$]*[^$\s])?\$|<[^<>]*>")
"""What a vertical line in it doesn't divide: an escaped sign, code, an equation, a tag."""
_SHOWN = 60


def findings(texts: Sequence[Text], haystack: str) -> Iterator[Finding]:
    """An error for each row with cells that no part of the document holds.

    ``haystack`` are the letters of all that pandoc has read. Cells without a column are lost where they
    are not in it, or where it holds the row's other cells and something else behind them.
    """
    for text in texts:
        lines = text.source.split("\n")
        for rule, rows in _tables(text.masked.split("\n")):
            columns = len(_cells(lines[rule].replace("+", "|")))
            for row in rows:
                if found := _lost(lines[row], columns, haystack):
                    yield _error(found, columns, f"{text.name}:{row + 1}")


def _tables(lines: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """The number of each line that rules a pipe table, and those of the table's rows."""
    end = 0
    for number, line in enumerate(lines):
        if number > end and "|" in line and "|" in lines[number - 1] and _RULE.match(line):
            rows = list(_rows(lines, number))
            end = rows[-1]
            yield number, rows


def _rows(lines: Sequence[str], rule: int) -> Iterator[int]:
    """The numbers of a table's lines around the one that rules it."""
    yield rule - 1
    for number in range(rule + 1, len(lines)):
        if "|" not in lines[number]:
            return
        yield number


def _cells(line: str) -> list[str]:
    inner = _KEPT.sub(lambda match: match.group().replace("|", "\ue000"), line).strip(" \t>")
    inner = inner.removeprefix("|").removesuffix("|")
    return [cell.replace("\ue000", "|").strip() for cell in inner.split("|")]


def _lost(line: str, columns: int, haystack: str) -> str:
    """The words of the cells that have no column and are nowhere; empty where there are none."""
    cells = _cells(line)
    kept, more = letters("".join(cells[:columns])), letters("".join(cells[columns:]))
    if not more or (more in haystack and (kept not in haystack or kept + more in haystack)):
        return ""
    return " | ".join(cell for cell in cells[columns:] if cell)


def _error(words: str, columns: int, where: str) -> Finding:
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return Finding(
        "error",
        "parse",
        f"a row has more cells than its table has columns ({columns}): "
        f"«{shown}» is in no part of the document",
        where,
        "give the line of dashes a column for it, or write \\| for a vertical line that divides nothing",
    )
