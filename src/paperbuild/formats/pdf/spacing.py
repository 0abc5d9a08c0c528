"""Spaces in an equation as TeX sets them, told in MathML to the drawer, which infers them otherwise.

ziamath puts a space on both sides of every word of several letters, also at the edge of a formula and within
``log₂``; takes a sign before a number for one between two; and sets wide spaces behind commas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.etree import ElementTree as ET

_THIN = "0.1667em"
"""A thin space: a sixth of an em (The TeXbook, chapter 18)."""
_APPLIED = "\u2061"
"""What pandoc puts behind the name of a function."""
_SCRIPTED = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})
_ROWS = frozenset({"math", "mrow", "mtd", "msqrt", "mstyle", "mpadded", "mphantom", "menclose"})
_PUNCTUATION = frozenset(",;")
_SIGNS = frozenset("−-+±∓")


def spaced(mathml: str) -> str:
    """The MathML with spaces around functions, none around a sign, and thin ones behind punctuation."""
    root = ET.fromstring(mathml)  # noqa: S314 - pandoc's, without a doctype
    for row in [element for element in root.iter() if _tag(element) in _ROWS]:
        if not _is_name(row):
            row[:] = list(_with_spaces(list(row)))
    for element in list(root.iter()):
        _mend(element)
    return ET.tostring(root, encoding="unicode")


def _with_spaces(children: Sequence[ET.Element]) -> Iterator[ET.Element]:
    """The children with a thin space between a function and what it is a factor of or applied to (TeXbook,
    chapter 18: Ord Op, Op Ord, Op Op and Close Op)."""
    if not children:
        return
    kinds = [_kind(child) for child in children]
    for child, (kind, following) in zip(children, pairwise([*kinds, ""]), strict=True):
        yield child
        if (kind, following) in {("ord", "op"), ("op", "ord"), ("op", "op"), ("close", "op")}:
            space = child.tag.replace(_tag(child), "mspace")
            yield ET.Element(space, {"width": _THIN})


def _kind(element: ET.Element) -> str:
    """The class of an atom, as far as spaces ask for it."""
    tag = _tag(element)
    if _is_function(element):
        return "op"
    if tag == "mo":
        return "close" if element.get("form") == "postfix" else "sign"
    if tag == "mi" and (element.text or "").strip() in _SIGNS:
        return "sign"
    return "space" if tag == "mspace" else "ord"


def _is_function(element: ET.Element) -> bool:
    """True for the name of a function, also with indices or limits."""
    if _tag(element) in _SCRIPTED and len(element):
        return _is_function(element[0])
    return _is_name(element)


def _is_name(row: ET.Element) -> bool:
    """True for what pandoc makes of ``\\log``: a row of the word and the invisible sign of application."""
    return len(row) == 2 and _tag(row[0]) == "mi" and (row[1].text or "") == _APPLIED


def _mend(element: ET.Element) -> None:
    tag, text = _tag(element), (element.text or "").strip()
    if _is_name(element):
        del element[1]
    elif tag == "mi" and len(text) > 1:
        element.tag = element.tag.replace("mi", "mtext")
        element.attrib.setdefault("mathvariant", "normal")
    elif tag == "mi" and text in _SIGNS:
        element.tag = element.tag.replace("mi", "mo")
        element.attrib |= {"form": "prefix", "lspace": "0em", "rspace": "0em"}
    elif tag == "mo" and text in _PUNCTUATION:
        element.attrib |= {"lspace": "0em", "rspace": _THIN}


def _tag(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]
