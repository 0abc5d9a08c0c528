"""Faults injected into Word documents."""

from __future__ import annotations

import posixpath
from random import Random

from lxml import etree
from tests.mutation import Mutation, docx_zotero
from tests.mutation.docx_book import Docx
from tests.mutation.docx_html import Element, Thing, Words
from tests.mutation.docx_html_harms import Fault, Harm, any_of, mutation
from tests.mutation.docx_html_kinds import COMMON, on_text
from tests.mutation.docx_package import CORE, RELATIONS, STYLES, R, W

_DC = "{http://purl.org/dc/elements/1.1/}"
_RUN_PROPERTIES = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang"
).split()
"""In the order that the schema asks for (ECMA-376 part 1, 17.3.2.28)."""


# -- text ------------------------------------------------------------------------------------------------


def swap_notes(book: Docx, note: Thing, rng: Random) -> Words:
    """Exchanges the texts of two notes."""
    fit = [other for other in book.things("notes") if other.words != note.words]
    if not fit:
        return ()
    other = rng.choice(fit)
    pair = [next(thing.nodes[0].iterancestors(f"{W}footnote")) for thing in (note, other)]
    first, second = (one.get(f"{W}id") for one in pair)
    pair[0].set(f"{W}id", second)
    pair[1].set(f"{W}id", first)
    return note.words + other.words


def change_level(book: Docx, heading: Thing, rng: Random) -> Words:
    """Gives a heading the style of the level above or below."""
    del book
    levels = [level for level in (heading.level - 1, heading.level + 1) if level in range(1, 7)]
    heading.nodes[0].find(f"{W}pPr/{W}pStyle").set(f"{W}val", f"Heading{rng.choice(levels)}")
    return heading.words


def formatted(**values: str | None) -> Harm:
    """Gives all text of a thing these properties."""

    def harm(book: Docx, thing: Thing, rng: Random) -> Words:
        del book, rng
        for run in thing.nodes[0].iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            if properties is None:
                properties = run.makeelement(f"{W}rPr")
                run.insert(0, properties)
            for name, value in values.items():
                _set(properties, name, value)
        return thing.words

    return harm


def _set(properties: Element, name: str, value: str | None) -> None:
    new = etree.Element(f"{W}{name}")
    if value is not None:
        new.set(f"{W}val", value)
    names = [etree.QName(one).localname for one in properties]
    before = set(_RUN_PROPERTIES[: _RUN_PROPERTIES.index(name)])
    properties.insert(sum(one in before for one in names), new)
    for old in properties.findall(f"{W}{name}"):
        if old is not new:
            properties.remove(old)


def delete_tracked(book: Docx, thing: Thing, rng: Random) -> Words:
    """Marks all text of a thing as deleted, as tracked changes do."""
    del rng
    if book.symbols(thing.nodes[0]):
        return ()
    for number, run in enumerate(list(thing.nodes[0].iter(f"{W}r"))):
        for leaf in run.findall(f"{W}t"):
            if leaf.text != "\n":
                leaf.tag = f"{W}delText"
        deleted = etree.Element(f"{W}del")
        run.addprevious(deleted)
        deleted.append(run)
        for name, value in (("id", str(9000 + number)), ("author", "X"), ("date", "2020-01-01T00:00:00Z")):
            deleted.set(f"{W}{name}", value)
    return thing.words


# -- tables ----------------------------------------------------------------------------------------------


def unmerge(book: Docx, cell: Thing, rng: Random) -> Words:
    """Makes a cell span no other; those that went on with it below are cells of their own."""
    del book, rng
    node = cell.nodes[0]
    _single(node)
    column, row = _column(node), cell.parent.getnext()
    while row is not None:
        below = [one for one in row.findall(f"{W}tc") if _column(one) == column]
        merge = below[0].find(f"{W}tcPr/{W}vMerge") if below else None
        if merge is None or merge.get(f"{W}val", "continue") == "restart":
            break
        _single(below[0])
        row = row.getnext()
    return cell.words


def _single(cell: Element) -> None:
    properties = cell.find(f"{W}tcPr")
    for name in ("gridSpan", "vMerge"):
        for span in properties.findall(f"{W}{name}"):
            properties.remove(span)


def _column(cell: Element) -> int:
    """In which column a cell begins."""
    before = [one.find(f"{W}tcPr/{W}gridSpan") for one in cell.itersiblings(f"{W}tc", preceding=True)]
    return sum(1 if span is None else int(span.get(f"{W}val")) for span in before)


