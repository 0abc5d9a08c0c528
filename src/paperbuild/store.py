"""Finished files: written beside their place and renamed, so that a reader never meets half a file."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

from paperbuild.model import Artefact, PaperbuildError

REPORT = "report.json"


def put(format_name: str, path: Path, data: bytes) -> Artefact:
    """The artefact at ``path`` holding ``data``; whatever stood there before is replaced at once.

    Raises PaperbuildError where the folder can't be written; then nothing has changed.
    """
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
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise PaperbuildError(
            f"{path} can't be written: {error.strerror}", hint="choose another folder with --out"
        ) from error
    return Artefact(format_name, path, len(data), digest(data))


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
    """True where a file is no longer what the last report beside it says that paperbuild wrote."""
    try:
        report = json.loads((path.parent / REPORT).read_text(encoding="utf-8"))
        known = {artefact["path"].rsplit("/", 1)[-1]: artefact["sha256"] for artefact in report["artefacts"]}
        return path.name in known and digest(path.read_bytes()) != known[path.name]
    except (OSError, ValueError, KeyError, TypeError):
        return False
