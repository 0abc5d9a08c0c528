"""Word documents as other programs take them: valid by the schema, and whole after LibreOffice."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import docx
import pytest
from lxml import etree
from tests.helpers import exported, picture, put
from tests.word import office
from tests.word.saved_again import compared, links
from tests.word.validators import audited

from paperbuild import pipeline
from paperbuild.formats.docx.read import read
from paperbuild.model import OBJECT
from paperbuild.pandoc import ast
from paperbuild.pandoc.run import run

ROOT = Path(__file__).parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATHS = r"""---
title: Equations
---

$$ \mathrm{if}\ \text{so } \begin{pmatrix} a & b \\ c & d \end{pmatrix} $$

$$ \begin{cases} x & y \\ z \end{cases} $$

Roots $\sqrt[3]{x} \hat{x} \overline{ab} \underbrace{a}_{b} \binom{n}{k}
\sum_{i=1}^n \int_0^1 \lim_{x \to 0}$,
letters $\mathbf{A} \mathcal{B} \mathbb{C} \mathfrak{D} \mathsf{E} \operatorname{tr} \text{in \textbf{text}}$,
others $\left\{ \frac{a}{b} \right. \overset{!}{=} \phantom{x} \boxed{y}
\cancel{z} \not= \xrightarrow{f} x'' $.[^n]

$$ \begin{aligned} a &= b \\ &= c \end{aligned} \tag{3} $$ {#eq:a}

[^n]: In a note $\begin{array}{lr} \text{one} & 2 \end{array}$, and @eq:a.
"""
STRUCTURES = """---
title: Structures
toc: true
lang: ar
---

# One

- ![Alone](a.png)
- item

  ![In it](a.png)

1. > Quoted in a list

   | a | b |
   |---|---|
   | 1 | 2 |

Term
:   Definition with `code` ~~out~~ H~2~O x^2^ [small]{.smallcaps} [under]{.underline}

> A quotation[^1]
>
> > in another

::: page-break
:::

| Line block
|  of two

+-----+-----+
| a   | b   |
+=====+=====+
| one | - x |
| two | - y |
+-----+-----+

: A grid

```python
def f(): pass
```

- [ ] to do
- [x] done

***

::: {lang=en dir=ltr}
From left to right
:::

[^1]: Note

    > quoting

    ```
    code
    ```
"""


SAMPLES = sorted(path.name for path in (ROOT / "manuscripts").iterdir() if path.is_dir())


@cache
def sample(name: str) -> bytes:
    """A manuscript of the project as a Word document."""
    plan = pipeline.plan(pipeline.Job(ROOT / "manuscripts" / name, formats=("docx",), project=ROOT))
    return pipeline.make(plan, "docx").files[".docx"]


def made(folder, text):
    return exported(folder, text, ["docx"], files={"a.png": picture()}).path("docx")


def element(data, name, path):
    """What is found at a path of local names in a part."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))
    return root.findall("/".join(W + step for step in path.split("/")))


def words(text):
    """The text without what stands for equations: not every LibreOffice has the part that keeps them."""
    return " ".join(text.replace(OBJECT, " ").split())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_valid(name, tmp_path):
    (tmp_path / "sample.docx").write_bytes(sample(name))
    assert audited(tmp_path / "sample.docx") == []


@pytest.mark.parametrize("text", [MATHS, STRUCTURES])
def test_what_is_seldom_is_valid_too(text, tmp_path):
    assert audited(made(tmp_path, text)) == []


def test_the_validator_sees_a_fault(tmp_path):
    path = made(tmp_path, "# One\n\nText.\n")
    document = docx.Document(str(path))
    document.element.body.insert(0, etree.Element(f"{W}tblPr"))
    document.save(str(path))
    assert len(audited(path)) == 1


def test_a_style_that_word_has_goes_by_its_name_and_others_say_that_they_are_custom():
    styles = element(sample("field-guide"), "word/styles.xml", "style")
    own = {one.find(f"{W}name").get(f"{W}val") for one in styles if one.get(f"{W}customStyle") is None}
    numbered = {f"{kind} {level}" for kind in ("heading", "toc") for level in range(1, 10)}
    assert own == numbered | {
        "Normal", "Body Text", "Title", "Subtitle", "Date", "Quote", "List Paragraph", "caption",
        "Bibliography", "TOC Heading", "footnote text", "footnote reference", "header", "footer", "Hyperlink",
        "line number", "Default Paragraph Font", "Normal Table",
    }  # fmt: skip


def test_the_gallery_offers_what_a_writer_chooses():
    styles = element(sample("field-guide"), "word/styles.xml", "style")
    offered = {one.find(f"{W}name").get(f"{W}val") for one in styles if one.find(f"{W}qFormat") is not None}
    assert {"Normal", "Body Text", "heading 1", "heading 2", "Title", "Quote", "caption"} <= offered
    assert not {"toc 1", "header", "footnote text", "Hyperlink", "KeywordTok"} & offered


def test_a_style_is_hidden_only_while_it_is_not_used():
    data = sample("field-guide")
    used = {mark.get(f"{W}val") for mark in etree.fromstring(
        zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")).iter(f"{W}pStyle")}  # fmt: skip
    styles = element(data, "word/styles.xml", "style")
    hidden = {one.get(f"{W}styleId") for one in styles if one.find(f"{W}semiHidden") is not None}
    assert "Heading2" in used
    assert "Heading9" in hidden
    assert not used & hidden


def test_a_quotation_has_words_style_and_a_language_is_set(tmp_path):
    data = made(tmp_path, "---\nlang: de\n---\n\n> Quoted.\n").read_bytes()
    assert read(data).items[0].text == "Quoted."
    (style,) = element(data, "word/document.xml", "body/p/pPr/pStyle")
    assert style.get(f"{W}val") == "Quote"
    (language,) = element(data, "word/styles.xml", "docDefaults/rPrDefault/rPr/lang")
    assert language.get(f"{W}val") == "de-DE"


def test_every_style_that_is_named_is_there(tmp_path):
    data = made(tmp_path, STRUCTURES).read_bytes()
    archive = zipfile.ZipFile(io.BytesIO(data))
    known = {style.get(f"{W}styleId") for style in element(data, "word/styles.xml", "style")}
    for part in ("document", "styles", "footnotes"):
        root = etree.fromstring(archive.read(f"word/{part}.xml"))
        tags = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
        assert {mark.get(f"{W}val") for mark in root.iter(*(W + tag for tag in tags))} <= known


def test_a_caption_stays_with_its_table_above_or_below(tmp_path):
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n: Numbers\n"
    put(tmp_path, {"below/layout.toml": 'based_on = "article"\n[table]\ncaption = "below"\n'})
    for layout, kept in (("article", ["a", "b", "1", "2"]), ("below", ["a", "b", "1", "2", "3", "4"])):
        front = f"---\ntitle: Tables\npaperbuild:\n  layout: {layout}\n---\n\n"
        document = docx.Document(str(made(tmp_path, front + table)))
        cells = [cell for row in document.tables[0].rows for cell in row.cells]
        paragraphs = [paragraph for cell in cells for paragraph in cell.paragraphs]
        assert [one.text for one in paragraphs if one.paragraph_format.keep_with_next] == kept
    style = docx.Document(str(made(tmp_path, table))).styles["Table Caption"]
    assert style.paragraph_format.keep_with_next


def test_a_caption_in_a_list_has_no_sign_of_an_item(tmp_path):
    path = made(tmp_path, "- ![Alone](a.png)\n- text\n\n  ![After](a.png)\n")
    signs = {}
    for paragraph in docx.Document(str(path)).element.body.iter(f"{W}p"):
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        signs[text] = None if number is None else number.get(f"{W}val")
    data = path.read_bytes()
    uses = {one.get(f"{W}numId"): one for one in element(data, "word/numbering.xml", "num")}
    levels = {
        one.get(f"{W}abstractNumId"): one.find(f"{W}lvl/{W}lvlText").get(f"{W}val")
        for one in element(data, "word/numbering.xml", "abstractNum")
    }
    shown = {
        text: levels[uses[number].find(f"{W}abstractNumId").get(f"{W}val")].strip()
        for text, number in signs.items()
        if number is not None
    }
    assert shown["text"]
    assert {sign for text, sign in shown.items() if text.startswith("Figure")} == {""}


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory) -> dict[str, bytes]:
    """The samples as LibreOffice opens them and saves them."""
    if not office.THERE:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("saved")
    for name in SAMPLES:
        (folder / f"{name}.docx").write_bytes(sample(name))
    saved = office.converted([folder / f"{name}.docx" for name in SAMPLES], "docx", folder / "again")
    return {path.stem: path.read_bytes() for path in saved}


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_libreoffice_keeps_what_it_saves_again(name, saved_again):
    before, after = read(sample(name)), read(saved_again[name])
    assert after.findings == ()
    counts = {kind: count for kind, count in compared(before, after) if kind != "equation" or office.MATHS}
    assert {kind: count for kind, count in counts.items() if not count.isdigit()} == {}
    assert after.contents == before.contents


@pytest.mark.slow
@pytest.mark.skipif(not office.THERE, reason="LibreOffice is not installed")
def test_libreoffice_keeps_the_places_of_a_list_that_is_typed(tmp_path):
    entries = "\n".join(
        f"{n}\\. Work at <https://example.org/{n}>[]{{#one-{n}}}[]{{#other-{n}}}\n" for n in (1, 2)
    )
    path = made(tmp_path, f"See [1](#one-1), [2](#one-2) and [again](#other-2).\n\n{entries}")
    (again,) = office.converted([path], "docx", tmp_path / "again")
    before, after = read(path.read_bytes()), read(again.read_bytes())
    assert after.findings == before.findings == ()
    assert links(after) == links(before)
    assert len(links(after)) == 5


def test_what_is_lost_on_the_way_is_told(tmp_path):
    one, other = (read(made(tmp_path / name, f"# One\n\n{text}\n\nLast.\n").read_bytes())
                  for name, text in (("a", "A [link](https://example.org)."), ("b", "A link.")))  # fmt: skip
    told = {kind: count for kind, count in compared(one, other) if not count.isdigit()}
    assert told == {"link": "1→0"}
    assert dict(compared(one, one))["paragraph"] == "2"


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_pandoc_reads_the_same_in_what_libreoffice_saves_again(name, saved_again):
    told = []
    for data in (sample(name), saved_again[name]):
        result = run(["-f", "docx", "-t", "json"], data)
        blocks = json.loads(result.output)["blocks"]
        kinds = Counter(node["t"] for node in ast.iterate(blocks) if node["t"] in {"Note", "Table", "Header"})
        headings = [words(ast.plain(node["c"][2])) for node in ast.iterate(blocks) if node["t"] == "Header"]
        told.append((kinds, headings))
    assert told[0] == told[1]
