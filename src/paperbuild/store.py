"""Finished files: written beside their place and renamed, so that a reader never meets half a file.

What was written is noted by its digest, so that a file that somebody edited is not replaced unasked.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from paperbuild.model import Artefact, PaperbuildError

REPORT = "report.json"
PAGE = "report.html"
JUNIT = "report.junit.xml"
REPORTS = (REPORT, PAGE, JUNIT)
"""The reports that lie beside the files they are about."""
NOTES = ".written"
"""The folder, beside those of the files, that says of each its digest, and the one before."""


def put(format_name: str, path: Path, data: bytes) -> Artefact:
    """The artefact at ``path`` holding ``data``; whatever stood there before is replaced at once.

    Raises PaperbuildError where the folder can't be written; then nothing has changed.
    """
    made = Artefact(format_name, path, len(data), digest(data))
    # Noted first, together with what is there still: whatever interrupts us, the file is a known one.
    present = [] if edited(path) else [_digest_of(path)]
    _replace(path, data, note="\n".join([made.sha256, *present]))
    return made


def write(path: Path, data: bytes) -> None:
    """Put a file that is noted elsewhere, or nowhere. Raises PaperbuildError as ``put`` does."""
    _replace(path, data)


def put_reports(folder: Path, reports: Mapping[str, bytes]) -> None:
    """Put reports beside the files they are about, by their names, as ``put`` does."""
    for name, data in reports.items():
        _replace(folder / name, data)


def _replace(path: Path, data: bytes, note: str = "") -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(0o644)
            if note:
                _replace(_note(path), note.encode())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise PaperbuildError(
            f"{path} can't be written: {error.strerror}", hint="choose another folder with --out"
        ) from error


def get(format_name: str, path: Path) -> tuple[Artefact, bytes]:
    """An artefact that is there already, with its bytes. Raises PaperbuildError where there is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PaperbuildError(
            f"{path} is not there",
            hint="type: paperbuild export   (verify looks at files that exist already)",
        ) from error
    return Artefact(format_name, path, len(data), digest(data)), data


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def edited(path: Path) -> bool:
    """True where a file is no longer what paperbuild wrote; False where that isn't known."""
    known, present = _known(path), _digest_of(path)
    return bool(known and present) and present not in known


def known(path: Path) -> bool:
    """True where a file stands where paperbuild wrote one."""
    return bool(_known(path))


def require_writable(folder: Path) -> None:
    """Raise PaperbuildError where no file can be put into a folder, there already or still to be made."""
    nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        reason = "write-protected" if nearest.is_dir() else "not a folder"
        raise PaperbuildError(
            f"nothing can be written to {folder}: {nearest} is {reason}",
            hint="choose another folder with --out",
        )


def _digest_of(path: Path) -> str:
    """The digest of a file; empty where there is none."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def _note(path: Path) -> Path:
    return path.parent.parent / NOTES / path.parent.name / path.name


def _known(path: Path) -> list[str]:
    """The digests noted for a file: of what was written last, and of what it replaced."""
    try:
        return _note(path).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return []
