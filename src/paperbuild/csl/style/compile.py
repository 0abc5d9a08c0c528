"""A style's XML into records: macros in their places, options inherited, terms looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from paperbuild.csl.records import StyleError

from . import names as read
from .attributes import CSL, date_part, flag, format_of, local, number, text_case
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

_CONDITIONS = ("type", "variable", "is-numeric", "is-uncertain-date", "position", "disambiguate", "locator")
_DATE_PARTS = {"year": {"year"}, "year-month": {"year", "month"}, "year-month-day": {"year", "month", "day"}}


@dataclass(slots=True)
class _Seen:
    """What the style was seen to use."""

    disambiguate: bool = False
    year_suffix: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an element stands: what it inherits, and what it may refer to."""

    macros: Mapping[str, Any]
    locale: Locale
    inherited: Inherited
    where: str
    seen: _Seen
    calls: tuple[str, ...] = ()
    """The macros that are being compiled, to find one that calls itself."""
    compiled: dict[tuple[str, int, int], tuple[_Place, tuple[Node, ...]]] = field(default_factory=dict)
    """The macros that were compiled, by name and by what they inherit there, with the place of each:
    it keeps alive what the key names."""
    parent: Any = None
    """The ``cs:names`` whose ``cs:substitute`` is being compiled."""

    def inside(self, inherited: Inherited) -> _Place:
        """The same place with other options; with equal ones itself, so that macros are shared."""
        return self if inherited == self.inherited else replace(self, inherited=inherited)


def compile_style(root: Any, locale: Locale, where: str) -> CompiledStyle:
    """The compiled style of a ``cs:style`` element, in this locale. ``where`` stands in errors.

    Raises StyleError where a macro is missing or calls itself.
    """
    seen = _Seen()
    demote = root.get("demote-non-dropping-particle", "display-and-sort")
    hyphen = root.get("initialize-with-hyphen", "true") != "false"
    base = NameOptions(demote_non_dropping_particle=demote, initialize_with_hyphen=hyphen)
    macros = {macro.get("name", ""): macro for macro in root.iterfind(f"{CSL}macro")}
    inherited = read.inherit(root, Inherited(base), locale)
    place = _Place(macros, locale, inherited, where, seen)
    citation, bibliography = root.find(f"{CSL}citation"), root.find(f"{CSL}bibliography")
    return CompiledStyle(
        style_class="note" if root.get("class") == "note" else "in-text",
        locale=locale,
        citation=_area(citation, place),
        citation_options=_citation_options(citation),
        bibliography=None if bibliography is None else _area(bibliography, place),
        bibliography_options=_bibliography_options(bibliography),
        page_range_format=root.get("page-range-format", ""),
        demote_non_dropping_particle=demote,
        initialize_with_hyphen=hyphen,
        tests_disambiguate=seen.disambiguate,
        prints_year_suffix=seen.year_suffix,
    )


def _area(element: Any, place: _Place) -> Layout:
    inherited = read.inherit(element, place.inherited, place.locale)
    inside = place.inside(inherited)
    layout = element.find(f"{CSL}layout")
    keys = element.iterfind(f"{CSL}sort/{CSL}key")
    return Layout(
        children=() if layout is None else _children(layout, inside),
        format=format_of(element if layout is None else layout, layout=True),
        sort=tuple(_key(key, inside) for key in keys),
        name=inherited.name,
    )


def _citation_options(element: Any) -> CitationOptions:
    return CitationOptions(
        add_names=flag(element, "disambiguate-add-names"),
        add_given_names=flag(element, "disambiguate-add-givenname"),
        given_name_rule=element.get("givenname-disambiguation-rule", "by-cite"),
        add_year_suffix=flag(element, "disambiguate-add-year-suffix"),
        collapse=element.get("collapse", ""),
        cite_group_delimiter=element.get("cite-group-delimiter"),
        year_suffix_delimiter=element.get("year-suffix-delimiter"),
        after_collapse_delimiter=element.get("after-collapse-delimiter"),
        near_note_distance=number(element, "near-note-distance", 5),
    )


def _bibliography_options(element: Any) -> BibliographyOptions:
    if element is None:
        return BibliographyOptions()
    return BibliographyOptions(
        hanging_indent=flag(element, "hanging-indent"),
        second_field_align=element.get("second-field-align", ""),
        line_spacing=number(element, "line-spacing", 1),
        entry_spacing=number(element, "entry-spacing", 1),
        subsequent_author_substitute=element.get("subsequent-author-substitute"),
        subsequent_author_substitute_rule=element.get("subsequent-author-substitute-rule", "complete-all"),
    )


def _key(element: Any, place: _Place) -> SortKey:
    macro = element.get("macro", "")
    inside = place.inside(read.sorted_by(element, place.inherited))
    variable = element.get("variable", "")
    children = _macro(macro, inside) if macro else ()
    if variable:
        # the key's own limits hold for a variable of names, too
        options = replace(inside.inherited.name, **inside.inherited.forced, name_as_sort_order="all")
        children = (Names((variable,), options, read.et_al(element, place.locale)),)
    return SortKey(variable, children, element.get("sort") == "descending", macro)


def _children(element: Any, place: _Place) -> tuple[Node, ...]:
    return tuple(node for child in element for node in _node(child, place))


