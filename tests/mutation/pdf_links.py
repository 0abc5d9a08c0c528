"""Faults in the links of a PDF: notes' marks, citations, links to elsewhere, and what they lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pikepdf
from pikepdf import Array, Matrix, Name
from tests.mutation.pdf_edit import Edit, Fault, Words
from tests.mutation.pdf_faults import EVERYWHERE, differ, exchange, links, pick, remove, shorten
from tests.mutation.pdf_linked import citations, note_marks, note_number, notes
from tests.mutation.pdf_paper import Node, Paper, bare, below
from tests.mutation.pdf_things import Thing, Things, block, items, page, paragraphs

# -- where links lead ------------------------------------------------------------------------------------


def unlink(things: Things) -> Fault:
    """A link can't be followed any more; its words stay."""

    def fault(edit: Edit) -> Words | None:
        thing = pick(edit, things(edit.paper))
        if thing is None:
            return None
        _unlink(edit, thing.nodes)
        return thing.words

    return fault


def _unlink(edit: Edit, nodes: Sequence[Node]) -> None:
    edit.unlink(links(nodes))
    if edit.rng.random() < 0.5:
        for node in nodes:
            edit.element(node).S = Name.Span


def lead(things: Things, elsewhere: Callable[[Edit, str], Sequence[str]]) -> Fault:
    """A link leads elsewhere."""

    def fault(edit: Edit) -> Words | None:
        pairs = [
            (each, target)
            for each in things(edit.paper)
            for target in elsewhere(edit, each.node.target)[:20]
            if target != each.node.target
        ]
        if not pairs:
            return None
        thing, target = edit.rng.choice(pairs)
        for link in links(thing.nodes):
            annotation = edit.pdf.get_object(*link)
            if target.startswith("#"):
                annotation.Dest = pikepdf.String(target[1:])
            else:
                annotation.A.URI = pikepdf.String(target)
        return (*thing.words, target)

    return fault


def other_entries(edit: Edit, target: str) -> list[str]:
    """All entries of the reference list that can be linked to."""
    del target
    return [f"#{name}" for name in edit.paper.places if name.startswith("ref-")]


def other_places(edit: Edit, target: str) -> list[str]:
    """Other places of the document for a place, another address for an address."""
    if not target.startswith("#"):
        return ["https://example.com/elsewhere", re.sub(r"\w/?$", "", target)]
    places = edit.paper.places
    old = places.get(target[1:])
    return [f"#{name}" for name, at in places.items() if at != old and not name.startswith(("fn", "ref-"))]


def other_scheme(edit: Edit, target: str) -> list[str]:
    """The address without encryption."""
    del edit
    return [f"http{target[5:]}"] if target.startswith("https:") else []


def truncate_link(things: Things) -> Fault:
    """A link loses its last words, or they are linked no more where they stand on another line."""

    def fault(edit: Edit) -> Words | None:
        found = [each for each in things(edit.paper) if len(bare(edit.paper.text(*each.nodes))) > 1]
        thing = pick(edit, found)
        if thing is None:
            return None
        if len(thing.nodes) > 1 and edit.rng.random() < 0.5:
            _unlink(edit, thing.nodes[-1:])
            return thing.words
        return thing.words if shorten(edit, thing.nodes) else None

    return fault


# -- what links lead to ----------------------------------------------------------------------------------


def anchors(edit: Edit) -> list[str]:
    """The destinations of sections, figures and references that something leads to."""
    led_to = {node.target for node in below(edit.paper.root) if node.target.startswith("#")}
    return sorted(
        name for name in edit.paper.places if f"#{name}" in led_to and not re.match(r"fn(ref)?-\d", name)
    )


def anchor(change: Callable[[Edit, pikepdf.NameTree, str], bool]) -> Fault:
    """A destination is changed; the change says whether it could be."""

    def fault(edit: Edit) -> Words | None:
        found = anchors(edit)
        if not found:
            return None
        name = edit.rng.choice(found)
        names = pikepdf.NameTree(edit.pdf.Root.Names.Dests)
        return (name,) if change(edit, names, name) else None

    return fault


def drop_anchor(edit: Edit, names: pikepdf.NameTree, name: str) -> bool:
    """The destination is there no more."""
    del edit, names[name]
    return True


def rename_anchor(edit: Edit, names: pikepdf.NameTree, name: str) -> bool:
    """The destination is called otherwise."""
    names[f"{name}-{edit.rng.choice('abc')}"] = names[name]
    del names[name]
    return True


