"""The PDF's style sheet, made from a layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from paperbuild.formats.pdf.mirror import RULES, mirrored
from paperbuild.html import lists
from paperbuild.html.code import style_rules
from paperbuild.layouts import running
from paperbuild.layouts.model import (
    FIGURE_GAP,
    NOTE_GAP,
    SCENE_LINE,
    SUMMARY_GAP,
    TABLE_GAP,
    Layout,
    TextStyle,
)

_BASE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
"""What holds in every layout."""

_PYGMENTS = "default"


def style_sheet(layout: Layout, known: Mapping[str, str], *, rtl: bool, hanging: bool) -> str:
    """The whole style sheet. ``known`` are the words of running lines (``layouts.running.words``)."""
    own = "\n".join([_page(layout, known), _texts(layout, hanging=hanging), _tables(layout)])
    parts = [
        style_rules(".code", _PYGMENTS),
        lists.rules(),
        _BASE,
        mirrored(own) if rtl else own,
        _rule("a[href]", f"color: {layout.colours.link}"),
        _rule("a.note-ref, a.note-mark, nav.contents a, h1 a, h2 a, h3 a, h4 a", "color: inherit"),
        RULES if rtl else "",
        layout.css,
    ]
    return "\n".join(part for part in parts if part)


def width_rules(html: str) -> str:
    """Rules for the widths that the page's classes name, such as ``w-70``."""
    widths = sorted({int(number) for number in re.findall(r'class="[^"]*?\bw-(\d{1,3})\b', html)})
    return "\n".join(f".w-{width} {{ width: {width}%; }}" for width in widths)


def line_above_notes(url: str, *, rtl: bool) -> str:
    """The line between text and notes, a picture at ``url``: a border would be as wide as the page's text."""
    place = "100% 0" if rtl else "0 0"
    return f'@page {{ @footnote {{ background: url("{url}") no-repeat {place}; }} }}'


def line_number_rules(layout: Layout) -> str:
    """The style sheet of pages that hold nothing but numbers of lines (``lines.number``)."""
    page, style = layout.page, layout.line_number
    return "\n".join(
        [
            f"@page {{ size: {page.width}mm {page.height}mm; margin: 0; }}",
            _rule("body", "margin: 0"),
            _rule("div", "position: relative; height: 1px"),
            _rule("div + div", "break-before: page"),
            _rule(
                "p",
                f"position: absolute; margin: 0; line-height: 0; white-space: nowrap; color: {style.colour}; "
                f"font-family: {_families(layout, style.font)}; font-size: {style.size}pt; "
                "font-variant-numeric: lining-nums tabular-nums",
            ),
            _rule("i", "display: inline-block"),
        ]
    )


def _rule(selector: str, declarations: str) -> str:
    return f"{selector} {{ {declarations}; }}"


def _families(layout: Layout, kind: str) -> str:
    names = [*getattr(layout.fonts, kind), *layout.fonts.cjk]
    generic = {"serif": "serif", "sans": "sans-serif", "mono": "monospace"}[kind]
    return ", ".join([*(f'"{name}"' for name in names), generic])


def _declarations(style: TextStyle, layout: Layout, body: TextStyle | None) -> Iterable[str]:
    yield f"font-family: {_families(layout, style.font)}"
    yield f"font-size: {style.size}pt"
    yield f"line-height: {style.line_height}"
    yield f"color: {style.colour}"
    yield f"font-weight: {'bold' if style.bold else 'normal'}"
    yield f"font-style: {'italic' if style.italic else 'normal'}"
    if style.small_caps:
        yield "font-variant-caps: small-caps"
    yield f"text-align: {style.align}"
    yield f"hyphens: {'auto' if layout.setting.hyphenate and style.align == 'justify' else 'manual'}"
    if body is None:
        if layout.setting.letter_spacing:
            yield f"letter-spacing: {layout.setting.letter_spacing}pt"
        return
    start = style.indent_start + style.hanging
    yield f"margin: {style.before}pt {style.indent_end}pt {style.after}pt {start}pt"
    yield f"text-indent: {style.first_line - style.hanging}pt"
    if style.keep_with_next:
        yield "break-after: avoid"
    if style.page_break_before:
        yield "break-before: page"


