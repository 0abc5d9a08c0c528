"""The site's folder: files are written whole, and nothing is replaced or removed that is not the site's.

Beside the folder, in ``.written/``, a list says of each file of the site the digests it had: that of what was
written last, and until all is written that of what it replaces.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from paperbuild import store
from paperbuild.formats import registry
from paperbuild.model import Finding, PaperbuildError

Known = dict[str, list[str]]
"""The digests of the site's files by their paths."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was done to the folder."""

    files: tuple[str, ...]
    """The paths of the site's files that are there now."""
    removed: tuple[str, ...]
    findings: tuple[Finding, ...]


def put(out: Path, files: Mapping[str, bytes], *, kept: frozenset[str], force: bool) -> Written:
    """Write the site's files, and remove those that it no longer has, but none of the ``kept`` ones.

    A file that the site did not write, or that was changed since, is left as it is unless ``force`` is given.
    Raises PaperbuildError where the folder can't be written.
    """
    known = _read(_list_of(out))
    findings = []
    chosen = dict(files)
    for path, data in files.items():
        if not force and not _is_ours(out, path, known, data):
            del chosen[path]
            findings.append(_foreign(out / path))
    stale = [path for path in known if path not in files and path not in kept]
    removed, left = _remove(out, stale, known)
    new = {path: [store.digest(data)] for path, data in chosen.items()}
    rest = {path: digests for path, digests in known.items() if path not in chosen and path not in removed}
    # Noted before it is done: whatever interrupts us, the next run knows what is the site's.
    store.write(_list_of(out), _as_bytes(rest | {p: [*new[p], *known.get(p, [])[:1]] for p in new}))
    for path, data in chosen.items():
        if _digest(out / path) != new[path][0]:
            store.write(out / path, data)
    store.write(_list_of(out), _as_bytes({p: d for p, d in rest.items() if p not in left} | new))
    findings += [_left(out / path) for path in left]
    return Written(tuple(sorted(chosen)), tuple(removed), tuple(findings))


def _list_of(out: Path) -> Path:
    return out.absolute().parent / store.NOTES / f"{out.absolute().name}.site.json"


def _read(path: Path) -> Known:
    """The list of the site's files; empty where there is none, or none that can be understood."""
    try:
        values: Any = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {
        name: [each for each in digests if isinstance(each, str)]
        for name, digests in values.items()
        if isinstance(digests, list) and _stays_inside(name)
    }


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _as_bytes(known: Known) -> bytes:
    return json.dumps(dict(sorted(known.items())), ensure_ascii=False, indent=0).encode()


def _digest(path: Path) -> str:
    """The digest of a file; empty where there is none."""
    try:
        return store.digest(path.read_bytes())
    except OSError:
        return ""


def _is_ours(out: Path, path: str, known: Known, data: bytes) -> bool:
    """True where nothing stands, or what the site wrote, or what it would write now."""
    present = _digest(out / path)
    there = (out / path).exists()
    return not there or present in known.get(path, []) or present == store.digest(data)


def _remove(out: Path, stale: list[str], known: Known) -> tuple[list[str], list[str]]:
    """Remove the stale files, and folders that become empty: those removed, and those left as they are."""
    removed, left = [], []
    for path in stale:
        place = out / path
        inside = place.resolve().is_relative_to(out.resolve())
        if inside and place.is_file() and _digest(place) in known[path]:
            try:
                place.unlink()
            except OSError as error:
                raise PaperbuildError(f"{place} can't be removed: {error.strerror}") from error
            removed.append(path)
            _remove_empty(place.parent, out)
        elif place.exists():
            left.append(path)
        # What somebody else removed is no longer the site's either.
    return removed, left


def _remove_empty(folder: Path, out: Path) -> None:
    while folder != out:
        try:
            folder.rmdir()
        except OSError:  # something is in it
            return
        folder = folder.parent


def _foreign(path: Path) -> Finding:
    return Finding(
        "error",
        "store",
        f"{path} was not written by paperbuild site, or was changed since, and is left as it is",
        str(path),
        "move it away, or use --force to replace it",
    )


def _left(path: Path) -> Finding:
    said = f"{path} is no longer part of the site, but was changed since it was made, and is left as it is"
    return Finding("warning", "store", said, str(path), "remove it if it is not to be online")


def whole_papers(out: Path, slugs: Iterable[str]) -> list[Finding]:
    """An error for each file in the folder that would put a whole paper online together with the site.

    They are where an export with the same ``--out`` puts them, or lie in the folder itself.
    """
    suffixes = [suffix for name, suffix in registry.SUFFIXES.items() if name != "preview"]
    names = {f"{slug}{suffix}" for slug in slugs for suffix in suffixes} | set(store.REPORTS)
    found = sorted(path for pattern in ("*", "*/*") for path in out.glob(pattern) if path.name in names)
    said = "lies in the site's folder, and shows what the preview withholds: it would go online with the site"
    hint = "move it away, or give the site a folder of its own with --out"
    return [Finding("error", "paywall", f"{path} {said}", str(path), hint) for path in found]
