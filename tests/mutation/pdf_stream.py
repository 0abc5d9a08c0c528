"""The content stream of one page of a PDF, and what can be done to what is painted there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction as Instruction
from pikepdf import Matrix, Name, Operator
from tests.mutation.pdf_paper import Box

_FILLING = frozenset("f F f* S s B B* b b*".split())
PAINTING = _FILLING | frozenset(("Tj", "TJ", "'", '"', "Do", "sh", "INLINE IMAGE"))
"""Operators that leave marks on a page (ISO 32000-2, annex A)."""
_SETTING = frozenset("gs rg RG g G k K cs CS sc scn SC SCN w J j M d ri i Tc Tw Tz TL Tf Tr Ts".split())
"""Operators that set what later ones paint with."""


def order(operator: str, *operands: Any) -> Instruction:
    """One instruction."""
    return Instruction(list(operands), Operator(operator))


@dataclass(slots=True)
class State:
    """What was set before a place in a stream."""

    matrix: Matrix = field(default_factory=Matrix)
    settings: Mapping[str, Instruction] = field(default_factory=dict)
    _stack: list[tuple[Matrix, Mapping[str, Instruction]]] = field(default_factory=list)

    def copy(self) -> State:
        """The same, for one's own."""
        return State(self.matrix, self.settings)

    def after(self, instruction: Instruction) -> None:
        """Becomes what holds after the instruction."""
        name = operator(instruction)
        if name == "q":
            self._stack.append((self.matrix, self.settings))
        elif name == "Q":
            self.matrix, self.settings = self._stack.pop()
        elif name == "cm":
            self.matrix = Matrix(*(float(n) for n in instruction.operands)) @ self.matrix
        elif name in _SETTING:
            key = f"{name}{instruction.operands[0]}" if name == "gs" else name
            self.settings = {**self.settings, key: instruction}


def transformed(matrix: Matrix) -> Instruction:
    """What makes all that follows stand where the matrix says."""
    return order("cm", *(round(number, 6) for number in matrix.shorthand))


def operator(instruction: Any) -> str:
    """The instruction's operator."""
    return str(instruction.operator)


@dataclass(eq=False, slots=True)
class Piece:
    """A marked-content sequence of a page, or what stands between two of them."""

    mcid: int | None
    tag: str
    body: list[Any]
    """What is between its BDC and EMC."""
    state: State
    """What holds where it begins."""


class Stream:
    """The content of one page."""

    def __init__(self, page: pikepdf.Page) -> None:
        self.page = page
        self.pieces: list[Piece] = []
        state = State()
        self._cut(pikepdf.parse_content_stream(page), state)
        self._end = state.matrix
        self._added: list[tuple[Matrix, Piece]] = []
        self._next = max((piece.mcid for piece in self.pieces if piece.mcid is not None), default=-1) + 1

    def _cut(self, instructions: Iterable[Any], state: State) -> None:
        piece = Piece(None, "", [], state.copy())
        for instruction in instructions:
            name = operator(instruction)
            if name in {"BDC", "BMC"}:
                self.pieces.append(piece)
                tag = str(instruction.operands[0])
                properties = instruction.operands[1] if name == "BDC" else None
                has_id = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
                mcid = int(properties.MCID) if has_id and properties else None
                piece = Piece(mcid, tag, [], state.copy())
            elif name == "EMC":
                self.pieces.append(piece)
                piece = Piece(None, "", [], state.copy())
            else:
                piece.body.append(instruction)
                state.after(instruction)
        self.pieces.append(piece)

    def fresh(self) -> int:
        """A marked-content id that the page does not have."""
        self._next += 1
        return self._next - 1

    def piece(self, mcid: int) -> Piece:
        """The marked-content sequence."""
        pieces = chain(self.pieces, (piece for _, piece in self._added))
        return next(piece for piece in pieces if piece.mcid == mcid)

    def rules(self, box: Box) -> list[Piece]:
        """The lines and areas that stand within a box and belong to no text."""
        drawn = [piece for piece in self.pieces if piece.tag == "/Artifact"]
        return [piece for piece in drawn if (reach := _reach(piece)) and _is_within(reach, box)]

    def unpaint(self, pieces: Iterable[Piece]) -> None:
        """Takes away what the pieces paint."""
        for piece in pieces:
            piece.body = [order("n") if operator(one) in _FILLING else one for one in piece.body]
            piece.body = [one for one in piece.body if operator(one) not in PAINTING]

    def paint(self, piece: Piece, placed: Matrix, mcid: int | None = None) -> None:
        """Paints a piece of this page or another again, after all else, moved as the matrix says."""
        matrix = piece.state.matrix @ placed @ self._end.inverse()
        self._added.append((matrix, Piece(mcid, piece.tag, list(piece.body), piece.state)))

    def move(self, piece: Piece, placed: Matrix, target: Stream, mcid: int | None) -> None:
        """Takes the piece from its place and paints it elsewhere."""
        target.paint(piece, placed, mcid)
        index = self.pieces.index(piece)
        before, state = piece.state.settings, piece.state.copy()
        for instruction in piece.body:
            state.after(instruction)
        settings = [one for key, one in state.settings.items() if before.get(key) is not one]
        self.pieces[index] = Piece(None, "", settings, piece.state)

    def add(self, instructions: Iterable[Instruction]) -> None:
        """Paints something over all else, in points from the page's lower left corner."""
        self.paint(Piece(None, "/Artifact", list(instructions), State()), Matrix())

    def joined(self) -> bytes:
        """The stream as it is now."""
        instructions = [one for piece in self.pieces for one in _tagged(piece)]
        for matrix, piece in self._added:
            instructions += [
                order("q"),
                transformed(matrix),
                *piece.state.settings.values(),
                *_tagged(piece),
                order("Q"),
            ]
        return pikepdf.unparse_content_stream(instructions)


