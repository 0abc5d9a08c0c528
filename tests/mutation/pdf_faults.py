"""What can be done to any thing in a PDF: dropped, painted twice, moved, cut short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pikepdf import Matrix
from tests.mutation.pdf_edit import Edit, Fault, Words
from tests.mutation.pdf_paper import Box, Id, Mark, Node, Paper, bare, below, read_marks
from tests.mutation.pdf_stream import Glyph, Piece, put
from tests.mutation.pdf_things import Rows, Thing, Things

EVERYWHERE = ("order", "page", "both")
"""Where things change places: in the reading order of the structure tree, on the page, or in both."""


def pick(edit: Edit, found: Sequence[Thing]) -> Thing | None:
    """One of the things, by chance."""
    return edit.rng.choice(found) if found else None


# -- drop ------------------------------------------------------------------------------------------------


def drop(things: Things) -> Fault:
    """A thing is painted no more; by chance, its elements leave the tree as well."""

    def fault(edit: Edit) -> Words | None:
        thing = pick(edit, things(edit.paper))
        if thing is None:
            return None
        remove(edit, thing.nodes, detach=edit.rng.random() < 0.5)
        return thing.words

    return fault


def remove(edit: Edit, nodes: Sequence[Node], detach: bool) -> None:
    """Takes all that is under the nodes off its pages, and perhaps the nodes out of the tree."""
    edit.unpaint(edit.paper.marks(*nodes))
    edit.unlink(links(nodes))
    for page, piece in _rules(edit, nodes):
        edit.stream(page).unpaint([piece])
    for node in nodes if detach else ():
        edit.detach(node)


def links(nodes: Sequence[Node]) -> list[Id]:
    """The link annotations of all that is under the nodes."""
    return [link for node in nodes for each in below(node) for link in each.links]


def around(box: Box) -> Box:
    """The stripe of a page that the box stands in, with the lines that are drawn around it."""
    return Box(0, box.bottom - 8, 10_000, box.top + 8)


# -- duplicate -------------------------------------------------------------------------------------------


def duplicate(things: Things, beside: bool = False) -> Fault:
    """A thing stands twice: in the tree after itself, on the page beside itself or where there is room."""

    def fault(edit: Edit) -> Words | None:
        thing = pick(edit, [each for each in things(edit.paper) if edit.paper.box(*each.nodes)])
        if thing is None:
            return None
        repeat(edit, thing.nodes, beside)
        return thing.words

    return fault


def repeat(edit: Edit, nodes: Sequence[Node], beside: bool = False) -> dict[Mark, Mark]:
    """Paints and tags all that is under the nodes a second time; says which mark became which."""
    where = {
        page: _beside(page, box) if beside else _room(edit, page, box)
        for page, box in edit.paper.box(*nodes).items()
    }
    marks = {}
    for mark in edit.paper.marks(*nodes):
        target, placed = where.get(mark[0], (mark[0], Matrix()))
        marks[mark] = edit.repaint(mark, target, placed)
    first = next(iter(where))
    copies: dict[Id, Any] = {}
    for node in [each for top in nodes for each in below(top)]:
        page = node.marks[0][0] if node.marks else first
        target, placed = where.get(page, where[first])
        copies |= {link: edit.copied_link(link, target, placed) for link in node.links}
    edit.insert([edit.copied(node, marks, copies) for node in nodes], nodes[-1], after=True)
    return marks


def _beside(page: int, box: Box) -> tuple[int, Matrix]:
    return page, Matrix().translated(box.width + 0.5, 0)


def _room(edit: Edit, page: int, box: Box) -> tuple[int, Matrix]:
    """Where a copy of the box has room: lower or higher on its page, else on a new page at the end."""
    bottom, top = gap(edit.paper, page)
    if top - bottom < box.height + 3:
        return edit.new_page(page), Matrix()
    return page, Matrix().translated(0, (top + bottom) / 2 - (box.top + box.bottom) / 2)


def either(*faults: Fault) -> Fault:
    """One of the faults, by chance; another where the file has nothing for it."""

    def fault(edit: Edit) -> Words | None:
        order = list(faults)
        edit.rng.shuffle(order)
        return next((words for each in order if (words := each(edit))), None)

    return fault


def gap(paper: Paper, page: int) -> tuple[float, float]:
    """The lower and the upper end of the highest stripe across a page on which nothing stands."""
    full = paper.sizes[page][1]
    areas = sorted((box.bottom, box.top) for box in paper.taken[page] if box.height < 0.9 * full)
    best, reached = (0.0, 0.0), 12.0
    for bottom, top in [*areas, (full - 12, full)]:
        if bottom - reached > best[1] - best[0]:
            best = (reached, bottom)
        reached = max(reached, top)
    return best


# -- move ------------------------------------------------------------------------------------------------


def swap(rows: Rows, near: bool = True) -> Fault:
    """Two things of one row change places: neighbours, or any."""

    def fault(edit: Edit) -> Words | None:
        pairs = [
            (first, second)
            for row in rows(edit.paper)
            for index, first in enumerate(row)
            for second in (row[index + 1 : index + 2] if near else row[index + 1 :])
        ]
        edit.rng.shuffle(pairs)
        found = next((pair for pair in pairs if differ(edit.paper, *pair)), None)
        if found is None:
            return None
        exchange(edit, *found, edit.rng.choice(EVERYWHERE))
        return (*found[0].words, *found[1].words)

    return fault


def carry(rows: Rows, least: int = 1) -> Fault:
    """A thing is moved past the next ones of its row."""

    def fault(edit: Edit) -> Words | None:
        found = [row for row in rows(edit.paper) if len(row) > least]
        if not found:
            return None
        row = edit.rng.choice(found)
        start = edit.rng.randrange(len(row) - least)
        end = edit.rng.randint(start + least, min(len(row) - 1, start + least + 4))
        passed = Thing(tuple(node for each in row[start + 1 : end + 1] for node in each.nodes), ())
        if not differ(edit.paper, row[start], passed):
            return None
        exchange(edit, row[start], passed, edit.rng.choice(EVERYWHERE))
        return row[start].words

    return fault


def differ(paper: Paper, first: Thing, second: Thing) -> bool:
    """True for two things that a reader can tell from each other."""
    one, two = (bare(" ".join((paper.text(*each.nodes), each.node.alt))) for each in (first, second))
    return one != two


def exchange(edit: Edit, first: Thing, second: Thing, where: str) -> None:
    """Lets two things change places; in the reading order where they can't on the page."""
    places = _swapped(edit.paper, first, second)
    if where != "order" and places:
        here, (up, down) = places
        drawn = [_rules(edit, thing.nodes) for thing in (first, second)]
        shift(edit, first.nodes, here[1], down, drawn[0])
        shift(edit, second.nodes, here[0], up, drawn[1])
    if where == "page" and places:
        return
    if len(first.nodes) == len(second.nodes) == 1:
        edit.exchange(first.node, second.node)
    else:
        elements = [edit.element(node) for node in second.nodes]
        for node in second.nodes:
            edit.detach(node)
        edit.insert(elements, first.node, after=False)


