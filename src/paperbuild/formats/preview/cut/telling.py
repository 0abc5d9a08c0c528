"""What a report is told of a cut: how much is shown, and where in the manuscript it ends."""

from __future__ import annotations

from paperbuild.formats.preview.cut.leaves import Body
from paperbuild.formats.preview.cut.places import Place
from paperbuild.locate import Locator
from paperbuild.model import Finding, Severity
from paperbuild.pandoc import ast


def finding(severity: Severity, message: str, where: str = "", hint: str = "") -> Finding:
    """A finding of the preview's."""
    return Finding(severity, "preview", message, where, hint, "preview")


def of_text(body: Body, place: Place) -> str:
    """How much stands before a place: ``41% of the text``."""
    return f"{place.words / max(body.words, 1):.0%} of the text"


def ends_with(body: Body, place: Place) -> str:
    """``file:line`` of the last thing that is shown; empty where nothing is."""
    index = place.leaf if place.end == "sentence" else place.leaf - 1
    if index < 0:
        return ""
    return Locator(body.sources).text(ast.plain(body.leaves[index].node))
