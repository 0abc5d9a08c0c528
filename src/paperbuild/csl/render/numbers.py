"""Numbers as a style prints them, and what it asks about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from paperbuild.csl.render.pages import page_range
from paperbuild.csl.style import nodes
from paperbuild.csl.text.case import change
from paperbuild.csl.text.tree import Child, Rich

_ESCAPED = "\ue000"
"""Stands for a hyphen behind a backslash, which joins and parts nothing."""
_SUBSECTION = re.compile(r"(?<![\w.])(\d+[a-z]+)-(?=[a-z]+(?!\w))", re.IGNORECASE)
"""12a-c is one number, not two."""
_COMPOUND = re.compile(r"(\w+)-(\w+)(\s+-\s+|\s*–\s*)(\w+)-(\w+)")
"""3-1 – 3-8 are two numbers, not four."""
_NUMBER = re.compile(r"(?:[^\W\d_]*\d+[^\W_]*(?:/\d+|,\d{3}|-[^\W_]+)*|[ivx]+)\Z")
_DECIMAL = re.compile(r"[^\W\d_]*\d+(?:[.:]\d+)+[^\W\d_]*\Z")
_COUNTED = re.compile(r"(?:\d*[A-Za-z]*\d.*|[ivxlcm]+|[IVXLCM]+)\Z")
_DIGITS = re.compile(r"\d+\Z")
_ROMAN_OR_DIGITS = re.compile(r"(?:\d+|[ivxlcm]+|[IVXLCM]+)\Z")
_CHANGING = frozenset(("ordinal", "long-ordinal", "roman"))
_INTEGER = re.compile(r"\s*(\d+)")
_RANGED = frozenset(
    ("page", "locator", "issue", "volume", "edition", "number", "chapter-number", "section", "version",
     "number-of-pages", "number-of-volumes", "collection-number", "part-number", "supplement-number")
)  # fmt: skip

LABELS = {
    "app": "appendix", "art": "article-locator", "bk": "book", "ch": "chapter", "chap": "chapter",
    "chaps": "chapter", "col": "column", "cols": "column", "fig": "figure", "figs": "figure",
    "fol": "folio", "fols": "folio", "l": "line", "ll": "line", "n": "note", "no": "issue", "nos": "issue",
    "op": "opus", "p": "page", "pp": "page", "para": "paragraph", "paras": "paragraph", "pt": "part",
    "pts": "part", "r": "rule", "sec": "section", "secs": "section", "sv": "sub-verbo", "s.v": "sub-verbo",
    "tbl": "table", "tit": "title-locator", "vol": "volume", "vols": "volume", "vrs": "verse",
}  # fmt: skip
"""What abbreviations in front of a number mean, by the locator's name in CSL 1.0.2."""
_ABBREVIATIONS = "|".join(sorted(map(re.escape, LABELS), key=len, reverse=True))
_LABEL = re.compile(rf"((?i:{_ABBREVIATIONS}))\.\s*(?=[\dA-Zivxlc])")


@dataclass(frozen=True, slots=True)
class Piece:
    """One number of several."""

    text: str
    joiner: str = ""
    """The sign after it: ``-``, ``–``, ``&``, ``,``, ``;`` or the words as they were written."""
    written: str = ""
    """The sign with the spaces around it."""
    label: str = ""
    """The name of the locator that an abbreviation in front of the number gives."""
    abbreviation: str = ""
    formed: str = ""
    """The number in the form of ``cs:number``, where it has been put into one."""


def is_numeric(value: str, variable: str = "") -> bool:
    """True for content that is made of numbers only, with letters around them at most.

    So are 2nd, D2, 2–4, "1, 3" and "2 & 5"; "second" and "5 ed." are not (CSL 1.0.2, "Choose").
    """
    pieces = split(value)
    return bool(pieces) and all(
        _NUMBER.match(piece.text) is not None and (not piece.label or _is_own(piece.label, variable))
        for piece in pieces
    )


