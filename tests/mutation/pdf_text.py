"""Faults in the text of a PDF: letters and digits exchanged, and text that nobody can see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pikepdf import Dictionary, Matrix, Name
from tests.mutation.pdf_edit import Edit, Fault, Words
from tests.mutation.pdf_faults import pick
from tests.mutation.pdf_framed import captions
from tests.mutation.pdf_paper import Node, Paper, bare, read_marks
from tests.mutation.pdf_parts import parts
from tests.mutation.pdf_stream import Glyph, Piece, operator, order, put
from tests.mutation.pdf_things import Thing, Things, headings, items, paragraphs, references, thing

YEAR = r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)"
DIGIT = r"\d"
LETTER = r"[^\W\d_]"
NAME = r"^[\W\d]*[^\W\d_]{2,}"
LABEL_NUMBER = r"^.{3,25}?\d+"


def retype(things: Things, pattern: str, kind: str = DIGIT) -> Fault:
    """Where the pattern stands in a thing's text, one letter or digit becomes another."""

    def fault(edit: Edit) -> Words | None:
        found = list(things(edit.paper))
        edit.rng.shuffle(found)
        for each in found:
            after = _retyped(edit, each, pattern, kind)
            if after:
                return (*each.words, after) if len(bare(after)) > 3 else each.words
        return None

    return fault


def _retyped(edit: Edit, thing: Thing, pattern: str, kind: str) -> str:
    """The thing's text with one glyph exchanged; empty where the font has no other."""
    shown = edit.glyphs(list(read_marks(*thing.nodes)))
    letters = "".join(glyph.text if len(glyph.text) == 1 else "\ufffd" for glyph in shown)
    places = [
        place
        for match in re.finditer(pattern, letters)
        for place in range(match.start(), match.end())
        if re.fullmatch(kind, letters[place]) and others(edit, shown[place])
    ]
    if not places:
        return ""
    place = edit.rng.choice(places)
    letter, code = edit.rng.choice(others(edit, shown[place]))
    put(shown[place], code)
    return "".join(letter if index == place else glyph.text for index, glyph in enumerate(shown))


def others(edit: Edit, glyph: Glyph) -> list[tuple[str, int]]:
    """The other letters of the case, or the other digits, that the glyph's font can show."""
    known = edit.letters(glyph.font)
    return sorted(
        (text, code)
        for code, text in known.items()
        if len(text) == 1 and text != glyph.text and _class(text) == _class(glyph.text)
    )


def _class(text: str) -> str:
    """What kind of sign it is; letters of other scripts are of another kind."""
    if text.isdecimal():
        return "digit"
    if text.isalpha():
        return f"{'upper' if text.isupper() else 'lower'} {ord(text) // 0x250}"
    return text


def author_lines(paper: Paper) -> list[Thing]:
    """The lines of the title block with an author's name in them."""
    lines = [thing(paper, line) for line in parts(paper).front]
    names = [bare(name) for name in paper.authors]
    found = [each for each in lines if any(name in bare(paper.text(each.node)) for name in names)]
    return [Thing(each.nodes, (*each.words, *paper.authors)) for each in found]


def page_numbers(paper: Paper) -> list[Thing]:
    """The page numbers in the list of contents, called by their entries' titles."""
    found = []
    for entry in parts(paper).contents:
        title, *others = sorted(paper.marks(entry)) or [(0, 0)]
        numbers = [mark for mark in others if paper.texts.get(mark, "").strip().isdecimal()]
        if numbers:
            found.append(Thing((Node("Span", entry.id, marks=numbers[-1:]),), (paper.texts[title],)))
    return found


# -- text that nobody can see ----------------------------------------------------------------------------


def texts(paper: Paper) -> list[Thing]:
    """What may become unreadable: things of several kinds that stand on the plain page."""
    return [each for kind in (headings, paragraphs, items, references, captions) for each in kind(paper)]


def hidden(setting: Any) -> Fault:
    """A text is painted after an instruction that makes it invisible."""

    def fault(edit: Edit) -> Words | None:
        thing = pick(edit, texts(edit.paper))
        if thing is None:
            return None
        instruction = setting(edit)
        for page, mcid in edit.paper.marks(*thing.nodes):
            piece = edit.stream(page).piece(mcid)
            piece.body = [each for one in piece.body for each in _set_apart(one, instruction)]
        return thing.words

    return fault


def _set_apart(instruction: Any, setting: Any) -> Sequence[Any]:
    """A text object begun with the setting, and ended without it."""
    if operator(instruction) == "BT":
        return (order("q"), setting, instruction)
    return (instruction, order("Q")) if operator(instruction) == "ET" else (instruction,)


def white(edit: Edit) -> Any:
    """The colour of the page."""
    del edit
    return order("rg", 1, 1, 1)


def invisible(edit: Edit) -> Any:
    """The render mode that paints nothing."""
    del edit
    return order("Tr", 3)


def transparent(edit: Edit) -> Any:
    """A graphics state without any opacity."""
    states = edit.pdf.pages[0].Resources.ExtGState
    states["/clear"] = Dictionary(ca=0, CA=0)
    return order("gs", Name("/clear"))


def tiny(edit: Edit) -> Words | None:
    """A text is a tenth of a point high."""
    thing = pick(edit, texts(edit.paper))
    if thing is None:
        return None
    for page, mcid in edit.paper.marks(*thing.nodes):
        piece = edit.stream(page).piece(mcid)
        piece.body = [_shrunk(one, piece) for one in piece.body]
    return thing.words


def _shrunk(instruction: Any, piece: Piece) -> Any:
    if operator(instruction) != "Tf":
        return instruction
    return order("Tf", instruction.operands[0], round(0.1 / abs(piece.state.matrix.d), 4))


def covered(edit: Edit) -> Words | None:
    """A text lies under white areas."""
    thing = pick(edit, texts(edit.paper))
    if thing is None:
        return None
    for mark in edit.paper.marks(*thing.nodes):
        if mark in edit.paper.boxes:
            left, bottom, right, top = edit.paper.boxes[mark]
            area = order("re", left - 1, bottom - 1, right - left + 2, top - bottom + 2)
            edit.stream(mark[0]).add([order("rg", 1, 1, 1), area, order("f")])
    return thing.words


def outside(edit: Edit) -> Words | None:
    """A text stands beyond the page's edge."""
    found = [each for each in texts(edit.paper) if len(edit.paper.box(*each.nodes)) == 1]
    thing = pick(edit, found)
    if thing is None:
        return None
    (page,) = edit.paper.box(*thing.nodes)
    width, height = edit.paper.sizes[page]
    way = edit.rng.choice(((width, 0.0), (-width, 0.0), (0.0, height), (0.0, -height)))
    edit.move(thing.nodes, page, Matrix().translated(*way))
    return thing.words
