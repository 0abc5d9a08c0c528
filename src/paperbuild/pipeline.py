"""The order of the stages: read, parse, resolve; then for each format prepare, write, store, verify.

``plan`` and ``produce`` are what a worker process runs; ``batch`` runs them for many manuscripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paperbuild import config, csl, store
from paperbuild.config import Options
from paperbuild.dress import dressed
from paperbuild.formats import registry
from paperbuild.formats.base import Format, Prepared
from paperbuild.inventory import promise
from paperbuild.layouts import Layout, running
from paperbuild.layouts import load as load_layout
from paperbuild.leak import Withheld, leaks
from paperbuild.model import (
    Artefact,
    Comparison,
    Document,
    Finding,
    PaperbuildError,
    Report,
    ResolvedDocument,
    Stage,
)
from paperbuild.pandoc.metadata import value
from paperbuild.parse import parse
from paperbuild.read import read
from paperbuild.resolve import resolve
from paperbuild.trace import lost_in_resolving
from paperbuild.verify import compare

DEFAULT_STYLE = "chicago-author-date"
"""What pandoc takes where neither the manuscript nor the command line names a style."""

COUNTED = {
    "sections": "section",
    "paragraphs": "paragraph",
    "citations": "citation",
    "references": "reference",
    "notes": "note",
    "tables": "table",
    "figures": "figure",
    "equations": "equation",
}


@dataclass(frozen=True, slots=True)
class Job:
    """What the command line asks for one manuscript."""

    path: Path
    """The manuscript's file or folder."""
    slug: str = ""
    """The name of its files; empty for the manuscript's own."""
    formats: tuple[str, ...] = config.USUAL_FORMATS
    style: str = ""
    layout: str = ""
    out: Path = Path("dist")
    project: Path = Path()
    """The folder whose csl/ is looked into first."""
    verify: bool = True
    force: bool = False
    site: str = ""
    """The address of the site that the preview is for; empty where it is for none, or for any."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A manuscript that is resolved, with all that its formats need."""

    job: Job
    document: ResolvedDocument
    options: Options
    layout: Layout
    style: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one format."""

    artefact: Artefact | None
    """The format's file; None where none was written."""
    comparisons: tuple[Comparison, ...] = ()
    findings: tuple[Finding, ...] = ()
    besides: tuple[Artefact, ...] = ()
    """What lies beside the file."""
    made: Made | None = None
    """What was made, for whoever stores it elsewhere: a site."""


@dataclass(frozen=True, slots=True)
class Made:
    """One format's files, looked through and not stored yet."""

    files: Mapping[str, bytes]
    """The bytes by what follows the slug in a file's name; the format's own file is the first."""
    comparisons: tuple[Comparison, ...]
    findings: tuple[Finding, ...]
    withheld: Withheld | None
    leaked: bool
    """True where something that is withheld can be had from one of the files: none may be stored then."""


def plan(job: Job) -> Plan:
    """The manuscript read, parsed and resolved, once for all formats. Raises PaperbuildError."""
    document = parse(read(job.path))
    options = _on_site(config.options(document), job, document)
    layout = load_layout(job.layout or options.layout, document.folder)
    style, from_style = _style(job, document, options, layout)
    from_layout = running.too_long(options, layout, config.line_of(document, "running-head"))
    resolved = _traced(document, resolve(document, style))
    resolved = replace(resolved, links_back=layout.references.links_back)
    promised = promise(resolved)
    return Plan(
        job,
        _with(resolved, job.slug, (*from_style, *from_layout)),
        options,
        layout,
        style.name,
        {name: promised.count(kind) for name, kind in COUNTED.items()},
    )


def prepare(plan: Plan, form: Format) -> Prepared:
    """What a format is going to show of the document, and what must not be in it."""
    document = plan.document
    return form.prepare(
        dressed(document, plan.options, plan.layout) if form.dressed else document, plan.options
    )


def make(plan: Plan, format_name: str) -> Made:
    """One format prepared and written; searched for what it withholds; and, unless the job says not to, read
    back and verified."""
    form = registry.get(format_name)
    prepared = prepare(plan, form)
    written = form.write(prepared, plan.options, plan.layout)
    findings = [*_in_stage("write", [*prepared.findings, *written.findings])]
    besides = {suffix: written.besides[suffix] for suffix in _besides(plan, format_name)}
    files = {registry.SUFFIXES[format_name]: written.data, **besides}
    leaked = _leaks(plan, format_name, files, prepared)
    comparisons: tuple[Comparison, ...] = ()
    if plan.job.verify:
        observed = form.read(written.data)
        comparisons, found = compare(format_name, prepared.promised, observed)
        findings += [*found, *(form.beside(files, observed) if form.beside else ())]
    return Made(files, comparisons, (*findings, *leaked), prepared.withheld, bool(leaked))


def produce(plan: Plan, format_name: str) -> Outcome:
    """One format made and stored, unless its file was edited since, or something leaks: then what stood there
    stays as it is."""
    paths = _paths(plan, format_name)
    if edited := [path for path in paths if not plan.job.force and store.edited(path)]:
        return Outcome(None, (), tuple(_edited(format_name, path) for path in edited))
    made = make(plan, format_name)
    if made.leaked:
        return Outcome(None, made.comparisons, made.findings)
    folder = paths[0].parent
    artefact, *besides = (
        store.put(format_name, folder / f"{plan.document.slug}{suffix}", data)
        for suffix, data in made.files.items()
    )
    return Outcome(artefact, made.comparisons, made.findings, tuple(besides))


