"""Faults injected into web previews."""

from __future__ import annotations

from random import Random

from lxml import etree
from tests.mutation import Mutation
from tests.mutation.docx_html import Element, Thing, Words
from tests.mutation.docx_html_harms import Fault, Harm, any_of, mutation, swap
from tests.mutation.docx_html_kinds import COMMON, on_text
from tests.mutation.html_book import Html, written


def change_level(book: Html, heading: Thing, rng: Random) -> Words:
    """Makes a heading one of the level above or below."""
    del book
    levels = [level for level in (heading.level - 1, heading.level + 1) if level in range(2, 7)]
    heading.nodes[0].tag = f"h{rng.choice(levels)}"
    return heading.words


def unmerge(book: Html, cell: Thing, rng: Random) -> Words:
    """Makes a cell span no other."""
    del book, rng
    for name in ("rowspan", "colspan"):
        cell.nodes[0].attrib.pop(name, None)
    return cell.words


def common_row(book: Html, row: Thing, rng: Random) -> Words:
    """Makes a head row a row like others."""
    del book, rng
    table = next(row.nodes[0].iterancestors("table"))
    body = table.find("tbody")
    if not row.level or body is None:
        return ()
    body.insert(0, row.nodes[0])
    for cell in row.nodes[0].iterchildren("th"):
        cell.tag = "td"
    return row.words


# -- hiding ----------------------------------------------------------------------------------------------


def styled(rule: str) -> Harm:
    """Adds to a thing's own style."""

    def harm(book: Html, thing: Thing, rng: Random) -> Words:
        del book, rng
        thing.nodes[0].set("style", f"{thing.nodes[0].get('style', '')};{rule}".lstrip(";"))
        return thing.words

    return harm


def hide(book: Html, thing: Thing, rng: Random) -> Words:
    """Gives a thing the attribute that hides it."""
    del book, rng
    thing.nodes[0].set("hidden", "")
    return thing.words


def hide_by_rule(book: Html, thing: Thing, rng: Random) -> Words:
    """Adds a rule to the page that hides a thing and nothing else."""
    del rng
    rule = book.root.makeelement("style")
    rule.text = _selector(thing.nodes[0]) + " { display: none }"
    book.root.find("head").append(rule)
    return thing.words


def _selector(node: Element) -> str:
    steps = [
        f"{one.tag}:nth-of-type({1 + sum(1 for _ in one.itersiblings(one.tag, preceding=True))})"
        for one in (node, *node.iterancestors())
    ]
    return " > ".join(reversed(steps))


def withdraw(book: Html, thing: Thing, rng: Random) -> Words:
    """Moves a thing to where a browser does not show it."""
    node, name = thing.nodes[0], rng.choice(["template", "noscript", "comment"])
    if node.tag == "caption":  # in a table, a browser takes it out again
        return ()
    if name == "comment":
        node.addprevious(etree.Comment(written(node).decode().replace("-", "\N{NON-BREAKING HYPHEN}")))
        book.remove(node)
    else:
        out = book.root.makeelement(name)
        node.addprevious(out)
        out.append(node)
    return thing.words


# -- what the page says of itself --------------------------------------------------------------------------


def change_title(title: str) -> Fault:
    """Gives the page another title, or none."""

    def fault(book: Html, rng: Random) -> Words:
        del rng
        found = book.root.find("head/title")
        leaves = [] if found is None else list(found)
        words = " ".join((leaves[0].text or "").split()) if leaves else ""
        if words:
            leaves[0].text = title
        return (words,) if words else ()

    return fault


def change_language(book: Html, rng: Random) -> Words:
    """Says of the page that it is in another language."""
    del rng
    old = str(book.root.get("lang"))
    new = "is-IS" if old != "is-IS" else "fi-FI"
    book.root.set("lang", new)
    return old, new


def drop_authors(book: Html, rng: Random) -> Words:
    """Takes the authors out of the page's head."""
    del rng
    found = book.root.xpath("head/meta[@name = 'author']")
    names = [str(one.get("content")) for one in found]
    for one in found:
        book.remove(one)
    return tuple(word for name in names for word in (name, *name.split(", ")))


FAULTS: dict[str, Fault] = {
    **COMMON,
    "move note": any_of("notes", swap("notes")),
    "change a heading's level": any_of("headings", change_level),
    "unmerge cells": any_of("merged", unmerge),
    "head row made a common row": any_of("rows", common_row),
    "white text": on_text(styled("color: #fff; background: #fff")),
    "invisible text": on_text(styled("visibility: hidden")),
    "tiny text": on_text(styled("font-size: 0.1pt")),
    "drop title metadata": change_title(""),
    "change title metadata": change_title("A Title of Another Paper"),
    "change language": change_language,
    "drop author metadata": drop_authors,
    "hidden attribute": on_text(hide),
    "display:none inline": on_text(styled("display: none")),
    "a style rule that hides an element": on_text(hide_by_rule),
    "an element moved into <template> or <noscript> or a comment": on_text(withdraw),
}
MUTATIONS: dict[str, Mutation] = {name: mutation(Html, fault) for name, fault in FAULTS.items()}
