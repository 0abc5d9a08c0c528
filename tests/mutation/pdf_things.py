"""What there is in a PDF's structure tree to be harmed: paragraphs, notes, rows, links and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from unicodedata import bidirectional

from tests.mutation.pdf_paper import OBJECT, Node, Paper, above, bare, below
from tests.mutation.pdf_parts import HEADINGS, parts


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a reader sees as one."""

    nodes: tuple[Node, ...]
    words: tuple[str, ...]

    @property
    def node(self) -> Node:
        """Its first structure element."""
        return self.nodes[0]


_LINE = 4.0
"""Points by which what stands in one line may differ in height: descenders, stops."""
Things = Callable[[Paper], list[Thing]]
Rows = Callable[[Paper], list[list[Thing]]]
"""Things by the sequence that they stand in."""


def thing(paper: Paper, *nodes: Node) -> Thing:
    """What the nodes hold, called by its text; where a page break may have cut it, by that before it too."""
    text = paper.text(*nodes)
    pieces = text.split(OBJECT) if OBJECT in text else []
    before = _turned(paper).get(id(nodes[0]))
    words = (*pieces, paper.text(before) if before else "")
    long = (each for each in words if len(bare(each)) > 7)
    return Thing(nodes, (*filter(bare, [text]), *long, *_both_ways(text)))


def _both_ways(text: str) -> list[str]:
    """The words of a text in which lines may run both ways: only these are sure to be in order."""
    if not any(bidirectional(letter) in {"R", "AL"} for letter in text):
        return []
    return [word for word in text.split() if len(bare(word)) > 4]


@lru_cache(maxsize=2)
def _turned(paper: Paper) -> dict[int, Node]:
    """What begins on each page, with what ends on the page before, where both are of a kind."""
    nodes = (node for block in parts(paper).body for node in below(block))
    leaves = [node for node in nodes if any(mark in paper.boxes for mark in node.marks)]
    found = {}
    for one, two in pairwise(leaves):
        for node in (two, *above(two)) if page(paper, one) < page(paper, two) else ():
            before = next((each for each in (one, *above(one)) if each.kind == node.kind), None)
            if before and node.kind in _BROKEN and before is not node:
                found[id(node)] = before
    return found


_BROKEN = frozenset(("P", "LI", "LBody", "Div", "TR", "BlockQuote"))
"""Elements of which there are two where a page break divides what they hold."""


def page(paper: Paper, node: Node) -> int:
    """The page that a node begins on."""
    return paper.marks(node)[0][0]


def within(node: Node, *kinds: str) -> bool:
    """True where an element of these kinds holds the node."""
    return any(each.kind in kinds for each in above(node))


def block(node: Node) -> Node:
    """The paragraph, item, cell or heading that a node stands in."""
    lines = {"P", "LBody", "LI", "TD", "TH", "Caption", "Div", "BlockQuote"} | HEADINGS
    return next((each for each in above(node) if each.kind in lines), node)


def told(text: str) -> tuple[str, ...]:
    """The text where it can be told from others, as words."""
    return (text,) if len(bare(text)) > 3 else ()


def body(paper: Paper) -> Iterator[Node]:
    """All elements of the text; those of the reference list are no part of it."""
    entries = set(map(id, parts(paper).references))
    pending = list(reversed(parts(paper).body))
    while pending:
        node = pending.pop()
        if id(node) not in entries:
            yield node
            pending += reversed(node.kids)


def those(paper: Paper, nodes: Iterable[Node], least: int = 1) -> list[Thing]:
    """A thing for each of the nodes that has at least so many letters and digits."""
    return [thing(paper, node) for node in nodes if len(bare(paper.text(node))) >= least]


# -- text ------------------------------------------------------------------------------------------------


def headings(paper: Paper) -> list[Thing]:
    """The headings of sections."""
    return those(paper, (node for node in parts(paper).body if node.kind in HEADINGS))


