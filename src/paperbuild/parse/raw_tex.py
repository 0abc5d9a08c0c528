"""Raw TeX in a manuscript becomes part of the AST, so that every format carries it.

pandoc's LaTeX reader understands tables, figures, equations, references and most text commands.
Commands about the page (``\\vspace``, ``\\noindent``) mean nothing in another layout and go;
``\\newpage`` becomes a page break. What is not understood stays visible, as code, with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from paperbuild.model import Finding
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.pandoc.run import PandocError, run
from paperbuild.parse import tex_references

_BREAKS = r"\\(?:newpage|clearpage|cleardoublepage|pagebreak)\b(?:\[\d\])?"
_BREAK = re.compile(rf"^\s*{_BREAKS}")
_BREAK_AT_END = re.compile(rf"{_BREAKS}\s*$")
_ARGUMENT = r"(?:\[[^\]]*\]|\{[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*\})"
_DEFINITION = (
    r"\\(?:(?:re)?newcommand|providecommand|(?:re)?newenvironment|newtheorem|DeclareMathOperator|def|let)\*?\s*"
    r"(?:\\[A-Za-z@]+\s*=?\s*(?:#\d)*(?:\\[A-Za-z@]+)?)?"
)
_SWITCHES = (
    r"noindent|indent|bigskip|medskip|smallskip|vfill|hfill|centering|raggedright|raggedleft|small|footnotesize|"
    r"scriptsize|tiny|normalsize|large|Large|LARGE|huge|Huge|tableofcontents|listoffigures|listoftables|"
    r"doublespacing|onehalfspacing|singlespacing|appendix|maketitle|frenchspacing|FloatBarrier|protect|begingroup|"
    r"endgroup|linenumbers|nolinenumbers|par|samepage|sloppy|fussy|phantomsection|relax|nopagebreak|mainmatter|"
    r"frontmatter|backmatter|blandscape|elandscape|printbibliography|selectfont|onecolumn|arraybackslash"
)
"""Commands without an argument: what stands in braces behind one is text."""
_SETTINGS = (
    r"vspace|hspace|setcounter|addtocounter|pagenumbering|pagestyle|thispagestyle|setlength|addtolength|"
    r"addcontentsline|bookmarksetup|setstretch|usepackage|markboth|markright|captionsetup|bibliographystyle|"
    r"bibliography|linespread|fontsize|rowcolors|twocolumn|hyphenation|begin|end"
)
_LAYOUT = re.compile(
    rf"^\s*(?:(?:{_DEFINITION}{_ARGUMENT}*|"
    rf"\\(?:{_SWITCHES})(?![A-Za-z])\*?(?:\[[^\]]*\]|\{{\s*\}})*|"
    rf"\\(?:{_SETTINGS})(?![A-Za-z])\*?{_ARGUMENT}*)\s*)+$",
    re.DOTALL,
)
_SWITCH_BEFORE_WORDS = re.compile(rf"\\(?:{_SWITCHES})(?![A-Za-z])\*?(?=\s*\{{\s*[^\s}}])")
"""A command without an argument before words in braces: pandoc would take these for its argument."""
_WHOLE_ENVIRONMENT = re.compile(r"^\s*\\begin\{([^}]+)\}.*\\end\{\1\}\s*$", re.DOTALL)
_LOGO = re.compile(r"^\\((?:Bib|Xe|Lua|pdf)?(?:La)?TeX)\b(?:\{\})?(\s*)$")
_RUN = "paperbuildrun"


def means_layout(source: str) -> bool:
    """True for TeX that only arranges the page, so that nothing is lost where it is left out."""
    return bool(_LAYOUT.match(source) or _BREAK.match(source)) and not _WHOLE_ENVIRONMENT.match(source)


def absorb(tree: Any, locate: Callable[[str], str]) -> tuple[Any, tuple[Finding, ...]]:
    """The tree (blocks, or what holds them) without any raw TeX in it, and what could not be kept.

    ``locate`` gives ``file:line`` for a literal piece of the source.
    """
    tree = ast.rewrite(ast.rewrite(tree, _command), _page_breaks)
    pieces = list(dict.fromkeys(node["c"][1] for node in ast.iterate(tree) if _is_tex(node)))
    if not pieces:
        return tree, ()
    read = _read([piece for piece in pieces if not means_layout(piece)])
    findings: list[Finding] = []

    def change(node: Node) -> ast.Rewritten:
        if not _is_tex(node):
            return None
        source = node["c"][1]
        if _BREAK.match(source):
            return []
        if means_layout(source):
            return []
        found = read.get(source)
        if found is None:
            findings.append(_lost(source, locate))
            code = {"t": "Code", "c": [ast.attr("", ["raw-tex"]), source.strip()]}
            return code if node["t"] == "RawInline" else ast.para([code])
        return found if node["t"] == "RawBlock" else _inlines(found)

    return ast.rewrite(tree, change), tuple(findings)


def _page_breaks(node: Node) -> ast.Rewritten:
    """A raw block with the page breaks at its start and end as blocks of their own."""
    if node["t"] != "RawBlock" or not _is_tex(node):
        return None
    kind, source = node["c"]
    before: list[Node] = []
    after: list[Node] = []
    while match := _BREAK.match(source):
        before, source = [*before, ast.div([], "", "page-break")], source[match.end() :]
    while match := _BREAK_AT_END.search(source):
        after, source = [*after, ast.div([], "", "page-break")], source[: match.start()]
    rest = [{"t": "RawBlock", "c": [kind, source]}] if source.strip() else []
    return [*before, *rest, *after] if before or after else None


def _command(node: Node) -> ast.Rewritten:
    """A reference as the link that pandoc makes of ``\\ref``; ``\\BibTeX`` and its like as words."""
    if node["t"] != "RawInline" or not _is_tex(node):
        return None
    if link := tex_references.understood(node["c"][1]):
        return link
    if node["c"][1].strip() == "\\newline":
        return {"t": "LineBreak"}
    if match := _LOGO.match(node["c"][1]):
        return ast.text(match.group(1) + match.group(2))
    return None


def _is_tex(node: Node) -> bool:
    return node["t"] in {"RawBlock", "RawInline"} and node["c"][0] in {"tex", "latex"}


def _lost(source: str, locate: Callable[[str], str]) -> Finding:
    shown = " ".join(source.split())
    return Finding(
        "error",
        "raw",
        f"the raw TeX {shown[:60]}{'…' if len(shown) > 60 else ''} can't be carried to other formats; "
        "it stands there as code",
        locate(source),
        "say the same in Markdown",
    )


def _read(pieces: list[str]) -> dict[str, list[Node]]:
    """The blocks that pandoc's LaTeX reader makes of each piece; a piece it can't read is absent."""
    if not pieces:
        return {}
    try:
        groups = _runs(pieces)
    except PandocError:
        groups = None
    if groups is None or len(groups) != len(pieces):
        return _one_by_one(pieces)
    return {piece: group for piece, group in zip(pieces, groups, strict=True) if group}


def _one_by_one(pieces: list[str]) -> dict[str, list[Node]]:
    result: dict[str, list[Node]] = {}
    for piece in pieces:
        try:
            groups = _runs([piece])
        except PandocError:
            continue
        if len(groups) == 1 and groups[0]:
            result[piece] = groups[0]
    return result


def _runs(pieces: list[str]) -> list[list[Node]]:
    bare = (_SWITCH_BEFORE_WORDS.sub("", piece) for piece in pieces)
    source = "\n\n".join(f"\\begin{{{_RUN}}}\n{piece}\n\\end{{{_RUN}}}" for piece in bare)
    document: dict[str, Any] = run(["-f", "latex", "-t", "json"], source, seconds=20).json()
    return [node["c"][1] for node in document["blocks"] if node["t"] == "Div" and _RUN in ast.classes(node)]


def _inlines(blocks: list[Node]) -> list[Node]:
    result: list[Node] = []
    for block in blocks:
        if block["t"] in {"Para", "Plain"}:
            result.extend(block["c"])
        else:
            result.extend(ast.text(ast.plain(block)))
    return result
