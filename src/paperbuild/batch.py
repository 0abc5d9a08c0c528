"""Many manuscripts, several at a time: each is planned once, its formats are made in worker processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import forkserver, resource_tracker
from types import FrameType
from typing import Any

from paperbuild import pipeline
from paperbuild.model import Finding, PaperbuildError, Report
from paperbuild.pipeline import Job, Outcome, Plan

Make = Callable[[Plan, str], Outcome]
Tell = Callable[[Job, str], None]
"""Told of each step that is done: the job, and ``resolved`` or the name of a format."""
Take = Callable[[Job, Outcome], None]
"""Given what became of each format, before it is summed up in a report and forgotten."""


_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


@dataclass
class _Progress:
    """What is known of one job while its parts are under way."""

    job: Job
    started: float
    plan: Plan | None = None
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    report: Report | None = None


def keep_warm() -> None:
    """Let the workers of later runs begin with everything imported: for programs that run again and again."""
    if _METHOD == "forkserver":
        multiprocessing.get_context(_METHOD).set_forkserver_preload(["paperbuild.warm"])


def _forget(_: Job, __: Outcome) -> None:
    """Take nothing: what is to be kept was stored by whoever made it."""


def run(
    jobs: Sequence[Job], make: Make, *, workers: int, tell: Tell, take: Take = _forget
) -> Iterator[Report]:
    """A report for each job, in the order of the jobs, as soon as it and those before it are done."""
    if workers <= 1:
        for job in jobs:
            yield _alone(job, make, tell, take)
        return
    yield from _Pool(jobs, make, workers, tell, take).reports()


def _alone(job: Job, make: Make, tell: Tell, take: Take) -> Report:
    started = time.monotonic()
    try:
        plan = pipeline.plan(job)
        tell(job, "resolved")
        outcomes = []
        for name in job.formats:
            outcomes.append(_guarded(make, plan, name))
            take(job, outcomes[-1])
            tell(job, name)
    except Exception as error:  # whatever happens, the user gets a sentence and the others go on
        return pipeline.refusal(job, explained(error), time.monotonic() - started)
    return pipeline.report(plan, outcomes, time.monotonic() - started)


def _guarded(make: Make, plan: Plan, name: str) -> Outcome:
    """The outcome of one format; a failure becomes its finding, so that the other formats are still made."""
    try:
        return make(plan, name)
    except PaperbuildError as error:
        if error.status == 3:
            raise
        return Outcome(None, (), (Finding("error", "write", error.message, error.where, error.hint, name),))
    except Exception as error:
        said = explained(error)
        return Outcome(None, (), (Finding("error", "write", said.message, said.where, said.hint, name),))


def explained(error: BaseException) -> PaperbuildError:
    """Any error as one that can be shown."""
    if isinstance(error, PaperbuildError):
        return error
    if isinstance(error, OSError) and error.strerror:
        named = f"{error.filename}: " if error.filename else ""
        return PaperbuildError(f"{named}{error.strerror}", hint="check the disk, and who may write there")
    if isinstance(error, BrokenProcessPool):
        return PaperbuildError(
            "a worker process was ended by the system, probably for want of memory",
            hint="try again with --jobs 1, or split the manuscript",
        )
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f"{last[0].filename.rsplit('/', 1)[-1]}:{last[0].lineno}" if last else ""
    if isinstance(error, RecursionError):
        return PaperbuildError(
            "the manuscript is nested too deeply", hint="look for lists or quotations within another"
        )
    return PaperbuildError(
        f"paperbuild itself failed here: {type(error).__name__}: {error}"[:300]
        + (f" ({place})" if place else ""),
        hint="this is a fault of paperbuild's; please report it with the manuscript",
    )


def _leave_stopping_to_parent() -> None:
    """Ctrl-C reaches every process of a terminal; a worker waits for its parent to end it, in silence."""
    signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN, which pandoc would inherit
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    sys.unraisablehook = _unraisable
    if _METHOD == "forkserver":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _unraisable(what: Any) -> None:
    """Told to end where Python raises nothing (an import is done, an object is cleared away), a worker ends
    there; all else is said as usual."""
    if what.exc_type is SystemExit:
        os._exit(1)
    sys.__unraisablehook__(what)


def _in_worker(function: Callable[..., Any], *args: Any) -> Any:
    """What the function gives. A worker that is told to end clears away half a file, or pandoc, first."""
    try:
        return function(*args)
    except SystemExit:
        os._exit(1)


@contextmanager
def _stopping_later() -> Iterator[None]:
    """Let a request to stop wait until a worker is started: one that is half started could not be ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[tuple[int, FrameType | None]] = []
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    for each in before:
        signal.signal(each, lambda *given: asked.append(given))
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    for number, _ in asked[:1]:
        signal.raise_signal(number)


