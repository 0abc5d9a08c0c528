"""The other side of the trial: previews as they are written have no leak, whichever way one looks."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest
from tests.helpers import manuscript
from tests.leak.corpus import naive, search
from tests.leak.paper import FILES, SENTENCE, TEXT, at, export, planned

from paperbuild.config import Amount
from paperbuild.formats.preview.cut import cut
from paperbuild.leak import Withheld, leaks, withhold

MANUSCRIPTS = sorted(Path(__file__).parents[2].joinpath("manuscripts").iterdir())


@pytest.mark.parametrize("path", MANUSCRIPTS, ids=lambda path: path.name)
def test_the_projects_manuscripts_have_no_leak(path):
    for row in search(path, (0.35,)):
        assert row.told == []
        assert row.seen == []


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    plan = planned(manuscript(tmp_path_factory.mktemp("paper"), TEXT, FILES))
    return cut(plan.document, Amount(0.5), "section", plan.options.preview.references)


def test_the_other_search_finds_a_leak(parts, tmp_path):
    """So that the tests above can fail."""
    page = export(tmp_path).page.replace("</main>", f"<p>{SENTENCE}</p></main>")
    assert naive(page, parts.withheld, parts.shown)


def test_what_is_public_is_no_leak(parts):
    secret = withhold(parts.withheld, parts.shown)
    page = f"<p>{SENTENCE}</p><p>saltpetre</p><a href='https://vault.example.org/folio/33'>x</a>".encode()
    assert len(leaks("x.html", page, secret)) > 2
    public = [SENTENCE, "Saltpetre is a salt.", "https://vault.example.org/folio/33"]
    assert leaks("x.html", page, secret.but(public)) == []
    assert leaks("x.html", page, withhold(parts.withheld, parts.shown, public)) == []


def test_files_are_withheld_where_they_are_named(parts):
    page = b'<a href="other.pdf">x</a>'
    assert leaks("x.html", page, withhold(parts.withheld, parts.shown)) == []
    assert leaks("x.html", page, withhold(parts.withheld, parts.shown, files=["other.pdf"]))


@pytest.mark.parametrize(
    "page",
    [
        "<p>The wind</p><p>and he did it</p>",
        "<p>from the</p><p>all the time at that</p>",
        '<p class="mtight mord">x</p><path d="M 10,20 30,40 50,60 70,80 90,100 12,13"/>',
        f"<p>{'0123456789abcdef' * 4}</p>",
        "<p>He pays 33 words of thanks, and 78% of it is 12.5 long.</p>",
    ],
)
def test_a_few_common_words_are_no_leak(page, parts):
    assert leaks("x.html", page.encode(), withhold(parts.withheld, parts.shown)) == []


NO_LEAK = {
    "a line of verse that goes on in the next": (
        "| Rose and sea\n| moon and star\n| of all",
        "| The sea moon and wind\n| rose of stars",
    ),
    "signs with a space or a comma between them": (
        "การวิจัย ผลข้อมูลสังคม และนี่ 结果分析很重要，我们认为不对",
        "การวิจัยผลข้อมูลสังคม 结果分析很重要我们认为不对",
    ),
    "words that the shown part has in the other order": (
        "They sang of water over stone over sand over water again.",
        "It went again water over sand over stone over water of sang.",
    ),
}


@pytest.mark.parametrize("case", NO_LEAK)
def test_what_the_shown_part_says_in_another_form_is_no_leak(case, tmp_path):
    shown, held = NO_LEAK[case]
    text = f"---\ntitle: Short\nauthor: A. Writer\n---\n\n{shown}\n\n<!-- paywall -->\n\n{held}\n"
    made = at(planned(manuscript(tmp_path, text)), 0.5)
    assert made.withheld != Withheld()
    assert made.findings == []


def test_a_count_that_the_shown_part_tells_of_something_else_is_no_leak(tmp_path):
    held = " ".join(["water"] * 60)
    text = f"---\ntitle: Short\n---\n\nA list of 60 words.\n\n<!-- paywall -->\n\n{held}\n"
    made = at(planned(manuscript(tmp_path, text)), 0.5)
    assert made.findings == []
    assert 60 not in made.withheld.counts
    assert at(planned(manuscript(tmp_path, text.replace("60 words", "sixty"))), 0.5).withheld.counts >= {60}


def test_what_a_short_template_of_a_theme_says_is_no_leak(tmp_path):
    script = '<script>show({"label":"Their sea"})</script>'
    theme = {
        "themes/press/page.html.j2": '{% extends "base" %}{% block scripts %}' + script + "{% endblock %}"
    }
    front = "---\ntitle: Short\npaperbuild: {preview: {theme: press}}\n---\n\n"
    path = manuscript(tmp_path, front + "# One\n\nShown.\n\n# Their sea\n\nHeld.\n", theme)
    made = at(planned(path), 0.5, "section")
    assert "Their sea" in made.page + next(iter(made.files.values())).decode()
    assert made.findings == []


def test_a_name_that_is_a_class_of_every_page_is_no_leak(tmp_path):
    text = "---\ntitle: Short\n---\n\n# One\n\nShown.\n\n<!-- paywall -->\n\n# Level1\n\nHeld.\n"
    assert at(planned(manuscript(tmp_path, text)), 0.5).findings == []


def test_a_word_cut_short_is_no_leak(parts):
    """A description of so many letters may end within a word, and what is left of it may be withheld."""
    secret = withhold(parts.withheld, parts.shown, ["The lanternist spoke of surgeonfish"])
    assert "lantern" not in secret.rare
    assert leaks("x.html", b'<meta content="The lantern">', secret) == []


def test_nothing_withheld_means_nothing_found(parts):
    assert leaks("x.html", SENTENCE.encode(), Withheld()) == []


def test_what_is_withheld_crosses_a_process_border(parts):
    secret = withhold(parts.withheld, parts.shown, files=["paper.pdf"])
    assert pickle.loads(pickle.dumps(secret)) == secret  # noqa: S301 - our own bytes


def test_bytes_of_any_kind_are_searched_without_a_traceback(parts):
    secret = withhold(parts.withheld, parts.shown)
    harms = (
        b"", b"\0", b"<", b"&#x110000;&#xd800;", b"\\ud800 \\u{110000}", b"%", b"%ff%fe", b"{\"a\":",
        b"[" * 50_000, b"\x1f\x8b\x08broken", b"\x78\x9cbroken", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt",
        b"\xff\xd8\xff\xfe\x00\x00", b"=" * 999, b"A" * 99_999, b"\xff\xfe\x00\xd8", bytes(range(256)) * 40,
        b"<a b='" * 20_000, b"data:;base64," + b"A" * 70, b"a-" * 90_000, b"<!--" * 20_000, b"1,2,3," * 9_000,
        b"PK\x03\x04broken",
    )  # fmt: skip
    start = time.process_time()
    for harm in harms:
        leaks("x.bin", harm, secret)
    assert time.process_time() - start < 20
