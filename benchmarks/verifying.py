"""What verifying costs beside exporting the same manuscript, format by format, in one run.

    python benchmarks/verifying.py [MANUSCRIPT ...] [--limit 0.25]

Exporting is reading, parsing and resolving once, and for each format preparing and writing; verifying is
reading the file back and comparing. The exit status is 1 where verifying costs more than the limit.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from paperbuild import pipeline
from paperbuild.config import USUAL_FORMATS
from paperbuild.formats import registry
from paperbuild.pipeline import Job
from paperbuild.verify import compare


def main() -> int:
    """Measures each manuscript; the exit status."""
    args = _arguments()
    for name in USUAL_FORMATS:
        registry.get(name)  # imported beforehand: that is neither exporting nor verifying
    print(f"{'manuscript':28}{'words':>8}{'export s':>10}{'verify s':>10}{'share':>8}   by format")
    shares = [_measured(path) for path in args.manuscripts]
    return 1 if max(shares) > args.limit else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("manuscripts", nargs="*", type=Path, default=[Path("manuscripts/field-guide")])
    parser.add_argument("--limit", type=float, default=0.25)
    return parser.parse_args()


def _measured(path: Path) -> float:
    """The share of verifying; printed with what it is made of."""
    started = time.perf_counter()
    plan = pipeline.plan(Job(path))
    exporting, verifying, parts = time.perf_counter() - started, 0.0, []
    words = 0
    for name in USUAL_FORMATS:
        form = registry.get(name)
        started = time.perf_counter()
        prepared = pipeline.prepare(plan, form)
        data = form.write(prepared, plan.options, plan.layout).data
        exporting += time.perf_counter() - started
        started = time.perf_counter()
        compare(name, prepared.promised, form.read(data))
        spent = time.perf_counter() - started
        verifying += spent
        parts.append(f"{name} {spent:.2f}")
        words = words or sum(len(item.text.split()) for item in prepared.promised.of("paragraph"))
    print(
        f"{path.name:28}{words:>8}{exporting:>10.2f}{verifying:>10.2f}{verifying / exporting:>8.1%}   "
        f"{', '.join(parts)}",
        flush=True,
    )
    return verifying / exporting


if __name__ == "__main__":
    sys.exit(main())
