"""``cs:names`` and its children, with what they inherit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from paperbuild.csl.text.tree import PLAIN

from .attributes import flag, format_of, text_case
from .element import Element
from .nodes import EtAl, Label, Locale, NameOptions, NamePart

_TEXTS = {
    "delimiter-precedes-last": "delimiter_precedes_last",
    "delimiter-precedes-et-al": "delimiter_precedes_et_al",
    "initialize-with": "initialize_with",
    "name-as-sort-order": "name_as_sort_order",
    "sort-separator": "sort_separator",
}
_NUMBERS = {
    "et-al-min": "et_al_min",
    "et-al-use-first": "et_al_use_first",
    "et-al-subsequent-min": "et_al_subsequent_min",
    "et-al-subsequent-use-first": "et_al_subsequent_use_first",
}
_FLAGS = {"et-al-use-last": "et_al_use_last", "initialize": "initialize"}
_SORT = {"names-min": "et_al_min", "names-use-first": "et_al_use_first"}


@dataclass(frozen=True, slots=True)
class Inherited:
    """What names inherit where they stand (CSL 1.0.2, "Inheritable Name Options")."""

    name: NameOptions
    names_delimiter: str = ""
    forced: Mapping[str, Any] = field(default_factory=dict)
    """What a sort key sets over the names' own options."""
    made: dict[tuple[tuple[str, Any], ...], NameOptions] = field(default_factory=dict, compare=False)
    """The options made here so far, by what they change: a style repeats the same few."""

    def changed(self, changes: dict[str, Any]) -> NameOptions:
        """The options with these changes, under those of a sort key."""
        key = tuple(changes.items())
        if key not in self.made:
            self.made[key] = replace(self.name, **{**changes, **self.forced})
        return self.made[key]


def inherit(element: Element, before: Inherited, locale: Locale) -> Inherited:
    """The options of ``cs:style``, ``cs:citation`` or ``cs:bibliography`` over those it inherits."""
    changes = _changes(element, locale)
    if "name-form" in element.attrib:
        changes["form"] = element.get("name-form")
    if "name-delimiter" in element.attrib:
        changes["delimiter"] = element.get("name-delimiter")
    delimiter = element.get("names-delimiter", before.names_delimiter)
    return Inherited(replace(before.name, **changes), delimiter)


def sorted_by(key: Element, before: Inherited) -> Inherited:
    """The options with the limits of a sort key, which go before those of the names themselves."""
    forced: dict[str, Any] = {
        ours: int(key.get(name)) for name, ours in _SORT.items() if key.get(name, "").isdecimal()
    }
    if "names-use-last" in key.attrib:
        forced["et_al_use_last"] = flag(key, "names-use-last")
    return Inherited(before.name, before.names_delimiter, forced)


def _changes(element: Element, locale: Locale) -> dict[str, Any]:
    """The attributes that an element sets, by the name of our field."""
    given = element.attrib
    changes: dict[str, Any] = {ours: given[name] for name, ours in _TEXTS.items() if name in given}
    for name, ours in _NUMBERS.items():
        if given.get(name, "").isdecimal():
            changes[ours] = int(given[name])
    changes |= {ours: given[name] == "true" for name, ours in _FLAGS.items() if name in given}
    if "and" in given:
        changes["and_"] = and_word(given["and"], locale)
    return changes


def and_word(kind: str, locale: Locale) -> str:
    """``and`` in the language, or its sign."""
    if kind == "symbol":
        return locale.terms["and", "symbol"].single if ("and", "symbol") in locale.terms else "&"
    return (locale.term("and") or "") if kind == "text" else ""


def name_options(names: Element, inherited: Inherited, locale: Locale) -> NameOptions:
    """The options of a ``cs:names``: its ``cs:name`` over what it inherits."""
    name = names.find("name")
    if name is None:
        return inherited.changed({})
    changes = _changes(name, locale)
    changes |= {key: name.get(key) for key in ("form", "delimiter") if key in name.attrib}
    for part in name.all("name-part"):
        if part.get("name") in {"family", "given"}:
            changes[part.get("name")] = NamePart(format_of(part), text_case(part))
    changes["format"] = format_of(name, delimited=False)
    return inherited.changed(changes)


def et_al(names: Element, locale: Locale) -> EtAl:
    """``cs:et-al``, or the plain term."""
    element = names.find("et-al")
    term = "et-al" if element is None else element.get("term", "et-al")
    text = locale.term(term)
    if text is None:  # a style may name a term as its words: "and others"
        text = locale.term(term.replace(" ", "-")) or ""
    return EtAl(text, PLAIN if element is None else format_of(element))


def label(element: Element) -> Label:
    """``cs:label``"""
    return Label(
        variable=element.get("variable", ""),
        form=element.get("form", "long"),
        plural=element.get("plural", "contextual"),
        format=format_of(element),
        text_case=text_case(element),
        strip_periods=flag(element, "strip-periods"),
    )
