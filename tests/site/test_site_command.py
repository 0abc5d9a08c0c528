"""``paperbuild site`` itself: from manuscripts to a folder that can be put online."""

from __future__ import annotations

import json
import pkgutil
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from tests.commands import paperbuild
from tests.site.library import URL, files, page, paper, settings, titles
from tests.test_independence import reached

from paperbuild import pipeline
from paperbuild import site as library
from paperbuild.commands.group import command
from paperbuild.leak import Withheld
from paperbuild.leak.marks import marks
from paperbuild.site.build import leaking, together

ROOT = Path(__file__).parent.parent.parent
SLUGS = ("collective-security", "field-guide", "socratic-seminar")
SECRET = Withheld(shingles=marks(["norms bind states to each other"]).shingles)
TEXT = """---
title: {title}
date: 2025-01-02
keywords: [law]
abstract: What {title} says.
---

# One

{title} begins here with a sentence, and goes on for a while about what can be seen by everybody.

# Two

The zebras of {title} are kept behind this wall, and whoever wants to see them has to sign up first.
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working directory with two papers."""
    for name in ("alpha", "beta"):
        (tmp_path / f"{name}.md").write_text(TEXT.format(title=name.title()), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(*args):
    """What the command said in this process, one paper after the other."""
    return CliRunner().invoke(command, ["site", "--url", URL, "--jobs", "1", *map(str, args)])


def values(*args):
    done = made("--json", *args)
    return done.exit_code, json.loads(done.stdout)


def errors(said):
    return [each for each in said["site"]["findings"] if each["severity"] == "error"]


@pytest.mark.slow
def test_the_projects_manuscripts_become_a_site_that_holds_none_of_their_withheld_text(tmp_path):
    done = paperbuild("site", "--url", URL, "--out", tmp_path / "site", "--json", "--jobs", "2", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert [each["ok"] for each in said["reports"]] == [True, True, True]
    there = {
        path.relative_to(tmp_path / "site").as_posix(): path for path in (tmp_path / "site").rglob("*.*")
    }
    assert set(said["site"]["files"]) == {name for name, path in there.items() if path.is_file()}
    assert {f"{slug}/index.html" for slug in SLUGS} < there.keys()
    for slug, one in zip(SLUGS, said["reports"], strict=True):
        (artefact,) = one["artefacts"]
        assert artefact["path"].endswith(f"{slug}/index.html")
        assert f'<link rel="canonical" href="{URL}{slug}/">' in there[f"{slug}/index.html"].read_text("utf-8")
        lines = (
            (ROOT / "manuscripts" / slug / f"{slug}.md").read_text("utf-8").split("---\n", 2)[2].splitlines()
        )
        sentences = [line for line in lines if re.fullmatch(r"[A-Za-z ,;'.]{50,}", line)]
        shown = " ".join(page(there[f"{slug}/index.html"].read_bytes()).text_content().split())
        held = [line for line in sentences if line not in shown]
        assert 0 < len(held) < len(sentences)
        for name, path in there.items():
            if path.is_file() and name.split("/")[0] not in SLUGS:
                text = path.read_text("utf-8")
                assert not [line for line in sentences if line in text], name
    assert titles(there["index.html"].read_bytes())[0].startswith("Disagreeing Well")
    assert len(etree.fromstring(there["feed.xml"].read_bytes()).findall("{*}entry")) == 3
    assert not list((tmp_path / "site").rglob("report.*"))


def test_a_site_is_made_and_made_again_without_a_paper_that_is_gone(folder):
    status, said = values("alpha.md", "beta.md")
    assert (status, said["site"]["findings"], said["site"]["removed"]) == (0, [], [])
    assert said["site"]["url"] == URL
    index = (folder / "dist/site/index.html").read_bytes()
    assert titles(index) == ["Alpha", "Beta"]
    status, said = values("alpha.md")
    assert (status, said["site"]["removed"]) == (0, ["beta/index.html"])
    assert not (folder / "dist/site/beta").exists()
    assert titles((folder / "dist/site/index.html").read_bytes()) == ["Alpha"]
    assert {path.name for path in (folder / "dist").iterdir()} == {"site", ".written"}


def test_a_paper_whose_preview_leaks_is_left_out_and_the_others_go_on(folder, monkeypatch):
    assert made("alpha.md", "beta.md").exit_code == 0
    before = (folder / "dist/site/beta/index.html").read_bytes()
    make = pipeline.make

    def leaky(plan, name):
        """A writer that has put the withheld part into the page of one paper."""
        done = make(plan, name)
        if plan.document.slug != "beta":
            return done
        return pipeline.Made(dict.fromkeys(done.files, b"new"), (), (), done.withheld, leaked=True)

    monkeypatch.setattr(pipeline, "make", leaky)
    status, said = values("alpha.md", "beta.md")
    assert status == 1
    (error,) = errors(said)
    assert "beta is not on the site: its preview shows what it withholds" in error["message"]
    assert titles((folder / "dist/site/index.html").read_bytes()) == ["Alpha"]
    assert (folder / "dist/site/beta/index.html").read_bytes() == before
    assert said["site"]["removed"] == []


def test_a_file_of_the_site_that_leaks_is_not_written_and_the_earlier_one_stays(folder, monkeypatch):
    assert made("alpha.md", "beta.md").exit_code == 0
    before = (folder / "dist/site/search.json").read_bytes()
    build = library.build

    def leaky(papers, site_settings):
        """A search that has the papers' bodies."""
        text = "The zebras of Beta are kept behind this wall, and whoever wants to see them has to sign up"
        return build(papers, site_settings) | {"search.json": json.dumps([{"text": text}]).encode()}

    monkeypatch.setattr(library, "build", leaky)
    status, said = values("alpha.md", "beta.md", "--title", "Another title")
    assert status == 1
    assert {each["check"] for each in errors(said)} == {"paywall", "site"}
    assert "search.json is not written" in errors(said)[-1]["message"]
    assert (folder / "dist/site/search.json").read_bytes() == before
    assert "Another title" in (folder / "dist/site/index.html").read_text("utf-8")
    assert "search.json" not in said["site"]["files"]


def test_a_manuscript_that_cannot_be_made_is_left_out_and_its_page_stays(folder):
    assert made("alpha.md", "beta.md").exit_code == 0
    (folder / "beta.md").write_text("---\ntitle: Beta\npaperbuild: {nonsense: 1}\n---\n\nText.\n")
    done = made("alpha.md", "beta.md")
    assert done.exit_code == 2
    assert "nonsense" in done.stderr
    assert (folder / "dist/site/beta/index.html").exists()
    assert titles((folder / "dist/site/index.html").read_bytes()) == ["Alpha"]
    (folder / "alpha.md").write_text("")
    before = (folder / "dist/site/index.html").read_bytes()
    assert made("alpha.md").exit_code == 2
    assert (folder / "dist/site/index.html").read_bytes() == before


def test_a_name_that_the_site_needs_and_whole_papers_in_its_folder_are_told(folder):
    (folder / "subjects.md").write_text(TEXT.format(title="Gamma"), "utf-8")
    (folder / "out/alpha").mkdir(parents=True)
    (folder / "out/alpha/alpha.pdf").write_bytes(b"%PDF")
    status, said = values("alpha.md", "subjects.md", "--out", "out")
    assert status == 1
    assert ["the name subjects" in each["message"] for each in errors(said)] == [True, False]
    assert errors(said)[1]["where"] == str(Path("out/alpha/alpha.pdf"))
    assert titles((folder / "out/index.html").read_bytes()) == ["Alpha"]


def test_a_paper_without_date_and_keywords_is_on_the_site(folder):
    (folder / "bare.md").write_text(
        "# Only a section\n\nAnd a text that says something to whoever reads it.\n\n# End\n\nMore.\n"
    )
    status, said = values("bare.md")
    assert status == 0
    assert [each["message"] for each in said["site"]["findings"]] == [
        "bare has no date, and is not in the feed"
    ]
    assert set(said["site"]["files"]) == {
        "bare/index.html",
        "index.html",
        "robots.txt",
        "search.json",
        "sitemap.xml",
    }


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--url", "example.org"), "https://"),
        ((), "--url"),
        (("--url", URL, "--theme", "nowhere"), "nowhere"),
        (("--url", URL, "missing.md"), "missing.md"),
        (("--url", URL), "manuscripts/"),
    ],
)
def test_wrong_usage_is_told_with_exit_status_2(tmp_path, args, told):
    done = paperbuild("site", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "dist").exists()


