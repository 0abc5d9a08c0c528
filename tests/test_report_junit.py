"""The report as JUnit XML: what CI services read, held against what they agree about."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tests import reports

from paperbuild import store
from paperbuild.model import Artefact, Finding, Report
from paperbuild.report import files

SCHEMA = etree.RelaxNG(
    etree.fromstring("""
<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start>
    <element name="testsuites"><ref name="counts"/><oneOrMore><ref name="suite"/></oneOrMore></element>
  </start>
  <define name="suite">
    <element name="testsuite"><ref name="counts"/><zeroOrMore><ref name="case"/></zeroOrMore></element>
  </define>
  <define name="counts">
    <attribute name="name"/>
    <attribute name="tests"><data type="nonNegativeInteger"/></attribute>
    <attribute name="failures"><data type="nonNegativeInteger"/></attribute>
    <attribute name="errors"><data type="nonNegativeInteger"/></attribute>
    <attribute name="skipped"><data type="nonNegativeInteger"/></attribute>
    <attribute name="time"><data type="decimal"/></attribute>
  </define>
  <define name="case">
    <element name="testcase">
      <attribute name="name"/><attribute name="classname"/>
      <attribute name="time"><data type="decimal"/></attribute>
      <optional>
        <attribute name="file"/><attribute name="line"><data type="positiveInteger"/></attribute>
      </optional>
      <optional><choice>
        <element name="skipped"><optional><attribute name="message"/></optional></element>
        <element name="failure"><ref name="said"/></element>
        <element name="error"><ref name="said"/></element>
      </choice></optional>
      <optional><element name="system-out"><text/></element></optional>
      <optional><element name="system-err"><text/></element></optional>
    </element>
  </define>
  <define name="said"><attribute name="message"/><attribute name="type"/><text/></define>
</grammar>""")
)
"""The de-facto schema of Jenkins, GitLab and GitHub's reporters, as narrow as all of them take it."""


def suite(of, slug="paper"):
    """The test suite of a report, once it is known to be one."""
    root = etree.fromstring(files(of, slug)[store.JUNIT])
    SCHEMA.assertValid(root)
    (only,) = root
    for element in (root, only):
        counted = {name: len(only.findall(f"testcase/{tag}")) for name, tag in COUNTED.items()}
        assert {name: int(element.get(name, -1)) for name in COUNTED} == counted
        assert int(element.get("tests", -1)) == len(only)
    cases = [(case.get("classname"), case.get("name")) for case in only]
    assert len(cases) == len(set(cases))
    return only


COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def case(of, classname, name):
    (found,) = [one for one in suite(of) if (one.get("classname"), one.get("name")) == (classname, name)]
    return found


def test_each_check_of_each_format_is_a_test():
    found = suite(reports.report())
    assert found.get("name") == "paper"
    names = [(one.get("classname"), one.get("name")) for one in found]
    assert names[:3] == [
        ("paperbuild.paper.pdf", "sections: 3 promised, 3 found"),
        ("paperbuild.paper.pdf", "paragraphs: 1200 promised, 1200 found"),
        ("paperbuild.paper.pdf", "tables: 0 promised, 0 found"),
    ]
    assert ("paperbuild.paper.docx", "paragraphs: 1200 promised, 1199 found") in names
    assert ("paperbuild.paper.docx", "metadata") in names  # a check that counts nothing
    assert {one.get("time") for one in found} == {"0"}


def test_an_error_is_a_failure_with_its_line_and_all_else_is_output(tmp_path):
    said = Finding("info", "paragraphs", "only the letters were compared", format="docx")
    of = reports.report(reports.changed(), reports.lost("gone"), said, folder=tmp_path)
    found = case(of, "paperbuild.paper.docx", "paragraphs: 1200 promised, 1199 found")
    assert (found.get("file"), found.get("line")) == (f"{tmp_path}/paper.md", "5")
    failure = found.find("failure")
    assert failure.get("message").startswith("the paragraph «Line <script>")
    assert failure.get("message").endswith("(and 1 more)")
    assert "promised: gone" in failure.text
    assert "found: (nothing) (Method)" in failure.text
    assert f"hint: {reports.HINT}" in failure.text
    assert "lost while the Word document was written, or edited since" in failure.text
    assert found.find("system-out").text == "info: only the letters were compared"


def test_what_concerns_no_format_is_a_test_of_the_manuscript():
    of = reports.report(Finding("error", "citations", "eco2051 is not in the bibliography", "paper.md:9"))
    found = case(of, "paperbuild.paper.manuscript", "citations")
    assert found.get("file") == "paper.md"
    assert found.find("failure").get("type") == "citations"
    warned = case(reports.report(Finding("warning", "raw", "odd")), "paperbuild.paper.manuscript", "raw")
    assert warned.find("failure") is None
    assert warned.find("system-out").text == "warning: odd"


def test_a_manuscript_that_could_not_be_made_is_an_error():
    (found,) = suite(reports.refused())
    assert found.find("error").get("message") == "paper.md is not UTF-8"
    assert (found.get("file"), found.get("line")) == ("paper.md", "5")


def test_a_format_that_was_not_verified_is_skipped():
    found = suite(reports.report(comparisons=()))
    assert [one.find("skipped") is not None for one in found] == [True, True]
    failed = Finding("error", "write", "no space left", format="pdf")
    made = (Artefact("docx", Path("a.docx"), 1, "x"),)
    of = reports.report(failed, comparisons=(), artefacts=made)
    assert [(one.get("classname"), one.find("failure") is not None) for one in suite(of)] == [
        ("paperbuild.paper.docx", False),
        ("paperbuild.paper.pdf", True),
    ]


@pytest.mark.parametrize(
    "of",
    [
        Report("pap\udce9r\x00.md", "\x01", ""),
        reports.report(*(reports.lost(f"{n} \ufffe\uffff\x0b{reports.HOSTILE}") for n in range(500))),
    ],
)
def test_whatever_a_text_holds_it_is_xml(of):
    data = files(of, "ü\x08<&\"'>")[store.JUNIT]
    assert suite(of, "ü\x08<&\"'>").get("name") == "ü\ufffd<&\"'>"
    assert len(data) < 500_000


def test_the_same_report_is_the_same_file():
    first = reports.report(reports.changed(), seconds=1.5)
    assert files(first, "x") == files(reports.report(reports.changed(), seconds=2.5), "x")
