"""The entry point of the command line: it hears Ctrl-C before anything else is imported."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType


def main() -> None:
    """Run a command; ends the process with its exit status.

    Importing what commands need takes half a second, and longer on a busy machine. Until then nothing is
    begun that would have to be closed, so that Ctrl-C may end the process at once.
    """
    signal.signal(signal.SIGTERM, _end)
    heard = (
        signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )  # not where a shell ignores it for us
    if heard:
        signal.signal(signal.SIGINT, _stop)
    from paperbuild.commands import entry  # noqa: PLC0415

    if heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    entry.run()


def _stop(_: int, __: FrameType | None) -> None:
    os.write(2, b"stopped\n")
    os._exit(130)


def _end(number: int, _: FrameType | None) -> None:
    """End as a program should that is told to: what was begun is closed on the way out."""
    sys.exit(128 + number)
