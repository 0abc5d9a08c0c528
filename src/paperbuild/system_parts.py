"""Parts of the system that Python does not bring: libraries, programs and fonts, and what installs them."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parent / "system-parts.txt"
TOOLS = ("apt-get", "dnf", "pacman", "brew")
"""Installers, in the order of the table's columns."""

_INSTALL = {
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "pacman": "pacman -S --needed",
    "brew": "brew install",
}
_LIBRARY_FOLDERS = ("", "/opt/homebrew/lib/", "/usr/local/lib/", "/opt/local/lib/")
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the table."""

    kind: str
    """library, command or font."""
    name: str
    packages: tuple[str, ...]
    """The package that brings it, for each of TOOLS."""


def parts() -> tuple[Part, ...]:
    """Every part that is needed."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(_part(*line.split("|")) for line in lines)


def _part(found_by: str, *packages: str) -> Part:
    kind, _, name = found_by.partition(" ")
    return Part(kind, name, packages)


def is_there(part: Part, families: Collection[str]) -> bool:
    """True where this machine has the part; ``families`` are its fonts."""
    if part.kind == "command":
        return shutil.which(part.name) is not None
    if part.kind == "font":
        return any(family == part.name or family.startswith(f"{part.name} ") for family in families)
    return any(_loads(name) for name in _library_files(part.name))


def families() -> frozenset[str] | None:
    """The font families that fontconfig knows; None where its program fc-list can't be asked."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        done = subprocess.run([program, ":", "family"], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    names = done.stdout.decode("utf-8", "replace").replace("\n", ",").split(",")
    return frozenset(name.strip() for name in names if name.strip())


def installer() -> str:
    """The first of TOOLS that is here; empty where none is."""
    return next((tool for tool in TOOLS if shutil.which(tool)), "")


def line_to_type(tool: str, wanted: Iterable[Part]) -> str:
    """The command that installs parts with a tool; empty where there is no tool, or nothing to install."""
    if tool not in TOOLS:
        return ""
    packages = sorted({part.packages[TOOLS.index(tool)] for part in wanted})
    if not packages:
        return ""
    rights = "" if tool == "brew" or os.geteuid() == 0 else "sudo "
    update = f"{rights}apt-get update && " if tool == "apt-get" else ""
    return f"{update}{rights}{_INSTALL[tool]} {' '.join(packages)}"


def _library_files(name: str) -> list[str]:
    names = (f"{name}.so.0", f"{name}.0.dylib", f"{name}.dylib")
    return [folder + each for folder in _LIBRARY_FOLDERS for each in names]


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True
