"""Handouts: what a layout adds for a class is promised, in its place, and in the paper's language."""

from __future__ import annotations

import docx
import pytest
from tests.helpers import CITING, errors, export, manuscript, only, parsed, picture, plain, resolved, texts
from tests.layouts.handouts import PAPER
from tests.layouts.pages import Pages
from tests.layouts.words import Words

from paperbuild import callouts, config, labels, layouts
from paperbuild.dress import dressed
from paperbuild.formats.preview.words import languages
from paperbuild.inventory import promise
from paperbuild.pandoc import ast
from paperbuild.pipeline import Job


def worn(folder, text, layout, files=None):
    """The text, resolved and dressed in a layout."""
    options = config.options(parsed(folder, text))
    return dressed(resolved(folder, text, files=files), options, layouts.load(layout, folder))


def study(text, lang="en", **said):
    """A manuscript with study notes."""
    notes = "\n".join(f"    {key}: {value}" for key, value in said.items())
    return f"---\nlang: {lang}\nbibliography: refs.bib\npaperbuild:\n  study:\n{notes}\n---\n\n{text}\n"


def made(folder, text, layout, formats=("pdf", "docx")):
    path = manuscript(folder, text)
    return export(Job(path, formats=formats, layout=layout, out=folder / "dist"))


def test_terms_and_questions_stand_between_the_text_and_the_references(tmp_path):
    document = worn(tmp_path, PAPER, "handout")
    assert texts(document, "section")[-3:] == ["Key terms", "Questions to consider", "References"]
    assert "Cross-examination by a person's own answers.".replace("'", "’") in texts(document)
    assert texts(worn(tmp_path, PAPER, "article"), "section")[-1] == "References"
    assert "Key terms" not in texts(worn(tmp_path, PAPER, "article"), "section")


def test_sections_for_a_class_are_headed_in_the_language_of_the_paper(tmp_path):
    text = study("# Eins\n\nText.", "de", questions="[Warum?]", terms="{Norm: Regel}")
    assert texts(worn(tmp_path, text, "handout"), "section") == [
        "Eins",
        "Wichtige Begriffe",
        "Fragen zum Text",
    ]


def test_without_study_notes_nothing_is_added(tmp_path):
    assert texts(worn(tmp_path, "# One\n\nText.\n", "handout"), "section") == ["One"]


def test_ids_of_sections_for_a_class_are_nobody_elses(tmp_path):
    text = study("# One {#study-questions}\n\nText.", questions="[Why?]")
    names = [ast.identifier(node) for node in ast.headers(worn(tmp_path, text, "handout").blocks)]
    assert len(names) == len(set(names)) == 2


def test_paragraphs_of_running_text_are_numbered_and_nothing_else(tmp_path):
    text = (
        f"{CITING}One.\n\n> Quoted.\n\n- Item\n\n![Cap](p.png)\n\n$$ x $$\n\n::: {{.note}}\nBoxed.\n:::\n\n"
        "::: {.part}\nTwo.[^n]\n:::\n\n[^n]: Note.\n\nThree [@eco2015].\n"
    )
    document = worn(tmp_path, text, "article+numbered-paragraphs", {"p.png": picture()})
    said = texts(document)
    assert [one for one in said if one[0].isdigit()] == ["1 One.", "2 Two.", "3 Three (Eco 2015)."]
    assert {"Quoted.", "Item", "Boxed."} <= set(said)


def test_what_goes_on_below_a_formula_has_no_number(tmp_path):
    document = worn(tmp_path, "So\n\n$$ x $$\n\nwhere it ends.\n\nNext.\n", "handout+numbered-paragraphs")
    assert texts(document) == ["1 So", "where it ends.", "2 Next."]


def test_what_stands_between_numbered_paragraphs_begins_no_further_left_than_their_text(tmp_path):
    text = (
        "Running.\n\n> Quoted.\n\n- Listed.\n\nTerm\n:   Defined.\n\n| Versed.\n\n```\nCoded.\n```\n\n"
        "So\n\n$$ x $$\n\nwhere it ends.\n"
    )
    done = made(tmp_path, text, "handout+numbered-paragraphs")
    pages = Pages(done.data("pdf"))
    words = Words(done.data("docx"))
    edge = 23.1  # 2.2 times 10.5 points
    left = pages.find("1").x
    assert pages.find("1").text == "1 Running."
    beyond = {"Quoted": 16, "Term": 0, "Defined": 20, "Versed": 16, "Coded": 6, "where": 0}
    for start, points in {**beyond, "•": 0}.items():
        assert pages.find(start).x - left >= edge + points - 3, start
    for start, points in beyond.items():
        assert words.find(start).left == pytest.approx(edge + points, abs=1), start


def test_a_numbered_paragraph_is_found_in_the_manuscript(tmp_path):
    document = worn(tmp_path, "First words here.\n\nSecond words here.\n", "article+numbered-paragraphs")
    assert [item.where for item in promise(document).of("paragraph")] == ["paper.md:1", "paper.md:3"]


