"""Cross-references: figures, tables, equations, listings and sections, numbered once and named in the text.

Read are pandoc-crossref's and pandoc-xnos' ``@fig:x``, Quarto's ``@fig-x``, and LaTeX's ``\\label`` with
``\\ref``, ``\\autoref``, ``\\cref``, ``\\eqref`` and ``\\nameref``. The numbers are text from here on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from paperbuild.locate import Locator
from paperbuild.model import Finding
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_KEY = re.compile(r"^(fig|tbl|tab|eqn?|sec|lst)[:-].", re.IGNORECASE)
_EQUATION_LABEL = re.compile(r"^\{#([^\s}]+)(?:\s+tag=[\"']?([^\"'}]+)[\"']?)?\s*\}")
_CAPTION_LABEL = re.compile(r"^\{#((?:fig|tbl|tab|lst)[:-][^\s}]+)")
_CODE_CAPTION = re.compile(r"^:\s+(.*?)\s*\{#(lst[:-][^\s}]+)\}$", re.DOTALL)
_TEX_LABEL = re.compile(r"\\label\{([^{}]*)\}")
_ALREADY = re.compile(
    r"^\W*(fig(ure|\.)?|table?|tabelle|tableau|tabla|abb(ildung|\.)?|图|表|図)\s*\.?\s*[A-Z]?\d+",
    re.IGNORECASE,
)
_WORDS = {
    "figure": r"fig(?:ure)?s?|abb(?:ildung(?:en)?)?|figura[s]?|рис(?:ун(?:ок|ке))?|图|図",
    "table": r"tab(?:le)?s?|tabellen?|tableaux?|tabela[s]?|tabla[s]?|табл(?:ица|ице)?|表",
    "equation": r"eq(?:uation)?s?|eqns?|gleichung(?:en)?|équations?|equaç(?:ão|ões)|式",
    "section": r"sec(?:tion)?s?|subsections?|abschnitte?s?|kapitel|chapters?|appendix|appendices|"
    r"parts?|seç(?:ão|ões)|"
    r"subseç(?:ão|ões)|節|节",
    "listing": r"listings?|code",
}
_WORD_BEFORE = {
    kind: re.compile(rf"(?:^|[\s(\[,;{{])(?:{words})\.?[\s\u00a0]*[{{(]?$", re.IGNORECASE)
    for kind, words in _WORDS.items()
}
"""A reference after one of these words is a number alone: ``Figure @fig:x``."""
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Target:
    """What a label stands for."""

    kind: str
    """figure, table, equation, listing or section."""
    number: str
    """The number as shown; empty for a section without one."""
    anchor: str
    title: tuple[Node, ...] = ()


@dataclass
class _Numbering:
    terms: Mapping[str, str]
    number_sections: bool
    targets: dict[str, Target] = field(default_factory=dict)
    counters: Counter[str] = field(default_factory=Counter)
    sections: list[int] = field(default_factory=list)
    top: int = 1

    def next(self, kind: str, tag: str = "") -> str:
        if tag:
            return tag
        self.counters[kind] += 1
        return str(self.counters[kind])

    def target(self, name: str) -> Target | None:
        """What a label stands for; ``@Fig:x`` begins a sentence and means ``fig:x``."""
        return self.targets.get(name) or self.targets.get(name[:1].lower() + name[1:])

    def section(self, level: int) -> str:
        depth = max(level - self.top, 0)
        self.sections = (self.sections + [0] * (depth + 1))[: depth + 1]
        self.sections[depth] += 1
        return ".".join(str(number) for number in self.sections)


def number(
    blocks: list[Node],
    terms: Mapping[str, str],
    keys: frozenset[str],
    locator: Locator,
    *,
    number_sections: bool = False,
) -> tuple[list[Node], tuple[Finding, ...]]:
    """The blocks with numbers in captions, equations and headings, and references to them resolved.

    ``keys`` are the bibliography's: a key that is in it is a citation whatever it looks like.
    A reference that leads nowhere is an error finding, and stands as ``[@fig:x?]``.
    """
    levels = [node["c"][0] for node in ast.iterate(blocks) if node["t"] == "Header"]
    numbering = _Numbering(terms, number_sections, top=min(levels, default=1))
    labelled = _label_blocks(blocks, numbering)
    findings: list[Finding] = []
    return _resolve(labelled, numbering, keys, locator, findings), tuple(findings)


# -- first pass: numbers ---------------------------------------------------------------------------------


def _label_blocks(blocks: list[Node], numbering: _Numbering) -> list[Node]:
    return [_label_block(block, numbering) for block in _with_captions(blocks)]


def _with_captions(blocks: list[Node]) -> list[Node]:
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


def _label_block(block: Node, numbering: _Numbering) -> Node:  # noqa: PLR0911 - one for each type
    match block["t"]:
        case "Header":
            return _label_header(block, numbering)
        case "Figure":
            return _label_float(block, "figure", numbering)
        case "Table":
            return _label_float(block, "table", numbering)
        case "Para" | "Plain":
            return {"t": block["t"], "c": _label_equations(block["c"], numbering)}
        case "Div":
            return _label_div(block, numbering)
        case "CodeBlock":
            return _label_listing(block, numbering)
        case "BlockQuote":
            return {"t": "BlockQuote", "c": _label_blocks(block["c"], numbering)}
        case "BulletList":
            return {"t": "BulletList", "c": [_label_blocks(item, numbering) for item in block["c"]]}
        case "OrderedList":
            start, items = block["c"]
            return {"t": "OrderedList", "c": [start, [_label_blocks(item, numbering) for item in items]]}
        case _:
            return block


def _label_header(block: Node, numbering: _Numbering) -> Node:
    level, attr, inlines = block["c"]
    label, inlines = _take_label(inlines)
    number = ""
    title = tuple(inlines)
    if numbering.number_sections and not {"unnumbered", "-"} & set(attr[1]):
        number = numbering.section(level)
        shown = ast.span([{"t": "Str", "c": number}], "", "section-number")
        inlines = [shown, {"t": "Space"}, *inlines]
    attr = [attr[0] or label, attr[1], attr[2]]
    target = Target("section", number, attr[0], title)
    for name in {attr[0], label} - {""}:
        numbering.targets.setdefault(name, target)
    return {"t": "Header", "c": [level, attr, inlines]}


def _label_div(block: Node, numbering: _Numbering) -> Node:
    """A Div; one with a label around a single float (as from LaTeX and Quarto) gives it its id."""
    attr, inner = block["c"]
    if (
        _KEY.match(attr[0])
        and attr[0].lower().startswith("fig")
        and not any(b["t"] == "Figure" for b in inner)
    ):
        made = _figure_from_div(attr, inner)
        if made:
            return _label_float(made, "figure", numbering)
    figures = [b for b in inner if b["t"] == "Figure"]
    if _KEY.match(attr[0]) and (len(figures) > 1 or any(ast.identifier(b) for b in figures)):
        return {"t": "Div", "c": [attr, _label_subfigures(attr[0], inner, numbering)]}
    floats = [i for i, b in enumerate(inner) if b["t"] in {"Figure", "Table"}]
    if attr[0] and len(floats) == 1 and not ast.identifier(inner[floats[0]]):
        child = inner[floats[0]]
        given = ast.attributes(child)
        child = {"t": child["t"], "c": [[attr[0], given[1], given[2]], *child["c"][1:]]}
        caption = [b for b in inner if b["t"] in {"Para", "Plain"}] if _KEY.match(attr[0]) else []
        if caption and not child["c"][1][1]:
            child = {"t": child["t"], "c": [child["c"][0], [None, caption[-1:]], *child["c"][2:]]}
            inner = [b for b in inner if b is not caption[-1]]
            floats = [i for i, b in enumerate(inner) if b["t"] in {"Figure", "Table"}]
        inner = [child if i == floats[0] else b for i, b in enumerate(inner)]
        attr = ["", attr[1], attr[2]]
    return {"t": "Div", "c": [attr, _label_blocks(inner, numbering)]}


def _figure_from_div(attr: list[Any], inner: list[Node]) -> Node | None:
    """Quarto's figure Div: pictures, then a last paragraph that is the caption."""
    if len(inner) < 2 or inner[-1]["t"] != "Para":
        return None
    if not any(node["t"] == "Image" for node in ast.iterate(inner[:-1])):
        return None
    return {"t": "Figure", "c": [attr, [None, [{"t": "Plain", "c": inner[-1]["c"]}]], inner[:-1]]}


