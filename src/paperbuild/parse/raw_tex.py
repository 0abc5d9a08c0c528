"""Raw TeX in a manuscript becomes part of the AST, so that every format carries it.

pandoc's LaTeX reader understands tables, figures, equations, references and most text commands.
Commands about the page (``\\vspace``, ``\\noindent``) mean nothing in another layout and go;
``\\newpage`` becomes a page break. What is not understood stays visible, as code, with a finding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from paperbuild.model import Finding
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.pandoc.run import PandocError, run

_BREAK = re.compile(r"^\s*\\(newpage|clearpage|cleardoublepage|pagebreak)\b")
_LAYOUT = re.compile(
    r"^\s*(?:\\(?:vspace|hspace|noindent|indent|bigskip|medskip|smallskip|vfill|hfill|centering|raggedright|"
    r"raggedleft|small|footnotesize|scriptsize|tiny|normalsize|large|Large|LARGE|huge|Huge|setcounter|"
    r"addtocounter|pagenumbering|pagestyle|thispagestyle|tableofcontents|listoffigures|listoftables|"
    r"doublespacing|onehalfspacing|singlespacing|appendix|maketitle|newcommand|renewcommand|def|let|"
    r"frenchspacing|FloatBarrier|protect|begingroup|endgroup|setlength|addtolength|linenumbers|nolinenumbers|"
    r"newline|par|samepage|sloppy|fussy|phantomsection|addcontentsline|hypertarget|bookmarksetup|relax|"
    r"setstretch|nopagebreak|mainmatter|frontmatter|backmatter|usepackage|blandscape|elandscape|"
    r"begin|end)\*?"
    r"(?:\[[^\]]*\])?(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*\s*)+$",
    re.DOTALL,
)
_WHOLE_ENVIRONMENT = re.compile(r"^\s*\\begin\{([^}]+)\}.*\\end\{\1\}\s*$", re.DOTALL)
_RUN = "paperbuildrun"


def absorb(blocks: list[Node], locate: Callable[[str], str]) -> tuple[list[Node], tuple[Finding, ...]]:
    """The blocks without any raw TeX left in them, and what could not be kept.

    ``locate`` gives ``file:line`` for a literal piece of the source.
    """
    pieces = list(dict.fromkeys(node["c"][1] for node in ast.iterate(blocks) if _is_tex(node)))
    if not pieces:
        return blocks, ()
    read = _read([piece for piece in pieces if not _means_layout(piece)])
    findings: list[Finding] = []

    def change(node: Node) -> ast.Rewritten:
        if not _is_tex(node):
            return None
        source = node["c"][1]
        if _BREAK.match(source):
            return [ast.div([], "", "page-break")] if node["t"] == "RawBlock" else []
        if _means_layout(source):
            return []
        found = read.get(source)
        if found is None:
            findings.append(_lost(source, locate))
            code = {"t": "Code", "c": [ast.attr("", ["raw-tex"]), source.strip()]}
            return code if node["t"] == "RawInline" else ast.para([code])
        return found if node["t"] == "RawBlock" else _inlines(found)

    return ast.rewrite(blocks, change), tuple(findings)


def _is_tex(node: Node) -> bool:
    return node["t"] in {"RawBlock", "RawInline"} and node["c"][0] in {"tex", "latex"}


def _means_layout(source: str) -> bool:
    return bool(_LAYOUT.match(source)) and not _WHOLE_ENVIRONMENT.match(source)


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
    source = "\n\n".join(f"\\begin{{{_RUN}}}\n{piece}\n\\end{{{_RUN}}}" for piece in pieces)
    document: dict[str, Any] = json.loads(run(["-f", "latex", "-t", "json"], source, seconds=20).output)
    return [node["c"][1] for node in document["blocks"] if node["t"] == "Div" and _RUN in ast.classes(node)]


def _inlines(blocks: list[Node]) -> list[Node]:
    result: list[Node] = []
    for block in blocks:
        if block["t"] in {"Para", "Plain"}:
            result.extend(block["c"])
        else:
            result.extend(ast.text(ast.plain(block)))
    return result
