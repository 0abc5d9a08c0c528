"""Searches the previews of a folder of real manuscripts, cut in four places: none may be told a leak.

    python -m tests.leak.corpus [--corpus DIR] [--only NAME ...] [--jobs N]

DIR (or PAPERBUILD_CORPUS) holds manuscripts as ``make corpus`` takes them; the project's own are searched
too. Each preview is also searched in another way that shares nothing with the leak check. The exit status
is 1 where either search finds anything.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import prepare
from lxml import html as parser
from tests.leak.paper import at, planned

from paperbuild.config import Amount
from paperbuild.formats.preview.cut import cut
from paperbuild.leak import leaks
from paperbuild.model import PaperbuildError, ResolvedDocument
from paperbuild.pandoc import ast

SHARES = (0.1, 0.35, 0.65, 0.9)
_LENGTH, _STEP = 40, 10


@dataclass(frozen=True)
class Row:
    """What became of one preview."""

    name: str
    share: float
    told: list[str]
    """What the leak check says."""
    seen: list[str]
    """What the other search found."""
    seconds: float
    """Of the search of all its files."""


def search(path: Path, shares: Iterable[float] = SHARES) -> Iterator[Row]:
    """The previews of one manuscript, searched in both ways."""
    plan = planned(path)
    for share in shares:
        made = at(plan, share)
        start = time.perf_counter()
        for name, data in made.files.items():
            leaks(name, data, made.withheld)
        seconds = time.perf_counter() - start
        parts = cut(plan.document, Amount(share), "paragraph", plan.options.preview.references)
        page = next(iter(made.files.values())).decode()
        yield Row(path.stem, share, made.findings, naive(page, parts.withheld, parts.shown), seconds)


def naive(page: str, held: ResolvedDocument, shown: ResolvedDocument) -> list[str]:
    """The pieces of 40 letters of withheld blocks that are in the page's text and in no shown block."""
    said = _squeezed(parser.fromstring(page.encode()).text_content())
    public = "".join(_squeezed(text) for text in _texts(shown))
    pieces = (
        text[start : start + _LENGTH]
        for text in map(_squeezed, _texts(held))
        for start in range(0, len(text) - _LENGTH + 1, _STEP)
    )
    return [piece for piece in pieces if piece in said and piece not in public]


def _texts(document: ResolvedDocument) -> Iterator[str]:
    front = document.front
    for part in ([*front.title], [*front.abstract], *([block] for block in document.blocks)):
        yield ast.plain(part)
        yield from (ast.plain(node["c"]) for node in ast.iterate(part) if node["t"] == "Note")


def _squeezed(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _rows(path: Path) -> list[Row] | str:
    try:
        return list(search(path))
    except PaperbuildError as error:
        return f"{path.stem}: {error.message}"


def main() -> int:
    """Searches all; the exit status."""
    args = _arguments()
    work = Path(tempfile.mkdtemp())
    try:
        paths = [path for path in sorted(Path("manuscripts").iterdir()) if _wanted(path, args.only)]
        folders = sorted(args.corpus.glob("*/meta.json"))
        paths += [prepare(f.parent, work) for f in folders if _wanted(f.parent, args.only)]
        with ProcessPoolExecutor(args.jobs) as pool:
            return max([0, *map(_told, pool.map(_rows, paths))])
    finally:
        shutil.rmtree(work)


def _wanted(path: Path, only: list[str] | None) -> bool:
    return not only or path.name in only


def _told(rows: list[Row] | str) -> int:
    if isinstance(rows, str):
        sys.stdout.write(f"unread {rows}\n")
        return 0
    for row in rows:
        verdict = "clean" if not row.told and not row.seen else "LEAK?"
        sys.stdout.write(f"{verdict}  {row.name:40.40} {row.share:4.0%} {row.seconds * 1000:7.0f} ms\n")
        for said in [*row.told, *(f"seen by the other search: {piece}" for piece in row.seen[:5])]:
            sys.stdout.write(f"       {said}\n")
    sys.stdout.flush()
    return int(any(row.told or row.seen for row in rows))


def _arguments() -> argparse.Namespace:
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument(
        "--corpus", type=Path, default=Path(os.environ.get("PAPERBUILD_CORPUS", "../shared/corpus"))
    )
    parse.add_argument("--only", nargs="+")
    parse.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parse.parse_args()


if __name__ == "__main__":
    sys.exit(main())
