"""A style's file to a compiled style: citeproc-py reads and validates, ``compile`` does the rest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import citeproc
from citeproc.frontend import CitationStylesLocale, CitationStylesXML
from lxml import etree

from paperbuild.csl.records import StyleError
from paperbuild.csl.uncollected import uncollected

from .compile import compile_style
from .element import CSL, LANG, Element, read
from .locale import LocaleParts, merge, read_parts
from .nodes import CompiledStyle

_MOST_COMPLAINTS = 3


def load_style(path: Path, lang: str = "") -> CompiledStyle:
    """The compiled style of a file in a language, its own, or US English; kept until the file changes.

    Raises StyleError for a file that is not an independent CSL style.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise StyleError(f"{path.name} cannot be read as a CSL style: {error}", where=str(path)) from error
    return _kept(path, lang, (stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=16)
def _kept(path: Path, lang: str, _: tuple[int, int]) -> CompiledStyle:
    return read_style(path, lang)


@uncollected()
def read_style(path: Path, lang: str = "") -> CompiledStyle:
    """The same, read anew."""
    try:
        root = _parsed(path)
    except (etree.XMLSyntaxError, OSError) as error:
        raise StyleError(f"{path.name} cannot be read as a CSL style: {error}", where=str(path)) from error
    return _compiled(root, lang, str(path))


def _parsed(path: Path) -> Any:
    """citeproc-py's tree of a style. It takes every file for UTF-8, so one that is not is recoded first."""
    content = path.read_bytes()
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        content = etree.tostring(etree.fromstring(content, _quiet_parser()), encoding="utf-8")
    return CitationStylesXML(BytesIO(content), validate=False).root


def _quiet_parser() -> etree.XMLParser:
    """A parser that fetches nothing."""
    return etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True, load_dtd=False)


@uncollected()
def load_style_text(xml: str, lang: str = "") -> CompiledStyle:
    """The same for a style in a string."""
    try:
        root = CitationStylesXML(BytesIO(xml.strip().encode()), validate=False).root
    except etree.XMLSyntaxError as error:
        raise StyleError(f"the style is not valid XML: {error}") from error
    return _compiled(root, lang, "")


def complaints(path: Path) -> tuple[str, ...]:
    """What CSL's schema (RELAX NG) finds wrong with a file, each with its line; empty for a valid style.

    Raises XMLSyntaxError or OSError for a file that is no XML: it is for files that were read before.
    """
    schema = _schema()
    if schema.validate(etree.parse(str(path), _quiet_parser())):
        return ()
    log = list(schema.error_log)[:_MOST_COMPLAINTS]
    return tuple(f"line {max(entry.line, 1)}: {entry.message}" for entry in log)


@lru_cache(maxsize=1)
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(citeproc.SCHEMA_PATH))


def _compiled(root: Any, lang: str, where: str) -> CompiledStyle:
    if root.tag != f"{CSL}style" or root.find(f"{CSL}citation/{CSL}layout") is None:
        raise StyleError("this is not an independent CSL style: it has no citation layout", where=where)
    style = read(root)
    own = _bundled(lang or root.get("default-locale") or "en-US")
    return compile_style(style, merge(own, list(_parts(style, own))), where)


def _parts(style: Element, lang: str) -> Iterator[LocaleParts]:
    """What defines the locale, the weakest first (CSL 1.0.2, "Locale Fallback")."""
    language = lang.partition("-")[0]
    files = dict.fromkeys(("en-US", str(citeproc.PRIMARY_DIALECTS.get(language, "en-US")), lang))
    for name in files:
        if name in citeproc.LANGUAGE_NAMES:
            yield _file(name)
    own = style.all("locale")
    for wanted in dict.fromkeys(("", language, lang)):
        yield from (read_parts(element) for element in own if element.get(LANG) == wanted)


@lru_cache(maxsize=128)
def _file(name: str) -> LocaleParts:
    return read_parts(read(CitationStylesLocale(name, validate=False).root))


def _bundled(language: str) -> str:
    """The bundled locale for a language tag: ``de`` gives de-DE; an unknown tag is kept as it is."""
    wanted = language.strip().replace("_", "-").split(".")[0]
    for known in citeproc.LANGUAGE_NAMES:
        if str(known).casefold() == wanted.casefold():
            return str(known)
    return str(citeproc.PRIMARY_DIALECTS.get(wanted.split("-")[0].casefold(), wanted or "en-US"))
