"""The resolve stage on one screen: cross-references, citations, reference list, equations, pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from paperbuild import callouts, csl, equations, images
from paperbuild.locate import Locator
from paperbuild.model import (
    OWN_TITLE,
    CitationStyle,
    Document,
    Finding,
    Image,
    Reference,
    ResolvedDocument,
)
from paperbuild.pandoc import ast, metadata
from paperbuild.pandoc.ast import Node
from paperbuild.paywall import PAYWALL, is_mark, unmarked
from paperbuild.resolve import citations, crossref, links
from paperbuild.resolve.front import front_matter
from paperbuild.resolve.terms import right_to_left, terms

_TITLE, _ABSTRACT = "paperbuild-title", "paperbuild-abstract"
_SHOWN = 8
_ID = re.compile(r"[^\w.-]+")


def resolve(document: Document, style: csl.Style) -> ResolvedDocument:
    """The document with everything resolved, once, for all formats."""
    meta = document.meta
    locator = Locator(document.sources)
    lang = _language(meta)
    words = terms(lang)
    items = {str(item["id"]): item for item in document.references}
    numbered = bool(metadata.value(meta.get("number-sections") or meta.get("numbersections")))
    blocks, from_numbers = crossref.number(
        callouts.labelled(_with_front(document), lang),
        words,
        frozenset(items),
        locator,
        lang=lang,
        number_sections=numbered,
    )
    nocite, from_nocite = _nocite(meta, items, locator)
    # without a language of its own, the document leaves that of its references to the style
    said = lang if "lang" in meta else ""
    resolved = citations.resolve(blocks, style, items, nocite, said, locator)
    listed = not metadata.value(meta.get("suppress-bibliography"))
    title, abstract, body = _without_front(resolved.blocks if listed else citations.unlinked(resolved.blocks))
    if listed:
        body = _with_references(
            body, resolved.references, metadata.inlines(meta.get("reference-section-title")), words
        )
        if right_to_left(lang):
            body = ast.rewrite(body, _directed)
    title, abstract, body = ast.rewrite([title, abstract, body], _simple_note)
    body = _with_ids(_with_single_breaks(body))
    body, from_links = links.without_dead(body, abstract, locator)
    (title, abstract, body), from_files = links.without_local([title, abstract, body], locator)
    mathml, from_equations = _equations([title, abstract, body], locator)
    title, abstract, body = _with_tex([title, abstract, body], mathml)
    pictures, from_pictures = _pictures(document, [title, abstract, body], locator)
    title, abstract, body = _without_missing([title, abstract, body], pictures, words["missing_picture"])
    return ResolvedDocument(
        slug=document.slug,
        folder=document.folder,
        front=front_matter(document, tuple(title), tuple(abstract)),
        blocks=tuple(body),
        references=resolved.references if _has_list(body) else (),
        lang=lang,
        rtl=right_to_left(lang) or metadata.value(meta.get("dir")) == "rtl",
        hanging_indent=style.hanging_indent,
        mathml=mathml,
        images=pictures,
        terms=words,
        works=_works([*citations.cited_keys(blocks), *nocite], items),
        citation_style=CitationStyle(
            style.identifier, csl.locale(style, said), style.note, style.has_bibliography
        ),
        toc=bool(metadata.value(meta.get("toc"))),
        toc_depth=_depth(meta),
        number_sections=numbered,
        sources=document.sources,
        findings=(
            *document.findings,
            *from_numbers,
            *resolved.findings,
            *from_nocite,
            *_entry_findings(citations.cited_keys(blocks), nocite, items, locator),
            *from_equations,
            *from_pictures,
            *from_links,
            *from_files,
        ),
    )


def _language(meta: metadata.Meta) -> str:
    found = metadata.value(meta.get("lang"))
    return found.replace("_", "-") if isinstance(found, str) and found.strip() else "en-US"


def _depth(meta: metadata.Meta) -> int:
    found = metadata.value(meta.get("toc-depth"))
    return min(max(int(found), 1), 6) if isinstance(found, str) and found.isdigit() else 3


def _with_front(document: Document) -> list[Node]:
    """Title, abstract and body as one tree, so that their notes and citations are numbered together."""
    thanks = metadata.blocks(document.meta.get("thanks"))
    note: list[Node] = [{"t": "Note", "c": list(thanks)}] if thanks else []
    note += [node for node in ast.iterate(document.meta.get("subtitle")) if node["t"] == "Note"]
    title = ast.para([*metadata.inlines(document.meta.get("title")), *note])
    abstract = metadata.blocks(document.meta.get("abstract"))
    return [ast.div([title], _TITLE), ast.div(abstract, _ABSTRACT), *document.blocks]


def _without_front(blocks: list[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    title, abstract, *body = blocks
    return title["c"][1][0]["c"], abstract["c"][1], body


def _simple_note(node: Node) -> ast.Rewritten:
    """A note with what every format has in notes: another note in brackets, a figure as picture and words."""

    def change(inner: Node) -> ast.Rewritten:
        if inner["t"] == "Figure":
            (name, names, _), (_, caption), shown = inner["c"]
            loose = [*_loose(shown), *_loose(caption)]
            return [ast.div(loose, name, *names)] if name else loose
        if inner["t"] != "Note":
            return None
        words: list[Node] = []
        for block in inner["c"]:
            said = block["c"] if block["t"] in {"Para", "Plain"} else ast.text(ast.plain(block))
            words += [{"t": "Space"}, *said] if words else said
        return [{"t": "Space"}, {"t": "Str", "c": "("}, *words, {"t": "Str", "c": ")"}]

    return {"t": "Note", "c": ast.rewrite(node["c"], change)} if node["t"] == "Note" else None


def _nocite(
    meta: metadata.Meta, items: Mapping[str, Any], locator: Locator
) -> tuple[list[str], list[Finding]]:
    """The keys under ``nocite``, where ``@*`` stands for every entry; an error for each that is unknown."""
    keys = [
        cite["citationId"]
        for node in ast.iterate(meta.get("nocite"))
        if node["t"] == "Cite"
        for cite in node["c"][0]
    ]
    if "*" in keys:
        return list(items), []
    words = ast.plain(meta.get("nocite")).strip()
    if not keys and words:
        said = f"nocite names no entry of the bibliography: «{words[:60]}»"
        where = locator.literal("nocite:")
        return [], [Finding("error", "citations", said, where, "write @ before each key")]
    findings = [
        Finding(
            "error",
            "citations",
            f"{key} under nocite is not in the bibliography",
            locator.key(key),
            f"nearest: {', '.join(get_close_matches(key, items, 3)) or 'none; add it to the bibliography'}",
        )
        for key in keys
        if key not in items
    ]
    return [key for key in keys if key in items], findings


def _works(keys: Sequence[str], items: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    return {key: csl.as_data(key, items[key]) for key in dict.fromkeys(keys) if key in items}


# -- the reference list ----------------------------------------------------------------------------------


def _with_references(
    body: list[Node], references: Sequence[Reference], given: Sequence[Node], words: Mapping[str, str]
) -> list[Node]:
    """The body with the reference list at ``::: {#refs}``, or at its end under a title: the ``given`` one,
    or one of our own, which a layout may put in other words.

    A heading that ends the manuscript is taken for the list's own.
    """
    made = ast.div([_entry(reference) for reference in references], "refs", "references")
    if any(node["t"] == "Div" and ast.identifier(node) == "refs" for node in ast.iterate(body)):
        return ast.rewrite(  # type: ignore[no-any-return]
            body, lambda node: made if node["t"] == "Div" and ast.identifier(node) == "refs" else None
        )
    if not references:
        return body
    if body and body[-1]["t"] == "Header":
        return [*body, made]
    level = min((node["c"][0] for node in body if node["t"] == "Header"), default=1)
    title = list(given) or ast.text(words["references"])
    own = () if given else (OWN_TITLE,)
    return [*body, ast.header(level, title, "bibliography", "unnumbered", *own), made]


def _entry(reference: Reference) -> Node:
    return ast.div([ast.para(reference.inlines)], reference.anchor, "csl-entry")


def _directed(node: Node) -> ast.Rewritten:
    """An entry without a letter that runs from right to left, set from left to right."""
    if node["t"] != "Div" or "csl-entry" not in ast.classes(node):
        return None
    if any(unicodedata.bidirectional(char) in {"R", "AL"} for char in ast.plain(node)):
        return None
    (name, classes, pairs), blocks = node["c"]
    return {"t": "Div", "c": [[name, classes, [*pairs, ["dir", "ltr"]]], blocks]}


def _has_list(body: list[Node]) -> bool:
    return any(node["t"] == "Div" and ast.identifier(node) == "refs" for node in ast.iterate(body))


def _entry_findings(
    cited: Sequence[str], nocite: Sequence[str], items: Mapping[str, Mapping[str, Any]], locator: Locator
) -> list[Finding]:
    findings: list[Finding] = []
    for key in (key for key in dict.fromkeys([*cited, *nocite]) if key in items):
        item = items[key]
        if not (item.get("title") or item.get("title-short")):
            findings.append(
                Finding("warning", "references", f"the entry {key} has no title", locator.key(key))
            )
        if not item.get("issued"):
            findings.append(Finding("info", "references", f"the entry {key} has no date", locator.key(key)))
    unused = [key for key in items if key not in {*cited, *nocite}]
    if unused and len(unused) == len(items):
        said = "nothing of the bibliography is cited, so that there is no list of references"
        where = locator.literal("bibliography:") or locator.literal("references:")
        hint = "cite with [@KEY], or write  nocite: '@*'  to list every entry"
        findings.append(Finding("warning", "references", said, where, hint))
    elif unused:
        more = f" and {len(unused) - _SHOWN} more" if len(unused) > _SHOWN else ""
        names = ", ".join(unused[:_SHOWN])
        count = f"{len(unused)} entries of the bibliography are" if len(unused) > 1 else "1 entry is"
        findings.append(Finding("info", "references", f"{count} never cited: {names}{more}"))
    return findings


# -- links, ids, equations, pictures --------------------------------------------------------------------


def _with_single_breaks(body: list[Node]) -> list[Node]:
    """The blocks without page breaks directly after another, which would leave a page empty."""
    breaks = [block["t"] == "Div" and "page-break" in ast.classes(block) for block in body]
    return [
        block
        for index, block in enumerate(body)
        if not (breaks[index] and (index == 0 or breaks[index - 1]) and not block["c"][1])
    ]


def _with_ids(blocks: list[Node]) -> list[Node]:
    """The blocks with a unique id for every heading."""
    used: set[str] = {ast.identifier(n) for n in ast.iterate(blocks) if n["t"] != "Header"} - {""}

    def change(node: Node) -> ast.Rewritten:
        if node["t"] != "Header":
            return None
        level, attr, inlines = node["c"]
        base = attr[0] or _ID.sub("-", ast.plain(inlines).lower()).strip("-") or "section"
        name, number = base, 1
        while name in used:
            name, number = f"{base}-{number}", number + 1
        used.add(name)
        return {"t": "Header", "c": [level, [name, attr[1], attr[2]], inlines]}

    return ast.rewrite(blocks, change)  # type: ignore[no-any-return]


def _equations(trees: list[Any], locator: Locator) -> tuple[Mapping[str, str], list[Finding]]:
    mathml, reasons = equations.to_mathml(trees)
    findings = []
    for name, reason in reasons.items():
        source = name.split(" ", 1)[1]
        findings.append(
            Finding(
                "warning",
                "equations",
                f"a formula can't be set and stands as TeX: {' '.join(reason.split())[:160]}",
                locator.literal(source),
                "write it with commands that pandoc knows",
            )
        )
    return mathml, findings


def _with_tex(trees: list[list[Node]], mathml: Mapping[str, str]) -> list[list[Node]]:
    """The trees with every formula that can't be set shown as its TeX source."""

    def change(node: Node) -> ast.Rewritten:
        if node["t"] != "Math" or equations.key(node) in mathml:
            return None
        source = {"t": "Code", "c": [ast.attr(), equations.tex(node)]}
        return ast.span([source], "", "math-source")

    return [ast.rewrite(tree, change) for tree in trees]


def _without_missing(trees: list[list[Node]], pictures: Mapping[str, Image], words: str) -> list[list[Node]]:
    """The trees with words in brackets where a picture can't be had, so that every format shows the gap."""

    def change(node: Node) -> ast.Rewritten:
        if node["t"] != "Image" or node["c"][2][0] in pictures:
            return None
        name = ast.alternative_text(node) or node["c"][2][0]
        gap = ast.span(ast.text(f"[{words}: {name}]"), "", "missing-picture")
        # The words are those on both sides of a mark in the description: it must not stand behind any.
        return [ast.span([], "", PAYWALL), gap] if any(map(is_mark, ast.iterate(node["c"][1]))) else gap

    def unframe(node: Node) -> ast.Rewritten:
        """A figure without a picture is no figure: what stands in it, and its caption as a paragraph."""
        gap = any("missing-picture" in ast.classes(n) for n in ast.iterate(node) if n["t"] == "Span")
        if node["t"] != "Figure" or not gap or any(n["t"] == "Image" for n in ast.iterate(node["c"][2])):
            return None
        (name, names, _), (_, caption), inner = node["c"]
        # A caption is its picture's description as well: one mark in it would otherwise be two.
        said = unmarked(caption) if any(map(is_mark, ast.iterate(inner))) else caption
        return ast.div([*_loose(inner), *_loose(said)], name, *names)

    return [ast.rewrite(ast.rewrite(tree, change), unframe) for tree in trees]


def _loose(blocks: Sequence[Node]) -> list[Node]:
    return [ast.para(block["c"]) if block["t"] == "Plain" else block for block in blocks]


def _pictures(
    document: Document, trees: list[Any], locator: Locator
) -> tuple[Mapping[str, Image], list[Finding]]:
    folders: list[Path] = [document.folder, *dict.fromkeys(source.path.parent for source in document.sources)]
    found: dict[str, Image] = {}
    findings: list[Finding] = []
    targets = dict.fromkeys(node["c"][2][0] for node in ast.iterate(trees) if node["t"] == "Image")
    for target in targets:
        try:
            found[target] = images.load(target, folders, document.media)
        except images.NoPicture as reason:
            message, hint = reason.args
            findings.append(Finding("error", "images", message, locator.literal(target), hint))
    return found, findings
