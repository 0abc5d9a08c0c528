"""A case: what was promised, what was observed, and how the two lie beside each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from paperbuild import lens
from paperbuild.checks.align import BLOCKS, NOTES, Alignment, Extra, align
from paperbuild.checks.likeness import difference
from paperbuild.look import BLANK
from paperbuild.model import Evidence, Finding, Inventory, Item

_SHOWN = 2000
"""Letters of a text that evidence holds."""

_LINKS = ("link", "citation")


@dataclass(frozen=True)
class Case:
    """One finished file to be judged."""

    promised: Inventory
    observed: Inventory

    @cached_property
    def alignment(self) -> Alignment:
        """What became of each promised block and note; made once, for all checks."""
        blocks = align(self.promised, self.observed)
        return blocks.and_also(align(self.promised, self.observed, NOTES))

    @property
    def loose(self) -> bool:
        """True where the format does not keep spaces and hyphens (PDF)."""
        return self.observed.loose

    def key(self, text: str) -> str:
        """What of a text is compared in this format."""
        return lens.key(text, loose=self.loose)

    @cached_property
    def links(self) -> tuple[Item, ...]:
        """The links of the file; one to an entry of the reference list is a citation, whatever its look."""
        entries = {item.target for item in self.promised.of("citation")}
        named = (("citation" if one.target in entries else "link", one) for one in self.observed.of(*_LINKS))
        return tuple(one if one.kind == kind else replace(one, kind=kind) for kind, one in named)

    def missed(self, *kinds: str) -> list[int]:
        """The promised items of these kinds that are not as they should be."""
        return [index for index in sorted(self.alignment.misses) if self.promised.items[index].kind in kinds]

    def extras(self, *kinds: str) -> list[Extra]:
        """What is too much in the file, in items of these kinds."""
        return [one for one in self.alignment.extras if self.observed.items[one.index].kind in kinds]

    def is_among_references(self, one: Extra) -> bool:
        """True for a paragraph too many before or after an entry of the reference list."""
        items = self.observed.items
        before = (item for item in reversed(items[: one.index]) if item.kind in BLOCKS)
        after = (item for item in items[one.index + 1 :] if item.kind in BLOCKS)
        near = filter(None, (next(before, None), next(after, None)))
        return any(item.kind == "reference" for item in near)

    # -- where --------------------------------------------------------------------------------------------

    def around(self, index: int) -> tuple[str, str, str]:
        """The texts before and after the place of a promised block in the file, and where that is."""
        pairs, items = self.alignment.pairs, self.observed.items
        before = next((pairs[n][-1] for n in range(index - 1, -1, -1) if n in pairs), -1)
        after = next((pairs[n][0] for n in range(index + 1, len(self.promised.items)) if n in pairs), -1)
        near = items[before if before >= 0 else after] if before >= 0 or after >= 0 else None
        return (
            _short(items[before].text) if before >= 0 else "",
            _short(items[after].text) if after >= 0 else "",
            position(near) if near else "",
        )

    def evidence(self, index: int, found: str = "") -> Evidence:
        """What was promised beside what stands there."""
        before, after, near = self.around(index)
        return Evidence(_short(self.promised.items[index].text), _short(found), before, after, near)


Check = Callable[[Case], list[Finding]]
"""What every check is: findings about a case; an empty list where nothing is wrong."""


def miss(case: Case, check: str, what: str, index: int) -> Finding:
    """The finding for a promised block that is lost, moved or changed."""
    found, item = case.alignment.misses[index], case.promised.items[index]
    instead = " ".join(case.observed.items[at].text for at in found.at)
    if found.how == "changed" and case.loose and lens.garbled(item.text):
        said = (
            f"the text {quote(item.text)} holds a script that PDF readers get back in part only: "
            "that it is there was checked, but not each letter"
        )
        return Finding("info", check, said, place(item))
    if found.how == "moved":
        said = f"the {what} {name(item)} is there, but not in its place"
    elif found.how == "changed":
        said = changed(case, what, item, instead)
    else:
        said = f"the {what} {name(item)} is lost"
    return loss(check, said, item, case.evidence(index, instead))


def changed(case: Case, what: str, item: Item, instead: str) -> str:
    """The sentence for a text that is no longer to the letter."""
    before, after = difference(lens.normal(item.text), lens.normal(instead))
    if before == after:
        before, after = difference(case.key(item.text), case.key(instead))
    return f"the {what} {quote(item.text)} has changed: «{before}» became «{after}»"


def loss(check: str, said: str, item: Item, evidence: Evidence | None = None) -> Finding:
    """An error about a promised item that was lost while the file was written, or since."""
    hint = "look at this place in the file, or export it anew"
    return Finding("error", check, said, place(item), hint, stage="write", evidence=evidence)


def extra(case: Case, check: str, what: str, one: Extra) -> Finding:
    """The finding for what stands in the file and was not promised there."""
    item = case.observed.items[one.index]
    shown = name(item)
    if one.twin >= 0:
        twin = case.promised.items[one.twin]
        said, where = f"the {what} {shown} stands twice in the file", place(twin)
    else:
        said, where = f"the {what} {shown} is not in the manuscript", ""
    evidence = Evidence(
        "", _short(item.text), _neighbour(case, one.index, -1), _neighbour(case, one.index, 1), position(item)
    )
    return Finding("error", check, said, where or position(item), evidence=evidence)


def _neighbour(case: Case, index: int, step: int) -> str:
    place = index + step
    return _short(case.observed.items[place].text) if 0 <= place < len(case.observed.items) else ""


def quote(text: str, length: int = 60) -> str:
    """The beginning of a text, in guillemets."""
    flat = " ".join(text.split())
    return f"«{flat[:length]}…»" if len(flat) > length else f"«{flat}»"


def name(item: Item) -> str:
    """What an item is called in a sentence: by its text, its description, its first cells, or its section."""
    said = item.text or item.target or " | ".join(islice((c for row in item.rows for c in row if c), 8))
    return quote(said) if said.strip() else f"without words in the section {quote(item.section, 40)}"


def same_look(item: Item, found: Item) -> bool:
    """True where a picture or equation looks as it was promised, and where that isn't known."""
    known = {BLANK, ""}
    if item.picture in known or found.picture in known:
        return True
    return any(f"{found.picture}:".startswith(f"{look}:") for look in item.picture.split())


def place(item: Item) -> str:
    """Where a promised item stands: its line, else its section."""
    return item.where or (f"section {quote(item.section, 40)}" if item.section else "")


def position(item: Item) -> str:
    """Where an observed item stands: its page, else its section."""
    return item.where or item.section


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
