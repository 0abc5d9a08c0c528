"""``paperbuild export`` and ``paperbuild verify``: making files, and checking files that are there."""

from __future__ import annotations

import sys

import click

from paperbuild import pipeline, store, terminal
from paperbuild.commands import options, run
from paperbuild.pipeline import Job


@click.command()
@options.to_make
@options.JSON
def export(manuscripts: tuple[str, ...], template: Job, jobs: int | None, as_json: bool) -> None:
    """Make the files of every MANUSCRIPT.

    A MANUSCRIPT is a file, a folder or a glob; without one, everything in manuscripts/ is made. The exit
    status is 0 where all that was promised is in the files, 1 where something was lost or unresolved, 2 where
    a manuscript can't be read, 3 where a part of the system is missing.

    \b
    Example:
      paperbuild export manuscripts/essay --to pdf,docx --style apa
    """
    store.require_writable(template.out)
    screen = terminal.screen(quiet=as_json)
    asked = run.jobs_for(manuscripts, template)
    done = run.reports(asked, pipeline.produce, jobs, screen, must_keep=True)
    sys.exit(run.finish(done, screen, as_json=as_json))


@click.command()
@options.to_verify
@options.JSON
def verify(manuscripts: tuple[str, ...], template: Job, jobs: int | None, as_json: bool) -> None:
    """Check files that are there already against their MANUSCRIPT.

    Name the style and the layout if the files were made with others than the manuscript's. The exit status is
    that of export.

    \b
    Example:
      paperbuild verify manuscripts/essay --to pdf
    """
    screen = terminal.screen(quiet=as_json)
    asked = run.jobs_for(manuscripts, template)
    done = run.reports(asked, pipeline.inspect, jobs, screen, must_keep=False)
    sys.exit(run.finish(done, screen, as_json=as_json))
