"""Conditions: what a style prints only for some items or places."""

from __future__ import annotations

import re
from typing import Any

from citeproc import model

from paperbuild.csl import marked

from .cited import Cited


class If(model.If):  # type: ignore[misc]
    """A condition."""

    def render(self, item: Cited, context: Any = None, delimiter: str = "", **options: Any) -> Any:
        """The content, if the condition holds; otherwise ConditionFailed."""
        results: list[bool] = [item.told_apart] if "disambiguate" in self.attrib else []
        if "type" in self.attrib:
            results.append(any(self._type(item)))
        for name in ("variable", "is-numeric", "is-uncertain-date", "locator"):
            if name in self.attrib:
                results += map(bool, getattr(self, f"_{name.replace('-', '_')}")(item))
        if "position" in self.attrib:
            results += self._position(item, context)
        holds = {"any": any(results), "none": not any(results)}.get(self.get("match"), all(results))
        if not holds:
            raise model.ConditionFailed
        return self.render_children(item, context=context, delimiter=delimiter, **options)

    def _locator(self, item: Cited) -> list[bool]:
        label = item.place.label.replace(" ", "-") if item.place else None
        return [name.replace(" ", "-") == label for name in self.get("locator").split()]

    def _position(self, item: Cited, context: Any) -> list[bool]:
        del context
        return [
            not item.bibliography and name in item.position.names for name in self.get("position").split()
        ]

    def _variable(self, item: Cited) -> list[bool]:
        names = [name.replace("-", "_") for name in self.get("variable").split()]
        special = {"locator": item.has_locator, "first_reference_note_number": bool(item.position.first_note)}
        return [
            special[name] if name in special else dict.__contains__(item.reference, name) for name in names
        ]

    def _is_numeric(self, item: Cited) -> list[bool]:
        result = []
        for name in self.get("is-numeric").split():
            value = item.place.identifier if name == "locator" and item.place else ""
            value = value or dict.get(item.reference, name.replace("-", "_"), "")
            pattern = r"\s*[^\W\d_]{0,3}\d+[^\W\d_]{0,3}(\s*[-–,&]+\s*[^\W\d_]{0,3}\d+[^\W\d_]{0,3})*\s*"
            result.append(re.fullmatch(pattern, marked.strip(str(value))) is not None)
        return result


class ElseIf(If):
    """A further condition."""
