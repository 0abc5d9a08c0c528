"""The time that a file says it was made comes from who builds it or the manuscript, not from the clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.helpers import resolved

from paperbuild.epoch import VARIABLE, made
from paperbuild.model import PaperbuildError


@pytest.fixture(autouse=True)
def _unset(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


def front(folder, date):
    return resolved(folder, f"---\ntitle: T\n{date}\n---\n\nText.\n").front


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("date: 2024-05-17", datetime(2024, 5, 17, tzinfo=UTC)),
        ("date: 2024-05", datetime(2024, 5, 1, tzinfo=UTC)),
        ("date: 2024", datetime(2024, 1, 1, tzinfo=UTC)),
        ("date: 2024-02-31", None),
        ("date: Spring 2024", None),
        ("lang: en", None),
    ],
)
def test_the_manuscripts_date_counts_where_it_is_in_digits(date, expected, tmp_path):
    assert made(front(tmp_path, date)) == expected


def test_who_builds_has_the_last_word(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, "1700000000")
    assert made(front(tmp_path, "date: 2024-05-17")) == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize("value", ["yesterday", "1e9", "99999999999999999999"])
def test_what_is_no_time_is_refused(value, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, value)
    with pytest.raises(PaperbuildError, match="no time"):
        made(front(tmp_path, "lang: en"))
