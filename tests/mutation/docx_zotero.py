"""Faults injected into the fields of a Word document that Zotero sets anew."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.mutation.docx_book import Docx
from tests.mutation.docx_html import Element, Words
from tests.mutation.docx_html_harms import Fault
from tests.mutation.docx_package import DOCUMENT, FOOTNOTES, W

_CITATION = re.compile(r"(\s*ADDIN ZOTERO_ITEM CSL_CITATION\s+)(.*)", re.DOTALL)
_LIST = "ADDIN ZOTERO_BIBL"


@dataclass(frozen=True)
class _Field:
    """A field's runs: those of its code between begin and separator, those of its result up to the end."""

    begin: Element
    code: list[Element]
    separator: Element
    result: list[Element]
    end: Element

    @property
    def text(self) -> str:
        return "".join(leaf.text or "" for run in self.code for leaf in run.iter(f"{W}instrText"))

    def write(self, text: str) -> None:
        """Gives it another code."""
        leaves = [leaf for run in self.code for leaf in run.iter(f"{W}instrText")]
        for leaf in leaves:
            leaf.text = ""
        leaves[0].text = text

    @property
    def shown(self) -> str:
        return "".join(leaf.text or "" for run in self.result for leaf in run.iter(f"{W}t"))

    @property
    def keys(self) -> Words:
        """The works that it cites."""
        found = _CITATION.match(self.text)
        items = json.loads(found[2])["citationItems"] if found else []
        return tuple(str(item["itemData"].get("citation-key") or item["itemData"]["id"]) for item in items)


def _fields(book: Docx) -> Iterator[_Field]:
    """The fields of all parts; none stands in another one."""
    for part in (DOCUMENT, FOOTNOTES) if FOOTNOTES in book.files else (DOCUMENT,):
        marks: list[Element] = []
        between: list[list[Element]] = []
        for run in book.part(part).iter(f"{W}r"):
            mark = run.find(f"{W}fldChar")
            kind = "" if mark is None else mark.get(f"{W}fldCharType")
            if kind == "begin":
                marks, between = [], []
            if kind:
                marks.append(run)
                between.append([])
            elif between:
                between[-1].append(run)
            if kind == "end" and len(marks) == 3:
                yield _Field(marks[0], between[0], marks[1], between[1], marks[2])


def _citations(harm: Callable[[_Field, Random], Words]) -> Fault:
    """Harms a citation's field: the first, in an order of chance, that can be harmed so."""

    def fault(book: Docx, rng: Random) -> Words:
        found = [field for field in _fields(book) if _CITATION.match(field.text)]
        rng.shuffle(found)
        return next((words for field in found if (words := harm(field, rng))), ())

    return fault


def damage_code(field: _Field, rng: Random) -> Words:
    """Takes a sign out of the field's JSON without which it is none."""
    words, text = (*field.keys, field.shown), field.text
    signs = [place for place, sign in enumerate(text) if sign in "{}[]"]
    place = rng.choice(signs)
    field.write(text[:place] + text[place + 1 :])
    return words


def drop_item(field: _Field, rng: Random) -> Words:
    """Takes a work out of the citation."""
    keys, found = field.keys, _CITATION.match(field.text)
    assert found
    code: dict[str, Any] = json.loads(found[2])
    number = rng.randrange(len(keys))
    del code["citationItems"][number]
    field.write(found[1] + json.dumps(code))
    return (keys[number],)


def change_result(field: _Field, rng: Random) -> Words:
    """Shows other words than the field knows."""
    del rng
    leaves = [leaf for run in field.result for leaf in run.iter(f"{W}t") if re.search(r"\w", leaf.text or "")]
    if not leaves:
        return ()
    words = (*field.keys, field.shown)
    leaves[-1].text = f"{leaves[-1].text}x"
    return words


def cut_off(field: _Field, rng: Random) -> Words:
    """Takes away the end of the field."""
    del rng
    words = (*field.keys, field.shown)
    field.end.getparent().remove(field.end)
    return words


def drop_field(field: _Field, rng: Random) -> Words:
    """Leaves of a citation's field what it shows."""
    del rng
    words = (*field.keys, field.shown)
    for run in (field.begin, *field.code, field.separator, field.end):
        run.getparent().remove(run)
    return words


def drop_list(book: Docx, rng: Random) -> Words:
    """Leaves of the reference list's field what it shows."""
    for field in _fields(book):
        if _LIST in field.text:
            drop_field(field, rng)
            return ("the reference list",)
    return ()


FAULTS: dict[str, Fault] = {
    "damage a citation field's code": _citations(damage_code),
    "drop a work from a citation field": _citations(drop_item),
    "change what a citation field shows": _citations(change_result),
    "citation field without an end": _citations(cut_off),
    "drop a citation's field": _citations(drop_field),
    "drop the reference list's field": drop_list,
}