def move_anchor(edit: Edit, names: pikepdf.NameTree, name: str) -> bool:
    """The destination is on another page."""
    here = edit.paper.places[name][0]
    others = [number for number in range(len(edit.pdf.pages)) if number != here]
    if others:
        fresh = edit.pdf.pages[edit.rng.choice(others)].obj
        names[name] = Array([fresh, *list(names[name])[1:]])
    return bool(others)


# -- what stands elsewhere in the paragraph --------------------------------------------------------------


def move_citation(edit: Edit) -> Words | None:
    """A citation stands at another place of its paragraph, perhaps before or behind others of it."""
    found = citations(edit.paper)
    said = {id(block(each.node)): tuple[str, ...]() for each in found}
    for each in found:
        said[id(block(each.node))] += each.words
    moved = [each for each in found if len(each.nodes) == 1]
    return _move(edit, [Thing(each.nodes, (*each.words, *said[id(block(each.node))])) for each in moved])


def move_mark(edit: Edit) -> Words | None:
    """A note's mark stands at another word of its paragraph."""
    return _move(edit, note_marks(edit.paper))


def _move(edit: Edit, found: list[Thing]) -> Words | None:
    edit.rng.shuffle(found)
    for each in found:
        spots = _spots(edit.paper, block(each.node), each.node)
        if spots:
            _put(edit, each.node, *edit.rng.choice(spots))
            return each.words
    return None


def _spots(paper: Paper, holder: Node, moved: Node) -> list[tuple[Node, bool]]:
    """Where in a paragraph a part of it can go to: behind other parts, or (True) before the first."""
    kids = [kid for kid in holder.kids if bare(paper.text(kid)) or moved in below(kid)]
    index = next((i for i, kid in enumerate(kids) if moved in below(kid)), -1)
    spots = [(kid, False) for i, kid in enumerate(kids) if i not in {index - 1, index}]
    return [*spots, (kids[0], True)] if index > 0 else spots


def _put(edit: Edit, node: Node, spot: Node, is_before: bool) -> None:
    """Puts a part of a paragraph behind or before another part, in the tree, on the page or both."""
    where = edit.rng.choice(EVERYWHERE)
    shown = [mark for mark in edit.paper.marks(spot) if mark in edit.paper.boxes]
    mark = shown[0] if is_before else shown[-1]
    there, (old,) = edit.paper.boxes[mark], edit.paper.box(node).values()
    if where != "order":
        left = there.left - old.width if is_before else there.right
        edit.move([node], mark[0], Matrix().translated(left - old.left, there.top - old.top))
    if where != "page":
        edit.detach(node)
        edit.insert([edit.element(node)], spot, after=not is_before)


def move_mark_far(edit: Edit) -> Words | None:
    """A note's mark stands in another paragraph."""
    marks = note_marks(edit.paper)
    mark = pick(edit, marks)
    if mark is None:
        return None
    here = page(edit.paper, mark.node)
    others = [*paragraphs(edit.paper), *items(edit.paper)]
    found = [
        (each, kid)
        for each in others
        if each.node is not block(mark.node) and abs(page(edit.paper, each.node) - here) < 2
        for kid in each.node.kids
        if kid.kind == "Span" and bare(edit.paper.text(kid))
    ]
    if not found:
        return None
    paragraph, kid = edit.rng.choice(found)
    _put(edit, mark.node, kid, is_before=False)
    return (*mark.words, *paragraph.words)


# -- notes -----------------------------------------------------------------------------------------------


def drop_note_and_mark(edit: Edit) -> Words | None:
    """A note goes, and its mark."""
    texts = {note_number(note.node): note for note in notes(edit.paper)}
    found = [mark for mark in note_marks(edit.paper) if mark.node.target[4:] in texts]
    mark = pick(edit, found)
    if mark is None:
        return None
    note = texts[mark.node.target[4:]]
    remove(edit, [*note.nodes, mark.node], detach=edit.rng.random() < 0.5)
    return mark.words


def swap_notes(edit: Edit) -> Words | None:
    """The texts of two notes change places; their numbers stay."""
    found = []
    for note in notes(edit.paper):
        texts = [kid for kid in note.node.kids if bare(edit.paper.text(kid))]
        if len(note.nodes) == len(texts) == 1:
            found.append(Thing((texts[0],), note.words))
    pairs = [(one, two) for i, one in enumerate(found) for two in found[i + 1 :]]
    edit.rng.shuffle(pairs)
    pair = next((pair for pair in pairs if differ(edit.paper, *pair)), None)
    if pair is None:
        return None
    (one,), (two,) = (edit.paper.box(*each.nodes).values() for each in pair)
    is_alike = abs(one.height - two.height) < 3  # else a text would stand beside another's number
    exchange(edit, *pair, edit.rng.choice(EVERYWHERE) if is_alike else "order")
    return (*pair[0].words, *pair[1].words)