def test_numbered_paragraphs_survive_both_formats_with_formulas_and_right_to_left(tmp_path):
    text = "---\nlang: ar\n---\n\nنص أول هنا.\n\nقبل $$ a+b $$ بعد.\n"
    assert errors(made(tmp_path, text, "handout+numbered-paragraphs").report.findings) == []


@pytest.mark.parametrize("layout", ["handout", "apa7", "mla9", "two-column"])
def test_a_summary_shows_outline_terms_questions_and_references_on_one_page(layout, tmp_path):
    done = made(tmp_path, PAPER, f"{layout}+summary")
    assert errors(done.report.findings) == []
    assert not [one for one in done.report.findings if one.check == "summary"]
    for kind in ("pdf", "docx"):
        seen = done.observed(kind)
        titles = [item.text for item in seen.of("section")][-4:]
        assert titles[:3] == ["Structure", "Key terms", "Questions to consider"]
        shown = " ".join(item.text for item in seen.of("paragraph"))
        assert all(
            words in shown for words in ("Being examined", "A measure", "Being silenced", "Two witnesses")
        )
        assert "maddening" not in shown
        assert seen.count("reference") == 2


def test_a_summary_that_takes_more_than_a_page_is_a_warning_with_advice(tmp_path):
    text = study("# One\n\nText.", questions=[f"What of {number}?" for number in range(90)])
    finding = only(made(tmp_path, text, "handout+summary", ("pdf",)).report.findings, "summary")
    assert (finding.severity, finding.message) == ("warning", "the summary takes 2 pages instead of one")
    assert "shorten" in finding.hint


def test_a_summary_without_an_abstract_has_the_studys_and_no_dead_links(tmp_path):
    text = study("# One {#one}\n\nText.", summary="What it says.")
    document = worn(tmp_path, text, "handout+summary")
    assert texts(document, "section") == ["Abstract", "Structure"]
    linked = "---\nabstract: See [there](#one).\n---\n\n# One {#one}\n\nText.\n"
    assert errors(made(tmp_path, linked, "handout+summary").report.findings) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("::: {.callout-tip}\nText.\n:::", "Tip"),
        ("::: warning\nText.\n:::", "Warning"),
        ('::: {.callout-note title="Look here"}\nText.\n:::', "Look here"),
        ("::: caution\n# Mind\n\nText.\n:::", "Mind"),
        ("::: important\n::: title\nMind\n:::\nText.\n:::", "Mind"),
        ("::: {.callout-definition}\nText.\n:::", ""),
    ],
)
def test_a_box_is_called_by_its_title_or_by_what_it_is(text, title, tmp_path):
    (box,) = resolved(tmp_path, text).blocks
    assert callouts.CALLOUT in ast.classes(box)
    assert texts(resolved(tmp_path, text)) == [*([title] if title else []), "Text."]


def test_a_box_is_called_what_it_is_in_the_language_of_the_paper(tmp_path):
    document = resolved(tmp_path, "---\nlang: fr-CA\n---\n\n::: {.callout-warning}\nTexte.\n:::\n")
    assert plain(document.blocks) == "Avertissement Texte."


def test_a_division_with_sections_is_no_box(tmp_path):
    document = resolved(tmp_path, "::: note\n# One\n\nText.\n\n# Two\n\nMore.\n:::\n")
    assert texts(document, "section") == ["One", "Two"]
    assert "Note" not in texts(document)


def test_boxes_have_their_style_in_word_and_two_in_a_row_stay_two(tmp_path):
    text = "::: tip\nOne.\n\n- Item\n\nTwo.\n:::\n\n::: {.callout-note}\nThree.\n:::\n"
    done = made(tmp_path, text, "article", ("docx", "pdf", "preview"))
    assert errors(done.report.findings) == []
    paragraphs = docx.Document(done.path("docx")).paragraphs
    assert [(one.style and one.style.name, one.text) for one in paragraphs] == [
        ("Callout Title", "Tip"),
        ("Callout", "One."),
        ("Callout List", "Item"),
        ("Callout", "Two."),
        ("Compact", ""),
        ("Callout Title", "Note"),
        ("Callout", "Three."),
    ]


@pytest.mark.parametrize("lang", languages())
def test_every_language_of_pages_has_words_for_classes_and_boxes(lang):
    assert set(labels.headings(lang)) == {"structure", "key_terms", "questions"}
    assert set(labels.boxes(lang)) == set(callouts.KINDS)
    assert lang == "en" or labels.headings(lang) != labels.headings("en")


def test_the_instructor_who_wrote_the_handout_is_named_once_and_details_stand_in_a_line(tmp_path):
    document = worn(tmp_path, PAPER, "handout")
    lines = [plain(block) for block in document.opening]
    assert lines[0] == "Philosophy 104 · Larkfield College · Ada Berg · September 22, 2025"
    assert lines[1:3] == ["Being Contradicted", "Abstract"]


def test_emphasis_is_shown_as_the_layout_wants_it(tmp_path):
    for layout, kind in (
        ("handout", "Emph"),
        ("handout+legible", "Strong"),
        ("handout+large-print", "Underline"),
    ):
        document = worn(tmp_path, "Some *words* here.\n", layout)
        assert [plain(node) for node in ast.iterate(document.blocks) if node["t"] == kind] == ["words"]
