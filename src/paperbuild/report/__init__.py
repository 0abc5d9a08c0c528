"""Reports of an export or a verification: for programs, for CI, for the terminal and for the browser."""

from paperbuild.report.files import files
from paperbuild.report.order import SEVERITIES, ordered, tally
from paperbuild.report.page import as_page, verdict
from paperbuild.report.screen import show, show_findings
from paperbuild.report.values import as_dict, as_json
from paperbuild.report.words import label

__all__ = [
    "SEVERITIES",
    "as_dict",
    "as_json",
    "as_page",
    "files",
    "label",
    "ordered",
    "show",
    "show_findings",
    "tally",
    "verdict",
]
