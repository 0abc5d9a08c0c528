"""What a style makes of one item: everything that touches citeproc-py.

citeproc-py keeps a style as an XML tree whose elements render themselves. Its elements are
replaced here, one by one, where they would lose or double text, by classes that the parser
instantiates instead; the rest is citeproc-py's. All text is in marked strings (see ``marked``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import citeproc
from citeproc import model
from citeproc.source import Date, DateRange, LiteralDate, Locator, Name, VariableError
from lxml import etree

from . import marked
from .items import Item, When
from .items import Name as Person
from .marked import YEAR, Quotes, mark
from .positions import Position

_CSL = "{http://purl.org/net/xbiblio/csl}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE_PARTS = ("year", "month", "day")
_SORTED_NAMES = {
    "name-as-sort-order": "all",
    "form": "long",
    "initialize-with": None,
    "and": None,
    "delimiter": ", ",
}
"""How names are written in a sort key."""
_AUTHOR_MACRO = "paperbuild-author"
_FALLBACK_FORMS = {"verb-short": "verb", "symbol": "short", "verb": "", "short": ""}


class _Fields(dict[str, Any]):
    """An item's variables as citeproc-py looks them up: ``-`` written as ``_``, hidden ones missing."""

    type = "document"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.hidden: set[str] = set()
        self.used: set[str] = set()
        self.found = self.missed = self.held = 0

    def __contains__(self, name: object) -> bool:
        return name not in self.hidden and super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """The variable's value; this does not count as printing it."""
        return super().get(name, default) if name in self else default

    @property
    def language(self) -> str:
        """The item's language; it is asked for, but never printed."""
        language = super().get("language")
        if not language:
            raise VariableError
        return str(language)

    def __getitem__(self, name: str) -> Any:
        name = name.replace("-", "_")
        if name not in self:
            self.missed += name != "year_suffix"
            self.held += name in self.hidden
            raise VariableError
        self.found += 1
        self.used.add(name)
        return super().__getitem__(name)

    __getattr__ = __getitem__


@dataclass(slots=True)
class _Cited:
    """What citeproc-py calls a citation item: one item on its way through the layout."""

    key: str
    reference: _Fields
    number: int
    position: Position = field(default_factory=Position)
    place: Any = None
    bibliography: bool = False
    hide_author: bool = False
    author_done: bool = False
    more_names: int = 0
    told_apart: bool = False
    sorting: dict[str, Any] = field(default_factory=dict)

    @property
    def has_locator(self) -> bool:
        """True where the cite says a page or the like."""
        return self.place is not None

    @property
    def locator(self) -> Any:
        """The page or the like."""
        if self.place is None:
            raise VariableError
        return self.place

    def __contains__(self, name: str) -> bool:
        return name == "locator" and self.has_locator

    def __getitem__(self, name: str) -> Any:
        return self.reference[name]

    def get_field(self, name: str) -> Any:
        """The variable's value, or None."""
        return self.reference.get(name.replace("-", "_"))


class _Formatter:
    """citeproc-py's formatter protocol, in marks."""

    @staticmethod
    def preformat(text: Any) -> str:
        """The text: nothing is escaped."""
        return str(text)

    Italic = Oblique = staticmethod(lambda text: mark("italic", str(text)))
    Bold = staticmethod(lambda text: mark("bold", str(text)))
    Light = staticmethod(str)
    Underline = staticmethod(lambda text: mark("underline", str(text)))
    Superscript = staticmethod(lambda text: mark("superscript", str(text)))
    Subscript = staticmethod(lambda text: mark("subscript", str(text)))
    SmallCaps = staticmethod(lambda text: mark("small-caps", str(text)))


