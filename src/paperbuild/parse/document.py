"""The parse stage: source text through pandoc's reader, raw content absorbed, bibliographies loaded."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from paperbuild.files import inside
from paperbuild.locate import Locator
from paperbuild.model import Document, Finding, Manuscript, PaperbuildError, Source
from paperbuild.pandoc import ast, metadata
from paperbuild.pandoc.ast import Node
from paperbuild.pandoc.run import Message, PandocError, Result, run
from paperbuild.parse import bibliography, checked, dialects, myst, notes, raw_html, raw_tex, source, yaml
from paperbuild.parse.examples import misread
from paperbuild.parse.source import Text

_MEDIA = "media"
_SHOWN = ("title", "subtitle", "author", "authors", "affiliations", "institute", "date", "abstract", "thanks")
"""Metadata that stands on the page, so that raw content in it counts."""
_READERS = {"markdown": "markdown+east_asian_line_breaks"}
"""Extensions beyond pandoc's own choice: a line end between two Chinese characters is no space."""
_HINTS = {
    "NoteDefinedButNotUsed": "refer to it with [^KEY] where it belongs, or remove it",
    "DuplicateNoteReference": "give each note a key of its own: the later one has replaced the earlier",
    "DuplicateIdentifier": "give one of them another id: links reach only the first",
    "DuplicateLinkReference": "remove one of the two definitions",
    "UnclosedDiv": "close it with ::: on a line of its own",
    "CouldNotLoadIncludeFile": "join the files, or list them as parts in paperbuild.toml",
}
_LOSSES = frozenset({"NoteDefinedButNotUsed", "DuplicateNoteReference", "CouldNotLoadIncludeFile"})
"""Messages of pandoc's that mean that words of the manuscript are not in the document."""
_PLACE = re.compile(r" at line \d+ column \d+")
"""pandoc counts lines over all parts; the finding says where in which file."""
_NAMED = re.compile(r"'(.+?)'")
_SHOWN_SKIPPED = 6
_PAGE_BREAK = re.compile(r"^\s*\{\{<\s*pagebreak\s*>\}\}\s*$")


def parse(manuscript: Manuscript) -> Document:
    """The document as pandoc's AST, with its metadata, its bibliography and what was met on the way.

    Raises PaperbuildError where pandoc can't read the manuscript or a bibliography.
    """
    texts = source.texts(manuscript.parts) if manuscript.reader == "markdown" else ()
    text, starts = _joined(_prepared(manuscript.parts, texts))
    locator = Locator(manuscript.parts)
    result, media = _read(manuscript, text, starts)
    document: dict[str, Any] = result.json()
    layers = [metadata.fold_case(layer) for layer in _layers(manuscript, document["meta"])]
    meta = metadata.merge(*layers)
    references, from_bibliography = _references(manuscript, layers)
    examples = misread(document["blocks"], texts, {str(item["id"]) for item in references})
    if examples.again:
        result, media = _read(manuscript, text, starts, "-example_lists")
        document = result.json()
    front = {key: meta[key] for key in _SHOWN if key in meta}
    tree, raw = _without_raw({"front": front, "blocks": document["blocks"]}, locator)
    cells = dialects.cells(text) if texts else {}
    blocks, from_cells = _cells(tree["blocks"], cells, lambda line: _where(line, manuscript.parts, starts))
    blocks, from_shortcodes = _shortcodes(blocks, locator)
    said = tuple(_said(result.messages, manuscript.parts, starts))
    return Document(
        manuscript.slug,
        manuscript.folder,
        {**meta, **tree["front"]},
        tuple(blocks),
        references,
        media,
        manuscript.parts,
        (
            *manuscript.findings,
            *said,
            *checked.findings(document, texts, said),
            *examples.findings,
            *raw,
            *from_cells,
            *from_shortcodes,
            *from_bibliography,
        ),
    )


