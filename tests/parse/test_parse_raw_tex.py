"""Raw TeX in a manuscript becomes part of the document; what cannot stays visible, with an error."""

from __future__ import annotations

import pytest
from tests.helpers import errors, parsed, plain

from paperbuild.pandoc import ast

TABLE = r"""
\begin{table}
\caption{Counts of things}
\label{tab:counts}
\begin{tabular}{lr}
Name & Count \\ \hline
apples & 12 \\
pears & 7 \\
\end{tabular}
\end{table}
"""


def nodes(document, kind):
    return [node for node in ast.iterate(document.blocks) if node["t"] == kind]


def test_a_table_environment_is_a_table(tmp_path):
    document = parsed(tmp_path, f"Before.\n{TABLE}\nAfter.\n")
    (table,) = nodes(document, "Table")
    assert plain(table["c"][1][1]) == "Counts of things"
    assert plain(table) == "Counts of things Name Count apples 12 pears 7"
    assert "tab:counts" in str(document.blocks)
    assert document.findings == ()


def test_a_figure_environment_is_a_figure(tmp_path):
    document = parsed(
        tmp_path,
        "\\begin{figure}\n\\includegraphics{cat.png}\n\\caption{A cat}\\label{fig:cat}\n\\end{figure}\n",
    )
    assert len(nodes(document, "Figure")) == 1
    assert nodes(document, "Image")[0]["c"][2][0] == "cat.png"


@pytest.mark.parametrize(
    ("tex", "kind", "text"),
    [
        (r"\textbf{bold}", "Strong", "bold"),
        (r"\emph{so}", "Emph", "so"),
        (r"\textsc{small}", "SmallCaps", "small"),
        (r"\href{https://example.org}{there}", "Link", "there"),
        (r"\footnote{A note.}", "Note", ""),
    ],
)
def test_a_command_for_text_is_what_it_says(tex, kind, text, tmp_path):
    document = parsed(tmp_path, f"Before {tex} after.\n")
    assert plain(nodes(document, kind)) == text
    assert len(nodes(document, kind)) == 1
    assert document.findings == ()


def test_a_reference_is_one(tmp_path):
    document = parsed(tmp_path, r"See \ref{fig:cat} and \autoref{tab:counts}." + "\n")
    assert [ast.pairs(node)["reference"] for node in nodes(document, "Link")] == ["fig:cat", "tab:counts"]


@pytest.mark.parametrize("tex", [r"\newpage", r"\clearpage", "\\pagebreak\n"])
def test_a_page_break_is_one(tex, tmp_path):
    document = parsed(tmp_path, f"Before.\n\n{tex}\n\nAfter.\n")
    assert [ast.classes(node) for node in document.blocks] == [[], ["page-break"], []]


@pytest.mark.parametrize(
    "tex", [r"\noindent", r"\vspace{2em}", r"\setcounter{page}{3}", r"\small", r"\hfill"]
)
def test_a_command_about_the_page_goes_without_a_word(tex, tmp_path):
    document = parsed(tmp_path, f"Before.\n\n{tex}\n\nAfter.\n")
    assert plain(document.blocks) == "Before. After."
    assert document.findings == ()


@pytest.mark.parametrize(
    "tex",
    [r"\begin{center}Words in the middle.\end{center}", "\\begin{quote}\nWords in the middle.\n\\end{quote}"],
)
def test_an_environment_keeps_its_words(tex, tmp_path):
    assert (
        plain(parsed(tmp_path, f"Before.\n\n{tex}\n\nAfter.\n").blocks)
        == "Before. Words in the middle. After."
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Before.\n\n\\zorkify{twice}{over}\n", r"\zorkify{twice}{over}"),
        ("Before.\n\nUse \\zorkify{twice} here.\n", r"Use \zorkify{twice} here."),
        ("Before.\n\n\\begin{tikzpicture}\n\\draw (0,0);\n\\end{tikzpicture}\n", r"\draw (0,0);"),
    ],
)
def test_what_is_not_understood_stays_visible_and_is_an_error_with_its_line(text, shown, tmp_path):
    document = parsed(tmp_path, text)
    assert shown in plain(document.blocks)
    (finding,) = document.findings
    assert (finding.severity, finding.check, finding.where) == ("error", "raw", "paper.md:3")


def test_one_piece_that_pandoc_cannot_read_does_not_spoil_the_others(tmp_path):
    document = parsed(tmp_path, f"\\begin{{tabular}}{{l}} broken \n\n{TABLE}\n\n\\textbf{{bold}} text.\n")
    assert "Counts of things" in plain(document.blocks)
    assert "broken" in plain(document.blocks)


def test_mathematics_is_no_raw_tex(tmp_path):
    document = parsed(tmp_path, "\\begin{equation}\na = b\n\\end{equation}\n\nand $x$.\n")
    assert [plain(node) for node in nodes(document, "Math")][-1] == "x"
    assert len(nodes(document, "Math")) == 2
    assert errors(document.findings) == []
