"""Themes: two files change a page, none makes it request something, what is wrong is told with its place."""

from __future__ import annotations

import pytest
from lxml import html as parser
from tests.helpers import errors, resolved

from paperbuild.config import Options
from paperbuild.formats.preview import theme
from paperbuild.formats.preview.format import FORMAT
from paperbuild.layouts import load
from paperbuild.leak import leaks
from paperbuild.model import PaperbuildError
from paperbuild.verify import compare

TEXT = "---\ntitle: A paper\nauthor: Ana Silva\n---\n\n# One\n\nShown.\n\n# Two\n\nThe butler withheld it.\n"


def page(folder, files, name="own", text=TEXT):
    """The page in a theme of these files, and the errors that are told of it."""
    for file, content in files.items():
        path = folder / "themes" / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    options = Options.model_validate({"preview": {"theme": name, "show": "50%", "publisher": "Essays"}})
    prepared = FORMAT.prepare(resolved(folder, text), options)
    written = FORMAT.write(prepared, options, load("article", folder))
    _, found = compare("preview", prepared.promised, FORMAT.read(written.data))
    assert prepared.withheld
    return written.data.decode(), errors(
        [*written.findings, *found, *leaks("p", written.data, prepared.withheld)]
    )


def test_a_style_sheet_is_laid_over_the_installed_one(tmp_path):
    text, told = page(tmp_path, {"theme.css": ":root { --accent: #006644; }"})
    assert told == []
    assert text.index("--accent: #1f3f77") < text.index("--accent: #006644")


def test_blocks_of_the_template_are_replaced_and_the_rest_stays(tmp_path):
    template = (
        '{% extends "base" %}{% block masthead %}<header><p>Our <b>Review</b></p></header>{% endblock %}'
    )
    text, told = page(tmp_path, {"page.html.j2": template})
    tree = parser.fromstring(text.encode())
    assert told == []
    assert tree.xpath("string(//body/header)").strip() == "Our Review"
    assert tree.xpath("//aside[@class='gate']")


def test_a_template_can_take_in_files_of_its_own_folder(tmp_path):
    template = '{% extends "base" %}{% block footer %}{% include "foot.html" %}{% endblock %}'
    text, told = page(tmp_path, {"page.html.j2": template, "foot.html": "<footer><p>Foot</p></footer>"})
    assert told == []
    assert "<p>Foot</p>" in text


@pytest.mark.parametrize(
    "block",
    ["masthead", "title_block", "examines", "study", "abstract", "keywords", "contents", "paper", "gate",
     "notes", "references", "cite", "advice", "footer", "scripts", "skip", "icon", "head_extra"],
)  # fmt: skip
def test_every_block_has_a_name(block, tmp_path):
    template = f'{{% extends "base" %}}{{% block {block} %}}<!--mine-->{{% endblock %}}'
    options = {"page.html.j2": template}
    assert page(tmp_path, options)[0].count("<!--mine-->") == 1


def test_a_style_and_a_script_of_a_theme_are_in_the_content_policy(tmp_path):
    template = '{% extends "base" %}{% block head_extra %}<style>p { color: red }</style>{% endblock %}'
    plain, _ = page(tmp_path, {"page.html.j2": '{% extends "base" %}'})
    text, _ = page(tmp_path / "more", {"page.html.j2": template})
    assert text.count("'sha256-") == plain.count("'sha256-") + 1


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ({"theme.css": "p { color: red }\n@import 'more.css';"}, "theme.css:2"),
        ({"theme.css": "\n\np { background: url(https://x.org/a.png) }"}, "theme.css:3"),
        ({"theme.css": "@font-face { font-family: x; src: url('fonts/x.woff2') }"}, "theme.css:1"),
        ({"theme.css": "@media print { p { background: image-set('a.png' 1x) } }"}, "theme.css:1"),
        ({"page.html.j2": "<img src='https://x.org/a.png' alt=''>"}, "page.html.j2"),
        ({"page.html.j2": "<img srcset='a.png 2x' src='data:,' alt=''>"}, "page.html.j2"),
        ({"page.html.j2": "<script src='/a.js'></script>"}, "page.html.j2"),
        ({"page.html.j2": "<link rel=stylesheet href='a.css'>"}, "page.html.j2"),
        ({"page.html.j2": "<iframe></iframe>"}, "page.html.j2"),
        ({"page.html.j2": "<style>@import 'x'</style>"}, "page.html.j2"),
        ({"page.html.j2": "<p onclick='x()'>a</p>"}, "page.html.j2"),
        ({"page.html.j2": "<p style='color: red'>a</p>"}, "page.html.j2"),
    ],
)
def test_a_page_that_would_request_something_is_an_error_at_its_place(files, where, tmp_path):
    if "page.html.j2" in files:
        inner = files["page.html.j2"]
        files = {"page.html.j2": f'{{% extends "base" %}}{{% block footer %}}{inner}{{% endblock %}}'}
    page(tmp_path, files)
    options = Options.model_validate({"preview": {"theme": "own", "show": "50%"}})
    written = FORMAT.write(
        FORMAT.prepare(resolved(tmp_path, TEXT), options), options, load("article", tmp_path)
    )
    found = [finding for finding in written.findings if finding.check == "theme"]
    assert found
    assert {finding.severity for finding in found} == {"error"}
    assert all(where in finding.where for finding in found)


