"""A compiled style: what a CSL file's elements become, once for a run, as plain frozen records.

Macros are put in their places, inherited name options and locale terms are looked up, attributes are
checked: evaluating a style touches no XML. Element and attribute names are those of the CSL 1.0.2
specification; a record that mirrors an element has its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from paperbuild.csl.text.tree import PLAIN, Format

TextCase = Literal["", "lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence", "title"]


@dataclass(frozen=True, slots=True)
class Text:
    """``cs:text`` that prints a variable, a term or a fixed value; with a macro, see ``Macro``."""

    source: Literal["variable", "term", "value"]
    value: str
    """The variable's name, or the text itself: a term is looked up when the style is compiled."""
    form: str = "long"
    format: Format = PLAIN
    text_case: TextCase = ""
    strip_periods: bool = False
    term: str = ""
    """The term's name, where the text is one."""


@dataclass(frozen=True, slots=True)
class Macro:
    """``cs:text`` that calls a macro: the macro's elements in their place."""

    name: str
    children: Iterable[Node]
    format: Format = PLAIN
    text_case: TextCase = ""
    strip_periods: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """``cs:number``"""

    variable: str
    form: str = "numeric"
    """numeric, ordinal, long-ordinal or roman"""
    format: Format = PLAIN
    text_case: TextCase = ""


@dataclass(frozen=True, slots=True)
class Label:
    """``cs:label``, alone or inside ``cs:names``."""

    variable: str
    """Empty inside ``cs:names``, where it is the role's."""
    form: str = "long"
    plural: str = "contextual"
    """contextual, always or never"""
    format: Format = PLAIN
    text_case: TextCase = ""
    strip_periods: bool = False


@dataclass(frozen=True, slots=True)
class DatePart:
    """``cs:date-part``, with the style's attributes over the locale's (CSL 1.0.2, "Localized Dates")."""

    name: str
    """year, month or day"""
    form: str
    """day: numeric, numeric-leading-zeros, ordinal; month: long, short, numeric, numeric-leading-zeros;
    year: long, short"""
    format: Format = PLAIN
    text_case: TextCase = ""
    strip_periods: bool = False
    range_delimiter: str = "–"


@dataclass(frozen=True, slots=True)
class Date:
    """``cs:date``; a localized one with the locale's parts, cut down to what ``date-parts`` asks for."""

    variable: str
    parts: tuple[DatePart, ...]
    format: Format = PLAIN
    """Its delimiter stands between the parts."""
    text_case: TextCase = ""


@dataclass(frozen=True, slots=True)
class NamePart:
    """``cs:name-part``: the look of given or family names."""

    format: Format = PLAIN
    text_case: TextCase = ""


@dataclass(frozen=True, slots=True)
class NameOptions:
    """``cs:name`` with everything it inherits from the citation or bibliography, and from the style."""

    form: str = "long"
    """long, short or count"""
    and_: str = ""
    """The word or sign itself; empty for none."""
    delimiter: str = ", "
    delimiter_precedes_last: str = "contextual"
    delimiter_precedes_et_al: str = "contextual"
    et_al_min: int = 0
    """0 for no limit"""
    et_al_use_first: int | None = None
    """None for no limit"""
    et_al_subsequent_min: int = 0
    et_al_subsequent_use_first: int | None = None
    et_al_use_last: bool = False
    initialize: bool = True
    initialize_with: str | None = None
    name_as_sort_order: str = ""
    """first, all or empty"""
    sort_separator: str = ", "
    initialize_with_hyphen: bool = True
    demote_non_dropping_particle: str = "display-and-sort"
    """never, sort-only or display-and-sort"""
    family: NamePart = NamePart()
    given: NamePart = NamePart()
    format: Format = PLAIN


@dataclass(frozen=True, slots=True)
class EtAl:
    """``cs:et-al``: the words, and their look."""

    text: str
    format: Format = PLAIN


@dataclass(frozen=True, slots=True)
class Names:
    """``cs:names``; inside ``cs:substitute`` with the options of the names it stands for."""

    variables: tuple[str, ...]
    name: NameOptions
    et_al: EtAl
    label: Label | None = None
    label_first: bool = False
    """True where ``cs:label`` stands before ``cs:name``."""
    substitute: tuple[Node, ...] = ()
    format: Format = PLAIN
    """Its delimiter stands between the variables."""