def _rules(edit: Edit, nodes: Sequence[Node]) -> list[tuple[int, Piece]]:
    """The lines and areas that are drawn around tables, listings and the like; with their pages."""
    return [
        (page, piece)
        for node in nodes
        if node.kind in {"Table", "Div", "BlockQuote"}
        for page, box in edit.paper.box(node).items()
        for piece in edit.stream(page).rules(around(box))
    ]


def shift(
    edit: Edit, nodes: Sequence[Node], page: int, way: Matrix, drawn: Sequence[tuple[int, Piece]]
) -> None:
    """Paints the nodes elsewhere, and what is drawn around them first."""
    for source, piece in drawn:
        edit.stream(source).move(piece, way, edit.stream(page), None)
    edit.move(nodes, page, way)


def _swapped(
    paper: Paper, first: Thing, second: Thing
) -> tuple[tuple[int, int], tuple[Matrix, Matrix]] | None:
    """Both things' pages, and the ways of the second and of the first; None where there is no room.

    Of two that stand one above the other, the gap between them stays as high as it was; others must be
    about as high as each other.
    """
    one, two = paper.box(*first.nodes), paper.box(*second.nodes)
    if len(one) != 1 or len(two) != 1:
        return None
    ((here, a),), ((there, b),) = one.items(), two.items()
    if here == there and _is_above(paper, here, a, b):
        up, down = (0.0, a.top - b.top), (0.0, b.bottom - a.bottom)
    elif abs(a.height - b.height) < 3:
        up, down = (a.left - b.left, a.top - b.top), (b.left - a.left, b.top - a.top)
    else:
        return None
    return (here, there), (Matrix().translated(*up), Matrix().translated(*down))


def _is_above(paper: Paper, page: int, upper: Box, lower: Box) -> bool:
    """True where one box stands above the other on a page, and nothing between them."""
    if upper.bottom < lower.top - 1 or upper.left > lower.right or lower.left > upper.right:
        return False
    between = [box for box in paper.taken[page] if box.bottom > lower.top - 1 and box.top < upper.bottom + 1]
    return all(box.height < 2 for box in between)


# -- truncate --------------------------------------------------------------------------------------------


def truncate(things: Things) -> Fault:
    """A thing loses its last word, or as many as make three letters."""

    def fault(edit: Edit) -> Words | None:
        found = [each for each in things(edit.paper) if len(bare(edit.paper.text(*each.nodes))) > 1]
        thing = pick(edit, found)
        if thing is None:
            return None
        return thing.words if shorten(edit, thing.nodes) else None

    return fault


def shorten(edit: Edit, nodes: Sequence[Node]) -> bool:
    """Takes the last glyphs away; False where that can't be done."""
    shown = edit.glyphs(list(read_marks(*nodes)))
    count = len([glyph for glyph in shown if bare(glyph.text)])
    gone: list[Glyph] = []
    letters = 0
    for before, glyph in zip(reversed([None, *shown[:-1]]), reversed(shown), strict=True):
        gone.append(glyph)
        letters += bool(bare(glyph.text))
        at_word = before is None or not bare(before.text) or before.piece is not glyph.piece
        if letters >= min(3, count - 1) and (at_word or letters >= 12):
            break
        if letters == count - 1:
            break
    for glyph in gone if 0 < letters < count else ():
        put(glyph, None)
    return 0 < letters < count
