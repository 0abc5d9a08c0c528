"""The preview's writer: one HTML file that holds its style, pictures and equations."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from paperbuild import equations, html
from paperbuild.config import Options
from paperbuild.formats.base import CiteAs, Cut, Prepared, Written
from paperbuild.formats.preview import about
from paperbuild.formats.preview.cite import EXPORTS
from paperbuild.formats.preview.contents import contents, locked
from paperbuild.formats.preview.metadata import head
from paperbuild.formats.preview.record import SUFFIX, record
from paperbuild.formats.preview.theme import Theme, load
from paperbuild.formats.preview.words import Words, words
from paperbuild.html import Target
from paperbuild.layouts import Layout
from paperbuild.model import Finding, PaperbuildError, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_MATH = re.compile(r"^<math\b")
_HEAD = re.compile(r"<head\b[^>]*>\s*(?:<meta charset=[^>]*>\s*)?", re.IGNORECASE)
_INLINE = re.compile(r"<(style|script)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_DATA_BLOCK = re.compile(r"\btype\s*=\s*[\"']?application/(?:ld\+)?json", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page, and of it the article alone."""

    text: str
    article: str
    findings: tuple[Finding, ...]


def write(prepared: Prepared, options: Options, layout: Layout) -> Written:
    """The preview's bytes (UTF-8), and beside it its record for a CMS."""
    del layout
    page = _page(prepared, options, members=False)
    besides = {SUFFIX: record(prepared, options, page.article)}
    return Written(page.text.encode(), page.findings, besides)


def write_page(prepared: Prepared, options: Options, layout: Layout) -> Written:
    """The bytes of the members' page (UTF-8)."""
    del layout
    page = _page(prepared, options, members=True)
    return Written(page.text.encode(), page.findings)


def _page(prepared: Prepared, options: Options, *, members: bool) -> Page:
    document = prepared.document
    theme = load(options.preview.theme, document.folder)
    own = words(document.lang)
    values = {
        **_paper(document, own),
        **_furniture(prepared, options, own),
        "head": head(prepared, options, members=members),
        "members": members,
        "script": Markup(theme.script),  # noqa: S704 - of the installed theme
    }
    values["style"] = Markup(_style(theme, values["body"] + values["references"]))  # noqa: S704
    page = with_policy(theme.render(values))
    start, end = page.find("<article"), page.rfind("</article>")
    if not 0 <= start < end:
        raise PaperbuildError(
            "the theme's page has no article",
            where=str(theme.folder or ""),
            hint='begin its page.html.j2 with {% extends "base" %}',
        )
    return Page(page, page[start : end + len("</article>")], theme.faults(page))


def _paper(document: ResolvedDocument, own: Words) -> dict[str, Any]:
    """What the template is given of the paper itself."""
    target = _target(document)
    blocks, listed = _body_and_references(document)
    title = html.write_blocks([{"t": "Plain", "c": list(document.front.title)}], target)
    abstract = html.write_blocks(document.front.abstract, target, after=title)
    body = html.write_blocks(blocks, target, sections=True, after=abstract)
    references = html.write_blocks(listed, target, after=body)
    date = about.published(document)
    return {
        "lang": document.lang,
        "rtl": document.rtl,
        "terms": document.terms,
        "title": ast.plain(document.front.title) or document.slug,
        "title_html": Markup(title.html),  # noqa: S704 - escaped by our writer
        "subtitle": ast.plain(document.front.subtitle),
        "authors": document.front.authors,
        "affiliated": any(author.affiliations for author in document.front.authors),
        "date": about.dated(document),
        "iso_date": about.iso(date) if date else "",
        "abstract": Markup(abstract.html),  # noqa: S704
        "keywords": document.front.keywords,
        "contents": contents(document),
        "body": Markup(body.html),  # noqa: S704
        "notes": [Markup(note) for note in (*title.notes, *abstract.notes, *body.notes)],  # noqa: S704
        "references": Markup(references.html),  # noqa: S704
        # What is withheld is listed before the reference list, which ends the paper.
        "references_id": ast.identifier(listed[0]) if listed and listed[0]["t"] == "Header" else None,
        "words": own,
        "say": _say(own, document.lang),
    }