def is_plural(variable: str, value: str, and_: str = "") -> bool:
    """True where the label of a number is plural by its content (CSL 1.0.2, "Label").

    That is more than one number, or for the variables that count, a number above one. ``and_`` is the
    locale's word, which may stand between numbers.
    """
    if variable.startswith("number-of-"):
        found = _INTEGER.match(value)
        return found is not None and int(found[1]) > 1
    pieces = split(value, and_)
    own = pieces[:1]
    for piece in pieces[1:]:
        if piece.label:
            break
        own += (piece,)
    return len(own) > 1 and all(_COUNTED.match(piece.text) is not None for piece in own)


def split_label(value: str) -> tuple[str, str]:
    """The locator's name that an abbreviation at the start gives, and the rest; ``""`` for none.

    So "vol. 1, fol. 186" is about a volume, whatever the label of the citation says.
    """
    value = value.strip()
    found = _LABEL.match(value)
    if found is None:
        return "", value
    return LABELS[found[1].lower()], value[found.end() :]


def render_number(
    node: nodes.Number, value: str, locale: nodes.Locale, *, label: str = "", page_form: str = ""
) -> Child | None:
    """The number as ``cs:number`` asks for it; content that is no number as it is; None for nothing.

    ``label`` is a locator's name and ``page_form`` the style's form of page ranges
    (CSL 1.0.2, "Number").
    """
    text = number_text(node.variable, value, locale, form=node.form, label=label, page_form=page_form)
    if not text:
        return None
    child = change(text, node.text_case, locale.lang) if node.text_case else text
    tag = node.variable if node.variable in ("citation-number", "locator") else "number"
    return Rich((child,), node.format, tag, node.variable)


def number_text(
    variable: str,
    value: str,
    locale: nodes.Locale,
    *,
    form: str = "",
    label: str = "",
    page_form: str = "",
) -> str:
    """The text of a number variable in a form of ``cs:number``, or with none as ``cs:text`` prints it.

    Hyphens between numbers become the locale's sign, an ampersand its symbol, abbreviated locators in
    the middle its terms. What is no number stays as it is.
    """
    value = value.strip()
    if value.isdecimal():
        return _formed(value, form, _gender(variable, locale), locale) if form in _CHANGING else value
    pieces = split(value, locale.term("and") or "")
    changes = form in _CHANGING and bool(pieces) and _DIGITS.match(pieces[0].text) and _all_known(pieces)
    if changes:
        pieces = tuple(_formed_pieces(variable, pieces, form, locale))
    composed = _Composed(variable, locale, "none" if changes else label, form)
    at = 0
    while at < len(pieces):
        at += composed.add(pieces, at, page_form)
    return "".join(composed.texts)


def ordinal(number: int, gender: str, locale: nodes.Locale) -> str:
    """The number with its ordinal suffix, that of the gender where the locale has one.

    A suffix for the whole number is better than one for its last two digits, and that better than one
    for its last digit (CSL 1.0.2, "Ordinal Suffixes"); locales without a default suffix have the four
    of CSL 1.0.
    """
    suffixes = locale.ordinals
    gender = _spoken(("ordinal", gender), suffixes)
    default = suffixes.get(("ordinal", gender)) or suffixes.get(("ordinal", ""))
    if default is None:
        return f"{number}{_old_suffix(number, gender, locale)}"
    for wanted in (gender, "") if gender else ("",):
        found = _suffix(number, wanted, locale)
        if found is not None:
            return f"{number}{found}"
    return f"{number}{default.single}"


