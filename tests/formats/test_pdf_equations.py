"""Equations in the PDF: spaces as TeX sets them, and a number that has room."""

from __future__ import annotations

import pypdfium2
import pytest
from tests.helpers import export, manuscript

from paperbuild import equations, layouts
from paperbuild.formats.pdf.formula import drawn
from paperbuild.formats.pdf.numbered import placed
from paperbuild.pandoc import ast
from paperbuild.pipeline import Job


def math(tex, kind="InlineMath"):
    return {"t": "Math", "c": [{"t": kind}, tex]}


def width(tex):
    """The drawn width in em."""
    (mathml,) = equations.to_mathml([math(tex)])[0].values()
    formula = drawn(mathml)
    assert formula is not None
    return formula.width


@pytest.mark.parametrize(
    ("tex", "typed"),
    [
        (r"p\log p", r"p\,\mathrm{log}\,p"),
        (r"\log_2 p", r"\mathrm{log}_2\,p"),
        (r"\max_x f", r"\mathrm{max}_x\,f"),
        (r"\sin x\cos y", r"\mathrm{sin}\,x\,\mathrm{cos}\,y"),
        (r"(x)\sin y", r"(x)\,\mathrm{sin}\,y"),
        (r"\log\log x", r"\mathrm{log}\,\mathrm{log}\,x"),
        (r"\sin(x)", r"\mathrm{sin}(x)"),
        (r"\sin^2(x)", r"\mathrm{sin}^2(x)"),
        (r"x_{\mathrm{max}}", r"x_{\mathrm{m}\mathrm{a}\mathrm{x}}"),
        (r"\log\,p", r"\mathrm{log}\,p"),
    ],
)
def test_a_thin_space_stands_where_tex_has_one(tex, typed):
    assert width(tex) == pytest.approx(width(typed), abs=0.05)


def test_a_sign_is_nearer_to_its_number_than_one_between_two():
    between = width("a-b") - width("a") - width("b")
    assert between - (width("f=-b") - width("f=b")) > 0.3


def numbered(letters):
    span = ast.span(
        [math("a" * letters, "DisplayMath"), ast.span(ast.text("(1)"), "", "equation-number")],
        "eq",
        "equation",
    )
    return [ast.para([span])], equations.to_mathml([span])[0]


@pytest.mark.parametrize(("letters", "wanted"), [(5, []), (54, ["beside"]), (80, ["below"])])
def test_a_number_stands_where_it_has_room(letters, wanted, tmp_path):
    blocks, mathml = numbered(letters)
    layout = layouts.load("article", tmp_path)
    (shown,) = placed([{"t": "BlockQuote", "c": [ast.div(blocks)]}], layout, mathml)
    (span,) = [node for node in ast.iterate(shown) if "equation" in ast.classes(node)]
    assert ast.classes(span)[1:] == wanted


def test_what_is_wide_has_the_room_of_all_columns(tmp_path):
    blocks, mathml = numbered(60)
    layout = layouts.load("two-column", tmp_path)
    for kind, wanted in (("wide", []), ("other", ["below"])):
        (shown,) = placed([ast.div(blocks, "", kind)], layout, mathml)
        (span,) = [node for node in ast.iterate(shown) if "equation" in ast.classes(node)]
        assert ast.classes(span)[1:] == wanted


@pytest.mark.parametrize(("letters", "below"), [(10, False), (120, True)])
def test_a_number_below_stands_below(letters, below, tmp_path):
    text = (
        f"---\ntitle: On equations\nlang: en\n---\n\nBefore.\n\n$$ {'a' * letters} $$ {{#eq:a}}\n\nAfter.\n"
    )
    result = export(Job(manuscript(tmp_path, text), formats=("pdf",), out=tmp_path / "dist"))
    page = pypdfium2.PdfDocument(result.data("pdf"))[0].get_textpage()

    def middle(words):
        _, bottom, _, top = page.get_charbox(page.get_text_range().index(words))
        return (bottom + top) / 2

    above, number, under = middle("Before."), middle("(1)"), middle("After.")
    assert (number < (above + under) / 2 - 6) == below
