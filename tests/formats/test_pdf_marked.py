"""Lines of code end between words, addresses whole or behind a slash, boxes of tasks alike."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from tests.helpers import export, manuscript
from tests.layouts.pages import Pages

from paperbuild import layouts
from paperbuild.formats.pdf import marked
from paperbuild.html.code import highlighted
from paperbuild.pipeline import Job

LARGE = layouts.load("handout+large-print", Path())
CODE = '''def entropy(text: str) -> float:
    """The information of one character of the text, in bits."""
    shares = (n / total for n in Counter(text).values())
    return -sum(p * log2(p) for p in shares)
'''
LONG = "a" * 70
FRONT = "---\ntitle: On code\nlang: en\n---\n\n"


def exported(folder, text, layout):
    path = manuscript(folder, FRONT + text)
    result = export(Job(path, formats=("pdf",), layout=layout, out=folder / "dist"))
    assert result.report.ok
    return result.data("pdf")


def tree(body):
    """The page's tree, marked."""
    root = ET.fromstring(f"<html><body>{body}</body></html>")
    marked.prepared(root, LARGE)
    return root


def code(source, around="{}"):
    block = f'<div class="code"><pre><code>{highlighted(source, ["python"])}</code></pre></div>'
    root = tree(around.format(block))
    found = root.find(".//pre/code")
    assert "".join(found.itertext()).replace("\u00a0", " ") == source.rstrip("\n") + "\n"
    return root, found


def words(found):
    return ["".join(each.itertext()) for each in found.iter("span") if each.get("class") == "long"]


def test_only_words_longer_than_a_line_may_be_divided():
    assert words(code(CODE)[1]) == []
    assert words(code(f"x = {LONG}\n")[1]) == [LONG]
    tokens = words(code("value." + ".".join(f"method{n}(x)" for n in range(9)) + "\n")[1])
    assert "".join(tokens) == "value." + ".".join(f"method{n}(x)" for n in range(9))


def test_a_list_leaves_less_room():
    word = "a" * 36 + "\n"
    assert words(code(word)[1]) == []
    assert words(code(word, "<ul><li>{}</li></ul>")[1]) == [word.strip()]


def test_a_long_line_is_not_cut_from_its_indent():
    text = "".join(code(CODE)[1].itertext()).splitlines()
    assert [line[:4] for line in text] == ["def ", "\u00a0" * 4, "\u00a0" * 4, "\u00a0" * 4]
    short = "".join(code("if a:\n    b = 1\n")[1].itertext())
    assert "\u00a0" not in short


@pytest.mark.parametrize(("count", "name"), [(15, "code whole"), (16, "code")])
def test_short_code_is_whole(count, name):
    assert code("x = 1\n" * count)[0].find(".//div").get("class") == name


def test_an_address_keeps_its_host():
    root = tree('<p><a href="x">https://example.org/a/b</a> <a href="y">here</a></p>')
    first, second = root.iter("a")
    assert (first.get("class"), "".join(first.itertext())) == ("address", "https://example.org/a/b")
    assert [(each.get("class"), each.text, each.tail) for each in first] == [
        ("host", "https://example.org/", "a/b")
    ]
    assert (second.get("class"), len(second)) == (None, 0)


def test_an_address_in_a_cell_may_end_a_line_anywhere():
    root = tree('<table><tr><td><a href="x">https://example.org/a/b</a></td></tr></table>')
    (link,) = root.iter("a")
    assert (link.get("class"), len(link)) == ("address", 0)


def test_lines_of_code_end_between_words(tmp_path):
    pages = Pages(exported(tmp_path, f"```python\n{CODE}```\n", "handout+large-print"))
    begins = [
        line.text.split(" ")[0]
        for line in pages.lines
        if "Mono" in line.signs[0].font or "Code" in line.signs[0].font
    ]
    source = CODE.replace("\n", " ").split()
    assert len(begins) > 4
    assert all(word in source for word in begins)
    docstring = pages.find('"""The information')
    assert docstring.x > pages.find("def entropy").x + 20
    assert "one character" in docstring.text


@pytest.mark.parametrize("before", range(4, 12))
def test_an_address_is_neither_hyphenated_nor_cut_behind_its_scheme(tmp_path, before):
    text = "word " * before + "<https://international.example.org/uncharacteristically/unhyphenated>."
    data = exported(tmp_path, text, "two-column")
    shown = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    lines = [line.strip() for line in shown.splitlines()]
    assert not [line for line in lines if line.endswith(("https:", "https:/", "https://"))]
    assert not [line for line in lines if line.endswith(("-", "\u2010", "\u00ad", "\ufffe"))]
    assert any("international.example.org/" in line for line in lines)


def test_ranges_of_pages_are_whole():
    entry = (
        '<div class="csl-entry"><p>Title, 2004–2005. <em>Journal 1: 2</em>7–58, S1, a–b, 275d–e.</p></div>'
    )
    root = tree(f'{entry}<p>7–9 <span class="citation">(<a href="#x">see 7–9</a>)</span></p>')
    assert [each.text for each in root.iter("span") if each.get("class") == "range"] == [
        "2004–2005", "2", "7–58", "275d–e", "7–9",
    ]  # fmt: skip
    assert "".join(root.itertext()).startswith("Title, 2004–2005. Journal 1: 27–58, S1, a–b, 275d–e.")


@pytest.mark.parametrize("before", range(8, 14))
def test_a_range_of_pages_is_not_divided(tmp_path, before):
    entry = {"id": "a", "type": "article-journal", "title": "word " * before + "end", "page": "27-58",
             "container-title": "Journal", "volume": "1", "issued": {"date-parts": [[1983]]}}  # fmt: skip
    front = FRONT.replace("lang: en\n", "lang: en\nbibliography: a.json\n")
    path = manuscript(tmp_path, f"{front}So [@a].\n", {"a.json": json.dumps([entry])})
    result = export(Job(path, formats=("pdf",), layout="apa7", out=tmp_path / "dist"))
    assert result.report.ok
    shown = [line.text for line in Pages(result.data("pdf")).lines]
    assert any("27–58" in line for line in shown)
    assert not any(line.endswith("–") for line in shown)


def test_boxes_of_tasks_are_of_one_font_and_their_words_begin_alike(tmp_path):
    pages = Pages(exported(tmp_path, "- [x] done\n- [ ] to do\n", "handout"))
    done, to_do = pages.find("☒"), pages.find("☐")
    assert done.signs[0].font == to_do.signs[0].font
    assert done.signs[0].size == to_do.signs[0].size
    starts = [next(s.x for s in line.shown[1:] if s.text.isalpha()) for line in (done, to_do)]
    assert starts[0] == pytest.approx(starts[1], abs=0.1)


def test_no_empty_line_follows_a_note_of_two_paragraphs(tmp_path):
    notes = "One.^[Alpha.] Two.[^a] Three.^[Gamma.]\n\n[^a]: Beta.\n\n    Delta.\n"
    pages = Pages(exported(tmp_path, notes, "handout"))
    places = [
        next(line.y for line in pages.lines if word in line.text)
        for word in ("Alpha", "Beta", "Delta", "Gamma")
    ]
    steps = [below - above for above, below in pairwise(places)]
    assert steps == pytest.approx([steps[0]] * 3, abs=0.5)
