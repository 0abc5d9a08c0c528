"""Emphasis for readers to whom slanted letters are hard to read: bold or underlined instead of italic."""

from __future__ import annotations

from collections.abc import Sequence

from paperbuild.layouts.model import Setting
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_NODES = {"bold": "Strong", "underlined": "Underline"}


def shown(nodes: Sequence[Node], setting: Setting) -> tuple[Node, ...]:
    """The nodes with emphasised words as the layout shows them."""
    kind = _NODES.get(setting.emphasis, "")

    def change(node: Node) -> ast.Rewritten:
        return {"t": kind, "c": node["c"]} if node["t"] == "Emph" else None

    return tuple(ast.rewrite(list(nodes), change) if kind else nodes)
