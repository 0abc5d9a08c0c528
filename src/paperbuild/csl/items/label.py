"""Citation labels: ``Doe65`` for an item that brings none (CSL 1.0.2, "Standard Variables")."""

from __future__ import annotations

import re

from .item import Item, Name

_LETTERS = ((4,), (2, 2), (2, 1, 1), (1, 1, 1, 1))
"""How many letters of each name stand for one, two, three and more authors. As citeproc-js has it."""
_PARTICLE = re.compile(r"^[ '’a-z]+\s+")
_ARTICLE = re.compile(r"^(?:a|an|the)\s+", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W\d_]+")
_ROLES = ("author", "editor", "translator", "recipient", "interviewer", "composer", "container-author")
_YEAR_DIGITS = 2


def citation_label(item: Item) -> str:
    """The label that the item brings, or letters of its authors or its title with digits of its year."""
    own = item.text.get("citation-label")
    if own:
        return own
    names = next((item.names[role] for role in _ROLES if item.names.get(role)), ())
    return (_of_names(names) or _of_title(item.text.get("title", ""))) + _year(item)


def _of_names(names: tuple[Name, ...]) -> str:
    counts = _LETTERS[min(len(names), len(_LETTERS)) - 1] if names else ()
    return "".join(_shortened(_bare(name), count) for name, count in zip(names, counts, strict=False))


def _bare(name: Name) -> str:
    return _ARTICLE.sub("", _PARTICLE.sub("", name.family) or name.literal)


def _of_title(title: str) -> str:
    return _shortened(_ARTICLE.sub("", title), _LETTERS[0][0])


def _shortened(text: str, count: int) -> str:
    return _NO_LETTER.sub("", text)[:count].capitalize()


def _year(item: Item) -> str:
    issued = item.dates.get("issued")
    year = str(abs(issued.begin.year)) if issued is not None and issued.begin is not None else "0000"
    return year[-_YEAR_DIGITS:]
