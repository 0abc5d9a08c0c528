"""The document's tree made ready for pandoc's DOCX writer: title block, labels, equations, page breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote

from paperbuild.layouts.model import Layout
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

CONTENTS_MARK = "paperbuild-contents"
BREAK_MARK = "paperbuild-page-break"
COLUMNS_MARK, WIDE_MARK, WIDE_END_MARK = "paperbuild-columns", "paperbuild-wide", "paperbuild-wide-end"
JOIN_NEXT, JOIN_PREVIOUS = "paperbuild-join-next", "paperbuild-join-previous"
WHOLE_MARK = "paperbuild-whole"
_BREAK_CLASSES = {"page-break", "pagebreak", "newpage", "clearpage"}
_STYLES = {
    "title": "Title",
    "subtitle": "Subtitle",
    "author": "Author",
    "affiliation": "Affiliation",
    "date": "Date",
    "details": "Details",
    "author-note-title": "Author Note Title",
    "author-note": "Author Note",
    "abstract-title": "Abstract Title",
    "abstract": "Abstract",
    "keywords": "Keywords",
    "body-title": "Body Title",
    "continued": "Continued Text",
    "float-note": "Float Note",
    "callout-title": "Callout Title",
    "numbered-paragraph": "Numbered Paragraph",
}
"""Word's style for what dressing calls by a class."""
_VERSE = "Verse"
_NO_BREAK_BEFORE = (".", ",", ";", ":", ")", "!", "?")


def prepared(document: ResolvedDocument, layout: Layout) -> Node:
    """pandoc's whole document: the title block, a mark for the contents list, and the blocks.

    Its metadata is only the direction: the language stands in the styles, and the title block is made of
    styled paragraphs, as pandoc's own cannot be put in another order.
    """
    top = list(document.opening)
    if document.toc:
        top.append(mark(CONTENTS_MARK))
        if layout.title_block.kind == "page":
            top.append(mark(BREAK_MARK))
    columns = [mark(COLUMNS_MARK)] if layout.page.columns > 1 and top else []
    text = _spread(document.blocks) if layout.page.columns > 1 else document.blocks
    blocks = ast.rewrite([*top, *columns, *text], _changed)
    meta: dict[str, Node] = {"dir": {"t": "MetaString", "c": "rtl"}} if document.rtl else {}
    return ast.pandoc(blocks, meta)


def _spread(blocks: Sequence[Node]) -> list[Node]:
    """The blocks, marks around what stands across all columns."""
    result: list[Node] = []
    for block in blocks:
        wide = block["t"] == "Div" and "wide" in ast.classes(block)
        result += [mark(WIDE_MARK), block, mark(WIDE_END_MARK)] if wide else [block]
    return result


def without_dead_links(document: Node) -> tuple[Node, tuple[str, ...]]:
    """The document with links to anchors that are not in it made plain text, and those anchors.

    Word would offer such a link and then do nothing.
    """
    anchors = {ast.identifier(node) for node in ast.iterate(document["blocks"])} - {""}
    dead: dict[str, None] = {}

    def change(node: Node) -> ast.Rewritten:
        target = node["c"][2][0] if node["t"] == "Link" else ""
        if not target.startswith("#") or unquote(target[1:]) in anchors or target[1:] in anchors:
            return None
        dead[target] = None
        return ast.span(node["c"][1])

    return {**document, "blocks": ast.rewrite(document["blocks"], change)}, tuple(dead)


