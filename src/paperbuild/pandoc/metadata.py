"""pandoc's MetaValues: merged from their sources, and turned into plain Python, inlines or blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

Meta = Mapping[str, Node]

KNOWN = frozenset(
    "title subtitle author authors date abstract keywords lang dir bibliography csl nocite references "
    "reference-section-title link-citations suppress-bibliography toc toc-depth number-sections "
    "numbersections thanks paperbuild".split()
)
"""Keys that paperbuild reads. Others are left alone: a manuscript may serve other tools as well."""


def from_settings(settings: Mapping[str, Any]) -> Meta:
    """The MetaValues of paperbuild.toml's keys."""
    return {key: _meta(value) for key, value in settings.items()}


def _meta(value: Any) -> Node:
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {str(key): _meta(item) for key, item in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [_meta(item) for item in value]}
    return {"t": "MetaInlines", "c": ast.text(str(value))}


def merge(*layers: Meta) -> Meta:
    """One set of MetaValues; a later layer wins, and maps are merged key by key."""
    merged: dict[str, Node] = {}
    for layer in layers:
        for key, value in layer.items():
            old = merged.get(key)
            if old and old["t"] == value["t"] == "MetaMap":
                merged[key] = {"t": "MetaMap", "c": dict(merge(old["c"], value["c"]))}
            else:
                merged[key] = value
    return merged


def fold_case(meta: Meta) -> Meta:
    """The metadata with known keys in lower case (``Title:`` counts as ``title:`` if that is absent)."""
    folded = dict(meta)
    for key, value in meta.items():
        lower = key.lower()
        if lower != key and lower in KNOWN and lower not in meta:
            folded[lower] = folded.pop(key, value)
    return folded


def value(node: Node | None) -> Any:
    """A MetaValue as plain Python: str, bool, list or dict; None where there is none."""
    if node is None:
        return None
    content = node["c"]
    match node["t"]:
        case "MetaMap":
            return {key: value(item) for key, item in content.items()}
        case "MetaList":
            return [value(item) for item in content]
        case "MetaBool" | "MetaString":
            return content
        case _:
            return ast.plain(content).strip()


def inlines(node: Node | None) -> tuple[Node, ...]:  # noqa: PLR0911 - one for each kind of MetaValue
    """A MetaValue as inlines; blocks give the inlines of their paragraphs, a bool its word back.

    YAML reads an unquoted ``title: no`` as false; a title is text whatever YAML thinks of it.
    """
    if node is None:
        return ()
    content = node["c"]
    match node["t"]:
        case "MetaInlines":
            return tuple(content)
        case "MetaBlocks":
            paragraphs = [block["c"] for block in content if block["t"] in {"Para", "Plain"}]
            joined: list[Node] = []
            for paragraph in paragraphs:
                joined += [{"t": "Space"}, *paragraph] if joined else paragraph
            return tuple(joined)
        case "MetaBool":
            return ({"t": "Str", "c": "yes" if content else "no"},)
        case "MetaString":
            return tuple(ast.text(content))
        case "MetaList":
            return inlines(content[0]) if content else ()
        case _:
            return ()


def blocks(node: Node | None) -> tuple[Node, ...]:
    """A MetaValue as blocks."""
    if node is None:
        return ()
    if node["t"] == "MetaBlocks":
        return tuple(node["c"])
    if node["t"] == "MetaList":
        return tuple(block for item in node["c"] for block in blocks(item))
    found = inlines(node)
    return (ast.para(found),) if found else ()


def strings(node: Node | None) -> tuple[str, ...]:
    """A MetaValue as a list of texts: a list's items, or one text (split at commas or semicolons)."""
    found = value(node)
    if isinstance(found, list):
        return tuple(str(item) for item in found if isinstance(item, str) and item)
    if isinstance(found, str) and found:
        sign = ";" if ";" in found else ","
        return tuple(part.strip() for part in found.split(sign) if part.strip())
    return ()
