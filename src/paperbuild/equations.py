"""Equations: TeX is turned into MathML once, by pandoc, and every format takes it from there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.pandoc.run import run

_ANSWER = re.compile(r'<div id="m(\d+)">\s*<p>\s*(<math\b.*?</math>)\s*</p>\s*</div>', re.DOTALL)
_ANNOTATION = re.compile(r"<annotation\b.*?</annotation>", re.DOTALL)
_SEMANTICS = re.compile(r"</?semantics>")
_STYLE = re.compile(r' style="text-align: (\w+)(; padding-\w+: 0)?"')


def key(node: Node) -> str:
    """What names a ``Math`` node's formula in ``ResolvedDocument.mathml``."""
    return f"{'display' if is_display(node) else 'inline'} {tex(node)}"


def tex(node: Node) -> str:
    """The formula's TeX source, without blanks around it."""
    return str(node["c"][1]).strip()


def is_display(node: Node) -> bool:
    """True where the formula stands on a line of its own."""
    return bool(node["c"][0]["t"] == "DisplayMath")


def to_mathml(values: Iterable[Any]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """MathML by key for every ``Math`` node in the trees, and pandoc's reason for those it can't convert."""
    nodes = {key(node): node for node in ast.iterate(list(values)) if node["t"] == "Math"}
    if not nodes:
        return {}, {}
    keys = list(nodes)
    blocks = [ast.div([ast.para([nodes[name]])], f"m{number}") for number, name in enumerate(keys)]
    result = run(["-f", "json", "-t", "html", "--mathml"], json.dumps(ast.pandoc(blocks)))
    found = {keys[int(number)]: _bare(math) for number, math in _ANSWER.findall(result.output.decode())}
    said = {message.contents.strip(): message.text for message in result.messages if message.contents}
    reasons = {
        name: said.get(tex(nodes[name]), "pandoc can't read this TeX") for name in keys if name not in found
    }
    return found, reasons


def _bare(mathml: str) -> str:
    """MathML without the TeX annotation, which some renderers print beside the formula, and with classes for
    the style attributes of cells, which a content security policy forbids."""
    return _STYLE.sub(_classes, _SEMANTICS.sub("", _ANNOTATION.sub("", mathml)))


def _classes(style: re.Match[str]) -> str:
    return f' class="align-{style[1]}{" flush" if style[2] else ""}"'
