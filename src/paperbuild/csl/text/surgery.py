"""Finding, taking out and exchanging nodes of a tree; what is left empty goes, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .tree import Child, Rich


def nodes(child: Child) -> Iterator[Rich]:
    """All nodes of a tree in order, parents first."""
    if not isinstance(child, str):
        yield child
        for inner in child.children:
            yield from nodes(inner)


def find(child: Child, *tags: str) -> Rich | None:
    """The first node with one of the tags."""
    return next((node for node in nodes(child) if node.tag in tags), None)


def exchange(child: Child, change: Callable[[Rich], Child | None]) -> Child | None:
    """The tree with each node as ``change`` gives it: itself to look inside it, another, or None for none."""
    if isinstance(child, str):
        return child
    changed = change(child)
    if changed is not child or not isinstance(changed, Rich):
        return changed
    inner = tuple(piece for piece in (exchange(c, change) for c in child.children) if piece)
    if not inner:
        return None
    if all(a is b for a, b in zip(inner, child.children, strict=False)) and len(inner) == len(child.children):
        return child
    return Rich(inner, child.format, child.tag, child.data)


def without(child: Child, target: Rich) -> Child | None:
    """The tree without one of its nodes."""
    return exchange(child, lambda node: None if node is target else node)


def instead(child: Child, target: Rich, new: Child) -> Child:
    """The tree with another node in the place of one."""
    return exchange(child, lambda node: new if node is target else node) or ""
