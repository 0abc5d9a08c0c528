"""A style at work: single cites, entries and their order, all as marked strings (see ``marked``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from citeproc.source import Locator, VariableError

from paperbuild.csl.items import Item
from paperbuild.csl.marked import YEAR, Quotes, mark
from paperbuild.csl.positions import Position

from .cited import Cited, Fields, fields_of
from .element import CSL
from .load import AUTHOR_MACRO, load


class Processor:
    """A style in a language, and the items it is to print."""

    def __init__(self, path: Path, items: Mapping[str, Item], language: str) -> None:
        self.style = load(path, language)
        self.citation = self.style.find(f"{CSL}citation")
        self.bibliography = self.style.find(f"{CSL}bibliography")
        self.fields = {key: fields_of(item) for key, item in items.items()}
        self.types = {key: item.type for key, item in items.items()}
        self.numbers: dict[str, int] = {}
        """The number of each key in the reference list; set by the caller, as are the next three."""
        self.letters: dict[str, str] = {}
        """The letter after the year, for keys that need one."""
        self.more_names: dict[str, int] = {}
        """How many names a key's citations show beyond the style's number."""
        self.told_apart: set[str] = set()
        """Keys for which the style's condition ``disambiguate`` holds."""
        own_place = self.style.find(f".//{CSL}text[@variable='year-suffix']") is not None
        self.letter_place = "" if own_place else YEAR

    @property
    def quotes(self) -> Quotes:
        """The language's quotation marks."""
        term = self.citation.find(f"{CSL}layout").get_single_term
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
        return dict(self.citation.find(f"{CSL}layout").attrib)

    def formatted(self, text: str) -> str:
        """The text in the formatting of the citations' layout."""
        return str(self.citation.find(f"{CSL}layout").format(text)) if text else text

    def tests_ambiguity(self) -> bool:
        """True where the style prints something else for citations that would read the same."""
        return any(element.get("disambiguate") for element in self.style.iter(f"{CSL}if", f"{CSL}else-if"))

    def prints_number(self) -> bool:
        """True where a citation shows the number of the entry."""
        used = [self.citation.find(f"{CSL}layout")]
        seen: set[str] = set()
        while used:
            for text in used.pop().iter(f"{CSL}text", f"{CSL}number"):
                if text.get("variable") == "citation-number":
                    return True
                macro = text.get("macro")
                if macro in self.style.macros and macro not in seen:
                    seen.add(macro)
                    used.append(self.style.macros[macro])
        return False

    def _cited(self, key: str, **options: Any) -> Cited:
        reference = Fields(self.fields[key])
        reference.type = self.types[key]
        if key in self.letters:
            reference["year_suffix"] = self.letters[key]
        cited = Cited(key, reference, self.numbers.get(key, 0), **options)
        cited.more_names, cited.told_apart = self.more_names.get(key, 0), key in self.told_apart
        return cited

    def order(self, keys: Sequence[str], area: str = "bibliography") -> list[str]:
        """The keys as the bibliography, or one citation, sorts them; unsorted as they came."""
        element = self.bibliography if area == "bibliography" else self.citation
        sort = None if element is None else element.find(f"{CSL}sort")
        if sort is None:
            return list(keys)
        cited = [self._cited(key, bibliography=area == "bibliography") for key in keys]
        return [item.key for item in sort.sort(cited, element.find(f"{CSL}layout"))]

    def cite(
        self, key: str, *, locator: tuple[str, str] | None, position: Position, hide_author: bool
    ) -> str:
        """One cite without the layout's affixes. ``locator`` is a label and what it counts."""
        place = Locator(locator[0], locator[1]) if locator else None
        item = self._cited(key, position=position, place=place, hide_author=hide_author)
        return self._letter(_text(self.citation.find(f"{CSL}layout").render_children, item), key)

    def author(self, key: str) -> str:
        """The short names of who wrote it, or its title."""
        macro, layout = self.style.macros[AUTHOR_MACRO], self.citation.find(f"{CSL}layout")
        return _text(lambda item: macro.render(item, layout), self._cited(key))

    def entry(self, key: str) -> str:
        """The entry of the reference list; a first field that is set apart is marked as margin."""
        layout = self.bibliography.find(f"{CSL}layout")
        item = self._cited(key, bibliography=True)
        apart = bool(self.bibliography.get("second-field-align"))
        text = "".join(_children(layout, item, apart=apart))
        return self._letter(str(layout.format(layout.wrap(text))) if text else "", key)

    def _letter(self, text: str, key: str) -> str:
        """The text with the letter that tells works of one year apart, after its first year."""
        letter = self.letters.get(key, "") if self.letter_place else ""
        return text.replace(YEAR, letter, 1).replace(YEAR, "")


def _children(layout: Any, item: Cited, *, apart: bool) -> Iterator[str]:
    for index, child in enumerate(layout):
        try:
            text = child.render(item)
        except VariableError:
            continue
        if text:
            yield mark("margin", str(text)) if apart and not index else str(text)


def _text(render: Any, item: Cited) -> str:
    try:
        return str(render(item) or "")
    except VariableError:
        return ""
