"""The members' page: the whole paper as a web page of the same theme, for readers who have signed up."""

from __future__ import annotations

from dataclasses import replace

from paperbuild.config import Options
from paperbuild.dress import links_back
from paperbuild.formats.base import Format, Prepared
from paperbuild.formats.preview import cite, paid
from paperbuild.formats.preview.about import dated
from paperbuild.formats.preview.contents import with_contents
from paperbuild.formats.preview.cut import cut
from paperbuild.formats.preview.read import read
from paperbuild.formats.preview.statements import statements
from paperbuild.formats.preview.write import write_page
from paperbuild.inventory import promise
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc.ast import Node
from paperbuild.paywall import without_marks


def prepare(document: ResolvedDocument, options: Options) -> Prepared:
    """All of the document is promised, and nothing withheld; what the preview does not show is marked."""
    citations = cite.entries(document, options)
    held = _withheld(document, options)
    whole = with_contents(without_marks(document))
    promised = promise(links_back.linked(whole), [dated(whole)])
    said = statements(whole, None, citations, options)
    return Prepared(
        links_back.linked(paid.marked(whole, held) if held else whole),
        replace(promised, title=promised.title or document.slug, statements=said),
        citations=citations,
    )


def _withheld(document: ResolvedDocument, options: Options) -> tuple[Node, ...]:
    """The blocks that the preview does not show; none where it shows the whole paper."""
    wanted = options.preview
    return cut(document, wanted.show, wanted.cut, wanted.references).withheld.blocks


FORMAT = Format("page", prepare, write_page, read)
