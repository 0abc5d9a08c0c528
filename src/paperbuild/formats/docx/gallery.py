"""Styles as Word lists them: which names are its own, which stand in the gallery, and in which order.

Priorities of Word's own styles are those of the template that Word starts with; ``w:latentStyles`` says the
same of the many that the file does not hold (ECMA-376 part 1, 17.7.4.5 and 17.7.4.19).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from paperbuild.formats.docx.ooxml import STYLE_ELEMENTS, make, name, put, remove

_LATENT = 376
"""How many styles of its own Word knows."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where a style stands in Word's lists."""

    priority: int
    shown: bool = False
    """True for one in the gallery on the ribbon."""
    hidden: bool = False
    """True for one that is listed once the document uses it."""


_OWN = {
    "Normal": _Entry(0, shown=True),
    "Body Text": _Entry(1, shown=True),
    **{f"heading {level}": _Entry(9, shown=True, hidden=level > 1) for level in range(1, 10)},
    "Title": _Entry(10, shown=True),
    "Subtitle": _Entry(11, shown=True),
    "Date": _Entry(12),
    "Quote": _Entry(29, shown=True),
    "List Paragraph": _Entry(34, shown=True),
    "caption": _Entry(35, shown=True),
    "Bibliography": _Entry(37, shown=True),
    "TOC Heading": _Entry(39),
    **{f"toc {level}": _Entry(39, hidden=level > 3) for level in range(1, 10)},
    "footnote text": _Entry(99, hidden=True),
    "footnote reference": _Entry(99, hidden=True),
    "line number": _Entry(99, hidden=True),
    "header": _Entry(99),
    "footer": _Entry(99),
    "Hyperlink": _Entry(99),
    "Default Paragraph Font": _Entry(1, hidden=True),
    "Normal Table": _Entry(99, hidden=True),
}
"""Word's own styles among those that a document has, by the names that Word knows them by."""
_CUSTOM = {
    "First Paragraph": _Entry(1, shown=True),
    "Continued Text": _Entry(1),
    "Author": _Entry(12, shown=True),
    "Affiliation": _Entry(12, shown=True),
    "Details": _Entry(12),
    "Abstract Title": _Entry(13, shown=True),
    "Abstract": _Entry(13, shown=True),
    "Keywords": _Entry(13, shown=True),
    "Definition Term": _Entry(30),
    "Definition": _Entry(30),
    "Source Code": _Entry(31, shown=True),
    "Equation": _Entry(32, shown=True),
    "Table Text": _Entry(33, shown=True),
    "Table Heading": _Entry(33, shown=True),
    "Table Caption": _Entry(35, shown=True),
    "Image Caption": _Entry(35, shown=True),
    "References Title": _Entry(36, shown=True),
}
"""Styles for what Word has none for."""
_OTHER = _Entry(98)
"""A custom style that nobody needs to choose, such as those for the parts of code."""
_OFFERED = {"Strong": 22, "Emphasis": 20, "Intense Quote": 30, "No Spacing": 1}
"""Styles that the file does not hold and that the gallery offers all the same."""


def order(sheet: etree._Element, used: Iterable[str]) -> None:
    """Give every style of ``w:styles`` its place. ``used`` are the ids of styles that the document has."""
    known = set(used)
    for style in sheet.iter(name("w:style")):
        label = style.find(name("w:name"))
        own = "" if label is None else label.get(name("w:val"), "")
        entry = _OWN.get(own) or _CUSTOM.get(own, _OTHER)
        if own not in _OWN:
            style.set(name("w:customStyle"), "1")
        for tag in ("w:semiHidden", "w:unhideWhenUsed", "w:qFormat"):
            for old in style.findall(name(tag)):
                style.remove(old)
        put(style, make("w:uiPriority", val=entry.priority), STYLE_ELEMENTS)
        if entry.hidden and style.get(name("w:styleId")) not in known:
            put(style, make("w:semiHidden"), STYLE_ELEMENTS)
        if entry.hidden:
            put(style, make("w:unhideWhenUsed"), STYLE_ELEMENTS)
        if entry.shown:
            put(style, make("w:qFormat"), STYLE_ELEMENTS)
    for old in sheet.findall(name("w:latentStyles")):
        remove(old)
    sheet.insert(1 if sheet.find(name("w:docDefaults")) is not None else 0, _latent())


def _latent() -> etree._Element:
    exceptions = [
        make(
            "w:lsdException",
            name=own,
            semiHidden=int(entry.hidden),
            uiPriority=entry.priority,
            unhideWhenUsed=int(entry.hidden),
            qFormat=int(entry.shown),
        )
        for own, entry in _OWN.items()
    ]
    exceptions += [
        make("w:lsdException", name=own, semiHidden=0, uiPriority=priority, unhideWhenUsed=0, qFormat=1)
        for own, priority in _OFFERED.items()
    ]
    return make(
        "w:latentStyles",
        exceptions,
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=_LATENT,
    )
