"""Options: what stands under ``paperbuild:`` is taken, and a wrong key or value is named with its line."""

from __future__ import annotations

import pytest
from tests.helpers import parsed

from paperbuild import config
from paperbuild.config import Amount
from paperbuild.model import PaperbuildError


def options(folder, yaml, files=None):
    return config.options(parsed(folder, f"---\n{yaml}---\n\nText.\n", files))


def refused(folder, yaml):
    with pytest.raises(PaperbuildError) as caught:
        options(folder, yaml)
    return caught.value


def test_without_a_word_there_are_sensible_options(tmp_path):
    found = options(tmp_path, "title: T\n")
    assert found.preview.show == Amount(0.65)
    assert (found.layout, found.preview.references) == ("article", "visible")


def test_everything_that_can_be_asked_for(tmp_path):
    found = options(
        tmp_path,
        """\
paperbuild:
  layout: handout
  course: "Law 1: Theory"
  due: 2025-09-22
  study:
    summary: What it *says*.
    questions: [Why?, How?]
    terms:
      - "norm: an ought"
      - {term: fact, meaning: an is}
      - rule
  preview:
    show: 40%
    cut: section
    references: count
    sign-up: https://example.org/join
    canonical: https://example.org/paper
    cite-as: apa
""",
    )
    assert (found.layout, found.course, found.due) == ("handout", "Law 1: Theory", "2025-09-22")
    assert found.study.summary == "What it says."
    assert found.study.questions == ("Why?", "How?")
    assert found.study.terms == (("norm", "an ought"), ("fact", "an is"), ("rule", ""))
    assert (found.preview.show, found.preview.cut, found.preview.references) == (
        Amount(0.4),
        "section",
        "count",
    )
    assert found.preview.sign_up == "https://example.org/join"
    assert found.preview.cite_as == ("apa",)


@pytest.mark.parametrize(
    ("given", "share"),
    [
        ("65%", 0.65),
        ("0.65", 0.65),
        ("65", 0.65),
        ("'12,5 %'", 0.125),
        ("100%", 1),
        ("0", 0),
        ("1", 1),
        ("0.5%", 0.005),
    ],
)
def test_a_share_is_written_as_one_likes(given, share, tmp_path):
    assert options(tmp_path, f"paperbuild:\n  preview:\n    show: {given}\n").preview.show == Amount(share)


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        ("500 words", Amount(500, "words")),
        ("1 word", Amount(1, "words")),
        ("3 Paragraphs", Amount(3, "paragraphs")),
        ("2 sections", Amount(2, "sections")),
    ],
)
def test_an_amount_is_a_count_of_words_paragraphs_or_sections(given, amount, tmp_path):
    assert options(tmp_path, f"paperbuild:\n  preview:\n    show: {given}\n").preview.show == amount


@pytest.mark.parametrize(
    "given", ["half", "3 pages", "-5 words", "1.5 sections", "[1]", "101%", "true", "yes"]
)
def test_what_is_no_amount_is_an_error_that_names_the_line(given, tmp_path):
    with pytest.raises(PaperbuildError, match=r"paperbuild\.preview\.show") as error:
        options(tmp_path, f"paperbuild:\n  preview:\n    show: {given}\n")
    assert error.value.where.endswith(":4")


@pytest.mark.parametrize(
    ("yaml", "named", "line", "hint"),
    [
        ("paperbuild:\n  layuot: apa7\n", "paperbuild.layuot", 3, "did you mean layout?"),
        ("paperbuild:\n  preview:\n    shwo: 3%\n", "paperbuild.preview.shwo", 4, "did you mean show?"),
        ("paperbuild:\n  study:\n    zzz: 1\n", "paperbuild.study.zzz", 4, "summary, technique"),
        ("paperbuild:\n  preview:\n    show: 140%\n", "paperbuild.preview.show", 4, ""),
        ("paperbuild:\n  preview:\n    show: most\n", "paperbuild.preview.show", 4, ""),
        ("paperbuild:\n  preview:\n    cut: chapter\n", "paperbuild.preview.cut", 4, ""),
        ("paperbuild:\n  preview:\n    sign-up: javascript:alert(1)\n", "paperbuild.preview.sign-up", 4, ""),
        (
            "paperbuild:\n  preview:\n    log-in: 'https://x\" onclick=\"y'\n",
            "paperbuild.preview.log-in",
            4,
            "",
        ),
        ("paperbuild:\n  layout: [a, b]\n", "paperbuild.layout", 3, ""),
        ("paperbuild:\n  study: yes\n", "paperbuild.study", 3, ""),
        ("paperbuild:\n  study: yes\n", "it must hold other keys: summary, technique", 3, ""),
        ("paperbuild:\n  preview:\n    call: Buy\n", "other keys: line, sign-up, member", 4, ""),
        ("paperbuild:\n  preview:\n    canonical: mailto:a@b.c\n", "paperbuild.preview.canonical", 4, ""),
        ("paperbuild:\n  preview:\n    image: '#x'\n", "paperbuild.preview.image", 4, ""),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_line(yaml, named, line, hint, tmp_path):
    error = refused(tmp_path, yaml)
    assert named in error.message
    assert error.where == f"paper.md:{line}"
    assert hint in error.hint


def test_options_that_are_a_word_are_an_error_with_an_example(tmp_path):
    assert "layout: article" in refused(tmp_path, "paperbuild: apa7\n").hint


def test_settings_beside_the_manuscript_hold_for_it_and_the_front_matter_wins(tmp_path):
    settings = 'lang = "de"\n[paperbuild]\nlayout = "handout"\ncourse = "Law"\n'
    found = options(tmp_path, "paperbuild:\n  course: Art\n", {"paperbuild.toml": settings})
    assert (found.layout, found.course) == ("handout", "Art")
