"""``paperbuild watch``: exporting again whenever a manuscript changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click
import watchfiles
from rich.text import Text

from paperbuild import batch, pipeline, read, report, store, terminal
from paperbuild.commands import options, run
from paperbuild.commands.run import Done
from paperbuild.formats import registry
from paperbuild.model import PaperbuildError, Report
from paperbuild.pipeline import Job
from paperbuild.terminal import Screen

Tell = Callable[[Job, Report], None]
"""Told of each manuscript that was made."""

_QUIET = 100
"""Milliseconds without a further change after which a change counts as done (an editor writes in steps)."""
_LONGEST = 1600
"""Milliseconds after which changes that do not end are acted upon all the same."""


@click.command()
@options.to_make
def watch(manuscripts: tuple[str, ...], template: Job, jobs: int | None) -> None:
    """Make the files of every MANUSCRIPT, and again whenever it changes.

    A manuscript is made again when a file in its folder changes; all are when a style in csl/ does. What
    can't be made shows its error, and the watch goes on. Ctrl-C ends it, with exit status 0.

    \b
    Example:
      paperbuild watch manuscripts/essay --to pdf
    """
    store.require_writable(template.out)
    try:
        make_again(manuscripts, template, jobs, _tell_nobody)
    except KeyboardInterrupt:
        terminal.say("no longer watching", stderr=True)


def make_again(names: Sequence[str], template: Job, workers: int | None, tell: Tell) -> None:
    """Make what is named, and what changes of it, until it is interrupted; each time one line is shown."""
    batch.keep_warm()
    screen = terminal.screen()
    for jobs in rounds(names, template):
        for done in run.reports(jobs, pipeline.produce, workers, screen, must_keep=True):
            tell(done.job, done.report)
            _show(done, screen)


def rounds(names: Sequence[str], template: Job) -> Iterator[list[Job]]:
    """Every job at first, then, after each change, those that it concerns."""
    jobs = run.jobs_for(names, template)
    changes = watchfiles.watch(
        *places(names, jobs, template),
        step=_QUIET,
        debounce=_LONGEST,
        rust_timeout=_QUIET,
        yield_on_timeout=True,
    )
    next(changes)  # now it is watching: a change that is made while the first export runs is not missed
    yield jobs
    for change in changes:
        paths = [Path(name) for _, name in change]
        if not paths:
            continue
        try:
            jobs = run.jobs_for(names, template)
        except PaperbuildError as error:
            terminal.complain(error)
            continue
        if concerned := [job for job in jobs if any(concerns(path, job, jobs) for path in paths)]:
            yield concerned


def concerns(path: Path, job: Job, jobs: Sequence[Job]) -> bool:
    """True where a changed file may change what is made of a job."""
    styles = [(job.project / "csl").resolve(), Path(job.style).resolve()]
    if path.is_relative_to(styles[0]) or (job.style and path == styles[1]):
        return True
    folder = _folder(job)
    if not path.is_relative_to(folder) or _is_hidden(path.relative_to(folder)):
        return False
    others = {other.path.resolve() for other in jobs if other != job}
    return path not in others and not any(_is_made_by(path, other) for other in jobs)


def _folder(job: Job) -> Path:
    path = job.path.resolve()
    return path if path.is_dir() else path.parent


def _is_hidden(path: Path) -> bool:
    """True for what editors and version control leave in a folder."""
    return any(part.startswith(".") for part in path.parts) or path.name.endswith("~")


def _is_made_by(path: Path, job: Job) -> bool:
    """True for a job's own files, and for the folders they lie in."""
    slug = run.slug_of(job)
    made = [pipeline.target(job.out, slug, name).resolve() for name in registry.SUFFIXES]
    besides = [f"{slug}{suffix}" for suffixes in registry.BESIDES.values() for suffix in suffixes]
    made += [(run.folder_of(job) / name).resolve() for name in (*store.REPORTS, *besides)]
    return any(file == path or path in file.parents for file in made) and path != _folder(job)


def places(names: Sequence[str], jobs: Sequence[Job], template: Job) -> list[Path]:
    """The folders to watch, none inside another; a style that is a file is watched by itself."""
    named = [Path(name) for name in names or [read.DEFAULT_FOLDER]]
    found = {_folder(job) for job in jobs} | {path.resolve() for path in named if path.is_dir()}
    styles = template.project / "csl", Path(template.style or "csl")
    found |= {path.resolve() for path in styles if path.exists()}
    return sorted(place for place in found if not any(other in place.parents for other in found))


def _show(made: Done, screen: Screen) -> None:
    """The time and the result on one line; what is wrong, below it."""
    job, done = made.job, made.report
    now = datetime.now().astimezone().strftime("%H:%M:%S")
    mark = Text("✓", "green") if done.ok else Text("✗", "bold red")
    line = Text.assemble(
        (f"{now}  ", "dim"), mark, " ", (run.slug_of(job), "bold"), f"  {terminal.result(done)}  "
    )
    screen.out.print(line.append(f"{done.seconds:.1f} s", "dim"), soft_wrap=True)
    if not done.ok:
        report.show_findings(done, screen.err, severities=("error",), page=made.page)


def _tell_nobody(_: Job, __: Report) -> None:
    """Watching alone has nobody to tell."""