def _label_subfigures(name: str, inner: list[Node], numbering: _Numbering) -> list[Node]:
    """Quarto's figure of figures: they share its number and have letters; a last paragraph is its caption."""
    number = numbering.next("figure")
    numbering.targets.setdefault(name, Target("figure", number, name))
    letters = iter("abcdefghijklmnopqrstuvwxyz")
    result: list[Node] = []
    for index, block in enumerate(inner):
        if block["t"] == "Figure" and (letter := next(letters, "")):
            attr, (short, caption), *rest = block["c"]
            if attr[0]:
                numbering.targets.setdefault(attr[0], Target("figure", f"{number}{letter}", attr[0]))
            if caption:
                inlines = caption[0]["c"] if _one_paragraph(caption) else None
                caption = _with_number(caption, inlines, f"({letter})")
            result.append({"t": "Figure", "c": [attr, [short, caption], *rest]})
        elif block["t"] == "Para" and index == len(inner) - 1:
            words = f"{numbering.terms['figure']}{_NO_BREAK}{number}:"
            result += _with_number([block], block["c"], words)
        else:
            result += _label_blocks([block], numbering)
    return result


def _label_float(block: Node, kind: str, numbering: _Numbering) -> Node:
    """A figure or table with ``Figure 1: `` before its caption. One without a caption has no number."""
    attr, (short, caption), *rest = block["c"]
    inlines = [node for b in caption for node in b.get("c", [])] if _one_paragraph(caption) else None
    label = ""
    tag = next((given for n in ast.iterate([block, rest]) if (given := ast.pairs(n).get("tag"))), "")
    if inlines is not None:
        label, inlines = _take_label(inlines)
    if kind == "figure" and not attr[0]:
        attr = [next((ast.identifier(n) for n in ast.iterate(rest) if n["t"] == "Image"), ""), *attr[1:]]
    attr = [attr[0] or label, attr[1], [pair for pair in attr[2] if pair[0] != "tag"]]
    if not caption or (inlines is not None and not inlines):
        if attr[0] and _KEY.match(attr[0]):
            numbering.targets[attr[0]] = Target(kind, numbering.next(kind, tag), attr[0])
        return {"t": block["t"], "c": [attr, [short, caption], *rest]}
    if _ALREADY.match(ast.plain(caption)):
        number = re.search(r"[A-Z]?\d+", ast.plain(caption)).group()  # type: ignore[union-attr]
    else:
        number = numbering.next(kind, tag)
        caption = _with_number(caption, inlines, f"{numbering.terms[kind]}{_NO_BREAK}{number}:")
    for name in {attr[0], label} - {""}:
        numbering.targets.setdefault(name, Target(kind, number, attr[0]))
    return {"t": block["t"], "c": [attr, [short, caption], *rest]}


