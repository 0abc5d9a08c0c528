"""A style's file as a tree of elements, in a language, ready to render."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import citeproc
from citeproc import model
from lxml import etree

from .conditions import ElseIf, If
from .dates import Date, DatePart
from .element import CSL, Macro, Style
from .names import Name, NamePart, Names, Substitute
from .sorting import Key, Sort
from .text import Group, Label, Number, Text

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
AUTHOR_MACRO = "paperbuild-author"
"""The macro that is added to every style for ``Kelsen [3]``."""
_CLASSES: dict[str, Any] = {
    "style": Style,
    "macro": Macro,
    "text": Text,
    "number": Number,
    "label": Label,
    "name-part": NamePart,
    "name": Name,
    "names": Names,
    "substitute": Substitute,
    "date": Date,
    "date-part": DatePart,
    "group": Group,
    "if": If,
    "else-if": ElseIf,
    "sort": Sort,
    "key": Key,
}


def load(path: Path, language: str) -> Style:
    """The style of a file in a language, or in its own, or in US English; its names complete.

    It raises whatever lxml and citeproc-py raise for a file that is none.
    """
    parser = _parser()
    style: Style = etree.parse(str(path), parser).getroot()
    locale = _locale_of(language or style.get("default-locale") or "en-US")
    style.set("default-locale", locale)
    _add_author_macro(style)
    for names in style.iter(f"{CSL}names"):
        _complete(names)
    style.prepare(list(_locales(style, locale, parser)))
    return style


def _parser() -> Any:
    """A parser that builds citeproc-py's elements, with ours in the place of some."""
    base = model.CitationStylesElement
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(CSL[1:-1])
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


def _locale_of(language: str) -> str:
    """The bundled locale for a language tag: ``de`` gives de-DE, an unknown one en-US."""
    wanted = language.replace("_", "-").split(".")[0]
    for known in citeproc.LANGUAGE_NAMES:
        if str(known).casefold() == wanted.casefold():
            return str(known)
    return str(citeproc.PRIMARY_DIALECTS.get(wanted.split("-")[0].casefold(), "en-US"))


def _locales(style: Any, locale: str, parser: Any) -> Iterator[Any]:
    """The style's own terms for this language, then the bundled ones, the strongest first."""
    language = locale.partition("-")[0]
    own = style.findall(f"{CSL}locale")
    for wanted in dict.fromkeys((locale, language, None)):
        yield from (element for element in own if element.get(_LANG) == wanted)
    for name in dict.fromkeys((locale, citeproc.PRIMARY_DIALECTS.get(language, "en-US"), "en-US")):
        path = Path(citeproc.LOCALES_PATH) / f"locales-{name}.xml"
        if path.is_file():
            yield etree.parse(str(path), parser).getroot()


def _add_author_macro(style: Any) -> None:
    """Give the style a macro that prints only short names, for ``Kelsen [3]``."""
    area = style.find(f"{CSL}citation")
    least = {name: area.get(name) or style.get(name) for name in ("et-al-min", "et-al-use-first")}
    macro = etree.SubElement(style, f"{CSL}macro", name=AUTHOR_MACRO)
    names = etree.SubElement(macro, f"{CSL}names", variable="author")
    name = etree.SubElement(names, f"{CSL}name", {"form": "short", "and": "text", "delimiter": ", "})
    name.set("et-al-min", least["et-al-min"] or "3")
    name.set("et-al-use-first", least["et-al-use-first"] or "1")
    name.set("delimiter-precedes-last", "contextual")
    substitute = etree.SubElement(names, f"{CSL}substitute")
    for role in ("editor", "translator"):
        etree.SubElement(substitute, f"{CSL}names", variable=role)
    etree.SubElement(substitute, f"{CSL}text", variable="title", form="short")


def _complete(names: Any) -> None:
    """Give names without ``cs:name`` that of the names they stand for, as CSL says, or a plain one."""
    if names.find(f"{CSL}name") is not None:
        return
    substitute = next(names.iterancestors(f"{CSL}substitute"), None)
    bare = not len(names)
    if substitute is not None:
        model_names = [child for child in substitute.getparent() if child.tag != f"{CSL}substitute"]
        wanted = model_names if bare else [c for c in model_names if c.tag != f"{CSL}label"]
        for index, child in enumerate(wanted):
            names.insert(index, deepcopy(child))
    if names.find(f"{CSL}name") is None:
        names.insert(0, etree.SubElement(names, f"{CSL}name"))
