"""Notes of Markdown: those of several files kept apart, and those whose words would vanish named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from paperbuild.model import Finding
from paperbuild.pandoc.run import Result
from paperbuild.parse.source import Text

_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
_MARK = re.compile(r"(?<!\\)\[\^([^\]\s]+)\]")
_VISIBLE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_OWN = "\ue000{}\ue001"
_OWN_SIGNS = re.compile("(?:\ue000|\\\\57344)\\d+(?:\ue001|\\\\57345)")
"""What is put behind a key to make it the part's own: signs of Unicode's private use."""
_SHOWN = 60
_MOST = 100
"""Notes that are told of one manuscript."""


def apart(parts: Sequence[str]) -> tuple[str, ...]:
    """The parts, with keys of notes that several of them define made each part's own.

    pandoc reads all parts as one text, in which the last ``[^1]:`` would replace all before it.
    """
    defined = [set(_DEFINITION.findall(part)) for part in parts]
    counts = Counter(key for keys in defined for key in keys)
    shared = {key for key, count in counts.items() if count > 1}
    return tuple(
        _with_own(part, keys & shared, number)
        for number, (part, keys) in enumerate(zip(parts, defined, strict=True))
    )


def _with_own(text: str, keys: set[str], number: int) -> str:
    if not keys:
        return text
    own = _OWN.format(number)
    return re.sub(
        r"\[\^([^\]\s]+)\]", lambda match: f"[^{match[1]}{own}]" if match[1] in keys else match[0], text
    )


def as_typed(result: Result) -> Result:
    """What pandoc wrote and said, with keys as they were typed."""
    if b"\xee\x80\x80" not in result.output and not any(_OWN_SIGNS.search(m.text) for m in result.messages):
        return result
    messages = tuple(replace(m, text=_OWN_SIGNS.sub("", m.text)) for m in result.messages)
    return Result(_OWN_SIGNS.sub("", result.output.decode()).encode(), messages)


def findings(tree: Any, texts: Sequence[Text]) -> Iterator[Finding]:
    """An error for each note that stands in the text as it was typed, a remark for those used twice."""
    for key, in_note in islice(_visible(tree).items(), _MOST):
        yield _undefined(key, in_note, texts)
    yield from _reused(texts)


def _visible(tree: Any) -> dict[str, bool]:
    """Keys of notes that are read as text, and whether that is so in another note."""
    found: dict[str, bool] = {}

    def walk(value: Any, in_note: bool) -> None:
        if isinstance(value, list):
            for item in value:
                walk(item, in_note)
        elif isinstance(value, dict):
            kind = value.get("t")
            if kind == "Str":
                found.update({key: in_note for key in _VISIBLE.findall(value["c"]) if key not in found})
            elif kind == "Cite":  # its words stand there only until it is resolved
                walk(value["c"][0], in_note)
            else:
                walk([item for key, item in value.items() if key != "t"], in_note or kind == "Note")

    walk(tree, False)
    return found


def _undefined(key: str, in_note: bool, texts: Sequence[Text]) -> Finding:
    mark = f"[^{key}]"
    used = _first(re.compile(rf"{re.escape(mark)}(?!:)"), texts)
    defined = _first(re.compile(rf"^ {{0,3}}{re.escape(mark)}:", re.MULTILINE), texts)
    if defined and in_note:
        said = f"the note {mark} stands in another note, where none can stand: its words are nowhere"
        return _error(said, used, f"put {mark} into the text, or its words into the other note")
    if defined:
        said = f"the note {mark} is read as text: it begins on a line that follows other text directly"
        return _error(said, defined, f"put an empty line before {mark}:")
    if typed := _first(re.compile(rf"^ {{0,3}}\[{re.escape(key)}\]:[ \t]+\S", re.MULTILINE), texts):
        said = f"the note {mark} is not defined anywhere, but a line begins with [{key}]:, which is no note"
        return _error(said, typed, f"write {mark}: with its circumflex, and its words are a note")
    if typed := _first(re.compile(rf"^[ \t]*{re.escape(mark)}[ \t]+:", re.MULTILINE), texts):
        said = f"the note {mark} is not defined anywhere: its line has a space before the colon"
        return _error(said, typed, f"write {mark}: without a space")
    said = f"the note {mark} is not defined anywhere"
    return _error(said, used, f"write its text on a line that begins with {mark}:")


def _first(pattern: re.Pattern[str], texts: Sequence[Text]) -> str:
    """``file:line`` of the first match in what is text, or an empty string."""
    for text in texts:
        if match := pattern.search(text.masked):
            return text.where(match.start())
    return ""


def _error(message: str, where: str, hint: str) -> Finding:
    return Finding("error", "parse", message, where, hint)


def _reused(texts: Sequence[Text]) -> Iterator[Finding]:
    """One remark for all notes that several marks refer to."""
    again: dict[str, str] = {}
    for text in texts:
        definitions = list(_DEFINITION.finditer(text.masked))
        begun = {match.start(1) for match in definitions}
        defined = {match[1] for match in definitions}
        marks = [match for match in _MARK.finditer(text.masked) if match.start(1) not in begun]
        counts = Counter(match[1] for match in marks)
        for match in marks:
            if counts[match[1]] > 1 and match[1] in defined:
                again.setdefault(match[1], text.where(match.start()))
    if again:
        names = ", ".join(f"[^{key}]" for key in again)
        notes = f"the note {names} is" if len(again) == 1 else f"the notes {names[:_SHOWN]} are"
        said = f"{notes} referred to several times"
        hint = "each mark has a number of its own, and under it the same words"
        yield Finding("info", "parse", said, next(iter(again.values())), hint)
