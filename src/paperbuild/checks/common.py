"""What several checks say in the same way."""

from __future__ import annotations

from collections.abc import Sequence

from paperbuild import lens
from paperbuild.checks.match import Miss, difference, misses
from paperbuild.model import Finding, Inventory, Item


def keys(items: Sequence[Item], *, loose: bool) -> list[str]:
    """The items' texts through the lens."""
    return [lens.key(item.text, loose=loose) for item in items]


def flow(observed: Inventory) -> list[str]:
    """The keys of all running text of a finished file: paragraphs, references, captions, code."""
    kinds = ("paragraph", "reference", "figure", "table", "code")
    return [key for key in keys(observed.of(*kinds), loose=observed.loose) if key]


def missed(promised: Sequence[str], there: Sequence[str], *, loose: bool) -> list[Miss]:
    """The promised keys that are not among those of a finished file.

    In a PDF that runs from right to left, a text in Latin letters has signs at its other end.
    """
    found = misses(promised, there)
    if not loose or not any(miss.how == "changed" for miss in found):
        return found
    turned = any(lens.reordered(key) for key in there)
    return [
        miss
        for miss in found
        if not (
            turned
            and miss.how == "changed"
            and lens.unordered(promised[miss.index]) == lens.unordered(miss.instead)
        )
    ]


def finding(check: str, what: str, item: Item, miss: Miss, promised_key: str, *, loose: bool) -> Finding:
    """An error that names the item, says how it is missing, and where it stands in the manuscript.

    In a PDF (``loose``), a change in a text of a script that PDFs garble is only a remark that the
    check was weaker. A loss is an error in every script.
    """
    shown = quote(item.text or item.target)
    if miss.how == "changed" and loose and lens.garbled(item.text):
        said = (
            f"the text {shown} holds a script that PDF readers get back in part only: "
            "that it is there was checked, but not each letter"
        )
        return Finding("info", check, said, place(item))
    if miss.how == "moved":
        said = f"the {what} {shown} is there, but not in its place"
    elif miss.how == "changed":
        before, after = difference(promised_key, miss.instead)
        said = f"the {what} {shown} has changed: «{before}» became «{after}»"
    else:
        said = f"the {what} {shown} is lost"
    return Finding("error", check, said, place(item), "look at this place in the file, or export it anew")


def quote(text: str, length: int = 60) -> str:
    """The beginning of a text, in guillemets."""
    flat = " ".join(text.split())
    return f"«{flat[:length]}…»" if len(flat) > length else f"«{flat}»"


def place(item: Item) -> str:
    """Where an item stands: its line, else its section."""
    return item.where or (f"section {quote(item.section, 40)}" if item.section else "")
