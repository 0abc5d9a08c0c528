"""Faults in the pictures and equations of a PDF, and in the texts that describe them."""

from __future__ import annotations

import re
from itertools import combinations

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Matrix, Name
from tests.mutation.pdf_edit import Edit, Words
from tests.mutation.pdf_faults import pick
from tests.mutation.pdf_framed import pictures
from tests.mutation.pdf_paper import Box, Mark, bare
from tests.mutation.pdf_stream import PAINTING, operator, order, transformed
from tests.mutation.pdf_things import Thing, equations

_SEEN = 12
"""By so much do the colours of two pictures differ, of 255, on the whole."""


def cut(text: str) -> str:
    """The text without its last word, or without as many as hold three letters."""
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        if len(bare("".join(words[count:]))) >= 3:
            return " ".join(words[:count])
    return text[: len(text) // 2]


# -- pictures --------------------------------------------------------------------------------------------


def _shown(edit: Edit) -> list[tuple[Thing, Mark, Box]]:
    """The pictures that are painted at one place, with that place."""
    found = []
    for picture in pictures(edit.paper):
        marks = [mark for mark in picture.node.marks if mark in edit.paper.boxes]
        if len(marks) == len(picture.node.marks) == 1:
            found.append((picture, marks[0], edit.paper.boxes[marks[0]]))
    return found


def swap_pictures(edit: Edit) -> Words | None:
    """Two pictures stand in each other's places; their captions and descriptions stay."""
    pairs = list(combinations(_shown(edit), 2))
    edit.rng.shuffle(pairs)
    for (first, one, here), (second, two, there) in pairs[:10]:
        if _differ(_look(edit, one, here), _look(edit, two, there)):
            piece, other = edit.stream(one[0]).piece(one[1]), edit.stream(two[0]).piece(two[1])
            edit.stream(one[0]).move(piece, _fitted(here, there), edit.stream(two[0]), two[1])
            edit.stream(two[0]).move(other, _fitted(there, here), edit.stream(one[0]), one[1])
            return (*first.words, *second.words)
    return None


def _fitted(source: Box, target: Box) -> Matrix:
    """The way from one box into another."""
    across, up = target.width / source.width, target.height / source.height
    return Matrix(across, 0, 0, up, target.left - source.left * across, target.bottom - source.bottom * up)


def _differ(one: bytes, other: bytes) -> bool:
    """True where a reader would see two pictures: one picture twice differs by where its pixels fall."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) > _SEEN * len(one)


def _look(edit: Edit, mark: Mark, box: Box) -> bytes:
    """What can be seen in a box, in few pixels."""
    with pypdfium2.PdfDocument(edit.data) as document:
        page = document[mark[0]]
        width, height = page.get_size()
        crop = (box.left, box.bottom, width - box.right, height - box.top)
        image = page.render(scale=0.4, crop=tuple(max(0, side) for side in crop)).to_pil()
        return bytes(image.convert("RGB").resize((16, 16)).tobytes())


def blank_picture(edit: Edit) -> Words | None:
    """In a picture's place is a white area, or a picture of one white pixel."""
    found = _shown(edit)
    if not found:
        return None
    picture, (page, mcid), box = edit.rng.choice(found)
    piece = edit.stream(page).piece(mcid)
    drawn = [i for i, one in enumerate(piece.body) if operator(one) == "Do"]
    if len(drawn) == 1 and edit.rng.random() < 0.5:
        edit.pdf.pages[page].Resources.XObject["/blank"] = _pixel(edit)
        piece.body[drawn[0]] = order("Do", Name("/blank"))
    else:
        area = order("re", box.left, box.bottom, box.width, box.height)
        place = transformed(piece.state.matrix.inverse())
        piece.body = [order("q"), place, order("rg", 1, 1, 1), area, order("f"), order("Q")]
    return picture.words


def _pixel(edit: Edit) -> pikepdf.Stream:
    look = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    return edit.pdf.make_stream(b"\xff", look)


# -- alternative texts -----------------------------------------------------------------------------------


def _described(edit: Edit) -> list[Thing]:
    return [picture for picture in pictures(edit.paper) if len(bare(picture.node.alt)) > 1]


def drop_alt(edit: Edit) -> Words | None:
    """A picture is not described any more."""
    picture = pick(edit, _described(edit))
    if picture is None:
        return None
    del edit.element(picture.node).Alt
    return picture.words


def truncate_alt(edit: Edit) -> Words | None:
    """A picture's description has lost its end."""
    picture = pick(edit, _described(edit))
    if picture is None:
        return None
    edit.element(picture.node).Alt = pikepdf.String(cut(picture.node.alt))
    return picture.words


def swap_alts(edit: Edit) -> Words | None:
    """Two pictures are described by each other's text."""
    pairs = combinations(_described(edit), 2)
    found = [(one, two) for one, two in pairs if bare(one.node.alt) != bare(two.node.alt)]
    if not found:
        return None
    one, two = edit.rng.choice(found)
    edit.element(one.node).Alt = pikepdf.String(two.node.alt)
    edit.element(two.node).Alt = pikepdf.String(one.node.alt)
    return (*one.words, *two.words)


# -- equations -------------------------------------------------------------------------------------------


def truncate_equation(edit: Edit) -> Words | None:
    """An equation has lost its last symbol, on the page, in what is read aloud, or in both."""
    found = [each for each in equations(edit.paper) if len(each.node.marks) == 1 and _less(each.node.alt)]
    equation = pick(edit, found)
    if equation is None:
        return None
    ways = ["tree"]
    page, mcid = equation.node.marks[0]
    piece = edit.stream(page).piece(mcid)
    painting = [i for i, one in enumerate(piece.body) if operator(one) in PAINTING]
    if len(painting) > 1:
        ways += ["page", "both"]
    way = edit.rng.choice(ways)
    if way != "tree":
        piece.body[painting[-1]] = order("n")
    if way != "page":
        edit.element(equation.node).Alt = pikepdf.String(_less(equation.node.alt))
    return equation.words


def _less(tex: str) -> str:
    """The TeX without its last letter or digit; empty where it has no other."""
    shorter = re.sub(r"(\\[A-Za-z]+|\w)\W*$", "", tex).rstrip()
    return shorter if bare(shorter) else ""