def _furniture(prepared: Prepared, options: Options, own: Words) -> dict[str, Any]:
    """What the template is given besides the paper."""
    return {
        "study": options.study,
        "preview": options.preview,
        "gate": _gate(prepared.cut, options, own, prepared.document.lang),
        "locked": locked(prepared.document, prepared.cut, options),
        "citations": [_cited(entry) for entry in prepared.citations if entry.style not in EXPORTS],
        "exports": [_cited(entry) for entry in prepared.citations if entry.style in EXPORTS],
    }


def _say(own: Words, lang: str) -> Any:
    """Gives the template the page's own words, or those of the manuscript. Words in another language than the
    paper's are marked as such."""

    def say(name: str, given: str = "") -> Markup:
        return Markup(escape(given)) if given else _in_own(own, lang, escape(own[name]))  # noqa: S704

    return say


def _in_own(own: Words, lang: str, text: str) -> Markup:
    """Escaped text in the page's language, which may not be the paper's."""
    same = own.locale == lang
    return Markup(text if same else f'<span lang="{own.lang}" dir="{own.dir}">{text}</span>')  # noqa: S704


def _gate(cut: Cut | None, options: Options, own: Words, lang: str) -> dict[str, Any] | None:
    """The line that asks the reader to sign up, and its numbers; None where everything is shown."""
    if cut is None or cut.share >= 1:
        return None
    asked = options.preview
    numbers = {"percent": cut.percent, "sections": cut.sections}
    parts = own.own_line(asked.call.line, **numbers) if asked.call.line else own.line(**numbers)
    line = "".join(
        f'<data data-statement="{part.name}" value="{numbers[part.name]}">{escape(part.text)}</data>'
        if part.name
        else escape(part.text, quote=False)
        for part in parts
    )
    return {
        "line": Markup(line) if asked.call.line else _in_own(own, lang, line),  # noqa: S704
        "percent": cut.percent,
        "shown": own.percent(cut.percent),
        "references": cut.references if asked.references == "count" else 0,
    }


def _cited(entry: CiteAs) -> dict[str, Any]:
    target = Target(lambda _: None, lambda _: "")
    written = html.write_inlines(entry.inlines, target)
    return {
        "style": entry.style,
        "label": entry.label,
        "html": Markup(written),  # noqa: S704 - escaped by our writer
        "text": ast.plain(list(entry.inlines)),
    }


def with_policy(page: str) -> str:
    """The page with a content policy (CSP level 3) that allows its own style and script and nothing else.

    The hashes are those of the exact texts of its style and script elements.
    """
    allowed: dict[str, list[str]] = {"style": [], "script": []}
    for tag, attributes, content in _INLINE.findall(page):
        if not (tag.lower() == "script" and _DATA_BLOCK.search(attributes)):
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            allowed[tag.lower()].append(f"'sha256-{digest}'")
    sources = (f"{tag}-src {' '.join(dict.fromkeys(hashes))}" for tag, hashes in allowed.items() if hashes)
    rules = ["default-src 'none'", *sources, "img-src data:", "font-src data:", "base-uri 'none'"]
    policy = "; ".join([*rules, "form-action 'none'"])
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    return _HEAD.sub(lambda start: start[0] + meta, page, count=1)


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

    regions = {"table": "table", "code": "listing", "equation": "equation"}
    return Target(
        picture,
        equation,
        heading_shift=1,
        headings_nested=True,
        regions={kind: document.terms[term] for kind, term in regions.items()},
    )


def _body_and_references(document: ResolvedDocument) -> tuple[list[Node], list[Node]]:
    """The body, and the reference list with its heading where they end the paper.

    A list that something follows stays where its author put it.
    """
    blocks = list(document.blocks)
    if blocks and blocks[-1]["t"] == "Div" and ast.identifier(blocks[-1]) == "refs":
        start = len(blocks) - (2 if len(blocks) > 1 and blocks[-2]["t"] == "Header" else 1)
        return blocks[:start], blocks[start:]
    return blocks, []


def _style(theme: Theme, body: str) -> str:
    widths = sorted({int(n) for n in re.findall(r'class="[^"]*?\bw-(\d{1,3})\b', body)})
    rules = "\n".join(f".w-{width} {{ width: {width}%; }}" for width in widths)
    return f"{theme.css}\n{rules}".replace("</", "<\\/")