def _layers(manuscript: Manuscript, own: metadata.Meta) -> list[metadata.Meta]:
    """The metadata of the settings, of the files beside the manuscript, and its own: the last wins."""
    settings = yaml.from_settings(_document_settings(manuscript.settings), "paperbuild.toml")
    return [settings, *(yaml.from_yaml(file) for file in manuscript.metadata_files), own]


def _prepared(parts: tuple[Source, ...], texts: Sequence[Text]) -> tuple[Source, ...]:
    """The parts as pandoc is to read them: metadata as it was written, each part's notes its own."""
    if not texts:
        return parts
    written = [yaml.in_front_matter(text) for text in texts]
    return tuple(replace(part, text=text) for part, text in zip(parts, notes.apart(written), strict=True))


def _said(messages: Sequence[Message], parts: tuple[Source, ...], starts: list[int]) -> Iterator[Finding]:
    """What pandoc's reader warned of, and what it passed over."""
    for message in messages:
        if message.severity == "WARNING":
            yield _finding(message, parts, starts)
    yield from _skipped(messages, parts, starts)


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


def _read(
    manuscript: Manuscript, text: str, starts: list[int], extensions: str = ""
) -> tuple[Result, Mapping[str, bytes]]:
    with tempfile.TemporaryDirectory(prefix="paperbuild-") as name:
        folder = Path(name)
        args = ["-f", _READERS.get(manuscript.reader, manuscript.reader) + extensions, "-t", "json"]
        if manuscript.reader in {"docx", "odt", "ipynb"}:
            args += [f"--extract-media={_MEDIA}"]
        if manuscript.reader == "html":
            text = raw_html.with_marks(text)
        try:
            result = notes.as_typed(run(args, manuscript.data or text, cwd=folder))
        except PandocError as error:
            line = yaml.yaml_line(error.message)
            where = _where(line, manuscript.parts, starts) if line else manuscript.slug
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


def _skipped(messages: Sequence[Message], parts: tuple[Source, ...], starts: list[int]) -> list[Finding]:
    """One remark for all that pandoc's reader passed over, but for what only arranges the page."""
    pieces = {
        " ".join(message.contents.split()): message
        for message in reversed(messages)
        if message.kind == "SkippedContent"
        and message.contents.strip()
        and not raw_tex.means_layout(message.contents)
    }
    if not pieces:
        return []
    names = [name[:40] for name in reversed(pieces)]
    more = f" and {len(names) - _SHOWN_SKIPPED} more" if len(names) > _SHOWN_SKIPPED else ""
    said = f"pandoc passed over {', '.join(names[:_SHOWN_SKIPPED])}{more}"
    where = _where(next(reversed(pieces.values())).line, parts, starts)
    return [Finding("info", "parse", said, where, "check that nothing is missing in the output")]


def _finding(message: Message, parts: tuple[Source, ...], starts: list[int]) -> Finding:
    return Finding(
        "error" if message.kind in _LOSSES else "warning",
        "parse",
        f"pandoc: {_PLACE.sub('', message.text)}",
        _of_identifier(message, parts) or _where(message.line, parts, starts),
        _HINTS.get(message.kind, ""),
    )


def _of_identifier(message: Message, parts: tuple[Source, ...]) -> str:
    """``file:line`` of an id that stands twice: pandoc tells where the next block begins."""
    if message.kind != "DuplicateIdentifier" or not (name := _NAMED.search(message.text)):
        return ""
    given = re.compile(rf"#{re.escape(name[1])}(?![\w:.-])|\bid=[\"']?{re.escape(name[1])}\b")
    found = [
        f"{part.name}:{number}"
        for part in parts
        for number, line in enumerate(part.text.split("\n"), 1)
        if given.search(line) and "](#" not in line
    ]
    return found[1] if len(found) > 1 else ""


