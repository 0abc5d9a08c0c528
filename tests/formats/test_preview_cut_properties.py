"""What holds of every cut: of the project's papers, in several languages, and of papers that others wrote."""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.helpers import CITING, picture, resolved

from paperbuild import csl
from paperbuild.config import Amount
from paperbuild.formats.preview.cut import cut
from paperbuild.formats.preview.cut.places import Where
from paperbuild.model import Manuscript
from paperbuild.pandoc import ast
from paperbuild.parse import parse
from paperbuild.read import READERS, read
from paperbuild.resolve import resolve

PROJECT = Path(__file__).parent.parent.parent
CORPUS = Path(os.environ.get("PAPERBUILD_CORPUS", PROJECT.parent / "shared" / "corpus"))
SAMPLED = ["cagix-thesis-de", "ept-autismo-pt", "inara-example", "quarto-chinese-zh", "rescience-stachelek"]
SAMPLES = sorted(path.name for path in (PROJECT / "manuscripts").iterdir() if path.is_dir())
WHERE: list[Where] = ["section", "paragraph", "sentence"]
SHARES = [n / 10 for n in range(1, 10)]
WHOLE = (
    "Note",
    "Cite",
    "Math",
    "Image",
    "Table",
    "BulletList",
    "OrderedList",
    "BlockQuote",
    "Figure",
    "Quoted",
    "Emph",
)
"""Nodes within which no cut may fall."""

SENTENCES = {
    "en": "The claim is old. Is it true? Smith et al. think so (see p. 5).",
    "de": "Die These ist alt. Ist sie wahr? So z. B. Maier, vgl. S. 5.",
    "fr": "La thèse est ancienne. Est-elle vraie ? Voir p. 5.",
    "zh": "这个论点很老。是真的吗？有人这样认为。",
    "ja": "その主張は古い。本当だろうか？そう考える人もいる。",
    "ar": "الأطروحة قديمة. هل هي صحيحة؟ يعتقد البعض ذلك.",
    "th": "ข้อเสนอนี้เก่าแล้ว เป็นจริงหรือไม่",
}
REST = """\
*All. Of this* is “quoted. Twice” here.^[A note. Of two [@eco2015].] It says [@kelsen1957] $a. B$ so.

- An item. Of two.

> A quotation. Of two.

| A. B | c |
|------|---|
| D. E | f |

![A caption. Of two.](cat.png)
"""


def paper(lang):
    """A paper in a language, with everything in it that a cut must not part."""
    sections = "\n\n".join(
        f"# {n}\n\n{SENTENCES[lang]} {REST}\n\n## {n}a\n\n{SENTENCES[lang]}" for n in range(4)
    )
    return CITING.replace("---\n\n", f"lang: {lang}\n---\n\n") + sections + "\n"


@cache
def sample(name):
    document = parse(read(PROJECT / "manuscripts" / name))
    return resolve(document, csl.find_style("chicago-author-date", folder=document.folder, project=None))


def text(blocks):
    """Every word of some blocks, taken from their JSON: what a Str holds, code and formulas."""
    found = re.findall(
        r'"t": ?"Str", ?"c": ?"((?:[^"\\]|\\.)*)"', json.dumps(list(blocks), ensure_ascii=False)
    )
    return "".join(found)


def list_last(blocks):
    """The blocks with the reference list and its heading at the end, which are no part of what is cut."""
    place = next((n for n, block in enumerate(blocks) if ast.identifier(block) == "refs"), len(blocks))
    start = place - 1 if place < len(blocks) and blocks[place - 1]["t"] == "Header" else place
    return [*blocks[:start], *blocks[place + 1 :], *blocks[start : place + 1]]


def last(blocks):
    """The last block that is shown, however deep in divisions."""
    block = blocks[-1]
    return last(block["c"][1]) if block["t"] == "Div" and block["c"][1] else block


