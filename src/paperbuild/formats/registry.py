"""All formats by name. A new format is a new folder and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from paperbuild.formats.base import Format

_MODULES: Mapping[str, str] = {
    "pdf": "paperbuild.formats.pdf.format",
    "docx": "paperbuild.formats.docx.format",
    "preview": "paperbuild.formats.preview.format",
    "page": "paperbuild.formats.preview.members",
}
SUFFIXES: Mapping[str, str] = {
    "pdf": ".pdf",
    "docx": ".docx",
    "preview": ".preview.html",
    "page": ".page.html",
}
"""What follows the slug in the name of each format's file."""
BESIDES: Mapping[str, tuple[str, ...]] = {
    "preview": (".preview.json",),
    "pdf": (".2-up.pdf", ".booklet.pdf"),
}
"""The same for files that may lie beside it."""


def besides(name: str, imposition: str, *, site: bool) -> tuple[str, ...]:
    """Those of the files beside a format's own that are made: the record of a preview that is for a ``site``,
    and the PDF's pages on sheets where the layout names an ``imposition``."""
    wanted = {".preview.json": site, f".{imposition}.pdf": bool(imposition)}
    return tuple(suffix for suffix in BESIDES.get(name, ()) if wanted.get(suffix))


def get(name: str) -> Format:
    """The format of this name. It is imported only now: a worker needs one of them, and each is heavy."""
    found: Format = import_module(_MODULES[name]).FORMAT
    return found
