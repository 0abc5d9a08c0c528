"""Runs the CSL test suite: what passes and fails, and whether that is what is known.

    python -m conformance.run [--suite DIR] [--only GLOB] [--show]

The exit status is 1 where a fixture fails that known_failures.toml does not list, or one passes that it
lists; 2 where there is no suite or the list is wrong in itself.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import ndiff
from fnmatch import fnmatchcase
from pathlib import Path
from types import FrameType
from typing import Literal

from conformance.adapter import engine
from conformance.fixture import FixtureError, read_fixture
from conformance.known import Known, KnownError, read_known
from conformance.replay import replay

ROOT = Path(__file__).resolve().parent.parent
SUITE = Path(os.environ.get("PAPERBUILD_CSL_SUITE", ROOT.parent / "shared" / "csl-suite"))
KNOWN = Path(__file__).with_name("known_failures.toml")
LIMIT = 20.0
"""Seconds for one fixture."""
PROCESSES = 2

Status = Literal["passed", "failed", "out of scope"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one fixture."""

    name: str
    category: str
    status: Status
    expected: str = ""
    got: str = ""
    reason: str = ""
    """Why it is out of scope."""
    error: str = ""
    """The traceback of what went wrong, where something did."""
    seconds: float = 0.0


class _TimeIsUp(Exception):
    """The fixture took longer than the limit."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the suite and prints what came of it; the exit status."""
    options = _options(arguments)
    try:
        paths = _fixtures(options.suite, options.only)
        known = read_known(options.known)
        outcomes = run_suite(paths, options.limit)
        complaints = known.check({each.name: each.status == "failed" for each in outcomes}, options.only)
    except (FixtureError, KnownError) as error:
        _say(f"error: {error}")
        return 2
    outcomes = [_excused(outcome, known) for outcome in outcomes]
    if options.show:
        _show(outcomes)
    _say(_table(outcomes))
    for complaint in complaints:
        _say(complaint)
    return 1 if complaints else 0


def run_suite(paths: Sequence[Path], limit: float = LIMIT, processes: int = PROCESSES) -> list[Outcome]:
    """The outcome of each fixture, in the order of the files."""
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(run_fixture, paths, [limit] * len(paths), chunksize=4))


def run_fixture(path: Path, limit: float = LIMIT) -> Outcome:
    """The outcome of one fixture; nothing that goes wrong in it ends the run."""
    started = time.monotonic()
    fixture = read_fixture(path)
    got = reason = error = ""
    status: Status = "failed"
    try:
        with _time_limit(limit):
            got = replay(fixture, engine(fixture))
        if got == fixture.result:
            status = "passed"
    except Exception:
        error = traceback.format_exc()
    if status == "failed" and fixture.out_of_scope:
        status, reason = "out of scope", fixture.out_of_scope
    seconds = time.monotonic() - started
    return Outcome(fixture.name, fixture.category, status, fixture.result, got, reason, error, seconds)


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Ends what takes longer, where the system has alarms (Linux, macOS)."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TimeIsUp(f"not done after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _fixtures(suite: Path, only: str) -> list[Path]:
    found = [path for path in sorted(suite.glob("*.txt")) if fnmatchcase(path.stem, only)]
    if not found:
        raise FixtureError(f"no fixture {only} in {suite}; conformance/README.md says where to get them")
    return found


def _excused(outcome: Outcome, known: Known) -> Outcome:
    """The outcome with the listed reason, if it is a failure that no processor is held to."""
    reason = known.out_of_scope.get(outcome.name)
    if reason is None or outcome.status != "failed":
        return outcome
    return replace(outcome, status="out of scope", reason=reason)


def _table(outcomes: Iterable[Outcome]) -> str:
    """Passed, failed and out of scope for each category, and in all."""
    counts: dict[str, list[int]] = {}
    columns: tuple[Status, ...] = ("passed", "failed", "out of scope")
    for outcome in outcomes:
        for row in (outcome.category, "all"):
            counts.setdefault(row, [0, 0, 0])[columns.index(outcome.status)] += 1
    rows = [*sorted(set(counts) - {"all"}), "all"]
    lines = [f"{'':16} {'passed':>8} {'failed':>8} {'out of scope':>14}"]
    lines += [f"{row:16} {counts[row][0]:8} {counts[row][1]:8} {counts[row][2]:14}" for row in rows]
    return "\n".join(lines)


def _show(outcomes: Iterable[Outcome]) -> None:
    """What differs, for each fixture that does not pass."""
    for outcome in outcomes:
        if outcome.status != "passed":
            reason = f": out of scope: {outcome.reason}" if outcome.reason else ""
            _say(f"=== {outcome.name} ({outcome.seconds:.2f} s){reason}")
            _say(outcome.error or difference(outcome.expected, outcome.got))


def difference(expected: str, got: str) -> str:
    """What is expected (-) above what came (+), with marks below the characters that differ (?)."""
    lines = ndiff(expected.split("\n"), got.split("\n"))
    return "\n".join(line.rstrip("\n") for line in lines)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m conformance.run", description="Runs the CSL test suite.")
    parser.add_argument("--suite", type=Path, default=SUITE, help="the folder of the fixtures")
    parser.add_argument("--only", default="*", metavar="GLOB", help="names of fixtures: 'name_*'")
    parser.add_argument("--show", action="store_true", help="what differs in those that fail")
    parser.add_argument("--known", type=Path, default=KNOWN, help="the list of what is known to fail")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds for one fixture")
    return parser.parse_args(arguments)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