def _one_paragraph(caption: list[Node]) -> bool:
    return len(caption) == 1 and caption[0]["t"] in {"Para", "Plain"}


def _with_number(caption: list[Node], inlines: list[Node] | None, words: str) -> list[Node]:
    label = ast.span([{"t": "Str", "c": words}], "", "caption-label")
    first = caption[0]
    if inlines is None:
        if first["t"] not in {"Para", "Plain"}:
            return [{"t": "Plain", "c": [label]}, *caption]
        inlines = first["c"]
    return [{"t": first["t"], "c": [label, {"t": "Space"}, *inlines]}, *caption[1:]]


def _take_label(inlines: list[Node]) -> tuple[str, list[Node]]:
    """The label that stands among inlines as ``\\label{x}`` or ``{#fig:x}``, and the inlines without it."""
    for index, node in enumerate(inlines):
        name = _span_label(node)
        if name:
            rest = [*inlines[:index], *node["c"][1], *inlines[index + 1 :]]
            return name, _trimmed(rest)
        if node["t"] == "Str" and (match := _CAPTION_LABEL.match(node["c"])):
            end = next((i for i in range(index, len(inlines)) if "}" in str(inlines[i].get("c"))), index)
            return match.group(1), _trimmed([*inlines[:index], *inlines[end + 1 :]])
    return "", inlines


def _span_label(node: Node) -> str:
    """The label of a Span that is there for it: LaTeX's, or an empty one as in ``[]{#tbl:x}``."""
    if node["t"] != "Span":
        return ""
    name = ast.identifier(node)
    return ast.pairs(node).get("label", "") or (name if _KEY.match(name) and not node["c"][1] else "")


