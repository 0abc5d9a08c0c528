"""Cross-references, in the dialects in which people write them, become words with a number and a link."""

from __future__ import annotations

import re

import pytest
from tests.helpers import CITING, errors, items, only, picture, plain, resolved, texts

from paperbuild import inventory
from paperbuild.pandoc import ast

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
SHOWN = "See Figure 2, Figure 1, Table 1, Equation 1 and “First”. Figure 1. 2 Figures 1 and 2"


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


# -- several at once -------------------------------------------------------------------------------------

THREE = "".join(f"\n\n![{name}](cat.png){{#fig:{name}}}" for name in ("a", "b", "c", "d", "e"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[@fig:a; @fig:c]", "Figures 1 and 3"),
        ("[@fig:a; @fig:b; @fig:c]", "Figures 1–3"),
        ("[@fig:c; @fig:a; @fig:b; @fig:e]", "Figures 1–3 and 5"),
        ("[@fig:a; @fig:c; @fig:e]", "Figures 1, 3, and 5"),
        ("[Figures @fig:a; @fig:b]", "Figures 1 and 2"),
        ("[Figs. @fig:a; @fig:b]", "Figs. 1 and 2"),
        ("[-@fig:a; -@fig:b]", "1 and 2"),
        ("[@fig:a; @fig:a]", "Figure 1"),
        ("[@fig:a, left; @fig:b]", "Figure 1, left, Figure 2"),
        ("[@fig:a; @sec:s]", "Figure 1, “Part”"),
        (r"\cref{fig:a,fig:b}", "Figures 1 and 2"),
        (r"figures \labelcref{fig:a,fig:b}", "figures 1 and 2"),
        (r"\crefrange{fig:a}{fig:e}", "Figures 1–5"),
        (r"\labelcrefrange{fig:a}{fig:e}", "1–5"),
    ],
)
def test_several_of_one_kind_are_named_together(text, shown, tmp_path):
    document = resolved(tmp_path, f"See {text}.{THREE}\n\n# Part {{#sec:s}}\n", files=PICTURES)
    assert texts(document)[0] == f"See {shown}."
    assert errors(document.findings) == []
    assert reached(document)


@pytest.mark.parametrize(("lang", "shown"), [("de", "Abbildungen 1 und 2"), ("fr", "Figures 1 et 2")])
def test_several_are_listed_as_the_language_lists_them(lang, shown, tmp_path):
    document = resolved(tmp_path, f"---\nlang: {lang}\n---\n\n[@fig:a; @fig:b].{THREE}\n", files=PICTURES)
    assert texts(document)[0] == f"{shown}."


def test_one_that_leads_nowhere_does_not_take_the_others_with_it(tmp_path):
    document = resolved(tmp_path, f"See [@fig:a; @fig:none; @fig:b].{THREE}\n", files=PICTURES)
    assert texts(document)[0] == "See Figure 1, [@fig:none?], Figure 2."
    assert len(errors(document.findings)) == 1


# -- other tools' ways -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{numref}`fig:a`", "Figure 1"),
        ("({numref}`Panel %s <fig:a>`)", "(Panel 1)"),
        ("{numref}`Fig. {number} <fig:a>`", "Fig. 1"),
        ("{ref}`sec:s`", "Part"),
        ("{ref}`the *end* <sec:s>`", "the *end*"),
        ("{eq}`eq:e`", "(1)"),
        ("[](#fig:a)", "Figure 1"),
        ("[Fig. %s](#fig:a)", "Fig. 1"),
        (r"\Autoref{fig:a}", "Figure 1"),
        (r"\ref*{fig:a}", "1"),
        (r"\namecref{fig:a}", "Figure"),
        (r"\nameref{sec:s}", "Part"),
    ],
)
def test_references_of_myst_and_of_latex_packages(text, shown, tmp_path):
    rest = "\n\n$$ x $$ {#eq:e}\n\n# Part {#sec:s}\n"
    document = resolved(tmp_path, f"So {text}.{THREE}{rest}", files=PICTURES)
    assert texts(document)[0] == f"So {shown}."
    assert document.findings == ()
    assert reached(document)


def test_a_reference_to_a_page_names_the_thing_and_is_told(tmp_path):
    document = resolved(tmp_path, f"Text.\n\nSee \\pageref{{fig:b}}.{THREE}\n", files=PICTURES)
    assert texts(document)[1] == "See Figure 2."
    finding = only(document.findings, "cross-references")
    assert (finding.severity, finding.where) == ("warning", "paper.md:3")


def test_a_label_of_latex_in_the_text_means_its_section_and_in_a_list_its_item(tmp_path):
    items_ = "\\begin{enumerate}\\item x \\item\\label{it:b} y\\end{enumerate}"
    text = f"# Part\n\n\\label{{here}}Text.\n\n{items_}\n\nSee \\ref{{here}}, \\ref{{it:b}}.\n"
    document = resolved(tmp_path, "---\nnumber-sections: true\n---\n\n" + text)
    assert texts(document)[-1] == "See 1, 2."
    assert document.findings == ()
    assert reached(document)


