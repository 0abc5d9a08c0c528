"""Figures: each picture is drawn and the right one, with its alternative text and caption; and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from paperbuild.checks.align import Extra
from paperbuild.checks.case import Case, extra, loss, miss, name, quote, same_look
from paperbuild.look import BLANK
from paperbuild.model import Finding, Item


def check(case: Case) -> list[Finding]:
    """A finding for each figure whose picture, alternative text or caption is lost or another."""
    findings = [_missed(case, index) for index in case.missed("figure")]
    for index, item in enumerate(case.promised.items):
        if item.kind == "figure" and (at := _at(case, index)):
            findings += _picture(case, index, item, case.observed.items[at[0]])
    return findings + [_extra(case, one) for one in case.extras("figure")]


def _extra(case: Case, one: Extra) -> Finding:
    """The finding for a picture too many; the figure it repeats is named, where it repeats one."""
    found = extra(case, "figures", "figure", one)
    picture = case.observed.items[one.index].picture
    same = (item for item in case.promised.of("figure") if picture and item.picture == picture)
    twin = next(same, None)
    if twin is None or one.twin >= 0:
        return found
    return replace(found, message=f"the picture of the figure {name(twin)} stands twice in the file")


def _at(case: Case, index: int) -> tuple[int, ...]:
    missed = case.alignment.misses.get(index)
    return case.alignment.pairs.get(index, missed.at if missed else ())


def _missed(case: Case, index: int) -> Finding:
    item, how = case.promised.items[index], case.alignment.misses[index].how
    if how == "lost":
        kept = item.text and any(
            one.key == case.key(item.text) for one in case.alignment.extras
        )  # the caption is there as a paragraph
        what = "has lost its picture" if kept else "is lost"
        return loss("figures", f"the figure {name(item)} {what}", item, case.evidence(index))
    return miss(case, "figures", "caption" if item.text else "figure", index)


def _picture(case: Case, index: int, item: Item, found: Item) -> Iterator[Finding]:
    """What is wrong with a figure that is there: its picture, or its alternative text."""
    if found.picture == BLANK and item.picture != BLANK:
        yield loss("figures", f"nothing can be seen of the picture {name(item)}", item, case.evidence(index))
    elif not same_look(item, found):
        yield loss("figures", f"the figure {name(item)} shows another picture", item, case.evidence(index))
    if case.key(item.target) != case.key(found.target):
        said = f"the figure {name(item)} has lost its alternative text {quote(item.target)}"
        if found.target:
            said = f"the alternative text {quote(item.target, 200)} became {quote(found.target, 200)}"
        yield loss("figures", said, item, case.evidence(index))
