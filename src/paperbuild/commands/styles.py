"""``paperbuild styles``: which citation styles there are."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from paperbuild import csl, terminal
from paperbuild.commands import options


@dataclass(frozen=True, slots=True)
class Named:
    """One style, as the list shows it."""

    name: str
    title: str
    category: str
    """author-date, numeric, note, label, author, or nothing where the style does not say."""


@click.command()
@click.argument("query", nargs=-1, metavar="[QUERY ...]")
@options.JSON
def styles(query: tuple[str, ...], as_json: bool) -> None:
    """List the styles whose name or title holds every word of QUERY.

    The project's own (in csl/) come first, then the installed ones; without QUERY, all are listed. Each line
    has a name to give to --style, the title, and the category. The exit status is 1 where nothing is found.

    \b
    Example:
      paperbuild styles chicago notes
    """
    everything = [Named(*one) for one in csl.styles(Path())]
    words = " ".join(query).split()
    found = matching(everything, words)
    if as_json:
        ascii_only = not terminal.takes_unicode()
        terminal.say(json.dumps([asdict(one) for one in found], ensure_ascii=ascii_only, indent=2))
    elif found:
        _show(found)
    if not found:
        terminal.say(f"no style matches {' '.join(words)!r}", stderr=True)
        near = nearest(everything, words)
        if near:
            terminal.say(f"    → the nearest: {', '.join(near)}", stderr=True)
        sys.exit(1)


def matching(everything: Sequence[Named], words: Sequence[str]) -> list[Named]:
    """The styles with every word in the name or in the title; upper and lower case are the same."""
    wanted = [word.casefold() for word in words]
    return [one for one in everything if all(word in _text(one) for word in wanted)]


def nearest(everything: Sequence[Named], words: Sequence[str], count: int = 5) -> list[str]:
    """The names most like the words: those with most of the words, or else those spelt nearly so."""
    wanted = [word.casefold() for word in words]
    hits = {one.name: sum(word in _text(one) for word in wanted) for one in everything}
    best = max(hits.values(), default=0)
    if best:
        return sorted((name for name, number in hits.items() if number == best), key=len)[:count]
    titles = {one.title.casefold(): one.name for one in reversed(everything)}
    spelt = get_close_matches("-".join(wanted), hits, count) or get_close_matches(
        "-".join(wanted), hits, 1, 0.4
    )
    return list(
        dict.fromkeys([*spelt, *(titles[t] for t in get_close_matches(" ".join(wanted), titles, count))])
    )


def _text(one: Named) -> str:
    return f"{one.name}\n{one.title}".casefold()


def _show(found: Sequence[Named]) -> None:
    """A table on a terminal; lines of cells between tabs for programs."""
    out = terminal.screen().out
    if not out.is_terminal:
        terminal.say("\n".join(f"{one.name}\t{one.title}\t{one.category}" for one in found))
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("name", style="bold", overflow="fold")
    table.add_column("title")
    table.add_column("category", style="dim", no_wrap=True)
    for one in found:
        table.add_row(Text(one.name), Text(one.title), one.category)
    out.print(table)
