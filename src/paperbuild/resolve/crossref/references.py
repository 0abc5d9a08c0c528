"""The second pass: each reference becomes words and a link to what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.resolve.crossref.numbering import KEY, NO_BREAK, Numbering, Target, listed, runs

_NAMES = {
    "figure": r"fig(?:ure)?s?|abb(?:ildung(?:en)?)?|figura[s]?|рис(?:ун(?:ок|ке))?|图|図",
    "table": r"tab(?:le)?s?|tabellen?|tableaux?|tabela[s]?|tabla[s]?|табл(?:ица|ице)?|表",
    "equation": r"eq(?:uation)?s?|eqns?|gleichung(?:en)?|équations?|equaç(?:ão|ões)|式",
    "section": r"sec(?:tion)?s?|subsections?|abschnitte?s?|kapitel|chapters?|appendix|appendices|"
    r"parts?|seç(?:ão|ões)|"
    r"subseç(?:ão|ões)|節|节",
    "listing": r"listings?|code",
}
_NUMBER_SIGN = re.compile(r"%s|\{number\}")
_NAME_SIGN = "{name}"
_PLAIN = frozenset({"ref", "eqref", "range-plain"})
"""Ways to refer that give the number alone."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One label of a reference, with what its author wrote before and after it."""

    name: str
    prefix: tuple[Node, ...] = ()
    suffix: tuple[Node, ...] = ()
    target: Target | None = None
    plain: bool = False
    """True where the number stands alone, since the text names the thing or the author asked for that."""


def wanted(blocks: list[Node], keys: frozenset[str]) -> frozenset[str]:
    """The labels that something in the blocks refers to; ``Fig:x`` also as ``fig:x``."""
    names: set[str] = set()
    for node in ast.iterate(blocks):
        if node["t"] == "Cite":
            names |= {cite["citationId"] for cite in node["c"][0]}
        elif node["t"] == "Link":
            names |= {name.strip() for name in ast.pairs(node).get("reference", "").split(",")}
            names.add(node["c"][2][0].removeprefix("#"))
    return frozenset(names - keys | {name[:1].lower() + name[1:] for name in names - keys})


def resolved(value: Any, numbering: Numbering, keys: frozenset[str]) -> Any:
    """The tree with each reference replaced by its words, for which the text just before it counts.

    A reference that leads nowhere is an error finding, and stands as ``[@fig:x?]``.
    """
    if isinstance(value, dict):
        return {k: resolved(v, numbering, keys) if k != "t" else v for k, v in value.items()}
    if not isinstance(value, list):
        return value
    result: list[Any] = []
    for item in value:
        if isinstance(item, dict) and item.get("t") in {"Cite", "Link"}:
            before = ast.plain(result[-4:])[-40:] if result else ""
            words = _reference(item, before, numbering, keys)
            if words is not None:
                result.extend(words)
                continue
        result.append(resolved(item, numbering, keys))
    return _without_braces(result)


def _reference(node: Node, before: str, numbering: Numbering, keys: frozenset[str]) -> list[Node] | None:
    """The words for a reference, or None where the node is none."""
    if node["t"] == "Cite":
        return _cited(node["c"][0], before, numbering, keys)
    how = ast.pairs(node).get("reference-type")
    if how is None:
        return _bare_link(node, numbering)
    names = [name.strip() for name in ast.pairs(node).get("reference", "").split(",")]
    if how == "pageref":
        _tell_of_page(names[0], numbering)
    parts = [_Part(name, target=numbering.target(name), plain=how in _PLAIN) for name in names]
    return _said(parts, how, before, numbering)


def _cited(cites: Any, before: str, numbering: Numbering, keys: frozenset[str]) -> list[Node] | None:
    names = [cite["citationId"] for cite in cites]
    if any(name in keys or not (KEY.match(name) or name in numbering.targets) for name in names):
        return None
    plain = any(cite["citationMode"]["t"] == "SuppressAuthor" for cite in cites)
    parts = [
        _Part(
            cite["citationId"],
            tuple(cite["citationPrefix"]),
            tuple(cite["citationSuffix"]),
            numbering.target(cite["citationId"]),
            plain,
        )
        for cite in cites
    ]
    return _said(parts, "cite", before, numbering)


def _tell_of_page(name: str, numbering: Numbering) -> None:
    said = f"a reference asks for the page of {name}; pages differ between formats, and it is named instead"
    where = numbering.locator.literal(f"pageref{{{name}}}")
    numbering.tell("warning", said, where, "name the thing in the text, without a page")


def _bare_link(node: Node, numbering: Numbering) -> list[Node] | None:
    """The words of a link that has none: the name of what it leads to, or its address; in a link with
    words, ``%s`` and ``{number}`` stand for the number and ``{name}`` for the title (MyST)."""
    _, inlines, (url, _) = node["c"]
    target = numbering.target(url.removeprefix("#")) if url.startswith("#") else None
    if inlines:
        return _filled(inlines, target) if target else None
    if not url:
        return None
    if target:
        return _words(target, "link", False, numbering)
    return None if url.startswith("#") else [ast.link(ast.text(url), url)]


