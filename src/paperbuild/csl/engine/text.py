"""Text, numbers, their labels, and groups of them."""

from __future__ import annotations

import re
from typing import Any

from citeproc import model
from citeproc.source import VariableError

from paperbuild.csl import marked

from .cited import Cited
from .element import Element


class Text(Element, model.Text):  # type: ignore[misc]
    """Text of a variable, macro, term or value."""

    def get_macro(self, name: str) -> Any:
        """The macro of this name."""
        return self.get_root().macros[name]

    def process(self, item: Cited, context: Any = None, **options: Any) -> tuple[Any, str]:
        """The text and its language; options reach the macro (they do not in citeproc-py)."""
        if "macro" not in self.attrib:
            return super().process(item, context=context, **options)  # type: ignore[no-any-return]
        language = item.reference.get("language") or self.get_root().get("default-locale", "en")
        macro = self.get_macro(self.get("macro"))
        fields, found, held = item.reference, item.reference.found, item.reference.held
        text = macro.render(item, self if context is None else context, options.get("sort_options"))
        if fields.held > held and fields.found == found:
            return None, language[:2]  # all that it has to say stands in the place of the author
        return text, language[:2]

    def _variable(self, item: Cited, context: Any) -> Any:
        name = self.get("variable")
        if name == "first-reference-note-number":
            if not item.position.first_note:
                raise VariableError
            return str(item.position.first_note)
        if name == "citation-number":
            item.reference.found += 1
            return str(item.number)
        if name == "locator":
            item.reference.found += item.has_locator
            item.reference.missed += not item.has_locator
        return super()._variable(item, context)

    def _format_last_page(self, first: str, last: str) -> str:
        return _last_page(super()._format_last_page, first, last)


class Number(Element, model.Number):  # type: ignore[misc]
    """A number."""

    def _format_last_page(self, first: str, last: str) -> str:
        return _last_page(super()._format_last_page, first, last)

    def process(self, item: Cited, context: Any = None, **options: Any) -> Any:
        """The number as the element's form says."""
        if self.get("variable") == "citation-number":
            item.reference.found += 1
            return str(item.number)
        if self.get("variable") == "locator":
            item.reference.found += item.has_locator
            item.reference.missed += not item.has_locator
        return super().process(item, context=context, **options)


def _last_page(shorten: Any, first: str, last: str) -> str:
    """The end of a page range; ``512-57`` is read as 512 to 557 before anything is cut off it."""
    if first.isdigit() and last.isdigit():
        whole = first[: max(0, len(first) - len(last))] + last
        if len(whole) == len(first) and int(whole) > int(first):
            return str(shorten(first, whole))
    return last


class Label(Element, model.Label):  # type: ignore[misc]
    """The word before or after a number or names."""

    def process(self, item: Cited, variable: Any = None, plural: Any = None, **options: Any) -> Any:
        """The label in singular or plural; none where there is nothing to label."""
        name = variable or self.get("variable")
        has = item.has_locator if name == "locator" else name.replace("-", "_") in item.reference
        if not has and name not in {"citation-number", "editortranslator"}:
            raise VariableError
        return super().process(item, variable, plural, **options)

    def _is_plural(self, item: Cited) -> bool:
        variable = self.get("variable")
        if variable == "locator":
            value = item.locator.identifier
        else:
            value = item.reference.get(variable.replace("-", "_"), "")
        if variable.startswith("number-of"):
            return str(value).isdigit() and int(value) > 1
        return re.search(r"\d\s*([-–,&]|\band\b|\bund\b)+\s*\w*\d", marked.strip(str(value))) is not None


class Group(Element, model.Group):  # type: ignore[misc]
    """A group; nothing is printed of it where all variables it calls are empty."""

    def process(self, item: Cited, context: Any = None, **options: Any) -> Any:
        """The children's text with the delimiter between."""
        fields = item.reference
        found, missed = fields.found, fields.missed
        output = []
        for child in self:
            inherited = {"delimiter": self.get("delimiter", "")} if isinstance(child, model.Choose) else {}
            try:
                text = child.render(item, context=context, **inherited, **options)
            except VariableError:
                continue
            if text:
                output.append(text)
        if output and (fields.found > found or fields.missed == missed):
            return self.join(output)
        raise VariableError
