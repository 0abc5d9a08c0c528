"""What a manuscript says for a class under ``study:``, as sections before the reference list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paperbuild import config, labels
from paperbuild.dress.references import is_list
from paperbuild.layouts import model
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node


def added(blocks: Sequence[Node], said: config.Study, wanted: model.Study, lang: str) -> list[Node]:
    """The blocks with the key terms and the questions that the layout wants, each under a heading in the
    document's language; before the reference list where that ends the paper, else at the end."""
    words = labels.headings(lang)
    level = min((node["c"][0] for node in ast.headers(blocks)), default=1)
    taken = {ast.identifier(node) for node in ast.iterate(blocks)}
    sections: list[Node] = []
    if wanted.terms and said.terms:
        sections += [heading(words["key_terms"], "key-terms", level, taken), *terms(said.terms)]
    if wanted.questions and said.questions:
        sections += [heading(words["questions"], "questions", level, taken), *questions(said.questions)]
    place = _end(blocks)
    return [*blocks[:place], *sections, *blocks[place:]]


def heading(words: str, name: str, level: int, taken: Iterable[str] = ()) -> Node:
    """A heading without a number, with an id that nothing else has."""
    known = set(taken)
    free = next(
        one for n in range(len(known) + 1) if (one := f"study-{name}{f'-{n}' * (n > 0)}") not in known
    )
    return ast.header(level, ast.text(words), free, "unnumbered")


def terms(given: Sequence[tuple[str, str]]) -> list[Node]:
    """The terms with their meanings; those that are left without one as a list of words below."""
    explained = [[ast.text(term), [[_plain(meaning)]]] for term, meaning in given if meaning]
    bare: list[Node] = [{"t": "BulletList", "c": [[_plain(term)] for term, meaning in given if not meaning]}]
    meanings: list[Node] = [{"t": "DefinitionList", "c": explained}]
    return [*(meanings if explained else []), *(bare if len(explained) < len(given) else [])]


def terms_in_lines(given: Sequence[tuple[str, str]]) -> list[Node]:
    """The terms as a list with a line or two for each, where room is scarce."""
    items = [
        [{"t": "Strong", "c": ast.text(term)}, *(ast.text(f" – {meaning}") if meaning else [])]
        for term, meaning in given
    ]
    return [{"t": "BulletList", "c": [[{"t": "Plain", "c": inlines}] for inlines in items]}]


def questions(given: Sequence[str]) -> list[Node]:
    """The questions, numbered, so that a class can name them."""
    style = [1, {"t": "Decimal"}, {"t": "Period"}]
    return [{"t": "OrderedList", "c": [style, [[_plain(question)] for question in given]]}]


def _plain(words: str) -> Node:
    return {"t": "Plain", "c": ast.text(words)}


def _end(blocks: Sequence[Node]) -> int:
    """Where the text ends: before the reference list's heading, if nothing but the list follows it."""
    end = len(blocks)
    if end and is_list(blocks[-1]):
        end -= 1
        if end and blocks[end - 1]["t"] == "Header":
            end -= 1
    return end