def _trimmed(inlines: list[Node]) -> list[Node]:
    while inlines and inlines[-1]["t"] in {"Space", "SoftBreak"}:
        inlines = inlines[:-1]
    while inlines and inlines[0]["t"] in {"Space", "SoftBreak"}:
        inlines = inlines[1:]
    return inlines


def _label_listing(block: Node, numbering: _Numbering) -> Node:
    attr, code = block["c"]
    caption = ast.pairs(block).get("caption") or ast.pairs(block).get("lst-cap") or ""
    if not caption:
        return block
    number = numbering.next("listing")
    if attr[0]:
        numbering.targets.setdefault(attr[0], Target("listing", number, attr[0]))
    words = f"{numbering.terms['listing']}{_NO_BREAK}{number}:"
    title = ast.para([ast.span(ast.text(words), "", "caption-label"), {"t": "Space"}, *ast.text(caption)])
    bare = {
        "t": "CodeBlock",
        "c": [["", attr[1], [p for p in attr[2] if p[0] not in {"caption", "lst-cap"}]], code],
    }
    return ast.div([ast.div([title], "", "listing-caption"), bare], attr[0], "listing")


def _label_equations(inlines: list[Node], numbering: _Numbering) -> list[Node]:
    """Display equations with a label get a number; the label is ``{#eq:x}`` after it or ``\\label`` in it."""
    result: list[Node] = []
    index = 0
    while index < len(inlines):
        node = inlines[index]
        index += 1
        if node["t"] != "Math" or node["c"][0]["t"] != "DisplayMath":
            result.append(node)
            continue
        label, tag, used = _label_after(inlines, index)
        inside = _TEX_LABEL.findall(node["c"][1])
        if inside:
            node = {"t": "Math", "c": [node["c"][0], _TEX_LABEL.sub("", node["c"][1])]}
        labels = list(dict.fromkeys([label, *inside] if label else inside))
        if not labels:
            result.append(node)
            continue
        label = labels[0]
        numbers = [numbering.next("equation", tag) for _ in labels]
        for name, number in zip(labels, numbers, strict=True):
            numbering.targets.setdefault(name, Target("equation", number, label))
        # Lines of an align with labels of their own have numbers of their own; they are shown together.
        words = "–".join(dict.fromkeys([numbers[0], numbers[-1]]))
        shown = ast.span([{"t": "Str", "c": f"({words})"}], "", "equation-number")
        result.append(ast.span([node, shown], label, "equation"))
        rest = inlines[index + used - 1]["c"].split("}", 1)[1] if used else ""
        index += used
        if rest:
            result.append({"t": "Str", "c": rest})
    return result


def _label_after(inlines: list[Node], index: int) -> tuple[str, str, int]:
    """Label, tag, and how many nodes after the equation they take."""
    text, used = "", 0
    for node in inlines[index : index + 7]:
        used += 1
        text += {"Str": node.get("c"), "Space": " ", "SoftBreak": " "}.get(node["t"]) or ""
        if node["t"] not in {"Str", "Space", "SoftBreak", "Quoted"}:
            break
        if node["t"] == "Quoted":
            text += f'"{ast.plain(node)[1:-1]}"'
        if "}" in text:
            break
    match = _EQUATION_LABEL.match(text.lstrip())
    return (match.group(1), match.group(2) or "", used) if match else ("", "", 0)


# -- second pass: references -----------------------------------------------------------------------------


def _resolve(
    value: Any, numbering: _Numbering, keys: frozenset[str], locator: Locator, findings: list[Finding]
) -> Any:
    """The tree with each reference replaced by its words; knows the text just before each."""
    if isinstance(value, dict):
        return {
            k: _resolve(v, numbering, keys, locator, findings) if k != "t" else v for k, v in value.items()
        }
    if not isinstance(value, list):
        return value
    result: list[Any] = []
    for item in value:
        if isinstance(item, dict) and item.get("t") in {"Cite", "Link"}:
            before = ast.plain(result[-4:])[-40:] if result else ""
            words = _reference(item, before, numbering, keys, locator, findings)
            if words is not None:
                result.extend(words)
                continue
        result.append(_resolve(item, numbering, keys, locator, findings))
    return _without_braces(result)