class _Common:
    """What all replaced elements do otherwise: cases, quotation marks, terms."""

    def case(self, text: Any, language: str | None = None) -> str:
        """The text in the case the element asks for; only English has a title case."""
        case: str | None = self.get("text-case")  # type: ignore[attr-defined]
        if not case or (case == "title" and (language or "en")[:2] != "en"):
            return str(text)
        return marked.change_case(str(text), case)

    def quote(self, text: str) -> str:
        """The text in quotation marks, if the element asks for them."""
        return mark("quote", text) if self.get("quotes") == "true" else text  # type: ignore[attr-defined]

    def get_term(self, name: str, form: str | None = None, **options: Any) -> Any:
        """The term's element in the form, or in the next one that CSL falls back to."""
        root = self.get_root()  # type: ignore[attr-defined]
        if options or not isinstance(root, _Style):
            return super().get_term(name, form, **options)  # type: ignore[misc]
        if (name, form) not in root.terms_seen:
            root.terms_seen[name, form] = self._term_in_some_form(name, form)
        return root.terms_seen[name, form]

    def _term_in_some_form(self, name: str, form: str | None) -> Any:
        form = None if form == "long" else form
        found = super().get_term(name, form)  # type: ignore[misc]
        while found is None and form:
            form = _FALLBACK_FORMS.get(form) or None
            found = super().get_term(name, form)  # type: ignore[misc]
        return found


class _Style(model.Style):  # type: ignore[misc]
    """The style's root; it holds what is looked up often."""

    def prepare(self, locales: Sequence[Any]) -> None:
        """Give the style its languages, the strongest first, and keep every element alive."""
        self.formatter = _Formatter
        self.terms_seen: dict[tuple[str, str | None], Any] = {}
        self.locales = list(locales)
        for locale in self.locales:
            locale.style = self
        self.alive = [list(root.iter()) for root in (self, *self.locales)]
        self.macros = {macro.get("name"): macro for macro in self.findall(f"{_CSL}macro")}
        for layout in self.iter(f"{_CSL}layout"):
            layout.repressed = {}


class _Macro(model.Macro):  # type: ignore[misc]
    """A macro; whether it calls a variable is found out once."""

    _calls: bool | None = None

    def calls_variable(self) -> bool:
        """True where anything in it prints a variable."""
        if self._calls is None:
            self._calls = False
            self._calls = super().calls_variable()
        return self._calls


class _Text(_Common, model.Text):  # type: ignore[misc]
    """Text of a variable, macro, term or value."""

    def get_macro(self, name: str) -> Any:
        """The macro of this name."""
        return self.get_root().macros[name]

    def process(self, item: _Cited, context: Any = None, **options: Any) -> tuple[Any, str]:
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

    def _variable(self, item: _Cited, context: Any) -> Any:
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


class _Number(_Common, model.Number):  # type: ignore[misc]
    """A number."""

    def _format_last_page(self, first: str, last: str) -> str:
        return _last_page(super()._format_last_page, first, last)

    def process(self, item: _Cited, context: Any = None, **options: Any) -> Any:
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


class _Label(_Common, model.Label):  # type: ignore[misc]
    """The word before or after a number or names."""

    def process(self, item: _Cited, variable: Any = None, plural: Any = None, **options: Any) -> Any:
        """The label in singular or plural; none where there is nothing to label."""
        name = variable or self.get("variable")
        has = item.has_locator if name == "locator" else name.replace("-", "_") in item.reference
        if not has and name not in {"citation-number", "editortranslator"}:
            raise VariableError
        return super().process(item, variable, plural, **options)

    def _is_plural(self, item: _Cited) -> bool:
        variable = self.get("variable")
        if variable == "locator":
            value = item.locator.identifier
        else:
            value = item.reference.get(variable.replace("-", "_"), "")
        if variable.startswith("number-of"):
            return str(value).isdigit() and int(value) > 1
        return re.search(r"\d\s*([-–,&]|\band\b|\bund\b)+\s*\w*\d", marked.strip(str(value))) is not None


class _NamePart(_Common, model.Name_Part):  # type: ignore[misc]
    """The format of a family or given name."""

    def format_part(self, given: Any, family: Any) -> tuple[Any, Any]:
        """Both parts; one that is missing stays missing."""
        if not (given if self.get("name") == "given" else family):
            return given, family
        return super().format_part(given, family)  # type: ignore[no-any-return]


class _Name(_Common, model.Name):  # type: ignore[misc]
    """A list of names."""

    def process(self, item: _Cited, variable: str, context: Any = None, **options: Any) -> Any:
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
        words = next(self.itersiblings(f"{_CSL}et-al"), None)
        return self.get_single_term(name="et-al") if words is None else words.render()

    def area_of(self, context: Any) -> Any:
        """The citation or bibliography in which the names are printed."""
        node = self if context is None else context
        while node is not None and node.tag not in (f"{_CSL}citation", f"{_CSL}bibliography"):
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


