"""Citations: each form is printed as the style wants it, linked to its entry; an unknown key stands out."""

from __future__ import annotations

import pytest
from tests.helpers import CITING, errors, items, only, plain, resolved, texts

from paperbuild.pandoc import ast
from paperbuild.resolve.citations import anchor

NOTES = "chicago-notes-bibliography"

FORMS = {
    "So [@kelsen1957].": "So (Kelsen, 1957).",
    "So [@kelsen1957; @eco2015].": "So (Eco, 2015; Kelsen, 1957).",
    "So [@kelsen1957, p. 7].": "So (Kelsen, 1957, p. 7).",
    "So [@kelsen1957, pp. 7-9].": "So (Kelsen, 1957, pp. 7–9).",
    "So [@kelsen1957, chap. 3].": "So (Kelsen, 1957, Chapter 3).",
    "So [@kelsen1957, sec. 3].": "So (Kelsen, 1957, Section 3).",
    "So [see @kelsen1957].": "So (see Kelsen, 1957).",
    "So [see @kelsen1957, p. 7, and *elsewhere*].": "So (see Kelsen, 1957, p. 7, and elsewhere).",
    "So Kelsen [-@kelsen1957].": "So Kelsen (1957).",
    "As @kelsen1957 says.": "As Kelsen (1957) says.",
    "As @kelsen1957 [p. 7] says.": "As Kelsen (1957, p. 7) says.",
    "As @{kelsen1957} says.": "As Kelsen (1957) says.",
    "No \\@kelsen1957 and no me@kelsen1957.": "No @kelsen1957 and no me@kelsen1957.",
}


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    document = resolved(tmp_path_factory.mktemp("forms"), CITING + "\n\n".join(FORMS), "apa")
    return document, dict(zip(FORMS, texts(document), strict=False))


@pytest.mark.parametrize("written", FORMS)
def test_every_form_is_printed_as_the_style_wants_it(written, forms):
    assert forms[1][written] == FORMS[written]


def test_every_link_leads_to_an_entry_that_is_there(forms):
    document, _ = forms
    anchors = {item.target for item in items(document, "reference")}
    targets = {item.target for item in items(document, "citation")}
    assert anchors == {"ref-kelsen1957", "ref-eco2015"}
    assert targets == {f"#{name}" for name in anchors}
    assert document.findings == () or errors(document.findings) == []


def test_nothing_of_pandocs_brackets_is_left(forms):
    assert "[@" not in plain(forms[0].blocks)


@pytest.mark.parametrize(
    ("nocite", "listed"),
    [
        ("'@doe2001'", ["ref-doe2001", "ref-kelsen1957"]),
        ("'@doe2001, @eco2015'", ["ref-doe2001", "ref-eco2015", "ref-kelsen1957"]),
        ("'@*'", ["ref-doe2001", "ref-eco2015", "ref-kelsen1957", "ref-price1965"]),
    ],
)
def test_nocite_puts_entries_into_the_list_alone(nocite, listed, tmp_path):
    document = resolved(
        tmp_path, f"---\nbibliography: refs.bib\nnocite: {nocite}\n---\n\nSo [@kelsen1957].\n", "apa"
    )
    assert [item.target for item in items(document, "reference")] == listed
    assert texts(document) == ["So (Kelsen, 1957)."]


def test_a_citation_in_the_abstract_and_title_counts(tmp_path):
    text = "---\nbibliography: refs.bib\ntitle: On @eco2015\nabstract: After [@price1965].\n---\n\nText.\n"
    document = resolved(tmp_path, text, "apa")
    assert plain(document.front.title) == "On Eco (2015)"
    assert plain(document.front.abstract) == "After (Price, 1965)."
    assert len(document.references) == 2


def test_numbers_follow_the_order_of_the_text(tmp_path):
    document = resolved(tmp_path, CITING + "B [@price1965]. A [@eco2015]. Again [@price1965].\n", "ieee")
    assert texts(document) == ["B [1]. A [2]. Again [1]."]
    assert [item.target for item in items(document, "reference")] == ["ref-price1965", "ref-eco2015"]


# -- unknown keys ----------------------------------------------------------------------------------------


def test_an_unknown_key_is_an_error_with_its_line_and_the_nearest_key(tmp_path):
    document = resolved(tmp_path, CITING + "Text.\n\nSo [@kelsen1975, p. 3].\n")
    finding = only(document.findings, "citations")
    assert (finding.severity, finding.where) == ("error", "paper.md:7")
    assert "kelsen1975" in finding.message
    assert finding.hint == "nearest: kelsen1957"
    assert texts(document) == ["Text.", "So [@kelsen1975?]."]


def test_an_unknown_key_among_others_stands_beside_them(tmp_path):
    document = resolved(tmp_path, CITING + "So [@kelsen1957; @zzz].\n\nAnd @yyy too.\n", "apa")
    assert texts(document)[:2] == ["So (Kelsen, 1957) [@zzz?].", "And [@yyy?] too."]
    assert len(errors(document.findings)) == 2


def test_an_unknown_key_in_a_note_style_is_seen_too(tmp_path):
    document = resolved(
        tmp_path, CITING + "So [@kelsen1957; @zzz], and [@yyy].\n", "chicago-notes-bibliography"
    )
    assert "[@yyy?]" in texts(document)[0]
    assert "[@zzz?]" in texts(document, "note")[0]


def test_without_a_bibliography_the_hint_says_how_to_name_one(tmp_path):
    document = resolved(tmp_path, "So [@kelsen1957] and [@eco2015].\n")
    assert {finding.hint.split(":")[0] for finding in document.findings} == {
        "the manuscript has no bibliography"
    }


