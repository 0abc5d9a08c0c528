"""The one place that starts pandoc: sandboxed, with limits, its messages kept as values."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypandoc

from paperbuild.model import PaperbuildError, SystemPartMissing

MEMORY = "2G"
"""Heap limit given to pandoc's run-time system: 5 KB of Markdown have taken 24 GB without one."""
SECONDS = 120.0


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")


@dataclass(frozen=True, slots=True)
class Message:
    """One line of pandoc's log."""

    kind: str
    """pandoc's name of the message, e.g. ``CouldNotConvertTeXMath``."""
    severity: str
    """``WARNING`` or ``INFO``."""
    text: str
    line: int = 0
    """Line in the text that pandoc was given; 0 where it does not say."""
    contents: str = ""
    """The piece of the source that the message is about, where pandoc says."""


@dataclass(frozen=True, slots=True)
class Result:
    """What pandoc wrote, and what it said meanwhile."""

    output: bytes
    messages: tuple[Message, ...]

    def json(self) -> Any:
        """The output as JSON values, without characters that no XML may hold (XML 1.0, 2.2)."""
        return _for_xml(json.loads(self.output))


def _for_xml(value: Any) -> Any:
    if isinstance(value, str):
        return _NO_XML.sub(" ", value) if _NO_XML.search(value) else value
    if isinstance(value, list):
        return [_for_xml(item) for item in value]
    if isinstance(value, dict):
        return {key: _for_xml(item) for key, item in value.items()}
    return value


class PandocError(PaperbuildError):
    """pandoc refused its input, or ran into its limits."""


@cache
def path() -> str:
    """The pandoc binary that pypandoc brings or finds; SystemPartMissing where there is none."""
    # It tries every "pandoc" on the way, and logs a traceback for one that can't be started.
    logging.getLogger("pypandoc").setLevel(logging.CRITICAL)
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise SystemPartMissing(
            "pandoc is not installed", hint="type: python3 -m pip install pypandoc_binary"
        ) from error


def run(
    args: Sequence[str],
    data: bytes | str,
    *,
    cwd: Path | None = None,
    seconds: float = SECONDS,
    memory: str = MEMORY,
) -> Result:
    """pandoc's output for ``data`` on its standard input, always with ``--sandbox``.

    Raises PandocError with pandoc's own words where it fails, where the time is up, or where the
    memory limit is reached.
    """
    given = data.encode() if isinstance(data, str) else data
    with tempfile.TemporaryDirectory(prefix="paperbuild-") as folder:
        log = Path(folder) / "log.json"
        command = [path(), "+RTS", f"-M{memory}", "-RTS", "--sandbox", "--quiet", f"--log={log}", *args]
        try:
            done = subprocess.run(
                command, input=given, capture_output=True, timeout=seconds, check=False, cwd=cwd or folder
            )
        except subprocess.TimeoutExpired as error:
            raise PandocError(
                f"pandoc did not finish within {seconds:.0f} seconds",
                hint="look for very deeply nested brackets or lists; split the file to find the place",
            ) from error
        if done.returncode:
            raise PandocError(_reason(done, memory))
        messages = _messages(log)
    return Result(done.stdout, messages)


def _reason(done: subprocess.CompletedProcess[bytes], memory: str) -> str:
    said = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode == 251 or "heap overflow" in said.lower():
        return f"pandoc needed more than {memory} of memory"
    return said or f"pandoc ended with status {done.returncode}"


def _messages(log: Path) -> tuple[Message, ...]:
    try:
        entries: list[dict[str, Any]] = json.loads(log.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(
        Message(
            kind=str(entry.get("type", "")),
            severity=str(entry.get("verbosity", "WARNING")),
            text=str(entry.get("pretty") or entry.get("message") or entry.get("type", "")),
            line=int(entry.get("line") or (entry.get("openpos") or {}).get("line") or 0),
            contents=str(entry.get("contents") or ""),
        )
        for entry in entries
    )
