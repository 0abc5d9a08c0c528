"""Holds the PDFs of real manuscripts against PDF/A-3a and PDF/UA-1, with veraPDF: none may break a rule.

    python -m tests.pdfa.corpus [--corpus DIR] [--only NAME ...] [--jobs N]

The project's own manuscripts are exported, and those of DIR (or PAPERBUILD_CORPUS), which holds them as
``make corpus`` takes them. The exit status is 1 where a file breaks a rule, or where none was made.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.corpus import prepare
from tests.pdfa.vera import PROFILES, judged


def main() -> int:
    """Exports and judges all; the exit status."""
    args = _arguments()
    work = Path(tempfile.mkdtemp())
    try:
        paths = [path.resolve() for path in sorted(Path("manuscripts").iterdir()) if path.is_dir()]
        if args.corpus:
            folders = [found.parent for found in sorted(args.corpus.glob("*/meta.json"))]
            paths += [prepare(folder, work / "in") for folder in folders if _wanted(folder, args.only)]
        files = _exported([path for path in paths if _wanted(path, args.only)], work / "out", args.jobs)
        failed = sum(_told(path) for path in files)
    finally:
        shutil.rmtree(work)
    sys.stdout.write(f"\n{len(files) - failed} of {len(files)} conform to {' and '.join(PROFILES)}\n")
    return int(failed > 0 or not files)


def _wanted(path: Path, only: list[str] | None) -> bool:
    return not only or path.name in only


def _exported(paths: list[Path], out: Path, jobs: int) -> list[Path]:
    """The PDFs of the manuscripts. A manuscript with errors has one too, one that can't be read has none."""
    command = [sys.executable, "-m", "paperbuild", "export", *map(str, paths), "--to", "pdf", "--no-verify"]
    command += ["--out", str(out), "--jobs", str(jobs)]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return sorted(out.glob("*/*.pdf"))


def _told(path: Path) -> bool:
    """Prints a row for the file, and one for each rule that it breaks; True where there is any."""
    verdicts = {standard: judged(path, standard) for standard in PROFILES}
    words = "  ".join(f"{name} {'yes' if verdict.conforms else 'NO '}" for name, verdict in verdicts.items())
    sys.stdout.write(f"{path.stem:30.30} {path.stat().st_size / 1000:8.0f} kB  {words}\n")
    for standard, verdict in verdicts.items():
        _rules(standard, verdict.failed, verdict.first)
    sys.stdout.flush()
    return not all(verdict.conforms for verdict in verdicts.values())


def _rules(standard: str, failed: Counter[str], first: dict[str, str]) -> None:
    for rule, times in sorted(failed.items()):
        sys.stdout.write(f"    {standard}, {rule}, {times} times: {first[rule]}\n")


def _arguments() -> argparse.Namespace:
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given = os.environ.get("PAPERBUILD_CORPUS")
    parse.add_argument("--corpus", type=Path, default=Path(given) if given else None)
    parse.add_argument("--only", nargs="+")
    parse.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parse.parse_args()


if __name__ == "__main__":
    sys.exit(main())
