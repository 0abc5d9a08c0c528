"""One name, in the order and with the parts that a style wants (CSL 1.0.2, "Name" and "Name-part Order")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperbuild.csl.items.item import Name
from paperbuild.csl.style.nodes import NameOptions, NamePart
from paperbuild.csl.text import case
from paperbuild.csl.text.markup import parse
from paperbuild.csl.text.tree import PLAIN, Child, Format, Rich

from .initials import initials

LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f\u0370-\u052f\u0590-\u06ff\u0e01-\u0e5b\u1e00-\u1fff]")
"""Letters of scripts that write the given name first."""
_JOINED = ("\u2019", "'", "-", " ", "\u00a0")
_WIDE_SPACE = frozenset({"fr", "ru", "cs"})
"""Languages that keep a particle on the line of its name."""

_APOSTROPHE = re.compile("['\u2019]")

SHORT, INITIALS, FULL = 0, 1, 2
"""What is shown of a given name."""


def base_level(options: NameOptions) -> int:
    """What a style shows of given names where nothing is to be told apart."""
    if options.form == "short":
        return SHORT
    return FULL if options.initialize_with is None else INITIALS


def person(name: Name, options: NameOptions, level: int, *, inverted: bool, lang: str, east: bool) -> Child:
    """The name. ``level`` is what is shown of the given name; ``east`` for an item in Chinese or Japanese."""
    if name.literal or not name.family:
        return _part(name.literal or name.given, options.family) or ""
    if level == SHORT:
        return _joined([_family_short(name, options, lang)], "")
    script = bool(LATIN.search(name.family))
    given_latin = bool(LATIN.match(name.given))
    if not script and not given_latin:
        return _joined(
            [_part(name.non_dropping, options.family), _family(name, options), _given(name, options, level)],
            "",
        )
    if name.static_ordering or not script or (east and script):
        family = _joined([_part(name.non_dropping, options.family), _family(name, options)], _gap(lang))
        return _joined([family, _given(name, options, level)], " ")
    if inverted:
        return _inverted(name, options, level, lang)
    return _straight(name, options, level, lang)


def _gap(lang: str) -> str:
    return "\u00a0" if lang[:2] in _WIDE_SPACE else " "


def _family_short(name: Name, options: NameOptions, lang: str) -> Child | None:
    particle = name.non_dropping
    script = bool(LATIN.search(name.family))
    gap = "" if particle.endswith(_JOINED) or not script else _gap(lang)
    return _look(_joined([_part(particle, options.family), _family(name, options)], gap), options.family)


def _family(name: Name, options: NameOptions) -> Child | None:
    return _part(name.family, options.family)


def _given(name: Name, options: NameOptions, level: int) -> Child | None:
    given = name.given
    if level == INITIALS and options.initialize_with is not None:
        given = initials(
            given, options.initialize_with, full=options.initialize, hyphen=options.initialize_with_hyphen
        )
    return _part(given, options.given)


def _suffix(name: Name, options: NameOptions) -> Child | None:
    suffix = name.suffix
    if suffix and options.initialize_with is not None:
        suffix = initials(suffix, options.initialize_with, full=False, hyphen=True) or suffix
    return _part(suffix, NamePart())


def _part(text: str, part: NamePart) -> Child | None:
    """A part of a name in its look, without the affixes, which go around the whole part."""
    if not text:
        return None
    children = parse(text)
    whole: Child = children[0] if len(children) == 1 else Rich(children)
    if part.text_case:
        whole = case.change(whole, part.text_case, "en")
    look = part.format
    if look is PLAIN:
        return whole
    bare = Format(
        look.font_style, look.font_variant, look.font_weight, look.text_decoration, look.vertical_align
    )
    return whole if bare == PLAIN else Rich((whole,), bare)


def _look(child: Child | None, part: NamePart) -> Child | None:
    """The affixes of a name-part around what it covers."""
    look = part.format
    if child is None or not (look.prefix or look.suffix):
        return child
    return Rich((child,), Format(prefix=look.prefix, suffix=look.suffix))


def _joined(pieces: Sequence[Child | None], delimiter: str) -> Child:
    """The pieces that are there with a delimiter between them; an empty string for none."""
    there = tuple(piece for piece in pieces if piece)
    if len(there) == 1:
        return there[0]
    return Rich(there, Format(delimiter=delimiter) if delimiter else PLAIN) if there else ""


def _inverted(name: Name, options: NameOptions, level: int, lang: str) -> Child:
    separator = ", " if name.given in {"Lord", "Lady"} else options.sort_separator
    given, dropping = _given(name, options, level), _part(name.dropping, options.given)
    particle = _part(name.non_dropping, options.family)
    if options.demote_non_dropping_particle == "display-and-sort":
        first = _look(_family(name, options), options.family)
        second = _look(_joined([given, dropping, particle], " ") or None, options.given)
    else:
        gap = "" if name.non_dropping.endswith(_JOINED) else _gap(lang)
        first = _look(_joined([particle, _family(name, options)], gap), options.family)
        second = _look(_joined([given, dropping], " ") or None, options.given)
    return _joined([first, second, _suffix(name, options)], separator)


def _straight(name: Name, options: NameOptions, level: int, lang: str) -> Child:
    given, dropping = _given(name, options, level), _part(name.dropping, options.given)
    particle, family = _part(name.non_dropping, options.family), _family(name, options)
    gap = _gap(lang)
    if (
        dropping
        and not particle
        and name.dropping.endswith(("'", "\u2019", "\u02bc", "-"))
        and name.dropping[:-1] != "de"
    ):
        last = _joined([dropping, family], "")
    elif name.non_dropping.endswith(_JOINED):
        last = _joined([dropping, _joined([particle, family], "")], gap)
    else:
        last = _joined([dropping, particle, family], gap)
    suffix = _suffix(name, options)
    last = _joined([last, suffix], ", " if name.comma_suffix else " ")
    tight = (
        options.initialize_with is not None
        and level == INITIALS
        and re.search("[\u00a0\ufeff]", options.initialize_with)
    )
    space = gap if tight else " "
    return _joined([_look(given, options.given), _look(last, options.family)], space)


def sortable(name: Name, options: NameOptions, level: int) -> str:
    """The name as a text to sort by: the family name, and behind it the particles that are demoted.

    CSL 1.0.2, "Non-dropping Particles": field for field, the given name after the particles.
    """
    if name.literal or not name.family:
        return name.literal or name.given
    particle = _APOSTROPHE.sub("", name.non_dropping)
    given = dropping = suffix = ""
    if level != SHORT:
        given, dropping, suffix = name.given, _APOSTROPHE.sub("", name.dropping), name.suffix
        if level == INITIALS and options.initialize_with is not None:
            given = initials(
                given, options.initialize_with, full=options.initialize, hyphen=options.initialize_with_hyphen
            )
    if options.demote_non_dropping_particle == "never":
        fields = (f"{particle} {name.family}".strip(), dropping, given, suffix)
    else:
        fields = (name.family, f"{dropping} {particle}".strip(), given, suffix)
    return " ".join(fields)  # a field that is empty counts, too: it sorts before all others
