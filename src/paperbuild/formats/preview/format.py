"""The preview format: the first part of the paper as one self-contained web page."""

from __future__ import annotations

from dataclasses import replace

from paperbuild.config import Options
from paperbuild.formats.base import Format, Prepared
from paperbuild.formats.preview.cut import cut
from paperbuild.formats.preview.read import read
from paperbuild.formats.preview.write import write
from paperbuild.inventory import promise
from paperbuild.model import Finding, ResolvedDocument

_TOLERANCE = 0.15


def prepare(document: ResolvedDocument, options: Options) -> Prepared:
    """What stands before the cut is promised, what stands after it withheld."""
    wanted = options.preview
    parts = cut(document, wanted.show, wanted.cut, wanted.references)
    findings = []
    if abs(parts.cut.share - wanted.show) > _TOLERANCE:
        findings.append(
            Finding(
                "info",
                "preview",
                f"the preview shows {parts.cut.share:.0%} of the text instead of {wanted.show:.0%}: "
                f"no {wanted.cut} ends nearer to it",
                hint="set preview.show or preview.cut in the front matter",
                format="preview",
            )
        )
    promised = promise(parts.shown)
    promised = replace(promised, title=promised.title or document.slug)
    return Prepared(parts.shown, promised, promise(parts.withheld), parts.cut, tuple(findings))


FORMAT = Format("preview", prepare, write, read)
