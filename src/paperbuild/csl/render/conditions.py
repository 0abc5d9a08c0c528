"""The conditions of ``cs:choose`` (CSL 1.0.2, "Choose")."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from paperbuild.csl.style.nodes import Branch

from .numbers import is_numeric
from .scene import Scene
from .variables import exists, value_of


def holds(branch: Branch, scene: Scene) -> bool:
    """Whether the branch's conditions hold, all, any or none of them."""
    results = (_TESTS[condition.kind](condition.value, scene) for condition in branch.conditions)
    if branch.match == "all":
        return all(results)
    return any(results) is (branch.match == "any")


def _type(types: frozenset[str], scene: Scene) -> bool:
    return scene.item.type in types


def _variable(value: str, scene: Scene) -> bool:
    return exists(value, scene)


def _is_numeric(value: str, scene: Scene) -> bool:
    text = value_of(value, "long", scene)
    return bool(text) and is_numeric(text, value)


def _uncertain(value: str, scene: Scene) -> bool:
    date = scene.item.dates.get(value)
    return date is not None and date.circa


def _position(value: str, scene: Scene) -> bool:
    return not scene.place.bibliography and value in scene.place.position


def _disambiguate(value: str, scene: Scene) -> bool:
    scene.conditions += 1
    return (scene.conditions <= scene.told.condition) is (value == "true")


def _locator(labels: frozenset[str], scene: Scene) -> bool:
    return bool(scene.place.locator) and scene.place.label in labels


_TESTS: dict[str, Callable[[Any, Scene], bool]] = {
    "type": _type,
    "variable": _variable,
    "is-numeric": _is_numeric,
    "is-uncertain-date": _uncertain,
    "position": _position,
    "disambiguate": _disambiguate,
    "locator": _locator,
}
