"""Aligning: what is missing, moved, changed or too many is told, and nothing of what is there."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import replace

import pytest

from paperbuild.checks.align import align
from paperbuild.checks.likeness import difference, likeness
from paperbuild.checks.order import order
from paperbuild.model import Inventory, Item

A, B, C, D = "the first of them", "quite another one", "something else here", "and a last word"


def inventory(texts, *, loose=True, kind="paragraph"):
    return Inventory(tuple(Item(kind, text) for text in texts), loose=loose)


def told(promised, observed, *, loose=True):
    found = align(inventory(promised), inventory(observed, loose=loose))
    return [(index, miss.how) for index, miss in sorted(found.misses.items())], [
        (one.index, one.twin) for one in found.extras
    ]


@pytest.mark.parametrize(
    ("promised", "observed", "expected", "extras"),
    [
        ([], [], [], []),
        ([A, B], [A, B], [], []),
        ([A, B], [A, C, B, D], [], [(1, -1), (3, -1)]),  # more than was promised
        ([A, B], [A, B, A], [], [(2, 0)]),  # one stands twice
        ([A, B, C], [A, C], [(1, "lost")], []),
        ([A, B], [], [(0, "lost"), (1, "lost")], []),
        ([A, B, C], [B, C, A], [(0, "moved")], []),
        ([A, B, C], [A, B.replace("other", "othr"), C], [(1, "changed")], []),
        ([A, A, A], [A, A], [(2, "lost")], []),  # as often as promised
        ([A, B], [A + B], [], []),  # joined
        ([A + B], [A, B], [], []),  # divided
        ([A + B + "x"], [A, B], [(0, "changed")], None),
        ([A, B, C, D], [A, B + C, D], [], []),
        ([A, B, C, D], [A, B[:5], B[5:], C, D], [], []),
        ([A, B, C], [A, B], [(2, "lost")], []),
    ],
)
def test_what_is_not_in_its_place(promised, observed, expected, extras):
    misses, more = told(promised, observed)
    assert misses == expected
    assert extras is None or more == extras


def test_where_two_are_exchanged_one_has_moved():
    misses, extras = told([A, B, C], [C, B, A])
    assert {how for _, how in misses} == {"moved"}
    assert len(misses) == 2
    assert extras == []


def test_a_format_that_keeps_paragraphs_may_neither_join_nor_divide_them():
    assert [index for index, _ in told([A, B], [A + B], loose=False)[0]] == [0, 1]
    assert [index for index, _ in told([A + B], [A, B], loose=False)[0]] == [0]


def test_a_paragraph_is_not_found_in_pieces_of_others_far_away():
    assert told([A, B, "first", C], [A, B, C])[0] == [(2, "lost")]


def test_what_stands_there_instead_is_named():
    found = align(inventory(["It was 1995 in fact."]), inventory(["It was 1996 in fact."], loose=False))
    assert found.misses[0].instead == "It was 1996 in fact."
    assert found.misses[0].at == (0,)


@pytest.mark.parametrize("kind", ["section", "table", "figure"])
def test_what_is_no_longer_of_its_kind_is_lost(kind):
    found = align(inventory([A], kind=kind), inventory([A]))
    assert [miss.how for miss in found.misses.values()] == ["lost"]
    assert len(found.extras) == 1


def test_a_paragraph_that_lost_most_of_its_words_is_changed_and_not_lost():
    long = " ".join(f"word{n}" for n in range(60))
    assert told([A, long, B], [A, long[:60], B])[0] == [(1, "changed")]


def test_a_paragraph_that_a_page_break_divides_beside_a_picture_in_it_is_whole():
    text, picture = (
        Item("paragraph", "Ana Silva of the University of Lisbon"),
        Item("figure", "", target="icon"),
    )
    parts = (replace(text, text="Ana Silva of"), picture, replace(text, text="the University of Lisbon"))
    found = align(Inventory((text, picture)), Inventory(parts, loose=True))
    assert (found.misses, found.extras) == ({}, ())
    assert found.pairs[0] == (0, 2)


def test_the_rows_of_a_table_that_a_page_break_divided_belong_to_it():
    rows = tuple((f"name {n}", str(n)) for n in range(40))
    promised = Inventory((Item("table", "Numbers", rows=rows),))
    parts = (Item("table", "Numbers", rows=rows[:25]), Item("table", "", rows=rows[25:]))
    found = align(promised, Inventory(parts, loose=True))
    assert found.misses[0].at == (0, 1)
    assert found.extras == ()


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("It was 1995.", "It was 1996.", ("It was 1995.", "It was 1996.")),
        ("a" * 60 + "x" + "b" * 60, "a" * 60 + "b" * 60, ("a" * 15 + "x" + "b" * 24, "a" * 15 + "b" * 25)),
        ("abc", "abcdef", ("abc", "abcdef")),
    ],
)
def test_the_first_difference_is_shown_with_its_surroundings(before, after, where):
    assert difference(before, after) == where


def test_a_part_is_like_its_whole_and_another_text_is_not():
    whole = "There is no such thing as a text without a reader, and none without another text before it."
    assert likeness(whole, whole[:40]) == 1
    assert likeness(whole, "Fruit and vegetables are sold by weight on every market of the town.") < 0.3
    assert likeness(whole, "") == 0
    assert likeness("Results", "Result") > 0.9


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_taken_away_is_missed_and_nothing_more(seed):
    chance = random.Random(seed)
    words = [
        f"paragraph {chance.randrange(8)} of {n}" if chance.random() < 0.7 else "twice" for n in range(20)
    ]
    gone = chance.sample(range(20), chance.randrange(1, 6))
    left = [word for index, word in enumerate(words) if index not in gone]
    misses, extras = told(words, left, loose=False)
    assert Counter(words[index] for index, _ in misses) == Counter(words[index] for index in gone)
    assert extras == []


def test_a_thousand_paragraphs_are_compared_in_a_moment():
    words = [f"{n} is the number of this paragraph" for n in range(1000)]
    assert told(words, words[:500] + words[501:]) == ([(500, "lost")], [])


def test_a_thousand_paragraphs_that_all_have_changed_take_no_minute():
    words = [f"{n} is the number of this paragraph, which goes on for a while {n * 7}" for n in range(1000)]
    started = time.process_time()
    misses, extras = told(words, [word.replace("paragraph", "paragraf") for word in words], loose=False)
    assert {how for _, how in misses} == {"changed"}
    assert (len(misses), extras) == (1000, [])
    assert time.process_time() - started < 30


@pytest.mark.parametrize(
    ("promised", "observed", "lost", "moved", "extra"),
    [
        ("abc", "abc", "", "", ""),
        ("abc", "ac", "b", "", ""),
        ("abc", "abcb", "", "", "b"),
        ("abc", "bca", "", "a", ""),
        ("aab", "ab", "a", "", ""),
        ("", "x", "", "", "x"),
        ("abcd", "abxd", "c", "", "x"),
    ],
)
def test_things_in_the_line_are_compared_in_order(promised, observed, lost, moved, extra):
    found = order(promised, observed)
    assert "".join(promised[n] for n in found.lost) == lost
    assert "".join(promised[n] for n in found.moved) == moved
    assert "".join(observed[n] for n in found.extra) == extra