def _start_server() -> None:
    """Start the process that workers are forked from, deaf to Ctrl-C: it would import on with a traceback."""
    resource_tracker.ensure_running()  # first, since it would undo the blocking
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Pool:
    """Runs the jobs' parts in processes: first each plan, then its formats."""

    def __init__(self, jobs: Sequence[Job], make: Make, workers: int, tell: Tell, take: Take) -> None:
        self.all = [_Progress(job, time.monotonic()) for job in jobs]
        self.make = make
        self.workers = workers
        self.tell = tell
        self.take = take
        self.running: dict[Future[Plan | Outcome], tuple[_Progress, str]] = {}

    def reports(self) -> Iterator[Report]:
        waiting = iter(self.all)
        shown = 0
        pool = self._pool()
        try:
            while True:
                while len(self.running) < 2 * self.workers and (progress := next(waiting, None)):
                    self._submit(pool, progress, "")
                if not self.running:
                    break
                done, _ = wait(self.running, return_when=FIRST_COMPLETED)
                broken = [self._take(pool, future) for future in done]
                if any(broken):
                    pool.shutdown(cancel_futures=True)
                    self._give_up()
                    pool = self._pool()
                while shown < len(self.all) and (report := self.all[shown].report):
                    shown += 1
                    yield report
        finally:
            if sys.exc_info()[0]:  # we were stopped: nobody waits for what is under way
                for worker in multiprocessing.active_children():
                    worker.terminate()
            pool.shutdown(cancel_futures=True)

    def _pool(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(_METHOD)
        if _METHOD == "forkserver":
            _start_server()
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=_leave_stopping_to_parent)

    def _submit(self, pool: ProcessPoolExecutor, progress: _Progress, name: str) -> None:
        if not name:
            progress.started = time.monotonic()
            made: Future[Any] = self._submitted(pool, pipeline.plan, progress.job)
            self.running[made] = (progress, "")
        elif progress.plan:
            made = self._submitted(pool, _guarded, self.make, progress.plan, name)
            self.running[made] = (progress, name)

    @staticmethod
    def _submitted(pool: ProcessPoolExecutor, function: Callable[..., Any], *args: Any) -> Future[Any]:
        with _stopping_later():  # this may start a worker
            return pool.submit(_in_worker, function, *args)

    def _take(self, pool: ProcessPoolExecutor, future: Future[Plan | Outcome]) -> bool:
        """Takes in what is done; True where the pool is broken."""
        progress, name = self.running.pop(future)
        error = future.exception()
        if error:
            self._fail(progress, error)
            return isinstance(error, BrokenProcessPool)
        result = future.result()
        if isinstance(result, Plan):
            progress.plan = result
            self.tell(progress.job, "resolved")
            for each in progress.job.formats:
                self._submit(pool, progress, each)
        else:
            self.take(progress.job, result)
            progress.outcomes[name] = replace(result, made=None)
            self.tell(progress.job, name)
        self._finish(progress)
        return False

    def _finish(self, progress: _Progress) -> None:
        plan = progress.plan
        if plan and not progress.report and len(progress.outcomes) == len(progress.job.formats):
            outcomes = [progress.outcomes[name] for name in progress.job.formats]
            progress.report = pipeline.report(plan, outcomes, time.monotonic() - progress.started)

    def _fail(self, progress: _Progress, error: BaseException) -> None:
        if not progress.report:
            progress.report = pipeline.refusal(
                progress.job, explained(error), time.monotonic() - progress.started
            )

    def _give_up(self) -> None:
        """Ends what was under way when the pool broke."""
        for progress, _ in self.running.values():
            self._fail(progress, BrokenProcessPool())
        self.running.clear()
