"""The theme: a template, a style sheet and a script, of which a publisher replaces what is to differ.

A theme is a folder ``themes/NAME`` with a ``theme.css``, which is laid over the installed style sheet, or a
``page.html.j2``, which begins with ``{% extends "base" %}`` and replaces blocks of the installed template, or
both. It may come from somebody else: templates run in Jinja's sandbox, and no page may request anything.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from paperbuild.files import decode, inside
from paperbuild.formats.preview.contained import in_css, in_page
from paperbuild.html import lists
from paperbuild.model import Finding, PaperbuildError

_HERE = Path(__file__).parent
_BASE = "base"
_TEMPLATE = "page.html.j2"
_SHEET = "theme.css"
_NAME = re.compile(r"\w[\w.-]*")
_FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What a template may raise."""
_HINT = f'begin it with {{% extends "{_BASE}" %}} and replace blocks of the installed template'

_Loaded = tuple[str, str, Callable[[], bool]]


@dataclass(frozen=True, slots=True)
class Theme:
    """What pages look like."""

    template: Template
    css: str
    script: str = ""
    sources: tuple[str, ...] = ()
    """The files it is made of, as they are."""
    folder: Path | None = None
    """The folder of a publisher's own theme."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with its style sheet."""

    def texts(self) -> Iterator[str]:
        """All that any page of this theme says, whatever the paper."""
        yield from (self.css, self.script, *self.sources)

    def render(self, values: dict[str, Any]) -> str:
        """The page. Raises PaperbuildError for a template that fails, with its file and line."""
        try:
            return self.template.render(values)
        except _FAULTS as error:
            raise _failed(error) from error

    def faults(self, page: str) -> tuple[Finding, ...]:
        """A finding (error) for whatever in a page of this theme would request something from elsewhere.

        The installed theme's pages hold nothing of the kind, and are not searched.
        """
        if self.folder is None:
            return ()
        told = {finding.message for finding in self.findings}
        found = in_page(page, str(self.folder / _TEMPLATE))
        return (*self.findings, *(finding for finding in found if finding.message not in told))


def load(name: str, folder: Path) -> Theme:
    """The theme of this name, in the manuscript's folder or the working one, laid over the installed one.

    Raises PaperbuildError where there is none, or where a file of it can't be used.
    """
    css = f"{_installed('page.css')}\n{lists.rules()}"
    script = _installed("page.js")
    base = _installed(_TEMPLATE)
    if not name:
        return Theme(_environment(None).get_template(_BASE), css, script, (base,))
    place = _find(name, folder)
    own = {
        path.name: decode(path.read_bytes(), str(path)) for path in sorted(place.iterdir()) if path.is_file()
    }
    sheet = own.get(_SHEET, "")
    return Theme(
        _template(place, _TEMPLATE if _TEMPLATE in own else _BASE),
        f"{css}\n{sheet}",
        script,
        (base, *own.values()),
        place,
        tuple(in_css(sheet, str(place / _SHEET))),
    )


def _find(name: str, folder: Path) -> Path:
    """The folder of a theme; it never lies outside the one it is looked for in."""
    places = dict.fromkeys((folder, Path()))
    if _NAME.fullmatch(name):
        for place in places:
            found = (place / "themes" / name).absolute()
            if (found / _SHEET).is_file() or (found / _TEMPLATE).is_file():
                inside(place, f"themes/{name}")
                return found
    there = sorted({path.name for place in places for path in (place / "themes").glob("*") if path.is_dir()})
    wanted = folder / "themes" / name / _SHEET
    own = f"write {wanted}" if _NAME.fullmatch(name) else "name a folder in themes/, without its path"
    hint = f"use one of {', '.join(there)}, or {own}" if there else own
    raise PaperbuildError(f"there is no theme {name!r}", where="preview.theme", hint=hint)


def _template(place: Path, name: str) -> Template:
    try:
        return _environment(place).get_template(name)
    except TemplateError as error:
        raise _failed(error) from error


@lru_cache(maxsize=16)
def _environment(place: Path | None) -> ImmutableSandboxedEnvironment:
    def load_source(name: str) -> _Loaded | None:
        path = _HERE / _TEMPLATE if name == _BASE or place is None else inside(place, name)
        if not path.is_file():
            return None
        stamp = path.stat().st_mtime_ns
        text = decode(path.read_bytes(), str(path))
        return text, str(path), lambda: path.is_file() and path.stat().st_mtime_ns == stamp

    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _failed(error: Exception) -> PaperbuildError:
    """The error of a template, told with its file and line."""
    if isinstance(error, TemplateSyntaxError):
        where = f"{error.filename or error.name}:{error.lineno}"
    else:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.endswith(".py")]
        where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return PaperbuildError(f"the theme's template can't be used: {error}", where=where, hint=_HINT)


@lru_cache(maxsize=8)
def _installed(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
