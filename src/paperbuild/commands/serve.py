"""``paperbuild serve``: watching, with a page in the browser that shows what was built."""

from __future__ import annotations

import click

from paperbuild import store, terminal
from paperbuild.commands import options, run
from paperbuild.commands.server import Server, Site
from paperbuild.commands.watch import make_again
from paperbuild.model import Report
from paperbuild.pipeline import Job


@click.command()
@options.to_make
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, metavar="PORT",
    help="The port to serve on; 0 takes a free one.",
)  # fmt: skip
def serve(manuscripts: tuple[str, ...], template: Job, jobs: int | None, port: int) -> None:
    """Watch every MANUSCRIPT, and show its files in the browser.

    The address is printed; only this machine can reach it. A page that is open loads itself again after
    each rebuild. Ctrl-C ends it, with exit status 0.

    \b
    Example:
      paperbuild serve manuscripts/essay --port 8080
    """
    store.require_writable(template.out)
    site = Site()

    def tell(job: Job, done: Report) -> None:
        site.update(run.slug_of(job), run.folder_of(job), done)

    try:
        with Server(site, port) as server:
            terminal.say(f"serving on {server.url}   (Ctrl-C ends it)")
            make_again(manuscripts, template, jobs, tell)
    except KeyboardInterrupt:
        terminal.say("no longer serving", stderr=True)
