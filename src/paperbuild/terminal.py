"""Where words go: terminals, pipes and files of any encoding. Colour only where somebody looks.

What is printed may hold characters that the terminal's encoding lacks, and whoever reads a pipe may go
away in the middle; neither stops the work, and neither changes the exit status.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from dataclasses import dataclass
from typing import IO

from rich.console import Console

from paperbuild.model import PaperbuildError, Report
from paperbuild.report import tally

_PLAIN = {"✓": "ok", "✗": "x", "→": "->", "…": "...", "–": "-", "—": "-", "’": "'", "“": '"', "”": '"'}
"""What stands for our own signs where the encoding has none; all else becomes a question mark."""


class _Console(Console):
    """A console that goes on in silence when nobody reads it any more (``paperbuild … | head -1``)."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        _silence(self.file)


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a command shows its results (``out``), and its progress and findings (``err``)."""

    out: Console
    err: Console


def screen(*, quiet: bool = False) -> Screen:
    """Standard output and standard error; one console where both are a terminal, so that lines don't mix.

    ``quiet`` leaves out the results, for commands that print JSON.
    """
    out, err = _console(quiet=quiet), _console(stderr=True)
    return Screen(err if out.is_terminal and err.is_terminal and not quiet else out, err)


def _console(*, stderr: bool = False, quiet: bool = False) -> Console:
    return _Console(stderr=stderr, quiet=quiet, highlight=False, emoji=False)


def say(text: str, *, stderr: bool = False) -> None:
    """Print a text as it is, and a line end."""
    stream = sys.stderr if stderr else sys.stdout
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except BrokenPipeError:
        _silence(stream)


def complain(error: PaperbuildError) -> None:
    """Say on standard error what is wrong, where, and what to try."""
    where = f"{error.where}: " if error.where else ""
    say(f"error: {where}{error.message}", stderr=True)
    if error.hint:
        say(f"    → {error.hint}", stderr=True)


def takes_unicode() -> bool:
    """True where every character can be written to standard output."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return codecs.lookup(encoding).name.startswith("utf")


def result(report: Report) -> str:
    """What became of a manuscript, in a few words: its formats, and how many findings there are."""
    if report.status >= 2:
        return "not made"
    found = tally(report.findings, ("error", "warning"))
    made = " ".join(artefact.format for artefact in report.artefacts)
    return ", ".join(filter(None, [made, found])) or "nothing to do"


def prepare_streams() -> None:
    """Make the standard streams ones that can't fail for an encoding, or for having been closed."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:  # closed (`>&-`): the next file opened would become standard output
            os.open(os.devnull, os.O_RDWR)
    codecs.register_error("paperbuild", _replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="paperbuild")


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_PLAIN.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


def _silence(stream: IO[str]) -> None:
    """Lead a stream that nobody reads to the null device, so that its last flush can't fail either."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
