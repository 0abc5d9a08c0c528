"""Words that all reports share: of formats, kinds, stages and sizes, and texts made fit to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from paperbuild.model import ITEM_KINDS, OBJECT, Evidence, Finding

PLURALS = {kind: f"{kind}s" for kind in ITEM_KINDS} | {"code": "code blocks"}
CHECK_OF = {kind: f"{kind}s" for kind in ITEM_KINDS} | {"code": "code"}
"""The check that looks after each kind of item, as its findings name it."""

_LABELS = {"pdf": "PDF", "docx": "Word", "preview": "Preview", "page": "Page"}
_FILES = {
    "pdf": "the PDF",
    "docx": "the Word document",
    "preview": "the preview",
    "page": "the members’ page",
}
_STAGES = {
    "read": "while the source was read",
    "parse": "while the source was parsed",
    "resolve": "while citations and cross-references were resolved",
}
_UNFIT = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML forbids and what steers a terminal: control characters, halves of a character."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def label(format_name: str) -> str:
    """A format's name as people write it."""
    return _LABELS.get(format_name, format_name)


def file_of(format_name: str) -> str:
    """What a format's file is called in a sentence."""
    return _FILES.get(format_name, f"the {format_name} file")


def listed(words: Iterable[str]) -> str:
    """``a, b and c``."""
    *others, last = list(words) or [""]
    return f"{', '.join(others)} and {last}" if others else last


def number(count: int, word: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def stage(finding: Finding, formats: Iterable[str]) -> str:
    """When a finding came to be: ``lost while the PDF was written``; empty where that isn't known."""
    written = listed(file_of(name) for name in formats)
    many = " and " in written
    when = (
        f"while {written} {'were' if many else 'was'} written, or edited since"
        if finding.stage == "write" and written
        else _STAGES.get(finding.stage, "")
    )
    if not when:
        return ""
    return f"{_became(finding)} {when}"


def _became(finding: Finding) -> str:
    """What happened to the thing a finding speaks of."""
    if finding.severity != "error":
        return "noticed"
    evidence = finding.evidence
    if evidence and evidence.found:
        return "changed" if evidence.promised else "came in"
    return "lost"


def position(evidence: Evidence) -> str:
    """Where in its file something stands: ``on page 3``, ``under «Method»``; empty where that isn't known."""
    place = shorten(flat(evidence.place), 80)
    if not place:
        return ""
    return f"on {place}" if re.fullmatch(r"page \d+", place) else f"under «{place}»"


def size(count: int) -> str:
    """A file's size for people."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"


def clean(text: str) -> str:
    """The text without characters that XML forbids or that steer a terminal."""
    return _UNFIT.sub("\ufffd", text).replace(OBJECT, "▢")


def flat(text: str) -> str:
    """The text on one line, with single spaces, fit to be shown; nothing in it turns what follows round."""
    return " ".join(_TURNING.sub("", clean(text)).split())


def shorten(text: str, length: int) -> str:
    """The beginning of a text, up to a word's end where there is one near."""
    if len(text) <= length:
        return text
    cut = text[:length]
    word = cut.rsplit(None, 1)[0]
    return f"{word if len(word) > length * 0.7 else cut}…"


def shorten_before(text: str, length: int) -> str:
    """The end of a text, from a word's beginning where there is one near."""
    if len(text) <= length:
        return text
    cut = text[-length:]
    word = cut.split(None, 1)[-1]
    return f"…{word if len(word) > length * 0.7 else cut}"
