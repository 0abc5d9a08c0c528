"""Tells in WeasyPrint's structure tree which element of the page each of its elements comes from.

WeasyPrint 70 keeps only the type: a note is a Span there, a contents list an L, and a foreign word has lost
its language. ISO 14289-1, 7.2 asks for the language, 7.9 for notes, 7.6 for how lists are numbered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from paperbuild.html.lists import SEPARATOR

KEY = "PaperbuildElement"
"""Where a structure element has its element's name and classes until the file is archived."""
PLACE = "PaperbuildPlace"
"""Where it has the number of its element on the page until then."""
MARGIN = "PaperbuildMargin"
"""Where an element of a header or footer, which WeasyPrint leaves out of the tree, has its box's name."""

_NUMBERINGS = {
    "none": "None",
    "bullet": "Disc",
    "ring": "Circle",
    "block": "Square",
    "decimal": "Decimal",
    "decimal-leading-zero": "Decimal",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
    "lower-alpha": "LowerAlpha",
    "lower-latin": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "upper-latin": "UpperAlpha",
}
"""ListNumbering by list-style-type (ISO 32000-1, table 347)."""


@contextmanager
def told() -> Iterator[None]:
    """While it is entered, structure trees that WeasyPrint writes hold ``KEY``, ``PLACE``, ``MARGIN``,
    languages and numberings.

    It stands around a function that is not part of WeasyPrint's interface. A release without it gives a file
    that is read as well, but says less; so does one thread while another is in here: enter it alone.
    """
    from weasyprint.pdf import tags  # noqa: PLC0415 - WeasyPrint is imported late

    build = getattr(tags, "_build_box_tree", None)
    if build is None:
        yield
        return
    tags._build_box_tree = _telling(build)  # noqa: SLF001 - there is no other way to know
    try:
        yield
    finally:
        tags._build_box_tree = build  # noqa: SLF001


def _telling(build: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    import pydyf  # noqa: PLC0415 - as above

    numbers: dict[tuple[Any, str], int] = {}
    margins: list[str] = []

    def built(box: Any, *rest: Any) -> Iterator[Any]:
        name = getattr(box, "at_keyword", "")
        if name:
            margins.append(name)
            yield from build(box, *rest)
            margins.pop()
            return
        for element in build(box, *rest):
            if margins:
                element[MARGIN] = pydyf.String(margins[-1])
            elif KEY not in element and getattr(box, "element", None) is not None:
                # a pseudo-element has the element that it belongs to, and a name of its own
                _tell(element, box, numbers.setdefault((box.element, box.element_tag), len(numbers)))
            yield element

    return built


def _tell(element: Any, box: Any, place: int) -> None:
    """Writes into the structure element what is known of the page's element, which has this number."""
    import pydyf  # noqa: PLC0415 - as above

    source = box.element
    element[KEY] = pydyf.String(f"{source.tag} {source.get('class', '')}")
    element[PLACE] = pydyf.String(str(place))
    if lang := source.get("lang"):
        element["Lang"] = pydyf.String(lang)
    if element["S"] == "/L":
        style = box.style["list_style_type"]
        usual = "Decimal" if source.tag == "ol" else "Disc"
        numbering = _NUMBERINGS.get(style.partition(SEPARATOR)[0], usual) if isinstance(style, str) else usual
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})