def sections(paper: Paper) -> list[Thing]:
    """Each heading with all up to the next one that is not below it."""
    blocks = parts(paper).body
    found = []
    for start, node in enumerate(blocks):
        if node.kind in HEADINGS and bare(paper.text(node)):
            rest = range(start + 1, len(blocks))
            end = next((i for i in rest if blocks[i].kind in HEADINGS and blocks[i].kind <= node.kind), None)
            found.append(Thing(blocks[start:end], (paper.text(node),)))
    return found


def paragraphs(paper: Paper) -> list[Thing]:
    """The paragraphs of the text, outside of tables and captions."""
    found = (n for n in body(paper) if n.kind == "P" and not within(n, "Table", "Caption"))
    return those(paper, found, least=8)


def items(paper: Paper) -> list[Thing]:
    """The items of lists that have no list in them."""
    found = (n for n in body(paper) if n.kind == "LI" and not within(n, "Table"))
    return those(paper, (n for n in found if not any(each.kind == "L" for each in below(n))), least=3)


def references(paper: Paper) -> list[Thing]:
    """The entries of the reference list."""
    return those(paper, parts(paper).references)


def equations(paper: Paper) -> list[Thing]:
    """The equations, called by their TeX."""
    return [Thing((n,), (n.alt,)) for n in body(paper) if n.kind == "Formula" and bare(n.alt)]


def code_lines(paper: Paper) -> list[list[Thing]]:
    """The lines of each listing that have letters or digits in them."""
    found = []
    for node in body(paper):
        inner = node.kids[0] if node.kind == "Div" and len(node.kids) == 1 else None
        if inner is None or inner.kind != "NonStruct":
            continue
        spans = [each for kid in inner.kids for each in kid.kids]
        whole = paper.text(node)
        lines = [thing(paper, *line) for line in _lines(paper, spans)]
        found.append([Thing(each.nodes, (*each.words, whole)) for each in lines if each.words])
    return found


def _lines(paper: Paper, nodes: Sequence[Node]) -> list[list[Node]]:
    """The nodes in the lines that they stand in: one behind the other, none above the one before."""
    lines: list[list[Node]] = []
    last: tuple[int, float] | None = None
    for node in nodes:
        place = next(((page, box.bottom) for page, box in paper.box(node).items()), None)
        if place is None:
            continue
        if last is None or place[0] != last[0] or abs(place[1] - last[1]) > _LINE:
            lines.append([])
        lines[-1].append(node)
        last = place
    return lines


def neighbours(things: Things) -> Rows:
    """The things in rows of those that stand in the tree side by side."""

    def found(paper: Paper) -> list[list[Thing]]:
        rows: list[list[Thing]] = [[]]
        for each in things(paper):
            if not rows[-1] or not _is_next(rows[-1][-1].nodes[-1], each.node):
                rows.append([])
            rows[-1].append(each)
        return [row for row in rows if len(row) > 1]

    return found


def _is_next(first: Node, second: Node) -> bool:
    siblings = first.parent.kids if first.parent else []
    return any(one is first and two is second for one, two in pairwise(siblings))


def together(things: Things) -> Rows:
    """All the things as one row."""
    return lambda paper: [things(paper)]


def flat(rows: Rows) -> Things:
    """All that stands in the rows."""
    return lambda paper: [each for row in rows(paper) for each in row]


def followed(things: Things, *kinds: str) -> Rows:
    """Each thing with the block that comes after it, where that is one of the kinds."""

    def found(paper: Paper) -> list[list[Thing]]:
        blocks = parts(paper).body
        after = {id(one): two for one, two in pairwise(blocks) if two.kind in kinds and paper.box(two)}
        return [
            [each, thing(paper, after[id(each.nodes[-1])])]
            for each in things(paper)
            if id(each.nodes[-1]) in after
        ]

    return found


def level_pairs(paper: Paper) -> list[list[Thing]]:
    """Each section with the next one of its level, where nothing stands between them."""
    starts = {id(each.node): each for each in sections(paper)}
    after = {id(one): starts.get(id(two)) for one, two in pairwise(parts(paper).body)}
    pairs = [(one, after.get(id(one.nodes[-1]))) for one in starts.values()]
    return [[one, two] for one, two in pairs if two and one.node.kind == two.node.kind]
