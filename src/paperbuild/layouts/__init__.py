"""Layouts: how a page looks, as data. A layout is a folder with a layout.toml and perhaps a page.css.

One description serves both writers, so that the PDF (CSS) and the Word document (styles) cannot drift
apart. Lengths of the page are millimetres, everything else is points.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from paperbuild.layouts.model import Layout
from paperbuild.model import PaperbuildError

__all__ = ["Layout", "load", "names"]

INSTALLED = Path(__file__).parent
_LAYOUT = TypeAdapter(Layout)
_NAME = re.compile(r"[\w][\w.-]*")
_INHERITED = ("font", "size", "line_spacing", "colour")


def names() -> tuple[str, ...]:
    """The installed layouts, sorted."""
    return tuple(sorted(path.parent.name for path in INSTALLED.glob("*/layout.toml")))


def load(name: str, folder: Path) -> Layout:
    """The layout of this name: the user's own below ``folder`` if there is one, else the installed one.

    Raises PaperbuildError where there is none, or where its file has a wrong key or value.
    """
    path = _find(name, folder)
    table, css = _read(path, folder, ())
    return _checked(_filled(table), path, name, css)


def _find(name: str, folder: Path) -> Path:
    if _NAME.fullmatch(name):
        for place in (folder / "layouts" / name, folder / name, INSTALLED / name):
            if (place / "layout.toml").is_file():
                return place / "layout.toml"
    raise PaperbuildError(
        f"there is no layout {name!r}",
        hint=f"use one of {', '.join(names())}, or write {folder / 'layouts' / name / 'layout.toml'}",
    )


def _read(path: Path, folder: Path, seen: tuple[Path, ...]) -> tuple[dict[str, Any], str]:
    """The table and the CSS of a layout, laid over those of the layout that it is ``based_on``."""
    if path in seen:
        raise PaperbuildError("the layout is based on itself", where=f"{path}: based_on")
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PaperbuildError(f"the layout cannot be read: {error}", where=str(path)) from error
    sheet = path.parent / "page.css"
    css = sheet.read_text("utf-8") if sheet.is_file() else ""
    base = table.pop("based_on", None)
    if base is None:
        return table, css
    if not isinstance(base, str):
        raise PaperbuildError("based_on must be a layout's name", where=f"{path}: based_on")
    start = INSTALLED / base / "layout.toml" if base == path.parent.name else _find(base, folder)
    below, css_below = _read(start, folder, (*seen, path))
    return _merged(below, table), css_below + css


def _merged(below: Any, above: Any) -> Any:
    """``above`` laid over ``below``: tables key by key, lists of tables row by row, all else replaced."""
    if isinstance(below, dict) and isinstance(above, dict):
        return {
            key: _merged(below.get(key), above[key]) if key in above else below[key] for key in below | above
        }
    if _rows(below) and _rows(above):
        rows = max(len(below), len(above))
        padded = [[*rows_of, *({} for _ in range(rows - len(rows_of)))] for rows_of in (below, above)]
        return [_merged(one, other) for one, other in zip(*padded, strict=True)]
    return above


def _rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _filled(table: dict[str, Any]) -> dict[str, Any]:
    """The table with what a text style leaves out taken from ``[text.body]``."""
    text = table.get("text")
    body = text.get("body") if isinstance(text, dict) else None
    if not isinstance(text, dict) or not isinstance(body, dict):
        return table
    common = {key: body[key] for key in _INHERITED if key in body}

    def fill(value: Any) -> Any:
        if isinstance(value, list):
            return [fill(row) for row in value]
        return common | value if isinstance(value, dict) else value

    return table | {"text": {key: fill(value) for key, value in text.items()}}


def _checked(table: dict[str, Any], path: Path, name: str, css: str) -> Layout:
    """The layout, or an error that names the file and every wrong key.

    It goes through JSON because only there pydantic, being strict, takes a list for a tuple.
    """
    try:
        return _LAYOUT.validate_json(json.dumps(table | {"name": name, "css": css}, default=str))
    except ValidationError as error:
        problems = [f"{_key(one['loc'])}: {one['msg']}" for one in error.errors()]
        raise PaperbuildError(
            "the layout has a wrong key or value: " + "; ".join(problems),
            where=f"{path}: {_key(error.errors()[0]['loc'])}",
            hint="compare it with layouts/article/layout.toml of paperbuild",
        ) from error


def _key(place: tuple[int | str, ...]) -> str:
    """A key as it stands in the file: ``text.heading[2].size``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
