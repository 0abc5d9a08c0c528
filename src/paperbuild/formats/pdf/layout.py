"""The page laid out by WeasyPrint, each note on the page of its mark as far as that can be had."""

from __future__ import annotations

import contextlib
import io
import logging
import re
import sys
import threading
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

from cssselect2 import ElementWrapper

from paperbuild import fonts
from paperbuild.fonts.configuration import configuration, environment
from paperbuild.formats.pdf.archive import marks
from paperbuild.formats.pdf.families import family_lists
from paperbuild.formats.pdf.pictures import Pictures
from paperbuild.model import Finding, SystemPartMissing

_LOG = logging.getLogger("weasyprint")
_LOCK = threading.Lock()
_ROUNDS = 6
"""How often the pages are laid out anew for the sake of notes."""
_SHORT = 1000
"""Letters of a paragraph that may leave its place at a page's foot."""
_TIME = "SOURCE_DATE_EPOCH"
"""The variable that tells programs the time to note instead of their clock's, in seconds since 1970."""
_LINES = frozenset({"p", "li", "dd", "td", "th", "figcaption", "caption"})
"""Elements that hold lines of text."""
Mend = Callable[[ET.Element, Any, set[str]], None]
"""Changes the page, given what it was laid out as, for the sake of these notes."""
_NOTE = re.compile(r"^fn-(\d+)$")


def laid_out(
    source: str, style: str, pictures: Pictures, complete: Callable[[Any], None] | None = None
) -> tuple[bytes, tuple[Finding, ...]]:
    """The PDF's bytes for a page of ours and its style sheet; what its fonts lack, and WeasyPrint's errors.
    ``complete`` is given the rendered document before it is written.

    Raises SystemPartMissing where WeasyPrint can't find Pango.
    """
    weasyprint = _weasyprint()
    root = ET.fromstring(source)  # noqa: S314 - our own markup, without a doctype
    choice = fonts.chosen(_prose(root), family_lists(style), pictures.texts())

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[name-defined,misc]
        """Serves the page's own pictures."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            del headers
            data, media_type = pictures.fetch(url)
            return weasyprint.urls.URLFetcherResponse(url, io.BytesIO(data), {"Content-Type": media_type})

    with _LOCK, _Log() as said:
        fetcher = Fetcher(allowed_protocols=())
        html = weasyprint.HTML(string="<html/>", url_fetcher=fetcher)
        # Read as XML: notes with blocks in them stand within paragraphs, and an HTML parser would move them.
        html.etree_element = root
        html.wrapper_element = ElementWrapper.from_html_root(html.etree_element, content_language=None)
        font_config = configuration(choice.files)
        sheet = weasyprint.CSS(string=style, url_fetcher=fetcher, font_config=font_config)
        options = {"stylesheets": [sheet], "pdf_tags": True, "presentational_hints": True}
        pages = _settled(html, font_config, options)
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


def _settled(html: Any, font_config: Any, options: dict[str, Any]) -> Any:
    """The pages, as few notes as possible on another one than their mark.

    WeasyPrint 70 may put a note a page too late where a page break divides the paragraph of its mark: such a
    paragraph is then kept whole. It does so too where it lays a page out again, for the sake of a heading
    that would stand at its foot: what begins the next page is then told to begin one.
    """
    best = html.render(font_config, **options)
    strayed = _strayed(best)
    mended: set[tuple[Mend, str]] = set()
    for mend in (_keep_whole, _begin_pages):
        for _ in range(_ROUNDS):
            fresh = {note for note in strayed if (mend, note) not in mended}
            if not fresh:
                break
            mended |= {(mend, note) for note in fresh}
            mend(html.etree_element, best, fresh)
            pages = html.render(font_config, **options)
            now = _strayed(pages)
            if len(now) <= len(strayed):
                best, strayed = pages, now
    return best


def _strayed(document: Any) -> set[str]:
    """The numbers of the notes that stand on another page than their mark."""
    page_of = {name: number for number, page in enumerate(document.pages) for name in page.anchors}
    notes = (match.group(1) for name in page_of if (match := _NOTE.match(name)))
    return {number for number in notes if page_of[f"fn-{number}"] != page_of.get(f"fnref-{number}")}


def _begin_pages(_: ET.Element, document: Any, notes: set[str]) -> None:
    """Begins a page with what begins the one after these notes' marks; also with a short paragraph that goes
    on from before, which then stands there whole."""
    for number, page in enumerate(document.pages[:-1]):
        if any(f"fnref-{note}" in page.anchors for note in notes):
            box, after = page._page_box, document.pages[number + 1]._page_box  # noqa: SLF001 - no other way to them
            there = {id(each.element) for each in box.descendants() if each.element is not None}
            first = _beginning(after.children[0], there)
            if first is not None:
                first.set("style", "break-before: page")


def _beginning(box: Any, before: set[int]) -> ET.Element | None:
    """The element that begins with the box, or a short one of lines; None where neither does."""
    while box.element is None or id(box.element) in before:
        if box.element is not None and box.element.tag in _LINES:
            short = len("".join(box.element.itertext())) < _SHORT
            return box.element if short else None
        children = getattr(box, "children", ())
        if not children or not children[0].is_in_normal_flow():
            return None
        box = children[0]
    element: ET.Element = box.element
    return element


def _keep_whole(root: ET.Element, _: Any, notes: set[str]) -> None:
    """Forbids page breaks within the paragraphs, list items or definitions that hold these notes' marks."""
    above = {child: parent for parent in root.iter() for child in parent}
    marks = {f"fnref-{number}" for number in notes}
    for mark in [element for element in root.iter("a") if element.get("id") in marks]:
        element = mark
        while element in above and element.tag not in _LINES:
            element = above[element]
        if element.tag in _LINES:
            element.set("style", "break-inside: avoid")


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
