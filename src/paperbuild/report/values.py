"""Reports as JSON, for programs. The keys are fixed: nothing is renamed or removed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from paperbuild.model import Comparison, Finding, Report


def as_json(reports: Sequence[Report], *, ascii_only: bool = False) -> str:
    """The reports as a JSON list."""
    return json.dumps([as_dict(report) for report in reports], ensure_ascii=ascii_only, indent=2)


def as_file(report: Report) -> bytes:
    """The content of a ``report.json``."""
    text = json.dumps(as_dict(report), ensure_ascii=False, indent=2)
    # Bytes of a file's name that are no UTF-8 are lone surrogates in Python, and \udcXX in JSON.
    return text.encode(errors="backslashreplace") + b"\n"


def as_dict(report: Report) -> dict[str, Any]:
    """One report as JSON values."""
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
            {"format": c.format, "kind": c.kind, "promised": c.promised, "found": c.found, "lost": lost(c)}
            for c in report.comparisons
        ],
        "findings": [_finding(each) for each in report.findings],
        "ok": report.ok,
    }


def lost(line: Comparison) -> int:
    """How many of what was promised are not there."""
    return max(line.promised - line.found, 0)


def _finding(finding: Finding) -> dict[str, Any]:
    values: dict[str, Any] = {
        "severity": finding.severity,
        "check": finding.check,
        "format": finding.format,
        "where": finding.where,
        "message": finding.message,
        "hint": finding.hint,
        "stage": finding.stage,
    }
    return values | {"evidence": asdict(finding.evidence)} if finding.evidence else values
