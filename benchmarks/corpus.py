"""Exports a whole folder of real manuscripts and prints a row for each: seconds, counts, findings.

    python benchmarks/corpus.py --corpus DIR [--out DIR] [--only NAME ...] [--jobs N]

DIR (or PAPERBUILD_CORPUS in the environment) holds one folder for each manuscript, with meta.json (which
files it is made of) and truth.json (the headings and cited keys that pandoc finds in it). Each is copied to
a work folder, gets a paperbuild.toml that says what its authors said on pandoc's command line, and goes
through ``paperbuild export``. Every finding is written to OUT/findings.txt, so that somebody can look at
each. The exit status is 1 where a manuscript ended in a traceback, or where its headings or keys are not
those of truth.json.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperbuild.model import PaperbuildError
from paperbuild.pandoc import ast
from paperbuild.parse import parse
from paperbuild.read import read

LIMIT = 900


@dataclass(frozen=True)
class Row:
    """What became of one manuscript."""

    name: str
    status: int
    seconds: float
    report: dict[str, Any]
    truth: str
    """``yes``, or what differs from truth.json."""
    traceback: bool


def main() -> int:
    """Runs the corpus; the exit status."""
    args = _arguments()
    folders = [p for p in sorted(args.corpus.iterdir()) if (p / "meta.json").is_file()]
    chosen = [p for p in folders if not args.only or p.name in args.only]
    shutil.rmtree(args.out, ignore_errors=True)
    work, dist = args.out / "work", args.out / "dist"
    print(_HEAD)
    rows = []
    for folder in chosen:
        row = run(prepare(folder, work), folder, dist, args.jobs)
        rows.append(row)
        print(_line(row), flush=True)
    (args.out / "findings.txt").write_text("\n".join(_findings(row) for row in rows), encoding="utf-8")
    ended = sum(not row.traceback for row in rows)
    same = sum(row.truth == "yes" for row in rows)
    seconds = sum(row.seconds for row in rows)
    print(
        f"\n{ended} of {len(rows)} ended with a report or a refusal; "
        f"headings and keys as in truth.json: {same}; {seconds:.0f} s. Findings: {args.out / 'findings.txt'}"
    )
    return 0 if ended == len(rows) and all(row.truth in {"yes", "refused"} for row in rows) else 1


def prepare(folder: Path, work: Path) -> Path:
    """A copy of the manuscript's folder, with a paperbuild.toml that names its parts and style."""
    target = work / folder.name
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("truth.json"))
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    parts = meta["path"] if isinstance(meta["path"], list) else [meta["path"]]
    text = "\n".join((folder / part).read_text("utf-8", errors="replace") for part in parts if _is_text(part))
    lines = [f"slug = {json.dumps(folder.name)}", f"parts = {json.dumps(parts)}"]
    bibliography = meta["derived"] or meta["bibliography"]
    if bibliography and (meta["derived"] or not re.search(r"^bibliography:", text, re.M | re.I)):
        lines.append(f"bibliography = {json.dumps(bibliography)}")
    if meta["csl"] and not re.search(r"^csl:", text, re.M):
        lines.append(f"csl = {json.dumps(meta['csl'])}")
    if meta["metadata_files"]:
        lines.append(f"metadata-files = {json.dumps(meta['metadata_files'])}")
    (target / "paperbuild.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def _is_text(part: str) -> bool:
    return not part.endswith((".docx", ".odt"))


def run(manuscript: Path, folder: Path, dist: Path, jobs: int) -> Row:
    """Exports one manuscript in a process of its own, and compares what was parsed with truth.json."""
    started = time.monotonic()
    command = [sys.executable, "-m", "paperbuild", "export", str(manuscript), "--out", str(dist), "--json"]
    command += ["--jobs", str(jobs)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
        status, out, err = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        status, out, err = 124, "", f"not done after {LIMIT} s"
    seconds = time.monotonic() - started
    try:
        report = json.loads(out)[0]
    except (ValueError, IndexError):
        report = {"counts": {}, "findings": [{"severity": "error", "check": "run", "message": err[-400:]}]}
    broken = "Traceback" in err or status not in {0, 1, 2, 3} or "paperbuild itself failed" in out
    return Row(folder.name, status, seconds, report, compare(manuscript, folder), broken)


def compare(manuscript: Path, folder: Path) -> str:
    """``yes`` where headings and cited keys equal truth.json, ``refused``, or what differs."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    try:
        document = parse(read(manuscript))
    except PaperbuildError:
        return "refused"
    headings = [
        (node["c"][0], _squeezed(ast.plain(node["c"][2])))
        for node in ast.iterate(list(document.blocks))
        if node["t"] == "Header"
    ]
    expected = [(one["level"], _squeezed(one["text"])) for one in truth["headings"]]
    cites = [node["c"][0] for node in ast.iterate(list(document.blocks)) if node["t"] == "Cite"]
    inner = {id(n["c"][0]) for cite in cites for n in ast.iterate(cite) if n["t"] == "Cite"}
    keys = {one["citationId"] for cite in cites if id(cite) not in inner for one in cite}
    wanted = {*truth["cited_keys"], *truth["missing_keys"], *truth["crossref_keys"]}
    said = []
    if headings != expected:
        said.append(f"headings {len(headings)}/{len(expected)}")
    if missing := wanted - keys:
        said.append(f"keys missing {sorted(missing)[:3]}")
    if extra := keys - wanted - {"*"}:
        said.append(f"keys extra {sorted(extra)[:3]}")
    return "; ".join(said) or "yes"


def _squeezed(text: str) -> str:
    return " ".join(text.split())


_NAMES = ("sections", "paragraphs", "citations", "references", "notes", "tables", "figures", "equations")
_HEAD = (
    f"{'manuscript':28}{'st':>3}{'s':>7}"
    + "".join(f"{name[:6]:>7}" for name in _NAMES)
    + "  err warn info  truth"
)


def _line(row: Row) -> str:
    counts = "".join(f"{row.report.get('counts', {}).get(name, 0):>7}" for name in _NAMES)
    levels = [finding["severity"] for finding in row.report["findings"]]
    tally = "".join(f"{levels.count(level):>5}" for level in ("error", "warning", "info"))
    end = "  TRACEBACK" if row.traceback else ""
    return f"{row.name:28}{row.status:>3}{row.seconds:>7.1f}{counts}{tally}  {row.truth}{end}"


def _findings(row: Row) -> str:
    lines = [f"== {row.name} (status {row.status})"]
    for finding in row.report["findings"]:
        where = f"{finding['where']}: " if finding.get("where") else ""
        made = f" [{finding['format']}]" if finding.get("format") else ""
        lines.append(f"{finding['severity']:8}{finding['check']:18}{where}{finding['message']}{made}")
    return "\n".join(lines) + "\n"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--corpus", type=Path, default=os.environ.get("PAPERBUILD_CORPUS"), help="folder of manuscripts"
    )
    parser.add_argument("--out", type=Path, default=Path("dist/corpus"), help="folder for everything made")
    parser.add_argument("--only", nargs="*", default=[], help="names of the manuscripts to run")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    if args.corpus is None:
        parser.error("no corpus is named: give its folder with --corpus DIR, or in PAPERBUILD_CORPUS")
    if not args.corpus.is_dir():
        parser.error(f"there is no folder {args.corpus}; name another with --corpus DIR")
    return args


if __name__ == "__main__":
    sys.exit(main())
