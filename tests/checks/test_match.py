"""Aligning: what is missing, moved or changed is told, and nothing that is there."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from paperbuild.checks.match import difference, misses

A, B, C, D = "the first of them", "quite another one", "something else here", "and a last word"


def told(promised, observed, **options):
    return [(miss.index, miss.how) for miss in misses(promised, observed, **options)]


@pytest.mark.parametrize(
    ("promised", "observed", "expected"),
    [
        ([], [], []),
        ([A, B], [A, B], []),
        ([A, B], [A, "x", B, "y"], []),  # more than was promised
        ([A, B, C], [A, C], [(1, "lost")]),
        ([A, B], [], [(0, "lost"), (1, "lost")]),
        ([A, B, C], [B, C, A], [(0, "moved")]),
        ([A, B, C], [A, B.replace("other", "othr"), C], [(1, "changed")]),
        ([A, A, A], [A, A], [(2, "lost")]),  # as often as promised
        ([A, A], [A, A, A], []),
        ([A, B], [A + B], []),  # joined
        ([A + B], [A, B], []),  # divided
        ([A, B, C, D], [A, B + C, D], []),
        ([A, B, C, D], [A, B[:5], B[5:], C, D], []),
        ([A, B, C], [A, B], [(2, "lost")]),
        ([A, B, C], [C, B, A], None),
    ],
)
def test_what_is_not_in_its_place(promised, observed, expected):
    found = told(promised, observed)
    if expected is None:
        assert {how for _, how in found} == {"moved"}
        assert len(found) == 2
    else:
        assert found == expected


def test_without_joining_neither_parts_nor_wholes_count():
    assert told([A, B], [A + B], join=False) == [(0, "changed"), (1, "changed")] or told(
        [A, B], [A + B], join=False
    ) == [(0, "lost"), (1, "lost")]
    assert [index for index, _ in told([A + B], [A, B], join=False)] == [0]


def test_a_paragraph_is_not_found_in_pieces_of_others_far_away():
    assert told([A, B, "first", C], [A, B, C]) == [(2, "lost")]


def test_what_stands_there_instead_is_named():
    (miss,) = misses(["It was 1995 in fact."], ["It was 1996 in fact."])
    assert miss.instead == "It was 1996 in fact."


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


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_taken_away_is_missed_and_nothing_more(seed):
    chance = random.Random(seed)
    words = [
        f"paragraph {chance.randrange(8)} of {n}" if chance.random() < 0.7 else "twice" for n in range(20)
    ]
    gone = chance.sample(range(20), chance.randrange(1, 6))
    left = [word for index, word in enumerate(words) if index not in gone]
    found = misses(words, left, join=False)
    assert Counter(words[miss.index] for miss in found) == Counter(words[index] for index in gone)


def test_a_thousand_paragraphs_are_compared_in_a_moment():
    words = [f"{n} is the number of this paragraph" for n in range(1000)]
    assert told(words, words[:500] + words[501:]) == [(500, "lost")]
