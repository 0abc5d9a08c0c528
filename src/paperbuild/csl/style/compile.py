"""A style's XML into records: macros in their places, options inherited, terms looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from . import names as read
from .attributes import date_part, date_parts, flag, format_of, number, text_case
from .element import Element
from .macros import Macros
from .names import Inherited
from .nodes import (
    BibliographyOptions,
    Branch,
    Choose,
    CitationOptions,
    CompiledStyle,
    Condition,
    Date,
    DateFormat,
    DatePart,
    EtAl,
    Group,
    Label,
    Layout,
    Locale,
    Macro,
    NameOptions,
    Names,
    Node,
    Number,
    SortKey,
    Text,
)

_CONDITIONS = frozenset(
    ("type", "variable", "is-numeric", "is-uncertain-date", "position", "disambiguate", "locator")
)
_DATE_PARTS = {"year": {"year"}, "year-month": {"year", "month"}, "year-month-day": {"year", "month", "day"}}


class _Deferred:
    """A macro's elements, compiled when a work first asks for them: a style has macros for all types."""

    __slots__ = ("_made", "_source")

    def __init__(self, element: Element, place: _Place) -> None:
        self._source: tuple[Element, _Place] | None = (element, place)
        self._made: tuple[Node, ...] = ()

    def __iter__(self) -> Iterator[Node]:
        if self._source is not None:
            self._made, self._source = _children(*self._source), None
        return iter(self._made)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an element stands: what it inherits, and what it may refer to."""

    macros: Macros
    locale: Locale
    inherited: Inherited
    compiled: dict[tuple[str, int, int], tuple[_Place, _Deferred]] = field(default_factory=dict)
    """The macros that were called, by name and by what they inherit there, with the place of each: it keeps
    alive what the key names."""
    parent: Element | None = None
    """The ``cs:names`` whose ``cs:substitute`` is being compiled."""
    options: dict[tuple[int, int], tuple[Element, NameOptions, EtAl]] = field(default_factory=dict)
    """What ``looks`` found, with the element, which it keeps alive."""

    def looks(self, names: Element) -> tuple[NameOptions, EtAl]:
        """The options of a ``cs:names``, read once for all that take them over."""
        key = (id(names), id(self.inherited))
        if key not in self.options:
            options = read.name_options(names, self.inherited, self.locale)
            self.options[key] = (names, options, read.et_al(names, self.locale))
        return self.options[key][1:]

    def inside(self, inherited: Inherited) -> _Place:
        """The same place with other options; with equal ones itself, so that macros are shared."""
        return self if inherited == self.inherited else replace(self, inherited=inherited)


def compile_style(root: Element, locale: Locale, where: str) -> CompiledStyle:
    """The compiled style of a ``cs:style`` element, in this locale. ``where`` stands in errors.

    Raises StyleError where a macro is missing or calls itself.
    """
    demote = root.get("demote-non-dropping-particle", "display-and-sort")
    hyphen = root.get("initialize-with-hyphen", "true") != "false"
    base = NameOptions(demote_non_dropping_particle=demote, initialize_with_hyphen=hyphen)
    macros = Macros({macro.get("name", ""): macro for macro in root.all("macro")}, where)
    held = macros.within([*root.all("citation"), *root.all("bibliography")])
    place = _Place(macros, locale, read.inherit(root, Inherited(base), locale))
    bibliography = root.find("bibliography")
    citation = root.find("citation") or root  # there is always one: see load
    return CompiledStyle(
        style_class="note" if root.get("class") == "note" else "in-text",
        locale=locale,
        citation=_area(citation, place),
        citation_options=_citation_options(citation),
        bibliography=None if bibliography is None else _area(bibliography, place),
        bibliography_options=_bibliography_options(bibliography),
        page_range_format=root.get("page-range-format", ""),
        tests_disambiguate=held.disambiguate,
        prints_year_suffix=held.letters,
    )


def _area(element: Element, place: _Place) -> Layout:
    inherited = read.inherit(element, place.inherited, place.locale)
    inside = place.inside(inherited)
    layout = element.find("layout")
    keys = (key for sort in element.all("sort") for key in sort.all("key"))
    return Layout(
        children=() if layout is None else _children(layout, inside),
        format=format_of(element if layout is None else layout, layout=True),
        sort=tuple(_key(key, inside) for key in keys),
        name=inherited.name,
    )


def _citation_options(element: Element) -> CitationOptions:
    return CitationOptions(
        add_names=flag(element, "disambiguate-add-names"),
        add_given_names=flag(element, "disambiguate-add-givenname"),
        given_name_rule=element.get("givenname-disambiguation-rule", "by-cite"),
        add_year_suffix=flag(element, "disambiguate-add-year-suffix"),
        collapse=element.get("collapse", ""),
        cite_group_delimiter=element.attrib.get("cite-group-delimiter"),
        year_suffix_delimiter=element.attrib.get("year-suffix-delimiter"),
        after_collapse_delimiter=element.attrib.get("after-collapse-delimiter"),
        near_note_distance=number(element, "near-note-distance", 5),
    )


def _bibliography_options(element: Element | None) -> BibliographyOptions:
    if element is None:
        return BibliographyOptions()
    return BibliographyOptions(
        second_field_align=element.get("second-field-align", ""),
        subsequent_author_substitute=element.attrib.get("subsequent-author-substitute"),
        subsequent_author_substitute_rule=element.get("subsequent-author-substitute-rule", "complete-all"),
    )


def _key(element: Element, place: _Place) -> SortKey:
    macro = element.get("macro", "")
    inside = place.inside(read.sorted_by(element, place.inherited))
    variable = element.get("variable", "")
    children: Iterable[Node] = _macro(macro, inside) if macro else ()
    if variable:
        # the key's own limits hold for a variable of names, too
        options = replace(inside.inherited.name, **inside.inherited.forced, name_as_sort_order="all")
        children = (Names((variable,), options, read.et_al(element, place.locale)),)
    return SortKey(variable, children, element.get("sort") == "descending", macro)


def _children(element: Element, place: _Place) -> tuple[Node, ...]:
    return tuple(
        [_BUILDERS[child.name](child, place) for child in element.children if child.name in _BUILDERS]
    )


def _macro(name: str, place: _Place) -> Iterable[Node]:
    """A macro's elements; one that inherits nothing means the same everywhere and is compiled once."""
    held = place.macros.of(name)
    key = (name, id(place.inherited) if held.names else 0, id(place.parent) if held.bare else 0)
    if key not in place.compiled:
        place.compiled[key] = (place, _Deferred(place.macros.elements[name], place))
    return place.compiled[key][1]


