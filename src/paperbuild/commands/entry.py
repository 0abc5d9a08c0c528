"""Runs a command, and says what went wrong in a sentence."""

from __future__ import annotations

import sys

import click

from paperbuild import terminal
from paperbuild.batch import explained
from paperbuild.commands.group import command


def run() -> None:
    """Run the command of ``sys.argv``: whatever goes wrong, a person reads a sentence, no traceback."""
    terminal.prepare_streams()
    try:
        command.main(prog_name="paperbuild", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        terminal.say("stopped", stderr=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except Exception as error:
        said = explained(error)
        terminal.complain(said)
        sys.exit(said.status)
