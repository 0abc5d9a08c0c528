"""The only reader of source files: finds manuscripts, reads their bytes, and refuses what is not text.

Nothing is guessed: a file in another encoding is refused with the reason, the line and the remedy.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from glob import glob
from pathlib import Path
from typing import Any

from paperbuild.files import decode, inside
from paperbuild.model import Finding, Manuscript, PaperbuildError, Source

READERS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".txt": "markdown",
    ".docx": "docx",
    ".odt": "odt",
    ".tex": "latex",
    ".org": "org",
    ".rst": "rst",
    ".html": "html",
    ".htm": "html",
    ".ipynb": "ipynb",
}
"""pandoc's reader for each suffix of a manuscript, the ones first that win in a folder with several."""

BINARY = frozenset({"docx", "odt"})
SETTINGS = "paperbuild.toml"
DEFAULT_FOLDER = "manuscripts"

_USUAL_NAMES = ("manuscript", "paper", "article", "index", "main", "thesis", "essay", "handout")
_NOT_MANUSCRIPTS = frozenset({"readme", "license", "changelog", "contributing", "notes", "todo"})
_INCLUDE = re.compile(r"^\{\{<\s*include\s+(\S+)\s*>\}\}\s*$", re.MULTILINE)


def discover(arguments: Sequence[str], *, start: Path) -> list[Path]:
    """The manuscripts that the arguments name: files, folders, or globs; without any, ``manuscripts/``.

    A folder is returned as it is where it holds one manuscript; where it holds a folder for each
    manuscript, those are returned. Raises PaperbuildError for a name that leads nowhere.
    """
    names = list(arguments)
    if not names:
        if not (start / DEFAULT_FOLDER).is_dir():
            raise PaperbuildError(
                f"there is no folder {DEFAULT_FOLDER}/ here",
                hint="name a manuscript, or type: paperbuild new my-paper",
            )
        names = [DEFAULT_FOLDER]
    found: list[Path] = []
    for name in names:
        found.extend(path for path in _expand(name, start) if path not in found)
    return found


def _expand(name: str, start: Path) -> Iterator[Path]:
    path = start / name
    if path.is_dir():
        yield from _in_folder(path)
    elif path.exists():
        yield path
    elif any(sign in name for sign in "*?["):
        matches = [Path(match) for match in sorted(glob(str(path), recursive=True))]  # noqa: PTH207 - the pattern may be absolute
        usable = [match for match in matches if match.is_dir() or match.suffix.lower() in READERS]
        if not usable:
            raise PaperbuildError(f"nothing matches {name}", hint="check the pattern, and quote it")
        for match in usable:
            yield from _in_folder(match) if match.is_dir() else [match]
    else:
        near = sorted(p.name for p in path.parent.glob("*") if p.suffix.lower() in READERS)[:5]
        raise PaperbuildError(
            f"there is no file or folder {name}",
            hint=f"beside it: {', '.join(near)}" if near else "check the path",
        )


def _in_folder(folder: Path) -> Iterator[Path]:
    if (folder / SETTINGS).exists() or candidates(folder):
        yield folder
        return
    inner = [p for p in sorted(folder.iterdir()) if p.is_dir() and ((p / SETTINGS).exists() or candidates(p))]
    if not inner:
        raise PaperbuildError(
            f"there is no manuscript in {folder.name}/",
            hint=f"a manuscript is a file ending in {', '.join(READERS)}",
        )
    yield from inner


def candidates(folder: Path) -> list[Path]:
    """The files of a folder that can be its manuscript, the likeliest first; one where it is certain."""
    files = [
        p
        for p in sorted(folder.iterdir())
        if p.is_file() and p.suffix.lower() in READERS and p.stem.lower() not in _NOT_MANUSCRIPTS
    ]
    for name in (folder.resolve().name, *_USUAL_NAMES):
        named = [p for suffix in READERS for p in files if p.stem == name and p.suffix.lower() == suffix]
        if named:
            return named[:1]
    return files


def slug(path: Path) -> str:
    """What the files of the manuscript at a path are named after. Raises PaperbuildError for bad settings."""
    folder = path if path.is_dir() else path.parent
    named = _settings(folder).get("slug") if path.is_dir() else None
    found = str(named or (folder.resolve().name if path.is_dir() else path.stem))
    return re.sub(r"[^\w.-]+", "-", found).strip("-.") or "manuscript"


