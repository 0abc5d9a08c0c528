"""Reads the record of a preview back, and compares it with the page that it is a record of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html as parser
from lxml.etree import XPath

from paperbuild import lens
from paperbuild.model import Finding, Inventory

PAGE, SUFFIX = ".preview.html", ".preview.json"
SCHEMA = "paperbuild-preview/1"
_LIKELY = re.compile(r"<(?:script|iframe|object)\b|[\s\"'/]on[a-z]{3,20}\s*=", re.IGNORECASE)
_RUNS = XPath(".//script | .//iframe | .//object | .//@*[starts-with(name(), 'on')]")
_TEXTS = ("title", "subtitle", "lang", "dir", "slug", "html")
_LISTS = ("authors", "keywords", "references", "citations")
_MAPS = ("date", "abstract", "study", "shown", "remaining", "addresses", "head")
_SHAPES = {**dict.fromkeys(_TEXTS, str), **dict.fromkeys(_LISTS, list), **dict.fromkeys(_MAPS, dict)}
_NAMES = {list: "list", dict: "object", str: "text"}


def beside(files: Mapping[str, bytes], page: Inventory) -> list[Finding]:
    """What is wrong with the record among a preview's files (by what follows the slug in their names), held
    against the page as it was read back. Nothing where there is no record."""
    return list(faults(files[SUFFIX], files[PAGE], page)) if SUFFIX in files else []


def faults(data: bytes, page_data: bytes, page: Inventory) -> Iterator[Finding]:
    """An error of the check ``record`` for each thing that the record and the page tell differently, and for
    what is no record."""
    try:
        values = json.loads(data)
    except ValueError as error:
        yield _error(f"the record can't be read: {error}")
        return
    if not isinstance(values, dict) or values.get("schema") != SCHEMA:
        yield _error(f"the record does not name its schema, {SCHEMA}")
        return
    misshapen = [key for key, shape in _SHAPES.items() if not isinstance(values.get(key), shape)]
    for key in misshapen:
        yield _error(f"the record has no {_NAMES[_SHAPES[key]]} {key}")
    if not misshapen:
        for said in (*_front(values, page), *_numbers(values, page), *_article(values["html"], page_data)):
            yield _error(said)


def _front(values: dict[str, Any], page: Inventory) -> Iterator[str]:
    names = [author.get("name") for author in values["authors"] if isinstance(author, dict)]
    pairs = {
        "title": (values["title"], page.title),
        "language": (values["lang"], page.lang),
        "authors": ("; ".join(map(str, names)), "; ".join(page.authors)),
        "title in its head": (values["head"].get("title"), page.title),
    }
    for what, (told, shown) in pairs.items():
        if lens.normal(str(told)) != lens.normal(shown):
            yield f"the record's {what} is «{told}» and the page's is «{shown}»"


def _numbers(values: dict[str, Any], page: Inventory) -> Iterator[str]:
    """The gate's numbers and the citations of the paper, where the page states them."""
    told = {
        "percent": values["shown"].get("percent"),
        "sections": values["remaining"].get("sections"),
        **{
            f"cite-{entry.get('style')}": entry.get("text")
            for entry in values["citations"]
            if isinstance(entry, dict)
        },
    }
    for name, value in told.items():
        stated = page.statements.get(name)
        if stated is not None and lens.normal(stated) != lens.normal(str(value)):
            yield f"the record says «{value}» where the page states «{stated}» ({name})"
    missing = [name for name in page.statements if name.startswith("cite-") and name not in told]
    for name in missing:
        yield f"the record does not tell what the page states ({name})"


def _article(fragment: str, page_data: bytes) -> Iterator[str]:
    """The article as HTML: it is the page's to the byte, and nothing in it runs."""
    whole = fragment.startswith("<article") and fragment.endswith("</article>")
    if not whole or fragment.encode() not in page_data:
        yield "the record's html is not the page's article"
    # Parsing takes time: only what looks like it is parsed.
    if _LIKELY.search(fragment) and _RUNS(parser.fragment_fromstring(fragment, create_parent=True)):
        yield "the record's html holds what runs"


def _error(said: str) -> Finding:
    return Finding("error", "record", said, format="preview", stage="write")
