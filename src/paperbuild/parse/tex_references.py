"""LaTeX's commands that refer to something, those among them that pandoc's reader does not know."""

from __future__ import annotations

import re

from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_COMMAND = re.compile(r"^\\([A-Za-z]+)\*?(?:\[[^\]]*\])?\{([^{}]+)\}(?:\{([^{}]+)\})?$")
_BY_KIND = {
    "nameref": "nameref titleref Nameref",
    "pageref": "pageref vpageref cpageref Cpageref labelcpageref autopageref cpagerefrange vpagerefrange",
    "ref": "labelcref subref thref",
    "autoref": "Autoref fullref Fullref Vref fref Fref Sref figref Figref tabref Tabref secref Secref thmref",
    "name": "namecref nameCref lcnamecref",
    "range": "crefrange Crefrange vrefrange",
    "range-plain": "labelcrefrange",
}
"""How each refers: by title, to a page, by number alone, by kind and number, by kind alone, from the first to
the last."""
_KINDS = {command: kind for kind, commands in _BY_KIND.items() for command in commands.split()}


def understood(source: str) -> Node | None:
    """A command of LaTeX, hyperref, cleveref, nameref, varioref or fancyref as the link that pandoc makes of
    ``\\ref``; None for anything else."""
    match = _COMMAND.match(source.strip())
    kind = _KINDS.get(match[1]) if match else None
    if not match or not kind or ("range" in match[1]) != bool(match[3]):
        return None
    names = ",".join(filter(None, (match[2], match[3])))
    pairs = [("reference-type", kind), ("reference", names)]
    return {"t": "Link", "c": [ast.attr("", [], pairs), ast.text(names), [f"#{match[2]}", ""]]}
