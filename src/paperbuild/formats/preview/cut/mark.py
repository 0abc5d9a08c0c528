"""The mark with which an author says where the members' part begins: it wins over any amount."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperbuild.formats.preview.cut.amount import Choice
from paperbuild.formats.preview.cut.leaves import Body, Leaf, Path
from paperbuild.formats.preview.cut.places import START, Place, between, in_leaf
from paperbuild.formats.preview.cut.telling import ends_with, finding, of_text
from paperbuild.inventory import words
from paperbuild.model import Finding, FrontMatter
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.paywall import is_mark, unmarked

_TYPED = re.compile(
    r"<!--\s*paywall\s*-->|^\s*:::+\s*(?:paywall\b|\{[^}\n]*\.paywall\b)|\]\{[^}\n]*\.paywall\b",
    re.IGNORECASE | re.MULTILINE,
)
"""A mark as it is typed: a comment, a block, or words in brackets with the class."""
_INSIDE = {
    "Table": "in a table",
    "BulletList": "in a list",
    "OrderedList": "in a list",
    "DefinitionList": "in a list",
    "BlockQuote": "in a quotation",
    "Quoted": "in a quotation",
    "Figure": "in a figure",
    "Header": "in a heading",
    "LineBlock": "in verses",
    "Note": "in a note",
    "Link": "in a link",
    "Cite": "in a citation",
}


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a mark stands."""

    leaf: int
    """Before which leaf, or within which."""
    inline: int = -1
    """Before or within which of the paragraph's inlines; below 0 where it stands between blocks."""
    inside: str = ""
    """What it stands in where no cut may fall: ``in a note``."""


def marked(body: Body, front: FrontMatter, tail: Sequence[Node]) -> Choice | None:
    """The place of the first mark, or the nearest allowed one before it; None where there is no mark.

    Nothing is shown that stands behind the mark. Within a paragraph the cut falls where the mark is. A mark
    in the reference list, ``tail``, is one at the end of the text.
    """
    marks = [*_in_front(front), *_marks(body.leaves)]
    marks += [_Mark(len(body.leaves)) for node in ast.iterate(tail) if is_mark(node)]
    if not marks:
        return None
    lines = _lines(body, len(marks))
    place, moved = _at(body, marks[0])
    said = [_moved(body, place, moved, lines[0])] if moved else []
    if len(marks) > 1:
        said.append(_more(lines))
    return Choice(place, tuple(said))


def _in_front(front: FrontMatter) -> Iterator[_Mark]:
    for node in ast.iterate([front.title, front.abstract]):
        if is_mark(node):
            yield _Mark(0, inside="in the title or abstract")


def _marks(leaves: Sequence[Leaf]) -> Iterator[_Mark]:
    for index, leaf in enumerate(leaves):
        if leaf.marked:
            yield _Mark(index)
        if leaf.kind == "blank" and is_mark(leaf.node):
            continue
        if leaf.node["t"] not in {"Para", "Plain"}:
            inside = _INSIDE.get(leaf.node["t"], "in a box")
            yield from (_Mark(index, inside=inside) for _ in _held(leaf.node))
            continue
        for number, inline in enumerate(leaf.node["c"]):
            if inline["t"] in {"Str", "Space", "SoftBreak"}:
                continue
            if is_mark(inline):
                yield _Mark(index, number)
            else:
                inside = _INSIDE.get(inline["t"], "in other markup")
                yield from (_Mark(index, number, inside) for _ in _held(inline))


def _held(node: Node) -> list[Node]:
    """The marks in a node. A figure's caption is its picture's description as well, and counts once."""
    if node["t"] == "Figure":
        _, caption, blocks = node["c"]
        return [*filter(is_mark, ast.iterate(caption))] or [*filter(is_mark, ast.iterate(blocks))]
    return [*filter(is_mark, ast.iterate(node.get("c")))]


def _at(body: Body, mark: _Mark) -> tuple[Place | None, str]:
    """The place for a mark, and why it is not the mark's own; None for the place where all is shown."""
    before = sum(leaf.words for leaf in body.leaves[: mark.leaf])
    limit = mark.leaf
    if mark.inline >= 0:
        inlines = body.leaves[mark.leaf].node["c"]
        left, right = inlines[: mark.inline], inlines[mark.inline :]
        if mark.inside:
            ends = in_leaf(body, mark.leaf, before)
            earlier = [end for end in ends if end.path[len(body.leaves[mark.leaf].path)] <= mark.inline]
            if earlier:
                return earlier[-1], mark.inside
        elif _says(left) and _says(right):
            path: Path = (*body.leaves[mark.leaf].path, mark.inline)
            return Place(path, before + words(left), mark.leaf, "sentence"), ""
        elif _says(left):
            limit += 1
    return _between(body, limit, mark.inside)


def _says(inlines: Sequence[Node]) -> bool:
    return any(node["t"] not in {"Space", "SoftBreak", "LineBreak"} for node in unmarked(inlines))


def _between(body: Body, limit: int, inside: str) -> tuple[Place | None, str]:
    """The last place between blocks before the leaf ``limit``."""
    places = between(body)
    place = next((place for place in reversed(places) if place.leaf <= limit), None)
    if not any(leaf.is_text and leaf.words for leaf in body.leaves[limit:]) and not inside:
        if place is None:
            last = max((index for index, leaf in enumerate(body.leaves) if leaf.is_text), default=0)
            before = sum(leaf.words for leaf in body.leaves[:last])
            place = max(in_leaf(body, last, before), key=lambda end: end.path, default=None)
        return place, "at the end of the text"
    if place is None:
        return START, inside or "before any text"
    skipped = (leaf.kind != "blank" for leaf in body.leaves[place.leaf : limit])
    return place, inside or ("directly after a heading" if any(skipped) else "")


def _moved(body: Body, place: Place | None, inside: str, line: str) -> Finding:
    said = f"the paywall mark stands {inside}, where no cut may fall"
    hint = "put the mark between two paragraphs or sentences"
    if place is None:
        return finding("warning", f"{said}, and the paper can't be divided: all of it is shown", line, hint)
    if place == START:
        return finding("warning", f"{said}: nothing of the text is shown", line, hint)
    end = ends_with(body, place)
    there = f"after {of_text(body, place)}{f' ({end})' if end else ''}"
    return finding("warning", f"{said}: the preview ends before it, {there}", line, hint)


def _more(lines: Sequence[str]) -> Finding:
    others = ", ".join(filter(None, lines[1:]))
    said = (
        f"there are {len(lines)} paywall marks, and the first counts; passed over: {others or len(lines) - 1}"
    )
    return finding("warning", said, lines[0], "remove the others")


def _lines(body: Body, count: int) -> list[str]:
    """``file:line`` of each mark, in order; empty where the sources do not tell which is which."""
    found = [
        f"{source.name}:{source.text[: match.end()].count(chr(10)) + 1}"
        for source in body.sources
        for match in _TYPED.finditer(source.text)
    ]
    return found if len(found) == count else [""] * count
