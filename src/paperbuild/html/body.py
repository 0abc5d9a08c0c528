"""The AST as HTML that is also XML: one method for each node type.

Nothing of the manuscript is passed on as markup: texts are escaped, attributes chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any
from urllib.parse import quote

from paperbuild import equations
from paperbuild.html import lists
from paperbuild.html.code import highlighted
from paperbuild.html.grid import placed
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_SCHEMES = re.compile(r"^(?:https?://|mailto:|ftp://|doi:|#)", re.IGNORECASE)
_CLASS = re.compile(r"^[A-Za-z][\w-]*$")
_ALIGN = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": ""}
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
_ROLES = {"citation-link": "doc-biblioref", "link-back": "doc-backlink"}
"""What links of these classes are to whoever can't see the page (DPUB-ARIA 1.1)."""
_AUTHORITY = re.compile(r"(?:[a-z]+://[^/?#]*)?", re.IGNORECASE)
_NO_URL_CODE_POINT = re.compile(r"[\s<>\"\\^`{|}\[\]]|%(?![0-9A-Fa-f]{2})")
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
    headings_nested: bool = False
    """True: no level of headings is left out, whatever their author left out (WCAG technique G141). A heading
    whose element then says another level has its own as ``data-level``."""
    notes_in_place: bool = False
    """True: a note stands at its mark, and the page floats it to its foot. False: notes are gathered.
    In place, blocks may stand within a paragraph: such a page must be read as XML."""
    notes_prefix: str = "fn"
    figures_named_above: bool = False
    """True: a figure's caption stands before its picture."""
    regions: Mapping[str, str] = field(default_factory=dict)
    """What a ``table``, ``code`` and ``equation`` are called, where they can be scrolled: each is a region
    that the keyboard reaches then (ARIA 1.2, "region"), named after its caption or by this word."""


@dataclass(slots=True)
class Counts:
    """The numbers that go on from one part of a page to the next."""

    notes: int = 0
    regions: int = 0
    captions: int = 0


@dataclass(slots=True)
class Body:
    """The body of a page, and what was gathered on the way."""

    html: str = ""
    notes: list[str] = field(default_factory=list)
    """The text of each note, where notes are gathered."""
    counts: Counts = field(default_factory=Counts)
    """The numbers of the last note and region in it."""


