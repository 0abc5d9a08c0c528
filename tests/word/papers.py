"""The project's manuscripts and those of a folder of real ones, ready to be exported."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from benchmarks.corpus import prepare


def manuscripts(corpus: Path | None, only: Collection[str], work: Path) -> Iterator[Path]:
    """Those of these names, or all; the corpus's are laid out below ``work`` (see ``make corpus``)."""
    folders = sorted(Path("manuscripts").iterdir())
    folders += [found.parent for found in sorted(corpus.glob("*/meta.json"))] if corpus else []
    for folder in folders:
        if not only or folder.name in only:
            yield prepare(folder, work) if (folder / "meta.json").is_file() else folder
