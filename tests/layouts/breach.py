"""How a paper breaks a rule, so that the rule's checks can be seen to fail."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from lxml import etree
from tests import helpers
from tests.layouts.words import W

from paperbuild import layouts
from paperbuild.csl.styles import _named
from paperbuild.pipeline import Job

Parts = Mapping[str, etree._Element]
"""The XML parts of a Word document, by name."""


@dataclass(frozen=True)
class Breach:
    """What makes a paper break a rule. All of it but ``word`` is done before the paper is built."""

    build: int
    """Breaches with one number are built together; none of them may be why another's check fails."""
    layout: str = ""
    """Laid over the layout as a variant: TOML."""
    css: str = ""
    """For the PDF alone: what a layout's keys can't say."""
    text: tuple[str, str] = ("", "")
    """Words of the manuscript, and those that take their place."""
    unsorted: bool = False
    """Whether the reference list is sorted by year."""
    word: Callable[[Parts], None] | None = None
    """For the Word document alone: a change of the finished file."""


def layout(build: int, toml: str) -> Breach:
    """A breach that a layout can make."""
    return Breach(build, layout=toml)


def text(build: int, old: str, new: str) -> Breach:
    """A breach that a manuscript can make."""
    return Breach(build, text=(old, new))


def broken(job: Job, breaches: Iterable[Breach]) -> helpers.Exported:
    """The job's manuscript in its layout, built so that it breaks rules; its layout is laid beside it."""
    breaches = [*breaches]
    _rewrite(job, breaches)
    name, *variants = job.layout.split("+")
    folder = job.path.parent / "layouts"
    helpers.put(folder / "broken", {"layout.toml": f'based_on = "{name}"\n', "page.css": _css(breaches)})
    tomls = {f"breach-{number}": one.layout for number, one in enumerate(breaches) if one.layout}
    helpers.put(folder / "variants", {f"{key}.toml": toml for key, toml in tomls.items()})
    wanted = "+".join(["broken", *variants, *tomls])
    return helpers.export(Job(job.path, formats=job.formats, layout=wanted, out=job.out, verify=False))


def changed(data: bytes, change: Callable[[Parts], None]) -> bytes:
    """A Word document with its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        content = {name: package.read(name) for name in package.namelist()}
        parts = {name: etree.fromstring(data) for name, data in content.items() if name.endswith(".xml")}
        change(parts)
        for name, old in content.items():
            copy.writestr(name, etree.tostring(parts[name]) if name in parts else old)
    return out.getvalue()


def removed(part: str, path: str) -> Callable[[Parts], None]:
    """A change that takes elements out of a part; the path is XPath, with ``w:`` for Word's names."""

    def change(parts: Parts) -> None:
        found = _found(parts, part, path)
        for one in found:
            parent = one.getparent()
            assert parent is not None
            parent.remove(one)

    return change


def added(part: str, path: str, xml: str) -> Callable[[Parts], None]:
    """A change that puts an element at the end of those that a path finds."""

    def change(parts: Parts) -> None:
        found = _found(parts, part, path)
        for one in found:
            (new,) = etree.fromstring(f'<new xmlns:w="{W.strip("{}")}">{xml}</new>')
            one.append(new)

    return change


def _found(parts: Parts, part: str, path: str) -> list[etree._Element]:
    found = parts[f"word/{part}.xml"].xpath(path, namespaces={"w": W.strip("{}")})
    assert isinstance(found, list)
    assert found, path
    return [one for one in found if isinstance(one, etree._Element)]


def _rewrite(job: Job, breaches: list[Breach]) -> None:
    """The manuscript, rewritten."""
    said = job.path.read_text("utf-8")
    for old, new in (one.text for one in breaches if one.text[0]):
        assert old in said, old
        said = said.replace(old, new)
    if any(one.unsorted for one in breaches):
        style = layouts.load(job.layout, job.path.parent).style
        (job.path.parent / "unsorted.csl").write_text(_unsorted(style), "utf-8")
        said = said.replace("---\n", "---\ncsl: unsorted.csl\n", 1)
    job.path.write_text(said, "utf-8")


def _unsorted(style: str) -> str:
    """A citation style whose list is sorted by year."""
    path = _named(style, None)
    assert path is not None
    sheet = path.read_text("utf-8")
    head, bibliography, rest = sheet.partition("<bibliography")
    sort = '<sort><key variable="issued"/></sort>'
    assert bibliography
    return head + bibliography + re.sub("<sort>.*?</sort>", sort, rest, count=1, flags=re.DOTALL)


def _css(breaches: list[Breach]) -> str:
    return "\n".join(one.css for one in breaches)
