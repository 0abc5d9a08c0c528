"""What a variable's name stands for, in an item and in its place."""

from __future__ import annotations

from collections.abc import Callable

from paperbuild.csl.items.label import citation_label

from .numbers import number_text
from .scene import Scene


def value_of(name: str, form: str, scene: Scene) -> str:
    """The text of a standard or number variable as it is written, empty where it has none.

    With form short the variable's short form, where there is one.
    """
    special = _SPECIAL.get(name)
    if special is not None:
        return special(scene)
    text = scene.item.text
    value = text.get(name, "")
    return (form == "short" and text.get(f"{name}-short")) or value


def text_of_number(name: str, value: str, scene: Scene) -> str:
    """What ``cs:text`` prints of a number variable: ranges of pages in the style's form."""
    label = scene.place.label if name == "locator" else ""
    style = scene.style
    return number_text(name, value, style.locale, label=label, page_form=style.page_range_format)


def exists(name: str, scene: Scene) -> bool:
    """Whether a variable of any kind has a value here, printed or not."""
    item = scene.item
    if name in item.text or name in item.names:
        return True
    if name in _SPECIAL:
        return bool(_SPECIAL[name](scene))
    return name in item.dates


def _number(scene: Scene) -> str:
    return scene.number


def _locator(scene: Scene) -> str:
    return "" if scene.place.bibliography else scene.place.locator


def _suffix(scene: Scene) -> str:
    return scene.told.suffix or scene.item.text.get("year-suffix", "")


def _first_note(scene: Scene) -> str:
    return scene.place.first_note


def _label(scene: Scene) -> str:
    """The citation label with the letters that tell works apart."""
    suffix = "" if scene.place.sorting else scene.told.suffix
    return citation_label(scene.item) + suffix


def _page_first(scene: Scene) -> str:
    given = scene.item.text.get("page-first", "")
    page = scene.item.text.get("page", "")
    for index, character in enumerate(page):
        if character in "-–—,&; ":
            return given or page[:index]
    return given or page


NUMBERS = frozenset(
    "chapter-number collection-number edition issue locator number number-of-pages number-of-volumes page "
    "part-number printing-number section supplement-number version volume".split()
)
"""The number variables of CSL 1.0.2 that items have."""
_SPECIAL: dict[str, Callable[[Scene], str]] = {
    "citation-number": _number,
    "locator": _locator,
    "year-suffix": _suffix,
    "first-reference-note-number": _first_note,
    "page-first": _page_first,
    "citation-label": _label,
}
