"""Small styles built of fragments, and what they make of small works: citations and entries as HTML.

A citation is written as its keys: ``"a b"`` cites two works, ``"a@12"`` one on page 12, and ``"3: a"`` stands
in note 3. One with affixes or other labels is a ``Cluster``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from paperbuild.csl.items.read import read_item
from paperbuild.csl.processor import Processor
from paperbuild.csl.requests import CiteRequest, Cluster
from paperbuild.csl.style.load import load_style_text
from paperbuild.csl.text.html import render

Works = Mapping[str, Mapping[str, Any]]

TITLE = '<text variable="title"/>'
YEAR = '<date variable="issued"><date-part name="year"/></date>'


def style(
    cite: str = TITLE,
    entry: str = "",
    *,
    kind: str = "in-text",
    root: str = "",
    before: str = "",
    cite_options: str = "",
    cite_sort: str = "",
    cite_layout: str = 'delimiter="; "',
    entry_options: str = "",
    entry_sort: str = "",
    entry_layout: str = "",
) -> str:
    """A style: the elements of its two layouts, attributes (``options``, ``layout``), sort keys, and what
    stands ``before`` them, such as macros. Without an ``entry`` it has no bibliography."""
    citation = _area("citation", cite_options, cite_sort, cite_layout, cite)
    bibliography = _area("bibliography", entry_options, entry_sort, entry_layout, entry) if entry else ""
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" class="{kind}" version="1.0" {root}>'
        "<info><title>Own</title><id>own</id><updated>2024-01-01T00:00:00+00:00</updated></info>"
        f"{before}{citation}{bibliography}</style>"
    )


def _area(name: str, options: str, sort: str, layout: str, content: str) -> str:
    keys = f"<sort>{sort}</sort>" if sort else ""
    return f"<{name} {options}>{keys}<layout {layout}>{content}</layout></{name}>"


def macro(name: str, content: str) -> str:
    """``cs:macro``"""
    return f'<macro name="{name}">{content}</macro>'


def terms(content: str, lang: str = "", more: str = "") -> str:
    """A locale inside a style, for all languages or one, with ``more`` than its terms."""
    where = f' xml:lang="{lang}"' if lang else ""
    return f"<locale{where}>{more}<terms>{content}</terms></locale>"


def people(*names: str) -> list[dict[str, str]]:
    """Names written ``Family, Given`` or, for an institution, ``Name``."""
    return [_person(*name.split(", ")) for name in names]


def _person(family: str, given: str = "") -> dict[str, str]:
    return {"family": family, "given": given} if given else {"literal": family}


def work(author: str | Sequence[Any] = (), year: int = 0, **more: Any) -> dict[str, Any]:
    """A book by an author, or by several names of CSL-JSON."""
    data: dict[str, Any] = {"type": "book", **more}
    if author:
        data["author"] = people(author) if isinstance(author, str) else list(author)
    if year:
        data["issued"] = {"date-parts": [[year]]}
    return data


def titled(*titles: str) -> dict[str, dict[str, Any]]:
    """Works that have a title and nothing else, each its own key."""
    return {title: {"type": "book", "title": title} for title in titles}


def cluster(citation: str | Cluster) -> Cluster:
    """A citation that is written as its keys."""
    if isinstance(citation, Cluster):
        return citation
    note, _, keys = citation.rpartition(": ")
    cites = (key.partition("@") for key in keys.split())
    return Cluster(tuple(CiteRequest(key, locator) for key, _, locator in cites), int(note or 0))


def cited(xml: str, works: Works, *citations: str | Cluster, lang: str = "") -> list[str]:
    """The citations of a document, in order; without any, each work in one of its own.

    Works that are not cited are listed after those that are.
    """
    processor = _processor(xml, works, lang)
    clusters = [cluster(citation) for citation in citations or works]
    keys = [cite.id for one in clusters for cite in one.cites]
    result = processor.run(clusters, list(dict.fromkeys([*keys, *works])))
    return [_html(processor, tree) for tree in result.citations]


def cited_once(xml: str, works: Works, *, lang: str = "") -> str:
    """The citation of all works together."""
    return cited(xml, works, " ".join(works), lang=lang)[0]


def listed(xml: str, works: Works, *, lang: str = "") -> list[str]:
    """The entries of the works, none of which is cited."""
    processor = _processor(xml, works, lang)
    return [_html(processor, tree) for _, tree in processor.run((), list(works)).bibliography]


def order(works: Works, sort: str, *, lang: str = "", root: str = "", before: str = "") -> list[str]:
    """The keys of the works in the order in which a bibliography with these sort keys has them."""
    xml = style(entry='<text value="x"/>', entry_sort=sort, root=root, before=before)
    return [key for key, _ in _processor(xml, works, lang).run((), list(works)).bibliography]


def _processor(xml: str, works: Works, lang: str) -> Processor:
    items = {key: read_item({**data, "id": key}) for key, data in works.items()}
    return Processor(_compiled(xml, lang), items)


_compiled = lru_cache(maxsize=64)(load_style_text)


def _html(processor: Processor, tree: Any) -> str:
    return render(tree, processor.quotes, processor.style.locale.punctuation_in_quote)
