"""What holds for every file of a manuscript: it lies in the manuscript's folder, and its text is UTF-8."""

from __future__ import annotations

from pathlib import Path

from paperbuild.model import PaperbuildError

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def inside(folder: Path, name: str) -> Path:
    """The path of a file that a manuscript names; it must lie in the manuscript's folder.

    Raises PaperbuildError for one that leads out of it: a manuscript from somebody else must not
    be able to put other files of this machine into its output.
    """
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise PaperbuildError(
            f"{name} lies outside the manuscript's folder", hint="copy the file beside the manuscript"
        )
    return path


def decode(data: bytes, name: str) -> str:
    """The text of a UTF-8 file, without BOM, lines ending in ``\\n``.

    Raises PaperbuildError for anything else, with the line and what to type.
    """
    convert = f"save it as UTF-8, or type: iconv -f ENCODING -t UTF-8 {name} > new-{Path(name).name}"
    if data.startswith(_UTF16_MARKS):
        raise PaperbuildError(f"{name} is UTF-16, not UTF-8", hint=convert.replace("ENCODING", "UTF-16"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PaperbuildError(
            f"{name} is not UTF-8: byte 0x{data[error.start]:02x} in line {line} (offset {error.start}); "
            "it is probably Latin-1 or Windows-1252",
            where=f"{name}:{line}",
            hint=convert.replace("ENCODING", "WINDOWS-1252"),
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise PaperbuildError(
            f"{name} holds a NUL character: it is not text, or it is UTF-16 without a mark",
            where=f"{name}:{line}",
            hint=convert.replace("ENCODING", "UTF-16LE"),
        )
    if "\r" in text and "\n" not in text:
        raise PaperbuildError(
            f"{name} ends its lines with CR alone (as Mac OS 9 did), so that it is one line to every reader",
            hint=f"type: tr '\\r' '\\n' < {name} > new-{Path(name).name}",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")