def _texts(layout: Layout, *, hanging: bool) -> str:
    groups = [
        _running_text(layout),
        _styled(layout),
        _quotations(layout),
        _lists(layout),
        _callouts(layout),
        _notes(layout),
        _code(layout),
        _numbered_paragraphs(layout),
        _without_indent(layout),
        _run_in(layout),
        _references(layout, hanging=hanging),
    ]
    return "\n".join(rule for group in groups for rule in group)


def _styled_rule(selector: str, style: TextStyle, layout: Layout) -> str:
    return _rule(selector, "; ".join(_declarations(style, layout, layout.text.body)))


def _running_text(layout: Layout) -> list[str]:
    """The text itself, and the lines that part it."""
    setting, body, block = layout.setting, layout.text.body, layout.title_block
    flow = "main > p, section > p, .prose > p, main > div > p, section > div > p"
    below = (
        f"border-bottom: {block.rule}pt solid {layout.colours.rule}; padding-bottom: 6pt; margin-bottom: 6pt"
    )
    return [
        _rule("body", "; ".join(_declarations(body, layout, None))),
        *([_rule("main", "font-variant-numeric: oldstyle-nums")] if setting.old_style_figures else []),
        *([_rule("header.title-block", below)] if block.rule else []),
        _rule("main", f"widows: {setting.widows}; orphans: {setting.orphans}"),
        _rule(flow, f"text-indent: {body.first_line}pt; margin: {body.before}pt 0 {body.after}pt"),
        _rule("hr", f"border-top: {SCENE_LINE[0]}pt solid {SCENE_LINE[1]}"),
    ]


def _styled(layout: Layout) -> list[str]:
    """What looks as one text style of the layout says."""
    text = layout.text
    label = text.caption_label
    styles = {
        **{f"h{level}": style for level, style in enumerate(text.heading, 1)},
        ".title": text.title,
        ".subtitle": text.subtitle,
        ".author": text.author,
        ".affiliation": text.affiliation,
        ".date": text.date,
        ".details": text.details,
        ".author-note-title": text.author_note_title,
        ".author-note": text.author_note,
        ".abstract p": text.abstract,
        ".abstract-title": text.abstract_title,
        ".keywords": text.keywords,
        ".body-title p": text.body_title,
        "h1.references-title": text.references_title,
        "blockquote": text.quotation,
        ".float-note p": text.float_note,
        "figcaption, caption, .listing-caption p": text.caption,
        ".footnote": text.note,
        ".contents-title": text.contents_title,
        **{f"nav.contents li.level{level}": style for level, style in enumerate(text.contents, 1)},
    }
    return [
        *(_styled_rule(selector, style, layout) for selector, style in styles.items()),
        _rule(
            ".caption-label",
            f"font-weight: {'bold' if label.bold else 'inherit'}; "
            f"font-style: {'italic' if label.italic else 'inherit'}",
        ),
    ]


def _code(layout: Layout) -> list[str]:
    """Code in blocks and in lines. Its letters are larger than others of their size; where none may be small,
    neither is code."""
    style = layout.text.code
    return [
        _styled_rule(".code", style, layout),
        _rule(".code", f"background: {layout.colours.shade}; padding: 4pt 5pt"),
        _rule("code", f"font-family: {_families(layout, 'mono')}"),
        *([_rule("code", "font-size: 1em")] if style.size >= layout.text.body.size else []),
    ]