def mark(name: str) -> Node:
    """An empty paragraph of a style: a rule, or a place that ``finish`` finds by it."""
    return {"t": "RawBlock", "c": ["openxml", f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr></w:p>']}


def styled(blocks: Sequence[Node], style: str) -> Node:
    """Blocks whose paragraphs have this style."""
    return {"t": "Div", "c": [ast.attr("", (), [("custom-style", style)]), list(blocks)]}


def _changed(node: Node) -> ast.Rewritten:
    change = _CHANGES.get(node["t"])
    return change(node) if change else None


def _anchored(node: Node) -> ast.Rewritten:
    """In a span with its id: pandoc gives links and code no bookmark."""
    return ast.span([node], ast.identifier(node)) if ast.identifier(node) else None


def _link(node: Node) -> ast.Rewritten:
    attr, words, target = node["c"]
    if "link-back" not in ast.classes(node):
        return _anchored(node)
    return {"t": "Link", "c": [attr, [_with_style(ast.span(words), "Link Back")], target]}


def _table(node: Node) -> ast.Rewritten:
    """A table that is to stand on one page, behind a mark that says so: pandoc drops its class."""
    return [mark(WHOLE_MARK), node] if "short-table" in ast.classes(node) else None


def _note(node: Node) -> ast.Rewritten:
    """A note's verses have the size of its text."""
    return {"t": "Note", "c": [one for block in node["c"] for one in _plain(block)]}


def _division(node: Node) -> ast.Rewritten:
    names = ast.classes(node)
    if _BREAK_CLASSES & set(names):
        return [mark(BREAK_MARK), *node["c"][1]]
    if "callout" in names:
        return _box(node)
    style = next((_STYLES[name] for name in names if name in _STYLES), "")
    return styled(node["c"][1], style) if style else None


def _box(node: Node) -> Node:
    """A box whose paragraphs and lists have styles of their own; all else in it is left as it is."""
    attr, blocks = node["c"]
    lists = {"BulletList", "OrderedList"}
    return {"t": "Div", "c": [attr, [
        styled([one], "Callout") if one["t"] in {"Para", "Plain", "LineBlock"}
        else styled([_loose(one)], "Callout List") if one["t"] in lists
        else one
        for block in blocks for one in _plain(block)
    ]]}  # fmt: skip


def _plain(block: Node) -> list[Node]:
    """A block, a verse without its style."""
    verse = block["t"] == "Div" and ("custom-style", _VERSE) in map(tuple, block["c"][0][2])
    return block["c"][1] if verse else [block]


def _loose(node: Node) -> Node:
    """A list of paragraphs: pandoc gives what is tight a style that no other can displace."""
    loose = ast.rewrite([node], lambda one: ast.para(one["c"]) if one["t"] == "Plain" else None)
    return loose[0]  # type: ignore[no-any-return]


def _span(node: Node) -> ast.Rewritten:
    """The label of a caption; the number of a paragraph, with a tab to where the text hangs."""
    names = ast.classes(node)
    if "caption-label" in names:
        return _with_style(node, "Caption Label")
    if "paragraph-number" not in names:
        return None
    number = {"t": "Span", "c": [node["c"][0], _trimmed(node["c"][1])]}
    return [
        _with_style(number, "Paragraph Number"),
        {"t": "RawInline", "c": ["openxml", "<w:r><w:tab/></w:r>"]},
    ]


def _with_style(node: Node, style: str) -> Node:
    identifier, classes, pairs = node["c"][0]
    return {"t": "Span", "c": [[identifier, classes, [*pairs, ["custom-style", style]]], node["c"][1]]}


def _is_display(node: Node) -> bool:
    return bool(node["t"] == "Math" and node["c"][0]["t"] == "DisplayMath")


def _is_equation(node: Node) -> bool:
    return node["t"] == "Span" and "equation" in ast.classes(node) and any(map(_is_display, node["c"][1]))


def _displays(inlines: list[Node]) -> bool:
    return any(_is_display(node) or _is_equation(node) for node in inlines)


def _paragraph(node: Node) -> ast.Rewritten:
    return _display_paragraph(node) if _displays(node["c"]) else None


def _display_paragraph(node: Node) -> Node:
    """A paragraph with display equations as lines of their own in it, centred by a tab stop.

    pandoc cuts a paragraph around its display equations; ``finish`` joins the pieces at the marks set
    here. An equation that stands alone without a number stays pandoc's: Word sets it as a display.
    """
    inlines = _trimmed(node["c"])
    if len(inlines) == 1 and _is_display(inlines[0]):
        return ast.para(inlines)
    result: list[Node] = []
    for index, inline in enumerate(inlines):
        if not (_is_display(inline) or _is_equation(inline)):
            result.append(inline)
            continue
        if result and result[-1]["t"] != "LineBreak":
            result = [*_trimmed(result), {"t": "LineBreak"}]
        result += _tabbed(inline)
        if _goes_on(inlines[index + 1 :]):
            result.append({"t": "LineBreak"})
    paragraph = ast.para(_without_space_after_breaks(result))
    return styled([paragraph], "Equation") if len(inlines) == 1 else paragraph


def _tabbed(inline: Node) -> list[Node]:
    """The equation behind a tab, and behind another its number, which has the equation's id."""
    if inline["t"] == "Math":
        return [_join(JOIN_NEXT, tab=True), inline, _join(JOIN_PREVIOUS)]
    parts = _trimmed(inline["c"][1])
    place = next(index for index, part in enumerate(parts) if _is_display(part))
    number = _trimmed([*parts[:place], *parts[place + 1 :]])
    anchor = {"t": "Span", "c": [inline["c"][0], number]}
    return [_join(JOIN_NEXT, tab=True), parts[place], _join(JOIN_PREVIOUS, tab=bool(number)), anchor]


def _join(mark_name: str, *, tab: bool = False) -> Node:
    """A mark where pandoc cuts the paragraph, with a tab or without."""
    run = f'<w:r><w:rPr><w:rStyle w:val="{mark_name}"/></w:rPr>{"<w:tab/>" * tab}</w:r>'
    return {"t": "RawInline", "c": ["openxml", run]}


def _goes_on(rest: list[Node]) -> bool:
    """True where text follows that wants a line of its own: a full stop does not."""
    left = _trimmed(rest)
    return bool(left) and not (left[0]["t"] == "Str" and left[0]["c"] in _NO_BREAK_BEFORE)


def _trimmed(inlines: Sequence[Node]) -> list[Node]:
    blank = {"Space", "SoftBreak", "LineBreak"}
    start, end = 0, len(inlines)
    while start < end and inlines[start]["t"] in blank:
        start += 1
    while end > start and inlines[end - 1]["t"] in blank:
        end -= 1
    return list(inlines[start:end])


def _without_space_after_breaks(inlines: list[Node]) -> list[Node]:
    return [
        inline
        for index, inline in enumerate(inlines)
        if not (index and inlines[index - 1]["t"] == "LineBreak" and inline["t"] in {"Space", "SoftBreak"})
    ]


_CHANGES: Mapping[str, Callable[[Node], ast.Rewritten]] = {
    "HorizontalRule": lambda _: mark("HorizontalRule"),
    "LineBlock": lambda node: styled([node], _VERSE),
    "Note": _note,
    "Div": _division,
    "Span": _span,
    "Table": _table,
    "Link": _link,
    "Code": _anchored,
    "Para": _paragraph,
    "Plain": _paragraph,
}
"""What is done to each kind of node."""
