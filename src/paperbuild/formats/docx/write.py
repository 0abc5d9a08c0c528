"""The Word document: pandoc's DOCX writer between a prepared tree and the finishing touches."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from paperbuild.formats.docx import citations, finish, package, pictures, reference, tree
from paperbuild.layouts.model import Layout
from paperbuild.model import Finding, ResolvedDocument
from paperbuild.pandoc import run as pandoc


def write(
    document: ResolvedDocument,
    layout: Layout,
    known: Mapping[str, str] = MappingProxyType({}),
    *,
    live: bool = False,
) -> tuple[bytes, tuple[Finding, ...]]:
    """The document's bytes as .docx, and what could not be shown as it was meant.

    ``known`` are the words of running lines (``layouts.running.words``). With ``live``, citations and
    reference list are fields that Zotero sets anew. The same arguments give the same bytes.
    """
    live = live and bool(document.works)
    with tempfile.TemporaryDirectory(prefix="paperbuild-") as name:
        folder = Path(name)
        stored = pictures.store(document.images, folder)
        prepared, dead = tree.without_dead_links(tree.prepared(document, layout))
        prepared = citations.with_fields(prepared, document) if live else prepared
        prepared["blocks"] = pictures.placed(prepared["blocks"], document.images, stored.names, layout.page)
        (folder / "reference.docx").write_bytes(reference.docx(document, layout))
        arguments = ["-f", "json", "-t", "docx", "--reference-doc=reference.docx", "-o", "-"]
        arguments += [f"--epub-embed-font={path}" for path in stored.names.values()]
        result = pandoc.run(arguments, json.dumps(prepared), cwd=folder)
    written = package.unpacked(result.output) | reference.unchanged(document, layout)
    written = citations.with_settings(written, document) if live else written
    data = finish.finished(package.packed(written), document, layout, known)
    return package.packed(package.unpacked(data)), (
        *stored.findings,
        *(citations.remarks(document) if live else ()),
        *_dead(dead),
        *_findings(result.messages),
    )


def _dead(targets: tuple[str, ...]) -> tuple[Finding, ...]:
    said = "a link leads to {}, which is not in the document, and stands as plain text"
    return tuple(Finding("warning", "docx", said.format(target), format="docx") for target in targets)


def _findings(messages: tuple[pandoc.Message, ...]) -> tuple[Finding, ...]:
    return tuple(
        Finding("warning", "docx", message.text, format="docx", hint=_HINTS.get(message.kind, ""))
        for message in messages
        if message.severity == "WARNING"
    )


_HINTS = {
    "CouldNotConvertTeXMath": "Word shows the formula's TeX; write it with commands that pandoc knows.",
    "CouldNotFetchResource": "The picture is missing in the Word document; look for its file.",
}
