"""pandoc's abstract syntax tree as JSON values: build, walk and read it.

A node is ``{"t": TYPE, "c": CONTENT}`` as in pandoc-types 1.23. Trees are never changed in place:
``rewrite`` builds a new one and shares what stays the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

Node = dict[str, Any]
Rewritten = Node | list[Node] | None

API_VERSION = [1, 23, 1, 1]

BLOCK_TYPES = frozenset(
    "Plain Para LineBlock CodeBlock RawBlock BlockQuote OrderedList BulletList DefinitionList "
    "Header HorizontalRule Table Figure Div".split()
)
_WITH_ATTR = frozenset("Div Span Link Image Code CodeBlock Table Figure".split())
"""Nodes whose content begins with an Attr."""
_LEAVES = frozenset(
    "Str Space SoftBreak LineBreak Code CodeBlock Math RawInline RawBlock HorizontalRule".split()
)
"""Nodes without nodes in them."""
_WITHOUT_BLOCKS = _LEAVES | {"Para", "Plain", "LineBlock"}
_QUOTES = {"SingleQuote": ("\u2018", "\u2019"), "DoubleQuote": ("\u201c", "\u201d")}


def attr(
    identifier: str = "", classes: Iterable[str] = (), pairs: Iterable[tuple[str, str]] = ()
) -> list[Any]:
    """pandoc's Attr: ``[id, [class, …], [[key, value], …]]``."""
    return [identifier, list(classes), [list(pair) for pair in pairs]]


def attributes(node: Node) -> list[Any]:
    """The Attr of a node that has one (Header, Div, Span, Link, Image, Code, …), else an empty one."""
    kind, content = node["t"], node.get("c")
    if kind == "Header":
        return content[1]  # type: ignore[no-any-return,index]
    if kind in _WITH_ATTR:
        return content[0]  # type: ignore[no-any-return,index]
    return attr()


def identifier(node: Node) -> str:
    """The node's id, or an empty string."""
    kind = node["t"]  # asked of every word: no list is made for those that have no id
    return attributes(node)[0] if kind in _WITH_ATTR or kind == "Header" else ""


def classes(node: Node) -> list[str]:
    """The node's classes."""
    return attributes(node)[1]  # type: ignore[no-any-return]


def pairs(node: Node) -> dict[str, str]:
    """The node's key-value attributes."""
    return dict(attributes(node)[2])


def text(value: str) -> list[Node]:
    """Inlines for plain text: ``Str`` and ``Space``; a line end becomes a ``Space``."""
    result: list[Node] = []
    for index, word in enumerate(value.replace("\n", " ").split(" ")):
        if index:
            result.append({"t": "Space"})
        if word:
            result.append({"t": "Str", "c": word})
    return result


def span(inlines: Sequence[Node], identifier: str = "", *names: str, **data: str) -> Node:
    """A Span with an id, classes and attributes (``_`` in a name is written ``-``)."""
    return {
        "t": "Span",
        "c": [attr(identifier, names, [(k.replace("_", "-"), v) for k, v in data.items()]), list(inlines)],
    }


def div(blocks: Sequence[Node], identifier: str = "", *names: str, **data: str) -> Node:
    """A Div with an id, classes and attributes."""
    return {
        "t": "Div",
        "c": [attr(identifier, names, [(k.replace("_", "-"), v) for k, v in data.items()]), list(blocks)],
    }


def link(inlines: Sequence[Node], target: str, *names: str) -> Node:
    """A Link to a URL or to ``#anchor``."""
    return {"t": "Link", "c": [attr("", names), list(inlines), [target, ""]]}


