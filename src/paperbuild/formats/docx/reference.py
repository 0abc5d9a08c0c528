"""The reference document: what pandoc takes styles, page and settings from, made of the layout."""

from __future__ import annotations

import re
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from paperbuild.formats.docx import package, styles
from paperbuild.formats.docx.ooxml import NAMESPACES, make, millimetres
from paperbuild.layouts.model import NOTE_GAP, Layout, Page
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import run as pandoc

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_APPLICATION = (
    f'{_DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>paperbuild</Application></Properties>"
)
"""pandoc's own says that Word 12 counted 83 words."""


def docx(document: ResolvedDocument, layout: Layout) -> bytes:
    """The reference document's bytes."""
    sheet = styles.styles(layout, document.lang, hanging=document.hanging_indent, rtl=document.rtl)
    own = {
        "word/document.xml": _page(layout, rtl=document.rtl),
        "word/styles.xml": etree.tostring(sheet, xml_declaration=True, encoding="UTF-8", standalone=True),
    }
    return package.packed(_pandocs_own() | unchanged(document, layout) | own)


def unchanged(document: ResolvedDocument, layout: Layout) -> dict[str, bytes]:
    """The parts of which pandoc would take over only some of what they say, by name."""
    language = styles.Language.of(document.lang, rtl=document.rtl)
    return {
        "word/settings.xml": _settings(layout, language).encode(),
        "word/fontTable.xml": _font_table(layout).encode(),
        "word/theme/theme1.xml": _theme(layout),
        "docProps/app.xml": _APPLICATION.encode(),
    }


@cache
def _pandocs_own() -> dict[str, bytes]:
    return package.unpacked(pandoc.run(["--print-default-data-file", "reference.docx"], b"").output)


def section(layout: Layout, *, rtl: bool) -> etree._Element:
    """w:sectPr with the page and its margins, which change sides where lines begin on the right."""
    page, margin = layout.page, layout.page.margin
    left, right = (margin.right, margin.left) if rtl else (margin.left, margin.right)
    size = make("w:pgSz", w=millimetres(page.width), h=millimetres(page.height))
    edges = make(
        "w:pgMar",
        top=millimetres(margin.top),
        right=millimetres(right),
        bottom=millimetres(margin.bottom),
        left=millimetres(left),
        header=millimetres(page.header),
        footer=millimetres(page.footer),
        gutter=0,
    )
    inside = [
        size,
        edges,
        *([_ruled(layout, rtl=rtl)] if page.note_rule else []),
        *([_numbered(layout)] if layout.line_numbers.every else []),
        *([_columned(page)] if page.columns > 1 else []),
        *([make("w:bidi")] if rtl else []),
    ]
    return make("w:sectPr", inside)


def _numbered(layout: Layout) -> etree._Element:
    """w:lnNumType (17.6.8): every how many lines, and where they begin anew."""
    numbers = layout.line_numbers
    restart = "newPage" if numbers.each_page else "continuous"
    return make(
        "w:lnNumType", countBy=numbers.every, distance=round(layout.line_number_gap * 20), restart=restart
    )


def _columned(page: Page) -> etree._Element:
    return make("w:cols", num=page.columns, space=millimetres(page.column_gap))


def _ruled(layout: Layout, *, rtl: bool) -> etree._Element:
    """A rule between the text and the margin that is left for notes (17.6.10)."""
    edge = make(
        "w:right" if rtl else "w:left",
        val="single",
        sz=max(round(layout.page.note_rule * 8), 2),
        space=round(NOTE_GAP / 25.4 * 72),
        color=layout.colours.rule[1:],
    )
    return make("w:pgBorders", [edge], offsetFrom="text")


def _page(layout: Layout, *, rtl: bool) -> bytes:
    body = make("w:body", [make("w:p"), section(layout, rtl=rtl)])
    return etree.tostring(make("w:document", [body]), xml_declaration=True, encoding="UTF-8")


def _settings(layout: Layout, language: styles.Language) -> str:
    """w:settings. Without compatibilityMode 15 Word opens a file as one of Word 2007 (MS-DOCX 2.3.3);
    doNotExpandShiftReturn keeps a justified line that a break ends from being stretched."""
    beside = "<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>"
    within = beside if layout.page.note_rule else ""
    hyphens = '<w:autoHyphenation w:val="true"/>' if layout.setting.hyphenate else ""
    return (
        f'{_DECLARATION}<w:settings xmlns:w="{NAMESPACES["w"]}" xmlns:m="{NAMESPACES["m"]}">'
        f'<w:zoom w:percent="100"/>{within}<w:defaultTabStop w:val="720"/>{hyphens}'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        "<w:compat><w:doNotExpandShiftReturn/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat>'
        '<m:mathPr><m:mathFont m:val="Cambria Math"/><m:smallFrac m:val="0"/><m:dispDef/>'
        '<m:defJc m:val="centerGroup"/><m:intLim m:val="subSup"/><m:naryLim m:val="undOvr"/></m:mathPr>'
        f"<w:themeFontLang w:val={quoteattr(language.latin)} w:eastAsia={quoteattr(language.east_asian)}"
        f" w:bidi={quoteattr(language.bidi)}/>"
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1"'
        ' w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5"'
        ' w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _font_table(layout: Layout) -> str:
    word = layout.fonts.word
    fonts = [
        (word.serif, "roman", "variable"),
        (word.sans, "swiss", "variable"),
        (word.mono, "modern", "fixed"),
        (("Symbol",), "roman", "variable"),
    ]
    entries = ""
    for (first, *others), family, pitch in fonts:
        names = f"<w:altName w:val={quoteattr(','.join(others))}/>" if others else ""
        entries += (
            f'<w:font w:name={quoteattr(first)}>{names}<w:family w:val="{family}"/>'
            f'<w:pitch w:val="{pitch}"/></w:font>'
        )
    return f'{_DECLARATION}<w:fonts xmlns:w="{NAMESPACES["w"]}">{entries}</w:fonts>'


def _theme(layout: Layout) -> bytes:
    """pandoc's theme with the layout's fonts, so that Word's font menu names them for headings and body."""
    theme = _pandocs_own()["word/theme/theme1.xml"].decode()
    word = layout.fonts.word
    for part, family in (("majorFont", word.sans[0]), ("minorFont", word.serif[0])):
        theme = re.sub(
            rf'(<a:{part}>\s*<a:latin typeface=")[^"]*"',
            lambda found, name=family: found[1] + escape(name) + '"',  # type: ignore[misc]
            theme,
        )
    return theme.encode()