def inspect(plan: Plan, format_name: str) -> Outcome:
    """One format's files that are there already, verified against the manuscript as it is now."""
    form = registry.get(format_name)
    path, *others = _paths(plan, format_name)
    artefact, data = store.get(format_name, path)
    besides = [store.get(format_name, other) for other in others if other.exists()]
    prepared = prepare(plan, form)
    observed = form.read(data)
    comparisons, findings = compare(format_name, prepared.promised, observed)
    slug = plan.document.slug
    files = {each.path.name.removeprefix(slug): data for each, data in [(artefact, data), *besides]}
    return Outcome(
        artefact,
        comparisons,
        (
            *_provenance(format_name, path),
            *(_absent(format_name, other) for other in others if not other.exists()),
            *prepared.findings,
            *findings,
            *(form.beside(files, observed) if form.beside else ()),
            *_leaks(plan, format_name, files, prepared),
        ),
        tuple(each for each, _ in besides),
    )


def _leaks(
    plan: Plan, format_name: str, files: Mapping[str, bytes], prepared: Prepared
) -> tuple[Finding, ...]:
    """A finding for each thing withheld that can be had from one of a format's files."""
    if prepared.withheld is None:
        return ()
    found = (
        finding
        for suffix, data in files.items()
        for finding in leaks(f"{plan.document.slug}{suffix}", data, prepared.withheld)
    )
    return tuple(replace(finding, format=format_name, stage="write") for finding in found)


def report(plan: Plan, outcomes: Sequence[Outcome], seconds: float) -> Report:
    """Everything about one manuscript. Its status is 1 where a finding is an error."""
    findings = (*plan.document.findings, *(found for outcome in outcomes for found in outcome.findings))
    return Report(
        manuscript=str(plan.job.path),
        style=plan.style,
        layout=plan.layout.name,
        artefacts=tuple(
            each for outcome in outcomes if outcome.artefact for each in (outcome.artefact, *outcome.besides)
        ),
        counts=plan.counts,
        comparisons=tuple(line for outcome in outcomes for line in outcome.comparisons),
        findings=findings,
        seconds=seconds,
        status=1 if any(finding.severity == "error" for finding in findings) else 0,
    )


def refusal(job: Job, error: PaperbuildError, seconds: float = 0.0) -> Report:
    """The report of a manuscript that could not be exported."""
    finding = Finding("error", "input", error.message, error.where, error.hint)
    return Report(
        str(job.path), job.style, job.layout, findings=(finding,), seconds=seconds, status=error.status
    )


def target(out: Path, slug: str, format_name: str) -> Path:
    """Where a format's file stands."""
    return out / slug / f"{slug}{registry.SUFFIXES[format_name]}"


def _paths(plan: Plan, format_name: str) -> list[Path]:
    """Where a format's files stand, its own first."""
    suffixes = (registry.SUFFIXES[format_name], *_besides(plan, format_name))
    return [plan.job.out / plan.document.slug / f"{plan.document.slug}{suffix}" for suffix in suffixes]


def _besides(plan: Plan, format_name: str) -> tuple[str, ...]:
    """The files that lie beside a format's own. A preview's are for sites, which have the members' page."""
    site = bool(plan.job.site) or "page" in plan.job.formats
    return registry.besides(format_name, plan.layout.imposition, site=site)


def _on_site(options: Options, job: Job, document: Document) -> Options:
    """The options with the page's address on the site that it is made for, unless they name one."""
    if not job.site or options.preview.canonical:
        return options
    address = f"{job.site.rstrip('/')}/{job.slug or document.slug}/"
    return options.model_copy(update={"preview": options.preview.model_copy(update={"canonical": address})})


def _style(
    job: Job, document: Document, options: Options, layout: Layout
) -> tuple[csl.Style, tuple[Finding, ...]]:
    """The style that was asked for; else the one that the layout proposes."""
    asked = job.style or options.style or str(value(document.meta.get("csl")) or "")
    style = csl.find_style(
        asked or layout.style or DEFAULT_STYLE, folder=document.folder, project=job.project
    )
    if not style.substituted:
        return style, ()
    said = f"the style file {asked} is not there; the installed style {style.name} is used instead"
    return style, (
        Finding("warning", "style", said, hint="put the file beside the manuscript, or name the style"),
    )


def _with(document: ResolvedDocument, slug: str, findings: tuple[Finding, ...]) -> ResolvedDocument:
    return replace(document, slug=slug or document.slug, findings=(*document.findings, *findings))


def _traced(document: Document, resolved: ResolvedDocument) -> ResolvedDocument:
    """The resolved document with each finding's stage, and what was lost between the two."""
    parsed = set(document.findings)
    findings = [
        *_in_stage("parse", document.findings),
        *_in_stage("resolve", [finding for finding in resolved.findings if finding not in parsed]),
        *lost_in_resolving(document, resolved),
    ]
    return replace(resolved, findings=tuple(findings))


def _in_stage(stage: Stage, findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield finding if finding.stage else replace(finding, stage=stage)


def _provenance(format_name: str, path: Path) -> Iterator[Finding]:
    """A remark about a file that is not as paperbuild wrote it: what it lacks may have been taken out."""
    if store.edited(path):
        said = f"{path.name} was changed since paperbuild wrote it"
    elif not store.known(path):
        said = f"{path.name} was not written by paperbuild, or elsewhere"
    else:
        return
    yield Finding("info", "store", said, format=format_name)


def _absent(format_name: str, path: Path) -> Finding:
    """What is said of a file that should lie beside a format's own, and does not."""
    hint = "type: paperbuild export (verify looks at files that exist already)"
    return Finding("error", "store", f"{path.name} is not there", str(path), hint, format_name)


def _edited(format_name: str, path: Path) -> Finding:
    return Finding(
        "error",
        "store",
        f"{path.name} was changed since paperbuild wrote it, and is left as it is",
        str(path),
        "move it away, or export with --force to replace it",
        format_name,
    )
