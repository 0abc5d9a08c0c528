"""The parse stage: source text through pandoc's reader, raw content absorbed, bibliographies loaded."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from paperbuild.model import Document, Finding, Manuscript, PaperbuildError, Source
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.pandoc.run import Message, PandocError, Result, run
from paperbuild.parse import bibliography, metadata, raw_html, raw_tex
from paperbuild.parse.locate import Locator
from paperbuild.read import inside

_MEDIA = "media"
_READERS = {"markdown": "markdown+east_asian_line_breaks"}
"""Extensions beyond pandoc's own choice: a line end between two Chinese characters is no space."""
_YAML_ERROR = re.compile(r"line (\d+)")
_HINTS = {
    "NoteDefinedButNotUsed": "refer to it with [^KEY] where it belongs, or remove it",
    "DuplicateNoteReference": "give each note a key of its own: the later one has replaced the earlier",
    "DuplicateIdentifier": "give one of them another id: links reach only the first",
    "DuplicateLinkReference": "remove one of the two definitions",
    "UnclosedDiv": "close it with ::: on a line of its own",
    "CouldNotLoadIncludeFile": "join the files, or list them as parts in paperbuild.toml",
    "SkippedContent": "say it in another way, or check that nothing is missing in the output",
}
_LOSSES = frozenset({"NoteDefinedButNotUsed", "DuplicateNoteReference", "CouldNotLoadIncludeFile"})
"""Messages of pandoc's that mean that words of the manuscript are not in the document."""
_SUSPECT_NOTE = re.compile(r"\[\^([^\]\s]+)\](?!:)")


def parse(manuscript: Manuscript) -> Document:
    """The document as pandoc's AST, with its metadata, its bibliography and what was met on the way.

    Raises PaperbuildError where pandoc can't read the manuscript or a bibliography.
    """
    text, starts = _joined(manuscript.parts)
    locator = Locator(manuscript.parts)
    result, media = _read(manuscript, text, starts)
    document: dict[str, Any] = json.loads(result.output)
    layers = [
        metadata.fold_case(layer)
        for layer in (
            metadata.from_settings(_document_settings(manuscript.settings)),
            *(metadata.from_yaml(source) for source in manuscript.metadata_files),
            document["meta"],
        )
    ]
    meta = metadata.merge(*layers)
    blocks, from_html = raw_html.absorb(document["blocks"], locator.literal)
    blocks, from_tex = raw_tex.absorb(blocks, locator.literal)
    references, from_bibliography = _references(manuscript, layers)
    findings = (
        *manuscript.findings,
        *(_finding(message, manuscript.parts, starts) for message in result.messages if _matters(message)),
        *_visible_note_marks(blocks, locator),
        *from_html,
        *from_tex,
        *from_bibliography,
    )
    return Document(
        manuscript.slug,
        manuscript.folder,
        meta,
        tuple(blocks),
        references,
        media,
        manuscript.parts,
        findings,
    )


def _document_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    own = {"manuscript", "parts", "slug", "metadata-files"}
    return {key: value for key, value in settings.items() if key not in own}


def _joined(parts: tuple[Source, ...]) -> tuple[str, list[int]]:
    """All parts as one text, a blank line between them, and the line on which each begins (from 0)."""
    starts, pieces, line = [], [], 0
    for part in parts:
        starts.append(line)
        piece = part.text if part.text.endswith("\n") else part.text + "\n"
        pieces.append(piece + "\n")
        line += piece.count("\n") + 1
    return "".join(pieces), starts


def _where(line: int, parts: tuple[Source, ...], starts: list[int]) -> str:
    if not line or not parts:
        return parts[0].name if len(parts) == 1 else ""
    index = max(i for i, start in enumerate(starts) if start < line)
    return f"{parts[index].name}:{line - starts[index]}"


def _read(manuscript: Manuscript, text: str, starts: list[int]) -> tuple[Result, Mapping[str, bytes]]:
    with tempfile.TemporaryDirectory(prefix="paperbuild-") as name:
        folder = Path(name)
        args = ["-f", _READERS.get(manuscript.reader, manuscript.reader), "-t", "json"]
        if manuscript.reader in {"docx", "odt", "ipynb"}:
            args += [f"--extract-media={_MEDIA}"]
        try:
            result = run(args, manuscript.data or text, cwd=folder)
        except PandocError as error:
            line = _YAML_ERROR.search(error.message)
            where = _where(int(line.group(1)), manuscript.parts, starts) if line else manuscript.slug
            hint = error.hint or "mend this place; pandoc says what it expected"
            raise PaperbuildError(
                f"pandoc can't read the manuscript: {' '.join(error.message.split())[:400]}",
                where=where,
                hint=hint,
            ) from error
        media = {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted((folder / _MEDIA).rglob("*"))
            if path.is_file()
        }
    return result, media


def _matters(message: Message) -> bool:
    return message.severity == "WARNING" or message.kind == "SkippedContent"


def _finding(message: Message, parts: tuple[Source, ...], starts: list[int]) -> Finding:
    severity = "error" if message.kind in _LOSSES else "info" if message.severity == "INFO" else "warning"
    return Finding(
        severity,  # type: ignore[arg-type]
        "parse",
        f"pandoc: {message.text}",
        _where(message.line, parts, starts),
        _HINTS.get(message.kind, ""),
    )


def _visible_note_marks(blocks: list[Node], locator: Locator) -> list[Finding]:
    """A finding for each ``[^key]`` that stands in the text as it was typed: its note was never defined."""
    texts = (node["c"] for node in ast.iterate(blocks) if node["t"] == "Str")
    return [
        Finding(
            "error",
            "parse",
            f"the note {match.group(0)} is not defined anywhere",
            locator.literal(match.group(0)),
            f"write its text on a line that begins with {match.group(0)}:",
        )
        for text in texts
        if (match := _SUSPECT_NOTE.search(text))
    ]


def _references(
    manuscript: Manuscript, layers: list[metadata.Meta]
) -> tuple[tuple[Mapping[str, Any], ...], tuple[Finding, ...]]:
    """All entries: the front matter's own, its bibliography files, then those of the settings."""
    groups: list[tuple[str, tuple[Mapping[str, Any], ...]]] = []
    findings: list[Finding] = []
    for layer in reversed(layers):
        if layer.get("references", {}).get("t") == "MetaList":
            items = bibliography.from_metadata(layer["references"])
            groups.append(("references in the front matter", items))
        for name in _names(layer.get("bibliography")):
            file = _find(manuscript, name)
            if isinstance(file, Finding):
                findings.append(file)
                continue
            items, found = bibliography.load(file, name)
            groups.append((name, items))
            findings.extend(found)
    merged, clashes = bibliography.merge(groups)
    return merged, (*findings, *clashes)


def _names(node: Node | None) -> list[str]:
    found = metadata.value(node)
    names = found if isinstance(found, list) else [found] if found else []
    return [str(name) for name in names]


def _find(manuscript: Manuscript, name: str) -> Path | Finding:
    folders = [manuscript.folder, *dict.fromkeys(part.path.parent for part in manuscript.parts)]
    for folder in folders:
        file = folder / name
        if file.is_file():
            return inside(manuscript.folder, str(file.relative_to(manuscript.folder)))
    inside(manuscript.folder, name)
    near = sorted(
        p.name for folder in folders for p in folder.iterdir() if p.suffix.lower() in bibliography.READERS
    )
    return Finding(
        "error",
        "bibliography",
        f"the bibliography {name} is not there",
        Locator(manuscript.parts).literal(name),
        f"beside the manuscript: {', '.join(dict.fromkeys(near))}" if near else "check its name and folder",
    )
