"""The HTML page that becomes the PDF: title block, contents, body."""

from __future__ import annotations

from html import escape

from paperbuild import html
from paperbuild.formats.pdf.numbered import placed
from paperbuild.html import Target
from paperbuild.layouts import Layout
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast


def page(document: ResolvedDocument, layout: Layout, target: Target) -> str:
    """The whole page as HTML that is also XML."""
    front = document.front
    opening = html.write_blocks(document.opening, target)
    blocks = placed(document.blocks, layout, document.mathml)
    body = html.write_blocks(blocks, target, sections=layout.page.columns == 1, after=opening).html
    contents = _contents(document, target) if document.toc else ""
    if contents and layout.title_block.kind == "page":
        contents += '<div class="page-break"></div>\n'
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
    header = f'<header class="title-block">\n{opening.html}</header>\n' if document.opening else ""
    flow = f'<div class="columns">\n{body}</div>\n' if layout.page.columns > 1 else body
    return (
        f'<html lang="{escape(document.lang)}"{direction}>\n<head>\n<meta charset="utf-8"/>\n'
        f"<title>{title}</title>\n{metas}</head>\n<body>\n<main>\n"
        f"{header}{contents}{flow}</main>\n</body>\n</html>\n"
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
