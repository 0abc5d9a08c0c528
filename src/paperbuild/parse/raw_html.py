"""Raw HTML in a manuscript becomes part of the AST, so that every format carries it.

pandoc's Markdown reader leaves ``<sup>``, ``<table>`` or ``<img>`` as raw pieces that only an HTML
writer would print. Each run of pieces is put together again, what lies between them standing in as
numbered slots; nh3 sanitises the whole; pandoc's HTML reader turns it into nodes; the slots are
filled with what they stand for. What has no place in a document (scripts, frames, forms) is
removed and reported.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import nh3

from paperbuild.model import Finding
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.pandoc.run import run
from paperbuild.paywall import PAYWALL

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*?(/?)>", re.DOTALL)
_INSIDE = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\s+([^<>]*?)/?>", re.DOTALL)
_GIVEN = re.compile(r"[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+)|\b(?:data|aria)-[\w-]+")
_BARE = re.compile(r"[^\W\d_]\w*")
_ALONE = frozenset(
    "allowfullscreen async autofocus autoplay checked compact controls default defer disabled "
    "download hidden inert ismap itemscope loop multiple muted nohref noshade novalidate nowrap open "
    "readonly required reversed selected".split()
)
"""Attributes that stand without a value."""
_IN_HEADING = re.compile(r"<h[1-6]\b[^>]*>\s*$", re.IGNORECASE)
_NAMED = re.compile(r"<a\b(?![^>]*\s(?:id|href)\s*=)([^>]*?)\sname(\s*=)", re.IGNORECASE)
"""The old way to say where a link may lead: ``<a name="x">``."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PAYWALL = re.compile(r"<!--\s*paywall\b(?:(?!-->).)*-->", re.IGNORECASE | re.DOTALL)
"""The mark: a comment that begins with this word, whatever is remarked behind it."""
"""It becomes an empty Div, or within a paragraph an empty Span, of the class ``paywall``."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_DROPPED = frozenset(
    "script style iframe frame object embed applet form input button select textarea video audio "
    "canvas link meta base noscript template svg math".split()
)
_TAGS = frozenset(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del "
    "details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main "
    "mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td "
    "tfoot th thead time tr tt u ul var wbr".split()
)
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "data-slot", "data-run"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "ol": {"start", "type"},
}


@dataclass
class _Runs:
    """The runs of raw HTML met so far; the answers are filled in by one call of pandoc."""

    pieces: list[str] = field(default_factory=list)
    slots: list[list[Node]] = field(default_factory=list)
    dropped: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    """Words between the signs of a tag that are no attributes of it, by the tag."""
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    """Marks our own slots and runs, so that nothing that a manuscript says is taken for one."""

    def slot(self, nodes: Sequence[Node]) -> str:
        self.slots.append(list(nodes))
        return f"{self.token}-{len(self.slots) - 1}"

    def number(self, node: Node, name: str) -> int:
        """The number of the slot or run that a node stands for; -1 where it is the manuscript's own."""
        token, _, number = _data(node, name).partition("-")
        return int(number) if token == self.token else -1

    def add(self, html: str) -> int:
        for _, name, _ in _TAG.findall(html):
            if name.lower() in _DROPPED:
                self.dropped.setdefault(name.lower(), html)
            elif name.lower() not in _TAGS:
                self.unknown.setdefault(name, html)
        for match in _INSIDE.finditer(html):
            words = _BARE.findall(_GIVEN.sub(" ", match[2]))
            if match[1].lower() in _TAGS and {word.lower() for word in words} - _ALONE:
                self.inside.setdefault(match[0], " ".join(words))
        self.pieces.append(html)
        return len(self.pieces) - 1


def with_marks(html: str) -> str:
    """The text of an HTML manuscript whose paywall comments are elements: pandoc's reader drops comments."""
    return _PAYWALL.sub(f'<span class="{PAYWALL}"></span>', html)


