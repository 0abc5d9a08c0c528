"""Levels of headings, of which none may be left out."""

from __future__ import annotations

import pikepdf

from paperbuild.formats.pdf.archive.tree import Tree

_TYPES = tuple(f"/H{level}" for level in range(1, 7))


def mend(tree: Tree) -> None:
    """A heading before which its author left out a level gets a type that stands for the level it has in the
    tree of headings (ISO 14289-1, 7.4.2): ``Heading3`` is an H2 where no H2 is above it.
    """
    above: list[int] = []
    roles: dict[str, str] = {}
    for element in tree.of_type(*_TYPES):
        level = int(str(element.S)[2:])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        role = f"/H{len(above)}"
        if role != element.S:
            name = f"/Heading{level}"
            if roles.get(name, role) != role:  # a name stands for one level only
                name += f".{len(above)}"
            roles[name] = role
            element.S = pikepdf.Name(name)
    if roles:
        tree.pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(
            {name: pikepdf.Name(role) for name, role in sorted(roles.items())}
        )