def write_blocks(
    blocks: Sequence[Node], target: Target, *, sections: bool = False, after: Body | None = None
) -> Body:
    """The blocks as HTML; with ``sections``, each heading opens a ``section`` with what it stands over.

    ``after`` is what stands before on the same page: notes are numbered on from it.
    """
    writer = _Writer(target, replace(after.counts) if after else Counts())
    html = writer.sections(list(blocks)) if sections else writer.blocks(blocks)
    return Body(html, writer.gathered, writer.counts)


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

    def __init__(self, target: Target, counts: Counts | None = None) -> None:
        self.target = target
        self.gathered: list[str] = []
        self.counts = counts or Counts()
        self.note_depth = 0
        self.open_levels: list[int] = []

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
            return f"<p{self._scrolled('display')}>{self.inlines(inlines)}</p>\n"
        if only and only["t"] == "Span" and "equation" in ast.classes(only) and _holds_math(only):
            return self._numbered_equation(only)
        return f"<p>{self.inlines(inlines)}</p>\n"

    def _numbered_equation(self, node: Node) -> str:
        (name, names, pairs), inlines = node["c"]
        scrolled = ["scrolled"] if "equation" in self.target.regions else []
        return f"<div{_attrs([name, [*names, *scrolled], pairs])}>{self.inlines(inlines)}</div>\n"

    def _scrolled(self, name: str) -> str:
        """The class of an equation that a narrow page scrolls. It is no region before a script finds that it
        is too wide: most aren't, and every region is a stop of the keyboard."""
        return f' class="{name} scrolled"' if "equation" in self.target.regions else f' class="{name}"'

    def _region(self, kind: str) -> str:
        """The attributes of a region that can be scrolled."""
        word = self.target.regions.get(kind)
        if word is None:
            return ' tabindex="0"' if kind == "code" else ""
        self.counts.regions += 1
        return f' tabindex="0" role="region" aria-label="{escape(word)} ({self.counts.regions})"'

    def _LineBlock(self, lines: list[list[Node]]) -> str:  # noqa: N802
        return '<p class="line-block">' + "<br/>\n".join(self.inlines(line) for line in lines) + "</p>\n"

    def _CodeBlock(self, content: list[Any]) -> str:  # noqa: N802
        attr, source = content
        bare = [attr[0], [], []]
        code = highlighted(source, attr[1])
        return f"<div{_attrs(bare, 'code')}><pre{self._region('code')}><code>{code}</code></pre></div>\n"

    def _BlockQuote(self, blocks: list[Node]) -> str:  # noqa: N802
        return f"<blockquote>\n{self.blocks(_loose(blocks))}</blockquote>\n"

    def _BulletList(self, items: list[list[Node]]) -> str:  # noqa: N802
        tasks = all(_starts_with_box(item) for item in items)
        mark = ' class="tasks"' if items and tasks else ""
        return f"<ul{mark}>\n{''.join(self._item(item) for item in items)}</ul>\n"

    def _OrderedList(self, content: list[Any]) -> str:  # noqa: N802
        (start, style, delimiter), items = content
        attrs = lists.attributes(start, style["t"], delimiter["t"])
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
        shown = self._shown_level(level)
        named = f' aria-level="{shown}"' if shown > 6 else ""
        named += f' data-level="{level}"' if shown != level + self.target.heading_shift else ""
        tag = f"h{min(shown, 6)}"
        return f"<{tag}{_attrs([attr[0], attr[1], attr[2]])}{named}>{self.inlines(inlines)}</{tag}>\n"

    def _shown_level(self, level: int) -> int:
        """The level at which a heading stands on the page, which tells of those before it."""
        while self.open_levels and self.open_levels[-1] >= level:
            self.open_levels.pop()
        self.open_levels.append(level)
        own = len(self.open_levels) if self.target.headings_nested else level
        return own + self.target.heading_shift

    def _HorizontalRule(self, _: None) -> str:  # noqa: N802
        return "<hr/>\n"

    def _Div(self, content: list[Any]) -> str:  # noqa: N802
        attr, blocks = content
        inner = self.blocks(_loose(blocks))
        return f"<div{_attrs(attr)}>\n{inner}</div>\n"

    def _Figure(self, content: list[Any]) -> str:  # noqa: N802
        attr, (_, caption), blocks = content
        words = self.blocks(_tight(caption))
        shown = f"<figcaption>{words}</figcaption>\n" if words else ""
        above = self.target.figures_named_above
        inner = [shown, self.blocks(blocks)] if above else [self.blocks(blocks), shown]
        return f"<figure{_attrs(attr)}>\n{''.join(inner)}</figure>\n"

    def _Table(self, content: list[Any]) -> str:  # noqa: N802
        attr, (_, caption), columns, head, bodies, foot = content
        aligns = [_ALIGN[align["t"]] for align, _ in columns]
        words = self.blocks(_tight(caption))
        opened, named, closed = self._around_table(captioned=bool(words))
        parts = [f"<caption{named}>{words}</caption>\n" if words else "", _columns(columns)]
        if head[1]:
            parts.append(f"<thead>\n{self._rows(head[1], aligns, heads=len(aligns))}</thead>\n")
        for _, row_heads, middle, rows in bodies:
            inner = self._rows(middle, aligns, heads=len(aligns)) + self._rows(rows, aligns, heads=row_heads)
            parts.append(f"<tbody>\n{inner}</tbody>\n")
        if foot[1]:
            parts.append(f"<tfoot>\n{self._rows(foot[1], aligns, heads=0)}</tfoot>\n")
        return f"{opened}<table{_attrs(attr)}>\n{''.join(parts)}</table>\n{closed}"

    def _around_table(self, *, captioned: bool) -> tuple[str, str, str]:
        """What stands before a table that can be scrolled, in its caption's tag, and behind it."""
        if "table" not in self.target.regions:
            return "", "", ""
        if not captioned:
            return f'<div class="scrolled"{self._region("table")}>\n', "", "</div>\n"
        self.counts.captions += 1
        name = f"caption:{self.counts.captions}"
        start = f'<div class="scrolled" tabindex="0" role="region" aria-labelledby="{name}">\n'
        return start, f' id="{name}"', "</div>\n"

    def _rows(self, rows: list[Any], aligns: list[str], *, heads: int) -> str:
        whole = heads >= len(aligns)
        result = []
        for row in placed(rows):
            inner = "".join(
                self._cell(cell, aligns[column] if column < len(aligns) else "", column < heads, whole)
                for column, cell in row
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
        whole = [
            node for inline in content[1] for node in (inline["c"][1] if inline["t"] == "Cite" else [inline])
        ]
        return f'<span class="citation">{self.inlines(whole)}</span>'

    def _Code(self, content: list[Any]) -> str:  # noqa: N802
        return f"<code>{_text(content[1])}</code>"

    def _Math(self, content: list[Any]) -> str:  # noqa: N802
        return self.target.equation({"t": "Math", "c": content})

    def _Span(self, content: list[Any]) -> str:  # noqa: N802
        attr, inlines = content
        return f"<span{_attrs(attr)}>{self.inlines(inlines)}</span>"

    def _Link(self, content: list[Any]) -> str:  # noqa: N802
        attr, inlines, (url, title) = content
        words = self.inlines(inlines)
        if not _SCHEMES.match(url):
            return f"<span{_attrs(attr)}>{words}</span>"
        href = f' href="{escape(_address(url))}"'
        role = next((_ROLES[name] for name in attr[1] if name in _ROLES), "")
        role = f' role="{role}"' if role and url.startswith("#") else ""
        if "link-back" in attr[1]:
            role += f' aria-label="{escape(title)}"'
        return f"<a{_attrs(attr)}{href}{role}>{words}</a>"

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
        self.counts.notes += 1
        number, prefix = self.counts.notes, self.target.notes_prefix
        self.note_depth += 1
        inner = self.blocks(_loose(blocks))
        self.note_depth -= 1
        mark = (
            f'<a class="note-ref" id="{prefix}ref-{number}" href="#{prefix}-{number}" '
            f'role="doc-noteref">{number}</a>'
        )
        if self.target.notes_in_place:
            back = f'<a class="note-mark" href="#{prefix}ref-{number}">{number}</a>'
            return f'{mark}<span class="footnote" id="{prefix}-{number}">{back}{inner.rstrip()}</span>'
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
    """The link's address; signs that no URL may hold (WHATWG URL, 4.3), as in old DOIs, are encoded."""
    given = "https://doi.org/" + url[4:] if url.lower().startswith("doi:") else url
    if given.startswith("#"):
        return given
    start = len(_AUTHORITY.match(given)[0])  # type: ignore[index]
    return given[:start] + _NO_URL_CODE_POINT.sub(lambda sign: quote(sign[0]), given[start:])


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
