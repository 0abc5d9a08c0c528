"""Front matter as people write it for pandoc, JOSS, Manubot, Quarto and R Markdown, made into one form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from paperbuild.model import Author, Document, FrontMatter
from paperbuild.pandoc import ast, metadata


def front_matter(document: Document, title: tuple[Any, ...], abstract: tuple[Any, ...]) -> FrontMatter:
    """The front matter; title and abstract come resolved, since they may hold citations."""
    meta = document.meta
    return FrontMatter(
        title=title,
        subtitle=tuple(ast.rewrite(list(metadata.inlines(meta.get("subtitle"))), _without_note)),
        authors=_authors(document),
        date=metadata.inlines(meta.get("date")),
        abstract=abstract,
        keywords=metadata.strings(meta.get("keywords") or meta.get("tags")),
    )


def _without_note(node: ast.Node) -> ast.Rewritten:
    """A subtitle's notes stand at the end of the title, where they are numbered with the others."""
    return [] if node["t"] == "Note" else None


def _authors(document: Document) -> tuple[Author, ...]:
    meta = document.meta
    given = meta.get("author") or meta.get("authors")
    nodes = given["c"] if given and given["t"] == "MetaList" else [given] if given else []
    places = _affiliations(metadata.value(meta.get("affiliations") or meta.get("institute")))
    authors = [_noted(_author(metadata.value(node), places), node) for node in nodes]
    return tuple(author for author in authors if author.name)


def _noted(author: Author, node: ast.Node) -> Author:
    """The author with the notes of the name as affiliations, as from LaTeX's ``\\thanks``."""
    notes = (ast.plain(inner["c"]).strip() for inner in ast.iterate(node) if inner["t"] == "Note")
    return replace(author, affiliations=tuple(dict.fromkeys([*author.affiliations, *filter(None, notes)])))


def _affiliations(found: Any) -> dict[str, str]:
    """Affiliations by the index, id or name that authors refer to them with (JOSS, Quarto, Manubot)."""
    result: dict[str, str] = {}
    for number, item in enumerate(found if isinstance(found, list) else [], 1):
        if isinstance(item, str):
            result[str(number)] = item
        elif isinstance(item, dict):
            name = _place(item)
            only = next(iter(item)) if len(item) == 1 else None
            for key in (item.get("index"), item.get("id"), only, str(number)):
                if key is not None:
                    result.setdefault(str(key), name)
    return result


def _place(item: dict[str, Any]) -> str:
    if len(item) == 1 and "name" not in item:
        (only,) = item.values()
        return only if isinstance(only, str) else _place(only) if isinstance(only, dict) else ""
    named = item.get("name") or item.get("organization") or item.get("institution") or ""
    parts = [item.get("department"), named, item.get("city"), item.get("country")]
    return ", ".join(str(part) for part in parts if part and isinstance(part, str))


def _author(item: Any, places: dict[str, str]) -> Author:
    if isinstance(item, str):
        return Author(item)
    if not isinstance(item, dict):
        return Author("")
    if len(item) == 1 and isinstance(next(iter(item.values())), dict):  # - Ana Silva: {institute: x}
        ((name, rest),) = item.items()
        item = {"name": name, **rest}
    name = item.get("name") or item.get("literal") or item.get("author") or ""
    if isinstance(name, list):  # Quarto takes a list of one name as that name
        name = name[0] if len(name) == 1 else ", ".join(str(part) for part in name)
    if isinstance(name, dict):
        item = {**item, **name}
        name = item.get("literal") or ""
    given = item.get("given-names") or item.get("given") or item.get("firstname") or ""
    family = item.get("surname") or item.get("family") or item.get("lastname") or ""
    if not name:
        name = f"{given} {family}".strip()
        if not name and len(item) == 1 and not next(iter(item.values())):
            (name,) = item
    return Author(
        name=str(name),
        affiliations=_of_author(item, places),
        email=str(item.get("email") or ""),
        orcid=str(item.get("orcid") or ""),
        family=str(family),
        given=str(given),
    )


def _of_author(item: dict[str, Any], places: dict[str, str]) -> tuple[str, ...]:
    given = next(
        (
            item[key]
            for key in ("affiliation", "affiliations", "institute", "institution", "department")
            if item.get(key)
        ),
        None,
    )
    names: list[str] = []
    for one in given if isinstance(given, list) else [given] if given else []:
        if isinstance(one, dict):
            reference = str(one.get("ref") or one.get("id") or "")
            names.append(places.get(str(one.get("ref")), "") or _place(one) or places.get(reference, ""))
        elif str(one) in places:
            names.append(places[str(one)])
        elif isinstance(one, str) and "," in one and all(part.strip() in places for part in one.split(",")):
            names.extend(places[part.strip()] for part in one.split(","))
        else:
            names.append(str(one))
    return tuple(dict.fromkeys(name for name in names if name))
