"""Faults that can be done to things of any kind: taking out, doubling, moving, cutting short, retyping."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any

from lxml import etree
from tests.mutation import Mutant, Mutation
from tests.mutation.docx_html import Book, Element, Thing, Words

Fault = Callable[[Any, Random], Words]
"""Harms something in a book, and says what."""
Harm = Callable[[Any, Thing, Random], Words]
"""Harms one thing, and says what was harmed; nothing is changed where it says nothing."""


def mutation(opened: Callable[[bytes], Book], fault: Fault) -> Mutation:
    """The fault as a function of a file's bytes."""

    def mutate(data: bytes, rng: Random) -> Mutant | None:
        book = opened(data)
        words = fault(book, rng)
        return Mutant(book.saved(), known(words)) if words else None

    return mutate


def known(words: Words) -> Words:
    """The words without mere numbers, which could be in any sentence, if others are left."""
    return tuple(word for word in words if re.search(r"[^\W\d_]", word)) or words


def any_of(kind: str, harm: Harm) -> Fault:
    """Harms one thing of a kind: the first, in an order of chance, that can be harmed so."""

    def fault(book: Book, rng: Random) -> Words:
        things = book.things(kind)
        rng.shuffle(things)
        return next((words for thing in things if (words := harm(book, thing, rng))), ())

    return fault


def either(*faults: Fault) -> Fault:
    """One of the faults, by chance; another where it finds nothing."""

    def fault(book: Book, rng: Random) -> Words:
        tried = rng.sample(faults, len(faults))
        return next((words for one in tried if (words := one(book, rng))), ())

    return fault


def drop(book: Book, thing: Thing, rng: Random) -> Words:
    """Takes a thing out."""
    del rng
    for node in thing.nodes:
        book.remove(node)
    return thing.words


def duplicate(book: Book, thing: Thing, rng: Random) -> Words:
    """Puts a copy behind a thing."""
    del rng
    for node in reversed([book.copied(node) for node in thing.nodes]):
        thing.nodes[-1].addnext(node)
    return thing.words


def truncate(book: Book, thing: Thing, rng: Random) -> Words:
    """Cuts off the last word; the second half of a single one."""
    del rng
    passage = book.passage(*thing.nodes)
    start = shortened(passage.text)
    if start:
        passage.replace(start, len(passage.text.rstrip()), "")
    return thing.words if start else ()


def shortened(text: str) -> int:
    """Where the last word begins that a reader would miss; 0 where there is none."""
    found = list(re.finditer(r"\S*\w\S*", text))
    if len(found) > 1:
        return found[-2].end()
    middle = (found[0].start() + found[0].end() + 1) // 2 if found else 0
    return middle if re.search(r"\w", text[middle:]) else 0


def anywhere(one: Thing, other: Thing) -> bool:
    """True for every two things."""
    del one, other
    return True


def swap(kind: str, together: Callable[[Thing, Thing], bool] = anywhere, *, inside: bool = False) -> Harm:
    """Exchanges a thing, or what is in it, with another of a kind that says something else."""

    def harm(book: Book, thing: Thing, rng: Random) -> Words:
        others = [
            other
            for other in book.things(kind)
            if other.words[0] != thing.words[0] and together(thing, other) and apart(thing, other)
        ]
        if not others:
            return ()
        other = rng.choice(others)
        pair = [book.inside(one.nodes[0]) if inside else list(one.nodes) for one in (thing, other)]
        exchange(*pair)
        return thing.words + other.words

    return harm


def exchange(some: list[Element], others: list[Element]) -> None:
    """Puts nodes in the place of others, and those in theirs."""
    places: list[Element] = [etree.Element("place"), etree.Element("place")]
    some[0].addprevious(places[0])
    others[0].addprevious(places[1])
    for place, nodes in zip(places, (others, some), strict=True):
        for node in nodes:
            place.addprevious(node)
        place.getparent().remove(place)


def apart(one: Thing, other: Thing) -> bool:
    """True where neither stands in the other."""
    return not (_above(one) & set(other.nodes) or _above(other) & set(one.nodes))


def _above(thing: Thing) -> set[Element]:
    return {thing.nodes[0], *thing.nodes[0].iterancestors()}


def neighbours(one: Thing, other: Thing) -> bool:
    """True where the other follows, with nothing between them but space."""
    following = one.nodes[-1].itersiblings()
    return (
        next((node for node in following if len(node) or (node.text or "").strip()), None) is other.nodes[0]
    )


def siblings(one: Thing, other: Thing) -> bool:
    """True where both are of one level and stand in one parent."""
    return one.parent is other.parent and one.level == other.level


def far(kind: str, between: int = 3) -> Harm:
    """Moves a thing behind another of a kind, past at least so many that say something else."""

    def harm(book: Book, thing: Thing, rng: Random) -> Words:
        others = [other for other in book.things(kind) if apart(thing, other)]
        order = {node: place for place, node in enumerate(thing.nodes[0].getroottree().getroot().iter())}
        here = sum(order[other.nodes[0]] < order[thing.nodes[0]] for other in others)
        fit = []
        for index, other in enumerate(others):
            passed = others[here : index + 1] if index >= here else others[index + 1 : here]
            if sum(one.words[0] != thing.words[0] for one in passed) >= between:
                fit.append(other)
        if not fit:
            return ()
        behind = rng.choice(fit).nodes[-1]
        for node in reversed(thing.nodes):
            behind.addnext(node)
        return thing.words

    return harm


def alter(region: str, letter: str) -> Harm:
    """Puts another letter or digit in the place of one of a region; both are patterns."""

    def harm(book: Book, thing: Thing, rng: Random) -> Words:
        passage = book.passage(*thing.nodes)
        regions = [found.span() for found in re.finditer(region, passage.text)]
        if not regions:
            return ()
        start, end = rng.choice(regions)
        places = [found.start() for found in re.compile(letter).finditer(passage.text, start, end)]
        if not places:
            return ()
        place = rng.choice(places)
        passage.replace(place, place + 1, another(passage.text[place], rng))
        return thing.words

    return harm


def another(char: str, rng: Random) -> str:
    """A digit for a digit, a letter for a letter, and never the same."""
    pool = "0123456789" if char.isdigit() else "abcdefghijklmnopqrstuvwxyz"
    chosen = rng.choice([one for one in pool if one != char.lower()])
    return chosen.upper() if char.isupper() else chosen
