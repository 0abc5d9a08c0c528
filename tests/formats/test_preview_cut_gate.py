"""The numbers of the line that asks a reader to sign up: counted another way, and found on the page."""

from __future__ import annotations

import pytest
from tests.helpers import errors, resolved

from paperbuild.config import Amount, Call, Options, Preview
from paperbuild.formats.preview.format import FORMAT
from paperbuild.inventory import promise
from paperbuild.layouts import load
from paperbuild.leak import leaks
from paperbuild.verify import compare

SENTENCES = "One is here. Two is there now."
BODY = "\n\n".join(f"# Head {n}\n\n" + "\n\n".join([SENTENCES] * (n + 1)) for n in range(5))


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """The body as a document."""
    return resolved(tmp_path_factory.mktemp("gate"), BODY + "\n")


def prepared(document, **preview):
    return FORMAT.prepare(document, Options(preview=Preview(**preview)))


def counted(inventory):
    """The words of paragraphs and headings, as a reader would count them."""
    return sum(len(item.text.split()) for item in inventory.of("paragraph", "section"))


@pytest.mark.parametrize("percent", range(5, 100, 30))
@pytest.mark.parametrize("where", ["section", "paragraph", "sentence"])
def test_the_numbers_are_those_of_what_is_shown(percent, where, paper):
    found = prepared(paper, show=Amount(percent / 100), cut=where)
    whole, shown = promise(paper), found.promised
    assert shown.statements["percent"] == str(round(100 * counted(shown) / counted(whole)))
    paragraphs = dict.fromkeys(range(5), 0)
    for item in shown.of("paragraph"):
        paragraphs[int(item.section[-1])] += item.text.endswith("now.")
    remaining = sum(paragraphs[n] < n + 1 for n in range(5))
    assert shown.statements["sections"] == str(remaining)


@pytest.mark.parametrize(
    ("line", "text", "names"),
    [
        ("", BODY, {"percent", "sections"}),
        ("", "One is here. Two is there.\n\nThree.", {"percent"}),
        ("You saw {percent}.", BODY, {"percent"}),
        ("There are {sections} left.", BODY, {"sections"}),
        ("{sections} sections are left.", "One is here. Two is there.\n\nThree.", {"sections"}),
        ("Read on.", BODY, set()),
    ],
)
def test_the_page_makes_the_statements_that_are_promised(line, text, names, tmp_path):
    document = resolved(tmp_path, text + "\n")
    options = Options(preview=Preview(show=Amount(0.5), call=Call(line=line)))
    made = FORMAT.prepare(document, options)
    assert {"percent", "sections"} & set(made.promised.statements) == names
    page = FORMAT.write(made, options, load("article", tmp_path)).data
    _, findings = compare("preview", made.promised, FORMAT.read(page))
    assert errors(findings) == []


@pytest.mark.parametrize(("share", "told"), [(0.0, "0"), (0.0001, "1"), (0.999, "99")])
def test_a_reader_is_told_one_to_ninety_nine_percent_and_none_of_nothing(share, told, tmp_path):
    long = "word " * 3000
    text = {"0": BODY, "1": f"One.\n\n{long}", "99": f"{BODY}\n\n{long}\n\nEnd."}[told] + "\n"
    found = prepared(resolved(tmp_path, text), show=Amount(share))
    assert found.promised.statements["percent"] == told


def test_a_paper_that_is_shown_whole_makes_no_such_statement(paper):
    found = prepared(paper, show=Amount(1.0))
    assert not {"percent", "sections"} & set(found.promised.statements)


@pytest.mark.parametrize("outline", ["none", "titles"])
def test_titles_of_withheld_sections_are_there_only_where_they_are_asked_for(outline, tmp_path):
    text = BODY.replace("Head 4", "The murderer revealed at last")
    found = prepared(resolved(tmp_path, text + "\n"), show=Amount(0.5), outline=outline)
    titles = [title for _, title in found.cut.outline]
    assert (titles[-1:] == ["The murderer revealed at last"]) == (outline == "titles")
    said = leaks("paper.preview.html", b"<p>The murderer revealed at last</p>", found.withheld)
    assert bool(said) == (outline == "none")


def test_findings_of_the_cut_are_those_of_the_format(paper):
    found = prepared(paper, show=Amount(9, "sections"))
    assert [(finding.severity, finding.format) for finding in found.findings] == [("warning", "preview")]
