"""What an element sees while it is rendered: the item, the place, and what disambiguation decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from paperbuild.csl.items.item import Item, Name
from paperbuild.csl.style.nodes import CompiledStyle


@dataclass(frozen=True, slots=True)
class Told:
    """How one item is told apart from others (CSL 1.0.2, "Disambiguation")."""

    shown: tuple[int, ...] = ()
    """Names to show at least, for each set of names in the order they are printed."""
    levels: tuple[tuple[int, ...], ...] = ()
    """For each set, what is shown of each given name: 0 as the style says, 1 initials, 2 all of it."""
    condition: int = 0
    """How many of the style's conditions ``disambiguate="true"`` hold, in the order they are asked."""
    suffix: str = ""
    """The letters after the year."""


UNTOLD = Told()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item is printed."""

    bibliography: bool = False
    position: frozenset[str] = frozenset({"first"})
    """CSL's positions that hold: first, subsequent, ibid, ibid-with-locator, near-note."""
    locator: str = ""
    label: str = ""
    first_note: str = ""
    """The number of the note that cites the item first."""
    sorting: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What names show of given names in the whole document, whatever the cite (see ``disambiguate``)."""

    levels: Mapping[tuple[Name, bool], int] = field(default_factory=dict)
    """By name, and whether it is the first of its set."""


@dataclass(slots=True)
class Scene:
    """One item being rendered. The only thing that changes while a style is evaluated."""

    style: CompiledStyle
    item: Item
    place: Place
    told: Told = UNTOLD
    number: str = ""
    """The citation number."""
    given: Given = Given()
    sampling: bool = False
    """True while it is found out which cites read the same: the date of access does not count for that."""
    begun: bool = False
    """True once something was printed: what begins a note or an entry has a capital."""
    hidden: set[str] = field(default_factory=set)
    """Variables that stood in for others, and are empty from there on."""
    substituting: bool = False
    """True while something is to stand in for names."""
    called: int = 0
    """Variables that the enclosing group called so far."""
    found: int = 0
    """Those that printed something."""
    name_sets: int = 0
    """Sets of names that were printed so far."""
    conditions: int = 0
    """Times that the style asked whether the cite is ambiguous."""
    suffixed: bool = False
    """True once the year suffix was printed."""
    sets: list[NameSet] = field(default_factory=list)
    """The sets of names that were printed."""


@dataclass(frozen=True, slots=True)
class NameSet:
    """The names of one variable as they were printed."""

    variable: str
    names: tuple[Name, ...]
    shown: int
    """How many of the names are printed."""
    initials: bool
    """True where given names are shortened to initials."""
