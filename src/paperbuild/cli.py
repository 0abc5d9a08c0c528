"""The entry point of the command line, and what a person reads when something goes wrong."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import click

from paperbuild import terminal


def main() -> None:
    """Run a command: whatever goes wrong, a person reads a sentence and never a traceback."""
    terminal.prepare_streams()
    signal.signal(signal.SIGTERM, _end)
    try:
        _run()
    except (click.exceptions.Abort, KeyboardInterrupt):
        terminal.say("stopped", stderr=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)


def _run() -> None:
    # Imported here since it takes half a second, in which Ctrl-C is to be understood already.
    from paperbuild.batch import explained  # noqa: PLC0415
    from paperbuild.commands.group import command  # noqa: PLC0415

    try:
        command.main(prog_name="paperbuild", standalone_mode=False)
    except (click.ClickException, click.exceptions.Abort):
        raise
    except Exception as error:
        said = explained(error)
        terminal.complain(said)
        sys.exit(said.status)


def _end(number: int, _: FrameType | None) -> None:
    """End as a program should that is told to: what was begun is closed on the way out."""
    sys.exit(128 + number)
