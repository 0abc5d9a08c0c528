"""Sort keys of a layout, and sorting by them (CSL 1.0.2, "Sorting")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import TypeAlias

from paperbuild.csl.render.dates import sort_value
from paperbuild.csl.render.elements import evaluate
from paperbuild.csl.render.scene import Scene
from paperbuild.csl.render.variables import value_of
from paperbuild.csl.style.nodes import SortKey
from paperbuild.csl.text.markup import parse
from paperbuild.csl.text.tree import Child, plain

from .collate import collator

Value: TypeAlias = "bytes | int | tuple[int, ...] | None"
"""What one key gives for an item; None where it gives nothing."""
SceneOf: TypeAlias = Callable[[str], Scene]
"""A fresh scene for an item's key."""


@dataclass(frozen=True, slots=True)
class Sorter:
    """The keys of one layout over some items."""

    keys: tuple[SortKey, ...]
    values: Mapping[str, tuple[Value, ...]]

    def order(self, ids: Iterable[str]) -> list[str]:
        """The ids sorted; equal ones stay in their order, and empty values come last."""
        return sorted(ids, key=cmp_to_key(self.compare))

    def compare(self, one: str, two: str) -> int:
        """Below, at or above zero as ``one`` comes before, with or after ``two``."""
        for key, a, b in zip(self.keys, self.values[one], self.values[two], strict=True):
            if a == b:
                continue
            if a is None or b is None:
                return 1 if a is None else -1
            below = _below(a, b)
            return (1 if below else -1) if key.descending else (-1 if below else 1)
        return 0


def _below(one: bytes | int | tuple[int, ...], two: bytes | int | tuple[int, ...]) -> bool:
    """Whether one value comes before another; of different kinds, such as a date and a text, by kind."""
    if type(one) is not type(two):
        return type(one).__name__ < type(two).__name__
    return one < two  # type: ignore[operator]


def sorter(keys: Sequence[SortKey], ids: Iterable[str], scene_of: SceneOf) -> Sorter:
    """The keys with their values for each id."""
    values = {one: tuple(_value(key, scene_of(one)) for key in keys) for one in ids} if keys else {}
    return Sorter(tuple(keys), values)


def _value(key: SortKey, scene: Scene) -> Value:
    collate = collator(scene.style.locale.lang)
    name = key.variable
    if not name or name in scene.item.names:
        return _text(collate, evaluate(key.children, scene))
    if name == "citation-number":
        return int(scene.number or 0)
    if name in scene.item.dates:
        return sort_value(scene.item.dates[name])
    text = value_of(name, "long", scene)
    return _text(collate, parse(text)) if text else None


def _text(collate: Callable[[str], bytes], pieces: Iterable[Child]) -> Value:
    text = "".join(plain(piece) for piece in pieces).strip()
    return collate(text) if text else None