def _without_indent(layout: Layout) -> list[str]:
    """The paragraphs that begin at the edge, where not all are indented."""
    if layout.setting.indent_first:
        return []
    first = (
        "h1 + p, h2 + p, h3 + p, h4 + p, h5 + p, h6 + p, .title-block + p, .page-break + p, "
        "ul + p, ol + p, dl + p, blockquote + p, figure + p, table + p, .code + p, p.display + p, "
        ".equation + p, .wide + p, nav + p, hr + p, "
        "main > section > p:first-child, :is(main, .columns) > p:first-child, .abstract p"
    )
    return [_rule(first, "text-indent: 0 !important")]


def _references(layout: Layout, *, hanging: bool) -> list[str]:
    """The reference list, of which no entry stands on the last page alone."""
    style = layout.text.reference
    rules = [
        _styled_rule(".csl-entry p", style, layout),
        _rule("#bibliography, #references", "break-after: avoid"),
        _rule(".csl-entry:nth-last-child(-n+3):not(:last-child)", "break-after: avoid"),
    ]
    if not hanging:
        return [*rules, ".csl-entry p { margin-left: 0; text-indent: 0; }"]
    # as numbers of paragraphs: WeasyPrint 70 moves the line to the wrong side by a negative text-indent
    first = "[dir=rtl] .csl-entry:not([dir=ltr]) p"
    hung = f"content: ''; display: inline-block; width: 0; margin-right: -{style.hanging}pt"
    return [
        *rules,
        _styled_rule(".csl-entry[dir=ltr] p", style, layout),  # entries in Latin letters among others
        _rule(first, "text-indent: 0"),
        _rule(f"{first}::before", hung),
    ]


def _callouts(layout: Layout) -> list[str]:
    """Boxes: their indents are the room between frame and text."""
    text, rules = layout.text, []
    for selector, style in ((".callout > p", text.callout), (".callout-title p", text.callout_title)):
        inside = replace(style, indent_start=0.0, indent_end=0.0)
        rules.append(_rule(selector, "; ".join(_declarations(inside, layout, text.body))))
    room = f"padding: 5pt {text.callout.indent_end}pt 2pt {text.callout.indent_start}pt"
    return [_rule(".callout", f"background: {layout.colours.shade}; {room}"), *rules]


def _numbered_paragraphs(layout: Layout) -> list[str]:
    """Paragraphs that hang beside their number, and what stands between them as far in as their text."""
    body, style, width = layout.text.body, layout.text.paragraph_number, layout.beside_numbers
    if not width:
        return []
    quotation, code = layout.text.quotation, layout.text.code
    flow = ":is(main, section, .columns) >"
    starts = {
        ":is(ul, ol, dl)": width,
        ".continued > p": width,
        "blockquote": quotation.indent_start + quotation.hanging + width,
        ".line-block": quotation.indent_start + quotation.hanging + width,
        ".code": code.indent_start + width,
    }
    number = (
        f"display: inline-block; width: {width}pt; text-indent: 0; color: {style.colour}; "
        f"font-family: {_families(layout, style.font)}; font-size: {style.size}pt; "
        f"font-weight: {'bold' if style.bold else 'normal'}"
    )
    hanging = f"text-indent: -{width}pt; margin: {body.before}pt 0 {body.after}pt"
    return [
        _rule(".numbered-paragraph > p", f"{hanging} {width}pt"),
        _rule(
            "[dir=rtl] .numbered-paragraph > p", f"margin-left: 0; margin-right: {width}pt; text-indent: 0"
        ),
        *(_rule(f"{flow} {what}", f"margin-left: {start}pt") for what, start in starts.items()),
        _rule(".paragraph-number", number),
        # WeasyPrint 70 moves a line of Arabic to the wrong side by a negative text-indent
        _rule("[dir=rtl] .paragraph-number", f"margin-right: -{width}pt"),
    ]


def _quotations(layout: Layout) -> list[str]:
    """The paragraphs of a quotation but the first: an indent, or a little space."""
    indent = layout.setting.quotation_first_line
    if not indent:
        return []
    return [_rule("blockquote p + p", f"text-indent: {indent}pt !important; margin-top: 0")]


