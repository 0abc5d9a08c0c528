"""pandoc inlines for a node, and back.

Each text has an effective setting, worked out from all the marks around it; texts with the same setting
are one run, and runs share the elements they have in common. ``font_style="normal"`` inside italics
thus ends the ``Emph``: pandoc has no element for upright text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from paperbuild.csl.text.seams import CLOSE, ENGLISH, Mark, QuoteMarks, finish
from paperbuild.csl.text.tree import Child, Format, Rich
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node, link, span, text


class _Look(NamedTuple):
    """The setting of a text, from the outside in."""

    cite: str = ""
    display: Any = ""
    link: str = ""
    text_decoration: str = ""
    font_weight: str = ""
    font_style: str = ""
    font_variant: str = ""
    vertical_align: str = ""
    inline: Any = ""


class Run(NamedTuple):
    """A text and its setting."""

    text: str
    look: _Look


_PLAIN = _Look()
_PLACES = {name: place for place, name in enumerate(_Look._fields)}
_DATA = frozenset(("cite", "link", "inline"))
"""Marks whose value is their data."""
_ELEMENTS = {
    "underline": "Underline",
    "bold": "Strong",
    "italic": "Emph",
    "small-caps": "SmallCaps",
    "sup": "Superscript",
    "sub": "Subscript",
}
_SAME = {"normal": "", "light": "", "none": "", "baseline": "", "oblique": "italic"}
_FORMATS = {
    "Emph": Format(font_style="italic", flip=True),
    "Strong": Format(font_weight="bold", flip=True),
    "SmallCaps": Format(font_variant="small-caps", flip=True),
    "Superscript": Format(vertical_align="sup", flip=True),
    "Subscript": Format(vertical_align="sub", flip=True),
    "Underline": Format(text_decoration="underline", flip=True),
}
_PROTOCOL = re.compile("^https?://")
_ADDRESS = re.compile(r"https?://[^\s<>“”«»]+")


def inlines(child: Child, quotes: QuoteMarks = ENGLISH, punctuation_in_quote: bool = True) -> list[Node]:
    """The node as pandoc inlines; quotation marks are characters, display blocks are Spans with a class."""
    return [node for _, nodes in by_cite(child, quotes, punctuation_in_quote) for node in nodes]


def by_cite(
    child: Child, quotes: QuoteMarks = ENGLISH, punctuation_in_quote: bool = True
) -> list[tuple[str, list[Node]]]:
    """The same in pieces: each with the id of the cite it belongs to, or with an empty string."""
    runs = _linked(_runs(child, quotes, punctuation_in_quote))
    return [
        (cite, _nested(list(group), _PLACES["display"]))
        for cite, group in groupby(runs, lambda r: r.look.cite)
    ]


def tree(nodes: Iterable[Node]) -> Child:
    """pandoc inlines, such as a cite's prefix, as rich text; what that cannot say comes back unchanged."""
    return Rich(tuple(_trees(nodes)))


def _trees(nodes: Iterable[Node]) -> Iterator[Child]:
    words = ""
    for node in nodes:
        kind = node["t"]
        if kind in {"Str", "Space", "SoftBreak"}:
            words += node["c"] if kind == "Str" else " "
            continue
        if words:
            yield words
            words = ""
        if kind in _FORMATS:
            yield Rich(tuple(_trees(node["c"])), _FORMATS[kind])
        else:
            yield Rich((ast.plain([node]) or " ",), tag="inline", data=_Kept(node))
    if words:
        yield words


class _Kept:
    """A node of the document; two of them are never the same run."""

    def __init__(self, node: Node) -> None:
        self.node = node


class _Block:
    """A part of an entry that is set by itself; two of one kind side by side are two."""

    def __init__(self, display: str) -> None:
        self.display = display


def _runs(child: Child, quotes: QuoteMarks, punctuation_in_quote: bool) -> list[Run]:
    """The texts with their settings; neighbours differ."""
    looks = [_PLAIN]
    runs: list[Run] = []
    for piece in finish(child, quotes, punctuation_in_quote):
        if isinstance(piece, Mark):
            if piece is CLOSE:
                looks.pop()
            else:
                looks.append(_changed(looks[-1], piece))
        elif piece:
            if runs and runs[-1].look == looks[-1]:
                runs[-1] = Run(runs[-1].text + piece, looks[-1])
            else:
                runs.append(Run(piece, looks[-1]))
    return runs


def _changed(look: _Look, mark: Mark) -> _Look:
    if mark.name == "display":
        return look._replace(display=_Block(mark.value))
    value = mark.data if mark.name in _DATA else _SAME.get(mark.value, mark.value)
    return look._replace(**{mark.name: value})


def _linked(runs: Sequence[Run]) -> list[Run]:
    """The runs with a link on every address, which begins where the address begins: with its resolver."""
    result: list[Run] = []
    for run in runs:
        address = run.look.link
        shown = ""
        if not address:
            result.append(run)
            continue
        start = address.removesuffix(run.text)
        before = result[-1] if result else None
        if start and start != address and before is not None and not before.look.link:
            starts = (start, _PROTOCOL.sub("", start))
            shown = next((one for one in starts if before.text.endswith(one)), "")
            result[-1] = before._replace(text=before.text.removesuffix(shown))
        result.append(run._replace(text=shown + run.text))
    pieces = (piece for run in result for piece in (_addresses(run) if "://" in run.text else (run,)))
    return [piece for piece in pieces if piece.text]


def _addresses(run: Run) -> Iterator[Run]:
    """The run in pieces, with a link on each address in it."""
    if run.look.link:
        yield run
        return
    at = 0
    for found in _ADDRESS.finditer(run.text):
        address = _trimmed(found[0])
        yield run._replace(text=run.text[at : found.start()])
        yield Run(address, run.look._replace(link=address))
        at = found.start() + len(address)
    yield run._replace(text=run.text[at:])


def _trimmed(address: str) -> str:
    """The address without the punctuation of the sentence around it."""
    while address and (
        address[-1] in ".,;:!?'’"
        or (address[-1] in ")]" and address.count(address[-1]) > address.count("(["[address[-1] == "]"]))
    ):
        address = address[:-1]
    return address


def _nested(runs: Sequence[Run], place: int) -> list[Node]:
    """The runs as elements, the setting at ``place`` outermost."""
    if place == len(_PLAIN):
        return text("".join([run.text for run in runs]))
    if len(runs) == 1 and runs[0].look[place:] == _PLAIN[place:]:
        return text(runs[0].text)
    result: list[Node] = []
    for value, group in groupby(runs, key=lambda run: run.look[place]):
        same = list(group)
        if isinstance(value, _Kept):
            result.append(value.node)
        elif value:
            result.append(_element(place, value, _nested(same, place + 1)))
        else:
            result += _nested(same, place + 1)
    return result


def _element(place: int, value: Any, content: list[Node]) -> Node:
    if isinstance(value, _Block):
        return span(content, "", f"csl-{value.display}")
    if place == _PLACES["link"]:
        return link(content, value)
    return {"t": _ELEMENTS[value], "c": content}
