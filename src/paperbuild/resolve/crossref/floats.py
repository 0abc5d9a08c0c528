"""Figures, tables and listings: numbers before their captions, letters before those of their parts."""

from __future__ import annotations

import re
from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.resolve.crossref.labels import taken
from paperbuild.resolve.crossref.numbering import NO_BREAK, Numbering, Target, kind_of, letter

KINDS = {"Figure": "figure", "Table": "table"}
_PARTED = frozenset({"figure", "table"})
_CODE_CAPTION = re.compile(r"^:\s+(.*?)\s*\{#(lst[:-][^\s}]+)\}$", re.DOTALL)
_ALREADY = re.compile(
    r"^\W*(fig(ure|\.)?|table?|tabelle|tableau|tabla|abb(ildung|\.)?|图|表|図)\s*\.?\s*[A-Z]?\d+",
    re.IGNORECASE,
)


def numbered(block: Node, numbering: Numbering) -> list[Node]:
    """A figure or table with ``Figure 1:`` in a ``Span.caption-label`` before its caption.

    One without a caption has a number only where something refers to it; it is told, and has the number for
    a caption. A figure of figures (LaTeX) becomes a division of them.
    """
    kind = KINDS[block["t"]]
    attr, (short, caption), *rest = block["c"]
    if kind == "figure" and any(inner["t"] == "Figure" for inner in rest[0]):
        return [parted({"t": "Div", "c": [attr, [*rest[0], *_as_paragraphs(caption)]]}, numbering)]
    inlines = _only_paragraph(caption)
    label, inlines = taken(inlines) if inlines is not None else ("", None)
    tag = next((given for n in ast.iterate([block, rest]) if (given := ast.pairs(n).get("tag"))), "")
    if kind == "figure" and not attr[0]:
        attr = [next((ast.identifier(n) for n in ast.iterate(rest) if n["t"] == "Image"), ""), *attr[1:]]
    attr = [attr[0] or label, attr[1], [pair for pair in attr[2] if pair[0] != "tag"]]
    names = list(dict.fromkeys(filter(None, (attr[0], label))))
    if not ast.plain(inlines if inlines is not None else caption).strip():
        if not numbering.wanted & set(names):
            return [{"t": block["t"], "c": [attr, [short, caption], *rest]}]
        number, caption = numbering.next(kind, tag), [_bare(kind, numbering)]
        _tell_bare(kind, names[0], numbering)
    elif _ALREADY.match(ast.plain(caption)):
        number = re.search(r"[A-Z]?\d+", ast.plain(caption)).group()  # type: ignore[union-attr]
    else:
        number = numbering.next(kind, tag)
        caption = with_number(caption, inlines, f"{numbering.terms[kind]}{NO_BREAK}{number}:")
    defined = [numbering.define(name, Target(kind, number, attr[0])) for name in names]
    own = all(defined)
    return [{"t": block["t"], "c": [attr if own else ["", *attr[1:]], [short, caption], *rest]}]


def _bare(kind: str, numbering: Numbering) -> Node:
    """The caption of what has none: its number, which a reader looks for."""
    words = f"{numbering.terms[kind]}{NO_BREAK}{numbering.counters[kind]}"
    return {"t": "Plain", "c": [ast.span([{"t": "Str", "c": words}], "", "caption-label")]}


def _tell_bare(kind: str, name: str, numbering: Numbering) -> None:
    said = f"the {kind} {name} is referred to and has no caption; its number stands there alone"
    numbering.tell("warning", said, numbering.locator.label(name), "give it a caption")


def lone_picture(block: Node, numbering: Numbering) -> Node | None:
    """A picture without a caption that is a paragraph of its own and is referred to, as a figure."""
    only = block["c"][0] if block["t"] in {"Para", "Plain"} and len(block["c"]) == 1 else None
    if only is None or only["t"] != "Image" or ast.identifier(only) not in numbering.wanted:
        return None
    return _figure(only, [])


def _figure(image: Node, caption: list[Node]) -> Node:
    (name, names, pairs), *rest = image["c"]
    bare = {"t": "Image", "c": [["", names, [pair for pair in pairs if pair[0] != "tag"]], *rest]}
    words = [{"t": "Plain", "c": caption}] if caption else []
    kept = [pair for pair in pairs if pair[0] == "tag"]
    return {"t": "Figure", "c": [[name, [], kept], [None, words], [{"t": "Plain", "c": [bare]}]]}


def with_number(caption: list[Node], inlines: list[Node] | None, words: str) -> list[Node]:
    """The caption with its label's words before it; ``inlines`` are those of its one paragraph, if any."""
    label = ast.span([{"t": "Str", "c": words}], "", "caption-label")
    first = caption[0]
    if inlines is None:
        if first["t"] not in {"Para", "Plain"}:
            return [{"t": "Plain", "c": [label]}, *caption]
        inlines = first["c"]
    return [{"t": first["t"], "c": [label, {"t": "Space"}, *inlines]}, *caption[1:]]


def _only_paragraph(caption: list[Node]) -> list[Node] | None:
    one = len(caption) == 1 and caption[0]["t"] in {"Para", "Plain"}
    return caption[0]["c"] if one else None


def _as_paragraphs(caption: list[Node]) -> list[Node]:
    return [{"t": "Para", "c": block["c"]} if block["t"] == "Plain" else block for block in caption]


# -- divisions with a label ------------------------------------------------------------------------------


