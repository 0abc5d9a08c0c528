"""The preview format: the first part of the paper as one self-contained web page, with a record of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from paperbuild import leak
from paperbuild.config import Options, Preview
from paperbuild.dress import links_back
from paperbuild.formats import registry
from paperbuild.formats.base import Format, Prepared
from paperbuild.formats.preview import cite, metadata, record_read, theme
from paperbuild.formats.preview.about import dated
from paperbuild.formats.preview.contents import with_contents
from paperbuild.formats.preview.cut import cut
from paperbuild.formats.preview.read import read
from paperbuild.formats.preview.statements import statements
from paperbuild.formats.preview.vocabulary import vocabulary
from paperbuild.formats.preview.words import words
from paperbuild.formats.preview.write import write
from paperbuild.inventory import promise
from paperbuild.model import Finding, ResolvedDocument


def prepare(document: ResolvedDocument, options: Options) -> Prepared:
    """What stands before the cut is promised, what stands after it withheld."""
    wanted = options.preview
    parts = cut(document, wanted.show, wanted.cut, wanted.references)
    measured = parts.cut if wanted.outline == "titles" else replace(parts.cut, outline=())
    shown = links_back.linked(with_contents(parts.shown, measured.outline))
    citations = cite.entries(document, options)
    said = statements(shown, measured, citations, options)
    promised = promise(
        replace(shown, sources=document.sources), [dated(shown)]
    )  # so that findings can name lines
    promised = replace(promised, title=promised.title or document.slug, statements=said)
    own = theme.load(options.preview.theme, document.folder)
    titles = (title for _, title in measured.outline)
    public = [
        *said.values(),
        *own.texts(),
        *words(document.lang).texts(),
        *titles,
        *_texts(options.model_dump()),
        *metadata.texts(shown, options),
        vocabulary(),
    ]
    withheld = leak.withhold(parts.withheld, links_back.linked(parts.shown), public, _whole(document))
    return Prepared(shown, promised, withheld, measured, citations, _worth_telling(parts.findings, wanted))


def _worth_telling(findings: Sequence[Finding], wanted: Preview) -> tuple[Finding, ...]:
    """The findings without remarks on how near the cut came to what nobody asked for."""
    asked = wanted.model_fields_set & {"show", "cut"}
    return tuple(finding for finding in findings if asked or finding.severity != "info")


def _texts(value: Any) -> Iterator[str]:
    """Every text in the options: study notes, the publisher's name, addresses."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        yield " ".join(inner for inner in value if isinstance(inner, str))  # a term and its meaning
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


def _whole(document: ResolvedDocument) -> list[str]:
    """The names of the files that hold the whole paper, exported or as it was written: a link to one, even
    a theme's «edit this page», would be a leak."""
    suffixes = [
        each
        for name, suffix in registry.SUFFIXES.items()
        for each in (suffix, *registry.BESIDES.get(name, ()))
        if name != "preview"
    ]
    exported = [f"{document.slug}{suffix}" for suffix in suffixes]
    return [*exported, *(source.path.name for source in document.sources)]


FORMAT = Format("preview", prepare, write, read, beside=record_read.beside)