def _without_raw(tree: Any, locator: Locator) -> tuple[Any, tuple[Finding, ...]]:
    """The tree with raw content made part of it, and a finding for what could not be kept."""
    tree = ast.rewrite(tree, _bare_cite)
    tree, from_html = raw_html.absorb(tree, locator.literal)
    tree, from_tex = raw_tex.absorb(tree, locator.literal)
    tree = ast.rewrite(ast.rewrite(tree, _bare_cite), dialects.understood)
    tree = ast.rewrite(tree, myst.understood)
    tree, from_others = _without_other_raw(tree, locator)
    return tree, (*from_html, *from_tex, *from_others)


def _bare_cite(node: Node) -> ast.Rewritten:
    """A LaTeX citation without its source, which pandoc keeps as its words until it is resolved."""
    if node["t"] == "Cite" and any(inline["t"] == "RawInline" for inline in node["c"][1]):
        return {"t": "Cite", "c": [node["c"][0], []]}
    return None


def _without_other_raw(tree: Any, locator: Locator) -> tuple[Any, list[Finding]]:
    """The tree without raw content of formats that are neither HTML nor TeX, and a finding for each."""
    findings: list[Finding] = []

    def change(node: Node) -> ast.Rewritten:
        if node["t"] not in {"RawBlock", "RawInline"}:
            return None
        kind, text = node["c"]
        if kind != "comment":
            said = f"the raw {kind} «{' '.join(text.split())[:40]}» has no meaning in the formats made here"
            findings.append(Finding("error", "raw", said, locator.literal(text), "say the same in Markdown"))
        return []

    return ast.rewrite(tree, change), findings


def _shortcodes(blocks: list[Node], locator: Locator) -> tuple[list[Node], list[Finding]]:
    """The blocks with Quarto's page break understood, and a warning for shortcodes that stand as typed."""

    def change(node: Node) -> ast.Rewritten:
        if node["t"] == "Para" and _PAGE_BREAK.match(ast.plain(node)):
            return ast.div([], "", "page-break")
        return None

    changed = ast.rewrite(blocks, change)
    count = sum(node["t"] == "Str" and node["c"].startswith("{{<") for node in ast.iterate(changed))
    if not count:
        return changed, []
    said = f"{count} Quarto shortcode{'s stand' if count > 1 else ' stands'} in the text as typed"
    hint = "write out what it stands for; of shortcodes, only include and pagebreak are known here"
    return changed, [Finding("warning", "parse", said, locator.literal("{{<"), hint)]


def _cells(
    blocks: list[Node], cells: Mapping[str, dialects.Cell], where: Callable[[int], str]
) -> tuple[list[Node], list[Finding]]:
    """The blocks with the code cells that pandoc takes for words as code, and warnings for cells.

    A cell with a blank line in it can't be put right: pandoc has read what follows as text. One that
    stands within a larger block of code is no cell. ``where`` tells ``file:line`` of a line.
    """
    done: list[dialects.Cell] = []

    def change(node: Node) -> ast.Rewritten:
        cell = cells.get(dialects.cell_key(node))
        if cell is None:
            return None
        done.append(cell)
        return {"t": "CodeBlock", "c": [ast.attr("", [cell.language]), cell.code]}

    changed = ast.rewrite(blocks, change)
    code = [node["c"][1] for node in ast.iterate(changed) if node["t"] == "CodeBlock"]
    findings = [
        Finding(
            "warning",
            "parse",
            f"pandoc does not read this {cell.language} cell as code, for it holds a blank line: "
            "what follows that line stands in the text",
            where(cell.line),
            f"write {{.{cell.language}}} for {cell.head[:30]}, or render the manuscript to Markdown first",
        )
        for cell in cells.values()
        if cell.parted and not any(cell.code in text for text in code)
    ]
    if done:
        said = f"{len(done)} code cell{'s are' if len(done) > 1 else ' is'} shown as code and not run"
        hint = "render the manuscript to Markdown first where its results are to stand in the text"
        findings.append(Finding("warning", "parse", said, where(done[0].line), hint))
    return changed, findings


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
