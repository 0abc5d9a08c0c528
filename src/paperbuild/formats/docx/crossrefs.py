"""Numbers that Word can count anew: SEQ fields in captions and equations, REF fields in references to them.

The result of a field is the text that stood there, so that a viewer that computes nothing shows what was
promised. Only where Word would compute the same text is there a field: a reference to ``2a`` whose
caption says ``(a)`` stays a link. References stay links around their fields, as the entries of a contents
list do, since not every program follows a REF field.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from paperbuild.formats.docx import styles
from paperbuild.formats.docx.bookmarks import Names
from paperbuild.formats.docx.ooxml import field_around, name, style_of, text_run

_LABEL = re.compile(r"(?P<before>(?:.*?[^\w–-])?)(?P<number>[A-Z]?[\d.]*\d)(?P<after>[^\w]*)", re.DOTALL)
"""A label of a caption or an equation: ``Figure 1:``, ``Table S2.``, ``(3)``, not ``(1–2)``."""
_COUNTED = re.compile(r"[1-9][0-9]*")
_SECTION = re.compile(r"[0-9]+(\.[0-9]+)*")
_QUOTES = re.compile(r"\W?")
_FIGURES = {"CaptionedFigure", styles.PICTURE}


@dataclass(frozen=True, slots=True)
class _Place:
    """Text that a reference may repeat: what stands from ``first`` to ``last`` in a paragraph."""

    text: str
    first: etree._Element
    last: etree._Element


def count(body: etree._Element, equation: str) -> dict[str, list[_Place]]:
    """Make the numbers of captions and equations fields. ``equation`` is the document's word for one.

    What references can repeat comes back by the bookmark that they lead to, the longest text first. Must run
    while captions stand where pandoc puts them: a figure's below it.
    """
    places: dict[str, list[_Place]] = {}
    sequences: Counter[str] = Counter()
    for paragraph in body.iter(name("w:p")):
        label = _caption_label(paragraph)
        number = _equation_number(paragraph) if label is None else None
        if label is not None:
            found = _numbered(label, "", sequences)
            for anchor in _anchors_of_caption(paragraph, label):
                places.setdefault(anchor, found)
        elif number is not None:
            mark = number.getprevious()
            found = _numbered(number, equation, sequences)
            if mark is not None:
                places.setdefault(mark.get(name("w:name"), ""), found)
        elif style_of(paragraph) in styles.HEADING_IDS:
            found = list(_heading(paragraph))
            for mark in paragraph.findall(name("w:bookmarkStart")):
                places.setdefault(mark.get(name("w:name"), ""), found)
    return places


def refer(roots: Iterable[etree._Element], places: dict[str, list[_Place]], names: Names) -> None:
    """Make the text of links to these places REF fields (17.16.5.51), where it repeats what stands there."""
    marks: dict[int, str] = {}
    for root in roots:
        for link in root.iter(name("w:hyperlink")):
            known = places.get(link.get(name("w:anchor"), ""), [])
            text = _text(link)
            for place in known if all(map(_is_text, link)) else []:
                start = _repeated(place.text, text)
                if start is None:
                    continue
                if id(place) not in marks:
                    marks[id(place)] = names.around(place.first, place.last)
                inside = _cut(link, start, start + len(place.text))
                _wrap(inside, f"REF {marks[id(place)]} \\h \\* MERGEFORMAT")
                break


def _caption_label(paragraph: etree._Element) -> etree._Element | None:
    """The run of a caption's label; None where there is none, or more than one run of it."""
    runs = [run for run in paragraph.findall(name("w:r")) if _style_of_run(run) == "CaptionLabel"]
    return runs[0] if len(runs) == 1 and _is_text(runs[0]) else None


def _equation_number(paragraph: etree._Element) -> etree._Element | None:
    """The run with an equation's number: alone in a bookmark, behind an equation and a tab."""
    if paragraph.find(name("m:oMath")) is None:
        return None
    for mark in paragraph.findall(name("w:bookmarkStart")):
        run, before = mark.getnext(), mark.getprevious()
        if run is None or before is None or not _is_text(run) or before.find(name("w:tab")) is None:
            continue
        after = run.getnext()
        if after is not None and after.tag == name("w:bookmarkEnd") and _text(run).startswith("("):
            return run
    return None


def _anchors_of_caption(paragraph: etree._Element, label: etree._Element) -> Iterator[str]:
    """The bookmarks in front of a caption's label, or of the figure above it."""
    for mark in label.itersiblings(name("w:bookmarkStart"), preceding=True):
        yield mark.get(name("w:name"), "")
    above = paragraph.getprevious() if style_of(paragraph) == "ImageCaption" else None
    while above is not None and (style_of(above) in _FIGURES or above.tag == name("w:tbl")):
        for mark in above.iter(name("w:bookmarkStart")):
            yield mark.get(name("w:name"), "")
        above = above.getprevious() if above.tag == name("w:p") else None


