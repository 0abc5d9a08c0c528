"""Locators: what follows a key is split into label, locator and the rest, as pandoc's manual says."""

from __future__ import annotations

import pytest
from tests.helpers import parsed, plain

from paperbuild import locators
from paperbuild.pandoc import ast

CASES = {
    "": ("page", "", ""),
    ", p. 7": ("page", "7", ""),
    ", pp. 39-42": ("page", "39-42", ""),
    ", pp. 39--42, 51": ("page", "39–42, 51", ""),
    ", 33": ("page", "33", ""),
    " 33": ("page", "33", ""),
    ", pp. iv, vi-xi, and 3": ("page", "iv, vi-xi", ", and 3"),
    ", p. 7, who says so": ("page", "7", ", who says so"),
    ", p. 7 and *passim*": ("page", "7", " and passim"),
    ", chap. 3": ("chapter", "3", ""),
    ", chapters 3-5": ("chapter", "3-5", ""),
    " chap. 3": ("chapter", "3", ""),
    ", vol. 1, chap. 2": ("volume", "1", ", chap. 2"),
    ", § 12": ("section", "12", ""),
    ", §§ 12-14": ("section", "12-14", ""),
    ", art. 10": ("article-locator", "10", ""),
    ", Kap. 3": ("chapter", "3", ""),
    ", S. 14": ("page", "14", ""),
    ", l. 5": ("line", "5", ""),
    ", no. 4": ("issue", "4", ""),
    ", bk. ii": ("book", "ii", ""),
    ", 275d-e": ("page", "275d-e", ""),
    ", A12": ("page", "A12", ""),
    ", {pp. iv, vi-xi, (xv)-(xvii)}": ("page", "iv, vi-xi, (xv)-(xvii)", ""),
    ", {chap. A} too": ("chapter", "A", " too"),
    "{}, 275d--e": ("page", "", ", 275d–e"),
    ", passim": ("page", "", ", passim"),
    ", who says so in 1999": ("page", "", ", who says so in 1999"),
    ", I think": ("page", "", ", I think"),
    ", part of it": ("page", "", ", part of it"),
    ", on page 3 of it": ("page", "", ", on page 3 of it"),
}


@pytest.fixture(scope="module")
def suffixes(tmp_path_factory):
    """Every case's suffix as pandoc gives it; read at once, for speed."""
    text = "\n\n".join(f"[@key{suffix}]" for suffix in CASES)
    document = parsed(tmp_path_factory.mktemp("locators"), text)
    cites = [node for node in ast.iterate(document.blocks) if node["t"] == "Cite"]
    return dict(zip(CASES, (cite["c"][0][0]["citationSuffix"] for cite in cites), strict=True))


@pytest.mark.parametrize("suffix", CASES)
def test_label_locator_and_rest(suffix, suffixes):
    label, locator, rest = locators.split(suffixes[suffix])
    found = (label, locator, ast.plain(list(rest)))
    assert tuple(text.replace("\u00a0", " ") for text in found) == CASES[suffix]


def test_markup_in_the_rest_is_kept(suffixes):
    _, _, rest = locators.split(suffixes[", p. 7 and *passim*"])
    assert rest[-1]["t"] == "Emph"
    assert plain(rest) == "and passim"