class _Names(_Common, model.Names):  # type: ignore[misc]
    """Names of one or more roles. The first of a cite are its author's."""

    def substitute(self) -> Any:
        """What stands for missing names, or None."""
        return self.find(f"{_CSL}substitute")

    def get_parent_delimiter(self, context: Any = None) -> str:
        """What stands between the names of two roles."""
        return str(self.name.area_of(context).get_option("names-delimiter"))

    def process(self, item: _Cited, names_context: Any = None, context: Any = None, **options: Any) -> Any:
        """The names, their roles counted as printed or missing."""
        for role in self.get("variable").replace("-", "_").split():
            if role in item.reference:
                item.reference.found += 1
                item.reference.used.add(role)
            else:
                item.reference.missed += 1
        return super().process(item, names_context, context, **options)

    def render(self, item: _Cited, *args: Any, **options: Any) -> Any:
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


class _Substitute(model.Substitute):  # type: ignore[misc]
    """What stands for missing names. What it prints is not printed a second time."""

    def render(self, item: _Cited, context: Any = None, **options: Any) -> Any:
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


class _Date(_Common, model.Date):  # type: ignore[misc]
    """A date."""

    def process(self, item: _Cited, *args: Any, **options: Any) -> Any:
        """The date in words, or as digits where it is sorted by."""
        del args, options
        value = item.reference[self.get("variable")]
        form = self.get("form")
        source = self.get_date(form) if form else self
        shown = (self.get("date-parts") or "year-month-day").split("-") if form else list(_DATE_PARTS)
        if isinstance(value, LiteralDate):
            return value.text
        if item.sorting:
            known = [part for part in shown if source.part(part) is not None]
            return value.sort_key()[: 3 + 2 * len(known)]
        set_date = source.render_date_range if isinstance(value, DateRange) else source.render_single_date
        return set_date(value, shown, self)

    def markup(self, text: Any) -> Any:
        """The date in its formatting and affixes; citeproc-py leaves the formatting out."""
        return self.wrap(self.format(self.case(text))) if text else None

    def part(self, name: str) -> Any:
        """The element of this date part, or None."""
        return self.find(f"{_CSL}date-part[@name='{name}']")

    def render_single_date(self, date: Any, show_parts: Any = None, context: Any = None) -> Any:
        """One date; nothing where none of its parts is shown."""
        parts = self.parts(date, show_parts, context) if date and show_parts else []
        return self.join(parts) if parts else None

    def render_date_range(self, dates: Any, show_parts: Any = None, context: Any = None) -> Any:
        """Both ends, what they share only once; one date where what is shown is the same."""
        shown = [part for part in show_parts or () if self.part(part) is not None]
        begin, end = dates.begin, dates.get("end")
        if end is None:
            return f"{self.render_single_date(begin, shown, context)}–"
        pair = [
            [date.get(part) for part in ("year", "month", "day") if part in shown] for date in (begin, end)
        ]
        if pair[0] == pair[1]:
            return self.render_single_date(begin, shown, context)
        if set(begin) == set(end) and ("year" in shown or begin.year != end.year):
            return super().render_date_range(dates, shown, context)
        sides = (self.render_single_date(date, shown, context) for date in (begin, end))
        return "–".join(side for side in sides if side)


class _DatePart(_Common, model.Date_Part):  # type: ignore[misc]
    """Year, month or day. What a style says about it holds only for this one date."""

    def render(self, *args: Any, **options: Any) -> Any:
        """The part; citeproc-py writes overrides into the language's own element, so they are undone."""
        before = dict(self.attrib)
        try:
            text = super().render(*args, **options)
        except (AssertionError, TypeError):
            return None
        finally:
            self.attrib.clear()
            self.attrib.update(before)
        return f"{text}{YEAR}" if text and before.get("name") == "year" else text


class _Group(_Common, model.Group):  # type: ignore[misc]
    """A group; nothing is printed of it where all variables it calls are empty."""

    def process(self, item: _Cited, context: Any = None, **options: Any) -> Any:
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


