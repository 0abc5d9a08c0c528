"""Dressing: what a layout changes of a resolved document before a paged format shows it.

A layout asks for more than looks: a title page, another title over the reference list, a caption in two
lines. Such things are words, which must be promised like all others; so they are made part of the document
here, once for all formats on pages, from the layout's description.
"""

from __future__ import annotations

from dataclasses import replace

from paperbuild.config import Options
from paperbuild.dress import captions, front, headings, links_back, references, wide
from paperbuild.layouts import Layout
from paperbuild.model import ResolvedDocument

__all__ = ["dressed"]


def dressed(document: ResolvedDocument, options: Options, layout: Layout) -> ResolvedDocument:
    """The document as this layout shows it on pages."""
    blocks = references.titled(document.blocks, document.terms, layout.references)
    blocks = captions.worded(blocks, layout, document.lang)
    blocks = wide.spread(headings.run_in(blocks, layout), layout)
    dressed_up = replace(
        document,
        opening=front.opening(document, options, layout),
        blocks=(*front.again(document, layout), *blocks),
    )
    return links_back.linked(dressed_up) if document.links_back else dressed_up
