"""What the page says besides the paper, each with the name under which its reader finds it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paperbuild.config import Options, Study
from paperbuild.formats.base import CiteAs, Cut
from paperbuild.formats.preview.about import dated
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast


def statements(
    document: ResolvedDocument, cut: Cut | None, citations: Sequence[CiteAs], options: Options
) -> Mapping[str, str]:
    """The statements by name, as ``Inventory.statements`` describes them.

    An element of the page makes a statement where it has the attribute ``data-statement``: the text of the
    element, or its ``value`` where it has one.
    """
    date = {"date": text} if (text := dated(document)) else {}
    return {**date, **_gate(cut, options), **_study(options.study), **_cited(citations)}


def _gate(cut: Cut | None, options: Options) -> Mapping[str, str]:
    """The numbers of the line that asks a reader to sign up: those that its words have a place for."""
    if cut is None or cut.share >= 1:
        return {}
    numbers = {"percent": str(cut.percent), "sections": str(cut.sections)}
    line = options.preview.call.line or ("{percent} {sections}" if cut.sections else "{percent}")
    return {name: number for name, number in numbers.items() if f"{{{name}}}" in line}


def _study(study: Study) -> Mapping[str, str]:
    """The study notes: each text, each term with its meaning, each question."""
    said = {f"study-{name}": getattr(study, name) for name in ("summary", "technique", "structure")}
    for number, (term, meaning) in enumerate(study.terms, 1):
        said[f"study-term-{number}"] = f"{term}: {meaning}" if meaning else term
    said |= {f"study-question-{number}": question for number, question in enumerate(study.questions, 1)}
    return {name: text for name, text in said.items() if text.strip()}


def _cited(citations: Sequence[CiteAs]) -> Mapping[str, str]:
    """How to cite the paper, in each style."""
    return {f"cite-{entry.style}": ast.plain(list(entry.inlines)) for entry in citations}