class _If(model.If):  # type: ignore[misc]
    """A condition."""

    def render(self, item: _Cited, context: Any = None, delimiter: str = "", **options: Any) -> Any:
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

    def _locator(self, item: _Cited) -> list[bool]:
        label = item.place.label.replace(" ", "-") if item.place else None
        return [name.replace(" ", "-") == label for name in self.get("locator").split()]

    def _position(self, item: _Cited, context: Any) -> list[bool]:
        del context
        return [
            not item.bibliography and name in item.position.names for name in self.get("position").split()
        ]

    def _variable(self, item: _Cited) -> list[bool]:
        names = [name.replace("-", "_") for name in self.get("variable").split()]
        special = {"locator": item.has_locator, "first_reference_note_number": bool(item.position.first_note)}
        return [
            special[name] if name in special else dict.__contains__(item.reference, name) for name in names
        ]

    def _is_numeric(self, item: _Cited) -> list[bool]:
        result = []
        for name in self.get("is-numeric").split():
            value = item.place.identifier if name == "locator" and item.place else ""
            value = value or dict.get(item.reference, name.replace("-", "_"), "")
            pattern = r"\s*[^\W\d_]{0,3}\d+[^\W\d_]{0,3}(\s*[-–,&]+\s*[^\W\d_]{0,3}\d+[^\W\d_]{0,3})*\s*"
            result.append(re.fullmatch(pattern, marked.strip(str(value))) is not None)
        return result


class _ElseIf(_If):
    """A further condition."""


class _Sort(model.Sort):  # type: ignore[misc]
    """The order of items. Accents and case do not count; what has no value comes last."""

    def sort(self, items: Sequence[_Cited], context: Any) -> list[_Cited]:
        """The items in order."""
        result = list(items)
        for key in reversed(self.findall(f"{_CSL}key")):
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


class _Key(model.Key):  # type: ignore[misc]
    """One thing to sort by."""

    def get_macro(self, name: str) -> Any:
        """The macro of this name."""
        return self.get_root().macros[name]

    def sort_keys(self, items: Sequence[_Cited], context: Any) -> list[Any]:
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


_CLASSES: dict[str, Any] = {
    "style": _Style,
    "macro": _Macro,
    "text": _Text,
    "number": _Number,
    "label": _Label,
    "name-part": _NamePart,
    "name": _Name,
    "names": _Names,
    "substitute": _Substitute,
    "date": _Date,
    "date-part": _DatePart,
    "group": _Group,
    "if": _If,
    "else-if": _ElseIf,
    "sort": _Sort,
    "key": _Key,
}


def _parser() -> Any:
    """A parser that builds citeproc-py's elements, with ours in the place of some."""
    base = model.CitationStylesElement
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(_CSL[1:-1])
    namespace[None] = base
    namespace.update({cls.__name__.replace("_", "-").lower(): cls for cls in _direct(base)})
    namespace.update(_CLASSES)
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    parser.set_element_class_lookup(lookup)
    return parser


def _direct(base: Any) -> Iterator[Any]:
    """citeproc-py's own element classes."""
    for cls in base.__subclasses__():
        if cls.__module__ == model.__name__:
            yield cls


def locale_of(language: str) -> str:
    """The bundled locale for a language tag: ``de`` gives de-DE, an unknown one en-US."""
    wanted = language.replace("_", "-").split(".")[0]
    for known in citeproc.LANGUAGE_NAMES:
        if str(known).casefold() == wanted.casefold():
            return str(known)
    return str(citeproc.PRIMARY_DIALECTS.get(wanted.split("-")[0].casefold(), "en-US"))


def _locales(style: Any, locale: str, parser: Any) -> Iterator[Any]:
    """The style's own terms for this language, then the bundled ones, the strongest first."""
    language = locale.partition("-")[0]
    own = style.findall(f"{_CSL}locale")
    for wanted in dict.fromkeys((locale, language, None)):
        yield from (element for element in own if element.get(_LANG) == wanted)
    for name in dict.fromkeys((locale, citeproc.PRIMARY_DIALECTS.get(language, "en-US"), "en-US")):
        path = Path(citeproc.LOCALES_PATH) / f"locales-{name}.xml"
        if path.is_file():
            yield etree.parse(str(path), parser).getroot()


