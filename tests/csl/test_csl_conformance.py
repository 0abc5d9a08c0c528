"""The runner of the CSL test suite, on fixtures of its own; and the whole suite, where it is at hand."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from conformance import run
from conformance.fixture import FixtureError, parse_fixture
from conformance.known import KnownError, read_known

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><id/><title/><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation>
    <layout delimiter="; ">
      <choose>
        <if position="first"><text variable="title"/></if>
        <else><text value="see "/><text variable="title"/></else>
      </choose>
    </layout>
  </citation>
  <bibliography>
    <sort><key variable="title"/></sort>
    <layout suffix="."><text variable="title" font-style="italic"/></layout>
  </bibliography>
</style>"""
ITEMS = [{"id": "w", "type": "book", "title": "Willows"}, {"id": 1, "type": "book", "title": "Alders"}]
SORTED = "Alders; Willows"


def fixture(result: str, mode: str = "citation", style: str = STYLE, **more: Any) -> str:
    """The text of a fixture; ``more`` are sections in JSON."""
    sections = {"MODE": mode, "RESULT": result, "CSL": style, "INPUT": json.dumps(ITEMS)}
    sections |= {name.replace("_", "-"): json.dumps(data) for name, data in more.items()}
    return "".join(
        f">>===== {name} =====>>\n{text}\n<<===== {name} =====<<\n\nWhat stands here is read by nobody.\n"
        for name, text in sections.items()
    )


def step(key: str, item: Any, note: int, before: Any = (), after: Any = ()) -> list[Any]:
    citation = {"citationID": key, "citationItems": [{"id": item}], "properties": {"noteIndex": note}}
    return [citation, list(before), list(after)]


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """Two fixtures: tree_Right passes, tree_Wrong fails."""
    (tmp_path / "tree_Right.txt").write_text(fixture(SORTED), encoding="utf-8")
    (tmp_path / "tree_Wrong.txt").write_text(fixture("Oaks"), encoding="utf-8")
    return tmp_path


def conformance(suite: Path, known: str, *more: str) -> int:
    """The exit status of a run with this list of known failures."""
    listed = suite / "known.toml"
    listed.write_text(known, encoding="utf-8")
    return run.main(["--suite", str(suite), "--known", str(listed), *more])


def got(tmp_path: Path, text: str) -> str:
    """What comes of the fixture."""
    path = tmp_path / "own_Fixture.txt"
    path.write_text(text, encoding="utf-8")
    outcome = run.run_fixture(path)
    assert not outcome.error
    return outcome.got


def test_a_failure_that_is_listed_is_no_surprise(suite, capsys):
    assert conformance(suite, '[failing]\ntree_Wrong = "there are no oaks"') == 0
    assert capsys.readouterr().out.split("\n")[1:3] == [
        "tree                    1        1              0",
        "all                     1        1              0",
    ]


def test_a_failure_that_is_not_listed_fails_the_run(suite, capsys):
    assert conformance(suite, "", "--show") == 1
    out = capsys.readouterr().out
    assert "tree_Wrong fails and is not listed" in out
    assert f"- Oaks\n+ {SORTED}" in out


def test_a_listed_fixture_that_passes_fails_the_run(suite, capsys):
    known = '[failing]\ntree_Wrong = "there are no oaks"\n[out-of-scope]\ntree_Right = "a guess"'
    assert conformance(suite, known) == 1
    assert "tree_Right does not fail and is listed" in capsys.readouterr().out


def test_a_listed_fixture_that_is_not_there_fails_the_run(suite, capsys):
    known = '[out-of-scope]\ntree_Wrong = "there are no oaks"\ntree_Gone = "felled"'
    assert conformance(suite, known) == 1
    assert "tree_Gone is listed, but there is no such fixture" in capsys.readouterr().out


def test_only_some_fixtures(suite):
    assert conformance(suite, "", "--only", "*_Right") == 0
    assert conformance(suite, '[failing]\ntree_Gone = "felled"', "--only", "*_Right") == 0
    assert conformance(suite, "", "--only", "hedge_*") == 2


