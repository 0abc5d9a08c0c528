"""Links that nobody could follow from a finished file become their words, and that is said."""

from __future__ import annotations

import pytest
from tests.helpers import items, only, resolved


@pytest.mark.parametrize("target", ["./data.csv", "thesis.md", "file:///etc/hostname", "C:/x.doc", "/abs"])
def test_a_link_to_the_authors_own_files_is_its_words(target, tmp_path):
    document = resolved(tmp_path, f"Line.\n\nSee [the data]({target}) there.\n")
    assert items(document, "link") == []
    assert items(document, "paragraph")[1].text == "See the data there."
    finding = only(document.findings, "links")
    assert (finding.severity, finding.where) == ("warning", "paper.md:3")
    assert target in finding.message


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("ftp://example.org/x", "ftp://example.org/x"),
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
    ],
)
def test_a_link_that_can_be_followed_is_one(target, expected, tmp_path):
    document = resolved(tmp_path, f"See [it]({target}).\n")
    assert document.findings == ()
    assert [item.target for item in items(document, "link")] == [expected]


def test_a_link_in_a_link_is_one_link(tmp_path):
    html = (
        '[a <a href="https://example.org">b</a>](https://example.org) [c [d](https://d.org)](https://c.org)'
    )
    targets = [item.target for item in items(resolved(tmp_path, f"{html}\n"), "link")]
    assert targets.count("https://example.org") == 1
    assert len(targets) == 2