def test_two_papers_of_one_name_have_pages_of_their_own(folder):
    for place in ("x", "y"):
        (folder / place).mkdir()
        (folder / place / "same.md").write_text(TEXT.format(title=place.upper()), "utf-8")
    status, said = values("x/same.md", "y/same.md")
    assert status == 0
    assert {"x-same/index.html", "y-same/index.html"} < set(said["site"]["files"])
    assert f"{URL}x-same/" in (folder / "dist/site/x-same/index.html").read_text("utf-8")


@pytest.mark.slow
def test_worker_processes_make_the_same_site(folder):
    assert made("alpha.md", "beta.md", "--out", "one").exit_code == 0
    done = paperbuild("site", "alpha.md", "beta.md", "--url", URL, "--out", "two", "--jobs", "2", cwd=folder)
    assert done.returncode == 0, done.stderr
    one, two = (
        {
            path.relative_to(folder / out): path.read_bytes()
            for path in (folder / out).rglob("*.*")
            if path.is_file()
        }
        for out in ("one", "two")
    )
    assert one == two


def test_what_one_paper_shows_is_public_whoever_withholds_it_too():
    shows = paper("shows", title="Norms bind states to each other", keywords=["law"])
    other = paper("other", title="Another", keywords=["law"])
    assert not leaking(files(shows, other), [shows, other], [SECRET], settings(shows, other))
    spoilt = files(other) | {"about.html": b"<p>Why <b>norms</b> bind states to each other</p>"}
    assert leaking(spoilt, [other], [Withheld(), SECRET], settings(other)).keys() == {"about.html"}