def _numbered(run: etree._Element, word: str, sequences: Counter[str]) -> list[_Place]:
    """The label's run cut around its number, and the number a SEQ field if it counts (17.16.5.56).

    Where a number was skipped, by a figure without a caption, the field says where it goes on.
    """
    match = _LABEL.fullmatch(_text(run))
    if match is None:
        return []
    runs = _split(run, match.start("number"), match.end("number"))
    number = runs[1 if match["before"] else 0]
    first = last = number
    sequence = _identifier(word or match["before"])
    if _COUNTED.fullmatch(match["number"]) and sequence:
        goes_on = int(match["number"]) == sequences[sequence] + 1
        again = "" if goes_on else f" \\r {match['number']}"
        sequences[sequence] = int(match["number"])
        first, last = _wrap([number], f"SEQ {sequence} \\* ARABIC{again}")
    bracketed = match["before"] == "(" and match["after"] == ")"
    whole_last = runs[-1] if bracketed else last
    whole_first = runs[0] if match["before"] else first
    text = match["before"] + match["number"] + (match["after"] if bracketed else "")
    return [_Place(text, whole_first, whole_last), _Place(match["number"], first, last)]


def _identifier(word: str) -> str:
    """The name of a sequence: the word itself, as in Word's dialogue for captions, of at most 40 letters."""
    letters = re.sub(r"\W+", "_", word).strip("_")[:40]
    return letters if letters[:1].isalpha() else ""


def _heading(paragraph: etree._Element) -> Iterator[_Place]:
    """The title of a heading of text alone, and its number."""
    runs = paragraph.findall(name("w:r"))
    others = {name("w:pPr"), name("w:bookmarkStart"), name("w:bookmarkEnd"), name("w:r")}
    if not runs or not all(map(_is_text, runs)) or any(child.tag not in others for child in paragraph):
        return
    number = runs[0] if len(runs) > 2 and _SECTION.fullmatch(_text(runs[0])) else None
    title = runs[2:] if number is not None and not _text(runs[1]).strip() else runs
    yield _Place("".join(map(_text, title)), title[0], title[-1])
    if number is not None:
        yield _Place(_text(number), number, number)


def _repeated(text: str, within: str) -> int | None:
    """Where a reference repeats this text: it is all of it, in quotes, or its last word."""
    start = within.rfind(text)
    if not text or start < 0:
        return None
    before, after = within[:start], within[start + len(text) :]
    quoted = _QUOTES.fullmatch(before) and _QUOTES.fullmatch(after)
    last = not after and not before[-1:].isalnum() and before[-1:] not in {".", "-", "–"}
    return start if quoted or last else None


def _cut(parent: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs of the parent that hold its text from ``start`` to ``end``, cut where they reach further."""
    inside, at = [], 0
    for run in list(parent):
        length = len(_text(run))
        low, high = max(start - at, 0), min(end - at, length)
        if low < high:
            inside.append(_split(run, low, high)[1 if low else 0])
        at += length
    return inside


def _split(run: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The run in up to three, cut before ``start`` and after ``end``; the first of them is the run itself."""
    text = _text(run)
    pieces = [piece for piece in (text[:start], text[start:end], text[end:]) if piece]
    formatting = run.find(name("w:rPr"))
    for old in run.findall(name("w:t")):
        run.remove(old)
    run.extend(list(text_run(pieces[0])))
    runs = [run]
    for piece in pieces[1:]:
        other = text_run(piece)
        if formatting is not None:
            other.insert(0, copy.deepcopy(formatting))
        runs[-1].addnext(other)
        runs.append(other)
    return runs


def _wrap(runs: list[etree._Element], instruction: str) -> tuple[etree._Element, etree._Element]:
    """Make the runs the result of a field; the first and the last run of the field come back."""
    opening, closing = field_around(instruction, runs[0].find(name("w:rPr")))
    for run in opening:
        runs[0].addprevious(run)
    runs[-1].addnext(closing)
    return opening[0], closing


def _is_text(run: etree._Element) -> bool:
    """True for a run that holds text and nothing else."""
    content = [child for child in run if child.tag != name("w:rPr")]
    return run.tag == name("w:r") and bool(content) and all(one.tag == name("w:t") for one in content)


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(name("w:t")))


def _style_of_run(run: etree._Element) -> str:
    found = run.find(f"{name('w:rPr')}/{name('w:rStyle')}")
    return "" if found is None else found.get(name("w:val"), "")
