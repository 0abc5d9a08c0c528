"""Cross-references, in the dialects in which people write them, become words with a number and a link."""

from __future__ import annotations

import re

import pytest
from tests.helpers import CITING, errors, items, only, picture, plain, resolved, texts

from paperbuild import inventory

PICTURES = {"cat.png": picture(), "dog.png": picture()}

CROSSREF = r"""
# First {#sec:first}

See @fig:dog, [@fig:cat], @tbl:n, @eq:e and @sec:first. Figure @fig:cat. [-@fig:dog] [@fig:cat; @fig:dog]

![A cat](cat.png){#fig:cat}

![A dog](dog.png){#fig:dog}

| a | b |
|---|---|
| 1 | 2 |

: Numbers {#tbl:n}

$$ e = mc^2 $$ {#eq:e}
"""
QUARTO = re.sub("(fig|tbl|eq|sec):", r"\1-", CROSSREF)
LATEX = r"""
# First {#sec:first}

See Figure \ref{fig:dog}, \autoref{fig:cat}, Table \ref{tbl:n}, \eqref{eq:e} and \nameref{sec:first}.

\begin{figure}\includegraphics{cat.png}\caption{A cat}\label{fig:cat}\end{figure}

\begin{figure}\includegraphics{dog.png}\caption{A dog}\label{fig:dog}\end{figure}

\begin{table}\caption{Numbers}\label{tbl:n}\begin{tabular}{ll}a & b \\ 1 & 2 \\ \end{tabular}\end{table}

\begin{equation} e = mc^2 \label{eq:e}\end{equation}
"""
SHOWN = "See Figure 2, Figure 1, Table 1, Equation 1 and “First”. Figure 1. 2 Figure 1, Figure 2"


def reached(document):
    """True where every link within the document leads to a place in it."""
    promised = inventory.promise(document)
    targets = {item.target[1:] for item in promised.of("link") if item.target.startswith("#")}
    return bool(targets) and targets <= {*promised.anchors}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (CROSSREF, SHOWN),
        (QUARTO, SHOWN),
        (LATEX, "See Figure 2, Figure 1, Table 1, (1) and First."),
    ],
    ids=["pandoc-crossref", "Quarto", "LaTeX"],
)
def test_each_dialect_gives_the_same_words_numbers_and_links(text, shown, tmp_path):
    document = resolved(tmp_path, text, files=PICTURES)
    assert texts(document)[0] == shown
    assert texts(document, "figure") == ["Figure 1: A cat", "Figure 2: A dog"]
    assert texts(document, "table") == ["Table 1: Numbers"]
    assert ["e = mc^2" in item.target for item in items(document, "equation")] == [True]
    assert "(1)" in plain(document.blocks)
    assert "{#" not in plain(document.blocks)
    assert reached(document)
    assert errors(document.findings) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See @fig:cat.", "See Figure 1."),
        ("See Fig. @fig:cat.", "See Fig. 1."),
        ("See figures @fig:cat and @fig:cat.", "See figures 1 and Figure 1."),
        ("See [Fig. @fig:cat].", "See Fig. 1."),
        ("@Fig:cat shows.", "Figure 1 shows."),
        ("See {@fig:cat}b.", "See Figure 1b."),
        ("Look [see @fig:cat, left].", "Look see Figure 1, left."),
        ("See [Panel @fig:cat].", "See Panel 1."),
        ("See [Abbildung -@fig:cat].", "See Abbildung 1."),
    ],
)
def test_words_around_a_reference(text, shown, tmp_path):
    document = resolved(tmp_path, f"{text}\n\n![A cat](cat.png){{#fig:cat}}\n", files=PICTURES)
    assert texts(document)[0] == shown


@pytest.mark.parametrize(("lang", "word"), [("de", "Abbildung"), ("fr", "Figure"), ("zh", "图")])
def test_the_words_are_in_the_documents_language(lang, word, tmp_path):
    text = f"---\nlang: {lang}\n---\n\nSiehe @fig:cat.\n\n![A cat](cat.png){{#fig:cat}}\n"
    assert texts(resolved(tmp_path, text, files=PICTURES))[0] == f"Siehe {word} 1."


def test_a_tag_is_the_number(tmp_path):
    text = (
        'See @eq:e, @fig:cat and @fig:dog.\n\n$$ x $$ {#eq:e tag="$*$A"}\n\n'
        '![A cat](cat.png){#fig:cat tag="S1"}\n\n![A dog](dog.png){#fig:dog}\n'
    )
    document = resolved(tmp_path, text.replace("$*$A", "A.7"), files=PICTURES)
    assert texts(document)[0] == "See Equation A.7, Figure S1 and Figure 1."
    assert texts(document, "figure") == ["Figure S1: A cat", "Figure 1: A dog"]
    assert "(A.7)" in plain(document.blocks)


def test_sections_are_named_by_number_where_they_have_one(tmp_path):
    text = (
        "---\nnumber-sections: true\n---\n\n# A\n\nSee @sec:d.\n\n## B\n\n# C\n\n## D {#sec:d}\n\n# E {-}\n"
    )
    document = resolved(tmp_path, text)
    assert texts(document) == ["See Section 2.1."]
    assert texts(document, "section") == ["1 A", "1.1 B", "2 C", "2.1 D", "E"]
    assert reached(document)


