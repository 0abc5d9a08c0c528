"""The PDF format: the whole document, through WeasyPrint."""

from dataclasses import replace

from paperbuild.config import Options
from paperbuild.formats.base import Format, Prepared
from paperbuild.formats.pdf import looks
from paperbuild.formats.pdf.read import beside, read
from paperbuild.formats.pdf.write import write
from paperbuild.inventory import promise
from paperbuild.layouts.running import words
from paperbuild.model import Finding, ResolvedDocument
from paperbuild.pandoc import ast
from paperbuild.pandoc.ast import Node
from paperbuild.paywall import without_marks


def prepare(document: ResolvedDocument, options: Options) -> Prepared:
    """Everything is promised, and a word for each picture that has no alternative text."""
    document, nameless = _described(without_marks(document))
    promised = promise(document, words(document.front, options).values())
    items = looks.told(promised, document.images, document.mathml)
    return Prepared(
        document, replace(promised, items=items, title=promised.title or document.slug), findings=nameless
    )


def _described(document: ResolvedDocument) -> tuple[ResolvedDocument, tuple[Finding, ...]]:
    """Every picture with an alternative text, without which no file is PDF/UA (ISO 14289-1, 7.3)."""
    nameless: list[str] = []

    def change(node: Node) -> Node | None:
        if node["t"] != "Image" or ast.alternative_text(node) or node["c"][2][0] not in document.images:
            return None
        (name, classes, pairs), inlines, target = node["c"]
        nameless.append(target[0])
        kept = [pair for pair in pairs if pair[0] != "alt"]
        word = document.terms["figure"]
        return {"t": "Image", "c": [[name, classes, [*kept, ["alt", word]]], inlines, target]}

    blocks = tuple(ast.rewrite(list(document.blocks), change))
    opening = tuple(ast.rewrite(list(document.opening), change))
    abstract = tuple(ast.rewrite(list(document.front.abstract), change))
    said = tuple(
        Finding(
            "info",
            "figures",
            f"the picture {target[:80]} has no alternative text; it is only named as one",
            format="pdf",
            hint="write what it shows between its brackets",
        )
        for target in dict.fromkeys(nameless)
    )
    front = replace(document.front, abstract=abstract)
    return replace(document, blocks=blocks, opening=opening, front=front), said


FORMAT = Format("pdf", prepare, write, read, dressed=True, beside=beside)
