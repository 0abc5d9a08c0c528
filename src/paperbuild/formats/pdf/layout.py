"""The page laid out by WeasyPrint, with the fonts that its text needs and no others."""

from __future__ import annotations

import contextlib
import io
import logging
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any
from xml.etree import ElementTree as ET

from cssselect2 import ElementWrapper

from paperbuild import fonts
from paperbuild.fonts.configuration import configuration, environment
from paperbuild.formats.pdf.archive import marks
from paperbuild.formats.pdf.families import family_lists
from paperbuild.formats.pdf.pictures import Pictures
from paperbuild.formats.pdf.settle import settled
from paperbuild.model import Finding, SystemPartMissing

_LOG = logging.getLogger("weasyprint")
_LOCK = threading.Lock()
_TIME = "SOURCE_DATE_EPOCH"
"""The variable that tells programs the time to note instead of their clock's, in seconds since 1970."""


def laid_out(
    source: str,
    style: str,
    pictures: Pictures,
    *,
    prepare: Callable[[ET.Element], None] | None = None,
    complete: Callable[[Any], None] | None = None,
) -> tuple[bytes, tuple[Finding, ...]]:
    """The PDF's bytes for a page of ours and its style sheet; what its fonts lack, and WeasyPrint's errors.
    ``prepare`` is given the page's tree, ``complete`` the rendered document before it is written.

    Raises SystemPartMissing where WeasyPrint can't find Pango.
    """
    weasyprint = _weasyprint()
    root = ET.fromstring(source)  # noqa: S314 - our own markup, without a doctype
    if prepare:
        prepare(root)
    choice = fonts.chosen(_prose(root), family_lists(style), pictures.texts())

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[name-defined,misc]
        """Serves the page's own pictures."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            del headers
            data, media_type = pictures.fetch(url)
            return weasyprint.urls.URLFetcherResponse(url, io.BytesIO(data), {"Content-Type": media_type})

    from weasyprint.css.counters import CounterStyle  # noqa: PLC0415 - as WeasyPrint itself

    with _LOCK, _Log() as said:
        fetcher = Fetcher(allowed_protocols=())
        html = weasyprint.HTML(string="<html/>", url_fetcher=fetcher)
        # Read as XML: notes with blocks in them stand within paragraphs, and an HTML parser would move them.
        html.etree_element = root
        html.wrapper_element = ElementWrapper.from_html_root(html.etree_element, content_language=None)
        font_config = configuration(choice.files)
        counters = CounterStyle()
        sheet = weasyprint.CSS(
            string=style, url_fetcher=fetcher, font_config=font_config, counter_style=counters
        )
        options = {"stylesheets": [sheet], "pdf_tags": True, "presentational_hints": True}
        render = partial(html.render, font_config=font_config, counter_style=counters, **options)
        pages = settled(root, render)
        if complete:
            complete(pages)
        # fontTools notes the time in each font that it makes of a variable one
        with marks.told(), environment({_TIME: "0"}):
            data = pages.write_pdf(**options)
    failed = (Finding("warning", "pdf", f"WeasyPrint: {message}", format="pdf") for message in said)
    return data, (*choice.findings, *failed)


def _prose(root: ET.Element) -> str:
    """The text that the page shows."""
    body = root.find("body")
    return "".join((root if body is None else body).itertext())


def _weasyprint() -> Any:
    try:
        with contextlib.redirect_stdout(sys.stderr):  # without Pango, it prints advice
            import weasyprint  # noqa: PLC0415 - it looks for Pango when it is imported, and takes a second
    except OSError as error:
        raise SystemPartMissing(
            "WeasyPrint can't find Pango, which draws the text of PDFs",
            hint="type: paperbuild doctor   (it names the command that installs Pango here)",
        ) from error
    return weasyprint


class _Log(logging.Handler):
    """Collects WeasyPrint's errors while it is entered; each once."""

    def __enter__(self) -> list[str]:
        self.said: list[str] = []
        _LOG.addHandler(self)
        self._before = _LOG.propagate
        _LOG.propagate = False
        return self.said

    def __exit__(self, *_: object) -> None:
        _LOG.removeHandler(self)
        _LOG.propagate = self._before

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.ERROR or "alt description" in record.msg:
            return
        message = record.getMessage()
        if message not in self.said:
            self.said.append(message)
