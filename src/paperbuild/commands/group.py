"""All commands together: ``paperbuild`` itself."""

from __future__ import annotations

import click

from paperbuild import __version__
from paperbuild.commands.doctor import doctor
from paperbuild.commands.export import export, verify
from paperbuild.commands.new import new
from paperbuild.commands.serve import serve
from paperbuild.commands.site import site
from paperbuild.commands.styles import styles
from paperbuild.commands.watch import watch


class _InThisOrder(click.Group):
    """A group whose help lists the commands as they are given here, the most used first."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.commands)


@click.group(
    cls=_InThisOrder,
    commands=[export, verify, watch, serve, site, new, styles, doctor],
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="paperbuild")
@click.pass_context
def command(context: click.Context) -> None:
    """One manuscript in; a PDF, a Word document, a web preview, and proof that nothing was lost.

    \b
    Example:
      paperbuild new essay
      paperbuild export manuscripts/essay
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
