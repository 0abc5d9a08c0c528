"""Small manuscripts, taken as far through the stages as a test asks for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from paperbuild import csl, inventory, pipeline
from paperbuild.formats import registry
from paperbuild.model import Document, Finding, Inventory, Item, Report, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.parse import parse
from paperbuild.pipeline import Job
from paperbuild.read import read
from paperbuild.resolve import resolve

Files = Mapping[str, str | bytes]

BIB = """
@book{kelsen1957, title={Reine Rechtslehre}, author={Kelsen, Hans}, year={1957}, publisher={Deuticke},
  langid={german}}
@book{eco2015, title={How to Write a Thesis}, author={Eco, Umberto}, year={2015}, publisher={MIT Press}}
@article{price1965, title={Networks of Scientific Papers}, author={Price, Derek}, year={1965},
  journal={Science}, volume={149}, pages={510--515}, doi={10.1126/science.149.3683.510}}
@book{doe2001, title={Uncited Things}, author={Doe, Jane}, year={2001}, publisher={Nowhere}}
"""
"""The bibliography that lies as refs.bib beside every manuscript of the tests."""

CITING = "---\nbibliography: refs.bib\n---\n\n"
"""The front matter of a manuscript that names it."""


def picture(width: int = 40, height: int = 30, kind: str = "PNG") -> bytes:
    """A small picture's bytes."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


def put(folder: Path, files: Files) -> None:
    """Write the files into the folder; text as UTF-8, line ends as they are."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def manuscript(folder: Path, text: str | bytes, files: Files | None = None, name: str = "paper.md") -> Path:
    """The path of a manuscript with this text, refs.bib and the other files beside it."""
    put(folder, {"refs.bib": BIB, name: text, **(files or {})})
    return folder / name


def parsed(folder: Path, text: str, files: Files | None = None) -> Document:
    """The text, read and parsed."""
    return parse(read(manuscript(folder, text, files)))


def resolved(
    folder: Path, text: str, style: str = "chicago-author-date", files: Files | None = None
) -> ResolvedDocument:
    """The text, read, parsed and resolved in the style."""
    document = parsed(folder, text, files)
    return resolve(document, csl.find_style(style, folder=folder, project=None))


@dataclass(frozen=True)
class Exported:
    """What an export left behind."""

    plan: pipeline.Plan
    report: Report
    out: Path

    def path(self, format_name: str) -> Path:
        """Where a format's file lies."""
        return pipeline.target(self.out, self.plan.document.slug, format_name)

    def data(self, format_name: str) -> bytes:
        """The bytes of a format's file."""
        return self.path(format_name).read_bytes()

    def observed(self, format_name: str) -> Inventory:
        """What the file holds."""
        return registry.get(format_name).read(self.data(format_name))


def exported(
    folder: Path,
    text: str,
    formats: Iterable[str],
    style: str = "chicago-author-date",
    files: Files | None = None,
) -> Exported:
    """The text exported to the formats, into ``dist`` in the folder."""
    path = manuscript(folder, text, files)
    return export(Job(path, formats=tuple(formats), style=style, out=folder / "dist"))


def export(job: Job) -> Exported:
    """What the job asks for, done in this process."""
    plan = pipeline.plan(job)
    outcomes = [pipeline.produce(plan, name) for name in job.formats]
    return Exported(plan, pipeline.report(plan, outcomes, 0.0), job.out)


def errors(findings: Iterable[Finding]) -> list[str]:
    """The messages of the errors among findings."""
    return [finding.message for finding in findings if finding.severity == "error"]


def only(findings: Iterable[Finding], check: str) -> Finding:
    """The one finding of a check."""
    (found,) = [finding for finding in findings if finding.check == check]
    return found


def items(document: ResolvedDocument, *kinds: str) -> list[Item]:
    """The inventory's items of these kinds, in order."""
    return list(inventory.promise(document).of(*kinds))


def texts(document: ResolvedDocument, kind: str = "paragraph") -> list[str]:
    """What a reader reads in the items of a kind; no-break spaces as common ones."""
    return [item.text.replace("\u00a0", " ") for item in items(document, kind)]


def plain(nodes: object) -> str:
    """What a reader sees of the nodes, on one line, no-break spaces as common ones."""
    return " ".join(ast.plain(list(nodes) if isinstance(nodes, tuple) else nodes).split())
