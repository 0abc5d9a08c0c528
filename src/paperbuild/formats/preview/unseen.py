"""Which elements of a page nobody sees: hidden by an attribute, their own style, or the page's style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import cssselect2
import tinycss2
from lxml.etree import _Element

_NEVER = frozenset({"transparent", "#0000", "#00000000", "rgba(0,0,0,0)", "white", "#fff", "#ffffff"})
"""Colours of text that can't be told from a white page."""
_LENGTH = re.compile(r"^(-?\d*\.?\d+)(px|pt|em|rem|%|mm|cm|in|)$")
_LEAST = {"px": 2.0, "pt": 1.5, "em": 0.2, "rem": 0.2, "%": 20.0, "mm": 0.5, "cm": 0.05, "in": 0.02, "": 0.01}
"""The smallest font size that can be made out, by unit."""
_FAR = -400.0
"""A text moved further to the left or up than this stands outside the page."""
_SHOWN_MEDIA = {"", "all", "screen"}


def unseen(root: _Element) -> frozenset[_Element]:
    """The elements of a page that are not shown on a screen; what is in them isn't either."""
    found = {element for element in root.iter() if isinstance(element.tag, str) and _hides_itself(element)}
    selectors = [selector for sheet in root.iter("style") for selector in _hiding(sheet.text or "")]
    if selectors:
        matcher = cssselect2.Matcher()
        for selector in selectors:
            matcher.add_selector(selector, None)
        for wrapper in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
            if matcher.match(wrapper):
                found.add(wrapper.etree_element)
    return frozenset(found)


@lru_cache(maxsize=64)
def _hiding(sheet: str) -> tuple[cssselect2.CompiledSelector, ...]:
    """The selectors of the rules of a style sheet that hide something; papers of a site share theirs."""
    return tuple(
        selector
        for rule in _rules(tinycss2.parse_stylesheet(sheet, True, True))
        if _hides(dict(_declared(rule.content)))
        for selector in _compiled(rule.prelude)
    )


def _hides_itself(element: _Element) -> bool:
    own = element.get("style")
    return element.get("hidden") is not None or bool(own and _hides(dict(_declared(own))))


def _rules(nodes: list[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.QualifiedRule]:
    """The rules for a screen, whatever its size and colours."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.lower_at_keyword == "media" and _is_for_screens(node):
            yield from _rules(tinycss2.parse_rule_list(node.content or [], True, True))


def _is_for_screens(rule: tinycss2.ast.AtRule) -> bool:
    return tinycss2.serialize(rule.prelude).strip().lower() in _SHOWN_MEDIA


def _compiled(prelude: list[tinycss2.ast.Node]) -> list[cssselect2.CompiledSelector]:
    """The rule's selectors; none where they can't be read, as a browser drops such a rule."""
    try:
        found = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        return []
    return [selector for selector in found if selector.pseudo_element is None]


def _declared(content: str | list[tinycss2.ast.Node]) -> Iterator[tuple[str, str]]:
    """Properties and their values, in lower case and without spaces after commas."""
    for node in tinycss2.parse_blocks_contents(content) if content else ():
        if node.type == "declaration":
            value = tinycss2.serialize(node.value).strip().lower()
            yield node.lower_name, re.sub(r"\s*,\s*", ",", value)


def _hides(declared: dict[str, str]) -> bool:
    """True where these declarations leave nothing to be seen of an element."""
    plainly = {"display": "none", "visibility": "hidden", "content-visibility": "hidden"}
    if any(declared.get(name) == value for name, value in plainly.items()):
        return True
    if declared.get("opacity", "1").rstrip("%") in {"0", "0.0", ".0"} or _is_tiny(declared):
        return True
    ground = declared.get("background-color", declared.get("background", "white"))
    if declared.get("color") == ground or (declared.get("color") in _NEVER and ground in _NEVER):
        return True
    places = ("left", "top", "text-indent", "margin-left", "margin-top")
    return any(_length(declared.get(name, ""))[0] < _FAR for name in places)


def _is_tiny(declared: dict[str, str]) -> bool:
    number, unit = _length(declared.get("font-size", ""))
    return unit is not None and number < _LEAST[unit]


def _length(value: str) -> tuple[float, str | None]:
    """A length's number and unit; zero and None for what is none."""
    match = _LENGTH.match(value)
    return (float(match[1]), match[2]) if match else (0.0, None)
