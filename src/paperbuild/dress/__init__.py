"""Dressing: what a layout changes of a resolved document before a paged format shows it.

A layout asks for more than looks: a title page, another title over the reference list, a caption in two
lines. Such things are words, which must be promised like all others; so they are made part of the document
here, once for all formats on pages, from the layout's description.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from paperbuild.config import Options
from paperbuild.dress import (
    captions,
    continued,
    emphasis,
    front,
    headings,
    links_back,
    mentions,
    paragraphs,
    places,
    references,
    study,
    summary,
    tables,
    wide,
)
from paperbuild.layouts import Layout
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc.ast import Node

__all__ = ["dressed"]


def dressed(document: ResolvedDocument, options: Options, layout: Layout) -> ResolvedDocument:
    """The document as this layout shows it on pages."""
    blocks: Sequence[Node] = references.titled(document.blocks, document.terms, layout.references)
    opening = front.opening(document, options, layout)
    if layout.study.summary:
        document = replace(document, blocks=tuple(blocks), toc=False, links_back=False)
        blocks = summary.blocks_of(document, options.study, layout)
        opening = summary.without_dead_links(opening, blocks)
    else:
        blocks = _text(blocks, document, options, layout)
    opening, body = (
        emphasis.shown(places.bound(mentions.spelled(part, layout, document.lang)), layout.setting)
        for part in (opening, (*front.again(document, layout), *blocks))
    )
    shown = replace(document, opening=opening, blocks=body)
    return links_back.linked(shown) if shown.links_back else shown


def _text(
    blocks: Sequence[Node], document: ResolvedDocument, options: Options, layout: Layout
) -> Sequence[Node]:
    """The paper's text with what the layout puts into words of its own."""
    blocks = tables.known(captions.worded(blocks, layout, document.lang))
    numbered = layout.study.numbered_paragraphs
    if numbered or layout.setting.indent_first:
        blocks = continued.marked(blocks)
    if numbered:
        blocks = paragraphs.numbered(blocks)
    blocks = study.added(blocks, options.study, layout.study, document.lang)
    return wide.spread(headings.run_in(blocks, layout), layout)