def absorb(tree: Any, locate: Callable[[str], str]) -> tuple[Any, tuple[Finding, ...]]:
    """The tree (blocks, or what holds them) without any raw HTML in it, and what could not be kept.

    ``locate`` gives ``file:line`` for a literal piece of the source.
    """
    runs = _Runs()
    marked = _mark(tree, runs)
    if not runs.pieces:
        return marked, ()
    answers = _read(runs)
    unknown = (
        Finding(
            "warning",
            "raw",
            f"the tag <{name}> means nothing in a document and was left out; the words around it stay",
            locate(html) or locate(f"<{name}"),
            f"where it is no tag, write \\<{name}>, or put it between backticks",
        )
        for name, html in runs.unknown.items()
    )
    dropped = (
        Finding(
            "error",
            "raw",
            f"the raw HTML element <{name}> has no place in a document and was removed",
            locate(html) or locate(f"<{name}"),
            "say the same in Markdown, or remove it",
        )
        for name, html in runs.dropped.items()
    )
    inside = (
        Finding(
            "error",
            "raw",
            f"«{words}» stands between the signs of a tag, {' '.join(tag.split())[:60]}, and is nowhere",
            locate(tag),
            "write \\< where it is no tag",
        )
        for tag, words in runs.inside.items()
    )
    return _fill(marked, runs, answers), (*dropped, *unknown, *inside)


def _is_raw(node: Node, kind: str) -> bool:
    return node["t"] == kind and node["c"][0] in {"html", "html5", "html4"}


def _mark(value: Any, runs: _Runs) -> Any:
    """The tree with each run of raw HTML replaced by a ``Run`` node that holds the run's number."""
    if isinstance(value, list):
        if any(isinstance(v, dict) and v.get("t") == "RawBlock" for v in value):
            return _mark_blocks([_mark(v, runs) for v in value], runs)
        if any(isinstance(v, dict) and v.get("t") == "RawInline" for v in value):
            return _mark_inlines([_mark(v, runs) for v in value], runs)
        return [_mark(v, runs) for v in value]
    if isinstance(value, dict):
        return {key: _mark(v, runs) if key != "t" else v for key, v in value.items()}
    return value


def _mark_blocks(blocks: list[Node], runs: _Runs) -> list[Node]:
    result: list[Node] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if not _is_raw(block, "RawBlock"):
            result.append(block)
            index += 1
            continue
        end = _run_end(blocks, index)
        html = ""
        for piece in blocks[index:end]:
            if _is_raw(piece, "RawBlock"):
                html += _without_comments(piece["c"][1], runs)
            else:
                name = "span" if piece["t"] == "Plain" and _IN_HEADING.search(html) else "div"
                html += f'<{name} data-slot="{runs.slot([piece])}">x</{name}>'
        if end == index + 1 and not _COMMENT.sub("", block["c"][1]).strip():
            result += [ast.div([], "", PAYWALL) for _ in _PAYWALL.findall(block["c"][1])]
        elif html.strip():
            result.append({"t": "Run", "c": runs.add(html)})
        index = end
    return result


def _without_comments(html: str, runs: _Runs) -> str:
    """The HTML without its comments; a paywall mark is a slot."""
    marked = _PAYWALL.sub(lambda _: _slot_span([_mark_of_paywall()], runs), html)
    return _COMMENT.sub("", marked)


def _mark_of_paywall() -> Node:
    return ast.span([], "", PAYWALL)


def _run_end(blocks: list[Node], start: int) -> int:
    """One past the block that closes what the raw block at ``start`` opens; just itself if none does."""
    depth = 0
    for index in range(start, len(blocks)):
        if _is_raw(blocks[index], "RawBlock"):
            depth += _depth(blocks[index]["c"][1])
            if depth <= 0:
                return index + 1
    return start + 1


def _depth(html: str) -> int:
    depth = 0
    for closing, name, empty in _TAG.findall(_COMMENT.sub("", html)):
        if name.lower() not in _VOID and not empty:
            depth += -1 if closing else 1
    return depth


