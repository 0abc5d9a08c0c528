"""Works of CSL-JSON, read once into records in which nothing is left to guess."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from paperbuild.csl.items.dates import read_date, read_raw
from paperbuild.csl.items.item import Date, Item, Name

NAME_VARIABLES = frozenset(
    """author chair collection-editor compiler composer container-author contributor curator director editor
    editor-translator editorial-director executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer series-creator
    translator""".split()
)
DATE_VARIABLES = frozenset(
    "accessed available-date container event-date issued original-date submitted".split()
)
TEXT_VARIABLES = frozenset(
    """abstract annote archive archive-place archive_collection archive_location authority call-number
    chapter-number citation-key citation-label collection-number collection-title collection-title-short
    container-title container-title-short dimensions division DOI edition event event-place event-title
    genre ISBN ISSN issue jurisdiction keyword language license locator medium number number-of-pages
    number-of-volumes original-publisher original-publisher-place original-title page page-first
    part-number part-title PMCID PMID printing printing-number publisher publisher-place references
    reviewed-genre reviewed-title scale section source status supplement supplement-number title
    title-short URL version volume volume-title volume-title-short year-suffix""".split()
)
"""The variables that a note may set; any other line of a note is prose."""

_ALIASES = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short"}
_NOT_TEXT = frozenset(("id", "type", "categories", "custom", "multi"))
_FIRST_PAGE = re.compile(r"\s*(?:&|, |-|–)\s*")


def read_item(data: Mapping[str, Any]) -> Item:
    """The work that an object of CSL-JSON describes.

    Values that cannot be understood are left out, dates and names that can only be printed as they are
    become literals: nothing raises. The ``id`` is the text it is in the data; a ``type`` that is missing
    is empty. Lines ``variable: value`` at the start of a ``note`` set what the data do not say
    (CSL 1.0.2, "Variables" and its data schema).
    """
    fields, note_names, note_dates = _with_note(data)
    text: dict[str, str] = {}
    names: dict[str, tuple[Name, ...]] = {}
    dates: dict[str, Date] = {}
    for key, value in fields.items():
        if key in _NOT_TEXT:
            continue
        if key in NAME_VARIABLES or _is_names(value):
            _put(names, key, _names(value))
        elif key in DATE_VARIABLES or isinstance(value, Mapping):
            _put(dates, key, _date(key, value))
        else:
            _put(text, key, _text(value))
    _alias(text)
    return Item(
        id=_text(data.get("id")) or "",
        type=_text(fields.get("type")) or "",
        text=text,
        names=names | {key: value for key, value in note_names.items() if key not in names},
        dates=dates | note_dates,
    )


def _put(values: dict[str, Any], key: str, value: Any) -> None:
    if value:
        values[key] = value


def _text(value: Any) -> str | None:
    """A text or number as it is written, None for anything else and for nothing."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else None


def _date(key: str, value: Any) -> Date | None:
    if key in DATE_VARIABLES or not {"date-parts", "raw", "literal"}.isdisjoint(value):
        return read_date(value)
    return None


def _alias(text: dict[str, str]) -> None:
    """Puts in what older names of variables say, and what follows from others."""
    for old, new in _ALIASES.items():
        value = text.pop(old, None)
        if value is not None:
            text.setdefault(new, value)
    for one, other in (("event", "event-title"), ("event-title", "event")):
        if one in text:
            text.setdefault(other, text[one])
    if "page" in text:
        first = _FIRST_PAGE.split(text["page"].strip(), maxsplit=1)[0]
        # A hyphen behind a backslash belongs to the number.
        text["page-first"] = text["page"] if first.endswith("\\") else first


# Names


def _is_names(value: Any) -> bool:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str | bytes)
        and bool(value)
        and all(isinstance(entry, Mapping) for entry in value)
    )


def _names(value: Any) -> tuple[Name, ...]:
    if isinstance(value, str):
        return (Name(literal=value.strip()),) if value.strip() else ()
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, Sequence):
        return ()
    return tuple([name for entry in value if (name := _name(entry)) is not None])


def _name(entry: Any) -> Name | None:
    """One person or institution, None for nothing that is a name."""
    if isinstance(entry, str):
        return Name(literal=entry.strip()) if entry.strip() else None
    if not isinstance(entry, Mapping):
        return None
    family, given, literal = (_field(entry, key) for key in ("family", "given", "literal"))
    static = _is_true(entry.get("static-ordering"))
    if literal:
        return Name(literal=literal, static_ordering=static)
    if not family and not given:
        return None
    if family and not given and _is_true(entry.get("isInstitution")):
        return Name(literal=family, static_ordering=static)
    parsed = _is_true(entry.get("parse-names", True)) and not entry.get("static-particles")
    if len(family) > 1 and family[0] == family[-1] == '"':
        family, parsed = family[1:-1], False
    name = Name(
        family=family,
        given=given,
        dropping=_field(entry, "dropping-particle"),
        non_dropping=_field(entry, "non-dropping-particle"),
        suffix=_field(entry, "suffix"),
        comma_suffix=_is_true(entry.get("comma-suffix")),
        static_ordering=static,
    )
    # What is said outright needs no parsing.
    return parse_name(name) if parsed and family and given and not name.non_dropping else name