def _float_gap(layout: Layout) -> list[str]:
    """Space around tables and figures; a note below belongs to them."""
    gap = layout.setting.float_gap
    if not gap:
        return [
            _rule("table", f"margin-top: {TABLE_GAP}pt; margin-bottom: {TABLE_GAP}pt"),
            _rule("figure", f"margin-top: {FIGURE_GAP}pt; margin-bottom: {FIGURE_GAP}pt"),
        ]
    return [
        _rule("table, figure", f"margin-top: {gap}pt; margin-bottom: {gap}pt"),
        _rule("table:has(+ .float-note), figure:has(+ .float-note)", "margin-bottom: 0"),
        _rule(".float-note", f"margin-bottom: {gap}pt"),
    ]


def _lists(layout: Layout) -> list[str]:
    """Where items of lists begin, and verses."""
    indent, quotation = layout.setting.list_indent, layout.text.quotation
    start = quotation.indent_start + quotation.hanging
    return [
        _rule("ul, ol", f"padding-left: {indent}pt; margin-bottom: {max(4.0, layout.text.body.after)}pt"),
        _rule(":is(td, th) > :is(ul, ol)", f"padding-left: {min(indent, layout.text.table.size * 1.5)}pt"),
        _rule("[dir=rtl] :is(ul, ol)", f"padding-left: 0; padding-right: {indent}pt"),
        _rule(".line-block", f"margin: {max(quotation.before, 6)}pt 0 {max(quotation.after, 6)}pt {start}pt"),
    ]


def _notes(layout: Layout) -> list[str]:
    """Space between notes, the number that a note begins with, and its further paragraphs."""
    setting = layout.setting
    rules = [_rule(".footnote p + p", f"text-indent: {layout.text.note.first_line}pt !important")]
    rules += [_rule(".footnote", f"margin-bottom: {setting.note_gap}pt")] if setting.note_gap else []
    if setting.note_number == "line":
        rules.append(_rule("a.note-mark", "font-size: 1em; vertical-align: baseline; line-height: inherit"))
        rules.append(_rule("a.note-mark::after", "content: '.'"))
    return rules


def _run_in(layout: Layout) -> list[str]:
    """Headings in the first line of their paragraph, indented as their style says."""
    levels = [(level, style) for level, style in enumerate(layout.text.heading, 1) if style.run_in]
    indents = [
        _rule(f".run-in.level{level}", f"text-indent: {style.first_line}pt; margin-top: {style.before}pt")
        for level, style in levels
    ]
    inline = ", ".join([*(f".run-in > h{level}" for level, _ in levels), ".run-in > p"])
    return [*indents, _rule(inline, "display: inline")] if levels else []


def _page(layout: Layout, known: Mapping[str, str]) -> str:
    page = layout.page
    margin = page.margin
    size = f"{page.width}mm {page.height}mm"
    sides = f"{margin.top}mm {margin.right}mm {margin.bottom}mm {margin.left}mm"
    lines = [f"@page {{ size: {size}; margin: {sides};"]
    lines += _running(layout, "top", known)
    lines += _running(layout, "bottom", known)
    lines += _rules(layout)
    lines.append("}")
    for where, line in (("top", layout.header), ("bottom", layout.footer)):
        if not line.first_page:
            boxes = " ".join(
                f"@{where}-{side} {{ content: none; border: 0; }}" for side in ("left", "center", "right")
            )
            lines.append(f"@page :first {{ {boxes} }}")
    if page.columns > 1:
        lines.append(f".columns {{ column-count: {page.columns}; column-gap: {page.column_gap}mm; }}")
    return "\n".join(lines)


