"""The preview's writer: one HTML file that holds its style, pictures and equations."""

from __future__ import annotations

import base64
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from paperbuild import equations, html
from paperbuild.config import Options
from paperbuild.formats.base import Cut, Prepared, Written
from paperbuild.html import Target
from paperbuild.html.code import style_rules
from paperbuild.layouts import Layout
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_HERE = Path(__file__).parent
_MATH = re.compile(r"^<math\b")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def write(prepared: Prepared, options: Options, layout: Layout) -> Written:
    """The page's bytes (UTF-8)."""
    del layout
    document = prepared.document
    target = _target(document)
    own, listed = _body_and_references(document)
    title = html.write_blocks([{"t": "Plain", "c": list(document.front.title)}], target)
    abstract = html.write_blocks(document.front.abstract, target, after=title)
    body = html.write_blocks(own, target, sections=True, after=abstract)
    references = html.write_blocks(listed, target).html
    page = (
        _environment()
        .get_template("page.html.j2")
        .render(
            document=document,
            front=document.front,
            terms=document.terms,
            title=ast.plain(document.front.title) or document.slug,
            title_html=Markup(title.html),  # noqa: S704 - escaped by our writer
            subtitle=ast.plain(document.front.subtitle),
            authors=", ".join(author.name for author in document.front.authors),
            date=ast.plain(document.front.date),
            description=" ".join(ast.plain(document.front.abstract).split())[:300],
            abstract=Markup(abstract.html),  # noqa: S704
            contents=_contents(document),
            body=Markup(body.html),  # noqa: S704
            notes=[Markup(note) for note in (*title.notes, *abstract.notes, *body.notes)],  # noqa: S704
            references=Markup(references),  # noqa: S704
            study=options.study,
            preview=options.preview,
            gate=_gate(prepared.cut),
            style=Markup(_style(body.html + references)),  # noqa: S704
        )
    )
    return Written(page.encode())


def _target(document: ResolvedDocument) -> Target:
    def picture(name: str) -> str | None:
        image = document.images.get(name)
        if image is None:
            return None
        return f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"

    def equation(node: Node) -> str:
        source = equations.tex(node)
        mathml = document.mathml.get(equations.key(node))
        if mathml is None:
            return f"<code>{escape(source)}</code>"
        return _MATH.sub(lambda _: f'<math alttext="{escape(source)}"', mathml, count=1)

    return Target(picture, equation, heading_shift=1)


def _body_and_references(document: ResolvedDocument) -> tuple[list[Node], list[Node]]:
    """The body, and the reference list with its heading where they end the paper.

    A list that something follows stays where its author put it.
    """
    blocks = list(document.blocks)
    if blocks and blocks[-1]["t"] == "Div" and ast.identifier(blocks[-1]) == "refs":
        start = len(blocks) - (2 if len(blocks) > 1 and blocks[-2]["t"] == "Header" else 1)
        return blocks[:start], blocks[start:]
    return blocks, []


def _contents(document: ResolvedDocument) -> list[dict[str, Any]]:
    """Level, id and title of each section that is shown, to the depth asked for."""
    if not document.toc:
        return []
    nodes = ast.iterate(document.blocks, into_notes=False)
    headings = [node["c"] for node in nodes if node["t"] == "Header"]
    top = min((level for level, _, _ in headings), default=1)
    return [
        {"level": level - top + 1, "id": attr[0], "title": ast.plain(inlines)}
        for level, attr, inlines in headings
        if level <= document.toc_depth
    ]


def _gate(cut: Cut | None) -> dict[str, Any] | None:
    """The numbers of the line that asks the reader to sign up; None where everything is shown."""
    if cut is None or cut.share >= 1:
        return None
    return {
        "percent": min(max(round(cut.share * 100), 1), 99),
        "sections": cut.sections,
        "references": cut.references,
    }


def _style(body: str) -> str:
    sheet = (_HERE / "page.css").read_text(encoding="utf-8")
    widths = sorted({int(n) for n in re.findall(r'class="[^"]*?\bw-(\d{1,3})\b', body)})
    rules = "\n".join(f".w-{width} {{ width: {width}%; }}" for width in widths)
    code = style_rules(".code") if 'class="code"' in body else ""
    return f"{sheet}\n{code}\n{rules}".replace("</", "<\\/")
