"""The AST as HTML that is also XML: one method for each node type.

Nothing of the manuscript is passed on as markup: texts are escaped, attributes chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from paperbuild import equations
from paperbuild.html.code import highlighted
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_SCHEMES = re.compile(r"^(?:https?://|mailto:|ftp://|doi:|#)", re.IGNORECASE)
_CLASS = re.compile(r"^[A-Za-z][\w-]*$")
_ALIGN = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": ""}
_NUMBERS = {"LowerRoman": "i", "UpperRoman": "I", "LowerAlpha": "a", "UpperAlpha": "A"}
_WRAPPERS = {
    "Emph": "em",
    "Strong": "strong",
    "Underline": "u",
    "Strikeout": "s",
    "Superscript": "sup",
    "Subscript": "sub",
}
_LENGTH = re.compile(r"^\s*([\d.]+)\s*(%|px|pt|cm|mm|in|em)?\s*$")
_PIXELS = {"px": 1.0, "": 1.0, "pt": 96 / 72, "cm": 96 / 2.54, "mm": 96 / 25.4, "in": 96.0, "em": 16.0}
_RTL_LANGUAGES = ("ar", "he", "fa", "ur", "yi")


@dataclass(frozen=True, slots=True)
class Target:
    """What differs between the pages that HTML is written for."""

    picture: Callable[[str], str | None]
    """The URL under which a picture is had; None where there is none."""
    equation: Callable[[Node], str]
    """The markup of a ``Math`` node."""
    heading_shift: int = 0
    """What is added to a heading's level; 1 where the title is the page's ``h1``."""
    notes_in_place: bool = False
    """True: a note stands at its mark, and the page floats it to its foot. False: notes are gathered.
    In place, blocks may stand within a paragraph: such a page must be read as XML."""
    notes_prefix: str = "fn"


@dataclass(slots=True)
class Body:
    """The body of a page, and what was gathered on the way."""

    html: str = ""
    notes: list[str] = field(default_factory=list)
    """The text of each note, where notes are gathered."""
    last_note: int = 0
    """The number of the last note in it."""


def write_blocks(
    blocks: Sequence[Node], target: Target, *, sections: bool = False, after: Body | None = None
) -> Body:
    """The blocks as HTML; with ``sections``, each heading opens a ``section`` with what it stands over.

    ``after`` is what stands before on the same page: notes are numbered on from it.
    """
    writer = _Writer(target, after.last_note if after else 0)
    html = writer.sections(list(blocks)) if sections else writer.blocks(blocks)
    return Body(html, writer.gathered, writer.note_count)


def write_inlines(inlines: Sequence[Node], target: Target) -> str:
    """The inlines as HTML, without notes."""
    return _Writer(target).inlines(
        ast.rewrite(list(inlines), lambda node: [] if node["t"] == "Note" else None)
    )


def _text(value: str) -> str:
    return escape(value, quote=False)


def _attrs(attr: Sequence[Any], *more: str, **named: str) -> str:
    """Id, classes, language and direction; every other attribute of the manuscript stays out."""
    identifier, names, pairs = attr
    given = dict(pairs)
    classes = [name for name in [*more, *names] if _CLASS.match(name)]
    result = f' id="{escape(identifier)}"' if identifier else ""
    if classes:
        result += f' class="{" ".join(classes)}"'
    lang = given.get("lang", "")
    if re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", lang):
        result += f' lang="{lang}"'
        if "dir" not in given and lang.split("-")[0].lower() in _RTL_LANGUAGES:
            result += ' dir="rtl"'
    if given.get("dir") in {"ltr", "rtl", "auto"}:
        result += f' dir="{given["dir"]}"'
    return result + "".join(f' {name}="{escape(value)}"' for name, value in named.items())


class _Writer:
    """Keeps the count of notes; everything else is a function of the node."""

    def __init__(self, target: Target, note_count: int = 0) -> None:
        self.target = target
        self.gathered: list[str] = []
        self.note_count = note_count
        self.note_depth = 0

    # -- blocks --------------------------------------------------------------------------------------

    def sections(self, blocks: list[Node]) -> str:
        result: list[str] = []
        opened: list[int] = []
        for block in _loose(blocks):
            if block["t"] == "Header":
                level = block["c"][0]
                while opened and opened[-1] >= level:
                    opened.pop()
                    result.append("</section>\n")
                opened.append(level)
                result.append(f'<section class="level{level}">\n')
            result.append(self.block(block))
        return "".join(result) + "</section>\n" * len(opened)

    def blocks(self, blocks: Sequence[Node]) -> str:
        if sum(block["t"] == "Plain" for block in blocks) > 1:
            blocks = _loose(blocks)
        return "".join(self.block(block) for block in blocks)

    def block(self, node: Node) -> str:
        method = getattr(self, f"_{node['t']}", None)
        return method(node.get("c")) if method else ""

    def _Plain(self, inlines: list[Node]) -> str:  # noqa: N802 - named after the node types
        return self.inlines(inlines)

    def _Para(self, inlines: list[Node]) -> str:  # noqa: N802
        only = inlines[0] if len(inlines) == 1 else None
        if only and only["t"] == "Math" and equations.is_display(only):
            return f'<p class="display">{self.inlines(inlines)}</p>\n'
        if only and only["t"] == "Span" and "equation" in ast.classes(only) and _holds_math(only):
            return self._numbered_equation(only)
        return f"<p>{self.inlines(inlines)}</p>\n"

    def _numbered_equation(self, node: Node) -> str:
        attr, inlines = node["c"]
        return f"<div{_attrs(attr)}>{self.inlines(inlines)}</div>\n"

    def _LineBlock(self, lines: list[list[Node]]) -> str:  # noqa: N802
        return '<p class="line-block">' + "<br/>\n".join(self.inlines(line) for line in lines) + "</p>\n"

    def _CodeBlock(self, content: list[Any]) -> str:  # noqa: N802
        attr, source = content
        bare = [attr[0], [], []]
        code = highlighted(source, attr[1])
        return f'<div{_attrs(bare, "code")}><pre tabindex="0"><code>{code}</code></pre></div>\n'

    def _BlockQuote(self, blocks: list[Node]) -> str:  # noqa: N802
        return f"<blockquote>\n{self.blocks(_loose(blocks))}</blockquote>\n"

    def _BulletList(self, items: list[list[Node]]) -> str:  # noqa: N802
        tasks = all(_starts_with_box(item) for item in items)
        mark = ' class="tasks"' if items and tasks else ""
        return f"<ul{mark}>\n{''.join(self._item(item) for item in items)}</ul>\n"

    def _OrderedList(self, content: list[Any]) -> str:  # noqa: N802
        (start, style, _), items = content
        kind = _NUMBERS.get(style["t"], "")
        attrs = (f' start="{start}"' if start != 1 else "") + (f' type="{kind}"' if kind else "")
        return f"<ol{attrs}>\n{''.join(self._item(item) for item in items)}</ol>\n"

    def _item(self, blocks: list[Node]) -> str:
        """A list item. A list in it that is not its last block stands in a div: WeasyPrint's structure tree
        would put it after the whole item."""
        framed = [
            ast.div([block])
            if block["t"] in {"BulletList", "OrderedList"} and block is not blocks[-1]
            else block
            for block in blocks
        ]
        return f"<li>{self.blocks(framed)}</li>\n"

    def _DefinitionList(self, items: list[Any]) -> str:  # noqa: N802
        result = []
        for term, definitions in items:
            result.append(f"<dt>{self.inlines(term)}</dt>\n")
            result.extend(f"<dd>{self.blocks(definition)}</dd>\n" for definition in definitions)
        return f"<dl>\n{''.join(result)}</dl>\n"

    def _Header(self, content: list[Any]) -> str:  # noqa: N802
        level, attr, inlines = content
        shown = level + self.target.heading_shift
        deeper = {"aria-level": str(shown)} if shown > 6 else {}
        named = "".join(f' {name}="{value}"' for name, value in deeper.items())
        tag = f"h{min(shown, 6)}"
        return f"<{tag}{_attrs([attr[0], attr[1], attr[2]])}{named}>{self.inlines(inlines)}</{tag}>\n"

    def _HorizontalRule(self, _: None) -> str:  # noqa: N802
        return "<hr/>\n"

    def _Div(self, content: list[Any]) -> str:  # noqa: N802
        attr, blocks = content
        return f"<div{_attrs(attr)}>\n{self.blocks(_loose(blocks))}</div>\n"

    def _Figure(self, content: list[Any]) -> str:  # noqa: N802
        attr, (_, caption), blocks = content
        words = self.blocks(_tight(caption))
        shown = f"<figcaption>{words}</figcaption>\n" if words else ""
        return f"<figure{_attrs(attr)}>\n{self.blocks(blocks)}{shown}</figure>\n"

    def _Table(self, content: list[Any]) -> str:  # noqa: N802
        attr, (_, caption), columns, head, bodies, foot = content
        aligns = [_ALIGN[align["t"]] for align, _ in columns]
        words = self.blocks(_tight(caption))
        parts = [f"<caption>{words}</caption>\n" if words else "", _columns(columns)]
        if head[1]:
            parts.append(f"<thead>\n{self._rows(head[1], aligns, heads=len(aligns))}</thead>\n")
        for _, row_heads, middle, rows in bodies:
            inner = self._rows(middle, aligns, heads=len(aligns)) + self._rows(rows, aligns, heads=row_heads)
            parts.append(f"<tbody>\n{inner}</tbody>\n")
        if foot[1]:
            parts.append(f"<tfoot>\n{self._rows(foot[1], aligns, heads=0)}</tfoot>\n")
        return f"<table{_attrs(attr)}>\n{''.join(parts)}</table>\n"

    def _rows(self, rows: list[Any], aligns: list[str], *, heads: int) -> str:
        whole = heads >= len(aligns)
        result = []
        for _, cells in rows:
            inner = "".join(
                self._cell(cell, aligns[index] if index < len(aligns) else "", index < heads, whole)
                for index, cell in enumerate(cells)
            )
            result.append(f"<tr>\n{inner}</tr>\n")
        return "".join(result)

    def _cell(self, cell: list[Any], column: str, head: bool, in_head_row: bool) -> str:
        attr, align, rows, columns, blocks = cell
        side = _ALIGN[align["t"]] or column
        tag = "th" if head else "td"
        more = f' scope="{"col" if in_head_row else "row"}"' if head else ""
        more += f' rowspan="{rows}"' if rows > 1 else ""
        more += f' colspan="{columns}"' if columns > 1 else ""
        names = [f"align-{side}"] if side else []
        inner = self.blocks(blocks) if len(blocks) != 1 else self.blocks(_tight(blocks))
        return f"<{tag}{_attrs([attr[0], names, []])}{more}>{inner}</{tag}>\n"

    # -- inlines -------------------------------------------------------------------------------------

    def inlines(self, inlines: Sequence[Node]) -> str:
        return "".join(self.inline(node) for node in inlines)

    def inline(self, node: Node) -> str:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            return _text(content)  # type: ignore[arg-type]
        if kind in {"Space", "SoftBreak"}:
            return " "
        if kind in _WRAPPERS:
            tag = _WRAPPERS[kind]
            return f"<{tag}>{self.inlines(content)}</{tag}>"  # type: ignore[arg-type]
        method = getattr(self, f"_{kind}", None)
        return method(content) if method else ""

    def _LineBreak(self, _: None) -> str:  # noqa: N802
        return "<br/>\n"

    def _SmallCaps(self, inlines: list[Node]) -> str:  # noqa: N802
        return f'<span class="small-caps">{self.inlines(inlines)}</span>'

    def _Quoted(self, content: list[Any]) -> str:  # noqa: N802
        left, right = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
        return f"{left}{self.inlines(content[1])}{right}"

    def _Cite(self, content: list[Any]) -> str:  # noqa: N802
        return f'<span class="citation">{self.inlines(content[1])}</span>'

    def _Code(self, content: list[Any]) -> str:  # noqa: N802
        return f"<code>{_text(content[1])}</code>"

    def _Math(self, content: list[Any]) -> str:  # noqa: N802
        return self.target.equation({"t": "Math", "c": content})

    def _Span(self, content: list[Any]) -> str:  # noqa: N802
        attr, inlines = content
        return f"<span{_attrs(attr)}>{self.inlines(inlines)}</span>"

    def _Link(self, content: list[Any]) -> str:  # noqa: N802
        attr, inlines, (url, _) = content
        words = self.inlines(inlines)
        if not _SCHEMES.match(url):
            return f"<span{_attrs(attr)}>{words}</span>"
        return f'<a{_attrs(attr)} href="{escape(_address(url))}">{words}</a>'

    def _Image(self, content: list[Any]) -> str:  # noqa: N802
        node = {"t": "Image", "c": content}
        alt = ast.alternative_text(node)
        url = self.target.picture(content[2][0])
        if url is None:
            return _text(alt)
        names, size = _size(ast.pairs(node))
        attr = [content[0][0], [*names, *content[0][1]], []]
        return f'<img{_attrs(attr)} src="{escape(url)}" alt="{escape(alt)}"{size}/>'

    def _Note(self, blocks: list[Node]) -> str:  # noqa: N802
        if self.note_depth:
            return f" ({self.inlines(_joined(blocks))})"
        self.note_count += 1
        number, prefix = self.note_count, self.target.notes_prefix
        self.note_depth += 1
        inner = self.blocks(_loose(blocks))
        self.note_depth -= 1
        mark = (
            f'<a class="note-ref" id="{prefix}ref-{number}" href="#{prefix}-{number}" '
            f'role="doc-noteref">{number}</a>'
        )
        if self.target.notes_in_place:
            back = f'<a class="note-mark" href="#{prefix}ref-{number}">{number}</a>'
            return f'{mark}<span class="footnote" id="{prefix}-{number}">{back}{inner}</span>'
        self.gathered.append(inner)
        return mark


def _holds_math(node: Node) -> bool:
    """True where a formula could be set; one whose TeX is shown is a paragraph like others."""
    return any(inner["t"] == "Math" for inner in ast.iterate(node))


def _columns(columns: list[Any]) -> str:
    widths = [width.get("c") for _, width in columns]
    if not any(widths):
        return ""
    cells = "".join(f'<col class="w-{round(w * 100)}"/>' if w else "<col/>" for w in widths)
    return f"<colgroup>{cells}</colgroup>\n"


def _size(pairs: Mapping[str, str]) -> tuple[list[str], str]:
    """Classes and attributes for a picture's width and height."""
    names, attrs = [], ""
    for side in ("width", "height"):
        match = _LENGTH.match(pairs.get(side, ""))
        if not match:
            continue
        number, unit = float(match.group(1)), match.group(2) or ""
        if unit == "%" and side == "width":
            names.append(f"w-{min(max(round(number), 1), 100)}")
        elif unit != "%":
            attrs += f' {side}="{max(round(number * _PIXELS[unit]), 1)}"'
    return names, attrs


def _address(url: str) -> str:
    return "https://doi.org/" + url[4:] if url.lower().startswith("doi:") else url


def _starts_with_box(item: list[Node]) -> bool:
    return bool(item) and ast.plain(item[0])[:1] in {"☐", "☒"}


def _loose(blocks: Sequence[Node]) -> list[Node]:
    return [{"t": "Para", "c": b["c"]} if b["t"] == "Plain" else b for b in blocks]


def _tight(blocks: Sequence[Node]) -> list[Node]:
    if len(blocks) == 1 and blocks[0]["t"] == "Para":
        return [{"t": "Plain", "c": blocks[0]["c"]}]
    return list(blocks) if len(blocks) <= 1 else _loose(blocks)


def _joined(blocks: Sequence[Node]) -> list[Node]:
    """The inlines of all paragraphs, a space between them."""
    result: list[Node] = []
    for node in blocks:
        inner = node["c"] if node["t"] in {"Para", "Plain"} else ast.text(ast.plain(node))
        result += [{"t": "Space"}, *inner] if result else inner
    return result