def test_the_same_unknown_key_is_told_once(tmp_path):
    assert len(errors(resolved(tmp_path, CITING + "[@zzz] [@zzz] @zzz\n").findings)) == 1


# -- note styles -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("One [@kelsen1957]. Two.", "One. Two."),
        ("One [@kelsen1957], two.", "One, two."),
        ("“One” [@kelsen1957].", "“One.”"),
        ("One. [@kelsen1957] Two.", "One. Two."),
        ("One? [@kelsen1957]. Two.", "One? Two."),
        ("One [@kelsen1957] two.", "One two."),
        ("(One [@kelsen1957]) two.", "(One) two."),
    ],
)
def test_a_note_mark_stands_after_the_punctuation(written, text, tmp_path):
    document = resolved(tmp_path, CITING + written + "\n", NOTES)
    note = next(i for i, node in enumerate(document.blocks[0]["c"]) if node["t"] == "Note")
    before = ast.plain(document.blocks[0]["c"][:note])
    assert texts(document)[0] in {text, text.replace(".”", "”.")}
    assert before[-1] not in " "
    assert before.rstrip(".,?”)").endswith("One")
    assert not ast.plain(document.blocks[0]["c"][note + 1 :]).startswith((".", ",", ")", "”"))
    assert len(items(document, "note")) == 1


def test_a_citation_becomes_a_note_with_a_linked_reference(tmp_path):
    document = resolved(tmp_path, CITING + "One [@kelsen1957, p. 7].\n", NOTES)
    (note,) = texts(document, "note")
    assert note.startswith("Hans Kelsen, Reine Rechtslehre")
    assert note.endswith("7.")
    assert [item.target for item in items(document, "citation")] == ["#ref-kelsen1957"]


def test_a_citation_within_a_note_stays_in_it(tmp_path):
    document = resolved(tmp_path, CITING + "One.^[See @kelsen1957 and [@eco2015, p. 3].]\n", NOTES)
    (note,) = texts(document, "note")
    assert note.startswith("See ")
    assert "Kelsen" in note
    assert "How to Write a Thesis" in note
    assert len([node for node in ast.iterate(document.blocks) if node["t"] == "Note"]) == 1


def test_an_author_in_the_text_is_named_there(tmp_path):
    document = resolved(tmp_path, CITING + "As @kelsen1957 [p. 7] says.\n", NOTES)
    assert texts(document)[0].startswith("As Kelsen")
    assert texts(document)[0].endswith("says.")
    assert "Reine Rechtslehre" in texts(document, "note")[0]


def test_notes_and_citations_are_numbered_together(tmp_path):
    text = CITING + "One [@kelsen1957].^[Own note.] Two [@kelsen1957].\n"
    notes = texts(resolved(tmp_path, text, NOTES), "note")
    assert len(notes) == 3
    assert notes[1] == "Own note."
    assert notes[2].startswith("Kelsen,")
    assert len(notes[2]) < len(notes[0])


# -- anchors ---------------------------------------------------------------------------------------------

ODD_KEYS = [
    "kelsen1957",
    "doi:10.1000/x(1)",
    "doi:10.1000/x_1_",
    "https://example.org/a?b=c&d",
    "müller2001",
    "a" * 60,
    "a" * 61,
    "Kelsen1957",
    "x y",
    "x_y",
    "<script>",
    '"onclick=',
    "文献2001",
]


@pytest.mark.parametrize("key", ODD_KEYS)
def test_an_anchor_is_a_name_that_every_format_allows(key):
    name = anchor(key)
    assert name.startswith("ref-")
    assert len(name) <= 40
    assert all(char.isalnum() or char in "_.-" for char in name)


def test_anchors_differ_where_keys_do():
    assert len({anchor(key) for key in ODD_KEYS}) == len(ODD_KEYS)


def test_odd_keys_are_cited_and_reached(tmp_path):
    keys = ["doi:10.1000/x(1)", "müller2001", "a" * 60, "a" * 61]
    bib = "".join(
        f"- {{id: '{key}', type: book, title: T{n}, issued: 200{n}}}\n" for n, key in enumerate(keys)
    )
    cites = " ".join(f"[@{{{key}}}]" for key in keys)
    text = f"---\nreferences:\n{bib}---\n\n{cites}\n"
    document = resolved(tmp_path, text, "apa")
    assert errors(document.findings) == []
    targets = [item.target for item in items(document, "citation")]
    assert targets == [f"#{anchor(key)}" for key in keys]
    assert {target[1:] for target in targets} == {item.target for item in items(document, "reference")}


def test_keys_with_a_comma_between_them_are_both_cited(tmp_path):
    document = resolved(tmp_path, CITING + "So [@kelsen1957, @eco2015].\n", "apa")
    assert texts(document) == ["So (Eco, 2015; Kelsen, 1957)."]
    assert only(document.findings, "citations").hint == "write [@kelsen1957; @eco2015]"


def test_a_note_in_a_note_stands_there_in_brackets(tmp_path):
    document = resolved(tmp_path, CITING + "So [@eco2015, see also^[an inner one]].\n", NOTES)
    (note,) = items(document, "note")
    assert note.text.endswith("see also (an inner one).")


def test_a_note_to_the_subtitle_stands_at_the_title(tmp_path):
    document = resolved(tmp_path, "---\ntitle: T\nsubtitle: S^[Note.]\n---\n\nText.\n")
    assert [item.text for item in items(document, "note")] == ["Note."]
    assert not any(node["t"] == "Note" for node in document.front.subtitle)
