"""Layouts: what is installed loads, what is wrong is named."""

from __future__ import annotations

import pytest

from paperbuild import layouts
from paperbuild.model import PaperbuildError


def own(folder, name, text, css=""):
    place = folder / "layouts" / name
    place.mkdir(parents=True)
    (place / "layout.toml").write_text(text, "utf-8")
    if css:
        (place / "page.css").write_text(css, "utf-8")


@pytest.mark.parametrize("name", layouts.names())
def test_every_installed_layout_loads_and_has_room_for_text(name, tmp_path):
    layout = layouts.load(name, tmp_path)
    assert layout.name == name
    assert layout.page.text_width > 80
    assert layout.page.text_height > 120


def test_a_style_takes_from_the_body_what_it_leaves_out(tmp_path):
    own(tmp_path, "mine", 'based_on = "article"\n[text.body]\nsize = 13.5\n')
    mine = layouts.load("mine", tmp_path)
    assert mine.text.contents[1].size == 13.5
    assert mine.text.title.size == layouts.load("article", tmp_path).text.title.size


def test_rows_of_headings_are_laid_over_each_other(tmp_path):
    own(tmp_path, "mine", 'based_on = "article"\n[[text.heading]]\nsize = 30\n')
    article, mine = layouts.load("article", tmp_path), layouts.load("mine", tmp_path)
    assert mine.text.heading[0].size == 30
    assert mine.text.heading[0].bold
    assert mine.text.heading[1:] == article.text.heading[1:]


def test_the_users_own_layout_comes_before_the_installed_one_and_may_build_on_it(tmp_path):
    own(tmp_path, "article", 'based_on = "article"\ntitle = "Ours"\n', css="p { color: red }")
    layout = layouts.load("article", tmp_path)
    assert layout.title == "Ours"
    assert layout.css.endswith("p { color: red }")


def test_an_unknown_layout_is_answered_with_the_names_there_are(tmp_path):
    with pytest.raises(PaperbuildError) as caught:
        layouts.load("artcle", tmp_path)
    assert "artcle" in caught.value.message
    assert "article" in caught.value.hint
    assert "handout" in caught.value.hint


@pytest.mark.parametrize("name", ["../article", "", "/etc", "a/b"])
def test_a_name_is_no_path(name, tmp_path):
    with pytest.raises(PaperbuildError):
        layouts.load(name, tmp_path)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[text.body]\nsze = 11\n", "text.body.sze"),
        ('[text.body]\nsize = "11"\n', "text.body.size"),
        ("[[text.heading]]\nbold = 1\n", "text.heading[0].bold"),
        ('[colours]\nlink = "blue"\n', "colours.link"),
        ('[header]\nstart = "{tittle}"\n', "header.start"),
        ("[pages]\n", "pages"),
        ("[page]\nsize = 2026-01-01\n", "page.size"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_file(text, key, tmp_path):
    own(tmp_path, "mine", 'based_on = "article"\n' + text)
    with pytest.raises(PaperbuildError) as caught:
        layouts.load("mine", tmp_path)
    assert "layout.toml" in caught.value.where
    assert key in caught.value.where
    assert key in caught.value.message


@pytest.mark.parametrize("text", ["[page", 'based_on = "mine2"\n', "based_on = 3\n"])
def test_a_file_that_cannot_be_used_is_an_error_with_its_name(text, tmp_path):
    own(tmp_path, "mine", text)
    own(tmp_path, "mine2", 'based_on = "mine"\n')
    with pytest.raises(PaperbuildError) as caught:
        layouts.load("mine", tmp_path)
    assert "layout.toml" in caught.value.where


def test_lines_are_counted_as_word_counts_them(tmp_path):
    body = layouts.load("article", tmp_path).text.body
    assert body.line_height == pytest.approx(body.line_spacing * 1.15, abs=0.001)