def long_ordinal(number: int, gender: str, locale: nodes.Locale) -> str:
    """The word for the number, "first" to "tenth" in English; its ordinal where there is none."""
    if 1 <= number <= 10:
        name = f"long-ordinal-{number:02d}"
        spoken = _spoken((name, gender), locale.ordinals)
        found = locale.ordinals.get((name, spoken)) or locale.ordinals.get((name, ""))
        if found is not None and found.single:
            return found.single
    return ordinal(number, gender, locale)


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def to_roman(number: int) -> str:
    """The number in lower-case Roman numerals, in digits where they cannot write it."""
    if not 0 < number < 6000:
        return str(number)
    text = ""
    for unit, letters in _ROMAN:
        text += letters * (number // unit)
        number %= unit
    return text


# Splitting


@lru_cache(maxsize=4096)
def split(value: str, and_: str = "") -> tuple[Piece, ...]:
    """The numbers of a value, with what joins them. ``and_`` is the locale's word."""
    value = _SUBSECTION.sub(rf"\1{_ESCAPED}", value.strip().replace("\\-", _ESCAPED))
    value = _COMPOUND.sub(rf"\1{_ESCAPED}\2\3\4{_ESCAPED}\5", value)
    parts = _joiner(and_).split(value)
    pieces = []
    for at in range(0, len(parts), 2):
        joiner = parts[at + 1] if at + 1 < len(parts) else ""
        label, text = split_label(parts[at]) if "." in parts[at] else ("", parts[at])
        abbreviation = parts[at].strip().removesuffix(text) if label else ""
        pieces.append(Piece(text.replace(_ESCAPED, "-"), _sign(joiner), joiner, label, abbreviation))
    return tuple(pieces) if value else ()


@lru_cache(maxsize=64)
def _joiner(and_: str) -> re.Pattern[str]:
    words = "|".join(sorted({"and", re.escape(and_)} - {""}))
    # Between the thousands of a number stands a comma without a space: 1,234.
    return re.compile(rf"(\s*&\s*|,?\s+(?:{words})\s+|\s*;\s+|\s*,(?:\s+|(?!\d{{3}}))|\s*[-–]+\s*)")


def _sign(joiner: str) -> str:
    sign = joiner.strip()
    if sign == "--":
        return "–"
    return sign if len(sign) == 1 else joiner


# Composing


class _Composed:
    """The text of several numbers, as it grows."""

    def __init__(self, variable: str, locale: nodes.Locale, label: str, form: str) -> None:
        self.texts: list[str] = []
        self.variable = variable
        self.locale = locale
        self.label = label
        self.form = form

    def add(self, pieces: tuple[Piece, ...], at: int, page_form: str) -> int:
        """Adds a number or a range of pages and what joins it to the next; returns the number of pieces."""
        self._add_label(pieces, at)
        size = 2 if self._is_page_range(pieces, at) else 1
        self.texts.append(self._pages(pieces, at, page_form) if size == 2 else _shown(pieces[at]))
        if at + size < len(pieces):
            self.texts.append(self._joiner(pieces[at + size - 1], pieces[at + size]))
        return size

    def _pages(self, pieces: tuple[Piece, ...], at: int, page_form: str) -> str:
        first, last = (piece.text.replace("-", "\\-") for piece in pieces[at : at + 2])
        return page_range(f"{first}-{last}", page_form, self.locale.term("page-range-delimiter") or "–")

    def _is_page_range(self, pieces: tuple[Piece, ...], at: int) -> bool:
        """True where a piece and the next are the ends of a range of pages."""
        piece = pieces[at]
        if piece.joiner not in ("-", "–") or at + 1 == len(pieces) or pieces[at + 1].label:
            return False
        label = piece.label or self.label
        if label != "page" and (label or self.variable not in ("page", "locator")):
            return False
        return at + 2 == len(pieces) or pieces[at + 1].joiner not in ("-", "–")

    def _add_label(self, pieces: tuple[Piece, ...], at: int) -> None:
        """The abbreviation in front of a number, as the locale writes it.

        In front of the first number it is left out where it says what the variable says already.
        """
        label = pieces[at].label
        if not label or (not at and _is_own(label, self.variable)):
            return
        found = None
        if at or self.variable in ("locator", "page"):
            found = self.locale.term(label, "short", plural=_labels_several(pieces, at))
        self.texts.append(f"{found} " if found else pieces[at].abbreviation)

    def _joiner(self, before: Piece, after: Piece) -> str:
        if not (_joins(before.text) and _joins(after.text)):
            return before.written
        if before.joiner == "&":
            return f" {self._ampersand()} "
        if before.joiner in (",", ";"):
            return before.written if not self.form else f"{before.joiner} "
        if before.joiner not in ("-", "–"):
            return before.written
        return self._dash(before.joiner)

    def _ampersand(self) -> str:
        symbol = self.locale.terms.get(("and", "symbol"))
        return symbol.single if symbol and symbol.single != self.locale.term("and") else "&"

    def _dash(self, sign: str) -> str:
        if sign == "–" or self.variable not in _RANGED:
            return sign
        name = "year-range-delimiter" if self.variable == "collection-number" else "page-range-delimiter"
        return self.locale.term(name) or "–"


def _joins(text: str) -> bool:
    return bool(_ROMAN_OR_DIGITS.match(text) or _NUMBER.match(text) or _DECIMAL.match(text))


def _is_own(label: str, variable: str) -> bool:
    """True where the label says no more than the name of the variable does."""
    return label == variable.removesuffix("-number")


def _shown(piece: Piece) -> str:
    return piece.formed or piece.text


def _labels_several(pieces: tuple[Piece, ...], at: int) -> bool:
    """True where the label of a piece is about the next one too."""
    if at + 1 == len(pieces) or pieces[at + 1].label:
        return False
    return _joins(pieces[at].text) and _joins(pieces[at + 1].text)


# Forms


def _all_known(pieces: tuple[Piece, ...]) -> bool:
    return all(piece.label or _NUMBER.match(piece.text) for piece in pieces)


def _formed_pieces(
    variable: str, pieces: tuple[Piece, ...], form: str, locale: nodes.Locale
) -> Iterator[Piece]:
    """The pieces with the numbers in the form, up to the first that is another sort of number.

    Numbers with letters around them are never put into another form (CSL 1.0.2, "Number").
    """
    gender = _gender(variable, locale)
    own = True
    for at, piece in enumerate(pieces):
        own = own and (not piece.label or (not at and _is_own(piece.label, variable)))
        if own and _DIGITS.match(piece.text):
            yield replace(piece, formed=_formed(piece.text, form, gender, locale))
        else:
            yield piece


def _formed(digits: str, form: str, gender: str, locale: nodes.Locale) -> str:
    number = int(digits)
    if form == "ordinal":
        return ordinal(number, gender, locale)
    if form == "long-ordinal":
        return long_ordinal(number, gender, locale)
    return to_roman(number) if form == "roman" else digits


def _gender(variable: str, locale: nodes.Locale) -> str:
    found = locale.find(variable) or locale.find(variable.removesuffix("-number"))
    return found.gender if found else ""


def _suffix(number: int, gender: str, locale: nodes.Locale) -> str | None:
    """The suffix of a gender that matches the number, None for none."""
    suffixes = locale.ordinals
    if number < 100:
        whole = suffixes.get((_ORDINALS[number], gender))
        if whole is not None and whole.match == "whole-number":
            return whole.single
    two = suffixes.get((_ORDINALS[number % 100], gender))
    if two is not None and (two.match or ("" if number % 100 < 10 else _TWO)) == _TWO:
        return two.single
    one = suffixes.get((_ORDINALS[number % 10], gender))
    if one is not None and (one.match or _ONE) == _ONE:
        return one.single
    return None


def _spoken(wanted: tuple[str, str], terms: Mapping[tuple[str, str], nodes.Term]) -> str:
    """The gender of a term to take: a locale may have it in genders only, and a noun without one."""
    name, gender = wanted
    if gender or (name, "") in terms:
        return gender
    return next((other for other in ("masculine", "feminine") if (name, other) in terms), "")


_ONE, _TWO = "last-digit", "last-two-digits"
_ORDINALS = tuple(f"ordinal-{number:02d}" for number in range(100))


def _old_suffix(number: int, gender: str, locale: nodes.Locale) -> str:
    last, teens = number % 10, 10 < number % 100 < 20
    name = f"ordinal-0{last if last in (1, 2, 3) and not teens else 4}"
    found = locale.ordinals.get((name, gender)) or locale.ordinals.get((name, ""))
    return found.single if found else ""
