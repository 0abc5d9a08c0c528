"""The order of the stages: read, parse, resolve; then for each format prepare, write, store, verify.

``plan`` and ``produce`` are what a worker process runs; ``batch`` runs them for many manuscripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paperbuild import config, csl, store
from paperbuild.config import Options
from paperbuild.formats import registry
from paperbuild.inventory import promise
from paperbuild.layouts import Layout
from paperbuild.layouts import load as load_layout
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
    formats: tuple[str, ...] = config.FORMATS
    style: str = ""
    layout: str = ""
    out: Path = Path("dist")
    project: Path = Path()
    """The folder whose csl/ is looked into first."""
    verify: bool = True
    force: bool = False


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
    comparisons: tuple[Comparison, ...] = ()
    findings: tuple[Finding, ...] = ()


def plan(job: Job) -> Plan:
    """The manuscript read, parsed and resolved, once for all formats. Raises PaperbuildError."""
    document = parse(read(job.path))
    options = config.options(document)
    layout = load_layout(job.layout or options.layout, document.folder)
    style, from_style = _style(job, document, options)
    resolved = _traced(document, resolve(document, style))
    promised = promise(resolved)
    return Plan(
        job,
        _with(resolved, job.slug, from_style),
        options,
        layout,
        style.name,
        {name: promised.count(kind) for name, kind in COUNTED.items()},
    )


def produce(plan: Plan, format_name: str) -> Outcome:
    """One format prepared, written, stored, and (unless the job says not to) read back and verified."""
    form = registry.get(format_name)
    path = target(plan.job.out, plan.document.slug, format_name)
    if not plan.job.force and store.edited(path):
        return Outcome(None, (), (_edited(format_name, path),))
    prepared = form.prepare(plan.document, plan.options)
    written = form.write(prepared, plan.options, plan.layout)
    artefact = store.put(format_name, path, written.data)
    findings = tuple(_in_stage("write", [*prepared.findings, *written.findings]))
    if not plan.job.verify:
        return Outcome(artefact, (), findings)
    comparisons, found = compare(format_name, prepared.promised, prepared.withheld, form.read(written.data))
    return Outcome(artefact, comparisons, (*findings, *found))


def inspect(plan: Plan, format_name: str) -> Outcome:
    """One format's file that is there already, verified against the manuscript as it is now."""
    form = registry.get(format_name)
    path = target(plan.job.out, plan.document.slug, format_name)
    artefact, data = store.get(format_name, path)
    prepared = form.prepare(plan.document, plan.options)
    comparisons, findings = compare(format_name, prepared.promised, prepared.withheld, form.read(data))
    return Outcome(artefact, comparisons, (*_provenance(format_name, path), *prepared.findings, *findings))


def report(plan: Plan, outcomes: Sequence[Outcome], seconds: float) -> Report:
    """Everything about one manuscript. Its status is 1 where a finding is an error."""
    findings = (*plan.document.findings, *(found for outcome in outcomes for found in outcome.findings))
    return Report(
        manuscript=str(plan.job.path),
        style=plan.style,
        layout=plan.layout.name,
        artefacts=tuple(outcome.artefact for outcome in outcomes if outcome.artefact),
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


def _style(job: Job, document: Document, options: Options) -> tuple[csl.Style, tuple[Finding, ...]]:
    asked = job.style or options.style or str(value(document.meta.get("csl")) or "")
    style = csl.find_style(asked or DEFAULT_STYLE, folder=document.folder, project=job.project)
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


def _edited(format_name: str, path: Path) -> Finding:
    return Finding(
        "error",
        "store",
        f"{path.name} was changed since paperbuild wrote it, and is left as it is",
        str(path),
        "move it away, or export with --force to replace it",
        format_name,
    )
