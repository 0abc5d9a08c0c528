"""The kinds of faults that Word documents and web pages have in common."""

from __future__ import annotations

from tests.mutation import docx_html_code as code
from tests.mutation import docx_html_things as special
from tests.mutation.docx_html import Thing
from tests.mutation.docx_html_harms import (
    Fault,
    Harm,
    alter,
    any_of,
    drop,
    duplicate,
    either,
    far,
    neighbours,
    siblings,
    swap,
    truncate,
)

_LETTER = r"[^\W\d_]"
_CAPTION_NUMBER = r"\A\w+\W{0,2}[0-9]+\b"
_FIRST_WORD = rf"\A[\W\d_]*{_LETTER}{{2,}}"
_YEAR = r"\b(?:1[5-9]|20)[0-9]{2}\b"


def _in_one_parent(one: Thing, other: Thing) -> bool:
    return one.parent is other.parent


def _of_one_level(one: Thing, other: Thing) -> bool:
    return one.level == other.level


def _following(one: Thing, other: Thing) -> bool:
    return siblings(one, other) and neighbours(one, other)


def on_text(harm: Harm) -> Fault:
    """Harms a paragraph, heading, list item, reference or caption."""
    return either(
        *(any_of(kind, harm) for kind in ("paragraphs", "headings", "items", "references", "captions"))
    )


COMMON: dict[str, Fault] = {
    "drop section": any_of("sections", drop),
    "duplicate section": any_of("sections", duplicate),
    "move section": any_of("sections", swap("sections", _following)),
    "truncate section": any_of("sections", special.truncate_section),
    "drop heading": any_of("headings", drop),
    "duplicate heading": any_of("headings", duplicate),
    "move heading": any_of("headings", swap("paragraphs", neighbours)),
    "truncate heading": any_of("headings", truncate),
    "drop paragraph": any_of("paragraphs", drop),
    "duplicate paragraph": any_of("paragraphs", duplicate),
    "move paragraph": either(
        any_of("paragraphs", swap("paragraphs", neighbours)), any_of("paragraphs", far("paragraphs"))
    ),
    "truncate paragraph": any_of("paragraphs", truncate),
    "drop list item": any_of("items", drop),
    "duplicate list item": any_of("items", duplicate),
    "move list item": any_of("items", swap("items", siblings)),
    "truncate list item": any_of("items", truncate),
    "drop note": any_of("notes", drop),
    "duplicate note": any_of("notes", duplicate),
    "truncate note": any_of("notes", truncate),
    "drop note and mark": any_of("marks", special.drop_note_and_mark),
    "drop note mark": any_of("marks", drop),
    "duplicate note mark": any_of("marks", duplicate),
    "move note mark": any_of("marks", special.to_another_word),
    "move note mark to another paragraph": any_of("marks", special.to_another_paragraph),
    "drop citation": any_of("citations", drop),
    "duplicate citation": any_of("citations", duplicate),
    "move citation": any_of("citations", special.to_another_word),
    "truncate citation": any_of("citations", special.shorten),
    "unlink citation": any_of("citations", special.unlink),
    "lead citation to another entry": any_of("citations", special.elsewhere("citations")),
    "drop reference": any_of("references", drop),
    "duplicate reference": any_of("references", duplicate),
    "move reference": any_of("references", far("references", 2)),
    "swap two references": any_of("references", swap("references", neighbours)),
    "truncate reference": any_of("references", truncate),
    "add a reference": any_of("references", special.invent),
    "drop table": any_of("tables", drop),
    "duplicate table": any_of("tables", duplicate),
    "move table": either(
        any_of("tables", swap("paragraphs", neighbours)), any_of("tables", far("paragraphs", 2))
    ),
    "truncate table": any_of("tables", special.drop_last_rows),
    "drop row": any_of("rows", drop),
    "duplicate row": any_of("rows", duplicate),
    "move row": any_of("rows", swap("rows", siblings)),
    "drop cell": any_of("cells", drop),
    "empty cell": any_of("cells", special.empty),
    "duplicate cell": any_of("cells", duplicate),
    "move cell": any_of("cells", swap("cells", _in_one_parent, inside=True)),
    "truncate cell": any_of("cells", truncate),
    "drop caption": any_of("captions", drop),
    "duplicate caption": any_of("captions", duplicate),
    "truncate caption": any_of("captions", truncate),
    "swap captions": any_of("captions", swap("captions", _of_one_level, inside=True)),
    "change a caption's number": any_of("captions", alter(_CAPTION_NUMBER, "[0-9]")),
    "drop figure": any_of("figures", drop),
    "drop picture": any_of("pictures", drop),
    "duplicate picture": any_of("pictures", duplicate),
    "swap pictures": any_of("pictures", special.swap_pictures),
    "blank picture": any_of("pictures", special.blank_picture),
    "drop alternative text": any_of("pictures", special.describe(lambda _: "")),
    "truncate alternative text": any_of("pictures", special.describe(special.shorter)),
    "swap alternative texts": any_of("pictures", special.swap_alternatives),
    "drop equation": any_of("equations", drop),
    "duplicate equation": any_of("equations", duplicate),
    "move equation": any_of("equations", swap("equations", _of_one_level)),
    "truncate equation": any_of("equations", special.truncate_equation),
    "drop code line": code.line(code.without),
    "duplicate code line": code.line(code.twice),
    "move code line": code.line(code.swapped),
    "truncate code line": code.line(code.truncated),
    "change indentation": code.line(code.outdented),
    "drop link": any_of("links", special.unlink),
    "lead link elsewhere": any_of("links", special.elsewhere("links")),
    "duplicate link": any_of("links", duplicate),
    "truncate link": any_of("links", truncate),
    "change scheme": any_of("links", special.to_http),
    "drop anchor": any_of("anchors", special.renamed("")),
    "rename anchor": any_of("anchors", special.renamed("-renamed")),
    "move anchor": any_of("anchors", special.move_anchor),
    "change a digit of a year in a paragraph": any_of("paragraphs", alter(_YEAR, "[0-9]")),
    "change a digit in a reference": any_of("references", alter("[0-9]", "[0-9]")),
    "change a letter of a name in a reference": any_of("references", alter(_FIRST_WORD, _LETTER)),
    "change a letter in a paragraph": any_of("paragraphs", alter(_LETTER, _LETTER)),
    "change a digit in a table cell": any_of("cells", alter("[0-9]", "[0-9]")),
    "change an author's name on the page": any_of("authors", alter(_LETTER, _LETTER)),
}
