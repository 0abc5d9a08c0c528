"""YAML files, through pandoc: metadata beside the manuscript, and CSL-YAML bibliographies."""

from __future__ import annotations

import re

from paperbuild.model import PaperbuildError, Source
from paperbuild.pandoc.metadata import Meta
from paperbuild.pandoc.run import PandocError, run

_FENCES = re.compile(r"\A\s*---[ \t]*\n|\n(?:---|\.\.\.)\s*\Z")
_BLOCK_LINE = re.compile(r"\(line (\d+), column \d+\)")
_YAML_LINE = re.compile(r"exception at line (\d+)")


def from_yaml(source: Source) -> Meta:
    """The MetaValues of a YAML file. Raises PaperbuildError with the file's line where it is not valid."""
    try:
        document = run(["-f", "markdown", "-t", "json"], as_front_matter(source.text)).json()
    except PandocError as error:
        line = yaml_line(error.message, source.text)
        raise PaperbuildError(
            f"{source.name} is not valid YAML: {' '.join(error.message.split())}",
            where=f"{source.name}:{line}" if line else source.name,
        ) from error
    meta: Meta = document["meta"]
    return meta


def as_front_matter(yaml: str) -> str:
    """A YAML file's text as a front matter; its own ``---`` and ``...`` may stand around it."""
    return f"---\n{_FENCES.sub('', yaml).strip()}\n---\n"


def yaml_line(message: str, file: str = "") -> int:
    """The line that pandoc's message about bad YAML means: in the Markdown, or in the YAML file.

    pandoc tells where the front matter begins, and the line within it; 0 where it tells neither.
    """
    block, inner = _BLOCK_LINE.search(message), _YAML_LINE.search(message)
    if not inner:
        return int(block.group(1)) if block and not file else 0
    if not file:
        return int(inner.group(1)) + (int(block.group(1)) if block else 0)
    body = _FENCES.sub("", file).strip()
    return int(inner.group(1)) + file[: file.find(body)].count("\n")
