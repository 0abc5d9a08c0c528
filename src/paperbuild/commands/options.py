"""Options that several commands share, checked and made into the Job that is the template of all others."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from paperbuild import config, layouts
from paperbuild.pipeline import Job

Function = Callable[..., Any]


def _formats(_: click.Context, __: click.Parameter, given: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in given.split(",") if name.strip()))
    unknown = [name for name in names if name not in config.FORMATS]
    if unknown or not names:
        raise click.BadParameter(
            f"there is no format {', '.join(unknown) or repr(given)}; there are {', '.join(config.FORMATS)}"
        )
    return names


MANUSCRIPTS = click.argument("manuscripts", nargs=-1, metavar="[MANUSCRIPT ...]")
OUT = click.option(
    "--out", default="dist", show_default=True, type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR", help="Folder for the files.",
)  # fmt: skip
JOBS = click.option(
    "--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes to use.  [default: one for each core]"
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")
_TO = click.option(
    "--to", "formats", default=",".join(config.USUAL_FORMATS), show_default=True, callback=_formats,
    metavar="FORMATS", help="Formats, separated by commas.",
)  # fmt: skip
STYLE = click.option(
    "--style", default="", help="A CSL style: a name, a title, or a path. Wins over the manuscript's."
)
_LAYOUT = click.option(
    "--layout",
    default="",
    help=f"A layout: {', '.join(layouts.names())}, or your own. Wins over the manuscript's.",
)
_NO_VERIFY = click.option("--no-verify", is_flag=True, help="Do not open the files again to check them.")
FORCE = click.option("--force", is_flag=True, help="Replace files that were edited since they were made.")


def to_make(command: Function) -> Function:
    """The options of a command that makes files. It is called with the Job they describe as ``template``."""

    @wraps(command)
    def called(no_verify: bool, force: bool, **others: Any) -> Any:
        return command(**_with_template(others, verify=not no_verify, force=force))

    return _decorated(called, MANUSCRIPTS, _TO, STYLE, _LAYOUT, OUT, JOBS, _NO_VERIFY, FORCE)


def to_verify(command: Function) -> Function:
    """The options of a command that looks at files that are there; likewise as ``template``."""

    @wraps(command)
    def called(**others: Any) -> Any:
        return command(**_with_template(others))

    return _decorated(called, MANUSCRIPTS, _TO, STYLE, _LAYOUT, OUT, JOBS)


def _with_template(given: dict[str, Any], **more: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {name: given.pop(name) for name in ("formats", "style", "layout", "out")}
    return given | {"template": Job(Path(), **(fields | more))}


def _decorated(function: Function, *options: Callable[[Function], Function]) -> Function:
    for option in reversed(options):
        function = option(function)
    return function