def _text(element: Element, place: _Place) -> Node:
    look, case, strip = format_of(element), text_case(element), flag(element, "strip-periods")
    form = element.get("form", "long")
    if "macro" in element.attrib:
        name = element.get("macro")
        return Macro(name, _macro(name, place), look, case, strip)
    if "variable" in element.attrib:
        return Text("variable", element.get("variable"), form, look, case, strip)
    if "term" in element.attrib:
        term = element.get("term")
        words = place.locale.term(term, form, plural=flag(element, "plural")) or ""
        return Text("term", words, form, look, case, strip, term)
    return Text("value", element.get("value", ""), form, look, case, strip)


def _number(element: Element, _: _Place) -> Number:
    form = element.get("form", "numeric")
    return Number(element.get("variable", ""), form, format_of(element), text_case(element))


def _label(element: Element, _: _Place) -> Label:
    return read.label(element)


def _date(element: Element, place: _Place) -> Date:
    variable, form = element.get("variable", ""), element.get("form", "")
    if form in place.locale.dates:
        localized = place.locale.dates[form]
        parts = tuple(_localized(element, localized))
        look = replace(format_of(element), delimiter=localized.format.delimiter)
        return Date(variable, parts, look, text_case(element) or localized.text_case)
    return Date(variable, date_parts(element), format_of(element), text_case(element))


def _localized(element: Element, localized: DateFormat) -> Iterator[DatePart]:
    """The locale's parts that the style asks for, each with the attributes the style sets over it."""
    wanted = _DATE_PARTS.get(element.get("date-parts", ""), _DATE_PARTS["year-month-day"])
    over = {part.get("name"): part for part in element.all("date-part")}
    for part in localized.parts:
        if part.name in wanted:
            yield _overridden(part, over[part.name]) if part.name in over else part


def _overridden(part: DatePart, over: Element) -> DatePart:
    own = date_part(over)
    given = {name.replace("-", "_") for name in over.attrib}
    looks = {name: getattr(own.format, name) for name in given & _LOOKS}
    direct = {
        name: getattr(own, name) for name in given & {"form", "text_case", "strip_periods", "range_delimiter"}
    }
    return replace(part, format=replace(part.format, **looks), **direct)


_LOOKS = {"font_style", "font_variant", "font_weight", "text_decoration", "vertical_align"}
"""Affixes stay the locale's (CSL 1.0.2, "Localized Dates")."""


def _bare(names: Element) -> bool:
    """Whether a ``cs:names`` has no ``cs:name``, and inside ``cs:substitute`` takes that of another."""
    return names.find("name") is None


def _names(element: Element, place: _Place) -> Names:
    source = element
    empty = not any(child.name in {"name", "et-al", "label", "substitute"} for child in element.children)
    if place.parent is not None and _bare(element):
        source = place.parent  # shorthand in cs:substitute: the options of the names it stands for
    label_source = source if empty else element
    label = label_source.find("label")
    order = [child.name for child in label_source.children]
    substitute = element.find("substitute")
    inside = replace(place, parent=source) if substitute is not None else place
    options, et_al = place.looks(source)
    return Names(
        variables=tuple(element.get("variable", "").split()),
        name=options,
        et_al=et_al,
        label=None if label is None else read.label(label),
        label_first=label is not None and "name" in order and order.index("label") < order.index("name"),
        substitute=() if substitute is None else _children(substitute, inside),
        format=format_of(element, delimiter=place.inherited.names_delimiter),
    )


def _group(element: Element, place: _Place) -> Group:
    return Group(_children(element, place), format_of(element))


def _choose(element: Element, place: _Place) -> Choose:
    return Choose(tuple(_branch(branch, place) for branch in element.children))


@lru_cache(maxsize=1024)
def _conditions(kind: Any, values: str) -> tuple[Condition, ...]:
    """The tests of one attribute. Equal ones are one record: a style asks the same few again and again."""
    if kind in {"type", "locator"}:
        return (Condition(kind, frozenset(values.split())),)
    return tuple(Condition(kind, value) for value in values.split())


def _branch(element: Element, place: _Place) -> Branch:
    conditions = tuple(
        condition
        for kind, values in element.attrib.items()
        if kind in _CONDITIONS
        for condition in _conditions(kind, values)
    )
    return Branch(conditions, element.get("match", "all"), _children(element, place))


_BUILDERS: Mapping[str, Callable[[Element, _Place], Node]] = {
    "text": _text,
    "number": _number,
    "label": _label,
    "date": _date,
    "names": _names,
    "group": _group,
    "choose": _choose,
}
