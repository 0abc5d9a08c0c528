"""Where a cite stands to those before it: first, again, at once again, near."""

from __future__ import annotations

import pytest
from tests.csl.styles import cited, listed, style, titled

from paperbuild.csl.requests import CiteRequest, Cluster

WORKS = titled("a", "b", "c")


def asking(*positions: str, kind: str = "note", more: str = "", options: str = "") -> str:
    """A style that prints the first of these positions that holds, and nothing else."""
    first, *others = (f'if position="{name}"><text value="{name}"/></' for name in positions)
    branches = f"<{first}if>" + "".join(f"<else-{branch}else-if>" for branch in others)
    content = f'<choose>{branches}<else><text value="none"/></else></choose>{more}'
    return style(content, kind=kind, cite_options=options, cite_layout='delimiter=" "')


STRICT = asking("ibid-with-locator", "ibid", "subsequent", "first")
WORDS = {"ibid-with-locator": "other page", "ibid": "same", "subsequent": "again", "first": "first"}


def stands(*citations: str | Cluster, xml: str = STRICT) -> list[str]:
    """The strongest position of each cite, in words."""
    return [" ".join(WORDS[name] for name in text.split()) for text in cited(xml, WORKS, *citations)]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("a", "a", "same"),
        ("a", "a@3", "other page"),
        ("a@3", "a@3", "same"),
        ("a@3", "a@4", "other page"),
        ("a@3", "a", "again"),
        ("b", "a", "first"),
    ],
)
def test_the_work_cited_just_before(before, now, expected):
    assert stands(f"1: {before}", f"2: {now}") == ["first", expected]
    assert stands(before, now) == ["first", expected]
    assert stands(f"1: {before} {now}") == [f"first {expected}"]


def test_the_same_number_of_something_else_is_another_place():
    notes = [
        Cluster((CiteRequest("a", "3", label),), note) for note, label in enumerate(("page", "chapter"), 1)
    ]
    assert stands(*notes) == ["first", "other page"]


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (("1: a", "2: b", "3: a"), ["first", "first", "again"]),
        (("1: a b", "2: b"), ["first first", "again"]),
        (("1: a b", "2: a"), ["first first", "again"]),
        (("1: b", "2: b a"), ["first", "same first"]),
        (("1: a", "2: b a"), ["first", "first again"]),
        (("1: a", "2: a a b b@2"), ["first", "same same first other page"]),
        (("1: a", "2: a", "3: a"), ["first", "same", "same"]),
        (("1: a", "3: a"), ["first", "again"]),  # note 2 is between them
        (("1: a", "1: a"), ["first", "same"]),
        (("1: a", "1: b", "2: b"), ["first", "first", "again"]),
        (("1: a", "1: a", "2: a"), ["first", "same", "again"]),
    ],
)
def test_several_citations(notes, expected):
    assert stands(*notes) == expected


def test_ibid_is_subsequent_and_with_locator_is_ibid():
    notes = ("1: a", "2: a@3")
    for position in ("ibid-with-locator", "ibid", "subsequent"):
        assert cited(asking(position), WORKS, *notes) == ["none", position]
    assert cited(asking("first"), WORKS, *notes) == ["first", "none"]


@pytest.mark.parametrize(("match", "expected"), [("any", "yes yes yes no"), ("none", "no no no yes")])
def test_any_and_none_of_positions(match, expected):
    test = f'<if match="{match}" position="first ibid"><text value="yes"/></if>'
    xml = style(f'<choose>{test}<else><text value="no"/></else></choose>', kind="note")
    assert cited(xml, WORKS, "1: a", "2: a", "3: b", "4: a") == expected.split()


@pytest.mark.parametrize(
    ("options", "note", "near"),
    [
        ("", 6, True),
        ("", 7, False),
        ('near-note-distance="2"', 3, True),
        ('near-note-distance="2"', 4, False),
        ('near-note-distance="0"', 2, False),
    ],
)
def test_near_notes(options, note, near):
    xml = asking("near-note", options=options)
    made = cited(xml, WORKS, "1: a", "2: b", f"{note}: a")
    assert made == ["none", "none", "near-note" if near else "none"]


def test_near_is_counted_from_the_last_citation():
    made = cited(asking("near-note"), WORKS, "1: a", "5: a", "9: a", "15: a")
    assert made == ["none", "near-note", "near-note", "none"]


def test_ibid_is_near():
    assert cited(asking("near-note"), WORKS, "1: a", "2: a") == ["none", "near-note"]


def test_nothing_is_near_in_the_text():
    assert cited(asking("near-note", kind="in-text"), WORKS, "a", "b", "a") == ["none"] * 3


def test_text_and_notes_are_counted_apart():
    assert stands("a", "1: a", "a", "2: a") == ["first", "first", "same", "same"]


def test_a_position_the_caller_states():
    given = [Cluster((CiteRequest("a", position=position),)) for position in range(4)]
    assert stands(*given) == ["first", "again", "same", "other page"]


def test_the_note_that_cites_a_work_first():
    number = '<text variable="first-reference-note-number" prefix=" n. "/>'
    xml = asking("first", "subsequent", more=number)
    made = cited(xml, WORKS, "3: a", "5: b", "6: a b", "8: a", "8: c c")
    assert made == [
        "first",
        "first",
        "subsequent n. 3 subsequent n. 5",
        "subsequent n. 3",
        "first subsequent",
    ]


def test_no_position_holds_in_the_list():
    choose = '<choose><if position="first"><text value="x"/></if><else><text value="y"/></else></choose>'
    xml = style(entry=choose, entry_layout='suffix="."')
    assert listed(xml, titled("a")) == ["y."]


def test_fewer_names_in_a_subsequent_note():
    works = {"a": {"type": "book", "author": [{"family": name} for name in ("Ash", "Elm", "Fir")]}}
    name = '<name et-al-min="4" et-al-use-first="2" et-al-subsequent-min="2" et-al-subsequent-use-first="1"/>'
    xml = style(f'<names variable="author">{name}</names>', kind="note")
    assert cited(xml, works, "1: a", "2: a", "a") == ["Ash, Elm, Fir", "Ash et al.", "Ash, Elm, Fir"]
