"""``paperbuild site``: of many papers a library's site, made of their previews alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from paperbuild import pipeline, report, store, terminal
from paperbuild import site as library
from paperbuild.commands import options, run
from paperbuild.formats import registry
from paperbuild.formats.preview import theme
from paperbuild.leak import Withheld
from paperbuild.model import Artefact, Finding, PaperbuildError, Report
from paperbuild.pipeline import Job, Outcome, Plan
from paperbuild.site import Paper, Settings, Written

_FORMAT = "preview"
_PAGE = registry.SUFFIXES[_FORMAT]
_RECORD = registry.BESIDES[_FORMAT][0]


@dataclass
class _Shelf:
    """What of the previews is needed for the site, by the papers' names."""

    papers: dict[str, Paper] = field(default_factory=dict)
    withheld: list[Withheld] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def take(self, job: Job, outcome: Outcome) -> None:
        """Keep one preview, unless something withheld can be had from it."""
        slug, made = run.slug_of(job), outcome.made
        if made is None:
            return
        if made.withheld is not None:
            self.withheld.append(made.withheld)
        if made.leaked:
            self.findings.append(_left_out(job, "its preview shows what it withholds"))
        elif library.is_reserved(slug):
            hint = 'give it another one: slug = "NAME" in a paperbuild.toml beside it'
            self.findings.append(_left_out(job, f"the site needs the name {slug} for itself", hint))
        else:
            self.papers[slug] = library.paper(slug, made.files[_RECORD], made.files[_PAGE])


def _gathered(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with what is asked for each manuscript (``template``) and for the site (``look``)."""

    @wraps(command)
    def called(manuscripts: tuple[str, ...], jobs: int | None, as_json: bool, **given: Any) -> Any:
        theme.load(given["theme"], Path())  # a wrong name is told before any work is done
        look = {name: given.pop(name) for name in ("title", "lang", "theme")}
        template = Job(Path(), formats=(_FORMAT,), site=library.checked(given.pop("url")), **given)
        return command(manuscripts, jobs, as_json, look, template)

    return called


@click.command()
@options.MANUSCRIPTS
@click.option("--url", required=True, metavar="URL", help="The address at which the site will be online.")
@click.option("--title", default="", help="The site's title.  [default: Paper library]")
@click.option("--lang", default="", help="The language of its own words.  [default: that of most papers]")
@click.option("--theme", default="", help="The theme in themes/ whose colours and fonts its pages have.")
@options.STYLE
@click.option(
    "--out", default="dist/site", show_default=True, type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR", help="Folder for the site.",
)  # fmt: skip
@options.JOBS
@options.FORCE
@options.JSON
@_gathered
def site(
    manuscripts: tuple[str, ...], jobs: int | None, as_json: bool, look: dict[str, str], template: Job
) -> None:
    """Make a library's site of every MANUSCRIPT: its preview, and pages that list them all.

    The folder can be put online as it is: an index with a search, a page for each subject, a sitemap and a
    feed. It is made of previews alone, and every file is searched for what the papers withhold. The exit
    status is 0 where all is well, 1 where a paper or a file had to be left out or something was lost, 2 where
    a manuscript can't be read, 3 where a part of the system is missing.

    \b
    Example:
      paperbuild site --url https://papers.example.org --title "Essays in Law"
    """
    store.require_writable(template.out)
    screen = terminal.screen(quiet=as_json)
    shelf = _Shelf()
    asked = run.jobs_for(manuscripts, template)
    made = list(run.unkept(asked, _make, jobs, screen, take=shelf.take))
    papers = library.in_order(shelf.papers)
    settings = library.settings(papers, url=template.site, **look)
    written = _publish(asked, papers, shelf, settings)
    reports = [_with_page(job, each, written) for job, each in zip(asked, made, strict=True)]
    for each in reports:
        report.show(each, screen.out, screen.err)
    whole = Report(str(template.out), "", "", findings=written.findings)
    screen.out.print(_said(template.out, written), soft_wrap=True, markup=False)
    report.show_findings(whole, screen.err)
    if as_json:
        terminal.say(_as_json(reports, whole, settings, written))
    failed = any(finding.severity == "error" for finding in written.findings)
    sys.exit(max([int(failed), *(each.status for each in reports)]))


def _make(plan: Plan, format_name: str) -> Outcome:
    """A preview made and verified, and not stored: the site's folder is written at the end, all at once."""
    made = pipeline.make(plan, format_name)
    return Outcome(None, made.comparisons, made.findings, made=made)


def _publish(jobs: Sequence[Job], papers: tuple[Paper, ...], shelf: _Shelf, settings: Settings) -> Written:
    """The site's folder written; pages of papers that could not be made this time stay as they were."""
    out, force = jobs[0].out, jobs[0].force
    slugs = [run.slug_of(job) for job in jobs]
    found = [*shelf.findings, *library.whole_papers(out, slugs)]
    if not papers:
        said = "there is no preview to make a site of, and the folder is left as it is"
        found.append(Finding("error", "site", said, hint="see what is said about each manuscript"))
        return Written((), (), tuple(found))
    found += [_not_in_feed(paper) for paper in papers if not paper.date]
    files = library.build(papers, settings)
    leaking = library.leaking(files, papers, shelf.withheld, settings)
    found += [finding for findings in leaking.values() for finding in findings]
    found += [_not_written(name) for name in leaking]
    pages = {library.page_path(paper): paper.page for paper in papers}
    safe = {path: data for path, data in files.items() if path not in leaking}
    absent = {f"{slug}/index.html" for slug in slugs} - pages.keys()
    done = library.put(out, pages | safe, kept=frozenset(absent | leaking.keys()), force=force)
    return replace(done, findings=(*found, *done.findings))


def _with_page(job: Job, made: Report, written: Written) -> Report:
    """The report with the page as it lies in the site's folder."""
    path = f"{run.slug_of(job)}/index.html"
    if path not in written.files:
        return made
    try:
        artefact, _ = store.get(_FORMAT, job.out / path)
    except PaperbuildError:  # somebody was quicker
        return made
    return replace(made, artefacts=(Artefact(_FORMAT, job.out / path, artefact.bytes, artefact.sha256),))


def _left_out(job: Job, why: str, hint: str = "mend it, and make the site again") -> Finding:
    said = f"{run.slug_of(job)} is not on the site: {why}; a page made of it earlier stays as it is"
    return Finding("error", "site", said, str(job.path), hint, _FORMAT)


def _not_written(name: str) -> Finding:
    said = f"{name} is not written, since something that a paper withholds can be read in it"
    return Finding("error", "site", said, hint="do not put the site online; report it")


def _not_in_feed(paper: Paper) -> Finding:
    said = f"{paper.slug} has no date, and is not in the feed"
    return Finding("info", "site", said, hint="give it a date in its front matter")


def _said(out: Path, written: Written) -> str:
    """What was done, in a line or two."""
    lines = [f"{out}: {len(written.files)} files" if written.files else f"{out}: nothing written"]
    if written.removed:
        lines.append(f"  removed, since the site has them no longer: {', '.join(written.removed)}")
    return "\n".join(lines)


def _as_json(reports: Sequence[Report], whole: Report, settings: Settings, written: Written) -> str:
    """The manuscripts' reports as ``export`` prints them, and what became of the site."""
    values = {
        "reports": [report.as_dict(each) for each in reports],
        "site": {
            "url": settings.url,
            "files": list(written.files),
            "removed": list(written.removed),
            "findings": report.as_dict(whole)["findings"],
        },
    }
    return json.dumps(values, ensure_ascii=not terminal.takes_unicode(), indent=2)
