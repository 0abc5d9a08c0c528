"""Faults that only make sense for one kind of things: notes, links, references, tables, pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from random import Random

from PIL import Image, UnidentifiedImageError
from tests.mutation.docx_html import Book, Passage, Thing, Words
from tests.mutation.docx_html_harms import Harm, drop, shortened

INVENTED = "Nemo, Quentin (1893). On Entries that Nobody Cited. Utopia: Invented Press."


def truncate_section(book: Book, section: Thing, rng: Random) -> Words:
    """Takes out the last paragraph of a section."""
    nodes = set(section.nodes)
    inside = [
        one for one in book.things("paragraphs") if nodes & {one.nodes[0], *one.nodes[0].iterancestors()}
    ]
    return drop(book, inside[-1], rng) if inside else ()


# -- notes and their marks -------------------------------------------------------------------------------


def drop_note_and_mark(book: Book, mark: Thing, rng: Random) -> Words:
    """Takes out a note with its mark."""
    book.remove(book.note(mark.nodes[0]))
    return drop(book, mark, rng)


def to_another_paragraph(book: Book, mark: Thing, rng: Random) -> Words:
    """Moves a mark to a word of another paragraph."""
    home = book.home(mark.nodes[0])
    others = [one for one in book.things("paragraphs") if one.nodes[0] is not home]
    rng.shuffle(others)
    for other in others:
        passage = book.own(other.nodes[0])
        spots = list(_spots(book, passage))
        if spots:
            book.insert(*passage.place(rng.choice(spots)), mark.nodes[0])
            return mark.words + other.words
    return ()


def to_another_word(book: Book, thing: Thing, rng: Random) -> Words:
    """Moves a mark or a citation to another word of its paragraph."""
    node = thing.nodes[0]
    passage = book.own(book.home(node))
    start = _offset(book, passage, thing)
    end = start + len(book.passage(node).text)
    spots = [
        spot
        for spot in _spots(book, passage)
        if re.search(r"\w", passage.text[spot:start] + passage.text[end:spot])
    ]
    if not spots:
        return ()
    book.insert(*passage.place(rng.choice(spots)), node)
    return thing.words


def _spots(book: Book, passage: Passage) -> Iterator[int]:
    """The ends of words behind which something can be put."""
    for found in re.finditer(r"\w(?=\s)", passage.text):
        if book.is_free(passage.place(found.end())[0]):
            yield found.end()


def _offset(book: Book, passage: Passage, thing: Thing) -> int:
    """Where in a passage a node stands."""
    order = list(book.home(thing.nodes[0]).iter())
    after = set(order[order.index(thing.nodes[0]) :])
    return next((at for at, leaf in passage.places if leaf in after), len(passage.text))


# -- links -----------------------------------------------------------------------------------------------


def unlink(book: Book, link: Thing, rng: Random) -> Words:
    """Takes off a link; its words stay."""
    del rng
    book.unlink(link.nodes[0])
    return link.words[:2]


def shorten(book: Book, link: Thing, rng: Random) -> Words:
    """Takes the last letter or digit off a link's words."""
    del rng
    passage = book.passage(*link.nodes)
    places = [found.start() for found in re.finditer(r"\w", passage.text)]
    if len(places) < 2:
        return ()
    passage.replace(places[-1], places[-1] + 1, "")
    return link.words


def elsewhere(kind: str) -> Harm:
    """Leads a link within the file where another of its kind leads, and one out of it to a wrong address."""

    def harm(book: Book, link: Thing, rng: Random) -> Words:
        own = book.target(link.nodes[0])
        others = {book.target(one.nodes[0]) for one in book.things(kind)} - {own}
        fit = sorted(one for one in others if one.startswith("#"))
        if not own.startswith("#"):
            fit = ["https://example.com/elsewhere"]
        if not fit:
            return ()
        book.lead(link.nodes[0], rng.choice(fit))
        return link.words[:2]

    return harm


def to_http(book: Book, link: Thing, rng: Random) -> Words:
    """Makes a link's https http."""
    del rng
    target = book.target(link.nodes[0])
    if not target.startswith("https:"):
        return ()
    book.lead(link.nodes[0], target.replace("https:", "http:", 1))
    return link.words[:2]


# -- references and anchors ------------------------------------------------------------------------------


def invent(book: Book, entry: Thing, rng: Random) -> Words:
    """Puts an entry that nobody cited behind another."""
    del rng
    new = book.copied(entry.nodes[0])
    entry.nodes[0].addnext(new)
    for link in list(new.iter(book.link_tag)):
        book.remove(link)
    _retype(book.passage(new), INVENTED)
    return (INVENTED,)


