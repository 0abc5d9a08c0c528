"""Equations: TeX becomes MathML once; what pandoc can't read stands as TeX, with a warning."""

from __future__ import annotations

import pytest
from lxml import etree
from tests.helpers import items, only, plain, resolved

from paperbuild import equations
from paperbuild.pandoc import ast


def math(document):
    return [node for node in ast.iterate(document.blocks) if node["t"] == "Math"]


def test_every_formula_has_mathml_under_its_key(tmp_path):
    document = resolved(tmp_path, "Inline $x^2$, $x^2$ and $$\\int_0^1 x\\,dx = \\frac12$$ and $a<b$.\n")
    keys = {equations.key(node) for node in math(document)}
    assert keys == set(document.mathml) == {"inline x^2", "display \\int_0^1 x\\,dx = \\frac12", "inline a<b"}
    for source in document.mathml.values():
        assert etree.QName(etree.fromstring(source)).localname == "math"
        assert "annotation" not in source
    assert document.findings == ()


def test_display_and_inline_are_set_differently(tmp_path):
    found = resolved(tmp_path, "$x$\n\n$$x$$\n").mathml
    assert 'display="block"' in found["display x"]
    assert 'display="block"' not in found["inline x"]


def test_cells_are_aligned_by_classes_and_no_style_attribute(tmp_path):
    text = "$$\\begin{aligned} a &= b \\\\ &= c \\end{aligned}$$\n\n$$\\begin{matrix} a & b \\end{matrix}$$\n"
    aligned, matrix = resolved(tmp_path, text).mathml.values()
    assert "style=" not in aligned + matrix
    assert aligned.count('class="align-right flush"') == aligned.count('class="align-left flush"') == 2
    assert matrix.count('class="align-center"') == 2


@pytest.mark.parametrize("where", ["A [note]^[with $x$]", "| a |\n|---|\n| $x$ |", "> $x$", "# $x$"])
def test_a_formula_is_found_wherever_it_stands(where, tmp_path):
    assert [item.target for item in items(resolved(tmp_path, where + "\n"), "equation")] == ["x"]


def test_what_cannot_be_set_stands_as_tex_with_a_warning(tmp_path):
    document = resolved(tmp_path, "Text.\n\nSo $\\zork{x}{$ and $y$.\n".replace("{$", "\\frac$"))
    finding = only(document.findings, "equations")
    assert (finding.severity, finding.where) == ("warning", "paper.md:3")
    assert "\\zork{x}\\frac" in plain(document.blocks)
    assert [item.target for item in items(document, "equation")] == ["y"]


def test_a_macro_of_the_manuscript_is_known(tmp_path):
    document = resolved(tmp_path, "\\newcommand{\\half}[1]{\\frac{#1}{2}}\n\nSo $\\half{x}$.\n")
    assert document.findings == ()
    assert "mfrac" in next(iter(document.mathml.values()))
