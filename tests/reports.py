"""Reports to be shown: of what can go wrong with a manuscript that nobody would write, but somebody might."""

from __future__ import annotations

from pathlib import Path

from paperbuild.model import Artefact, Comparison, Evidence, Finding, Report

HOSTILE = "Line <script>alert('x')</script> & \"so\" \x07\x1b[31m red \u202eevil 🙂 שלום"
SOURCE = f"# Title\n\nBefore it.\n\n{HOSTILE}\nand on.\n\nAfter it.\n"
HINT = "look at this place in the file, or export it anew"


def changed(format_name: str = "docx", **more: object) -> Finding:
    """The finding for a paragraph in which a word is another one."""
    evidence = Evidence(HOSTILE, HOSTILE.replace("red", "blue"), "Before it.", "After it.", "page 3")
    said = f"the paragraph «{HOSTILE}» has changed: «red» became «blue»"
    fields = {"where": "paper.md:5", "hint": HINT, "stage": "write", "evidence": evidence} | more
    return Finding("error", "paragraphs", said, format=format_name, **fields)  # type: ignore[arg-type]


def lost(text: str, check: str = "paragraphs", format_name: str = "docx") -> Finding:
    """The finding for a text that is not there."""
    evidence = Evidence(text, "", "what is before", "what is after", "Method")
    said = f"the {check[:-1]} «{text[:60]}» is lost"
    return Finding("error", check, said, "paper.md:3", HINT, format_name, "write", evidence)


def report(*findings: Finding, folder: Path = Path(), **more: object) -> Report:
    """A report of paper.md in the folder, with a PDF and a Word document of which one paragraph is lost."""
    artefacts = tuple(
        Artefact(name, Path(f"dist/paper/paper.{name}"), 20_500, "ab" * 32) for name in ("pdf", "docx")
    )
    comparisons = tuple(
        Comparison(name, kind, count, count - gone)
        for name in ("pdf", "docx")
        for kind, count, gone in (
            ("section", 3, 0),
            ("paragraph", 1200, int(name == "docx")),
            ("table", 0, 0),
        )
    )
    status = 1 if any(finding.severity == "error" for finding in findings) else 0
    fields = {"artefacts": artefacts, "comparisons": comparisons, "status": status} | more
    return Report(str(folder / "paper.md"), "apa", "article", findings=findings, **fields)  # type: ignore[arg-type]


def refused(folder: Path = Path()) -> Report:
    """The report of a manuscript that could not be made."""
    finding = Finding("error", "input", "paper.md is not UTF-8", "paper.md:5", "save it as UTF-8")
    return Report(str(folder / "paper.md"), "", "", findings=(finding,), status=2)


def source(folder: Path, text: str = SOURCE) -> Path:
    """The folder, with the manuscript in it."""
    folder.mkdir(exist_ok=True)
    (folder / "paper.md").write_text(text, "utf-8")
    return folder