def _filled(inlines: list[Node], target: Target) -> list[Node] | None:
    number, title = target.number, ast.plain(list(target.title))
    if not (_NUMBER_SIGN.search(ast.plain(inlines)) and number) and _NAME_SIGN not in ast.plain(inlines):
        return None

    def change(node: Node) -> ast.Rewritten:
        if node["t"] != "Str":
            return None
        words = _NUMBER_SIGN.sub(lambda _: number, node["c"]).replace(_NAME_SIGN, title)
        return {"t": "Str", "c": words}

    return [ast.link(ast.rewrite(inlines, change), f"#{target.anchor}", "cross-reference")]


# -- words -----------------------------------------------------------------------------------------------


def _said(parts: list[_Part], how: str, before: str, numbering: Numbering) -> list[Node]:
    """The words for the labels of one reference; labels of one kind that nothing parts are named together."""
    named = [
        replace(
            part,
            plain=part.plain
            or (part.target is not None and _named(part.target.kind, before, part, numbering)),
        )
        for part in parts
    ]
    result: list[Node] = []
    for group in _groups(named):
        if result:
            result += [{"t": "Str", "c": ","}, {"t": "Space"}]
        first, last = group[0], group[-1]
        words = _group(group, how, numbering) if first.target else _nowhere(first.name, numbering)
        result += [*first.prefix, *([{"t": "Space"}] if first.prefix else []), *words, *last.suffix]
    return result


def _groups(parts: list[_Part]) -> Iterator[list[_Part]]:
    """The parts in groups of one kind, between which nothing is written."""
    group: list[_Part] = []
    for part in parts:
        if group and not (_like(group[-1], part)):
            yield group
            group = []
        group.append(part)
    yield group


def _like(one: _Part, other: _Part) -> bool:
    if not one.target or not other.target or one.suffix or other.prefix:
        return False
    return one.target.kind == other.target.kind and bool(one.target.number) and bool(other.target.number)


def _group(parts: list[_Part], how: str, numbering: Numbering) -> list[Node]:
    targets = _in_order([part.target for part in parts if part.target])
    first, plain = targets[0], parts[0].plain
    if len(targets) == 1:
        return _words(first, how, plain, numbering)
    if how == "nameref":
        return listed([_words(target, how, plain, numbering) for target in targets], numbering.lang)
    pieces = [(0, len(targets) - 1)] if how.startswith("range") else runs([one.number for one in targets])
    numbers = [_run(targets[begin : end + 1], how) for begin, end in pieces]
    if not plain and first.kind not in numbering.plurals:
        return listed([_words(target, how, plain, numbering) for target in targets], numbering.lang)
    said = listed(numbers, numbering.lang)
    if plain:
        return said
    return [{"t": "Str", "c": numbering.plurals[first.kind] + NO_BREAK}, *said]


def _in_order(targets: list[Target]) -> list[Target]:
    """The targets, each once, by their numbers where these are plain ones."""
    once = list(dict.fromkeys(target.number for target in targets))
    by_number = {target.number: target for target in reversed(targets)}
    if all(number.isdecimal() for number in once):
        once.sort(key=int)
    return [by_number[number] for number in once] if all(once) else targets


def _run(targets: list[Target], how: str) -> list[Node]:
    """One number as a link, or the first and the last of several with a dash between them."""
    ends = [targets[0]] if len(targets) == 1 else [targets[0], targets[-1]]
    links = [_link(_number(target, how), target) for target in ends]
    return links if len(links) == 1 else [links[0], {"t": "Str", "c": "–"}, links[1]]


def _number(target: Target, how: str) -> str:
    return f"({target.number})" if how == "eqref" else target.number


def _words(target: Target, how: str, plain: bool, numbering: Numbering) -> list[Node]:
    if (how in {"nameref", "title"} and target.title) or not target.number:
        bare = how in {"nameref", "title"} or plain
        inlines = (
            list(target.title) if bare else [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, list(target.title)]}]
        )
        return [ast.link(inlines, f"#{target.anchor}", "cross-reference")]
    number = _number(target, how)
    word = numbering.terms.get(target.kind, "")
    if how == "name" and word:
        return [_link(word, target)]
    return [_link(number if plain or not word else f"{word}{NO_BREAK}{number}", target)]


def _link(words: str, target: Target) -> Node:
    return ast.link([{"t": "Str", "c": words}], f"#{target.anchor}", "cross-reference")


def _named(kind: str, before: str, part: _Part, numbering: Numbering) -> bool:
    """True where the text names the thing: ``Figure @fig:x``, ``[Fig. @fig:x]``, ``[Panel @fig:x]``."""
    own = ast.plain(list(part.prefix)).strip()
    words = (numbering.terms.get(kind), numbering.plurals.get(kind))
    names = "|".join([_NAMES.get(kind, kind), *(re.escape(word) for word in words if word)])
    word_before = rf"(?:^|[\s(\[,;{{])(?:{names})\.?[\s\u00a0]*[{{(]?$"
    return bool(re.search(word_before, own or before, re.IGNORECASE)) or own[:1].isupper()


def _nowhere(name: str, numbering: Numbering) -> list[Node]:
    numbering.tell(
        "error",
        f"the cross-reference to {name} leads nowhere: nothing has this label",
        numbering.locator.key(name) or numbering.locator.literal(name),
        "give the figure, table, equation or section this label",
    )
    return [ast.span([{"t": "Str", "c": f"[@{name}?]"}], "", "unresolved")]


# -- pandoc-xnos -----------------------------------------------------------------------------------------


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