def test_sections_without_a_number_are_named_by_title(tmp_path):
    document = resolved(tmp_path, "# The *first* part {#sec:a}\n\nSee @sec:a and [-@sec:a].\n")
    assert texts(document) == ["See “The first part” and The first part."]


def test_a_caption_that_has_its_number_already_keeps_it(tmp_path):
    text = "![Figure 3. A cat](cat.png){#fig:cat}\n\nSee @fig:cat.\n"
    document = resolved(tmp_path, text, files=PICTURES)
    assert texts(document, "figure") == ["Figure 3. A cat"]
    assert texts(document) == ["See Figure 3."]


def test_a_listing_has_a_number_and_a_caption(tmp_path):
    text = 'See @lst:a and @lst:b.\n\n```{#lst:a .python caption="First"}\na\n```\n\n'
    second = "```\nb\n```\n\n: Second {#lst:b}\n"
    document = resolved(tmp_path, text + second)
    assert texts(document) == ["See Listing 1 and Listing 2.", "Listing 1: First", "Listing 2: Second"]
    assert texts(document, "code") == ["a", "b"]
    assert reached(document)


def test_quartos_figure_division(tmp_path):
    text = "::: {#fig-two}\n\n![](cat.png)\n\n![](dog.png)\n\nBoth of them\n:::\n\nSee @fig-two.\n"
    document = resolved(tmp_path, text, files=PICTURES)
    assert texts(document) == ["See Figure 1."]
    assert texts(document, "figure") == ["Figure 1: Both of them", ""]


@pytest.mark.parametrize(
    "written", ["@fig:none", "[@tbl-none]", r"\ref{none}", r"\autoref{fig:none}", "@eq:none", "@sec:none"]
)
def test_a_reference_that_leads_nowhere_is_an_error_with_its_line(written, tmp_path):
    document = resolved(tmp_path, f"Text.\n\nSee {written}.\n")
    finding = only(document.findings, "cross-references")
    assert (finding.severity, finding.where) == ("error", "paper.md:3")
    assert "none" in finding.message
    assert "none?]" in texts(document)[1]


def test_a_key_of_the_bibliography_is_a_citation_whatever_it_looks_like(tmp_path):
    bib = "@book{fig:2001, title={Fig}, author={Fig, A.}, year={2001}}"
    text = "---\nbibliography: b.bib\n---\n\nSee [@fig:2001].\n"
    assert texts(resolved(tmp_path, text, "apa", {"b.bib": bib})) == ["See (Fig, 2001)."]


def test_a_citation_and_a_cross_reference_beside_each_other(tmp_path):
    text = CITING + "See @kelsen1957 and @fig:cat.\n\n![From [@eco2015]](cat.png){#fig:cat}\n"
    document = resolved(tmp_path, text, "apa", PICTURES)
    assert texts(document)[0] == "See Kelsen (1957) and Figure 1."
    assert texts(document, "figure") == ["Figure 1: From (Eco, 2015)"]


def test_headings_have_ids_of_their_own(tmp_path):
    document = resolved(tmp_path, "# One\n\n# One\n\n# {.x}\n\n::: {#two}\nx\n:::\n\n# Two\n")
    ids = [node["c"][1][0] for node in document.blocks if node["t"] == "Header"]
    assert len(set(ids) | {"two"}) == 5
    assert all(ids)


def test_a_link_to_nowhere_is_told_and_becomes_its_words(tmp_path):
    document = resolved(tmp_path, "Text.\n\nSee [the end](#end) and [the top](#top).\n\n# Top\n")
    assert texts(document)[1] == "See the end and the top."
    assert [item.target for item in items(document, "link")] == ["#top"]
    finding = only(document.findings, "links")
    assert (finding.severity, finding.where) == ("warning", "paper.md:3")


def test_each_label_of_an_align_has_a_number(tmp_path):
    tex = r"\begin{align} a &= b \label{eq:a} \\ c &= d \label{eq:b} \end{align}"
    document = resolved(tmp_path, tex + "\n\nSee \\eqref{eq:a} and \\eqref{eq:b}.\n")
    assert errors(document.findings) == []
    assert re.search(r"1\D+2", texts(document)[-1])


def test_quartos_figure_of_figures_has_a_number_and_its_parts_letters(tmp_path):
    inner = "![A cat](cat.png){#fig-cat}\n\n![A dog](dog.png){#fig-dog}\n\nBoth.\n"
    text = f"::: {{#fig-both layout-ncol=2}}\n{inner}:::\n\nSee @fig-both and @fig-dog.\n"
    document = resolved(tmp_path, text, files=PICTURES)
    assert errors(document.findings) == []
    assert texts(document) == ["Figure 1: Both.", "See Figure 1 and Figure 1b."]
    assert texts(document, "figure") == ["(a) A cat", "(b) A dog"]


def test_bookdowns_references_and_labels(tmp_path):
    tex = "\\begin{equation} a (\\#eq:a) \\end{equation}"
    text = f"{tex}\n\n| a |\n|---|\n| 1 |\n\nTable: (\\#tab:t) Words.\n\nTable \\@ref(tab:t), \\@ref(eq:a).\n"
    document = resolved(tmp_path, text)
    assert errors(document.findings) == []
    assert texts(document)[-1] == "Table 1, 1."