def renamed(suffix: str) -> Harm:
    """Gives an anchor a longer name; without a suffix none."""

    def harm(book: Book, anchor: Thing, rng: Random) -> Words:
        del rng
        book.rename(anchor, anchor.words[0] + suffix if suffix else "")
        return anchor.words

    return harm


def move_anchor(book: Book, anchor: Thing, rng: Random) -> Words:
    """Puts an anchor on a paragraph, but not on the one before it or after it."""
    order = list(anchor.nodes[0].getroottree().getroot().iter())
    after = set(order[order.index(anchor.nodes[0]) :])
    paragraphs = [one.nodes[0] for one in book.things("paragraphs")]
    here = sum(one not in after for one in paragraphs)
    fit = paragraphs[: max(here - 1, 0)] + paragraphs[here + 1 :]
    if not fit:
        return ()
    book.anchor(anchor, rng.choice(fit))
    return anchor.words


# -- tables ----------------------------------------------------------------------------------------------


def drop_last_rows(book: Book, table: Thing, rng: Random) -> Words:
    """Takes out the last rows of a table, up to a half."""
    rows = [
        row
        for row in book.things("rows")
        if table.nodes[-1] in row.nodes[0].iterancestors() and not row.level
    ]
    if len(rows) < 2:
        return ()
    gone = rows[-rng.randint(1, len(rows) // 2) :]
    return tuple(word for row in gone for word in drop(book, row, rng))


def empty(book: Book, cell: Thing, rng: Random) -> Words:
    """Takes the text out of a cell."""
    del rng
    _retype(book.passage(*cell.nodes), "")
    return cell.words


def _retype(passage: Passage, text: str) -> None:
    """Puts a text in the place of all that a passage says."""
    start = len(passage.text) - len(passage.text.lstrip())
    passage.replace(start, len(passage.text.rstrip()), text)


# -- pictures and equations ------------------------------------------------------------------------------


def swap_pictures(book: Book, picture: Thing, rng: Random) -> Words:
    """Shows each of two pictures in the other's place."""
    own = book.source(picture.nodes[0])
    others = [(one, book.source(one.nodes[0])) for one in book.things("pictures")]
    fit = [(one, source) for one, source in others if book.image(source) != book.image(own)]
    if not fit:
        return ()
    other, source = rng.choice(fit)
    book.show(picture.nodes[0], source)
    book.show(other.nodes[0], own)
    return picture.words + other.words


def blank_picture(book: Book, picture: Thing, rng: Random) -> Words:
    """Shows white in a picture's place."""
    del rng
    out = io.BytesIO()
    size = _size(book.image(book.source(picture.nodes[0])))
    Image.new("RGB", size, "white").save(out, "PNG")
    book.show(picture.nodes[0], book.added(out.getvalue()))
    return picture.words


def _size(data: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(data)) as opened:
            return opened.size
    except UnidentifiedImageError:  # an SVG
        return 1, 1


def describe(change: Callable[[str], str]) -> Harm:
    """Changes a picture's alternative text."""

    def harm(book: Book, picture: Thing, rng: Random) -> Words:
        del rng
        before = book.alternative(picture.nodes[0])
        after = change(before)
        if after == before:
            return ()
        book.describe(picture.nodes[0], after)
        return picture.words

    return harm


def shorter(text: str) -> str:
    """The text without its last word."""
    return text[: shortened(text) or None]


def swap_alternatives(book: Book, picture: Thing, rng: Random) -> Words:
    """Exchanges the alternative texts of two pictures."""
    own = book.alternative(picture.nodes[0])
    others = [(one, book.alternative(one.nodes[0])) for one in book.things("pictures")]
    fit = [(one, text) for one, text in others if own and text and text != own]
    if not fit:
        return ()
    other, text = rng.choice(fit)
    book.describe(picture.nodes[0], text)
    book.describe(other.nodes[0], own)
    return picture.words + other.words


def truncate_equation(book: Book, equation: Thing, rng: Random) -> Words:
    """Takes the last letter or digit off an equation that has more."""
    del rng
    symbols = book.symbols(equation.nodes[0])
    leaves = [leaf for leaf in symbols if re.search(r"\w", leaf.text or "")]
    if sum(len(leaf.text) for leaf in leaves) < 2:
        return ()
    leaves[-1].text = re.sub(r"\w(\W*)$", r"\1", leaves[-1].text)
    return (*equation.words, "".join(leaf.text or "" for leaf in symbols))
