"""The PDF's style sheet, made from a layout."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from paperbuild.html.code import style_rules
from paperbuild.layouts.model import Layout, RunningLine, TextStyle

_BASE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
"""What holds in every layout."""

_PYGMENTS = "default"


def style_sheet(layout: Layout, facts: dict[str, str], *, rtl: bool, hanging: bool) -> str:
    """The whole style sheet. ``facts`` are the words that running lines name: title, author, course …"""
    parts = [
        style_rules(".code", _PYGMENTS),
        _BASE,
        _page(layout, facts),
        _texts(layout, hanging=hanging),
        _tables(layout),
        _rule("a[href]", f"color: {layout.colours.link}"),
        _rule("a.note-ref, a.note-mark, nav.contents a, h1 a, h2 a, h3 a, h4 a", "color: inherit"),
        "html { direction: rtl; } h1,h2,h3,h4,h5,h6,td,th,.line-block { text-align: right; }" if rtl else "",
        layout.css,
    ]
    return "\n".join(part for part in parts if part)


def width_rules(html: str) -> str:
    """Rules for the widths that the page's classes name, such as ``w-70``."""
    widths = sorted({int(number) for number in re.findall(r'class="[^"]*?\bw-(\d{1,3})\b', html)})
    return "\n".join(f".w-{width} {{ width: {width}%; }}" for width in widths)


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
        return
    start = style.indent_start + style.hanging
    yield f"margin: {style.before}pt {style.indent_end}pt {style.after}pt {start}pt"
    yield f"text-indent: {style.first_line - style.hanging}pt"
    if style.keep_with_next:
        yield "break-after: avoid"
    if style.page_break_before:
        yield "break-before: page"


def _texts(layout: Layout, *, hanging: bool) -> str:
    text = layout.text
    body = text.body
    setting = layout.setting

    def rule(selector: str, style: TextStyle) -> str:
        return _rule(selector, "; ".join(_declarations(style, layout, body)))

    flow = "main > p, section > p, .prose > p, main > div > p, section > div > p"
    rules = [
        _rule("body", "; ".join(_declarations(body, layout, None))),
        _rule("p", f"widows: {setting.widows}; orphans: {setting.orphans}"),
        _rule(flow, f"text-indent: {body.first_line}pt; margin: {body.before}pt 0 {body.after}pt"),
        *(rule(f"h{level}", style) for level, style in enumerate(text.heading, 1)),
        rule(".title", text.title),
        rule(".subtitle", text.subtitle),
        rule(".author", text.author),
        rule(".affiliation", text.affiliation),
        rule(".date", text.date),
        rule(".details", text.details),
        rule(".abstract p", text.abstract),
        rule(".abstract p.abstract-title", text.abstract_title),
        rule("p.keywords", text.keywords),
        rule("blockquote", text.quotation),
        rule("figcaption, caption, .listing-caption p", text.caption),
        rule(".code", text.code),
        rule(".footnote", text.note),
        rule(".csl-entry p", text.reference),
        rule(".contents-title", text.contents_title),
        *(rule(f"nav.contents li.level{level}", style) for level, style in enumerate(text.contents, 1)),
        _rule(
            ".caption-label",
            f"font-weight: {'bold' if text.caption_label.bold else 'inherit'}; "
            f"font-style: {'italic' if text.caption_label.italic else 'inherit'}",
        ),
        _rule(".code", f"background: {layout.colours.shade}; padding: 4pt 5pt"),
        _rule("code", f"font-family: {_families(layout, 'mono')}"),
        _rule("#bibliography, #references", "break-after: avoid"),
        # no entry stands on the last page alone
        _rule(".csl-entry:nth-last-child(-n+3):not(:last-child)", "break-after: avoid"),
    ]
    if not setting.indent_first:
        rules.append(
            "h1 + p, h2 + p, h3 + p, h4 + p, h5 + p, h6 + p, .title-block + p, .page-break + p, "
            "ul + p, ol + p, dl + p, "
            "blockquote + p, figure + p, table + p, .code + p, p.display + p, .equation + p, nav + p, "
            "hr + p, "
            "main > section > p:first-child, main > p:first-child, .abstract p { text-indent: 0 !important; }"
        )
    if not hanging:
        rules.append(".csl-entry p { margin-left: 0; text-indent: 0; }")
    return "\n".join(rules)


def _page(layout: Layout, facts: dict[str, str]) -> str:
    page = layout.page
    margin = page.margin
    size = f"{page.width}mm {page.height}mm"
    sides = f"{margin.top}mm {margin.right}mm {margin.bottom}mm {margin.left}mm"
    lines = [f"@page {{ size: {size}; margin: {sides};"]
    lines += _running(layout, layout.header, layout.text.header, "top", facts)
    lines += _running(layout, layout.footer, layout.text.footer, "bottom", facts)
    lines.append("}")
    for where, running in (("top", layout.header), ("bottom", layout.footer)):
        if not running.first_page:
            boxes = " ".join(
                f"@{where}-{side} {{ content: none; border: 0; }}" for side in ("left", "center", "right")
            )
            lines.append(f"@page :first {{ {boxes} }}")
    return "\n".join(lines)


def _running(
    layout: Layout, line: RunningLine, style: TextStyle, where: str, facts: dict[str, str]
) -> list[str]:
    look = (
        f"font-family: {_families(layout, style.font)}; font-size: {style.size}pt; color: {style.colour}; "
        f"font-style: {'italic' if style.italic else 'normal'}; "
        f"vertical-align: {'bottom' if where == 'top' else 'top'}; "
        f"padding-{'bottom' if where == 'top' else 'top'}: 12pt; white-space: nowrap;"
    )
    boxes = []
    for side, text in (("left", line.start), ("center", line.center), ("right", line.end)):
        if text:
            boxes.append(f"@{where}-{side} {{ content: {_content(text, facts)}; {look} }}")
    return boxes


def _content(text: str, facts: dict[str, str]) -> str:
    """CSS ``content`` of a running line: its words as strings, page numbers as counters."""
    parts = []
    for piece in re.split(r"(\{[a-z]+\})", text):
        if piece == "{page}":
            parts.append("counter(page)")
        elif piece == "{pages}":
            parts.append("counter(pages)")
        elif piece:
            parts.append(_string(_shortened(facts.get(piece.strip("{}"), "")) if piece[0] == "{" else piece))
    return " ".join(parts) or "none"


def _shortened(text: str, longest: int = 70) -> str:
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _string(text: str) -> str:
    """A CSS string (CSS Syntax 3, 4.3.5): quotes, backslashes and line ends are escaped."""
    return '"' + "".join(f"\\{ord(c):x} " if c in '"\\<>\n\r\f' else c for c in text) + '"'


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
            _rule("thead tr:last-child th, thead tr:last-child td", f"border-bottom: {light}"),
            _rule("tfoot tr:first-child td", f"border-top: {light}"),
            _rule("td, th", f"padding-top: {table.padding}pt; padding-bottom: {table.padding}pt"),
            _rule("th", f"font-weight: {'bold' if table.head_bold else 'normal'}"),
            _rule("caption", f"caption-side: {'top' if table.caption == 'above' else 'bottom'}"),
        ]
    )
