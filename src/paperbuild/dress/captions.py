"""Captions in a layout's form: what stands between number and words, and whether the words are italic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from paperbuild.layouts import Layout
from paperbuild.layouts.model import CaptionWords
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_SHORT = {
    "en": ("Figure", "Fig."), "de": ("Abbildung", "Abb."), "fr": ("Figure", "Fig."), "es": ("Figura", "Fig."),
    "it": ("Figura", "Fig."), "pt": ("Figura", "Fig."), "nl": ("Figuur", "Fig."), "pl": ("Rysunek", "Rys."),
    "cs": ("Obrázek", "Obr."), "ru": ("Рисунок", "Рис."), "uk": ("Рисунок", "Рис."),
}  # fmt: skip
"""The word for a figure, and the short one, by language."""
_BEGINNINGS = ("note", "notes", "source", "sources", "anmerkung", "quelle", "nota", "fuente", "fonte")
"""Words that begin a note below a table or figure."""
FLOAT_NOTE = "float-note"


def worded(blocks: Sequence[Node], layout: Layout, lang: str) -> list[Node]:
    """The blocks with each caption in the layout's words, and notes below tables and figures marked."""
    short = _SHORT.get(lang.partition("-")[0].lower(), ("", ""))
    forms = {"Table": layout.table.words, "Figure": layout.figure.words}

    def change(node: Node) -> ast.Rewritten:
        if node["t"] not in forms:
            return None
        form = forms[node["t"]]
        attr, (name, caption), *rest = node["c"]
        return {"t": node["t"], "c": [attr, [name, _caption(caption, form, short)], *rest]}

    return _with_notes(ast.rewrite(list(blocks), change))


def _caption(caption: list[Node], form: CaptionWords, short: tuple[str, str]) -> list[Node]:
    """A caption that begins with a number, in this form; any other is left as it is."""
    first = caption[0] if caption else None
    if form == CaptionWords() or not first or first["t"] not in {"Para", "Plain"} or not first["c"]:
        return caption
    label, *words = first["c"]
    if label["t"] != "Span" or "caption-label" not in ast.classes(label):
        return caption
    while words and words[0]["t"] in {"Space", "SoftBreak"}:
        words = words[1:]
    between: list[Node] = [{"t": "LineBreak"} if form.after_number == "line" else {"t": "Space"}]
    if form.italic and words:
        words = [{"t": "Emph", "c": _upright(words)}]
    label = _label(label, form, short)
    return [{"t": first["t"], "c": [label, *(between if words else []), *words]}, *caption[1:]]


def _label(label: Node, form: CaptionWords, short: tuple[str, str]) -> Node:
    text = ast.plain(label).removesuffix(":")
    if form.short and short[0] and text.startswith(short[0]):
        text = short[1] + text.removeprefix(short[0])
    end = "" if form.after_number == "line" else form.after_number
    return {"t": "Span", "c": [label["c"][0], [{"t": "Str", "c": text + end}]]}


def _upright(words: list[Node]) -> Any:
    """Words within italic ones that were italic already stand upright."""

    def change(node: Node) -> ast.Rewritten:
        return ast.span(node["c"], "", "upright") if node["t"] == "Emph" else None

    return ast.rewrite(words, change)


def _with_notes(blocks: list[Node]) -> list[Node]:
    """The blocks, a paragraph “*Note.* …” after a table or figure made its note."""
    result: list[Node] = []
    for block in blocks:
        before = result[-1] if result else None
        if before and before["t"] in {"Table", "Figure"} and _is_note(block):
            block = ast.div([block], "", FLOAT_NOTE)  # noqa: PLW2901
        elif block["t"] == "Div":
            block = {"t": "Div", "c": [block["c"][0], _with_notes(block["c"][1])]}  # noqa: PLW2901
        result.append(block)
    return result


def _is_note(block: Node) -> bool:
    if block["t"] != "Para" or not block["c"] or block["c"][0]["t"] not in {"Emph", "Strong"}:
        return False
    return ast.plain(block["c"][0]).strip().rstrip(".:").lower() in _BEGINNINGS
