"""The elements of a layout, each to a piece of rich text (CSL 1.0.2, "Rendering Elements")."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from paperbuild.csl.style.nodes import Choose, Date, Group, Label, Macro, Names, Node, Number, Text, TextCase
from paperbuild.csl.text import case
from paperbuild.csl.text.markup import parse
from paperbuild.csl.text.surgery import find, instead
from paperbuild.csl.text.tree import PLAIN, Child, Format, Rich

from .conditions import holds
from .dates import render_date, shown_parts, sort_text
from .names import render_names
from .numbers import is_plural, render_number
from .scene import Scene
from .variables import NUMBERS, text_of_number, value_of


def evaluate(nodes: Iterable[Node], scene: Scene) -> list[Child]:
    """What the elements print for the scene's item: nothing that is empty.

    A ``cs:choose`` leaves no node of its own, so that an enclosing group's delimiter reaches its content.
    """
    made: list[Child] = []
    for node in nodes:
        if isinstance(node, Choose):
            for branch in node.branches:
                if not branch.conditions or holds(branch, scene):
                    made += evaluate(branch.children, scene)
                    break
            continue
        piece = _RENDER[node.__class__](node, scene)
        if piece is not None and piece != "":
            scene.begun = True
            made.append(piece)
    return made


def _wrap(children: tuple[Child, ...], look: Format, tag: str = "", data: Any = None) -> Child:
    """The children in a format; a lone child without one as it is."""
    if look is PLAIN and not tag and len(children) == 1:
        return children[0]
    return Rich(children, look, tag, data)


def _cased(child: Child, text_case: TextCase, strip: bool, scene: Scene) -> Child:
    if strip:
        child = case.strip_periods(child)
    return case.change(child, text_case, _language(scene)) if text_case else child


def _language(scene: Scene) -> str:
    """The language that decides whether title case may be used: the item's, or the style's."""
    return scene.item.text.get("language", "") or scene.style.locale.lang


def _text(node: Text, scene: Scene) -> Child | None:
    if node.source == "variable":
        return _variable(node, scene)
    words = node.value
    if not words:
        return None
    if node.term == "no date":  # stands for a variable: no group is empty that holds it
        scene.called, scene.found = scene.called + 1, scene.found + 1
    if node.term and not scene.begun and (scene.place.bibliography or scene.style.style_class == "note"):
        words = words[:1].upper() + words[1:]  # it begins a sentence
    return _finished(parse(words), node, scene)


def _finished(
    children: tuple[Child, ...], node: Text | Macro | Label, scene: Scene, tag: str = "", data: Any = None
) -> Child:
    """The content in its case and look. Affixes lie outside of both (CSL 1.0.2, "Affixes")."""
    if node.text_case or node.strip_periods:
        whole = children[0] if len(children) == 1 else Rich(children)
        children = (_cased(whole, node.text_case, node.strip_periods, scene),)
    return _wrap(children, node.format, tag, data)


_TAGS = {"citation-number", "year-suffix", "locator"}
"""Variables that a pass looks for in the tree."""
_LINKS = {
    "DOI": "https://doi.org/",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "URL": "",
}
"""What stands before an identifier in its address (CSL 1.0.2, "Links")."""


def _address(name: str, value: str) -> str:
    return value if "://" in value else _LINKS[name] + value


def _variable(node: Text, scene: Scene) -> Child | None:
    name = node.value
    scene.called += 1
    value = "" if name in scene.hidden else value_of(name, node.form, scene)
    if not value:
        return None
    _count(name, scene)
    if name in {"year-suffix", "citation-label"}:
        scene.suffixed = True
    elif name in NUMBERS:
        value = text_of_number(name, value, scene)
    tag = name if name in _TAGS else "link" if name in _LINKS else ""
    raw = name in _LINKS or (name in _TAGS and name != "locator")
    children: tuple[Child, ...] = (value,) if raw else parse(value)
    return _finished(children, node, scene, tag, _address(name, value) if tag == "link" else None)


def _count(name: str, scene: Scene) -> None:
    """Note that a variable printed something; one that stands in for names is empty from now on."""
    scene.found += 1
    if scene.substituting:
        scene.hidden.add(name)


def _macro(node: Macro, scene: Scene) -> Child | None:
    """The macro's content, which is empty where a group of the same would be."""
    children = _grouped(node.children, scene)
    if not children:
        return None
    scene.found += 1
    return _finished(tuple(children), node, scene)


