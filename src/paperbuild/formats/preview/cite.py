"""How to cite the paper itself: an entry in each of the styles asked for, made by our own processor."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from paperbuild import csl
from paperbuild.config import Options
from paperbuild.csl import Citation, Cite, Style, StyleError
from paperbuild.formats.base import CiteAs
from paperbuild.formats.preview import about
from paperbuild.model import PaperbuildError, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node

_LABELS = {
    "apa": "APA",
    "modern-language-association": "MLA",
    "chicago-author-date": "Chicago",
    "harvard-cite-them-right": "Harvard",
    "american-medical-association": "AMA",
    "ieee": "IEEE",
}
_TITLE_SHORT = "{http://purl.org/net/xbiblio/csl}info/{http://purl.org/net/xbiblio/csl}title-short"
_IN_FIELD = {"Emph": "i", "Strong": "b", "Superscript": "sup", "Subscript": "sub"}
_KEY = "paper"
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%",
        "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

EXPORTS = ("bibtex", "ris")
"""The names of the entries that are for programs."""


def entries(document: ResolvedDocument, options: Options) -> tuple[CiteAs, ...]:
    """The paper as an entry of a reference list in each style of ``preview.cite-as``, then as BibTeX and RIS;
    nothing where no style is asked for.

    Raises PaperbuildError for a style that isn't there, with the nearest names.
    """
    work = item(document, options)
    found = dict.fromkeys(options.preview.cite_as)
    if not found:
        return ()
    styles = [_style(name, document) for name in found]
    labels = _labels(styles)
    made = [
        CiteAs(style.name, label, _entry(style, work, document.lang))
        for style, label in zip(styles, labels, strict=True)
    ]
    return (
        *made,
        CiteAs("bibtex", "BibTeX", (_code("\n".join(_bibtex(document, options))),)),
        CiteAs("ris", "RIS", (_code("\n".join(_ris(document, options))),)),
    )


def item(document: ResolvedDocument, options: Options) -> dict[str, Any]:
    """The paper as an object of CSL-JSON: a page of the publisher's site (CSL 1.0.2, "webpage")."""
    given = {
        "type": "webpage",
        "title": _title(document, markup=True),
        "author": [person.csl for person in about.people(document)],
        "issued": _issued(document),
        "container-title": options.preview.publisher,
        "URL": options.preview.canonical,
        "language": document.lang,
    }
    return {key: value for key, value in given.items() if value}


def _issued(document: ResolvedDocument) -> Mapping[str, Any] | None:
    """The date in parts; as it is printed, where it isn't one that is known."""
    date = about.published(document)
    if date is None:
        text = " ".join(ast.plain(document.front.date).split())
        return {"literal": text} if text else None
    parts = [date.year, *([date.month] if date.month else []), *([date.day] if date.day else [])]
    season = {"season": date.season} if date.season else {}
    return {"date-parts": [parts], **season}


def _title(document: ResolvedDocument, *, markup: bool = False) -> str:
    """Title and subtitle; with ``markup``, as CSL-JSON spells italics and the like."""
    spell = _spelled if markup else ast.plain
    title = " ".join(spell(list(document.front.title)).split()) or document.slug
    subtitle = " ".join(spell(list(document.front.subtitle)).split())
    if not subtitle:
        return title
    return f"{title} {subtitle}" if title[-1] in "?!:.…？！：。" else f"{title}: {subtitle}"


def _spelled(inlines: list[Node]) -> str:
    parts = []
    for node in inlines:
        tag = _IN_FIELD.get(node["t"])
        inner = _spelled(node["c"]) if tag else ast.plain([node])
        parts.append(f"<{tag}>{inner}</{tag}>" if tag else inner)
    return "".join(parts)


# -- styles ----------------------------------------------------------------------------------------------


def _style(name: str, document: ResolvedDocument) -> Style:
    try:
        return csl.find_style(name, folder=document.folder, project=Path())
    except StyleError as error:
        where = error.where or "preview.cite-as"
        raise PaperbuildError(error.message, where=where, hint=error.hint) from error


def _labels(styles: list[Style]) -> list[str]:
    """What the styles are called: by the short names that everybody uses, or else by their titles."""
    short = [_LABELS.get(style.name) or _title_short(style) or style.title for style in styles]
    return [
        label if short.count(label) == 1 or style.name in _LABELS else style.title
        for style, label in zip(styles, short, strict=True)
    ]


def _title_short(style: Style) -> str:
    return " ".join((etree.parse(str(style.path)).findtext(_TITLE_SHORT) or "").split())


def _entry(style: Style, work: Mapping[str, Any], lang: str) -> tuple[Node, ...]:
    """The entry; the citation, in a style that has no reference list."""
    items = {_KEY: work}
    made = csl.process(style, items, [], nocite=["*"], lang=lang)
    if made.bibliography:
        return tuple(made.bibliography[0].inlines)
    (cited,) = csl.process(style, items, [Citation((Cite(_KEY),), note_number=1)], lang=lang).citations
    return tuple(node for segment in (cited.note or cited.text) for node in segment.inlines)


# -- programs --------------------------------------------------------------------------------------------


def _bibtex(document: ResolvedDocument, options: Options) -> Iterator[str]:
    """The paper as an entry of BibTeX, in UTF-8. It is ``misc``: BibTeX itself knows no web page."""
    people, date = about.people(document), about.published(document)
    names = (
        ", ".join(_tex(part) for part in (person.family, person.suffix, person.given) if part)
        if person.family
        else f"{{{_tex(person.name)}}}"
        for person in people
    )
    fields = {
        "author": " and ".join(names),
        "title": f"{{{_tex(_title(document))}}}",
        "year": str(date.year) if date else "",
        "howpublished": _tex(options.preview.publisher),
        "url": options.preview.canonical or "",
    }
    first = people[0].family or people[0].name if people else document.slug
    word = _title(document).split()[0]
    key = f"{_ascii(first)}{date.year if date else ''}{_ascii(word)}"
    yield f"@misc{{{key or _KEY},"
    yield from (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    if date and date.month:
        yield f"  month = {_MONTHS[date.month - 1]},"
    yield "}"


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_BIBTEX)


def _ascii(text: str) -> str:
    """Small letters and digits of ASCII, for a key."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in bare if char.isascii() and char.isalnum())


def _ris(document: ResolvedDocument, options: Options) -> Iterator[str]:
    """The paper as a record of RIS (Research Information Systems' format, type ``ELEC``: a web page)."""
    date = about.published(document)
    yield "TY  - ELEC"
    yield from (f"AU  - {person.inverted}" for person in about.people(document))
    yield f"TI  - {_title(document)}"
    if date:
        yield f"PY  - {date.year}"
        yield f"DA  - {about.slashed(date)}"
    named = {"T2": options.preview.publisher, "UR": options.preview.canonical or "", "LA": document.lang}
    yield from (f"{tag}  - {' '.join(value.split())}" for tag, value in named.items() if value)
    yield "ER  -"


def _code(text: str) -> Node:
    return {"t": "Code", "c": [["", [], []], text]}
