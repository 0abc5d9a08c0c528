"""A style of one's own in a manuscript: its language, its encoding, and what is wrong with it."""

from __future__ import annotations

import pytest
from tests.csl.styles import style as csl_style
from tests.helpers import CITING, resolved, texts

TITLE_AND = '<text variable="title" suffix=" "/><text term="and" suffix=" "/><text value="«ß»"/>'
GERMAN = csl_style(TITLE_AND, root='default-locale="de-DE"')


@pytest.mark.parametrize(("said", "word"), [("", "und"), ("lang: fr\n", "et"), ("lang: en-GB\n", "and")])
def test_a_document_without_a_language_leaves_it_to_the_style(tmp_path, said, word):
    text = CITING.replace("---\n\n", f"{said}---\n\n") + "So [@kelsen1957].\n"
    (shown,) = texts(resolved(tmp_path, text, "own.csl", {"own.csl": GERMAN}))
    assert f" {word} «ß»" in shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16"])
def test_a_style_may_have_any_encoding_that_it_declares(tmp_path, encoding):
    declared = encoding.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{declared}"?>\n{GERMAN}'.encode(encoding)
    (shown,) = texts(resolved(tmp_path, CITING + "So [@kelsen1957].\n", "own.csl", {"own.csl": content}))
    assert shown.endswith("und «ß».")


def test_what_the_schema_minds_is_a_warning_with_its_line(tmp_path):
    wrong = csl_style(f'\n{TITLE_AND}<text value="x" font-style="bent"/>')
    document = resolved(tmp_path, CITING + "So [@kelsen1957].\n", "own.csl", {"own.csl": wrong})
    found = [finding for finding in document.findings if "CSL's schema" in finding.message]
    assert {finding.severity for finding in found} == {"warning"}
    assert "own.csl" in found[0].message
    assert any("line 2: Invalid attribute font-style" in finding.message for finding in found)


def test_a_valid_style_is_not_minded(tmp_path):
    document = resolved(tmp_path, CITING + "So [@kelsen1957].\n", "own.csl", {"own.csl": GERMAN})
    assert not [finding for finding in document.findings if "schema" in finding.message]