def _reference(
    node: Node,
    before: str,
    numbering: _Numbering,
    keys: frozenset[str],
    locator: Locator,
    findings: list[Finding],
) -> list[Node] | None:
    """The words for a reference, or None where the node is none."""
    if node["t"] == "Link":
        pairs = ast.pairs(node)
        if "reference-type" not in pairs:
            return _empty_link(node, numbering)
        names = [name.strip() for name in pairs.get("reference", "").split(",")]
        how = pairs["reference-type"]
        plain = how in {"ref", "eqref"}
        parts: list[tuple[list[Node], str, list[Node]]] = [([], name, []) for name in names]
    else:
        cites = node["c"][0]
        found = [c["citationId"] for c in cites]
        if not all((_KEY.match(i) or i in numbering.targets) and i not in keys for i in found):
            return None
        how = "cite"
        suppressed = any(c["citationMode"]["t"] == "SuppressAuthor" for c in cites)
        plain = suppressed
        parts = [(c["citationPrefix"], c["citationId"], c["citationSuffix"]) for c in cites]
    result: list[Node] = []
    for index, (prefix, name, suffix) in enumerate(parts):
        if index:
            result += [{"t": "Str", "c": ","}, {"t": "Space"}]
        target = numbering.target(name)
        named = target is not None and _named(target.kind, before, prefix)
        words = (
            _words(target, how, plain or named, numbering) if target else _nowhere(name, locator, findings)
        )
        result += [*prefix, *([{"t": "Space"}] if prefix else []), *words, *suffix]
    return result


def _empty_link(node: Node, numbering: _Numbering) -> list[Node] | None:
    """The words of a link that has none: the name of what it leads to (MyST), or its address."""
    _, inlines, (url, _) = node["c"]
    if inlines or not url:
        return None
    target = numbering.target(url.removeprefix("#")) if url.startswith("#") else None
    if target:
        return _words(target, "link", False, numbering)
    return None if url.startswith("#") else [ast.link(ast.text(url), url)]


def _named(kind: str, before: str, prefix: list[Node]) -> bool:
    """True where the text names the thing: ``Figure @fig:x``, ``[Fig. @fig:x]``, ``[Panel @fig:x]``."""
    own = ast.plain(prefix).strip()
    return bool(_WORD_BEFORE[kind].search(own or before)) or own[:1].isupper()


def _nowhere(name: str, locator: Locator, findings: list[Finding]) -> list[Node]:
    findings.append(
        Finding(
            "error",
            "cross-references",
            f"the cross-reference to {name} leads nowhere: nothing has this label",
            locator.key(name) or locator.literal(name),
            "give the figure, table, equation or section this label",
        )
    )
    return [ast.span([{"t": "Str", "c": f"[@{name}?]"}], "", "unresolved")]


def _words(target: Target, how: str, plain: bool, numbering: _Numbering) -> list[Node]:
    if how == "nameref" or (target.kind == "section" and not target.number):
        quoted = list(target.title) if how == "nameref" or plain else _quoted(target.title)
        return [ast.link(quoted, f"#{target.anchor}", "cross-reference")]
    number = f"({target.number})" if how == "eqref" else target.number
    label = number if plain else f"{numbering.terms[target.kind]}{_NO_BREAK}{number}"
    return [ast.link([{"t": "Str", "c": label}], f"#{target.anchor}", "cross-reference")]


def _quoted(title: tuple[Node, ...]) -> list[Node]:
    return [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, list(title)]}]


def _without_braces(nodes: list[Any]) -> list[Any]:
    """pandoc-xnos writes ``{@fig:x}a``: the braces around a reference go."""
    for index, node in enumerate(nodes[1:-1], 1):
        if not (
            isinstance(node, dict) and node.get("t") == "Link" and "cross-reference" in ast.classes(node)
        ):
            continue
        left, right = nodes[index - 1], nodes[index + 1]
        if _is_str(left) and _is_str(right) and left["c"].endswith("{") and right["c"].startswith("}"):
            nodes = [
                *nodes[: index - 1],
                {"t": "Str", "c": left["c"][:-1]},
                node,
                {"t": "Str", "c": right["c"][1:]},
                *nodes[index + 2 :],
            ]
    return nodes


def _is_str(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") == "Str"
