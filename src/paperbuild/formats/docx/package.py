"""The DOCX file as an Open Packaging Conventions archive, the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP file can say; every part has it."""
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive with [Content_Types].xml first, as streaming readers want it, and the rest sorted."""
    output = io.BytesIO()
    order = [name for name in _FIRST if name in parts] + sorted(set(parts) - set(_FIRST))
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in order:
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, parts[name])
    return output.getvalue()