def read(path: Path) -> Manuscript:
    """The manuscript at a file or in a folder. Raises PaperbuildError where it is not readable text."""
    folder = path if path.is_dir() else path.parent
    settings = _settings(folder)
    files = _files(path, folder, settings)
    reader = READERS.get(files[0].suffix.lower())
    if reader is None:
        raise PaperbuildError(
            f"{files[0].name} is not a kind of file that paperbuild reads",
            hint=f"it reads {', '.join(READERS)}",
        )
    name = slug(path)
    if reader in BINARY:
        return Manuscript(name, folder, reader, (), files[0].read_bytes(), settings)
    findings: list[Finding] = []
    parts = tuple(_source(file, folder, findings, markdown=reader == "markdown") for file in files)
    if not any(part.text.strip() for part in parts):
        raise PaperbuildError(f"{parts[0].name} is empty", hint="write something into it first")
    metadata = tuple(
        Source(p, _shown(p, folder), decode(p.read_bytes(), _shown(p, folder)))
        for p in _metadata_files(folder, settings)
    )
    return Manuscript(name, folder, reader, parts, b"", settings, metadata, tuple(findings))


def _settings(folder: Path) -> Mapping[str, Any]:
    file = folder / SETTINGS
    if not file.exists():
        return {}
    try:
        return tomllib.loads(decode(file.read_bytes(), SETTINGS))
    except tomllib.TOMLDecodeError as error:
        raise PaperbuildError(f"{SETTINGS} is not valid TOML: {error}", where=str(file)) from error


def _names(settings: Mapping[str, Any], key: str) -> list[str]:
    """The file names under a key of the settings: one text, or a list of them."""
    given = settings.get(key, [])
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise PaperbuildError(
            f"{key} in {SETTINGS} must be a file's name, or a list of names",
            hint=f'write for example: {key} = "paper.md"',
        )
    return names


def _files(path: Path, folder: Path, settings: Mapping[str, Any]) -> list[Path]:
    if not path.is_dir():
        return [path]
    names = _names(settings, "parts") or _names(settings, "manuscript")
    if names:
        files = [inside(folder, name) for name in names]
        for file in files:
            if not file.is_file():
                raise PaperbuildError(f"{SETTINGS} names {file.name}, which is not there", where=str(folder))
        return files
    found = candidates(folder)
    if len(found) != 1:
        several = ", ".join(p.name for p in found[:6])
        raise PaperbuildError(
            f"{folder.name}/ holds several files that could be the manuscript: {several}"
            if found
            else f"there is no manuscript in {folder.name}/",
            hint=f'name the file, or write manuscript = "NAME" into {folder.name}/{SETTINGS}',
        )
    return found


def _metadata_files(folder: Path, settings: Mapping[str, Any]) -> list[Path]:
    files = [inside(folder, name) for name in _names(settings, "metadata-files")]
    for file in files:
        if not file.is_file():
            raise PaperbuildError(
                f"the metadata file {file.name} is not there", hint=f"look at metadata-files in {SETTINGS}"
            )
    quarto = folder / "_quarto.yml"
    return ([quarto] if quarto.is_file() else []) + files


def _source(file: Path, folder: Path, findings: list[Finding], *, markdown: bool) -> Source:
    name = _shown(file, folder)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PaperbuildError(f"{name} can't be read: {error.strerror}") from error
    text = decode(data, name)
    if markdown:
        text = _with_includes(text, file, folder, findings)
    return Source(file, name, text)


def _shown(file: Path, folder: Path) -> str:
    return str(file.relative_to(folder)) if file.is_relative_to(folder) else file.name


def _with_includes(text: str, file: Path, folder: Path, findings: list[Finding], depth: int = 0) -> str:
    """The text with Quarto's ``{{< include FILE >}}`` lines replaced by the files they name."""

    def put(match: re.Match[str]) -> str:
        name = match.group(1)
        where = f"{_shown(file, folder)}:{text[: match.start()].count(chr(10)) + 1}"
        target = (file.parent / name).resolve()
        if depth > 8 or not target.is_relative_to(folder.resolve()) or not target.is_file():
            findings.append(
                Finding("error", "read", f"the included file {name} is not there", where, "check the path")
            )
            return match.group(0)
        inner = decode(target.read_bytes(), name)
        return _with_includes(inner, target, folder, findings, depth + 1)

    return _INCLUDE.sub(put, text)