def kinds(blocks):
    return Counter(node["t"] for node in ast.iterate(list(blocks)) if node["t"] in WHOLE)


def holds(document, share, where):
    """Check what holds of every cut of a document, and return what was cut."""
    found = cut(document, Amount(share), where, "count")
    if not found.withheld.blocks:
        assert any(finding.severity == "warning" for finding in found.findings)
        return found
    shown, held = found.shown.blocks, found.withheld.blocks
    assert text(shown) + text(held) == text(list_last(document.blocks))
    assert kinds(shown) + kinds(held) == kinds(document.blocks)
    assert last(shown)["t"] != "Header"
    assert 0 < found.cut.share < 1
    if where == "sentence" and last(shown)["t"] == "Para":
        said = ast.plain(last(shown)).rstrip()
        parted = text([last(shown)]) not in {text([node]) for node in ast.iterate(document.blocks)}
        assert not parted or re.search(r"[.?!。！？؟][\"”’“»)）」』]*\d*$", said), said[-60:]
    assert set(found.shown.images) & set(found.withheld.images) == set()
    assert {*found.shown.images, *found.withheld.images} <= set(document.images)
    return found


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_paper_is_cut_anywhere_without_a_loss(name, where):
    document = sample(name)
    shares = [holds(document, share, where).cut.share for share in SHARES]
    assert shares == sorted(shares)


@pytest.mark.parametrize("lang", SENTENCES)
def test_a_paper_in_any_language_is_cut_without_a_loss(lang, tmp_path):
    document = resolved(tmp_path, paper(lang), files={"cat.png": picture()})
    for where in WHERE:
        for share in SHARES:
            holds(document, share, where)


@pytest.mark.parametrize("name", SAMPLES)
def test_finer_places_are_nearer(name):
    document = sample(name)
    for share in SHARES:
        far = [abs(cut(document, Amount(share), where, "count").cut.share - share) for where in WHERE]
        assert far[0] >= far[1] >= far[2]


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus here: PAPERBUILD_CORPUS names no folder")
@pytest.mark.parametrize("name", SAMPLED)
def test_a_paper_of_others_is_cut_without_a_loss(name):
    case = CORPUS / name
    meta = json.loads((case / "meta.json").read_text("utf-8"))
    parts = [read(case / path) for path in meta["path"]]
    sources = tuple(source for part in parts for source in part.parts)
    reader = READERS[Path(meta["path"][0]).suffix.lower()]
    document = parse(Manuscript(name, case, reader, sources, b"", {}))
    whole = resolve(document, csl.find_style("chicago-author-date", folder=case, project=None))
    for where in WHERE:
        for share in SHARES:
            holds(whole, share, where)


@pytest.mark.slow
@pytest.mark.parametrize("where", ["paragraph", "sentence"])
def test_the_time_of_cutting_grows_with_the_paper_and_no_faster(where, tmp_path):
    """A paper of four times the length takes four times as long; counting all words at each place, sixteen.

    What cutting takes beside all that a preview takes is measured by benchmarks/preview.py.
    """
    papers = [long_paper(tmp_path, sections) for sections in (5, 20)]
    short, long = (quickest(halved, paper, where) for paper in papers)
    assert long < 8 * short


def halved(document, where):
    found = cut(document, Amount(0.65), where, "visible")
    assert 0.6 < found.cut.share < 0.7
    return found


def long_paper(folder, sections):
    """A paper of eight hundred words for each section."""
    words = "Plain words of a *sentence* go on for [a while](#x), and then they stop [@eco2015, p. 5]. " * 10
    texts = [f"# Head {n}\n\n" + "\n\n".join([words.strip()] * 5) for n in range(sections)]
    return resolved(folder, CITING + "\n\n".join(texts))


def quickest(function, *args):
    """Seconds of the processor, of the best of seven times."""
    taken = []
    for _ in range(7):
        start = time.process_time()
        function(*args)
        taken.append(time.process_time() - start)
    return min(taken)
