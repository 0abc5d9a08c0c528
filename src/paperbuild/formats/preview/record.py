"""``SLUG.preview.json``: what a CMS or a site's index needs of a preview, and nothing that is withheld."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from paperbuild import __version__, equations, html
from paperbuild.config import Options
from paperbuild.formats.base import CiteAs, Cut, Prepared
from paperbuild.formats.preview.about import Person, iso, people, published
from paperbuild.formats.preview.metadata import facts, json_ld, links, metas
from paperbuild.html import Target
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

SUFFIX = ".preview.json"
SCHEMA = "paperbuild-preview/1"
"""Described in docs/preview.md, "The record". The number rises where a key goes or means another thing."""


def record(prepared: Prepared, options: Options, fragment: str) -> bytes:
    """The record as JSON in UTF-8, the same to the byte for the same preview.

    ``fragment`` is the article as HTML. Every key is always there; it is empty where the paper says nothing.
    """
    document = prepared.document
    values = {
        "schema": SCHEMA,
        "generator": f"paperbuild {__version__}",
        "slug": document.slug,
        **_paper(document),
        "study": _study(options),
        "shown": _shown(prepared),
        "remaining": _remaining(prepared.cut),
        "references": [
            {"key": reference.key, "text": _line(reference.inlines)} for reference in document.references
        ],
        "citations": [_citation(entry, document) for entry in prepared.citations],
        "addresses": {
            "canonical": options.preview.canonical or "",
            "sign_up": options.preview.sign_up,
            "log_in": options.preview.log_in,
        },
        "head": _head(prepared, options),
        "html": fragment,
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def _paper(document: ResolvedDocument) -> dict[str, Any]:
    front, date = document.front, published(document)
    return {
        "title": _line(front.title) or document.slug,
        "subtitle": _line(front.subtitle),
        "authors": [_author(person) for person in people(document)],
        "date": {"text": _line(front.date), "iso": iso(date) if date else ""},
        "lang": document.lang,
        "dir": "rtl" if document.rtl else "ltr",
        "abstract": {"text": _line(front.abstract), "html": _abstract(document)},
        "keywords": list(front.keywords),
    }


def _author(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "family": person.family,
        "given": person.given,
        "suffix": person.suffix,
        "affiliations": list(person.affiliations),
        "orcid": person.orcid,
    }


def _study(options: Options) -> dict[str, Any]:
    study = options.study
    return {
        "summary": study.summary,
        "technique": study.technique,
        "structure": study.structure,
        "questions": list(study.questions),
        "terms": [{"term": term, "meaning": meaning} for term, meaning in study.terms],
    }


def _shown(prepared: Prepared) -> dict[str, Any]:
    """The share of the text, in per cent as the page says it, and the sections that have a beginning there.

    How many words the paper has is not told, nor how many are withheld.
    """
    cut = prepared.cut
    return {
        "percent": 100 if cut is None or cut.share >= 1 else cut.percent,
        "sections": list(_sections(prepared.document)),
    }


def _sections(document: ResolvedDocument) -> Iterator[dict[str, Any]]:
    for node in ast.iterate(document.blocks, into_notes=False):
        if node["t"] == "Header":
            level, attr, inlines = node["c"]
            yield {"level": level, "id": attr[0], "title": _line(inlines)}


def _remaining(cut: Cut | None) -> dict[str, Any]:
    """How many sections are withheld, and their titles where the paper's options show them."""
    titles = cut.outline if cut else ()
    return {
        "sections": cut.sections if cut else 0,
        "titles": [{"level": level, "title": title} for level, title in titles],
    }


def _citation(entry: CiteAs, document: ResolvedDocument) -> dict[str, str]:
    return {
        "style": entry.style,
        "label": entry.label,
        "text": ast.plain(entry.inlines).strip(),
        "html": html.write_inlines(entry.inlines, _target(document)),
    }


def _head(prepared: Prepared, options: Options) -> dict[str, Any]:
    known = facts(prepared, options, members=False)
    return {
        "title": known.title,
        "meta": [{meta.attribute: meta.name, "content": meta.content} for meta in metas(known)],
        "links": [{"rel": link.rel, "href": link.href} for link in links(known)],
        "json_ld": json_ld(known),
    }


def _abstract(document: ResolvedDocument) -> str:
    """The abstract as HTML that can stand alone: without notes, links within the page, and pictures."""
    alone = ast.rewrite(list(document.front.abstract), _alone)
    return html.write_blocks(alone, _target(document)).html.strip()


def _alone(node: Node) -> ast.Rewritten:
    if node["t"] == "Note":
        return []
    if node["t"] == "Link" and node["c"][2][0].startswith("#"):
        return list(node["c"][1])
    return None


def _target(document: ResolvedDocument) -> Target:
    def equation(node: Node) -> str:
        return document.mathml.get(equations.key(node)) or f"<code>{escape(equations.tex(node))}</code>"

    return Target(lambda _: None, equation)


def _line(nodes: Any) -> str:
    return " ".join(ast.plain(nodes).split())
