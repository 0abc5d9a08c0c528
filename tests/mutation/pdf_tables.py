"""Faults in the tables, listings, headings and reference lists of a PDF."""

from __future__ import annotations

from pikepdf import Array, Matrix, Name
from tests.mutation.pdf_edit import Edit, Words
from tests.mutation.pdf_faults import pick, remove, repeat
from tests.mutation.pdf_framed import cells, rows, tables
from tests.mutation.pdf_paper import Node, Paper, bare, below, read_marks
from tests.mutation.pdf_parts import kids
from tests.mutation.pdf_stream import put
from tests.mutation.pdf_text import others
from tests.mutation.pdf_things import Thing, code_lines, headings, references, sections, thing

# -- tables ----------------------------------------------------------------------------------------------


def plain_cells(paper: Paper) -> list[list[Thing]]:
    """The cells of each table's body, without merged ones."""
    bodies: dict[int, list[Thing]] = {}
    for cell in cells(paper):
        row = cell.node.parent
        if cell.node.kind == "TD" and not cell.node.is_merged and row:
            bodies.setdefault(id(row.parent), []).append(cell)
    return list(bodies.values())


def truncate_table(edit: Edit) -> Words | None:
    """A table loses its last row, or its last two."""
    found = [row for row in rows(edit.paper) if len(row) > 2]
    if not found:
        return None
    gone = edit.rng.choice(found)[-edit.rng.choice((1, 2)) :]
    remove(edit, [row.node for row in gone], detach=edit.rng.random() < 0.5)
    return tuple(word for row in gone for word in row.words)


def drop_cell(edit: Edit) -> Words | None:
    """A cell goes, and those after it are cells of other columns."""
    cell = pick(edit, cells(edit.paper))
    if cell is None:
        return None
    remove(edit, cell.nodes, detach=True)
    return cell.words


def empty_cell(edit: Edit) -> Words | None:
    """A cell has no text any more."""
    cell = pick(edit, cells(edit.paper))
    if cell is None:
        return None
    remove(edit, cell.nodes, detach=False)
    if edit.rng.random() < 0.5:
        edit.element(cell.node).K = Array()
    return cell.words


def unmerge(edit: Edit) -> Words | None:
    """A cell over several columns or rows is a cell of one."""
    cell = pick(edit, [each for each in cells(edit.paper) if each.node.is_merged])
    if cell is None:
        return None
    attributes = edit.element(cell.node).A
    for key in ("/ColSpan", "/RowSpan"):
        if key in attributes:
            del attributes[key]
    return cell.words


def common_head(edit: Edit) -> Words | None:
    """The head rows of a table are the first rows of its body."""
    found = [each for each in tables(edit.paper) if _head(each.node) and kids(each.node, "TBody")]
    table = pick(edit, found)
    if table is None:
        return None
    texts = []
    for part in table.nodes:
        texts += _join_head(edit, part)
    return (*texts, *table.words)


def _head(table: Node) -> list[Node]:
    return [row for head in kids(table, "THead") for row in kids(head, "TR")]


def _join_head(edit: Edit, table: Node) -> list[str]:
    """Puts the head's rows into the body and says what stands in them."""
    head, body = _head(table), kids(table, "TBody")
    if not head or not body or not body[0].kids:
        return []
    edit.insert([edit.element(row) for row in head], body[0].kids[0], after=False)
    for part in kids(table, "THead"):
        edit.detach(part)
    for cell in [each for row in head for each in below(row) if each.kind == "TH"]:
        edit.element(cell).S = Name.TD
    return [edit.paper.text(row) for row in head]


# -- sections and headings -------------------------------------------------------------------------------


def truncate_section(edit: Edit) -> Words | None:
    """A section loses its last paragraph."""
    found = [
        (section, section.nodes[-1])
        for section in sections(edit.paper)
        if section.nodes[-1].kind == "P" and len(kinds(section, "P")) > 1
    ]
    found = [(section, last) for section, last in found if len(bare(edit.paper.text(last))) > 7]
    if not found:
        return None
    section, last = edit.rng.choice(found)
    remove(edit, [last], detach=edit.rng.random() < 0.5)
    return (*thing(edit.paper, last).words, *section.words)


def kinds(section: Thing, kind: str) -> list[Node]:
    """The blocks of a kind in a section."""
    return [node for node in section.nodes if node.kind == kind]


def change_level(edit: Edit) -> Words | None:
    """A heading is one of another level."""
    heading = pick(edit, headings(edit.paper))
    if heading is None:
        return None
    level = int(heading.node.kind[1:])
    fresh = edit.rng.choice([each for each in (level - 1, level + 1) if 1 <= each <= 6])
    edit.element(heading.node).S = Name(f"/H{fresh}")
    return heading.words


# -- references ------------------------------------------------------------------------------------------


def add_reference(edit: Edit) -> Words | None:
    """The reference list has an entry more, of another work."""
    model = pick(edit, [each for each in references(edit.paper) if edit.paper.box(*each.nodes)])
    if model is None:
        return None
    marks = repeat(edit, model.nodes)
    fresh = [marks[mark] for mark in read_marks(*model.nodes)]
    shown = edit.glyphs(fresh)
    for glyph in shown:
        choice = others(edit, glyph) if len(glyph.text) == 1 and glyph.text.isalnum() else []
        if choice:
            put(glyph, edit.rng.choice(choice)[1])
    return ("".join(glyph.text for glyph in edit.glyphs(fresh)),)


# -- code ------------------------------------------------------------------------------------------------


def unindent(edit: Edit) -> Words | None:
    """A line of code begins where its listing's outermost lines begin."""
    found = [(line, way) for lines in code_lines(edit.paper) for line, way in _indented(edit.paper, lines)]
    if not found:
        return None
    line, way = edit.rng.choice(found)
    page = edit.paper.marks(line.node)[0][0]
    edit.move(line.nodes, page, Matrix().translated(-way, 0))
    return line.words


def _indented(paper: Paper, lines: list[Thing]) -> list[tuple[Thing, float]]:
    """The lines that begin further right than others, and how far."""
    lefts = [min((box.left for box in paper.box(*line.nodes).values()), default=0.0) for line in lines]
    return [
        (line, left - min(lefts)) for line, left in zip(lines, lefts, strict=True) if left > min(lefts) + 3
    ]