def _node(element: Any, place: _Place) -> Iterator[Node]:
    build = _BUILDERS.get(local(element))
    if build is not None:
        node = build(element, place)
        if node is not None:
            yield node


def _macro(name: str, place: _Place) -> tuple[Node, ...]:
    if name not in place.macros:
        raise StyleError(f"the style calls the macro {name!r}, which it does not have", where=place.where)
    if name in place.calls:
        raise StyleError(f"the style's macro {name!r} calls itself", where=place.where)
    key = (name, id(place.inherited), id(place.parent))
    if key not in place.compiled:
        inside = replace(place, calls=(*place.calls, name))
        place.compiled[key] = (inside, _children(place.macros[name], inside))
    return place.compiled[key][1]


def _text(element: Any, place: _Place) -> Node | None:
    look, case, strip = format_of(element), text_case(element), flag(element, "strip-periods")
    form = element.get("form", "long")
    if "macro" in element.attrib:
        name = element.get("macro")
        return Macro(name, _macro(name, place), look, case, strip)
    if "variable" in element.attrib:
        variable = element.get("variable")
        if variable in {"year-suffix", "citation-label"}:
            place.seen.year_suffix = True
        return Text("variable", variable, form, look, case, strip)
    if "term" in element.attrib:
        term = element.get("term")
        words = place.locale.term(term, form, plural=flag(element, "plural")) or ""
        return Text("term", words, form, look, case, strip, term)
    return Text("value", element.get("value", ""), form, look, case, strip)


def _number(element: Any, _: _Place) -> Number:
    form = element.get("form", "numeric")
    return Number(element.get("variable", ""), form, format_of(element), text_case(element))


def _label(element: Any, _: _Place) -> Label:
    return read.label(element)


def _date(element: Any, place: _Place) -> Date:
    variable, form = element.get("variable", ""), element.get("form", "")
    own = tuple(date_part(part) for part in element.iterfind(f"{CSL}date-part"))
    if form in place.locale.dates:
        localized = place.locale.dates[form]
        parts = tuple(_localized(element, localized))
        look = replace(format_of(element), delimiter=localized.format.delimiter)
        return Date(variable, parts, look, text_case(element) or localized.text_case)
    return Date(variable, own, format_of(element), text_case(element))


def _localized(element: Any, localized: DateFormat) -> Iterator[DatePart]:
    """The locale's parts that the style asks for, each with the attributes the style sets over it."""
    wanted = _DATE_PARTS.get(element.get("date-parts", ""), _DATE_PARTS["year-month-day"])
    over = {part.get("name"): part for part in element.iterfind(f"{CSL}date-part")}
    for part in localized.parts:
        if part.name in wanted:
            yield _overridden(part, over[part.name]) if part.name in over else part


def _overridden(part: DatePart, over: Any) -> DatePart:
    own = date_part(over)
    given = {name.replace("-", "_") for name in over.attrib}
    looks = {name: getattr(own.format, name) for name in given & _LOOKS}
    direct = {
        name: getattr(own, name) for name in given & {"form", "text_case", "strip_periods", "range_delimiter"}
    }
    return replace(part, format=replace(part.format, **looks), **direct)


_LOOKS = {"font_style", "font_variant", "font_weight", "text_decoration", "vertical_align"}
"""Affixes stay the locale's (CSL 1.0.2, "Localized Dates")."""


def _names(element: Any, place: _Place) -> Names:
    source = element
    bare = not any(local(child) in {"name", "et-al", "label", "substitute"} for child in element)
    if place.parent is not None and element.find(f"{CSL}name") is None:
        source = place.parent  # shorthand in cs:substitute: the options of the names it stands for
    label_source = source if bare else element
    label = label_source.find(f"{CSL}label")
    order = [local(child) for child in label_source]
    substitute = element.find(f"{CSL}substitute")
    inside = replace(place, parent=source) if substitute is not None else place
    return Names(
        variables=tuple(element.get("variable", "").split()),
        name=read.name_options(source, place.inherited, place.locale),
        et_al=read.et_al(source, place.locale),
        label=None if label is None else read.label(label),
        label_first=label is not None and "name" in order and order.index("label") < order.index("name"),
        substitute=() if substitute is None else _children(substitute, inside),
        format=format_of(element, delimiter=place.inherited.names_delimiter),
    )


def _group(element: Any, place: _Place) -> Group:
    return Group(_children(element, place), format_of(element))


def _choose(element: Any, place: _Place) -> Choose:
    return Choose(tuple(_branch(branch, place) for branch in element if local(branch)))


def _branch(element: Any, place: _Place) -> Branch:
    conditions = tuple(
        Condition(kind, value)  # type: ignore[arg-type]
        for kind in _CONDITIONS
        for value in element.get(kind, "").split()
    )
    if any(condition.kind == "disambiguate" for condition in conditions):
        place.seen.disambiguate = True
    return Branch(conditions, element.get("match", "all"), _children(element, place))


_BUILDERS: Mapping[str, Callable[[Any, _Place], Node | None]] = {
    "text": _text,
    "number": _number,
    "label": _label,
    "date": _date,
    "names": _names,
    "group": _group,
    "choose": _choose,
}
