"""Runs of mathematics (ECMA-376 part 1, 22.1.2.87) as Word and LibreOffice read them alike.

LibreOffice makes a formula of its own language from the letters of an equation. There a sign such as = with
nothing beside it is an error and isn't drawn, ``lim`` and ``size`` are commands, a bar is “or”, spaces
count for nothing. Literal text (22.1.2.58) stands in quotation marks there; for Word it is what it was.
"""

from __future__ import annotations

import unicodedata

from lxml import etree

from paperbuild.formats.docx.delimiters import ARGUMENTS, CLOSING, OPENING, content, letters
from paperbuild.formats.docx.ooxml import make, name, remove

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOTHING_SEEN = "\u200b"
_FUNCTIONS = frozenset("sin cos tan cot sinh cosh tanh coth arcsin arccos arctan arccot ln log exp".split())
"""Names that LibreOffice sets like Word, with their space."""
_LITERAL = frozenset("|#_^~&")
"""Signs that mean something in Word's linear format or in LibreOffice, where they only are to be seen."""
_BETWEEN = frozenset("=<>*/&")
"""Signs that LibreOffice draws only between two things."""
_BEFORE = frozenset("+-")
"""Signs that it draws only before something."""
_ALPHABETS = {"double-struck": "DOUBLE-STRUCK", "script": "SCRIPT", "fraktur": "BLACK-LETTER"}
_BRACES = {"limLow": "⏟⏝⎵", "limUpp": "⏞⏜⎴"}


def mend(root: etree._Element) -> None:
    """All runs of mathematics below, and accents and braces that pandoc doesn't name as Word does."""
    for run in list(root.iter(name("m:r"))):
        _alphabet(run)
        _literal(run)
    for argument in list(root.iter(*ARGUMENTS)):
        _between_things(argument)
    for mark in root.iterfind(f".//{name('m:accPr')}/{name('m:chr')}"):
        if mark.get(name("m:val")) == "\u203e":  # no combining character, as the accent of 22.1.2.20 is
            mark.set(name("m:val"), "\u0305")
    for kind, signs in _BRACES.items():
        for limit in list(root.iter(name(f"m:{kind}"))):
            _brace(limit, signs)


def _alphabet(run: etree._Element) -> None:
    """ℝ for an R that is to be double-struck (22.1.3.8): the same sign in Word, and in readers that know no
    alphabets but Unicode's."""
    properties = run.find(name("m:rPr"))
    script = None if properties is None else properties.find(name("m:scr"))
    style = None if properties is None else properties.find(name("m:sty"))
    if properties is None or script is None or (style is not None and style.get(name("m:val")) != "p"):
        return
    alphabet = _ALPHABETS.get(script.get(name("m:val"), ""), "")
    signs = {
        text: "".join(_in_alphabet(letter, alphabet) for letter in text.text or "")
        for text in run.iter(name("m:t"))
    }
    if alphabet and all(len(sign) == len(text.text or "") for text, sign in signs.items()):
        properties.remove(script)
        for text, sign in signs.items():
            text.text = sign


def _in_alphabet(letter: str, alphabet: str) -> str:
    """The letter or digit of Unicode's mathematical alphabets; nothing where there is none."""
    plain, kind = unicodedata.name(letter, ""), alphabet if alphabet != "BLACK-LETTER" else "FRAKTUR"
    sign = plain.replace("LATIN ", "").replace(" LETTER", "")
    for full in (f"{alphabet} {sign}", f"MATHEMATICAL {kind} {sign}"):
        try:
            return unicodedata.lookup(full)
        except KeyError:
            continue
    return ""


def _literal(run: etree._Element) -> None:
    """Names, spaces and signs that are nothing but what is seen of them; spaces at the ends are kept."""
    for text in run.iter(name("m:t")):
        if text.text and text.text != text.text.strip():
            text.set(_SPACE, "preserve")
    shown = letters(run)
    if shown == "\\":  # the backslash quotes in Word's linear format and in LibreOffice
        next(run.iter(name("m:t"))).text = "∖"
    upright = run.find(f"{name('m:rPr')}/{name('m:sty')}")
    named = shown not in _FUNCTIONS and upright is not None and upright.get(name("m:val")) == "p"
    named = named and all(char.isspace() or (char.isascii() and char.isalpha()) for char in shown)
    seen = shown.strip(_NOTHING_SEEN).strip()
    if shown and (not seen or named or (seen in _LITERAL and not _aligns(run))):
        if run.find(name("m:rPr")) is None:
            run.insert(0, make("m:rPr", [make("m:sty", val="p")]))
        run[0].insert(0, make("m:lit"))


def _aligns(run: etree._Element) -> bool:
    """True for an alignment mark in an equation array (22.1.2.34); one to be seen has properties."""
    return letters(run) == "&" and run.find(name("m:rPr")) is None


def _between_things(argument: etree._Element) -> None:
    """A run of nothing where a sign has nothing beside it: text without letters, which Word doesn't show."""
    row = content(argument)
    for run in row:
        sign = letters(run)
        if sign not in _BETWEEN | _BEFORE or run.find(f"{name('m:rPr')}/{name('m:lit')}") is not None:
            continue
        before, after = run.getprevious(), run.getnext()
        if sign in _BETWEEN and (run is row[0] or _is_one_of(before, {*_BETWEEN, *_BEFORE, *OPENING})):
            run.addprevious(_nothing())
        if run is row[-1] or _is_one_of(after, {*_BETWEEN, *CLOSING}):
            run.addnext(_nothing())


def _is_one_of(run: etree._Element | None, signs: set[str]) -> bool:
    return run is not None and letters(run) in signs


def _nothing() -> etree._Element:
    return make("m:r", [make("m:rPr", [make("m:nor")]), make("m:t")])


def _brace(limit: etree._Element, signs: str) -> None:
    """A brace as the sign of a group (22.1.2.41), which is as wide as the group; as a limit it is not."""
    base, mark = (content(next(limit.iterchildren(name(f"m:{tag}")))) for tag in ("e", "lim"))
    sign = letters(mark[0]) if len(mark) == 1 else ""
    if len(sign) != 1 or sign not in signs:
        return
    places = ("bot", "top") if signs == _BRACES["limLow"] else ("top", "bot")
    properties = [make("m:chr", val=sign), make("m:pos", val=places[0]), make("m:vertJc", val=places[1])]
    limit.addprevious(make("m:groupChr", [make("m:groupChrPr", properties), make("m:e", base)]))
    remove(limit)