def common_row(book: Docx, row: Thing, rng: Random) -> Words:
    """Makes a head row a row like others."""
    del book, rng
    if not row.level:
        return ()
    row.nodes[0].find(f"{W}trPr").remove(row.nodes[0].find(f"{W}trPr/{W}tblHeader"))
    row.parent.find(f"{W}tblPr/{W}tblLook").set(f"{W}firstRow", "0")
    for named in row.nodes[0].iter(f"{W}pStyle"):
        named.set(f"{W}val", "TableText")
    return row.words


# -- the package -----------------------------------------------------------------------------------------


def metadata(name: str, value: str) -> Fault:
    """Gives a core property another value, or none."""

    def fault(book: Docx, rng: Random) -> Words:
        del rng
        found = book.part(CORE).find(f"{_DC}{name}")
        words = (found.text or "").split(";") if found is not None else []
        if found is not None:
            found.text = value
        return tuple(word.strip() for word in words if word.strip())

    return fault


def change_language(book: Docx, rng: Random) -> Words:
    """Says of the text that it is in another language."""
    found = book.part(STYLES).find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    old = found.get(f"{W}val", "")
    new = "fi-FI" if old == "is-IS" else "is-IS"
    found.set(f"{W}val", new)
    metadata("language", new)(book, rng)
    return old, new


def break_link(book: Docx, link: Thing, rng: Random) -> Words:
    """Takes away the relationship by which a link leads somewhere."""
    del rng
    identifier = link.nodes[0].get(f"{R}id")
    if identifier is None:
        return ()
    book.remove(book.relation(link.nodes[0], identifier))
    return (*link.words[:2], identifier)


def break_picture(book: Docx, picture: Thing, rng: Random) -> Words:
    """Takes away the relationship that leads to a picture."""
    del rng
    identifier = book.source(picture.nodes[0])
    book.remove(book.relation(picture.nodes[0], identifier))
    return (*picture.words, identifier)


def break_footnotes(book: Docx, rng: Random) -> Words:
    """Takes away the relationship that leads to the notes."""
    del rng
    words = _noted(book)
    for relation in _relations(book, "footnotes"):
        book.remove(relation)
    return words


def drop_part(book: Docx, rng: Random) -> Words:
    """Takes out a part: the notes, the styles, the lists' numbers or a picture."""
    optional = [("footnotes", _noted(book)), ("numbering", book.items)]
    kinds = ["styles", "image", *(kind for kind, used in optional if used)]
    relation = rng.choice([one for kind in kinds for one in _relations(book, kind)])
    target = str(relation.get("Target"))
    pictures = [one for one in book.things("pictures") if book.source(one.nodes[0]) == relation.get("Id")]
    book.drop_part(posixpath.join("word", target))
    about = _noted(book) if target == "footnotes.xml" else ()
    return (posixpath.join("word", target), target, *about, *(word for one in pictures for word in one.words))


def _relations(book: Docx, kind: str) -> list[Element]:
    return [one for one in book.part(RELATIONS) if str(one.get("Type")).endswith(f"/{kind}")]


def _noted(book: Docx) -> Words:
    return tuple(word for note in book.notes for word in note.words)


def drop_end(book: Docx, anchor: Thing, rng: Random) -> Words:
    """Takes away the end of a bookmark."""
    del rng
    book.remove(anchor.nodes[1])
    return anchor.words


def lead_note_nowhere(book: Docx, mark: Thing, rng: Random) -> Words:
    """Makes a mark lead to a note that is not there."""
    del book, rng
    mark.nodes[0].find(f"{W}footnoteReference").set(f"{W}id", "9999")
    return (*mark.words, "9999")


FAULTS: dict[str, Fault] = {
    **COMMON,
    "move note": any_of("notes", swap_notes),
    "change a heading's level": any_of("headings", change_level),
    "unmerge cells": any_of("merged", unmerge),
    "head row made a common row": any_of("rows", common_row),
    "white text": on_text(formatted(color="FFFFFF")),
    "invisible text": on_text(formatted(vanish=None)),
    "tiny text": on_text(formatted(sz="1", szCs="1")),  # half a point: Word knows no smaller one
    "drop title metadata": metadata("title", ""),
    "change title metadata": metadata("title", "A Title of Another Paper"),
    "change language": change_language,
    "drop author metadata": metadata("creator", ""),
    "break a relationship to a picture": any_of("pictures", break_picture),
    "break a relationship to a link": any_of("links", break_link),
    "break the relationship to the footnotes": break_footnotes,
    "drop a part": drop_part,
    "drop bookmark end": any_of("anchors", drop_end),
    "note id that leads nowhere": any_of("marks", lead_note_nowhere),
    "deleted in tracked changes": on_text(delete_tracked),
    **docx_zotero.FAULTS,
}
MUTATIONS: dict[str, Mutation] = {name: mutation(Docx, fault) for name, fault in FAULTS.items()}