def _rules(layout: Layout) -> Iterable[str]:
    """Rules that part the text from the margins that are left for notes and for a summary."""
    page, colour = layout.page, layout.colours.rule
    if page.note_rule:
        edge = f"border-right: {page.note_rule}pt solid {colour}; margin: 0 {NOTE_GAP}mm 0 0; width: auto"
        yield f"@left-middle {{ content: ''; height: 100%; {edge}; }}"
    if page.summary_rule:
        line = f"{page.summary_rule}pt solid {colour}"
        yield f"margin-bottom: {page.margin.bottom - SUMMARY_GAP}mm; padding-bottom: {SUMMARY_GAP}mm;"
        yield f"border-bottom: {line};"
        for side in ("left", "right"):  # the page's own border is as wide as its text
            corner = f"content: ''; border-top: {line}; margin-top: -{page.summary_rule}pt"
            yield f"@bottom-{side}-corner {{ {corner}; }}"


def _running(layout: Layout, where: str, known: Mapping[str, str]) -> list[str]:
    """The margin boxes of a running line, as far from the sheet's edge as the layout says."""
    top = where == "top"
    line, style = (layout.header, layout.text.header) if top else (layout.footer, layout.text.footer)
    distance = layout.page.header if top else layout.page.footer
    look = (
        f"font-family: {_families(layout, style.font)}; font-size: {style.size}pt; color: {style.colour}; "
        f"font-style: {'italic' if style.italic else 'normal'}; line-height: {style.line_height}; "
        f"font-weight: {'bold' if style.bold else 'normal'}; "
        f"text-transform: {'uppercase' if style.upper_case else 'none'}; white-space: nowrap; "
        f"vertical-align: {where}; margin-{where}: {distance}mm;"
    )
    boxes = []
    parts = running.parts(line, known, style, layout.page.text_width / 25.4 * 72)
    for side, text in zip(("left", "center", "right"), parts, strict=True):
        if text:
            boxes.append(f"@{where}-{side} {{ content: {_content(text)}; {look} }}")
    return boxes


def _content(text: str) -> str:
    """CSS ``content`` of a part of a running line: its words as strings, page numbers as counters."""
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    return " ".join(counters.get(piece) or _string(piece) for piece in running.pieces(text)) or "none"


def _string(text: str) -> str:
    """A CSS string (CSS Syntax 3, 4.3.5): quotes, backslashes and line ends are escaped."""
    return '"' + "".join(f"\\{ord(c):x} " if c in '"\\<>\n\r\f' else c for c in text) + '"'


def _across(layout: Layout, width: float) -> str:
    """A table's caption as wide as the column (millimetres), however narrow the table is."""
    start = f"calc(50% - {width / 2}mm)" if layout.table.align == "center" else "0"
    return f"width: {width}mm; margin-left: {start}"


def _tables(layout: Layout) -> str:
    table = layout.table
    colour = layout.colours.rule
    heavy, light = f"{table.heavy_rule}pt solid {colour}", f"{table.light_rule}pt solid {colour}"
    style = layout.text.table
    sides = "auto" if table.align == "center" else "0"
    return "\n".join(
        [
            _rule(
                "table",
                f"font-size: {style.size}pt; line-height: {style.line_height}; border-top: {heavy}; "
                f"border-bottom: {heavy}; margin-left: {sides}; margin-right: {sides}; hyphens: manual; "
                "text-align: left",
            ),
            # of the group, not of its last row: a cell that spans rows ends there, too
            _rule("thead", f"border-bottom: {light}"),
            _rule("thead tr:not(:last-child) > [colspan]", f"border-bottom: {light}"),
            _rule("tfoot", f"border-top: {light}"),
            _rule("td, th", f"padding-top: {table.padding}pt; padding-bottom: {table.padding}pt"),
            _rule("th", f"font-weight: {'bold' if table.head_bold else 'normal'}"),
            _rule("caption", f"caption-side: {'top' if table.caption == 'above' else 'bottom'}"),
            _rule("caption", _across(layout, layout.page.column_width)),
            _rule(".wide caption", _across(layout, layout.page.text_width)),
            _rule("figure, figure p", f"text-align: {layout.figure.align}"),
            *_float_gap(layout),
        ]
    )