def division(div: Node, numbering: Numbering) -> Node | None:
    """A labelled division of pictures or tables, numbered; None for any other.

    Quarto and pandoc-crossref frame a figure so, whose last paragraph is its caption; one of several figures
    or tables gives them letters.
    """
    attr, inner = div["c"]
    kind = kind_of(attr[0])
    if kind not in _PARTED:
        return None
    pictures = _pictures_apart(inner)
    if any(ast.identifier(block) for block in pictures if block["t"] in KINDS):
        return parted({"t": "Div", "c": [attr, pictures]}, numbering)
    if sum(block["t"] in KINDS for block in inner) > 1:
        return parted(div, numbering)
    if kind == "figure" and not any(block["t"] == "Figure" for block in inner):
        made = _figure_from(attr, inner)
        return ast.div(numbered(made, numbering)) if made else None
    return None


def _pictures_apart(inner: list[Node]) -> list[Node]:
    """The blocks, pictures with labels of their own made figures (pandoc-crossref's subfigures)."""
    result: list[Node] = []
    for block in inner:
        images = [node for node in block["c"] if node["t"] == "Image"] if block["t"] == "Para" else []
        others = {node["t"] for node in block["c"]} if images else set()
        if (
            images
            and others <= {"Image", "Space", "SoftBreak", "LineBreak"}
            and any(map(ast.identifier, images))
        ):
            result += [_figure(image, image["c"][1]) for image in images]
        else:
            result.append(block)
    return result


def _figure_from(attr: list[Any], inner: list[Node]) -> Node | None:
    if len(inner) < 2 or inner[-1]["t"] != "Para":
        return None
    if not any(node["t"] == "Image" for node in ast.iterate(inner[:-1])):
        return None
    return {"t": "Figure", "c": [attr, [None, [{"t": "Plain", "c": inner[-1]["c"]}]], inner[:-1]]}


def parted(div: Node, numbering: Numbering) -> Node:
    """A figure of figures, or a table of tables: they share its number and have letters.

    A last paragraph is its caption. What stands between them is left as it is.
    """
    attr, inner = div["c"]
    label, inner = (attr[0], inner) if attr[0] else _label_of_last(inner)
    kind = kind_of(label) if kind_of(label) in _PARTED else "figure"
    number = numbering.next(kind)
    own = numbering.define(label, Target(kind, number, label))
    parts = 0
    result: list[Node] = []
    for index, block in enumerate(inner):
        if block["t"] in KINDS and (sign := letter(parts)):
            parts += 1
            result.append(_part(block, kind, number, sign, numbering))
        elif block["t"] == "Para" and index == len(inner) - 1:
            words = f"{numbering.terms[kind]}{NO_BREAK}{number}:"
            result += with_number([block], block["c"], words)
        else:
            result.append(block)
    return {"t": "Div", "c": [[label if own else "", attr[1], attr[2]], result]}


def _label_of_last(inner: list[Node]) -> tuple[str, list[Node]]:
    """The label in the caption that ends a figure, and the blocks without it."""
    if not inner or inner[-1]["t"] != "Para":
        return "", inner
    label, words = taken(inner[-1]["c"])
    return label, [*inner[:-1], {"t": "Para", "c": words}] if label else inner


def _part(block: Node, kind: str, number: str, sign: str, numbering: Numbering) -> Node:
    attr, (short, caption), *rest = block["c"]
    inlines = _only_paragraph(caption)
    label, inlines = taken(inlines) if inlines is not None else ("", None)
    name = attr[0] or label
    own = numbering.define(name, Target(kind, f"{number}{sign}", name))
    if caption:
        caption = with_number(caption, inlines, f"({sign})")
    return {"t": block["t"], "c": [[name if own else "", *attr[1:]], [short, caption], *rest]}


# -- listings --------------------------------------------------------------------------------------------


def with_code_captions(blocks: list[Node]) -> list[Node]:
    """The blocks, a paragraph ``: Words {#lst:x}`` after code made its caption (pandoc-crossref)."""
    result: list[Node] = []
    for block in blocks:
        before = result[-1] if result else None
        if before and before["t"] == "CodeBlock" and block["t"] == "Para":
            match = _CODE_CAPTION.match(ast.plain(block))
            if match:
                attr, code = before["c"]
                attr = [match.group(2), attr[1], [*attr[2], ["caption", match.group(1)]]]
                result[-1] = {"t": "CodeBlock", "c": [attr, code]}
                continue
        result.append(block)
    return result


def listing(block: Node, numbering: Numbering) -> Node:
    """Code that has a caption, in a ``Div.listing`` with its number; other code as it is."""
    attr, code = block["c"]
    caption = ast.pairs(block).get("caption") or ast.pairs(block).get("lst-cap") or ""
    if not caption:
        return block
    number = numbering.next("listing")
    own = numbering.define(attr[0], Target("listing", number, attr[0]))
    words = f"{numbering.terms['listing']}{NO_BREAK}{number}:"
    title = ast.para([ast.span(ast.text(words), "", "caption-label"), {"t": "Space"}, *ast.text(caption)])
    kept = [pair for pair in attr[2] if pair[0] not in {"caption", "lst-cap"}]
    bare = {"t": "CodeBlock", "c": [["", attr[1], kept], code]}
    return ast.div([ast.div([title], "", "listing-caption"), bare], attr[0] if own else "", "listing")
