"""The fields of citations and of the reference list (ECMA-376 part 1, 17.16.18), put around their text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from paperbuild.formats.docx.citations import values
from paperbuild.model import Live, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_LONGEST = 8000
"""Letters of a field's code in one run. Word itself divides a code into runs, and readers join them."""
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def with_fields(tree: Node, document: ResolvedDocument) -> Node:
    """pandoc's whole document with a field around each citation, and one around the reference list's entries.

    The field of a citation begins and ends in its paragraph; that of the list begins in the first entry's and
    ends in the last one's. Pictures' descriptions stay as they are: no field can stand there.
    """
    blocks = _Fields(document).value(tree["blocks"], 0)
    return {**tree, "blocks": ast.rewrite(blocks, lambda node: _with_list(node, document))}


def promised(document: ResolvedDocument) -> tuple[Live, ...]:
    """What ``with_fields`` and ``with_settings`` make of a document: its citations in reading order, its
    reference list where it has one, and the settings. Nothing where nothing is cited or listed."""
    if not document.works:
        return ()
    front = document.front
    trees = [front.title, front.subtitle, front.abstract, document.blocks]
    cites = (node for node in _outside_pictures(trees) if _is_live(node, document.works))
    return (
        *(Live("citation", tuple(_known(node, document.works))) for node in cites),
        *([Live("references")] if document.references else []),
        Live("settings", (document.citation_style.identifier,)),
    )


def _outside_pictures(value: Any) -> Iterator[Node]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _outside_pictures(item)
    elif isinstance(value, dict) and value.get("t") != "Image":
        if "t" in value:
            yield value
        for item in value.values():
            yield from _outside_pictures(item)


def _known(node: Node, works: Mapping[str, Any]) -> list[str]:
    return [cite["citationId"] for cite in node["c"][0] if cite["citationId"] in works]


def _is_live(node: Node, works: Mapping[str, Any]) -> bool:
    """True for a citation with words and works. An author in the text is none: Zotero has no field that sets
    him in a sentence, and the citation that follows leaves him out."""
    if node["t"] != "Cite" or not _known(node, works) or not ast.plain(node["c"][1]).strip():
        return False
    return all(cite["citationMode"]["t"] != "AuthorInText" for cite in node["c"][0])


class _Fields:
    """Walks through a document in reading order and counts its notes and citations."""

    def __init__(self, document: ResolvedDocument) -> None:
        self.works = document.works
        self.notes = 0
        self.citations = 0

    def value(self, value: Any, note: int) -> Any:
        """The value with fields; ``note`` is the number of the note it stands in, 0 for the text."""
        if isinstance(value, list):
            return [made for item in value for made in self.items(item, note)]
        if not isinstance(value, dict) or value.get("t") == "Image":
            return value
        if value.get("t") == "Note":
            self.notes += 1
            note = self.notes
        return {key: self.value(item, note) for key, item in value.items()}

    def items(self, item: Any, note: int) -> list[Any]:
        """What stands for one item of a list: a citation becomes its text between the ends of a field."""
        if not (isinstance(item, dict) and item.get("t") == "Cite" and _is_live(item, self.works)):
            return [self.value(item, note)]
        self.citations += 1
        code = values.citation(item["c"][0], item["c"][1], self.works, note=note, number=self.citations)
        return [_begin(f"ADDIN ZOTERO_ITEM CSL_CITATION {_json(code)}"), *item["c"][1], _raw(_END)]


def _with_list(node: Node, document: ResolvedDocument) -> ast.Rewritten:
    """The reference list with a field from its first entry to its last."""
    if node["t"] != "Div" or ast.identifier(node) != "refs":
        return None
    last = sum(block["t"] == "Para" for block in ast.iterate(node)) - 1
    code = _begin(f"ADDIN ZOTERO_BIBL {_json(values.references(document))} CSL_BIBLIOGRAPHY")
    place = -1

    def change(block: Node) -> ast.Rewritten:
        nonlocal place
        if block["t"] != "Para":
            return None
        place += 1
        begin = [code] if place == 0 else []
        end = [_raw(_END)] if place == last else []
        return ast.para([*begin, *block["c"], *end])

    return ast.rewrite(node, change)  # type: ignore[no-any-return]


def _json(value: Mapping[str, Any]) -> str:
    """JSON in ASCII: what XML can't hold is escaped, and a code runs from left to right."""
    return json.dumps(value, separators=(",", ":"))


def _begin(code: str) -> Node:
    """The runs that begin a field, up to its result."""
    return _raw(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(_code_runs(f" {code} "))
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _code_runs(code: str) -> Iterator[str]:
    for start in range(0, len(code), _LONGEST):
        piece = escape(code[start : start + _LONGEST])
        yield f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'


def _raw(runs: str) -> Node:
    return {"t": "RawInline", "c": ["openxml", runs]}