def test_what_stays_in_the_page_is_no_fault(tmp_path):
    css = "p { background: url(data:image/png;base64,AA) } a { fill: url(#x) }"
    template = '{% extends "base" %}{% block footer %}<a href="https://x.org">Us</a>{% endblock %}'
    assert page(tmp_path, {"theme.css": css, "page.html.j2": template})[1] == []


@pytest.mark.parametrize("name", ["other", "../own", "/etc", "a/b", ".."])
def test_a_theme_that_is_not_there_is_an_error_that_says_which_are(name, tmp_path):
    page(tmp_path, {"theme.css": ""})
    with pytest.raises(PaperbuildError) as told:
        theme.load(name, tmp_path)
    assert "own" in told.value.hint
    assert told.value.where == "preview.theme"
    assert ".." not in told.value.hint


def test_a_theme_of_the_project_is_found_after_the_manuscripts(tmp_path, monkeypatch):
    project, folder = tmp_path / "project", tmp_path / "paper"
    for place, colour in ((project, "red"), (folder, "blue")):
        (place / "themes" / "own").mkdir(parents=True)
        (place / "themes" / "own" / "theme.css").write_text(f"p {{ color: {colour} }}", "utf-8")
    monkeypatch.chdir(project)
    assert "color: blue" in theme.load("own", folder).css
    (folder / "themes" / "own" / "theme.css").unlink()
    assert "color: red" in theme.load("own", folder).css


def test_a_theme_does_not_lead_out_of_its_folder(tmp_path):
    outside, folder = tmp_path / "outside", tmp_path / "paper"
    outside.mkdir()
    (outside / "theme.css").write_text("p { color: red }", "utf-8")
    (folder / "themes").mkdir(parents=True)
    (folder / "themes" / "own").symlink_to(outside)
    with pytest.raises(PaperbuildError, match="outside"):
        theme.load("own", folder)


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ('{% extends "base" %}\n{% block footer %}', 2),
        ('{% extends "base" %}\n{% block footer %}\n{{ nothing }}{% endblock %}', 3),
        ('{% extends "base" %}\n{% block footer %}{{ 1 / 0 }}{% endblock %}', 2),
        ('{% extends "base" %}\n{% block footer %}{{ "".__class__.__mro__ }}{% endblock %}', 2),
        ('{% extends "bases" %}', 1),
        ('{% extends "base" %}{% block footer %}{% include "../../paper.md" %}{% endblock %}', 1),
    ],
)
def test_a_template_that_fails_is_an_error_with_its_line(template, line, tmp_path):
    with pytest.raises(PaperbuildError) as told:
        page(tmp_path, {"page.html.j2": template})
    assert f"page.html.j2:{line}" in told.value.where or "outside" in told.value.message


def test_a_template_without_an_article_is_an_error(tmp_path):
    with pytest.raises(PaperbuildError, match="no article"):
        page(tmp_path, {"page.html.j2": "<html><head></head><body>{{ title }}</body></html>"})


def test_a_template_sees_nothing_that_is_withheld(tmp_path):
    """Whatever it prints of what it is given."""
    template = '{% extends "base" %}{% block footer %}{{ self._TemplateReference__context }}{% endblock %}'
    try:
        text, _ = page(tmp_path, {"page.html.j2": template})
    except PaperbuildError:
        text = ""
    assert "butler" not in text
    given = ("body", "contents", "preview", "gate", "authors", "words", "citations", "locked")
    dumped = "".join(f"{{{{ {name} }}}}" for name in given)
    dumped = f'{{% extends "base" %}}{{% block footer %}}{dumped}{{% endblock %}}'
    text, _ = page(tmp_path / "b", {"page.html.j2": dumped})
    assert "butler" not in text


def test_a_style_sheet_that_can_not_be_read_is_told(tmp_path):
    (tmp_path / "themes" / "own").mkdir(parents=True)
    (tmp_path / "themes" / "own" / "theme.css").write_bytes(b"p { content: '\xe9' }")
    with pytest.raises(PaperbuildError, match="not UTF-8"):
        theme.load("own", tmp_path)
