"""The real command in a process of its own, as a person or a script runs it."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tests import helpers

from paperbuild.pipeline import Outcome

PAPERBUILD = [sys.executable, "-m", "paperbuild"]
SECONDS = 60
"""After which a command counts as hung."""

TINY = """---
title: A Tiny Paper
author: Ada Example
date: 2025-01-01
bibliography: refs.bib
---

# One {#one}

Law is a system of norms [@kelsen1957, p. 3].^[A note.]

# Two {#two}

A thesis can be written [@eco2015].
"""
BIB = """
@book{kelsen1957, title={Reine Rechtslehre}, author={Kelsen, Hans}, year={1957}, publisher={Deuticke}}
@book{eco2015, title={How to Write a Thesis}, author={Eco, Umberto}, year={2015}, publisher={MIT Press}}
"""
"""The works that it cites, and no others, so that there is nothing to say about it."""


def tiny(folder: Path, text: str | bytes = TINY, name: str = "paper.md") -> Path:
    """The path of a manuscript in the folder, its bibliography beside it."""
    return helpers.manuscript(folder, text, {"refs.bib": BIB}, name)


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what would change the look of the output."""
    kept = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"}}
    return {**kept, "TERM": "xterm-256color", **more}


def paperbuild(*args: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """What the command printed, and its exit status."""
    return subprocess.run(
        [*PAPERBUILD, *map(str, args)],
        cwd=cwd,
        env=environment(**env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )


def sleep_long(*_: object) -> Outcome:
    """A stage that takes longer than anybody waits; here, since workers must be able to import it."""
    time.sleep(SECONDS)
    return Outcome(None)


class Running:
    """A command that goes on until it is told to end."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.streams = {"out": _Lines(process.stdout), "err": _Lines(process.stderr)}

    def line(self, stream: str = "out") -> str:
        """The next line that it prints."""
        return self.streams[stream].lines.get(timeout=SECONDS).rstrip("\n")

    def rest(self, stream: str) -> list[str]:
        """The lines that nobody asked for, up to the end; without empty ones."""
        self.streams[stream].reader.join(SECONDS)
        lines = self.streams[stream].lines
        return [line for _ in range(lines.qsize()) if (line := lines.get().rstrip("\n"))]

    def interrupt(self) -> int:
        """Its exit status after Ctrl-C, which reaches all processes of a terminal."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(SECONDS)

    def is_gone(self, seconds: float = 10) -> bool:
        """True once none of its processes is left."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.05)
        return False


@contextmanager
def running(*args: object, cwd: Path, **env: str) -> Iterator[Running]:
    """A command in the background, in a process group of its own; ended with all its processes."""
    process = subprocess.Popen(
        [*PAPERBUILD, *map(str, args)],
        cwd=cwd,
        env=environment(**env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        yield Running(process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(SECONDS)


class _Lines:
    """Reads a stream in a thread, so that waiting for a line can end."""

    def __init__(self, stream: IO[str] | None) -> None:
        assert stream is not None
        self.stream = stream
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.stream:
            self.lines.put(line)
