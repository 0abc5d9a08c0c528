"""Citations that show who wrote a work alone, or all but that."""

from __future__ import annotations

import pytest
from tests.csl.styles import TITLE, YEAR, cited, style, work

from paperbuild.csl.requests import CiteRequest, Cluster

NAMES = '<names variable="author"><name form="short"/></names>'
AUTHOR_DATE = style(
    f'<group delimiter=" ">{NAMES}{YEAR}</group>', cite_layout='prefix="(" suffix=")" delimiter="; "'
)
NUMERIC = style('<text variable="citation-number"/>', cite_layout='prefix="[" suffix="]" delimiter=", "')
WORKS = {
    "a": work("Ash, Ann", 2000, title="One"),
    "b": work("Elm, Eve", 2001, title="Two"),
    "c": work(title="Three"),
}


@pytest.mark.parametrize(
    ("mode", "xml", "expected"),
    [
        ("", AUTHOR_DATE, "(Ash 2000; Elm 2001)"),
        ("suppress-author", AUTHOR_DATE, "(2000; Elm 2001)"),
        ("composite", AUTHOR_DATE, "(2000; Elm 2001)"),
        ("author-only", AUTHOR_DATE, "Ash"),
        ("author-only", NUMERIC, "Ash"),
        ("suppress-author", NUMERIC, "[1, 2]"),
    ],
)
def test_the_mode_of_a_citation(mode, xml, expected):
    cluster = Cluster((CiteRequest("a"), CiteRequest("b")), mode=mode)
    assert cited(xml, WORKS, cluster) == [expected]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (CiteRequest("b", suppress_author=True), "(Ash 2000; 2001)"),
        (CiteRequest("b", suppress_author=True, locator="3"), "(Ash 2000; 2001)"),
        (CiteRequest("b", author_only=True), "(Ash 2000; Elm)"),
    ],
)
def test_a_single_cite_without_its_author_or_with_nothing_else(request_, expected):
    assert cited(AUTHOR_DATE, WORKS, Cluster((CiteRequest("a"), request_))) == [expected]


def test_a_work_without_an_author_goes_by_its_title():
    cluster = Cluster((CiteRequest("c"),), mode="author-only")
    assert cited(style(TITLE, cite_layout='prefix="["'), WORKS, cluster) == ["Three"]
