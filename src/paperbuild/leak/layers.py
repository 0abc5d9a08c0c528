"""Layers: the texts and pictures that a file's bytes hold once encodings are undone, one within another."""

from __future__ import annotations

import base64
import binascii
import contextlib
import html
import io
import json
import lzma
import quopri
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from paperbuild.leak import pictures
from paperbuild.leak.marks import END

try:
    import brotli  # type: ignore[import-untyped, import-not-found, unused-ignore]
except ImportError:  # it comes with WeasyPrint's fonts, and is not everywhere
    brotli = None

_DEPTH = 6
_MOST = 20_000
"""Layers of one file that are looked at."""
_LARGEST = 1 << 25
"""Bytes to which anything compressed is opened."""

_BLOB = re.compile(
    r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}+(?:[ \t]*\r?\n[ \t]*[A-Za-z0-9+/_-]{2,}+)*+={0,2}"
)
_LONG_BLOB = 400
"""A run that cannot be words: it is taken out of its text."""
_HEX = re.compile(r"(?<![0-9a-zA-Z])(?:0x)?[0-9a-fA-F]{2}(?:[\s,:]{0,2}(?:0x)?[0-9a-fA-F]{2}){7,}")
_CODES = re.compile(r"\b\d{2,6}(?:\s*,\s*\d{2,6}){5,}")
_PERCENT = re.compile(r"%(?:u[0-9a-fA-F]{4}|[0-9a-fA-F]{2})")
_UNITS = re.compile(r"(?:%u[0-9a-fA-F]{4})+")
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-9a-fA-F]{1,6})[ \n]?)"
)
_SOFT_ESCAPE = re.compile(r"\\([nrtbf\"'/])")
_QUOTED_PRINTABLE = re.compile(r"=(?:[0-9A-F]{2}|\r?\n)")
_OCTETS = re.compile(rb"[\x20-\x7e\t\n\r\x80-\xff]{8,}")
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HEAD = 1024
"""Bytes in which a page says what charset it is in (HTML, section 4.2.5.4)."""
_MARKUP_PIECE = re.compile("[<>]")
_PIECE = re.compile("[<>\"'`\x00]")
_PRINTABLE = 0.9


@dataclass(frozen=True, slots=True)
class Layer:
    """One text or one picture."""

    text: str = ""
    picture: bytes = b""
    how: tuple[str, ...] = ()
    """The encodings in which it stands, the outermost first."""
    faint: bool = False
    """True for what may be a text by chance alone: a word or two of it tell nothing."""


_Found = Iterator[tuple[str, bytes | str, bool]]
"""Name of an encoding, what it holds, whether it is faint."""


def layers(data: bytes, public: frozenset[str]) -> Iterator[Layer]:
    """Every text and picture in the bytes, to a bounded depth.

    ``public`` are the SHA-256 of what is left out together with all that is in it: shown pictures.
    """
    waiting: deque[tuple[tuple[str, ...], bytes | str, bool]] = deque([((), data, False)])
    seen: set[bytes | str] = set()
    for _ in range(_MOST):
        if not waiting:
            return
        how, item, faint = waiting.popleft()
        if item in seen:
            continue
        seen.add(item)
        if isinstance(item, bytes):
            if public and pictures.digest(item) in public:
                continue
            if pictures.is_picture(item):
                yield Layer(picture=item, how=how)
            found = _opened(item)
        else:
            rest, blobs = _blobs(item)
            yield Layer(rest, how=how, faint=faint)
            found = (each for part in (iter(blobs), _undone(rest)) for each in part)
        if len(how) < _DEPTH:
            waiting += (((*how, name) if name else how, inner, faint or weak) for name, inner, weak in found)


def _opened(data: bytes) -> _Found:
    """What bytes hold: a picture's texts, what was compressed, or a text in each charset it may be in."""
    if pictures.is_picture(data):
        for name, content in pictures.texts(data):
            yield name, content, False
        yield "a picture's bytes", _octets(data), True
        return
    if data.startswith(b"PK\x03\x04"):
        for member in _unzipped(data):
            yield "zip", member, False
        return
    name, inflated = _inflated(data)
    if inflated:
        yield name, inflated, False
        return
    for name, text in _decoded(data):
        yield name, text, False
    if not is_text(data):
        yield "binary data", _octets(data), True


def _unzipped(data: bytes) -> Iterator[bytes]:
    """The files in a ZIP archive, as Word's are, until one that is broken or encrypted."""
    broken = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, ValueError, EOFError)
    left = _LARGEST
    with contextlib.suppress(*broken), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            with archive.open(member) as file:
                content = file.read(left)
            left -= len(content)
            yield content