@dataclass(frozen=True, slots=True)
class Group:
    """``cs:group``"""

    children: tuple[Node, ...]
    format: Format = PLAIN


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of ``cs:if``, such as a type or a variable."""

    kind: Literal[
        "type", "variable", "is-numeric", "is-uncertain-date", "position", "disambiguate", "locator"
    ]
    value: str | frozenset[str]
    """What is asked for; of types and locators all that will do, since an item has only one of them."""


@dataclass(frozen=True, slots=True)
class Branch:
    """``cs:if``, ``cs:else-if`` or, without a condition, ``cs:else``."""

    conditions: tuple[Condition, ...]
    match: str
    """all, any or none"""
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """``cs:choose``: the first branch whose conditions hold."""

    branches: tuple[Branch, ...]


Node: TypeAlias = "Text | Macro | Number | Label | Date | Names | Group | Choose"


@dataclass(frozen=True, slots=True)
class SortKey:
    """``cs:key``: a variable, or a macro's elements with the name options of the key."""

    variable: str
    children: Iterable[Node]
    descending: bool = False
    macro: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """``cs:citation`` or ``cs:bibliography``: its layout, its sort keys and its options."""

    children: tuple[Node, ...]
    format: Format
    sort: tuple[SortKey, ...] = ()
    name: NameOptions = NameOptions()
    """What ``cs:names`` in it inherit."""


@dataclass(frozen=True, slots=True)
class CitationOptions:
    """The attributes of ``cs:citation`` that tell how citations are told apart and drawn together."""

    add_names: bool = False
    add_given_names: bool = False
    given_name_rule: str = "by-cite"
    add_year_suffix: bool = False
    collapse: str = ""
    cite_group_delimiter: str | None = None
    year_suffix_delimiter: str | None = None
    after_collapse_delimiter: str | None = None
    near_note_distance: int = 5


@dataclass(frozen=True, slots=True)
class BibliographyOptions:
    """The attributes of ``cs:bibliography`` that change its text."""

    second_field_align: str = ""
    subsequent_author_substitute: str | None = None
    subsequent_author_substitute_rule: str = "complete-all"


@dataclass(frozen=True, slots=True)
class CompiledStyle:
    """A style in a language, ready to be evaluated."""

    style_class: Literal["in-text", "note"]
    locale: Locale
    citation: Layout
    citation_options: CitationOptions
    bibliography: Layout | None
    bibliography_options: BibliographyOptions
    page_range_format: str = ""
    tests_disambiguate: bool = False
    """True where a condition asks whether citations would read the same."""
    prints_year_suffix: bool = False
    """True where the style itself places the year suffix."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a locale in one form."""

    single: str
    multiple: str
    gender: str = ""
    """masculine, feminine or empty"""
    gender_form: str = ""
    match: str = ""
    """last-digit, last-two-digits or whole-number; empty for the default of the ordinal"""


@dataclass(frozen=True, slots=True)
class DateFormat:
    """``cs:date`` of a locale."""

    parts: tuple[DatePart, ...]
    format: Format = PLAIN
    text_case: TextCase = ""


@dataclass(frozen=True, slots=True)
class Locale:
    """The terms, date formats and options of one language, all fall-backs applied."""

    lang: str
    """``de-AT``"""
    terms: Mapping[tuple[str, str], Term]
    """By name and form (long, short, verb, verb-short, symbol)."""
    ordinals: Mapping[tuple[str, str], Term] = field(default_factory=dict)
    """``ordinal``, ``ordinal-00`` … ``ordinal-99`` and ``long-ordinal-01`` … by name and gender form."""
    dates: Mapping[str, DateFormat] = field(default_factory=dict)
    """By form: text, numeric."""
    punctuation_in_quote: bool = False
    limit_day_ordinals_to_day_1: bool = False

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str | None:
        """The text of a term, None where the locale has none.

        A missing form falls back: verb-short to verb, symbol to short, and both to long
        (CSL 1.0.2, "Terms").
        """
        found = self.find(name, form)
        return None if found is None else found.multiple if plural else found.single

    def find(self, name: str, form: str = "long") -> Term | None:
        """The record of a term, with the same fall-back."""
        at: str | None = form
        while at:
            found = self.terms.get((name, at))
            if found is not None:
                return found
            at = _WEAKER.get(at)
        return None


_WEAKER = {"verb-short": "verb", "verb": "long", "symbol": "short", "short": "long"}
