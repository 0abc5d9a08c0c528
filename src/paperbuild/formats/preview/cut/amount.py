"""The amount that a manuscript asks to show, and what it gets where its text has no such place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperbuild.config import Amount
from paperbuild.formats.preview.cut.leaves import Body
from paperbuild.formats.preview.cut.places import FINER, START, Place, Where, allowed, between
from paperbuild.formats.preview.cut.telling import ends_with, finding, of_text
from paperbuild.model import Finding, Severity

_NOTICED, _FAR = 0.05, 0.15
"""How far a share may be off before it is said, and before it is a warning."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Where the cut falls, None where all is shown, and what is to be said of it."""

    place: Place | None
    findings: tuple[Finding, ...] = ()


def choose(body: Body, amount: Amount, where: Where) -> Choice:
    """The allowed place that is nearest to the amount.

    Paragraphs and sections are counted from the beginning, whatever ``where`` says: the cut falls after the
    last of them. A paragraph is one of running text: a list, table, figure or quotation is not counted, and
    what of them follows the last paragraph is withheld. All is shown for a share of 100% alone: a count that
    is too high leaves the last section, paragraph or sentence.
    """
    if amount == Amount(1.0) or not any(leaf.is_text for leaf in body.leaves):
        return Choice(None)
    if amount.number == 0:
        return Choice(START)
    places, kind = allowed(body, where)
    if not places:
        return Choice(None, (_undivided(),))
    if amount.unit == "paragraphs":
        return _after_paragraphs(body, int(amount.number), places)
    if amount.unit == "sections":
        return _after_sections(body, int(amount.number), places)
    return _nearest(body, amount, places, (where, kind))


def _undivided() -> Finding:
    return finding(
        "warning",
        "the paper can't be divided, and the preview shows all of it: it holds one sentence, or one block",
        hint="add text after the part that is to be shown, or do not publish a preview of it",
    )


# -- shares and words ------------------------------------------------------------------------------------


def _nearest(body: Body, amount: Amount, places: Sequence[Place], kinds: tuple[Where, Where]) -> Choice:
    total = max(body.words, 1)
    wanted = amount.number if amount.unit == "words" else amount.number * total
    place = min(places, key=lambda place: abs(place.words - wanted))
    said = []
    if kinds[0] != kinds[1]:
        only = f"no {kinds[0]} ends where the paper can be cut: the preview ends with a {kinds[1]}"
        said.append(finding("info", only, ends_with(body, place), "set preview.cut"))
    if amount.unit == "words" and wanted >= total:
        return Choice(place, (*said, _beyond(body, amount, total, f"{place.words} of them", place)))
    off = abs(place.words - wanted) / total
    if off > _NOTICED:
        asked = (
            f"{amount.number:.0%}" if amount.unit == "share" else f"{wanted:.0f} words ({wanted / total:.0%})"
        )
        instead = (
            f"the preview shows {of_text(body, place)} instead of {asked}: no {kinds[1]} ends nearer to it"
        )
        severity: Severity = "warning" if off > _FAR else "info"
        said.append(
            finding(severity, instead, ends_with(body, place), _others(body, places, wanted, kinds[1]))
        )
    return Choice(place, tuple(said))


def _others(body: Body, places: Sequence[Place], wanted: float, kind: Where) -> str:
    """The nearest places on both sides of the wanted one, and what a finer cut would show."""
    sides = [
        max((place for place in places if place.words <= wanted), key=lambda p: p.words, default=None),
        min((place for place in places if place.words > wanted), key=lambda p: p.words, default=None),
    ]
    told = [of_text(body, place) for place in sides if place]
    hint = f"a {kind} ends after {' and after '.join(told)}"
    finer = list(_finer(body, wanted, kind))
    return f"{hint}; {', '.join(finer)}" if finer else hint


def _finer(body: Body, wanted: float, kind: Where) -> Iterator[str]:
    for where in FINER[FINER.index(kind) + 1 :]:
        places, _ = allowed(body, where)
        place = min(places, key=lambda place: abs(place.words - wanted))
        yield f"with preview.cut: {where} the preview would show {of_text(body, place)}"


# -- counts ----------------------------------------------------------------------------------------------


def _after_paragraphs(body: Body, number: int, places: Sequence[Place]) -> Choice:
    numbers = [index for index, leaf in enumerate(body.leaves) if leaf.kind == "paragraph"]
    found = between(body)
    if number <= len(numbers):
        after = [place for place in found if place.leaf > numbers[number - 1]]
        if after:
            return Choice(after[0])
    place = (found or places)[-1]
    shown = sum(index < place.leaf for index in numbers)
    amount = Amount(number, "paragraphs")
    return Choice(place, (_beyond(body, amount, len(numbers), f"{shown} of them", place),))


def _after_sections(body: Body, number: int, places: Sequence[Place]) -> Choice:
    found = between(body)
    if number < len(body.tops):
        before = [place for place in found if place.leaf <= body.tops[number]]
        return Choice((before or found or places[:1])[-1 if before else 0])
    last = body.tops[-1] if body.tops else 0
    before = [place for place in found if place.leaf <= last]
    place = (before or found or places)[-1]
    shown = sum(index < place.leaf for index in body.tops) if before else 0
    amount = Amount(number, "sections")
    return Choice(place, (_beyond(body, amount, len(body.tops), f"{shown} of them", place),))


def _beyond(body: Body, amount: Amount, there: int, shown: str, place: Place) -> Finding:
    said = (
        f"the preview was to show {amount.number:.0f} {amount.unit}, and the paper has {there}: "
        f"it shows {shown}, {of_text(body, place)}, so that something remains"
    )
    return finding(
        "warning", said, ends_with(body, place), "set preview.show to less, or to 100% to show all"
    )
