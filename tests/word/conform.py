"""Word documents of the project's manuscripts and of a folder of real ones, held against two validators.

    python -m tests.word.conform [--corpus DIR] [--only NAME ...] [--layout NAME ... | all] [--keep DIR]

DIR (or PAPERBUILD_CORPUS) holds manuscripts as ``make corpus`` takes them. Each is exported to Word, and
given to the validator of Microsoft's Open XML SDK and to openxml-audit. A row for each: seconds and errors;
the exit status is 1 where there is an error. ``--keep`` names a folder for the documents.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.word import papers
from tests.word.validators import audited, sdk

from paperbuild import layouts, pipeline
from paperbuild.model import PaperbuildError


def main() -> int:
    """Validates all; the exit status."""
    args = _arguments()
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        out = args.keep or Path(name) / "documents"
        out.mkdir(parents=True, exist_ok=True)
        for layout in layouts.names() if args.layout == ["all"] else args.layout:
            sys.stdout.write(f"{layout}\n" if layout else "")
            for path in papers.manuscripts(args.corpus, args.only, Path(name)):
                failed |= _row(path, out, layout)
    return failed


def _row(manuscript: Path, out: Path, layout: str) -> int:
    """Exports and validates one; 1 where a validator finds an error."""
    started = time.monotonic()
    target = out / f"{manuscript.name}.docx"
    try:
        plan = pipeline.plan(pipeline.Job(manuscript, formats=("docx",), layout=layout, out=out))
        pipeline.produce(plan, "docx")
        pipeline.target(out, plan.document.slug, "docx").replace(target)
    except PaperbuildError as error:
        sys.stdout.write(f"{manuscript.name:28} refused: {error.message[:70]}\n")
        return 0
    made = time.monotonic()
    said = [f"SDK    {one}" for one in sdk(target)] + [f"audit  {one}" for one in audited(target)]
    counts = f"SDK {sum(one[0] == 'S' for one in said):3}  audit {sum(one[0] == 'a' for one in said):3}"
    seconds = f"made {made - started:5.1f} s, validated {time.monotonic() - made:5.1f} s"
    sys.stdout.write(f"{manuscript.name:28} {seconds}  {counts}\n")
    sys.stdout.writelines(f"    {one}\n" for one in said[:10])
    sys.stdout.flush()
    return int(bool(said))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    named = os.environ.get("PAPERBUILD_CORPUS")
    parser.add_argument("--corpus", type=Path, default=Path(named) if named else None)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--layout", nargs="+", default=[""])
    parser.add_argument("--keep", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