@pytest.mark.parametrize(
    "text",
    [
        '<div id="fig:both">\n![A](cat.png){#fig:a}\n![B](dog.png){#fig:b}\n\nBoth.\n</div>\n',
        (
            "\\begin{figure}\\begin{subfigure}{1cm}\\includegraphics{cat.png}\\caption{A}\\label{fig:a}\\end{subfigure}"
            "\\begin{subfigure}{1cm}\\includegraphics{dog.png}\\caption{B}\\label{fig:b}\\end{subfigure}"
            "\\caption{Both.}\\label{fig:both}\\end{figure}\n"
        ),
    ],
    ids=["pandoc-crossref", "LaTeX"],
)
def test_parts_of_a_figure_have_its_number_and_letters(text, tmp_path):
    document = resolved(tmp_path, f"{text}\nSee @fig:both, @fig:b, [@fig:a; @fig:b].\n", files=PICTURES)
    assert texts(document) == ["Figure 1: Both.", "See Figure 1, Figure 1b, Figures 1a and 1b."]
    assert texts(document, "figure") == ["(a) A", "(b) B"]
    assert document.findings == ()
    assert reached(document)


def test_parts_of_a_table_have_its_number_and_letters(tmp_path):
    parts = "| a |\n|---|\n| 1 |\n\n: First {#tbl-a}\n\n| b |\n|---|\n| 2 |\n\n: Second {#tbl-b}\n"
    text = f"::: {{#tbl-both}}\n{parts}\nBoth.\n:::\n\nSee @tbl-both and @tbl-b.\n"
    document = resolved(tmp_path, text)
    assert texts(document) == ["Table 1: Both.", "See Table 1 and Table 1b."]
    assert texts(document, "table") == ["(a) First", "(b) Second"]
    assert document.findings == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::: {#thm-x}\n## Line\n\nIt is straight.\n:::", "Theorem 1 (Line). It is straight."),
        ('::: {#thm-x name="Line"}\nIt is straight.\n:::', "Theorem 1 (Line). It is straight."),
        ("\\begin{theorem}\\label{thm-x}It is straight.\\end{theorem}", "Theorem 1. It is straight."),
    ],
)
def test_theorems_have_a_number_and_a_name(text, shown, tmp_path):
    lemma = "::: {#lem-x}\nSo.\n:::\n\n::: {#thm-y}\nToo.\n:::"
    document = resolved(
        tmp_path, f"{text}\n\n{lemma}\n\nSee @thm-x, @lem-x, [@thm-x; @thm-y], Theorem @thm-y.\n"
    )
    said = "See Theorem 1, Lemma 1, Theorem 1 and Theorem 2, Theorem 2."
    assert texts(document) == [shown, "Lemma 1. So.", "Theorem 2. Too.", said]
    assert document.findings == ()
    assert reached(document)


# -- what is wrong in the manuscript ---------------------------------------------------------------------


def test_a_label_that_stands_twice_is_told_and_means_the_first(tmp_path):
    text = "See @fig:x.\n\n![A cat](cat.png){#fig:x}\n\n![A dog](dog.png){#fig:x}\n"
    document = resolved(tmp_path, text, files=PICTURES)
    finding = only(document.findings, "cross-references")
    assert (finding.severity, finding.where) == ("warning", "paper.md:5")
    assert texts(document) == ["See Figure 1."]
    ids = [ast.identifier(node) for node in ast.iterate(document.blocks) if ast.identifier(node)]
    assert ids.count("fig:x") == 1


@pytest.mark.parametrize("text", ["![](cat.png){#fig:x}", "| a |\n|---|\n| 1 |\n\n: {#tbl:x}"])
def test_what_is_referred_to_without_a_caption_shows_its_number_and_is_told(text, tmp_path):
    kind, name = ("Figure", "fig:x") if "fig" in text else ("Table", "tbl:x")
    document = resolved(tmp_path, f"See @{name}.\n\n{text}\n", files=PICTURES)
    assert texts(document) == [f"See {kind} 1."]
    assert texts(document, kind.lower()) == [f"{kind} 1"]
    finding = only(document.findings, "cross-references")
    assert (finding.severity, finding.where[:9]) == ("warning", "paper.md:")


def test_what_nothing_refers_to_stays_without_a_caption(tmp_path):
    document = resolved(tmp_path, "Text.\n\n![](cat.png){#fig:x}\n\n![A dog](dog.png)\n", files=PICTURES)
    assert texts(document, "figure") == ["", "Figure 1: A dog"]
    assert document.findings == ()
