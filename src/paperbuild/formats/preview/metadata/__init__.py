"""What search engines, reference managers and social sites read of a page: the elements of its head."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from markupsafe import Markup

from paperbuild.config import Options
from paperbuild.formats.base import Prepared
from paperbuild.formats.preview.metadata.facts import Facts, facts
from paperbuild.formats.preview.metadata.schema import json_ld
from paperbuild.formats.preview.metadata.tags import Link, Meta, links, metas
from paperbuild.model import Inventory, ResolvedDocument

__all__ = ["Facts", "Link", "Meta", "facts", "head", "json_ld", "links", "metas", "texts"]

_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def head(prepared: Prepared, options: Options, *, members: bool) -> Markup:
    """The elements of the head that describe the paper, its title excepted; each stands on a line.

    They say what is in the prepared document and nothing else. ``members`` is true for the page that holds
    the whole paper: it asks not to be indexed, and names its paywalled part (Google's "Structured data for
    subscription and paywalled content").
    """
    known = facts(prepared, options, members=members)
    lines = [
        *(f'<meta {meta.attribute}="{meta.name}" content="{escape(meta.content)}">' for meta in metas(known)),
        *(f'<link rel="{link.rel}" href="{escape(link.href)}">' for link in links(known)),
        f'<script type="application/ld+json">{_script(json_ld(known))}</script>',
    ]
    return Markup("\n".join(lines))  # noqa: S704 - each value is escaped


def texts(document: ResolvedDocument, options: Options) -> Iterator[str]:
    """Every text of the head that a preview of this document may have: all of it is public."""
    known = facts(Prepared(document, Inventory(())), options, members=False)
    yield from (meta.content for meta in metas(known))
    yield from _strings(json_ld(known))


def _script(values: dict[str, Any]) -> str:
    """JSON that can't end the script element (HTML, "Restrictions for contents of script elements")."""
    return json.dumps(values, ensure_ascii=False).translate(_ESCAPES)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