def para(inlines: Sequence[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": list(inlines)}


def header(level: int, inlines: Sequence[Node], identifier: str = "", *names: str) -> Node:
    """A heading of level 1 to 6."""
    return {"t": "Header", "c": [level, attr(identifier, names), list(inlines)]}


def pandoc(blocks: Sequence[Node], meta: dict[str, Node] | None = None) -> Node:
    """A whole document, ready to be written as JSON."""
    return {"pandoc-api-version": API_VERSION, "meta": meta or {}, "blocks": list(blocks)}


def rewrite(value: Any, change: Callable[[Node], Rewritten]) -> Any:
    """The tree rebuilt from the leaves up: ``change`` sees every node after its children.

    ``change`` returns None to keep the node, a node to put in its place, or a list of nodes to
    splice in (an empty one removes the node). Give a list to allow splicing at its top.
    """
    if isinstance(value, list):
        result: list[Any] = []
        for item in value:
            if isinstance(item, dict) and "t" in item:
                changed = _rewrite_node(item, change)
                if isinstance(changed, list):
                    result.extend(changed)
                else:
                    result.append(changed)
            else:
                result.append(rewrite(item, change))
        return result
    if isinstance(value, dict):
        if "t" in value:
            return _rewrite_node(value, change)
        return {key: rewrite(item, change) for key, item in value.items()}
    return value


def _rewrite_node(node: Node, change: Callable[[Node], Rewritten]) -> Node | list[Node]:
    if "c" in node:
        content = rewrite(node["c"], change)
        if content is not node["c"]:
            node = {"t": node["t"], "c": content}
    changed = change(node)
    return node if changed is None else changed


def iterate(value: Any, *, into_notes: bool = True) -> Iterator[Node]:
    """Every node of the tree, parents before children, in reading order."""
    waiting = [value]  # the next is the last: a stack is several times as quick as generators in generators
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            kind = item.get("t")
            if kind is None:
                waiting.extend(reversed(item.values()))
                continue
            yield item
            if kind not in _LEAVES and (into_notes or kind != "Note"):
                waiting.append(item.get("c"))
        elif isinstance(item, (list, tuple)):
            waiting.extend(reversed(item))


def headers(blocks: Any) -> Iterator[Node]:
    """Every ``Header`` of the blocks and those in them, in reading order; inlines are not gone through."""
    waiting = [blocks]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            kind = item.get("t")
            if kind == "Header":
                yield item
            elif kind not in _WITHOUT_BLOCKS:
                waiting.append(item.get("c"))
        elif isinstance(item, (list, tuple)):
            waiting.extend(reversed(item))


def rows(table: Node) -> list[Any]:
    """The rows of a Table, each ``[attr, cells]``: head, bodies, foot."""
    _, _, _, head, bodies, foot = table["c"]
    return [*head[1], *(row for body in bodies for row in [*body[2], *body[3]]), *foot[1]]


def cells(table: Node) -> Iterator[list[Any]]:
    """The cells of a Table, row by row. Each is ``[attr, align, rows, columns, blocks]``."""
    for _, row in rows(table):
        yield from row


def plain(value: Any, *, stand_in: str = "", mark: str = "") -> str:
    """The text a reader sees: notes are left out, quotes are typographic, spaces are kept.

    ``stand_in`` is written for each equation and picture; without it an equation gives its TeX
    and a picture its description. ``mark`` is written for each note.
    """
    pieces: list[str] = []
    _say(value, stand_in, mark, pieces.append)
    return "".join(pieces)


def alternative_text(image: Node) -> str:
    """A picture's description: its ``alt`` attribute, else the words in its brackets."""
    given = pairs(image).get("alt")
    return (plain(image["c"][1]) if given is None else given).strip()


def _begins_line(item: Any) -> bool:
    """True for a block, and for a list item, definition or cell, which is a list that holds blocks."""
    if isinstance(item, dict):
        return item.get("t") in BLOCK_TYPES
    return isinstance(item, list) and any(_begins_line(inner) for inner in item)


def _say(value: Any, stand_in: str, mark: str, say: Callable[[str], None]) -> None:
    """Hand the text of nodes, and of lists of them, to ``say`` piece by piece."""
    if isinstance(value, dict):
        _say_node(value, stand_in, mark, say)
        return
    if not isinstance(value, (list, tuple)):
        return
    for index, item in enumerate(value):
        if isinstance(item, dict):
            kind = item.get("t")
            if kind == "Str":  # most nodes are words and spaces: a call for each would double the time
                say(item["c"])
            elif kind == "Space":
                say(" ")
            else:
                if index and kind in BLOCK_TYPES:
                    say("\n")
                _say_node(item, stand_in, mark, say)
        else:
            if index and _begins_line(item):
                say("\n")
            _say(item, stand_in, mark, say)


def _say_node(node: Node, stand_in: str, mark: str, say: Callable[[str], None]) -> None:  # noqa: C901 - one case for each node type
    kind, content = node.get("t"), node.get("c")
    match kind:
        case "Str":
            say(content)  # type: ignore[arg-type]
        case "Space" | "SoftBreak":
            say(" ")
        case "LineBreak":
            say("\n")
        case "Code" | "CodeBlock":
            say(content[1])  # type: ignore[index]
        case "Math":
            say(stand_in or content[1])  # type: ignore[index]
        case "Image" if stand_in:
            say(stand_in)
        case "Image" | "Cite":
            _say(content[1], stand_in, mark, say)  # type: ignore[index]
        case "Quoted":
            left, right = _QUOTES[content[0]["t"]]  # type: ignore[index]
            say(left)
            _say(content[1], stand_in, mark, say)  # type: ignore[index]
            say(right)
        case "Note":
            say(mark)
        case "RawInline" | "RawBlock":
            return
        case _:
            _say(content, stand_in, mark, say)
