"""Places: where the cut may fall. Never directly after a heading, nor where nothing would remain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from paperbuild.formats.preview.cut import sentences
from paperbuild.formats.preview.cut.leaves import Body, Leaf, Path
from paperbuild.inventory import words

Where = Literal["section", "paragraph", "sentence"]
FINER: tuple[Where, ...] = ("section", "paragraph", "sentence")


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two blocks or, within a paragraph, between two sentences."""

    path: Path
    words: int
    """The words that stand before it."""
    leaf: int
    """How many leaves stand wholly before it."""
    end: Where
    """What ends there."""


START = Place((0,), 0, 0, "paragraph")
"""Before all of the body: nothing of it is shown."""


def allowed(body: Body, where: Where) -> tuple[list[Place], Where]:
    """The places for a cut at the end of a section, paragraph or sentence, in order, and of which of them.

    A paper that has no such place has those of the next finer kind; there is none at all in a paper of one
    sentence.
    """
    found = between(body)
    sections = [place for place in found if place.end == "section"]
    if where == "section" and sections:
        return sections, "section"
    if where != "sentence" and found:
        return found, "paragraph"
    return sorted([*found, *within(body)], key=lambda place: place.path), "sentence"


def between(body: Body) -> list[Place]:
    """The places between two blocks: after each that is no heading, while another that has words follows."""
    leaves, found, count = body.leaves, [], 0
    last = max((index for index, leaf in enumerate(leaves) if leaf.is_text and leaf.words), default=0)
    following = _following(leaves)
    for index, leaf in enumerate(leaves[:last]):
        count += leaf.words
        if leaf.is_text:
            path = boundary(leaves[index + 1].path)
            heading = leaves[following[index]].kind == "heading"
            found.append(Place(path, count, index + 1, "section" if heading else "paragraph"))
    return found


def boundary(path: Path) -> Path:
    """The place before a leaf: outside of all Divs that begin with it, which are not to be left empty."""
    while len(path) > 1 and path[-1] == 0:
        path = path[:-1]
    return path


def _following(leaves: tuple[Leaf, ...]) -> list[int]:
    """For each leaf the next one that is not blank."""
    result, after = [0] * len(leaves), len(leaves) - 1
    for index in range(len(leaves) - 1, -1, -1):
        result[index] = after
        if leaves[index].kind != "blank":
            after = index
    return result


def within(body: Body) -> Iterator[Place]:
    """The places between two sentences of a paragraph."""
    count = 0
    for index, leaf in enumerate(body.leaves):
        yield from in_leaf(body, index, count)
        count += leaf.words


def in_leaf(body: Body, index: int, before: int) -> Iterator[Place]:
    """The places between the sentences of one leaf, before which ``before`` words stand."""
    leaf = body.leaves[index]
    if leaf.kind != "paragraph" or leaf.node["t"] == "LineBlock":
        return
    for end in sentences.ends(leaf.node["c"], body.breaks):
        before += words([{"t": "Str", "c": end.text}])
        yield Place((*leaf.path, *end.path), before, index, "sentence")
