"""The essay among the samples as a publisher's page: each element is there, and its numbers are right."""

from __future__ import annotations

import re
from pathlib import Path

import pypandoc
import pytest
from lxml import html as parser

from paperbuild import pipeline
from paperbuild.pipeline import Job

ESSAY = Path(__file__).parents[2] / "manuscripts/collective-security"
SOURCE = ESSAY / "collective-security.md"


@pytest.fixture(scope="module")
def made():
    return pipeline.make(pipeline.plan(Job(ESSAY, formats=("preview",))), "preview")


@pytest.fixture(scope="module")
def page(made):
    return parser.document_fromstring(made.files[".preview.html"])


def words_of(element):
    return " ".join(element.text_content().split())


def one(page, path):
    (found,) = page.xpath(path)
    return words_of(found)


def test_nothing_is_wrong_with_it(made):
    assert [finding for finding in made.findings if finding.severity != "info"] == []
    assert {line.kind for line in made.comparisons if line.promised} >= {"section", "citation", "reference"}
    assert all(line.promised == line.found for line in made.comparisons)


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ("//aside[@class='examines']", "What this paper examines The essay separates two ideas"),
        ("//aside[@class='study']", "Study notes Technique The argument works by a single test"),
        ("//aside[@class='study']/h3[2]", "Structure"),
        ("//aside[@class='study']//summary[.='Key terms']", "Key terms"),
        ("//section[@class='abstract']", "Abstract Collective security and collective defence"),
        ("//nav[contains(@class, 'contents')]", "Contents A confusion worth clearing up"),
        ("//div[@class='prose']", "A confusion worth clearing up On 6 January 2022"),
        ("//aside[@class='gate']", "You’re 6"),
        ("//a[@class='sign-up'][@href='https://example.org/sign-up']", "Sign up"),
        ("//p[@class='log-in'][a/@href='https://example.org/log-in']", "Already a member? Log in"),
        ("//section[@class='notes']", "Notes Kelsen adds a comparison"),
        ("//section[@class='bibliography']", "References Boutros-Ghali"),
        ("//aside[@class='cite']", "Cite this paper APA Okonjo-Hale, M. (2025, March 14)."),
        ("//aside[@class='cite']/div[2]", "MLA Okonjo-Hale, Miriam."),
        ("//aside[@class='cite']/div[3]", "Chicago Okonjo-Hale, Miriam. 2025."),
        ("//p[@class='advice']", "Check the format against your institution’s style guide."),
    ],
)
def test_each_element_of_a_publishers_page_is_there(path, begins, page):
    assert one(page, path).startswith(begins)


def test_the_numbers_agree_with_a_count_by_another_method(page):
    """pandoc's plain text of the source, without notes, is the whole; the page's text is what is shown."""
    body = SOURCE.read_text("utf-8").split("\n---\n", 1)[1]
    body = re.sub(r"\^\[(?:[^][]|\[[^]]*\])*\]", "", body)  # notes
    body = re.sub(r"^\[\^[^]]+\]:(?:.+\n?)*|\[\^[^]]+\]", "", body, flags=re.MULTILINE)
    plain = pypandoc.convert_text(body, "plain", "markdown-citations", extra_args=["--wrap=none"])
    (prose,) = page.xpath("//div[@class='prose']")
    last = words_of(prose.xpath(".//p")[-1])
    begin = " ".join(last.split()[:6])
    lines = [" ".join(line.split()) for line in plain.splitlines() if line.strip()]
    (cut,) = [number for number, line in enumerate(lines) if line.startswith(begin)]
    share = sum(len(line.split()) for line in lines[: cut + 1]) / sum(len(line.split()) for line in lines)
    gate = one(page, "//p[@class='gate-line']")
    said = re.fullmatch(
        r"You’re (\d+)% through this paper\. Sign up to read the remaining (\d+) sections?\.", gate
    )
    assert said
    assert int(said[1]) == pytest.approx(100 * share, abs=1.5)  # citations are longer in the page
    titles = re.findall(r"^# (.+?)(?: \{.*\})?$", body, re.MULTILINE)
    shown = {words_of(heading) for heading in prose.xpath(".//h2")}
    withheld = [title for title in titles if title not in shown]
    ends_a_section = bool(withheld) and lines[cut + 1] == withheld[0]
    assert int(said[2]) == len(withheld) + (not ends_a_section)