def _octets(data: bytes) -> str:
    return END.join(run.decode("latin-1") for run in _OCTETS.findall(data[:_LARGEST]) if _wordy(run))


def _wordy(run: bytes) -> bool:
    return sum(97 <= sign <= 122 or sign == 32 for sign in run[:200]) > 0.6 * min(len(run), 200)


def _decoded(data: bytes) -> Iterator[tuple[str, str]]:
    if b"\0" in data:
        yield from _wide(data)
        if not is_text(data):
            return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if is_text(data):
            yield "", data.decode("utf-8", errors="replace")
            yield "Latin-1", data.decode("latin-1")
        if said := _CHARSET.search(data, 0, _HEAD):
            with contextlib.suppress(LookupError, UnicodeError):
                yield said[1].decode(), data.decode(said[1].decode(), errors="replace")
        return
    yield "", _json(text) or text


def _json(text: str) -> str:
    """The texts of JSON, first the values and then the keys; nothing where it is not JSON."""
    if text.lstrip()[:1] not in ("{", "["):
        return ""
    try:
        keys, values = _strings(json.loads(text))
    except (ValueError, RecursionError):
        return ""
    return END.join([*values, *keys])


def _strings(tree: Any) -> tuple[list[str], list[str]]:
    keys: list[str] = []
    values: list[str] = []
    waiting = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            keys += (f'"{key}": "{value}"' if isinstance(value, str | int) and len(str(value)) < 80 else key
                     for key, value in item.items())  # fmt: skip
            waiting += reversed(item.values())
        elif isinstance(item, list):
            waiting += reversed(item)
        elif isinstance(item, str):
            values.append(item)
    return keys, values


