"""The command line. Only here are words printed and exit statuses chosen."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from paperbuild import __version__, batch, config, pipeline, read, report, store
from paperbuild.model import PaperbuildError, Report
from paperbuild.pipeline import Job

_MANUSCRIPTS = click.argument("manuscripts", nargs=-1, metavar="[MANUSCRIPT ...]")


def _formats(_: click.Context, __: click.Parameter, given: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in given.split(",") if name.strip()))
    unknown = [name for name in names if name not in config.FORMATS]
    if unknown or not names:
        raise click.BadParameter(
            f"there is no format {', '.join(unknown) or repr(given)}; there are {', '.join(config.FORMATS)}"
        )
    return names


_TO = click.option(
    "--to", "formats", default=",".join(config.FORMATS), show_default=True, callback=_formats,
    metavar="FORMATS", help="Formats to make, separated by commas.",
)  # fmt: skip
_OUT = click.option(
    "--out", default="dist", show_default=True, type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files.",
)  # fmt: skip
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the reports as JSON on standard output.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="paperbuild")
def command() -> None:
    """One manuscript in; a PDF, a Word document, a web preview, and proof that nothing was lost."""


@command.command()
@_MANUSCRIPTS
@_TO
@click.option(
    "--style", default="", help="A CSL style: a name, a title, or a path. Wins over the manuscript's."
)
@click.option("--layout", default="", help="A layout's name. Wins over the manuscript's.")
@_OUT
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes to use.  [default: one for each core]")
@_JSON
@click.option("--no-verify", is_flag=True, help="Do not open the files again to check them.")
@click.option("--force", is_flag=True, help="Replace files that were edited since they were made.")
def export(
    manuscripts: tuple[str, ...],
    formats: tuple[str, ...],
    style: str,
    layout: str,
    out: Path,
    jobs: int | None,
    as_json: bool,
    no_verify: bool,
    force: bool,
) -> None:
    """Make the files of every MANUSCRIPT: a file, a folder or a glob; without one, all in manuscripts/."""
    template = Job(
        Path(), formats=formats, style=style, layout=layout, out=out, verify=not no_verify, force=force
    )
    sys.exit(_run(_jobs(manuscripts, template), pipeline.produce, jobs, as_json=as_json, keep=True))


@command.command()
@_MANUSCRIPTS
@_TO
@_OUT
@click.option("--style", default="", help="The CSL style the files were made with, if not the manuscript's.")
@click.option("--layout", default="", help="The layout the files were made with, if not the manuscript's.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes to use.  [default: one for each core]")
@_JSON
def verify(
    manuscripts: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path,
    style: str,
    layout: str,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Check files that are there already against their MANUSCRIPT."""
    template = Job(Path(), formats=formats, style=style, layout=layout, out=out)
    sys.exit(_run(_jobs(manuscripts, template), pipeline.inspect, jobs, as_json=as_json, keep=False))


def _jobs(names: Sequence[str], template: Job) -> list[Job]:
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


def _slug(path: Path) -> str:
    try:
        return read.slug(path)
    except PaperbuildError:
        return path.resolve().stem


def _run(jobs: list[Job], make: batch.Make, workers: int | None, *, as_json: bool, keep: bool) -> int:
    out, err = Console(highlight=False), Console(stderr=True, highlight=False)
    count = workers or min(os.cpu_count() or 1, sum(len(job.formats) for job in jobs))
    reports: list[Report] = []
    with _progress(err, jobs) as progress:
        bar = progress.add_task("", total=sum(len(job.formats) + 1 for job in jobs))

        def tell(job: Job, step: str) -> None:
            progress.update(bar, advance=1, description=f"{job.path.name}: {step}")

        for done in batch.run(jobs, make, workers=count, tell=tell):
            reports.append(done)
            if keep and done.artefacts:
                folder = done.artefacts[0].path.parent
                store.put("report", folder / store.REPORT, report.as_json([done])[2:-2].encode() + b"\n")
            report.show(done, Console(quiet=True) if as_json else out, err)
    if as_json:
        click.echo(report.as_json(reports))
    return max((done.status for done in reports), default=0)


def _progress(err: Console, jobs: list[Job]) -> Progress:
    """A bar on a terminal, nothing elsewhere."""
    return Progress(
        SpinnerColumn(),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        console=err,
        transient=True,
        disable=not err.is_terminal or not jobs,
    )


def main() -> None:
    """The entry point: whatever goes wrong, a person reads a sentence and never a traceback."""
    try:
        command.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except PaperbuildError as error:
        _complain(error)
        sys.exit(error.status)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
        sys.exit(130)


def _complain(error: PaperbuildError) -> None:
    where = f"{error.where}: " if error.where else ""
    click.echo(f"error: {where}{error.message}", err=True)
    if error.hint:
        click.echo(f"    → {error.hint}", err=True)
