"""The machine's own fonts, as fontconfig's program fc-list tells them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from paperbuild.fonts import coverage, families

_SECONDS = 20
_FORMAT = "%{family[0]}\t%{file}\n"
_PREFERRED = "Noto "
"""Families whose shapes go with those of the packages."""


@dataclass(frozen=True, slots=True)
class Found:
    """A family of the machine's, and its files."""

    family: str
    files: tuple[Path, ...]


@cache
def named(family: str) -> Found | None:
    """The machine's family of this name; None where it has none, or can't be asked."""
    escaped = "".join(f"\\{sign}" if sign in "\\-:,=" else sign for sign in family)
    files = sorted({path for _, path in _listed(escaped)})
    return Found(family, tuple(files)) if files else None


@cache
def having(character: str) -> Found | None:
    """One of the machine's fonts with this character: always the same one as long as its fonts are the same.

    Families that the packages bring are left out, for two versions of one would be mixed up.
    """
    fonts = [
        (not name.startswith(_PREFERRED), "Regular" not in path.name, name, path)
        for name, path in _listed(f":charset={ord(character):x}")
        if families.family(name) is None and path.suffix.lower() in {".ttf", ".otf", ".ttc", ".otc"}
    ]
    for *_, name, path in sorted(fonts):
        if ord(character) in coverage.of_file(path):
            return Found(name, (path,))
    return None


def _listed(pattern: str) -> Iterable[tuple[str, Path]]:
    """Family and file of each font that matches a pattern of fontconfig's."""
    program = shutil.which("fc-list")
    if program is None:
        return
    command = [program, "--format", _FORMAT, pattern]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        name, _, file = line.partition("\t")
        if name and file:
            yield name, Path(file)
