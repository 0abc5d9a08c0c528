"""Equations of Word documents: delimiters as objects, and nothing that LibreOffice draws wrongly."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree
from tests.helpers import exported
from tests.word import office

from paperbuild import equations

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWN = [
    r"\beta(r) = 100\,|r|^3",
    r"\delta(r,\pi) = \bigl(1 + \beta(r) + \pi\bigr)^2 + \alpha,",
    r"\|x\|_2 + \lambda\|w\|^2",
    r"\langle x, y\rangle^2 \lfloor x\rfloor^2 [a]_0^1",
    r"[0, 1) \cup (2, 3]",
    r"P(A|B) = P(|X| > 1|Y)",
    r"\{x \in A : |x| < 1\} \{x | x > 0\}",
    r"\left\{x | x > 0\right\}",
    r"||a| - |b|| \le 2|x|",
    r"|\psi\rangle \langle\phi| \langle\phi|A|\psi\rangle",
    r"f|_{x=0} \left.f\right|_0^1 a | b",
    r"\begin{cases} |x| & x > 0 \\ -x & = 1 \end{cases}",
    r"\lim_{x \to 0} f(x) + \limsup_n a_n + \sup_x f + \operatorname{size}(x)",
    r"x^+ + y^- =",
    r"+ c = \frac{=}{a}",
    r"a \& b \# c \_ d",
    r"H'(p) = 0 \qquad\text{with}\qquad x''",
    r"\mathbb{R}^2 \mathcal{F} \mathfrak{g} \mathbb{1}",
    r"\underbrace{a}_{b} \overbrace{a + b}^{n}",
    r"{}^{14}C \in A \setminus B",
]

SHAPES = {
    "|r|": "d|||(r)",
    "100|r|^3": "100sSup(d|||(r),3)",
    r"\|x\|_2": "sSub(d‖|‖(x),2)",
    "(a+b)^2": "sSup(d(|)(a+b),2)",
    "f(a)+b": "f(a)+b",
    "[a]_0^1": "sSubSup(d[|](a),0,1)",
    "[0,1)": "d[|)(0,1)",
    "P(A|B)": "Pd(|)(A,B)",
    "P(|X|>1|Y)": "Pd(|)(d|||(X)>1,Y)",
    r"\{x : |x|<1\}": "{x:d|||(x)<1}",
    r"\{x|x>0\}": "d{|}(x,x>0)",
    "||a|-|b||": "d|||(d|||(a)−d|||(b))",
    "|a||b|": "d|||(a)d|||(b)",
    "2|x|+1": "2d|||(x)+1",
    r"|\psi\rangle\langle\phi|": "d||⟩(ψ)d⟨||(ϕ)",
    r"\langle\phi|A|\psi\rangle": "d⟨|⟩(ϕ,A,ψ)",
    r"\left(a|b\right)": "d(|)(a,b)",
    r"\left|a|b\right|": "d||(a|b)",
    r"f|_A": "fsSub(|,A)",
    "a|b|c": "a|b|c",
    r"a \parallel b, c \parallel d": "a∥b,c∥d",
    r"P(A \mid B)": "P(A∣B)",
    "]0,1[": "]0,1[",
    "(a": "(a",
}


def made(folder, *formulas):
    text = "\n\n".join(f"Formula ${formula}$ here." for formula in formulas)
    return exported(folder, text, ["docx"]).path("docx")


def read(folder, *formulas):
    """The equations' elements."""
    root = etree.fromstring(zipfile.ZipFile(made(folder, *formulas)).read("word/document.xml"))
    return list(root.iter(f"{M}oMath"))


def shape(element):
    """The structure in short: ``sSup(d|(x)|,2)``."""
    name = etree.QName(element).localname
    if name == "r":
        return "".join(element.itertext())
    parts = [shape(child) for child in element if not etree.QName(child).localname.endswith("Pr")]
    if name in {"oMath", "e", "sub", "sup", "num", "den", "lim", "deg", "fName", "mr"}:
        return "".join(parts)
    signs = [mark.get(f"{M}val") for mark in element.iterfind(f"{M}dPr/*") if mark.get(f"{M}val") is not None]
    return f"{name}{''.join(signs)}({','.join(parts)})"


