"""The reports that are kept beside the files they are about."""

from __future__ import annotations

from collections.abc import Mapping

from paperbuild import store
from paperbuild.model import Report
from paperbuild.report import junit, page, values


def files(report: Report, slug: str) -> Mapping[str, bytes]:
    """The content of each report by its file's name; ``slug`` is what the other files are named after."""
    return {
        store.REPORT: values.as_file(report),
        store.PAGE: page.as_page(report, slug).encode(),
        store.JUNIT: junit.as_file(report, slug),
    }
