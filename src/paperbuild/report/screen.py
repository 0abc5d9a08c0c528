"""Reports on a terminal: a table, and the findings below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from paperbuild.model import Evidence, Report, Severity
from paperbuild.report import words
from paperbuild.report.difference import Piece, pieces, sides
from paperbuild.report.order import SEVERITIES, Cause, Sight, causes, grouped, tally
from paperbuild.report.table import Row, Table, table

_COLOURS = {"error": "bold red", "warning": "yellow", "info": "dim"}
_MANY = 20
"""Findings of one check in the same formats up to which all are shown; of more, the first half."""
_HEADS = ("promised", "found", "lost")
_NAME = 13
_GROUP = 21
_LONGEST = 110


def show(report: Report, out: Console, err: Console, page: Path | None = None) -> None:
    """The table of promised and found on ``out``, the findings on ``err``; ``page`` has them all."""
    mark = Text("✓ ", "green") if report.ok else Text("✗ ", "red")
    said = "not made" if report.status >= 2 else ", ".join(filter(None, (report.style, report.layout)))
    name = words.flat(report.manuscript)
    out.print(Text.assemble(mark, (name, "bold"), f"  {words.flat(said)}"), soft_wrap=True)
    for line in _table(table(report), out.width):
        out.print(line, soft_wrap=True)
    if report.artefacts:
        for line in _wrapped(_files(report, page), out):
            out.print(line, soft_wrap=True)
    if report.findings:
        err.print(Text.assemble((f"{name}: ", "bold"), tally(report.findings)), soft_wrap=True)
    show_findings(report, err, page=page)


def show_findings(
    report: Report, err: Console, severities: Sequence[Severity] = SEVERITIES, page: Path | None = None
) -> None:
    """The findings of these severities, the errors first; of very many, the first ones."""
    chosen = [cause for cause in causes(report.findings) if cause.finding.severity in severities]
    for group, following in pairwise([*grouped(chosen), []]):
        shown = group if len(group) <= _MANY else group[: _MANY // 2]
        hints = [cause.finding.hint for cause in [*shown, *following[:1]]] + [""]
        for cause, hint, next_hint in zip(shown, hints, hints[1:], strict=False):
            for line in _finding(cause, "" if hint == next_hint else hint, err):
                err.print(line, soft_wrap=True)
        if len(group) > len(shown):
            err.print(_more(group, len(shown), page), soft_wrap=True)


def _table(whole: Table, width: int) -> Iterator[Text]:
    """The lines of a table, the formats one below another where they don't fit side by side."""
    beside = max((width - _NAME) // _GROUP, 1)
    for start in range(0, len(whole.formats) if whole.rows else 0, beside):
        end = start + beside
        names = "".join(f"  {words.label(name):^{_GROUP - 2}}" for name in whole.formats[start:end])
        yield Text(" " * _NAME + names.rstrip())
        heads = "".join(_columns(*_HEADS) for _ in whole.formats[start:end])
        yield Text(" " * _NAME + heads, "dim")
        for row in whole.rows:
            yield _row(Row(row.name, row.cells[start:end]))
        total = _row(Row(whole.total.name, whole.total.cells[start:end]))
        total.stylize("bold")
        yield total


def _row(row: Row) -> Text:
    line = Text(f"  {row.name:<{_NAME - 2}}")
    for cell in row.cells:
        line.append(_columns(cell.promised, cell.found))
        line.append(f"{cell.lost:>5}", "bold red" if cell.lost else "dim")
    return line


def _columns(promised: object, found: object, lost: object = None) -> str:
    begin = f"{promised:>10}{found:>6}"
    return begin if lost is None else f"{begin}{lost:>5}"


def _files(report: Report, page: Path | None) -> Text:
    """The folder, then each file with its size; by folders, should they lie in several."""
    folders = dict.fromkeys(artefact.path.parent for artefact in report.artefacts)
    parts = [
        f"{folder.as_posix()}/ "
        + ", ".join(
            f"{a.path.name} ({words.size(a.bytes)})" for a in report.artefacts if a.path.parent == folder
        )
        for folder in folders
    ]
    text = "; ".join(parts) + (f", {page.name}" if page else "")
    return Text(f"  {words.flat(text)}", "dim")


def _finding(cause: Cause, hint: str, err: Console) -> Iterator[Text]:
    """The lines of a finding: what it is and where, what was promised and what stands there, what to do."""
    finding = cause.finding
    line = Text()
    line.append(f"{finding.severity}: ", _COLOURS[finding.severity])
    if finding.where:
        line.append(f"{words.flat(finding.where)}: ", "bold")
    line.append(words.flat(cause.said))
    if cause.formats:
        line.append(f" [{', '.join(cause.formats)}]", "dim")
    yield from _wrapped(line, err)
    for sight in cause.sights:
        yield from _sight(sight, err, several=len(cause.sights) > 1)
    if cause.consequences:
        counted = Counter(each.check for each in cause.consequences)
        with_it = words.listed(words.number(count, check[:-1]) for check, count in counted.items())
        yield Text(f"    with it: {with_it}")
    if hint:
        yield from _wrapped(Text(f"    → {words.flat(hint)}", "cyan"), err, indent=6)


def _wrapped(line: Text, console: Console, indent: int = 4) -> Iterator[Text]:
    """The line, divided between words on a terminal; a pipe keeps lines whole."""
    if not console.is_terminal or cell_len(line.plain) <= console.width:
        yield line
        return
    first, *rest = line.wrap(console, console.width - indent)
    first.rstrip()
    yield first
    yield from (Text(" " * indent) + each for each in rest)


def _sight(sight: Sight, err: Console, *, several: bool) -> Iterator[Text]:
    """What was promised and what stands there, the differing place marked in both; and where that is."""
    evidence = sight.evidence
    room = min(err.width, _LONGEST) - 6
    marked = err.color_system is None or err.no_color
    promised, found = sides(pieces(evidence, 4 * room))
    if evidence.promised:
        yield _side("    - ", "red", promised, room, marked=marked)
    if evidence.found:
        yield _side("    + ", "green", found, room, marked=marked)
    else:
        yield Text.assemble(("    + ", "green"), _nothing(evidence, room))
    if place := _places(sight, several=several):
        yield from _wrapped(Text(f"      {place}", "dim"), err, indent=6)


def _places(sight: Sight, *, several: bool) -> str:
    """Where that is, in each format if they differ or others show something else."""
    where: dict[str, list[str]] = {}
    for name, evidence in sight.places:
        where.setdefault(words.position(evidence), []).append(name)
    named = several or len(where) > 1
    parts = [f"{', '.join(of)} {place}" if named else place for place, of in where.items() if place]
    return "; ".join(parts) or (", ".join(where.get("", ())) if several else "")


def _nothing(evidence: Evidence, room: int) -> Text:
    """Says that nothing stands there, and between what."""
    before = words.shorten_before(words.flat(evidence.before), room // 2 - 16)
    after = words.shorten(words.flat(evidence.after), room // 2 - 16)
    words_between = (" between ", " and ") if before and after else (" after ", " before ")
    parts = zip(words_between, (before, after), strict=True)
    return Text("nothing").append("".join(f"{word}«{text}»" for word, text in parts if text), "dim")


def _side(begin: str, colour: str, side: Sequence[Piece], room: int, *, marked: bool) -> Text:
    """One of the two lines; without colours, what differs stands between signs, as wdiff writes them."""
    line = Text()
    for place, piece in enumerate(side):
        differs = piece.how != "same"
        text = piece.text
        if not differs and place == 0:
            text = words.shorten_before(text, room // 2)
        if differs and marked:
            left, right = ("[-", "-]") if piece.how == "lost" else ("{+", "+}")
            text = f"{left}{text}{right}"
        line.append(text, f"bold underline {colour}" if differs and not marked else "")
    line.truncate(room, overflow="ellipsis")
    return Text.assemble((begin, colour), line)


def _more(group: Sequence[Cause], shown: int, page: Path | None) -> Text:
    """How many findings are not shown, and where they are."""
    first = group[0]
    formats = f" [{', '.join(first.formats)}]" if first.formats else ""
    rest = words.number(len(group) - shown, f"more {first.finding.severity}")
    where = f"all of them are in {page.as_posix()}" if page else "--json shows all of them"
    return Text(f"    … and {rest} of {first.finding.check}{formats}: {where}", "bold")
