"""YAML files, through pandoc: metadata beside the manuscript, and CSL-YAML bibliographies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from paperbuild.model import PaperbuildError, Source
from paperbuild.pandoc import metadata
from paperbuild.pandoc.metadata import Meta
from paperbuild.pandoc.run import PandocError, run
from paperbuild.parse.source import Text

_FENCES = re.compile(r"\A\s*---[ \t]*\n|\n(?:---|\.\.\.)\s*\Z")
_BLOCK_LINE = re.compile(r"\(line (\d+), column \d+\)")
_YAML_LINE = re.compile(r"exception at line (\d+)")
_TEXTS = (
    "title|subtitle|author|authors|name|given|family|given-names|surname|literal|affiliation|affiliations|institute|"
    "institution|organization|department|city|date|abstract|thanks|keywords|tags|lang|reference-section-title|"
    "course|instructor|due"
)
"""Keys whose values are words, whatever YAML makes of them."""
_NO_WORD = (
    r"(?:[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF|[Tt]rue|TRUE|[Ff]alse|FALSE|[YyNn]|"
    r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|0[xob][\da-fA-F]+)"
)
"""What YAML 1.1 takes for a truth value or a number."""
_VALUE = re.compile(rf"^(\s*(?:-\s+)?(?:{_TEXTS}):[ \t]+)({_NO_WORD})([ \t]*(?:#.*)?)$", re.IGNORECASE)
_FLOW = re.compile(rf"^(\s*(?:-\s+)?(?:{_TEXTS}):[ \t]+\[)(.*)(\][ \t]*(?:#.*)?)$", re.IGNORECASE)
_FLOW_ITEM = re.compile(rf"(?:(?<=^)|(?<=,))([ \t]*)({_NO_WORD})([ \t]*)(?=,|$)")
_LIST = re.compile(rf"^\s*(?:-\s+)?(?:{_TEXTS}):[ \t]*$", re.IGNORECASE)
_LIST_ITEM = re.compile(rf"^(\s*-[ \t]+)({_NO_WORD})([ \t]*(?:#.*)?)$")
_BLOCK = re.compile(r"^[ \t]*[^\s#][^#\n]*:[ \t]+[|>][-+\d]*[ \t]*$")
_MARKUP = re.compile(r"[@*`$^]|\]\(")


def from_yaml(source: Source) -> Meta:
    """The MetaValues of a YAML file. Raises PaperbuildError with the file's line where it is not valid."""
    try:
        document = run(["-f", "markdown", "-t", "json"], as_front_matter(as_written(source.text))).json()
    except PandocError as error:
        line = yaml_line(error.message, source.text)
        raise PaperbuildError(
            f"{source.name} is not valid YAML: {' '.join(error.message.split())}",
            where=f"{source.name}:{line}" if line else source.name,
        ) from error
    meta: Meta = document["meta"]
    return meta


def from_settings(settings: Mapping[str, Any], name: str) -> Meta:
    """The MetaValues of paperbuild.toml's keys, with their Markdown read as in a front matter."""
    text = json.dumps(settings, default=str, ensure_ascii=False)
    if not _MARKUP.search(text):
        return metadata.from_settings(settings)
    return from_yaml(Source(Path(name), name, text))


def in_front_matter(text: Text) -> str:
    """A Markdown source whose blocks of metadata hold words as they were written."""
    source = text.source
    for piece in reversed(text.pieces):
        if piece.kind == "metadata":
            source = source[: piece.start] + as_written(piece.words) + source[piece.end :]
    return source


def as_written(yaml: str) -> str:
    """The YAML with words such as ``no`` and ``1.10`` in quotes where words are meant (``title: no``)."""
    return "\n".join(_quoted(yaml.split("\n")))


def _quoted(lines: list[str]) -> Iterator[str]:
    in_list, block = False, -1
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if block >= 0 and (not line.strip() or indent > block):
            yield line  # text over several lines
            continue
        block = indent if _BLOCK.match(line) else -1
        if in_list and _LIST_ITEM.match(line):
            yield _LIST_ITEM.sub(r'\1"\2"\3', line)
            continue
        in_list = bool(_LIST.match(line)) or (in_list and line.lstrip().startswith("-"))
        in_quotes = _VALUE.sub(r'\1"\2"\3', line)
        yield _FLOW.sub(lambda m: m[1] + _FLOW_ITEM.sub(r'\1"\2"\3', m[2]) + m[3], in_quotes)


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