def test_delimiters_are_objects_and_what_is_in_doubt_stays(tmp_path):
    found = [shape(equation) for equation in read(tmp_path, *SHAPES)]
    assert dict(zip(SHAPES, found, strict=True)) == SHAPES


def test_alignment_marks_stay_and_no_delimiter_swallows_one(tmp_path):
    aligned = r"\begin{aligned} |a &= b| \\ (c)^2 &= \& \end{aligned}"
    (equation,) = read(tmp_path, aligned)
    (array,) = equation.iter(f"{M}eqArr")
    marks = [run for run in array.iterfind(f"{M}e/{M}r") if run.find(f"{M}t").text == "&"]
    assert [run.find(f"{M}rPr/{M}lit") is not None for run in marks] == [False, False, True]
    assert shape(array) == "eqArr(|a&=b|,sSup(d(|)(c),2)&=&)"


def test_a_name_a_space_and_a_sign_by_itself_are_literal(tmp_path):
    (equation,) = read(tmp_path, r"\operatorname{size} \sin x\quad\text{if } f|_a")
    literal = [run.find(f"{M}t") for run in equation.iter(f"{M}r") if run.find(f"{M}rPr/{M}lit") is not None]
    assert [text.text for text in literal] == ["size", "\u2001", "|"]
    kept = {text.text for text in equation.iter(f"{M}t") if "preserve" in text.attrib.values()}
    assert kept == {"\u2001", "if "}


def test_a_sign_with_nothing_beside_it_has_text_without_letters_there(tmp_path):
    expected = {
        "a=b": ["a", "=", "b"],
        "a=": ["a", "=", ""],
        "=b": ["", "=", "b"],
        "x^+": ["x", "+", ""],
        "x^*": ["x", "", "*", ""],
        "+b": ["+", "b"],
    }
    found = [
        [run.findtext(f"{M}t") for run in equation.iter(f"{M}r")] for equation in read(tmp_path, *expected)
    ]
    assert dict(zip(expected, found, strict=True)) == expected


def test_alphabets_accents_and_braces_are_those_of_word(tmp_path):
    (equation,) = read(tmp_path, r"\mathbb{R}\mathcal{B}\mathfrak{g}\mathbf{A}\bar{x}\underbrace{a}_{b}")
    letters = [run.find(f"{M}t").text for run in equation.iter(f"{M}r")]
    assert letters == ["ℝ", "ℬ", "𝔤", "A", "x", "a", "b"]
    signs = [mark.get(f"{M}val") for mark in equation.iter(f"{M}chr")]
    assert signs == ["\u0305", "⏟"]


def drawn(document, folder):
    """What LibreOffice draws of each equation: its MathML and the text in it."""
    (path,) = office.converted([document], "odt", folder)
    archive = zipfile.ZipFile(path)
    for place in re.findall(
        r'<draw:object [^>]*xlink:href="\./([^"]+)"', archive.read("content.xml").decode()
    ):
        root = etree.parse(io.BytesIO(archive.read(f"{place}/content.xml"))).getroot()
        etree.strip_elements(root, "{*}annotation")
        yield root, "".join(root.itertext())


def letters(text):
    """What is to be seen, in any order; signs that are alike are one."""
    alike = {"‖": "∥", "*": "∗", "\\": "∖", "″": "′′", "\u2061": "", "\u200b": ""}
    return sorted("".join(alike.get(char, char) for char in text if not char.isspace()))


@pytest.mark.slow
@pytest.mark.skipif(not office.MATHS, reason="LibreOffice or its part for equations is not installed")
def test_libreoffice_draws_every_sign_and_no_other(tmp_path):
    nodes = {formula: {"t": "Math", "c": [{"t": "InlineMath"}, formula]} for formula in DRAWN}
    promised, _ = equations.to_mathml(nodes.values())
    found = drawn(made(tmp_path, *DRAWN), tmp_path / "odt")
    for formula, (element, text) in zip(DRAWN, found, strict=True):
        wanted = "".join(etree.fromstring(promised[equations.key(nodes[formula])]).itertext())
        assert letters(text) == letters(wanted), formula
        empty = [one for one in element.iter("{*}mrow") if not len(one) and not one.text]
        assert not empty, formula  # LibreOffice draws an upside-down question mark for what it misses
