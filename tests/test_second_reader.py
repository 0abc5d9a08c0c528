"""Two readers agree: what ours finds in a finished file, pandoc finds too; a blind spot would be ours alone.

The files are read by pandoc's DOCX and HTML readers, which share nothing with ours but the standard.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from tests.helpers import Exported, export

from paperbuild import lens
from paperbuild.model import OBJECT, Inventory, Item
from paperbuild.pandoc import ast
from paperbuild.pandoc.run import run
from paperbuild.pipeline import Job

PROJECT = Path(__file__).parent.parent
SAMPLES = sorted(path for path in (PROJECT / "manuscripts").iterdir() if path.is_dir())
READERS = {"docx": "docx+styles", "preview": "html-native_divs-native_spans"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.name)
def sample(request, tmp_path_factory) -> Exported:
    out = tmp_path_factory.mktemp("dist")
    return export(Job(request.param, formats=("docx", "preview"), out=out, project=PROJECT))


def second(done: Exported, name: str) -> list[ast.Node]:
    """What pandoc reads in a file: what it takes for metadata (a title, authors), then the blocks."""
    path = done.path(name)
    data = path.read_bytes()
    if name == "preview":  # what belongs to the page and not to the paper
        main = data[data.index(b"<main") : data.index(b"</main>")].decode()
        text = re.sub(r"<(nav|aside)\b.*?</\1>", "", main, flags=re.DOTALL)
        data = re.sub(r'<a class="back".*?</a>', "", text).encode()
    result = run(["-f", READERS[name], "-t", "json"], data)
    read = json.loads(result.output)
    return [*(value for value in read["meta"].values() if name == "docx"), *read["blocks"]]


def apart(block: ast.Node) -> list[Any]:
    """The members of a list of metadata (authors), each by itself; other blocks as they are."""
    return list(block["c"]) if block["t"] == "MetaList" else [block]


def shown(part: Any) -> str:
    return ast.plain(part, stand_in=OBJECT)


def nodes(blocks: list[ast.Node], kind: str) -> list[Any]:
    return [node["c"] for node in ast.iterate(blocks) if node["t"] == kind]


def words(text: str) -> list[str]:
    flat = unicodedata.normalize("NFKC", lens.normal(text.replace(OBJECT, " ")))
    return re.findall(r"[^\W_]+", flat)


def ours(inventory: Inventory, *kinds: str) -> list[str]:
    return [" ".join(words(item.text)) for item in inventory.of(*kinds)]


@pytest.mark.parametrize("name", READERS)
def test_headings_are_the_same_in_order_and_level(name, sample):
    found = [
        (level - (name == "preview"), " ".join(words(ast.plain(inlines, stand_in=OBJECT))))
        for level, _, inlines in nodes(second(sample, name), "Header")
    ]
    title = lens.normal(sample.plan.document.slug)
    sections = [(item.level, " ".join(words(item.text))) for item in sample.observed(name).of("section")]
    assert sections, title
    assert [one for one in found if one[0] > 0] == sections


def test_notes_are_the_same_in_order(sample):
    found = [
        " ".join(words(ast.plain(note, stand_in=OBJECT))) for note in nodes(second(sample, "docx"), "Note")
    ]
    assert ours(sample.observed("docx"), "note") == found


@pytest.mark.parametrize("name", READERS)
def test_tables_have_the_same_cells_in_order(name, sample):
    def cells(table: Any) -> list[str]:
        texts = (ast.plain(cell[4], stand_in=OBJECT) for cell in ast.cells({"t": "Table", "c": table}))
        return [" ".join(words(text)) for text in texts if words(text)]

    found = [cells(table) for table in nodes(second(sample, name), "Table")]
    tables = [item_cells(item) for item in sample.observed(name).of("table")]
    assert [table for table in tables if table] == [table for table in found if table]


def item_cells(item: Item) -> list[str]:
    return [" ".join(words(cell)) for row in item.rows for cell in row if words(cell)]


@pytest.mark.parametrize("name", READERS)
def test_every_word_is_read_by_both(name, sample):
    blocks = second(sample, name)
    inventory = sample.observed(name)
    parts = [part for block in blocks for part in apart(block)]
    there = Counter(word for part in [*parts, *nodes(blocks, "Note")] for word in words(shown(part)))
    texts = [item.text for item in inventory.items if item.kind in TEXTS]
    texts += [cell for item in inventory.of("table") for row in item.rows for cell in row]
    read = Counter(word for text in texts for word in words(text))
    read += Counter(word for entry in inventory.contents if name == "docx" for word in words(entry.title))
    titles = {"docx": "contents", "preview": "notes"}  # of lists, which our reader leaves out
    listed = inventory.contents if name == "docx" else inventory.of("note")
    read += Counter(words(sample.plan.document.terms[titles[name]]) if listed else [])
    assert (there - read, read - there) == (Counter(), Counter())


TEXTS = {"paragraph", "section", "reference", "note", "code", "figure", "table"}


@pytest.mark.parametrize("name", READERS)
def test_links_lead_to_the_same_places(name, sample):
    def outward(targets):
        return Counter(unquote(target) for target in targets if not target.startswith("#"))

    found = outward(target for _, _, (target, _) in nodes(second(sample, name), "Link"))
    assert outward(item.target for item in sample.observed(name).of("link")) == found


@pytest.mark.parametrize("name", READERS)
def test_pictures_have_the_same_descriptions(name, sample):
    found = [
        " ".join(words(ast.alternative_text({"t": "Image", "c": content})))
        for content in nodes(second(sample, name), "Image")
    ]
    described = [" ".join(words(item.target)) for item in sample.observed(name).of("figure")]
    assert described == found
