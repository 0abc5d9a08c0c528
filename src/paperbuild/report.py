"""Reports: as JSON for programs, as a table and a list of findings for people."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from paperbuild.model import ITEM_KINDS, Finding, Report, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_PLURALS = {kind: f"{kind}s" for kind in ITEM_KINDS} | {"code": "code blocks"}
_COLOURS = {"error": "bold red", "warning": "yellow", "info": "dim"}


def as_json(reports: Sequence[Report], *, ascii_only: bool = False) -> str:
    """The reports as a JSON list."""
    return json.dumps([as_dict(report) for report in reports], ensure_ascii=ascii_only, indent=2)


def as_file(report: Report) -> bytes:
    """The content of a ``report.json``."""
    return json.dumps(as_dict(report), ensure_ascii=False, indent=2).encode() + b"\n"


def as_dict(report: Report) -> dict[str, Any]:
    """One report as JSON values; the keys are fixed."""
    return {
        "manuscript": report.manuscript,
        "style": report.style,
        "layout": report.layout,
        "artefacts": [
            {"format": a.format, "path": a.path.as_posix(), "bytes": a.bytes, "sha256": a.sha256}
            for a in report.artefacts
        ],
        "counts": dict(report.counts),
        "comparisons": [
            {"format": c.format, "kind": c.kind, "promised": c.promised, "found": c.found}
            for c in report.comparisons
        ],
        "findings": [
            {
                "severity": f.severity,
                "check": f.check,
                "format": f.format,
                "where": f.where,
                "message": f.message,
                "hint": f.hint,
            }
            for f in report.findings
        ],
        "ok": report.ok,
    }


def show(report: Report, out: Console, err: Console) -> None:
    """The table of promised and found on ``out``, the findings on ``err``."""
    show_findings(report, err)
    if report.status >= 2:
        return
    files = ", ".join(f"{a.path} ({_size(a.bytes)})" for a in report.artefacts)
    mark = Text("✓ ", "green") if report.ok else Text("✗ ", "red")
    out.print(
        Text.assemble(mark, (report.manuscript, "bold"), f"  {report.style}, {report.layout}"), soft_wrap=True
    )
    if report.comparisons:
        out.print(_table(report))
    if files:
        out.print(Text(f"  {files}", "dim"), soft_wrap=True)


def show_findings(report: Report, err: Console, severities: Sequence[Severity] = SEVERITIES) -> None:
    """The findings of these severities, the errors first."""
    for finding in ordered(report.findings):
        if finding.severity in severities:
            _show_finding(finding, err)


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first; the same finding in several formats once, with their names."""
    merged: dict[tuple[str, ...], list[str]] = defaultdict(list)
    kept: dict[tuple[str, ...], Finding] = {}
    for finding in findings:
        key = (finding.severity, finding.check, finding.message, finding.where)
        merged[key].append(finding.format)
        kept.setdefault(key, finding)
    result = [
        Finding(
            f.severity,
            f.check,
            f.message,
            f.where,
            f.hint,
            ", ".join(dict.fromkeys(filter(None, merged[key]))),
        )
        for key, f in kept.items()
    ]
    return sorted(result, key=lambda finding: SEVERITIES.index(finding.severity))


def _show_finding(finding: Finding, err: Console) -> None:
    line = Text()
    line.append(f"{finding.severity}: ", _COLOURS[finding.severity])
    if finding.where:
        line.append(f"{finding.where}: ", "bold")
    line.append(finding.message)
    if finding.format:
        line.append(f" [{finding.format}]", "dim")
    if finding.hint:
        line.append(f"\n    → {finding.hint}", "cyan")
    err.print(line, soft_wrap=True)


def _table(report: Report) -> Table:
    formats = list(dict.fromkeys(line.format for line in report.comparisons))
    cells: Mapping[tuple[str, str], tuple[int, int]] = {
        (line.format, line.kind): (line.found, line.promised) for line in report.comparisons
    }
    table = Table(box=None, padding=(0, 2), show_edge=False)
    table.add_column("found of promised", style="dim")
    for name in formats:
        table.add_column(name, justify="right")
    for kind in ITEM_KINDS:
        row = [cells.get((name, kind), (0, 0)) for name in formats]
        if any(promised for _, promised in row):
            table.add_row(_PLURALS[kind], *(_cell(found, promised) for found, promised in row))
    return table


def _cell(found: int, promised: int) -> Text:
    return Text(f"{found}/{promised}", "green" if found >= promised else "bold red")


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"
