"""What a Word document holds, read from its XML. It shares nothing with the writer, on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from lxml import etree

from paperbuild.formats.docx.reader import opened as opening
from paperbuild.formats.docx.reader.blocks import Block, Blocks
from paperbuild.formats.docx.reader.inline import Flow, notes, words
from paperbuild.formats.docx.reader.items import Items, with_citations
from paperbuild.formats.docx.reader.live import Unusable, settings
from paperbuild.formats.docx.reader.opened import Broken, Package, Part, W
from paperbuild.model import Finding, Inventory, Live

_DC = "{http://purl.org/dc/elements/1.1/}"
_FOLLOWING = 300
"""Letters of what stands at a bookmark."""


def read(data: bytes) -> Inventory:
    """The inventory of a .docx file. A file that cannot be read gives an empty one with an error finding."""
    try:
        package = opening.opened(data)
        return _inventory(package)
    except Broken as error:
        return Inventory((), findings=(_error(f"the Word document does not open: {error}"),))


def _inventory(package: Package) -> Inventory:
    styles = opening.styles(package.related("styles"))
    kinds = (("footnote", package.related("footnotes")), ("endnote", package.related("endnotes")))
    parts = [(kind, part) for kind, part in kinds if part is not None]
    flow = Flow(package.main, styles, notes(iter(parts)), package.files)
    blocks = Blocks(flow, styles, opening.bullets(package.related("numbering")))
    body = package.main.root.find(f"{W}body")
    if body is None:
        raise Broken(f"the part {package.main.name} has no body")
    blocks.gather(body)
    flow.ended()
    items = list(Items().all(blocks.found))
    named = dict.fromkeys(_bookmarks(package.main, *(part for _, part in parts)), "")
    anchors = named | _places(list(_flat(blocks.found)))
    core = _core(package)
    title = core.get("title", "")
    chosen, from_settings = _settings(package)
    return Inventory(
        items=tuple(with_citations(items)),
        anchors=anchors,
        title=title,
        authors=tuple(name.strip() for name in core.get("creator", "").split(";") if name.strip()),
        lang=core.get("language", "") or _language(package),
        contents=tuple(blocks.contents),
        live=(*flow.live, *chosen),
        findings=(*_findings(package, flow, anchors), *from_settings),
    )


def _error(message: str, where: str = "") -> Finding:
    return Finding("error", "docx", message, where=where, format="docx")


def _bookmarks(*parts: Part) -> Iterator[str]:
    """The names of all bookmarks; LibreOffice writes ``eq%3Aa`` for ``eq:a``, but not in links to it."""
    for part in parts:
        for mark in part.root.iter(f"{W}bookmarkStart"):
            yield unquote(mark.get(f"{W}name", ""))


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those in a table's cells after it."""
    for block in blocks:
        yield block
        yield from _flat(block.inner)


def _places(blocks: Sequence[Block]) -> dict[str, str]:
    """For each bookmark the text of its block, and of those that follow, some hundred letters."""
    found: dict[str, str] = {}
    for index, block in enumerate(blocks):
        if block.marks:
            following = " ".join(one.text for one in blocks[index : index + 6])[:_FOLLOWING]
            found |= {unquote(name): following for name in block.marks}
    return found


def _core(package: Package) -> dict[str, str]:
    """The core properties (ECMA-376 part 2, 11) by local name."""
    name = next((name for name in package.files if name.lower() == "docprops/core.xml"), None)
    if name is None:
        return {}
    root = opening.part(package.files, name).root
    return {etree.QName(one).localname: one.text or "" for one in root if str(one.tag).startswith(_DC)}


def _settings(package: Package) -> tuple[list[Live], list[Finding]]:
    """Zotero's settings, and what is wrong with them."""
    try:
        found = settings(package.files)
    except Unusable as error:
        return [], [_error(f"Zotero can't use its settings in the file: {error}")]
    return ([] if found is None else [found]), []


def _language(package: Package) -> str:
    part = package.related("styles")
    found = None if part is None else part.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    return "" if found is None else found.get(f"{W}val", "")


def _findings(package: Package, flow: Flow, anchors: Mapping[str, str]) -> Iterator[Finding]:
    for source, target in package.dangling():
        yield _error(f"{source} names the part {target}, which is missing")
    for identifier in flow.relations_lost:
        yield _error(f"a link uses the relationship {identifier}, which is missing")
    used = {one for part in (package.main,) for one in _embedded(part.root)}
    for identifier in sorted(used - set(package.main.links)):
        yield _error(f"a picture uses the relationship {identifier}, which is missing")
    for anchor in dict.fromkeys(flow.anchors_used):
        if unquote(anchor) not in anchors:
            yield _error(f"a link leads to the bookmark {anchor}, which is missing")
    for said in flow.fields_lost:
        yield _error(said)
    yield from _repetitions(flow, anchors)
    for name in _unclosed(package.main.root):
        yield _error(f"the bookmark {name} has no end")
    for kind, identifier in flow.notes.lost:
        yield _error(f"a mark leads to the {kind} {identifier}, which is missing")
    for kind, identifier in sorted(set(flow.notes.texts) - flow.notes.met):
        yield _error(f"the {kind} {identifier} has no mark in the text")


def _repetitions(flow: Flow, anchors: Mapping[str, str]) -> Iterator[Finding]:
    """Fields that would say something else once Word has computed them."""
    for word, name, shown in dict.fromkeys(flow.repeated):
        if unquote(name) not in anchors:
            yield _error(f"a field {word} repeats the bookmark {name}, which is missing")
        elif word == "REF" and name in flow.marked and words(flow.marked[name]) != words(shown):
            there = words(flow.marked[name])
            yield _error(f"a field shows “{words(shown)}”, but at its bookmark {name} stands “{there}”")


def _unclosed(root: etree._Element) -> Iterator[str]:
    ends = {end.get(f"{W}id") for end in root.iter(f"{W}bookmarkEnd")}
    for start in root.iter(f"{W}bookmarkStart"):
        if start.get(f"{W}id") not in ends:
            yield start.get(f"{W}name", "")


def _embedded(root: etree._Element) -> Iterator[str]:
    for element in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
        identifier = element.get(f"{opening.R}embed")
        if identifier:
            yield identifier
