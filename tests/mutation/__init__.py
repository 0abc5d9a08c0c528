"""Faults injected into finished files, to prove that verifying notices every one of them.

A mutation knows a format's file and nothing of paperbuild: it opens the bytes with tools of its own, picks
something by chance, harms it, and says what it harmed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Mutant:
    """A harmed file."""

    data: bytes
    words: tuple[str, ...]
    """What was harmed, as a reader of the file reads it (a text, a link's target, a destination's name, a
    page as ``page 3``): a finding must name at least one of these, or its beginning."""


Mutation = Callable[[bytes, Random], Mutant | None]
"""From a finished file to a harmed one; None where the file has nothing of the kind."""
