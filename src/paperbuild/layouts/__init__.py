"""Layouts: how a page looks, as data. A layout is a folder with a layout.toml and perhaps a page.css.

One description serves both writers, so that the PDF (CSS) and the Word document (styles) cannot drift
apart. Lengths of the page are millimetres, everything else is points.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from paperbuild.layouts.model import Layout
from paperbuild.model import PaperbuildError

__all__ = ["Layout", "load", "names", "variants"]

INSTALLED = Path(__file__).parent
_LAYOUT = TypeAdapter(Layout)
_NAME = re.compile(r"[\w][\w.-]*")
_INHERITED = ("font", "size", "line_spacing", "colour")
_SCALED = ("size", "before", "after", "first_line", "hanging", "indent_start", "indent_end")


def names() -> tuple[str, ...]:
    """The installed layouts, sorted."""
    return tuple(sorted(path.parent.name for path in INSTALLED.glob("*/layout.toml")))


def variants(name: str = "") -> tuple[str, ...]:
    """The variants that any layout has, sorted; or those of one installed layout alone."""
    if not name:
        return tuple(sorted(path.stem for path in (INSTALLED / "variants").glob("*.toml")))
    return tuple(
        sorted(tomllib.loads((INSTALLED / name / "layout.toml").read_text("utf-8")).get("variant", {}))
    )


def load(name: str, folder: Path) -> Layout:
    """The layout of this name, with variants behind plus signs: ``apa7+professional+large-print``.

    The user's own layouts below ``folder`` are looked for first, then the installed ones. A variant is a
    table ``[variant.NAME]`` of the layout, or a file ``layouts/variants/NAME.toml``; what it says is laid
    over the layout. Raises PaperbuildError where there is none, or where a file has a wrong key or value.
    """
    own, *wanted = (part.strip() for part in name.split("+"))
    path = _find(own, folder)
    table, css = _read(path, folder, ())
    known = table.pop("variant", {})
    for variant in wanted:
        table = _merged(table, _variant(variant, own, known, folder))
    return _checked(_scaled(_filled(table)), path, name, css)


def _variant(name: str, layout: str, own: Any, folder: Path) -> Any:
    """What a variant lays over its layout."""
    if isinstance(own, dict) and name in own:
        return own[name]
    for place in (folder / "layouts", INSTALLED) if _NAME.fullmatch(name) else ():
        path = place / "variants" / f"{name}.toml"
        if path.is_file():
            return _table(path)
    known = [*(own if isinstance(own, dict) else ()), *variants()]
    raise PaperbuildError(
        f"the layout {layout} has no variant {name!r}",
        hint=f"use one of {', '.join(known)}, or write {folder / 'layouts' / 'variants' / name}.toml",
    )


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
    table = _table(path)
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


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PaperbuildError(f"the layout cannot be read: {error}", where=str(path)) from error


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
    """The table with what a text style leaves out taken from ``[text.body]``, and with ``[text.every]`` laid
    over every style."""
    text = table.get("text")
    body = text.get("body") if isinstance(text, dict) else None
    if not isinstance(text, dict) or not isinstance(body, dict):
        return table
    text = dict(text)
    every = text.pop("every", {})
    common = {key: body[key] for key in _INHERITED if key in body}
    return table | {
        "text": {key: _each(value, lambda one: common | one | every) for key, value in text.items()}
    }


def _scaled(table: dict[str, Any]) -> dict[str, Any]:
    """The table with all lengths of text styles multiplied by ``scale``, for large print."""
    scale, text = table.pop("scale", 1), table.get("text")
    if scale == 1 or not isinstance(text, dict) or not isinstance(scale, int | float):
        return table

    def larger(style: dict[str, Any]) -> dict[str, Any]:
        return style | {
            key: round(style[key] * scale, 2) for key in _SCALED if isinstance(style.get(key), int | float)
        }

    return table | {"text": {key: _each(value, larger) for key, value in text.items()}}


def _each(value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """A style changed, or each of a list of styles."""
    if isinstance(value, list):
        return [_each(row, change) for row in value]
    return change(value) if isinstance(value, dict) else value


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
