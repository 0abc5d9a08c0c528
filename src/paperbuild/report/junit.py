"""Reports as JUnit XML, which CI services show beside the tests of a project.

A manuscript is a test suite, each check of a format a test. Times are 0 and there is no date, so that the
same export gives the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from paperbuild.checks import CHECKS
from paperbuild.model import ITEM_KINDS, Finding, Report
from paperbuild.report import sources
from paperbuild.report.order import SEVERITIES
from paperbuild.report.words import CHECK_OF, clean, flat, shorten, stage

_MANUSCRIPT = "manuscript"
"""Takes a format's place for what concerns no format."""
_LONGEST = 300
_MOST = 200
"""Findings of one check of which the details are written out."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One test: a check of a format, with what it found."""

    format: str
    name: str
    findings: tuple[Finding, ...] = ()
    skipped: str = ""


def as_file(report: Report, slug: str) -> bytes:
    """The content of a ``report.junit.xml``."""
    suite = etree.Element("testsuite", name=clean(slug))
    for case in _cases(report):
        suite.append(_element(case, report, slug))
    root = etree.Element("testsuites", name="paperbuild")
    for element in (root, suite):
        element.set("tests", str(len(suite)))
        element.set("failures", str(len(suite.findall("testcase/failure"))))
        element.set("errors", str(len(suite.findall("testcase/error"))))
        element.set("skipped", str(len(suite.findall("testcase/skipped"))))
        element.set("time", "0")
    root.append(suite)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _cases(report: Report) -> Iterator[_Case]:
    """Every test of a manuscript: what concerns no format first, then format by format."""
    if report.status >= 2:
        yield _Case("", "could be made", report.findings)
        return
    stored = [artefact.format for artefact in report.artefacts]
    named = [*stored, *(line.format for line in report.comparisons), *(one.format for one in report.findings)]
    for format_name in sorted(dict.fromkeys(named), key=bool):
        found: dict[str, list[Finding]] = {}
        for each in report.findings:
            if each.format == format_name:
                found.setdefault(each.check, []).append(each)
        made = _made(report, format_name)
        for check in {**made, **found}:
            yield _Case(format_name, made.get(check, check), tuple(found.get(check, ())))
        if format_name in stored and not made:
            yield _Case(format_name, "verification", skipped="the file was not opened again")


def _made(report: Report, format_name: str) -> dict[str, str]:
    """The checks that were made of a format, each with its test's name; none where it was not verified."""
    lines = [line for line in report.comparisons if line.format == format_name]
    counted = {CHECK_OF.get(line.kind, line.kind): line for line in lines}
    others = [kind for kind in CHECKS if lines and kind not in ITEM_KINDS]
    return {
        **{
            check: f"{check}: {line.promised} promised, {line.found} found" for check, line in counted.items()
        },
        **{check: check for check in others},
    }


def _element(case: _Case, report: Report, slug: str) -> etree._Element:
    classname = f"paperbuild.{slug}.{case.format or _MANUSCRIPT}"
    element = etree.Element("testcase", classname=clean(classname), name=flat(case.name), time="0")
    failed = [each for each in case.findings if each.severity == "error"]
    told = [each for each in case.findings if each.severity != "error"]
    if named := next((each for each in failed if sources.place(each.where)[0]), None):
        name, line = sources.place(named.where)
        element.set("file", clean((sources.folder(report.manuscript) / name).as_posix()))
        element.set("line", str(line))
    if failed:
        kind = "error" if report.status >= 2 else "failure"
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        said = shorten(flat(failed[0].message), _LONGEST) + more
        failure = etree.SubElement(element, kind, message=said, type=failed[0].check)
        failure.text = _details(failed)
    elif case.skipped:
        etree.SubElement(element, "skipped", message=case.skipped)
    if told:
        etree.SubElement(element, "system-out").text = _details(told)
    return element


def _details(findings: Sequence[Finding]) -> str:
    """The findings as text, a paragraph for each."""
    ranked = sorted(findings, key=lambda each: SEVERITIES.index(each.severity))
    told = ["\n".join(_told(each)) for each in ranked[:_MOST]]
    if len(ranked) > _MOST:
        told.append(f"and {len(ranked) - _MOST} more: report.json has them all")
    return "\n\n".join(told)


def _told(finding: Finding) -> Iterator[str]:
    where = f"{flat(finding.where)}: " if finding.where else ""
    yield f"{finding.severity}: {where}{flat(finding.message)}"
    if evidence := finding.evidence:
        yield f"  promised: {shorten(flat(evidence.promised), _LONGEST) or '(nothing)'}"
        place = f" ({flat(evidence.place)})" if evidence.place else ""
        yield f"  found: {shorten(flat(evidence.found), _LONGEST) or '(nothing)'}{place}"
    if said := stage(finding, [finding.format] if finding.format else []):
        yield f"  {said}"
    if finding.hint:
        yield f"  hint: {flat(finding.hint)}"
