"""Cross-references: figures, tables, equations, listings, sections and theorems, numbered once and named in
the text.

Read are pandoc-crossref's and pandoc-xnos' ``@fig:x``, Quarto's ``@fig-x``, bookdown's ``\\@ref(fig:x)``,
MyST's roles and links without words, and LaTeX's ``\\label`` with ``\\ref``, ``\\autoref``, ``\\cref``,
``\\eqref``, ``\\nameref`` and their kin. The numbers are text from here on.

In the AST that leaves this package, captions begin with a ``Span.caption-label``, labelled theorems with a
``Span.theorem-label``, numbered headings with a ``Span.section-number``; a labelled equation stands in a
``Span.equation`` with its ``Span.equation-number``. Every reference is a ``Link.cross-reference`` to
``#id``, around a number or a word and a number («Figure 1»); of several things of one kind, each number is a
link («Figures 1 and 3»), of a row of three or more the first and the last («Figures 1–3»).
"""

from __future__ import annotations

from collections.abc import Mapping

from paperbuild.locate import Locator
from paperbuild.model import Finding
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.resolve.crossref import blocks as first_pass
from paperbuild.resolve.crossref import references
from paperbuild.resolve.crossref.numbering import Numbering
from paperbuild.resolve.terms import plurals, theorems

__all__ = ["number"]


def number(
    blocks: list[Node],
    terms: Mapping[str, str],
    keys: frozenset[str],
    locator: Locator,
    *,
    lang: str,
    number_sections: bool = False,
) -> tuple[list[Node], tuple[Finding, ...]]:
    """The blocks with numbers in captions, equations and headings, and references to them resolved.

    ``keys`` are the bibliography's: a key that is in it is a citation whatever it looks like.
    A reference that leads nowhere is an error finding, and stands as ``[@fig:x?]``; a label that stands
    twice, something without a caption that is referred to, and a reference to a page are warnings.
    """
    levels = [node["c"][0] for node in ast.iterate(blocks) if node["t"] == "Header"]
    numbering = Numbering(
        {**terms, **theorems(lang)},
        plurals(lang),
        lang,
        number_sections,
        locator,
        references.wanted(blocks, keys),
        min(levels, default=1),
    )
    labelled = first_pass.numbered(blocks, numbering)
    resolved = references.resolved(labelled, numbering, keys)
    return resolved, tuple(dict.fromkeys(numbering.findings))
