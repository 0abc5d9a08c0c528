"""Tables: every row with all its cells, in order; the caption; which cells span and which rows are heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperbuild import lens
from paperbuild.checks.align import row_key
from paperbuild.checks.case import Case, extra, loss, miss, name, quote
from paperbuild.checks.likeness import likeness
from paperbuild.checks.order import order
from paperbuild.model import Finding, Item

_MOST = 3
"""How many rows a finding names."""
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A table as a file has it: the parts that page breaks made of it, put together."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    spans: tuple[Spans, ...]
    heads: int


def check(case: Case) -> list[Finding]:
    """A finding for each table that is lost or has changed; one finding for one table."""
    findings = []
    for index, item in enumerate(case.promised.items):
        if item.kind != "table":
            continue
        missed = case.alignment.misses.get(index)
        at = missed.at if missed else case.alignment.pairs.get(index, ())
        if missed and missed.how != "changed":
            findings.append(
                _gone(case, index) if missed.how == "lost" else miss(case, "tables", "table", index)
            )
        elif at:
            found = _put_together([case.observed.items[one] for one in at], loose=case.loose)
            said = list(_differences(case, item, found))
            if said:
                text = f"the table {_name(item)} has changed: {'; '.join(said)}"
                findings.append(loss("tables", text, item, case.evidence(index, _as_text(found.rows))))
    return findings + [extra(case, "tables", "table", one) for one in case.extras("table")]


def _gone(case: Case, index: int) -> Finding:
    item = case.promised.items[index]
    return loss(
        "tables",
        f"the table {_name(item)} is lost, with its {len(item.rows)} rows",
        item,
        case.evidence(index),
    )


def _put_together(parts: Sequence[Item], *, loose: bool) -> _Found:
    first, *others = parts
    rows, spans = list(first.rows), list(first.spans)
    head = [row_key(row, loose=loose) for row in first.rows[: first.heads]]
    for part in others:
        repeated = part.heads if [row_key(row, loose=loose) for row in part.rows[: part.heads]] == head else 0
        rows += part.rows[repeated:]
        spans += part.spans[repeated:]
    captions = " ".join(part.text for part in parts if part.text)
    return _Found(captions, tuple(rows), tuple(spans), first.heads)


def _differences(case: Case, item: Item, found: _Found) -> Iterator[str]:
    """What is no longer as it was, each as a few words."""
    if case.key(item.text) != case.key(found.caption):
        yield _caption(item.text, found.caption)
    wanted = [row_key(row, loose=case.loose) for row in item.rows]
    there = [row_key(row, loose=case.loose) for row in found.rows]
    if wanted != there:
        yield from _rows(item, found, wanted, there)
    elif not case.loose or len(found.spans) == len(item.spans):
        yield from _spans(item, found)
    if item.heads != found.heads:
        yield f"{found.heads} of its rows are head rows instead of {item.heads} ({_row(item.rows[0])})"


def _caption(wanted: str, found: str) -> str:
    if not found:
        return f"its caption {quote(wanted)} is lost"
    return f"its caption {quote(wanted, 200)} became {quote(found, 200)}"


def _rows(item: Item, found: _Found, wanted: list[str], there: list[str]) -> Iterator[str]:
    result = order(wanted, there)
    extras = list(result.extra)
    told = []
    for number in result.lost:
        other = max(extras, key=lambda place: likeness(wanted[number], there[place]), default=-1)
        if other >= 0 and likeness(wanted[number], there[other]) > 0.4:
            extras.remove(other)
            told.append(_cells(item.rows[number], found.rows[other]))
        else:
            told.append(f"{_row(item.rows[number])} lost")
    told += [f"{_row(item.rows[number])} out of its place" for number in result.moved]
    told += [f"{_row(found.rows[place])} too many" for place in extras]
    if told:
        count = len(result.lost) + len(result.moved) or len(told)
        more = f" and {len(told) - _MOST} more" if len(told) > _MOST else ""
        yield f"{count} of {len(item.rows)} rows ({'; '.join(told[:_MOST])}{more})"


def _cells(row: tuple[str, ...], other: tuple[str, ...]) -> str:
    """The row's cells that are others now."""
    if len(row) != len(other):
        return f"{_row(row)} became {_row(other)}"
    pairs = zip(row, other, strict=True)
    return (
        ", ".join(f"{quote(a)} became {quote(b)}" for a, b in pairs if lens.tight(a) != lens.tight(b))
        or f"{_row(row)} became {_row(other)}"
    )


def _spans(item: Item, found: _Found) -> Iterator[str]:
    """Cells that span other columns or rows than they did."""
    if not item.spans or not found.spans:
        return
    for row, wanted, there in zip(item.rows, item.spans, found.spans, strict=False):
        for cell, one, other in zip(row, wanted, there, strict=False):
            if one != other:
                yield f"the cell {quote(cell)} spans {_span(other)} instead of {_span(one)}"


def _span(span: tuple[int, int]) -> str:
    across, down = span
    return f"{across} column{'s' * (across > 1)} and {down} row{'s' * (down > 1)}"


def _row(cells: Sequence[str]) -> str:
    return quote(" | ".join(cells), 80)


def _name(item: Item) -> str:
    return quote(item.text) if item.text else f"that begins {name(item)}"


def _as_text(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(" | ".join(row) for row in rows)