def _tagged(piece: Piece) -> Iterator[Any]:
    """The piece's instructions with those that mark its content."""
    if piece.tag and piece.mcid is not None:
        yield order("BDC", Name(piece.tag), pikepdf.Dictionary(MCID=piece.mcid))
    elif piece.tag:
        yield order("BMC", Name(piece.tag))
    yield from piece.body
    if piece.tag:
        yield order("EMC")


def _reach(piece: Piece) -> Box | None:
    """The box around all points of the paths that a piece paints."""
    state, points = piece.state.copy(), []
    for instruction in piece.body:
        state.after(instruction)
        numbers = [float(n) for n in instruction.operands] if operator(instruction) in _PATH else []
        if operator(instruction) == "re":
            x, y, width, height = numbers
            numbers = [x, y, x + width, y + height]
        points += [state.matrix.transform((x, y)) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    if not points:
        return None
    across, up = zip(*points, strict=True)
    return Box(min(across), min(up), max(across), max(up))


_PATH = frozenset("m l c v y re".split())


def _is_within(inner: Box, outer: Box) -> bool:
    return (
        inner.left >= outer.left
        and inner.right <= outer.right
        and inner.bottom >= outer.bottom
        and inner.top <= outer.top
    )


# -- glyphs ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph that a piece shows: where it stands in the stream, and what it stands for."""

    piece: Piece
    place: tuple[int, int, int]
    """The instruction, the member of its array, and the byte there."""
    text: str
    font: str


Decoders = Callable[[str], Mapping[int, str]]
"""From the name of a font among a page's resources to what its glyphs stand for."""


def glyphs(piece: Piece, decoded: Decoders) -> list[Glyph]:
    """The glyphs that a piece shows, in order; two bytes for each, as in all composite fonts of ours."""
    found: list[Glyph] = []
    font = str(piece.state.settings["Tf"].operands[0]) if "Tf" in piece.state.settings else ""
    for index, instruction in enumerate(piece.body):
        if operator(instruction) == "Tf":
            font = str(instruction.operands[0])
        elif operator(instruction) == "TJ":
            letters = decoded(font)
            for member, part in enumerate(instruction.operands[0]):
                shown = bytes(part) if isinstance(part, pikepdf.String) else b""
                for start in range(0, len(shown) - 1, 2):
                    text = letters.get(int.from_bytes(shown[start : start + 2], "big"), "")
                    found.append(Glyph(piece, (index, member, start), text, font))
    return found


def put(glyph: Glyph, code: int | None) -> None:
    """Puts another glyph in a glyph's place, or none; of several in one array, begin with the last."""
    index, member, start = glyph.place
    shown = list(glyph.piece.body[index].operands[0])
    whole = bytes(shown[member])
    fresh = b"" if code is None else code.to_bytes(2, "big")
    shown[member] = pikepdf.String(whole[:start] + fresh + whole[start + 2 :])
    glyph.piece.body[index] = order("TJ", pikepdf.Array(shown))
