"""One work, read once from CSL-JSON, in which nothing is left to guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or an institution, which has only ``literal``."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    """Particle that goes with the given name: Alexander *von* Humboldt."""
    non_dropping: str = ""
    """Particle that stays with the family name: Vincent *van* Gogh."""
    suffix: str = ""
    comma_suffix: bool = False
    literal: str = ""
    static_ordering: bool = False
    """True where the family name always stands first."""


@dataclass(frozen=True, slots=True)
class DateParts:
    """One end of a date: year, and month, day or season where they are known; 0 for what is not."""

    year: int = 0
    """Negative before the common era: -44 is 44 BC."""
    month: int = 0
    day: int = 0
    season: int = 0
    """1 spring to 4 winter"""


@dataclass(frozen=True, slots=True)
class Date:
    """A date or a range of dates."""

    begin: DateParts | None = None
    end: DateParts | None = None
    open_end: bool = False
    """True for a range that goes on: 1999–"""
    circa: bool = False
    literal: str = ""
    """What is printed as it is, where there is no ``begin``."""


@dataclass(frozen=True, slots=True)
class Item:
    """One work."""

    id: str
    type: str
    text: Mapping[str, str] = field(default_factory=dict)
    """Standard and number variables as they are written, in-field markup untouched; nothing empty."""
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