def _add_author_macro(style: Any) -> None:
    """Give the style a macro that prints only short names, for ``Kelsen [3]``."""
    area = style.find(f"{_CSL}citation")
    least = {name: area.get(name) or style.get(name) for name in ("et-al-min", "et-al-use-first")}
    macro = etree.SubElement(style, f"{_CSL}macro", name=_AUTHOR_MACRO)
    names = etree.SubElement(macro, f"{_CSL}names", variable="author")
    name = etree.SubElement(names, f"{_CSL}name", {"form": "short", "and": "text", "delimiter": ", "})
    name.set("et-al-min", least["et-al-min"] or "3")
    name.set("et-al-use-first", least["et-al-use-first"] or "1")
    name.set("delimiter-precedes-last", "contextual")
    substitute = etree.SubElement(names, f"{_CSL}substitute")
    for role in ("editor", "translator"):
        etree.SubElement(substitute, f"{_CSL}names", variable=role)
    etree.SubElement(substitute, f"{_CSL}text", variable="title", form="short")


def _complete(names: Any) -> None:
    """Give names without ``cs:name`` that of the names they stand for, as CSL says, or a plain one."""
    if names.find(f"{_CSL}name") is not None:
        return
    substitute = next(names.iterancestors(f"{_CSL}substitute"), None)
    bare = not len(names)
    if substitute is not None:
        model_names = [child for child in substitute.getparent() if child.tag != f"{_CSL}substitute"]
        wanted = model_names if bare else [c for c in model_names if c.tag != f"{_CSL}label"]
        for index, child in enumerate(wanted):
            names.insert(index, deepcopy(child))
    if names.find(f"{_CSL}name") is None:
        names.insert(0, etree.SubElement(names, f"{_CSL}name"))


class Processor:
    """A style in a language, and the items it is to print."""

    def __init__(self, path: Path, items: Mapping[str, Item], language: str) -> None:
        parser = _parser()
        self.style = etree.parse(str(path), parser).getroot()
        self.locale = locale_of(language or self.style.get("default-locale") or "en-US")
        self.style.set("default-locale", self.locale)
        _add_author_macro(self.style)
        for names in self.style.iter(f"{_CSL}names"):
            _complete(names)
        self.style.prepare(list(_locales(self.style, self.locale, parser)))
        self.citation = self.style.find(f"{_CSL}citation")
        self.bibliography = self.style.find(f"{_CSL}bibliography")
        self.fields = {key: _fields(item) for key, item in items.items()}
        self.types = {key: item.type for key, item in items.items()}
        self.numbers: dict[str, int] = {}
        self.letters: dict[str, str] = {}
        self.more_names: dict[str, int] = {}
        self.told_apart: set[str] = set()
        own_place = self.style.find(f".//{_CSL}text[@variable='year-suffix']") is not None
        self.letter_place = "" if own_place else YEAR

    @property
    def quotes(self) -> Quotes:
        """The language's quotation marks."""
        term = self.citation.find(f"{_CSL}layout").get_single_term
        inside = (self.style.get_locale_option("punctuation-in-quote") or "false").lower() == "true"
        outer = (str(term(name="open-quote")) or "“", str(term(name="close-quote")) or "”")
        inner = (str(term(name="open-inner-quote")) or "‘", str(term(name="close-inner-quote")) or "’")
        return Quotes(outer, inner, inside)

    def option(self, name: str, area: str = "citation") -> str:
        """An attribute of ``cs:citation`` or ``cs:bibliography``, with the style's for what is inherited."""
        element = self.citation if area == "citation" else self.bibliography
        found = None if element is None else element.get(name)
        return str(found if found is not None else self.style.get(name) or "")

    @property
    def layout(self) -> Mapping[str, str]:
        """The attributes of the citations' layout: prefix, suffix, delimiter, formatting."""
        return dict(self.citation.find(f"{_CSL}layout").attrib)

    def formatted(self, text: str) -> str:
        """The text in the formatting of the citations' layout."""
        return str(self.citation.find(f"{_CSL}layout").format(text)) if text else text

    def tests_ambiguity(self) -> bool:
        """True where the style prints something else for citations that would read the same."""
        return any(element.get("disambiguate") for element in self.style.iter(f"{_CSL}if", f"{_CSL}else-if"))

    def prints_number(self) -> bool:
        """True where a citation shows the number of the entry."""
        used = [self.citation.find(f"{_CSL}layout")]
        seen: set[str] = set()
        while used:
            for text in used.pop().iter(f"{_CSL}text", f"{_CSL}number"):
                if text.get("variable") == "citation-number":
                    return True
                macro = text.get("macro")
                if macro in self.style.macros and macro not in seen:
                    seen.add(macro)
                    used.append(self.style.macros[macro])
        return False

    def _cited(self, key: str, **options: Any) -> _Cited:
        reference = _Fields(self.fields[key])
        reference.type = self.types[key]
        if key in self.letters:
            reference["year_suffix"] = self.letters[key]
        cited = _Cited(key, reference, self.numbers.get(key, 0), **options)
        cited.more_names, cited.told_apart = self.more_names.get(key, 0), key in self.told_apart
        return cited

    def order(self, keys: Sequence[str], area: str = "bibliography") -> list[str]:
        """The keys as the bibliography, or one citation, sorts them; unsorted as they came."""
        element = self.bibliography if area == "bibliography" else self.citation
        sort = None if element is None else element.find(f"{_CSL}sort")
        if sort is None:
            return list(keys)
        cited = [self._cited(key, bibliography=area == "bibliography") for key in keys]
        return [item.key for item in sort.sort(cited, element.find(f"{_CSL}layout"))]

    def cite(
        self, key: str, *, locator: tuple[str, str] | None, position: Position, hide_author: bool
    ) -> str:
        """One cite without the layout's affixes. ``locator`` is a label and what it counts."""
        place = Locator(locator[0], locator[1]) if locator else None
        item = self._cited(key, position=position, place=place, hide_author=hide_author)
        return self._letter(_text(self.citation.find(f"{_CSL}layout").render_children, item), key)

    def author(self, key: str) -> str:
        """The short names of who wrote it, or its title."""
        macro, layout = self.style.macros[_AUTHOR_MACRO], self.citation.find(f"{_CSL}layout")
        return _text(lambda item: macro.render(item, layout), self._cited(key))

    def entry(self, key: str) -> str:
        """The entry of the reference list; a first field that is set apart is marked as margin."""
        layout = self.bibliography.find(f"{_CSL}layout")
        item = self._cited(key, bibliography=True)
        apart = bool(self.bibliography.get("second-field-align"))
        text = "".join(_children(layout, item, apart=apart))
        return self._letter(str(layout.format(layout.wrap(text))) if text else "", key)

    def _letter(self, text: str, key: str) -> str:
        """The text with the letter that tells works of one year apart, after its first year."""
        letter = self.letters.get(key, "") if self.letter_place else ""
        return text.replace(YEAR, letter, 1).replace(YEAR, "")


