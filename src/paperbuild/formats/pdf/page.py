"""The HTML page that becomes the PDF: title block, contents, body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from paperbuild import html
from paperbuild.config import Options
from paperbuild.html import Target
from paperbuild.layouts import Layout
from paperbuild.model import FrontMatter, ResolvedDocument
from paperbuild.pandoc import ast


def page(document: ResolvedDocument, options: Options, layout: Layout, target: Target) -> str:
    """The whole page as HTML that is also XML."""
    front = document.front
    title_line = html.write_blocks([{"t": "Plain", "c": list(front.title)}], target)
    abstract = html.write_blocks(front.abstract, target, after=title_line)
    body = html.write_blocks(document.blocks, target, sections=True, after=abstract).html
    header = _title_block(document, options, layout, target, title_line.html, abstract.html)
    contents = _contents(document, target) if document.toc else ""
    title = escape(ast.plain(front.title) or document.slug)
    metas = "".join(
        f'<meta name="{name}" content="{escape(value)}"/>\n'
        for name, value in [
            *(("author", author.name) for author in front.authors),
            ("keywords", ", ".join(front.keywords)),
            ("generator", "paperbuild"),
        ]
        if value
    )
    direction = ' dir="rtl"' if document.rtl else ""
    return (
        f'<html lang="{escape(document.lang)}"{direction}>\n<head>\n<meta charset="utf-8"/>\n'
        f"<title>{title}</title>\n{metas}</head>\n<body>\n<main>\n"
        f"{header}{contents}{body}</main>\n</body>\n</html>\n"
    )


def _title_block(
    document: ResolvedDocument, options: Options, layout: Layout, target: Target, title: str, abstract: str
) -> str:
    makers: Mapping[str, Callable[[], str]] = {
        "title": lambda: _line("title", title),
        "subtitle": lambda: _line("subtitle", html.write_inlines(document.front.subtitle, target)),
        "author": lambda: _authors(document.front),
        "affiliation": lambda: _affiliations(document.front),
        "date": lambda: _line("date", html.write_inlines(document.front.date, target)),
        "course": lambda: _line("details", escape(options.course)),
        "instructor": lambda: _line("details", escape(options.instructor)),
        "institution": lambda: _line("details", escape(options.institution)),
        "due": lambda: _line("details", escape(options.due)),
        "abstract": lambda: _abstract(document, abstract),
        "keywords": lambda: _keywords(document),
    }
    inner = "".join(makers[name]() for name in layout.title_block.lines)
    return f'<header class="title-block {layout.title_block.kind}">\n{inner}</header>\n' if inner else ""


def _line(name: str, words: str) -> str:
    return f'<p class="{name}">{words}</p>\n' if words else ""


def _authors(front: FrontMatter) -> str:
    places = _places(front)
    marks = len(places) > 1
    names = []
    for author in front.authors:
        numbers = ",".join(str(places.index(place) + 1) for place in author.affiliations) if marks else ""
        names.append(escape(author.name) + (f"<sup>{numbers}</sup>" if numbers else ""))
    return _line("author", ", ".join(names))


def _places(front: FrontMatter) -> list[str]:
    return list(dict.fromkeys(place for author in front.authors for place in author.affiliations))


def _affiliations(front: FrontMatter) -> str:
    places = _places(front)
    return "".join(
        _line("affiliation", (f"<sup>{number}</sup> " if len(places) > 1 else "") + escape(place))
        for number, place in enumerate(places, 1)
    )


def _abstract(document: ResolvedDocument, words: str) -> str:
    title = _line("abstract-title", escape(document.terms["abstract"]))
    return f'<div class="abstract">\n{title}{words}</div>\n' if words else ""


def _keywords(document: ResolvedDocument) -> str:
    words = escape(", ".join(document.front.keywords))
    return (
        f'<p class="keywords"><em>{escape(document.terms["keywords"])}:</em> {words}</p>\n' if words else ""
    )


def _contents(document: ResolvedDocument, target: Target) -> str:
    entries = []
    for node in ast.iterate(document.blocks, into_notes=False):
        if node["t"] == "Header" and node["c"][0] <= document.toc_depth:
            level, attr, inlines = node["c"]
            words = html.write_inlines(
                ast.rewrite(inlines, lambda n: n["c"][1] if n["t"] in {"Link", "Cite"} else None), target
            )
            entries.append(
                f'<li class="level{min(level, 3)}"><a href="#{escape(attr[0])}">{words}</a></li>\n'
            )
    if not entries:
        return ""
    title = f'<p class="contents-title">{escape(document.terms["contents"])}</p>\n'
    return f'<nav class="contents">\n{title}<ul>\n{"".join(entries)}</ul>\n</nav>\n'