def test_a_list_without_reasons_is_refused(tmp_path):
    listed = tmp_path / "known.toml"
    for text in (
        "[failing]\na = ' '",
        "[passing]\na = 'b'",
        "[failing]\na = 'b'\n[out-of-scope]\na = 'b'",
        "[",
    ):
        listed.write_text(text, encoding="utf-8")
        with pytest.raises(KnownError, match=r"known\.toml: "):
            read_known(listed)


def test_what_takes_too_long_fails(suite, monkeypatch):
    monkeypatch.setattr(run, "replay", lambda *_: time.sleep(9))
    outcome = run.run_fixture(suite / "tree_Right.txt", limit=0.1)
    assert outcome.status == "failed"
    assert "not done after 0.1 s" in outcome.error


def test_single_citations(tmp_path):
    citations = [[{"id": "w"}], [{"id": 1, "position": 1}, {"id": "w", "prefix": "and "}]]
    assert got(tmp_path, fixture("", CITATION_ITEMS=citations)) == "Willows\nsee Alders; and Willows"


def test_a_citation_of_everything_is_in_the_order_of_the_bibliography(tmp_path):
    assert got(tmp_path, fixture("")) == SORTED


def test_a_document_marks_what_the_last_step_changed(tmp_path):
    steps = [step("a", "w", 1), step("b", 1, 2, [["a", 1]]), step("c", 1, 1, [], [["a", 2], ["b", 3]])]
    result = ">>[0] Alders\n..[1] Willows\n>>[2] see Alders"
    assert got(tmp_path, fixture(result, CITATIONS=steps)) == result


def test_a_bibliography(tmp_path):
    start, end = '<div class="csl-bib-body">\n', "</div>"
    alders, willows = (f'  <div class="csl-entry"><i>{title}</i>.</div>\n' for title in ("Alders", "Willows"))
    assert got(tmp_path, fixture("", "bibliography")) == f"{start}{alders}{willows}{end}"
    cited = fixture("", "bibliography", CITATIONS=[step("a", "w", 1)])
    assert got(tmp_path, cited) == f"{start}{willows}{end}"
    entries = fixture("", "bibliography", BIBENTRIES=[["w"], ["w", 1]])
    assert got(tmp_path, entries) == f"{start}{alders}{willows}{end}"


def test_what_needs_more_than_csl_is_out_of_scope(suite, capsys):
    more = {
        "Sections": fixture("", OPTIONS={"a": 1}),
        "Style": fixture("", style=STYLE.replace('version="1.0"', 'version="1.1mlz1"')),
        "Mode": fixture("", "bibliography-header"),
    }
    for name, text in more.items():
        (suite / f"more_{name}.txt").write_text(text, encoding="utf-8")
    assert conformance(suite, "", "--only", "more_*") == 0
    assert "more                    0        0              3" in capsys.readouterr().out


def test_a_key_that_would_get_lost_is_an_error(suite):
    path = suite / "tree_Key.txt"
    path.write_text(fixture("", CITATION_ITEMS=[[{"id": "w", "colour": "green"}]]), encoding="utf-8")
    assert "the runner does not pass on colour" in run.run_fixture(path).error


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (fixture("").replace("<<===== RESULT", "<<===== RESULTS"), "RESULTS ends, but did not start"),
        (fixture("").replace("<<===== MODE =====<<\n", ""), "RESULT starts inside MODE"),
        (fixture("").replace("CSL =====", "LSC ====="), "there is no CSL"),
        (fixture("", HEDGE=1), "HEDGE is no section of the suite"),
        (fixture("") + fixture(""), "MODE stands there twice"),
        (fixture("").replace('[{"id"', '{"id"'), "INPUT: "),
        (fixture("", CITATION_ITEMS=[{"id": "w"}]), "CITATION-ITEMS: a citation is a list of objects"),
        (fixture("", CITATIONS=[[{}]]), r"CITATIONS: \[citation, before, after\] is expected"),
    ],
)
def test_an_error_names_the_file_and_the_section(text, message):
    with pytest.raises(FixtureError, match=f"^own: {message}"):
        parse_fixture("own", text)


@pytest.mark.skipif(not run.SUITE.is_dir(), reason=f"no CSL test suite in {run.SUITE}")
def test_the_suite(capsys):
    status = run.main([])
    assert status == 0, capsys.readouterr().out
