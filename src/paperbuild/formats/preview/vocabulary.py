"""The vocabulary of pages: what the program itself may say in any page, whatever the paper."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from paperbuild import html


@cache
def vocabulary() -> str:
    """The strings in the code that writes pages, a line each: names of metadata, of classes, of ARIA roles.

    They are public: a paper on ``isAccessibleForFree`` must not make each page a leak. They are taken
    from the code, for a list beside it would soon lack some; comments and docstrings are not among them.
    """
    folders = (Path(__file__).parent, Path(html.__file__).parent)
    files = (file for folder in folders for file in sorted(folder.rglob("*.py")))
    levels = (f"level{level}" for level in range(1, 7))  # which the code puts together
    return "\n".join([*(text for file in files for text in _strings(ast.parse(file.read_bytes()))), *levels])


def _strings(tree: ast.Module) -> Iterator[str]:
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value
