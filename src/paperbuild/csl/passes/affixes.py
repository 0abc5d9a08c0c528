"""The words that an author puts around a cite, and what stands between cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from paperbuild.csl.requests import CiteRequest
from paperbuild.csl.text.case import change
from paperbuild.csl.text.markup import parse
from paperbuild.csl.text.tree import Child, Rich, plain

from .collapse import MadeCite

_TIGHT_BEHIND = frozenset(" \u00a0\u202f([{“‘«„/-–—")
_TIGHT_BEFORE = frozenset(" \u00a0\u202f,.;:!?)]}”’»–—-/")
_PUNCTUATION = (";", ".", ",")


def affix(words: Child) -> Child:
    """A cite's own prefix or suffix, its markup read."""
    return Rich(parse(words)) if words and isinstance(words, str) else words


def ends_sentence(prefix: Child) -> bool:
    """Whether a new sentence begins behind the prefix: one of several words, with a stop at its end."""
    text = plain(prefix).strip()
    return " " in text and text.rstrip("\"'”’»\u202f\u00a0 ").endswith((".", "!", "?", ":", ";"))


def capital(cite: CiteRequest) -> CiteRequest:
    """The cite with a capital at the beginning of its own prefix, as it begins a note."""
    return replace(cite, prefix=change(affix(cite.prefix), "capitalize-first", "en")) if cite.prefix else cite


def around(cite: Child | None, prefix: Child, suffix: Child) -> Child | None:
    """A cite with the words around it, and a space where none of them has one; the words alone where the
    style prints nothing."""
    pieces = (
        (*_before(prefix), cite, *_after(suffix))
        if cite
        else (*([prefix] if prefix else ()), *_after(suffix))
    )
    return Rich(pieces) if pieces else None


def _before(prefix: Child) -> Iterator[Child]:
    if prefix:
        yield prefix
        if plain(prefix)[-1:] not in _TIGHT_BEHIND:
            yield " "


def _after(suffix: Child) -> Iterator[Child]:
    if suffix:
        if plain(suffix)[:1] not in _TIGHT_BEFORE:
            yield " "
        yield suffix


def row(cites: Iterable[MadeCite], delimiter: str) -> tuple[Child, ...]:
    """The cites with what stands between them; ``delimiter`` is the layout's."""
    joined: list[Child] = []
    before: MadeCite | None = None
    for cite in cites:
        if not cite.tree:
            continue
        if before is not None:
            joint = _joint(before, cite, delimiter if cite.joint is None else cite.joint)
            joined += [joint] if joint else []
        joined.append(cite.tree)
        before = cite
    return tuple(joined)


def _joint(before: MadeCite, cite: MadeCite, delimiter: str) -> str:
    """The delimiter, or what is left of it beside an affix that has punctuation of its own."""
    suffix, prefix = plain(before.request.suffix), plain(cite.request.prefix)
    if not suffix and prefix.startswith(_PUNCTUATION):
        return ""
    if suffix.endswith(_PUNCTUATION):
        return delimiter[delimiter.index(" ") :] if " " in delimiter else ""
    return delimiter