def _children(layout: Any, item: _Cited, *, apart: bool) -> Iterator[str]:
    for index, child in enumerate(layout):
        try:
            text = child.render(item)
        except VariableError:
            continue
        if text:
            yield mark("margin", str(text)) if apart and not index else str(text)


def _text(render: Any, item: _Cited) -> str:
    try:
        return str(render(item) or "")
    except VariableError:
        return ""


def _fields(item: Item) -> dict[str, Any]:
    result: dict[str, Any] = {name.replace("-", "_"): value for name, value in item.text.items()}
    result |= {name.replace("-", "_"): list(map(_person, people)) for name, people in item.names.items()}
    result |= {name.replace("-", "_"): _when(when) for name, when in item.dates.items()}
    if "page" in result:
        result["page"] = re.sub("-{2,3}|—", "-", result["page"])
        result.setdefault("page_first", re.split("[-–,]", result["page"])[0].strip())
    return result


def _person(person: Person) -> Any:
    if person.literal:
        return Name(literal=person.family)
    parts = {
        "family": person.family,
        "given": person.given,
        "dropping-particle": person.dropping,
        "non-dropping-particle": person.non_dropping,
        "suffix": person.suffix,
    }
    return Name(**{name: value for name, value in parts.items() if value})


def _when(when: When) -> Any:
    if not when.begin:
        return LiteralDate(when.literal, circa=when.circa)
    begin = _day(when.begin, when.season)
    if when.end is None:
        begin["circa"] = when.circa
        return begin
    ends = {"end": _day(when.end, 0)} if when.end else {}
    return DateRange(begin=begin, circa=when.circa, **ends)


def _day(parts: tuple[int, ...], season: int) -> Any:
    values = dict(zip(("year", "month", "day"), parts, strict=False))
    return Date(**values, **({"season": season} if season else {}))
