"""Names: how many are shown, in which order their parts stand, and what stands for missing ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from citeproc import model
from citeproc.source import VariableError

from paperbuild.csl.marked import mark

from .cited import Cited
from .element import CSL, Element


class NamePart(Element, model.Name_Part):  # type: ignore[misc]
    """The format of a family or given name."""

    def format_part(self, given: Any, family: Any) -> tuple[Any, Any]:
        """Both parts; one that is missing stays missing."""
        if not (given if self.get("name") == "given" else family):
            return given, family
        return super().format_part(given, family)  # type: ignore[no-any-return]


class Name(Element, model.Name):  # type: ignore[misc]
    """A list of names."""

    def process(self, item: Cited, variable: str, context: Any = None, **options: Any) -> Any:
        """The names, shortened as the place asks."""
        chosen = dict(item.sorting)
        names = item.reference.get(variable, [])
        if "subsequent" in item.position.names and not chosen:
            chosen = self._subsequent(context)
        self._precedes(chosen, len(names), context)
        self._shown(chosen, names, item.more_names, context)
        options["sort_options"] = chosen
        text = super().process(item, variable, context=context, **options)
        return mark("names", text) if item.author_done and isinstance(text, str) else text

    def _shown(self, chosen: dict[str, Any], names: Sequence[Any], more: int, context: Any) -> None:
        """Decide how many names are shown: more to tell works apart, none of BibTeX's ``others``."""
        if not names or self.get_option("form", context, chosen) == "count":
            return
        least = int(chosen.get("et-al-min") or self.get_option("et-al-min", context))
        first = int(chosen.get("et-al-use-first") or self.get_option("et-al-use-first", context))
        if more and least:
            shown = first + more
            chosen["et-al-min"], chosen["et-al-use-first"] = max(least, shown + 1), shown
        others = len(names) > 1 and names[-1].get("literal") == "others"
        if others and (not least or len(names) - 1 < least):
            chosen["et-al-min"], chosen["et-al-use-first"] = len(names), len(names) - 1
            chosen["et-al-use-last"] = False

    def _subsequent(self, context: Any) -> dict[str, Any]:
        """What shortens the names of an item that was cited before."""
        least = self.get_option("et-al-subsequent-min", context)
        return (
            {"et-al-min": least, "et-al-use-first": self.get_option("et-al-subsequent-use-first", context)}
            if least
            else {}
        )

    def _precedes(self, chosen: dict[str, Any], count: int, context: Any) -> None:
        """Decide where the comma depends on whether the name before it is inverted."""
        inverted = chosen.get("name-as-sort-order") or self.get_option("name-as-sort-order", context)
        for name, before in (("last", count - 1), ("et-al", self.get_option("et-al-use-first", context))):
            option = f"delimiter-precedes-{name}"
            if self.get_option(option, context) == "after-inverted-name":
                hit = inverted == "all" or (inverted == "first" and before == 1)
                chosen[option] = "always" if hit else "never"

    def et_al(self) -> Any:
        """The words for further names."""
        words = next(self.itersiblings(f"{CSL}et-al"), None)
        return self.get_single_term(name="et-al") if words is None else words.render()

    def area_of(self, context: Any) -> Any:
        """The citation or bibliography in which the names are printed."""
        node = self if context is None else context
        while node is not None and node.tag not in (f"{CSL}citation", f"{CSL}bibliography"):
            node = node.getparent()
        return self if node is None else node

    def get_option(self, name: str, context: Any = None, sort_options: Any = None) -> Any:
        """The option's value: from the element, the citation or bibliography, or the style."""
        if sort_options and name in sort_options and not (name == "form" and self.get("form") == "count"):
            value = sort_options[name]
            return int(value) if name.startswith("et-al") and name != "et-al-use-last" else value
        area = self.area_of(context)
        inherited = f"name-{name}" if name in {"form", "delimiter"} else name
        value = self.get(name)
        value = area.get_option(inherited) if value is None else value
        if name in {"initialize-with-hyphen", "et-al-use-last"}:
            return value.lower() == "true"
        return int(value) if name.startswith("et-al") else value

    def initialize(self, given: str, mark: str, context: Any) -> str:
        """The given names as initials; names in scripts without capitals stay whole."""
        if not any(letter.isupper() for letter in given):
            return given
        if self.get("initialize") == "false":
            return re.sub(r"\b(\w)\.?(?=\s|$)", lambda found: found[1] + mark.rstrip(), given)
        hyphen = "-" if self.get_option("initialize-with-hyphen", context) else ""
        pieces: list[str] = []
        for word in re.sub(r"\.(?!-)", ". ", given).split():
            parts = [part for part in word.replace("–", "-").split("-") if part[:1].isupper()]
            if parts:
                pieces.append((mark.rstrip() + hyphen).join(part[0] for part in parts) + mark)
            else:
                pieces.append(f" {word} ")
        return " ".join("".join(pieces).split())


class Names(Element, model.Names):  # type: ignore[misc]
    """Names of one or more roles. The first of a cite are its author's."""

    def substitute(self) -> Any:
        """What stands for missing names, or None."""
        return self.find(f"{CSL}substitute")

    def get_parent_delimiter(self, context: Any = None) -> str:
        """What stands between the names of two roles."""
        return str(self.name.area_of(context).get_option("names-delimiter"))

    def process(self, item: Cited, names_context: Any = None, context: Any = None, **options: Any) -> Any:
        """The names, their roles counted as printed or missing."""
        for role in self.get("variable").replace("-", "_").split():
            if role in item.reference:
                item.reference.found += 1
                item.reference.used.add(role)
            else:
                item.reference.missed += 1
        return super().process(item, names_context, context, **options)

    def render(self, item: Cited, *args: Any, **options: Any) -> Any:
        """The names; the first ones are marked as the author, or left out where that is asked."""
        if item.author_done or item.sorting:
            return super().render(item, *args, **options)
        item.author_done = True
        try:
            text = super().render(item, *args, **options)
        except VariableError:
            text = None
        if not text:
            item.author_done = False
            raise VariableError
        if item.hide_author:
            raise VariableError
        return mark("author", str(text))


class Substitute(model.Substitute):  # type: ignore[misc]
    """What stands for missing names. What it prints is not printed a second time."""

    def render(self, item: Cited, context: Any = None, **options: Any) -> Any:
        """The first alternative that gives any text."""
        fields = item.reference
        for child in self:
            fields.used = set()
            try:
                text = child.render(item, context=context, **options)
            except VariableError:
                continue
            if text:
                fields.hidden |= fields.used
                return text
        return None
