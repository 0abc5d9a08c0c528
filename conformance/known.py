"""The list of fixtures that are known to fail, and the check that it is true in both directions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any


class KnownError(Exception):
    """The list cannot be read, or it is wrong in itself."""


@dataclass(frozen=True, slots=True)
class Known:
    """Names of fixtures, each with the reason why it fails."""

    failing: Mapping[str, str]
    out_of_scope: Mapping[str, str]
    """What nothing in CSL 1.0.2 asks for."""

    def check(self, failed: Mapping[str, bool], only: str = "*") -> list[str]:
        """A complaint for each fixture in which the list and what happened differ.

        ``failed`` has an entry for every fixture that was run: those that the pattern ``only`` matches.
        """
        listed = {name for name in (*self.failing, *self.out_of_scope) if fnmatchcase(name, only)}
        unlisted = [name for name, fails in failed.items() if fails and name not in listed]
        complaints = dict.fromkeys(unlisted, "fails and is not listed")
        for name in listed:
            if name not in failed:
                complaints[name] = "is listed, but there is no such fixture"
            elif not failed[name]:
                complaints[name] = "does not fail and is listed: take it out"
        return [f"{name} {text}" for name, text in sorted(complaints.items())]


def read_known(path: Path) -> Known:
    """The list in the file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KnownError(f"{path.name}: {error}") from error
    known = Known(_section(path, data, "failing"), _section(path, data, "out-of-scope"))
    if surplus := sorted(set(data) - {"failing", "out-of-scope"}):
        raise KnownError(f"{path.name}: there is no section {surplus[0]}")
    if twice := sorted(set(known.failing) & set(known.out_of_scope)):
        raise KnownError(f"{path.name}: {twice[0]} is listed twice")
    return known


def _section(path: Path, data: Mapping[str, Any], section: str) -> dict[str, str]:
    names = data.get(section, {})
    for name, reason in names.items():
        if not isinstance(reason, str) or not reason.strip():
            raise KnownError(f"{path.name}: {section}.{name} says no reason")
    return dict(names)