def _field(entry: Mapping[Any, Any], key: str) -> str:
    return (_text(entry.get(key)) or "").strip()


def _is_true(value: Any) -> bool:
    return value.strip().lower() not in ("", "0", "false", "no") if isinstance(value, str) else bool(value)


_FAMILY_PARTICLE = re.compile(r"[\-'’ʻ]?[^\s\-'’ʻ]+(?:[\-'’ʻ]\s*|\s+)(?=\S)")
_GIVEN_PARTICLE = re.compile(r"\s+[\-'’ʻ]?(\S+)\Z")
_SUFFIX = re.compile(r"\s*,(!*)\s*")


def parse_name(name: Name) -> Name:
    """The name with the particles and the suffix that stand in its family and given names.

    Words in lower case before the family name stay with it, those after the given name drop; what
    follows a comma in the given name is a suffix, and ``,!`` asks for a comma before it
    (CSL 1.0.2, "Names", non-dropping and dropping particles).
    """
    non_dropping, family = _leading_particles(name.family)
    given, suffix, comma = name.given, name.suffix, name.comma_suffix
    found = _SUFFIX.search(given) if not suffix else None
    if found:
        given, suffix, comma = given[: found.start()], given[found.end() :], comma or bool(found[1])
    given, dropping = _trailing_particles(given)
    return Name(
        family=family,
        given=given,
        dropping=dropping or name.dropping,
        non_dropping=non_dropping,
        suffix=suffix,
        comma_suffix=comma,
        static_ordering=name.static_ordering,
    )


def _leading_particles(family: str) -> tuple[str, str]:
    at = 0
    while True:
        found = _FAMILY_PARTICLE.match(family, at)
        if found is None or not _is_lower(found[0]):
            break
        at = found.end()
    particles = family[:at]
    kept = particles.strip()
    # A space behind an apostrophe says that the name does not follow at once: 't Hooft.
    return kept + " " if particles.endswith(" ") and kept.endswith(("'", "’")) else kept, family[at:]


def _trailing_particles(given: str) -> tuple[str, str]:
    at = len(given)
    while True:
        found = _GIVEN_PARTICLE.search(given[:at])
        if found is None or not found.start() or not _is_lower(found[1]):
            break
        at = found.start()
    return given[:at], given[at:].strip()


def _is_lower(word: str) -> bool:
    """True where the first letter is a small one."""
    first = word.lstrip("-'’ʻ \t")[:1]
    return first.upper() != first


# Variables in a note

_BRACED = re.compile(r"\{:((?:[-_a-z]+|[A-Z]+)):([^}]+)\}")
_LINE = re.compile(r"([-_a-z]+|[A-Z]+):\s*([^}]+)\Z")

_Note = tuple[dict[str, Any], dict[str, tuple[Name, ...]], dict[str, Date]]


def _with_note(data: Mapping[str, Any]) -> _Note:
    """The fields of the data with those that the note names, and the note without them."""
    fields = dict(data)
    names: dict[str, tuple[Name, ...]] = {}
    dates: dict[str, Date] = {}
    note = fields.get("note")
    if not isinstance(note, str) or ":" not in note:
        return fields, names, dates
    kept: list[str] = []
    lines = _lines(note)
    for at, line in enumerate(lines):
        found = _LINE.match(line)
        if found and _set(found[1], found[2].strip(), fields, names, dates):
            continue
        kept.append(line)
        if at and line.strip():
            kept += lines[at + 1 :]
            break
    fields["note"] = "\n".join(kept).strip()
    return fields, names, dates


def _lines(note: str) -> list[str]:
    """The note's lines, each variable in braces on one of its own."""
    lines: list[str] = []
    for at, line in enumerate(note.split("\n")):
        end = 0
        for found in _BRACED.finditer(line):
            between = line[end : found.start()]
            if between.strip() and (at or end):
                break
            lines += [between.strip()] * bool(between.strip()) + [f"{found[1]}: {found[2].strip()}"]
            end = found.end()
        if line[end:].strip() or not end:
            lines.append(line[end:].strip() if end else line)
    return lines


def _set(
    key: str, value: str, fields: dict[str, Any], names: dict[str, tuple[Name, ...]], dates: dict[str, Date]
) -> bool:
    """True where the line named a variable; what the data say themselves stays, but for dates and type."""
    if key in DATE_VARIABLES:
        date = read_raw(value)
        if date is not None:
            dates[key] = date
        return True
    if key in NAME_VARIABLES:
        family, _, given = (part.strip() for part in value.partition("||"))
        name = parse_name(Name(family=family, given=given)) if given else Name(literal=family)
        names[key] = (*names.get(key, ()), name)
        return True
    if key == "type" or (key in TEXT_VARIABLES and not fields.get(key)):
        fields[key] = value
        return True
    return key in TEXT_VARIABLES
