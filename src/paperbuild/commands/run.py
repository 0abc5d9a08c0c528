"""The loop around the pipeline that every command shares: which jobs there are, and what is kept of them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from paperbuild import batch, read, report, store, terminal
from paperbuild.model import PaperbuildError, Report
from paperbuild.pipeline import Job
from paperbuild.terminal import Screen


@dataclass(frozen=True, slots=True)
class Done:
    """A job that is done."""

    job: Job
    report: Report
    page: Path | None
    """Its report for the browser; None where none could be kept."""


def jobs_for(names: Sequence[str], template: Job) -> list[Job]:
    """One job for each manuscript; two of the same name get their folder's name before it."""
    paths = read.discover(names, start=Path())
    slugs = [_slug(path) for path in paths]
    taken = Counter(slugs)
    unique = [
        f"{path.resolve().parent.name}-{slug}" if taken[slug] > 1 else slug
        for path, slug in zip(paths, slugs, strict=True)
    ]
    if len(set(unique)) != len(unique):
        name = next(slug for slug, count in Counter(unique).items() if count > 1)
        raise PaperbuildError(
            f"two manuscripts would both be written to {template.out / name}",
            hint='use different --out folders, or give each a slug = "NAME" in its paperbuild.toml',
        )
    return [
        replace(template, path=path, slug=slug if slug != own else "")
        for path, slug, own in zip(paths, unique, slugs, strict=True)
    ]


def folder_of(job: Job) -> Path:
    """Where a job's files are written."""
    return job.out / slug_of(job)


def slug_of(job: Job) -> str:
    """What a job's files are named after."""
    return job.slug or _slug(job.path)


def reports(
    jobs: Sequence[Job], make: batch.Make, workers: int | None, screen: Screen, *, must_keep: bool
) -> Iterator[Done]:
    """What became of each job as soon as its report is kept in its folder, a bar on a terminal meanwhile.

    A report that can't be kept is an error if it must be, and a remark otherwise.
    """
    for job, made in zip(jobs, unkept(jobs, make, workers, screen), strict=True):
        yield Done(job, made, _keep(job, made, must_keep=must_keep))


def unkept(
    jobs: Sequence[Job], make: batch.Make, workers: int | None, screen: Screen, **more: batch.Take
) -> Iterator[Report]:
    """Each job's report, a bar on a terminal meanwhile; ``more`` may have the ``take`` of ``batch.run``."""
    count = workers or min(os.cpu_count() or 1, sum(len(job.formats) for job in jobs))
    with _progress(screen.err, jobs) as progress:
        bar = progress.add_task("", total=sum(len(job.formats) + 1 for job in jobs))

        def tell(job: Job, step: str) -> None:
            progress.update(bar, advance=1, description=f"{job.path.name}: {step}")

        yield from batch.run(jobs, make, workers=count, tell=tell, **more)


def finish(done: Iterator[Done], screen: Screen, *, as_json: bool) -> int:
    """Show every report, and give the exit status of them all."""
    shown: list[Report] = []
    for each in done:
        report.show(each.report, screen.out, screen.err, each.page)
        shown.append(each.report)
    if as_json:
        terminal.say(report.as_json(shown, ascii_only=not terminal.takes_unicode()))
    return max((each.status for each in shown), default=0)


def _slug(path: Path) -> str:
    try:
        return read.slug(path)
    except PaperbuildError:
        return path.resolve().stem


def _keep(job: Job, made: Report, *, must_keep: bool) -> Path | None:
    """Keep the reports beside the files they are about; the one for the browser.

    They are renewed also where nothing could be made this time, but no folder is made for them alone.
    """
    folder = folder_of(job)
    if not made.artefacts and not folder.is_dir():
        return None
    try:
        store.put_reports(folder, report.files(made, slug_of(job)))
    except PaperbuildError as error:
        if must_keep:
            raise
        terminal.say(f"no report is kept: {error.message}", stderr=True)
        return None
    return folder / store.PAGE


def _progress(err: Console, jobs: Sequence[Job]) -> Progress:
    """A bar on a terminal, nothing elsewhere."""
    return Progress(
        SpinnerColumn(),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
        console=err,
        transient=True,
        disable=not err.is_terminal or err.is_dumb_terminal or not jobs,
    )
