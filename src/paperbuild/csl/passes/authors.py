"""Who wrote a work, apart from the rest of its citation: Kelsen (1957), Kelsen [3]."""

from __future__ import annotations

from dataclasses import replace

from paperbuild.csl.requests import CiteRequest, Cluster
from paperbuild.csl.style.nodes import CompiledStyle, EtAl, Names, Text
from paperbuild.csl.text.surgery import find
from paperbuild.csl.text.tree import Child, Rich

NAMED = ("names", "substitute")
"""The tags of names, and of what stands in for them."""


def named(tree: Child) -> Rich | None:
    """The names that a cite begins with, or what stands in for them."""
    return find(tree, *NAMED)


def by_mode(cluster: Cluster) -> tuple[CiteRequest, ...]:
    """The cites as the citation's mode has them: the first without its author, or with nothing else."""
    if not cluster.mode or not cluster.cites:
        return cluster.cites
    first, *rest = cluster.cites
    if cluster.mode == "author-only":
        return (replace(first, author_only=True),)
    return (replace(first, suppress_author=True), *rest)


def author_names(style: CompiledStyle) -> Names:
    """``cs:names`` with the author's short names, for styles whose citations have none."""
    locale, inherited = style.locale, style.citation.name
    options = replace(
        inherited,
        form="short",
        and_=inherited.and_ or locale.term("and") or "",
        et_al_min=inherited.et_al_min or 3,
        et_al_use_first=inherited.et_al_use_first or 1,
        name_as_sort_order="",
    )
    et_al = EtAl(locale.term("et-al") or "")
    others = tuple(Names((role,), options, et_al) for role in ("editor", "translator"))
    return Names(("author",), options, et_al, substitute=(*others, Text("variable", "title", "short")))
