"""The JSON in Zotero's fields: CSL's citation schema, with the works themselves as CSL-JSON."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from paperbuild import locators
from paperbuild.formats.docx.citations import rich
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_SCHEMA = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"
_IN_LIBRARY = re.compile(r"https?://zotero\.org/(?:users|groups)/[\w/]+/items/[A-Z0-9]+")
"""What Zotero calls an item of a library; a bibliography that it exports may have these as its keys."""

Works = Mapping[str, Mapping[str, Any]]


def citation(
    cites: Sequence[Mapping[str, Any]], shown: Sequence[Node], works: Works, *, note: int, number: int
) -> dict[str, Any]:
    """A citation: pandoc's ``cites``, those of unknown works left out, with the text ``shown``.

    ``note`` is the number of the note it stands in, 0 for the text; ``number`` counts the document's
    citations. Zotero compares ``plainCitation`` with the text in Word, to notice what its user changed, and
    ``formattedCitation`` with what it would set. A text with a mark for an unknown key is to stay
    (``dontUpdate``). Cites with words beside them keep their order, as our processor does it.
    """
    items = [_item(cite, works) for cite in cites if cite["citationId"] in works]
    properties: dict[str, Any] = {
        "formattedCitation": rich.rtf(shown),
        "plainCitation": ast.plain(shown),
        "noteIndex": note,
    }
    if any("unresolved" in ast.classes(node) for node in ast.iterate(list(shown))):
        properties["dontUpdate"] = True
    if len(items) > 1 and any("prefix" in item or "suffix" in item for item in items):
        properties["unsorted"] = True
    return {
        "citationID": _digest(number, items),
        "properties": properties,
        "citationItems": items,
        "schema": _SCHEMA,
    }


def references(document: ResolvedDocument) -> dict[str, Any]:
    """The reference list: the works that are in it without being cited, by their addresses."""
    return {
        "uncited": [[uri(document.works[key])] for key in uncited(document)],
        "omitted": [],
        "custom": [],
    }


def uncited(document: ResolvedDocument) -> list[str]:
    """The keys of the works that are listed without being cited, in the list's order."""
    front = document.front
    trees = [front.title, front.subtitle, front.abstract, document.blocks]
    cited = {
        cite["citationId"] for node in ast.iterate(trees) if node["t"] == "Cite" for cite in node["c"][0]
    }
    return [reference.key for reference in document.references if reference.key not in cited]


def uri(work: Mapping[str, Any]) -> str:
    """The address by which Zotero knows a work.

    Zotero looks in its libraries for the address, and takes the work's data from the field where it finds
    nothing. A UUID made of the data can be no other work's address, in whatever document the citation is
    pasted (RFC 9562, 5.5).
    """
    if is_in_library(work):
        return str(work["id"])
    return uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(work, sort_keys=True)).urn


def is_in_library(work: Mapping[str, Any]) -> bool:
    """True for a work whose key is Zotero's own address of an item."""
    return _IN_LIBRARY.fullmatch(str(work["id"])) is not None


def _item(cite: Mapping[str, Any], works: Works) -> dict[str, Any]:
    work = works[cite["citationId"]]
    item: dict[str, Any] = {"id": work["id"], "uris": [uri(work)], "itemData": work}
    label, locator, suffix = locators.split(cite["citationSuffix"])
    if locator:
        item |= {"locator": locator, "label": label}
    words = {"prefix": rich.markup(cite["citationPrefix"]), "suffix": rich.markup(suffix)}
    item |= {name: text for name, text in words.items() if text}
    if cite["citationMode"]["t"] == "SuppressAuthor":
        item["suppress-author"] = True
    return item


def _digest(*values: Any) -> str:
    """Ten letters that stand for the values: the same document gives the same bytes."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:10]