def _mark_inlines(inlines: list[Node], runs: _Runs) -> list[Node]:
    inlines = [
        _mark_of_paywall() if _is_raw(node, "RawInline") and _PAYWALL.fullmatch(node["c"][1]) else node
        for node in inlines
    ]
    raws = [index for index, node in enumerate(inlines) if _is_raw(node, "RawInline")]
    if not raws:
        return inlines
    first, last = raws[0], raws[-1]
    html = ""
    pending: list[Node] = []
    for node in inlines[first : last + 1]:
        if _is_raw(node, "RawInline"):
            html += _slot_span(pending, runs) + _COMMENT.sub("", node["c"][1])
            pending = []
        else:
            pending.append(node)
    if not _TAG.search(html):
        middle = [node for node in inlines[first : last + 1] if not _is_raw(node, "RawInline")]
        return inlines[:first] + middle + inlines[last + 1 :]
    return [*inlines[:first], {"t": "Run", "c": runs.add(html)}, *inlines[last + 1 :]]


def _slot_span(nodes: list[Node], runs: _Runs) -> str:
    return f'<span data-slot="{runs.slot(nodes)}">x</span>' if nodes else ""


def _read(runs: _Runs) -> dict[int, list[Node]]:
    """The blocks of each run, by its number."""
    html = "\n".join(
        f'<div data-run="{runs.token}-{number}">{_clean(piece)}</div>'
        for number, piece in enumerate(runs.pieces)
    )
    document = run(["-f", "html", "-t", "json"], html).json()
    return {
        number: node["c"][1]
        for node in document["blocks"]
        if node["t"] == "Div" and (number := runs.number(node, "run")) >= 0
    }


def _data(node: Node, name: str) -> str:
    """A data attribute; pandoc's HTML reader drops the prefix of some and keeps that of others."""
    pairs = ast.pairs(node)
    return pairs.get(name) or pairs.get(f"data-{name}") or ""


def _clean(html: str) -> str:
    return nh3.clean(
        _NAMED.sub(r"<a\1 id\2", html),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        clean_content_tags={"script", "style", "iframe", "object", "noscript", "template"},
        link_rel=None,
        url_schemes={"http", "https", "mailto", "data", "doi"},
    )


def _fill(value: Any, runs: _Runs, answers: dict[int, list[Node]]) -> Any:
    """The marked tree with each Run replaced by its nodes, and each slot by what it stands for."""

    def change(node: Node) -> ast.Rewritten:
        if node["t"] == "Run":
            return list(ast.rewrite(answers.get(node["c"], []), change))
        slot = runs.number(node, "slot") if node["t"] in {"Div", "Span"} else -1
        if slot >= 0:
            found = list(ast.rewrite(runs.slots[slot], change))
            return found if node["t"] == "Div" else _flat(found)
        return None

    return _inline_runs(ast.rewrite(value, change))


def _inline_runs(value: Any) -> Any:
    """The tree with block nodes that a run put among inlines turned into inlines."""
    if isinstance(value, dict):
        if value.get("t") in {"Para", "Plain"}:
            return {"t": value["t"], "c": _flat(_inline_runs(value["c"]))}
        return {key: _inline_runs(item) for key, item in value.items()}
    if isinstance(value, list):
        items = [_inline_runs(item) for item in value]
        kinds = {item["t"] in ast.BLOCK_TYPES for item in items if isinstance(item, dict) and "t" in item}
        if kinds == {True, False}:
            return _flat(items) if not _is_block_list(items) else [_as_block(item) for item in items]
        return items
    return value


def _is_block_list(items: list[Any]) -> bool:
    blocks = sum(isinstance(i, dict) and i.get("t") in ast.BLOCK_TYPES - {"Plain", "Para"} for i in items)
    return blocks > 0


def _as_block(item: Node) -> Node:
    return item if item["t"] in ast.BLOCK_TYPES else {"t": "Plain", "c": [item]}


def _flat(items: list[Node]) -> list[Node]:
    """Inlines only: a paragraph among them gives its own inlines, other blocks their text."""
    result: list[Node] = []
    for item in items:
        if item.get("t") in {"Para", "Plain"}:
            result.extend(item["c"])
        elif item.get("t") in ast.BLOCK_TYPES:
            result.extend(ast.text(ast.plain(item)))
        else:
            result.append(item)
    return result