def _number(node: Number, scene: Scene) -> Child | None:
    scene.called += 1
    value = "" if node.variable in scene.hidden else value_of(node.variable, "long", scene)
    if not value:
        return None
    _count(node.variable, scene)
    return render_number(node, value, scene.style.locale)


def _date(node: Date, scene: Scene) -> Child | None:
    scene.called += 1
    if scene.sampling and node.variable == "accessed":
        return None
    date = None if node.variable in scene.hidden else scene.item.dates.get(node.variable)
    if date is None:
        return None
    if scene.place.sorting:
        _count(node.variable, scene)
        return sort_text(date, shown_parts(node))
    made = render_date(node, date, scene.style.locale)
    if made is None:
        return None
    _count(node.variable, scene)
    if scene.told.suffix and not scene.suffixed and not scene.style.prints_year_suffix:
        made = _lettered(made, scene)
    return made


def _lettered(date: Child, scene: Scene) -> Child:
    """The date with the letters that tell works apart behind its first year."""
    year = find(date, "year")
    if year is None:
        return date
    scene.suffixed = True
    letters = Rich((scene.told.suffix,), PLAIN, "year-suffix")
    return instead(date, year, Rich((*year.children, letters), year.format, year.tag))


def _label(node: Label, scene: Scene) -> Child | None:
    """The term of a number variable, singular or plural by the content (CSL 1.0.2, "Label")."""
    name = node.variable
    value = "" if name in scene.hidden else value_of(name, "long", scene)
    if not value:
        return None
    term = (scene.place.label or "page") if name == "locator" else name
    many = node.plural == "always" or (
        node.plural == "contextual" and is_plural(name, value, scene.style.locale.term("and") or "")
    )
    words = scene.style.locale.term(term, node.form, plural=many)
    return _finished((words,), node, scene) if words else None


def _group(node: Group, scene: Scene) -> Child | None:
    """The group's content; nothing where it calls variables and all of them are empty."""
    children = _grouped(node.children, scene)
    if not children:
        return None
    scene.found += 1  # a group that prints something counts as a variable that does
    return _wrap(tuple(children), node.format)


def _grouped(nodes: Iterable[Node], scene: Scene) -> list[Child]:
    """What the elements print; nothing where they call variables and all of them are empty."""
    called, found, begun = scene.called, scene.found, scene.begun
    scene.called = scene.found = 0
    children = evaluate(nodes, scene)
    empty = scene.called > 0 and scene.found == 0
    scene.called = called + (scene.called > 0)
    scene.found = found + (scene.found > 0)
    if empty:
        children = []
    if not children:
        scene.begun = begun
    return children


def _names(node: Names, scene: Scene) -> Child | None:
    """Names, or what stands in for them (CSL 1.0.2, "Substitute")."""
    scene.called += 1
    made = render_names(node, scene)
    if made is not None:
        scene.found += 1
        if scene.substituting:
            scene.hidden |= set(node.variables)
        return made
    outer, scene.substituting = scene.substituting, True
    called, found = scene.called, scene.found
    for substitute in node.substitute:
        if isinstance(substitute, Text) and substitute.term and not substitute.value:
            break  # a term that is set to nothing stands in with nothing
        pieces = evaluate((substitute,), scene)
        scene.called, scene.found = called, found
        if pieces:
            scene.substituting = outer
            scene.found += 1
            return Rich(tuple(pieces), replace(node.format, delimiter=""), "substitute", node.variables)
    scene.substituting = outer
    return None


_RENDER: dict[type, Callable[[Any, Scene], Child | None]] = {
    Text: _text,
    Macro: _macro,
    Number: _number,
    Date: _date,
    Label: _label,
    Group: _group,
    Names: _names,
}
