"""What LibreOffice keeps of Word documents that it opens and saves: those of the project and of real papers.

    python -m tests.word.saved_again [--corpus DIR] [--only NAME ...] [--layout NAME] [--show]

DIR (or PAPERBUILD_CORPUS) holds manuscripts as ``make corpus`` takes them. A row for each: of every kind how
many there are, and behind an arrow how many are kept unless that is all. Text, order and the links' targets
count; of equations and pictures only how many there are. The exit status is 1 where something was lost.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.word import office, papers

from paperbuild import lens, pipeline
from paperbuild.formats.docx.read import read
from paperbuild.model import OBJECT, Inventory, PaperbuildError

COUNTED = ("equation", "figure")
IN_ORDER = ("section", "paragraph", "note", "table", "reference", "code")


def main() -> int:
    """Saves all again; the exit status."""
    args = _arguments()
    sys.stdout.write(f"{'':28}{''.join(f'{kind:>12}' for kind in (*IN_ORDER, *COUNTED, 'link'))}\n")
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        for path in papers.manuscripts(args.corpus, args.only, Path(name)):
            failed |= _row(path, Path(name), args)
    return failed


def _row(manuscript: Path, work: Path, args: argparse.Namespace) -> int:
    """Exports one and saves it again; 1 where something is lost."""
    try:
        job = pipeline.Job(manuscript, formats=("docx",), layout=args.layout)
        data = pipeline.make(pipeline.plan(job), "docx").files[".docx"]
    except PaperbuildError as error:
        sys.stdout.write(f"{manuscript.name:28} refused: {error.message[:70]}\n")
        return 0
    (work / f"{manuscript.name}.docx").write_bytes(data)
    (path,) = office.converted([work / f"{manuscript.name}.docx"], "docx", work / "again")
    if not path.is_file():
        sys.stdout.write(f"{manuscript.name:28} LibreOffice does not open it\n")
        return 1
    before, after = read(data), read(path.read_bytes())
    cells = dict(compared(before, after))
    sys.stdout.write(f"{manuscript.name:28}{''.join(f'{cell:>12}' for cell in cells.values())}\n")
    for line in _lost(before, after) if args.show else ():
        sys.stdout.write(f"    {line[:150]}\n")
    sys.stdout.flush()
    return int(any("→" in cell for cell in cells.values()) or after.findings != ())


def compared(before: Inventory, after: Inventory) -> Iterator[tuple[str, str]]:
    """For each kind its number, and behind an arrow what is kept of it, unless that is all."""
    for kind in IN_ORDER:
        yield kind, _said(texts(before, kind), texts(after, kind))
    for kind in COUNTED:
        yield kind, _said([kind] * len(before.of(kind)), [kind] * len(after.of(kind)))
    yield "link", _said(sorted(links(before)), sorted(links(after)))


def _said(before: list[str], after: list[str]) -> str:
    kept = (Counter(before) & Counter(after)).total()
    if before == after:
        return str(len(before))
    return f"{len(before)}→{kept}" if kept < len(before) else f"{len(before)}→{len(after)}, moved"


def texts(inventory: Inventory, kind: str) -> list[str]:
    """The texts of a kind, without what stands for equations: not every LibreOffice keeps these."""
    found = (lens.normal(item.text.replace(OBJECT, " ")) for item in inventory.of(kind))
    return [text for text in found if text]


def links(inventory: Inventory) -> list[str]:
    """Texts and targets of links and citations."""
    return [f"{item.text} {item.target.rstrip('/')}" for item in inventory.of("link", "citation")]


def _lost(before: Inventory, after: Inventory) -> Iterator[str]:
    for finding in after.findings:
        yield f"{finding.check}: {finding.message}"
    for kind in IN_ORDER:
        one, other = Counter(texts(before, kind)), Counter(texts(after, kind))
        yield from (f"{kind} lost: {text}" for text in one - other)
        yield from (f"{kind} new:  {text}" for text in other - one)
    lost = Counter(links(before)) - Counter(links(after))
    yield from (f"link lost: {text}" for text in lost)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    named = os.environ.get("PAPERBUILD_CORPUS")
    parser.add_argument("--corpus", type=Path, default=Path(named) if named else None)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--layout", default="")
    parser.add_argument("--show", action="store_true", help="what was lost")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
