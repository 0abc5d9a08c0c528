"""A page is one file: whatever in it would be requested from elsewhere, or break its policy, is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import tinycss2
from lxml import html as parser
from lxml.etree import _Element

from paperbuild.model import Finding

_LOADING = frozenset(
    ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest")
)
"""Attributes whose addresses a browser requests without being asked, or sends something to."""
_LINKING = frozenset({"image", "use", "feimage"})
"""Elements of SVG whose ``href`` is requested."""
_RELATIONS = re.compile(
    r"\b(?:stylesheet|icon|preload|prefetch|modulepreload|preconnect|dns-prefetch|manifest|prerender)\b"
)
_SAFE = ("data:", "#")
_PLACE_HINT = "put it into the page, as a data: address"


def in_css(sheet: str, where: str) -> Iterator[Finding]:
    """A finding for each rule of a style sheet that requests something, with its line, and for each that a
    browser can't read."""
    for node in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if node.type == "error":
            said = f"the theme's style sheet has a rule that can't be read: {node.message}"
            yield Finding("warning", "theme", said, f"{where}:{node.source_line}")
        if node.type == "at-rule" and node.lower_at_keyword == "import":
            yield _finding("@import", f"{where}:{node.source_line}")
        for address, line in _addresses(_inside(node)):
            if not address.strip().lower().startswith(_SAFE):
                yield _finding(address, f"{where}:{line}")


def in_page(page: str, where: str) -> Iterator[Finding]:
    """A finding for each element of a page that requests something, or that its content policy forbids."""
    for element in parser.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.lower().rpartition(":")[2]
        if tag in {"iframe", "frame", "embed", "object", "applet", "base"}:
            yield _finding(f"<{tag}>", where)
        for name, value in element.items():
            yield from _attribute(element, tag, str(name).lower(), str(value), where)
        if tag == "style":
            yield from in_css(element.text or "", where)


def _attribute(element: _Element, tag: str, name: str, value: str, where: str) -> Iterator[Finding]:
    if name == "style" or name.startswith("on"):
        said = f"the page has an attribute {name}, which its content policy forbids"
        yield Finding("error", "theme", said, where, "use classes and the style sheet")
    requested = (
        name in _LOADING
        or (tag == "link" and name == "href" and _RELATIONS.search((element.get("rel") or "").lower()))
        or (tag in _LINKING and name in {"href", "xlink:href"})
    )
    if requested and value.strip() and not value.strip().lower().startswith(_SAFE):
        yield _finding(value.strip(), where)


def _finding(what: str, where: str) -> Finding:
    said = f"a page of this theme would request {what[:120]}: a page must hold all it needs"
    return Finding("error", "theme", said, where, _PLACE_HINT)


def _inside(node: tinycss2.ast.Node) -> Iterator[tinycss2.ast.Node]:
    for part in ("prelude", "content"):
        yield from getattr(node, part, None) or ()


def _addresses(nodes: Iterable[tinycss2.ast.Node]) -> Iterator[tuple[str, int]]:
    """Every ``url()`` and every text in ``image-set()`` and its kin, with its line."""
    for node in nodes:
        if node.type == "url":
            yield node.value, node.source_line
        elif node.type == "function":
            if node.lower_name in {"url", "src", "image-set", "-webkit-image-set", "image"}:
                inner = (one for one in node.arguments if one.type == "string")
                yield from ((one.value, one.source_line) for one in inner)
            yield from _addresses(node.arguments)
        elif node.type in {"{} block", "() block", "[] block"}:
            yield from _addresses(node.content)
