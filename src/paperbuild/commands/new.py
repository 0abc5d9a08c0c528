"""``paperbuild new``: a manuscript to begin with."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import click

from paperbuild import csl, layouts, terminal
from paperbuild.model import PaperbuildError
from paperbuild.pipeline import DEFAULT_STYLE
from paperbuild.read import DEFAULT_FOLDER, candidates

STARTER = Path(__file__).parent.parent / "starter"
_NAME = re.compile(r"\w(?:[\w.-]*\w)?")
_PLAIN = re.compile(r"[a-z][a-z0-9-]*")
_LONGEST = 100


@click.command()
@click.argument("name")
@click.option("--layout", default="article", show_default=True, help="The layout to begin with.")
@click.option("--style", default=DEFAULT_STYLE, show_default=True, help="The CSL style to begin with.")
def new(name: str, layout: str, style: str) -> None:
    """Begin a manuscript in manuscripts/NAME/.

    It gets a text, a bibliography and a figure. The text shows a citation, a note, a figure and a table, and
    can be exported as it is. Nothing that is there already is overwritten.

    \b
    Example:
      paperbuild new essay --layout handout --style apa
    """
    folder = begin(name, layout, style, Path())
    terminal.say(f"{folder}/{name}.md is there to be written.")
    terminal.say(f"Export it with:  paperbuild export {folder}")


def begin(name: str, layout: str, style: str, project: Path) -> Path:
    """The folder of a new manuscript in a project. Raises PaperbuildError; then nothing was written."""
    _check_name(name)
    folder = project / DEFAULT_FOLDER / name
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PaperbuildError(
            f"{folder} is there already, and is left as it is",
            hint=f"choose another name, or type: paperbuild export {folder}",
        )
    layouts.load(layout, folder)
    found = csl.find_style(style, folder=folder, project=project)
    is_path = Path(style).suffix.lower() in {".csl", ".xml"}
    words = {
        "title": re.sub(r"[\W_]+", " ", name).strip().capitalize(),
        "date": datetime.now().astimezone().date().isoformat(),
        "style": _yaml(style if is_path else found.name),
        "layout": _yaml(layout),
        "layouts": ", ".join(layouts.names()),
    }
    text = Template((STARTER / "manuscript.md").read_text("utf-8")).substitute(words)
    files = {path.name: path.read_bytes() for path in STARTER.iterdir() if path.name != "manuscript.md"}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, data in {f"{name}.md": text.encode(), **files}.items():
            (folder / file).write_bytes(data)
    except OSError as error:
        raise PaperbuildError(f"{folder} can't be written: {error.strerror}") from error
    return folder


def _check_name(name: str) -> None:
    wrong = ""
    if not _NAME.fullmatch(name):
        wrong = (
            "has other signs than letters, digits, hyphens, dots and underscores, or begins or ends with one"
        )
    elif len(name) > _LONGEST:
        wrong = f"has more than {_LONGEST} characters"
    elif Path(name).suffix.lower() in {".md", ".markdown", ".qmd", ".docx", ".pdf"}:
        wrong = "ends like a file's name"
    elif not _taken_for_manuscript(f"{name}.md"):
        wrong = "is a usual name of other files, and would not be taken for a manuscript's"
    if wrong:
        raise PaperbuildError(
            f"{name!r} can't be the name of a manuscript: it {wrong}",
            hint="choose a name such as my-essay",
        )


def _taken_for_manuscript(file_name: str) -> bool:
    with TemporaryDirectory() as folder:
        Path(folder, file_name).touch()
        return bool(candidates(Path(folder)))


def _yaml(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