def _wide(data: bytes) -> Iterator[tuple[str, str]]:
    """UTF-16 and UTF-32, with and without a byte order mark, and the same as part of other bytes."""
    if len(data) > _LARGEST:
        return
    for name, width in (("utf-16-le", 2), ("utf-16-be", 2), ("utf-32-le", 4), ("utf-32-be", 4)):
        with contextlib.suppress(UnicodeDecodeError):
            text = data[: len(data) // width * width].decode(name)
            if _printable(text):
                yield name.upper(), text
    narrow = data.replace(b"\0", b"")
    if len(narrow) >= 8 and is_text(narrow):
        yield "UTF-16 or UTF-32", narrow.decode("utf-8", errors="replace")


def is_text(data: bytes) -> bool:
    """True where nearly all of the bytes can be those of a text in UTF-8 or Latin-1."""
    sample = data if len(data) < 4000 else data[:2000] + data[-2000:]
    controls = sum((sign < 32 and sign not in (9, 10, 13)) or sign == 127 for sign in sample)
    if controls > len(sample) * (1 - _PRINTABLE) / 4:
        return False
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(sample) - 4 or len(data) >= 4000:
            return controls == 0
        high = sum(sign >= 128 for sign in sample)
        return high < len(sample) * 0.3
    return True


def _printable(text: str) -> bool:
    sample = text[:2000]
    good = sum(sign.isprintable() or sign in "\n\r\t" for sign in sample)
    common = sum("\x20" <= sign <= "\u06ff" or "\u0e00" <= sign <= "\u9fff" for sign in sample)
    return good >= _PRINTABLE * len(sample) and common >= _PRINTABLE * len(sample)


def _inflated(data: bytes) -> tuple[str, bytes]:
    """What was compressed, and how (RFC 1950 to 1952, Brotli: RFC 7932)."""
    tried: list[tuple[str, int]] = []
    if data[:2] == b"\x1f\x8b":
        tried = [("gzip", 31)]
    elif len(data) > 2 and data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0:
        tried = [("zlib", 15)]
    elif is_text(data) or len(data) < 12:
        return "", b""
    for name, window in [*tried, ("deflate", -15)]:
        with contextlib.suppress(zlib.error):
            opener = zlib.decompressobj(window)
            out = opener.decompress(data, _LARGEST)
            if out and (window > 0 or opener.eof):
                return name, out
    return ("Brotli", out) if (out := _unbrotlied(data)) else ("", b"")


def _unbrotlied(data: bytes) -> bytes:
    """The bytes opened as Brotli, which has no sign at its beginning; large ones are not tried."""
    if brotli is None or len(data) > 1 << 20:
        return b""
    try:
        out = brotli.Decompressor().process(data, output_buffer_limit=_LARGEST)
        return bytes(out)
    except brotli.error:
        return b""


def _blobs(text: str) -> tuple[str, list[tuple[str, bytes | str, bool]]]:
    """The text without long runs of base64, and what all such runs hold."""
    found: list[tuple[str, bytes | str, bool]] = []

    def opened(match: re.Match[str]) -> str:
        run = match[0]
        if run.isupper() or run.islower() or run.isdigit():
            return run
        found.extend(("base64", inner, False) for inner in _debase(run))
        return END if len(run) >= _LONG_BLOB else run

    return _BLOB.sub(opened, text), found


def _debase(run: str) -> Iterator[bytes]:
    """The bytes of a run that may be base64 (RFC 4648, both alphabets), if they look like anything."""
    signs = "".join(run.split()).rstrip("=").translate(_URL_SAFE)
    starts = (0, 1, 2, 3) if len(signs) < _LONG_BLOB else (0,)
    for start in starts:
        part = signs[start:]
        part = part[: len(part) - (len(part) % 4 == 1)]
        try:
            data = base64.b64decode(part + "=" * (-len(part) % 4))
        except (binascii.Error, ValueError):
            continue
        if start and not is_text(data):
            continue
        if len(signs) < _LONG_BLOB and not _looks_meant(data):
            continue
        yield data
        return


_URL_SAFE = str.maketrans("-_", "+/")


def _looks_meant(data: bytes) -> bool:
    """True for bytes that are text or begin as something that holds text; chance seldom makes either."""
    if len(data) < 10:
        return False
    return is_text(data) or b"\0" in data or bool(_inflated(data)[1]) or pictures.is_picture(data)


def _undone(text: str) -> _Found:
    """What the text says once each kind of escape is undone, for those pieces that hold one."""
    for name, sign, piece, has, undo in _UNDO:
        if sign in text:
            parts = [part for part in piece.split(text) if sign in part and has.search(part)]
            changed = [new for part in parts if (new := undo(part)) != part]
            if changed:
                yield name, END.join(changed), False
    yield from _numbers(text)
    if "{" in text or "[" in text:
        yield from _inner_json(text)


_JSON_PIECE = re.compile(r"<script\b[^<>]*json[^<>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)


def _inner_json(text: str) -> _Found:
    """JSON in a page, and JSON that was a text of JSON."""
    for part in _JSON_PIECE.findall(text):
        if inner := _json(part):
            yield "JSON", inner, False
    for part in text.split(END):
        if part[:1] in ("{", "[") and (inner := _json(part)):
            yield "JSON", inner, False


def _numbers(text: str) -> _Found:
    """Texts written as numbers: hexadecimal octets, and character codes as scripts join them."""
    for match in _HEX.finditer(text):
        octets = re.sub(r"0x|[\s,:]", "", match[0])
        with contextlib.suppress(ValueError):
            data = bytes.fromhex(octets[: len(octets) // 2 * 2])
            if _looks_meant(data) or (len(data) >= 8 and is_text(data)):
                yield "hexadecimal", data, False
    for match in _CODES.finditer(text):
        codes = [int(code) for code in match[0].split(",")]
        if all(code < 0x110000 for code in codes):
            yield "character codes", _joined(map(chr, codes)), False


def _entities(part: str) -> str:
    return html.unescape(part)


def _percent(part: str) -> str:
    if "%u" in part:  # as JavaScript's escape() writes what is not Latin-1 (ECMA-262, B.2.1.1)
        part = _UNITS.sub(
            lambda run: bytes.fromhex(run[0].replace("%u", "")).decode("utf-16-be", "replace"), part
        )
    data = unquote_to_bytes(part.replace("+", " "))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _escapes(part: str) -> str:
    def sign(match: re.Match[str]) -> str:
        code = int(next(group for group in match.groups() if group), 16)
        return chr(code) if 0 < code < 0x110000 else END

    return _joined(_SOFT_ESCAPE.sub(_soft, _ESCAPE.sub(sign, part)))


def _soft(match: re.Match[str]) -> str:
    return match[1] if match[1] in "\"'/" else "\n"


def _joined(signs: Any) -> str:
    """The signs as one text, pairs of surrogates put together."""
    return "".join(signs).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _quoted_printable(part: str) -> str:
    data = quopri.decodestring(part.encode())
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


_ENTITY = re.compile(r"&(?:#\d|#[xX][0-9a-fA-F]|[a-zA-Z][a-zA-Z0-9]*;)")
_UNDO: tuple[tuple[str, str, re.Pattern[str], re.Pattern[str], Callable[[str], str]], ...] = (
    ("entities", "&", _MARKUP_PIECE, _ENTITY, _entities),
    ("percent-encoding", "%", _PIECE, _PERCENT, _percent),
    ("escapes", "\\", _MARKUP_PIECE, _ESCAPE, _escapes),
    ("quoted-printable", "=", _MARKUP_PIECE, _QUOTED_PRINTABLE, _quoted_printable),
)
"""Name, a sign without which there is none, what ends a piece, what tells one, and how it is undone."""
