"""The order of items, in the reference list or within a citation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from citeproc import model

from paperbuild.csl import marked

from .cited import Cited
from .element import CSL

_SORTED_NAMES = {
    "name-as-sort-order": "all",
    "form": "long",
    "initialize-with": None,
    "and": None,
    "delimiter": ", ",
}
"""How names are written in a sort key."""


class Sort(model.Sort):  # type: ignore[misc]
    """The order of items. Accents and case do not count; what has no value comes last."""

    def sort(self, items: Sequence[Cited], context: Any) -> list[Cited]:
        """The items in order."""
        result = list(items)
        for key in reversed(self.findall(f"{CSL}key")):
            values = {
                id(item): _collated(value)
                for item, value in zip(result, key.sort_keys(result, context), strict=True)
            }
            full = [item for item in result if values[id(item)]]
            full.sort(key=lambda item: values[id(item)], reverse=key.get("sort") == "descending")
            result = full + [item for item in result if not values[id(item)]]
        return result


def _collated(value: Any) -> tuple[Any, ...]:
    """A value that can be compared: numbers before words, words without accents and marks."""
    text = marked.strip(str(value)) if value is not None else ""
    if not text:
        return ()
    if text.isdecimal():
        return (0, int(text), "")
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = re.sub(r"[^\w\s,;]", "", plain.casefold()).strip()
    return (1, plain, text)


class Key(model.Key):  # type: ignore[misc]
    """One thing to sort by."""

    def get_macro(self, name: str) -> Any:
        """The macro of this name."""
        return self.get_root().macros[name]

    def sort_keys(self, items: Sequence[Cited], context: Any) -> list[Any]:
        """One value for each item."""
        if self.get("variable") in {"citation-number", "citation_number"}:
            return [item.number for item in items]
        for item in items:
            item.reference.hidden = set()
            item.sorting = dict(_SORTED_NAMES)
            if self.get_root().get("demote-non-dropping-particle") != "never":
                item.sorting["demote-non-dropping-particle"] = "display-and-sort"
            for name in ("names-min", "names-use-first", "names-use-last"):
                if name in self.attrib:
                    item.sorting[name.replace("names", "et-al")] = self.get(name)
        try:
            return list(super().sort_keys(items, context))
        finally:
            for item in items:
                item.sorting = {}
