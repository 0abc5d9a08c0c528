"""What the Markdown reader has made of a manuscript, held against its source: everything that was lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from paperbuild.model import Finding
from paperbuild.parse import notes, swallowed, tables, typed
from paperbuild.parse.source import Text


def findings(
    document: Mapping[str, Any], texts: Sequence[Text], told: Sequence[Finding] = ()
) -> Iterator[Finding]:
    """A finding for each place whose words are gone, or stand there as markup.

    ``document`` is pandoc's JSON as its reader gave it, ``texts`` are the sources, ``told`` is what
    pandoc has said of them.
    """
    tree = [document["meta"], document["blocks"]]
    words = swallowed.haystack(tree)
    lost = [*notes.findings(tree, texts), *tables.findings(texts, words)]
    yield from lost
    yield from swallowed.findings(texts, document["blocks"], words, {f.where for f in (*told, *lost)})
    yield from typed.findings(document["blocks"], texts)
