"""A reader shares nothing with its format's writer: what one forgets, the other must not forget as well."""

from __future__ import annotations

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from paperbuild.config import USUAL_FORMATS

NEUTRAL = {f"paperbuild{name}" for name in ("", ".model", ".lens", ".look", ".formats", ".pandoc")}
"""What both may use: the records of an inventory, and what of a text or picture is compared."""
RECORDS_ONLY = {"paperbuild.pandoc.ast"}
"""Named by the records, and not used by any reader itself."""


@cache
def imported(module: str) -> frozenset[str]:
    """The project's modules that a module imports, where they are imported for more than their types."""
    spec = find_spec(module)
    assert spec
    assert spec.origin
    tree = ast.parse(Path(spec.origin).read_text("utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(name for name in names if name.startswith("paperbuild") and _is_module(name))


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def reached(module: str) -> set[str]:
    """Every module of the project that a module imports, directly or not."""
    found: set[str] = set()
    pending = [module]
    while pending:
        for name in imported(pending.pop()) - found:
            found.add(name)
            pending.append(name)
    return found


@pytest.mark.parametrize("name", USUAL_FORMATS)
def test_a_reader_imports_nothing_of_its_writer(name):
    package = f"paperbuild.formats.{name}"
    shared = reached(f"{package}.read") & reached(f"{package}.write")
    assert shared - {package} <= NEUTRAL | RECORDS_ONLY


@pytest.mark.parametrize("name", USUAL_FORMATS)
def test_a_reader_uses_the_records_and_its_own_modules_alone(name):
    package = f"paperbuild.formats.{name}"
    own = {module for module in reached(f"{package}.read") if module.startswith(package)}
    used = {used for module in {f"{package}.read", *own} for used in imported(module)}
    assert used - own - {package} <= NEUTRAL


def test_the_checks_know_no_format():
    assert not {name for name in reached("paperbuild.verify") if name.startswith("paperbuild.formats")}