def test_a_paper_may_withhold_a_link_to_another_paper_of_the_library():
    one = paper("one")
    secret = Withheld(addresses=frozenset({"papers.example.org/one", "elsewhere.example.com/x"}))
    assert not leaking(files(one), [one], [secret], settings(one))
    spoilt = {"a.html": b'<a href="https://elsewhere.example.com/x">x</a>'}
    assert leaking(spoilt, [one], [secret], settings(one))


def test_nothing_the_pages_say_by_themselves_is_taken_for_something_withheld():
    """A paper about searching, papers and subjects withholds all words that the site uses."""
    one = paper("one", keywords=["law"])
    words = frozenset("search subjects content results papers paper library abstract feed prepare".split())
    secret = Withheld(rare=words, names=words, phrases=words, headings=words)
    assert not leaking(files(one), [one], [secret], settings(one))


def test_all_that_is_withheld_is_looked_for_at_once():
    one = Withheld(shingles=frozenset({("a", "b", "c")}), counts=frozenset({7}))
    two = Withheld(shingles=frozenset({("d", "e", "f")}), rare=frozenset({"zebras"}))
    whole = together([one, two])
    assert whole.shingles == one.shingles | two.shingles
    assert (whole.rare, whole.counts) == (two.rare, one.counts)


def test_the_site_is_made_of_previews_and_never_of_documents():
    names = [
        "paperbuild.site",
        *(f"paperbuild.site.{each.name}" for each in pkgutil.iter_modules(library.__path__)),
    ]
    used = {name for module in names for name in reached(module)}
    assert "paperbuild.site.papers" in used
    for stage in ("resolve", "parse", "read", "pipeline", "formats.preview.cut", "formats.preview.write"):
        assert f"paperbuild.{stage}" not in used
